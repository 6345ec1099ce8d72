"""How a stretch of a sentence is proved: part by part, between commas and joins, in whichever grouping proves it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.witness.alignment import Misfit, Place
from assistant.witness.forms import Forms
from assistant.witness.grounding import Spoken
from assistant.witness.lexicon import Lexicon, Token
from assistant.witness.orders import QUOTED
from assistant.witness.quotes import Quote, first_part
from assistant.witness.reading import Doubt, Piece, between, plain
from assistant.witness.strays import Proved, Strays
from assistant.witness.subjects import is_anothers, is_of_a_belief, subject_of

_QUOTE_WORDS = 12
"""How many words of a quote are looked at where it goes on from the words before it."""
_GROUPINGS = 40
"""How many groupings of the parts of a sentence are tried."""


class Parts:
    """Proves stretches of a reflection by what was said and by the forms a witness has."""

    def __init__(self, spoken: Spoken, forms: Forms, lexicon: Lexicon) -> None:
        self.spoken = spoken
        self.forms = forms
        self.lexicon = lexicon
        self.strays = Strays(spoken, lexicon)
        self.quoted: Piece | None = None
        """The quote of the sentence before, which `that sentence` means."""
        self.believes = False
        """Whether the sentence on trial says that something is only thought."""

    def prove(self, stretch: list[Piece], loose: bool, opens: bool) -> Doubt | None:
        """Say what is wrong with `stretch` in every grouping of its parts; None when one of them proves it.

        `loose` words are named and not claimed; a stretch that `opens` its sentence may not tell anyone to do it.
        """
        parting = self.lexicon.joins | self.lexicon.meanwhile | self.lexicon.without | {","}
        joints = (n for n, piece in enumerate(stretch) if piece.word in parting)
        cuts = sorted({0, *joints, len(stretch)})
        doubts: list[Doubt] = []
        proofs: dict[tuple[int, int], Doubt | Place | None] = {}
        tried = 0

        def grouped(at: int, last: Proved | None) -> bool:
            nonlocal tried
            if cuts[at] == len(stretch):
                return True
            for end in range(len(cuts) - 1, at, -1):
                tried += 1
                if tried > _GROUPINGS:
                    return False
                part = stretch[cuts[at] : cuts[end]]
                if (at, end) not in proofs:
                    proofs[at, end] = self._part(part, loose)
                proof = proofs[at, end]
                if last and part[0].word in self.lexicon.without:
                    proof = self._left_undone(part, last) or Doubt.about("added", part)
                if at and last is None and any(piece.word in self.lexicon.grounds for piece in part[:2]):
                    proof = Doubt.about("added", part)
                if isinstance(proof, Place) and self._loses_belief(proof):
                    proof = Doubt.about("lost", part)
                if isinstance(proof, Place) and self.strays.strays(Proved(part, proof), last, opens and not at):
                    proof = Doubt.about("role", part)
                if isinstance(proof, Doubt):
                    doubts.extend([proof] if end == at + 1 else [])
                    continue
                if grouped(end, Proved(part, proof) if isinstance(proof, Place) else last):
                    return True
            return False

        if grouped(0, None):
            return None
        return doubts[0] if doubts else Doubt.about("word", stretch)

    def _left_undone(self, part: list[Piece], last: Proved) -> Place | None:
        """Give where it stands that whoever acted before did not do what is told with a `without` here."""
        lexicon, (without, *words) = self.lexicon, self._words(part)
        done = [word for word in words if word.word not in lexicon.infinitives]
        if not done or done[0].word in lexicon.free | lexicon.people:
            return None
        no = replace(without, word=lexicon.no, key=lexicon.no)
        for order in ([done[0], no, *done[1:]], [no, *done]):
            found = self.spoken.find(order)
            near = isinstance(found, Place) and abs(found.sentence - last.place.sentence) <= 1
            if near and self._is_of_the_same(found, done[0], last):
                return found
        return None

    def _is_of_the_same(self, place: Place, verb: Token, last: Proved) -> bool:
        """Whether who does not do it is who acts in the part before: you, or a `he` that may be meant there."""
        lexicon, sentence = self.lexicon, self.spoken.sentences[place.sentence]
        kin = self.spoken.kin(verb.key)
        at = next((at for at in sorted(place.taken) if kin & sentence.tokens[at].keys), place.first)
        own = any(piece.word in lexicon.echoed for piece in last.part)
        who = subject_of(self.spoken, sentence, at)
        if own or who != "other":
            return own and who == "self"
        named = {piece.word for piece in last.part}
        acts = [token.word for token in sentence.tokens[:at] if token.word in lexicon.nominatives | self.spoken.names]
        means = lexicon.genders.get(acts[-1], frozenset()) if acts else frozenset()
        return bool(acts) and (acts[-1] in named or (last.place.sentence <= place.sentence and bool(named & means)))

    def _loses_belief(self, place: Place) -> bool:
        """Whether it tells of what the member only believes in, and the sentence does not say so."""
        sentence = self.spoken.sentences[place.sentence]
        return not self.believes and is_of_a_belief(self.spoken, sentence, place.first)

    def _words(self, part: list[Piece]) -> list[Token]:
        return [piece.token for piece in part if piece.word != "," and piece.word not in self.lexicon.joins]

    def _part(self, part: list[Piece], loose: bool) -> Doubt | Place | None:
        """Prove one part; its opening comma and `and` are not of it."""
        if self.forms.is_whole(plain(part)):
            return None
        start = 0
        while start < len(part) and (part[start].word == "," or part[start].word in self.lexicon.joins):
            contrasts = part[start].word in self.lexicon.contrasts
            if contrasts and self.spoken.words.isdisjoint(self.lexicon.contrasts):
                return Doubt.about("added", part[start : start + 1])
            start += 1
        body = part[start:]
        if not body or (start and self.forms.is_whole(plain(body))) or self.counts_rightly(body):
            return None
        if self._says_it_is(body) and not self._is_all_said(body):
            return Doubt.about("added", body)
        if all(piece.word in self.lexicon.subjects for piece in body):
            return Doubt.about("role", body)
        if all(piece.word in self.lexicon.bare_noes for piece in body):
            return Doubt.about("added", body)
        if all(piece.word in self.lexicon.negations for piece in body) and not self._is_all_of(body):
            return Doubt.about("added", body)
        return self.find(body, loose)

    def _says_it_is(self, body: list[Piece]) -> bool:
        """Whether small words alone make a claim: `and that is that`."""
        words = [piece.word for piece in body if not piece.token.is_mark]
        lexicon = self.lexicon
        it = sum(word in lexicon.things or word in lexicon.neuters for word in words)
        return it > 1 and len(words) == it + 1 and any(word in lexicon.copulas for word in words)

    def _is_all_of(self, body: list[Piece]) -> bool:
        """Whether the member has every word of a part as it stands: a `no` is not made of a `not`."""
        return self.spoken.words.issuperset(piece.word for piece in body)

    def _is_all_said(self, body: list[Piece]) -> bool:
        """Whether the member has these words, and nothing more goes on from them."""
        tokens = self.spoken.tokens
        standings = self.spoken.standings(" ".join(piece.word for piece in body))
        return any(last + 1 == len(tokens) or tokens[last + 1].is_mark for _, last in standings)

    def find(self, part: Sequence[Piece], loose: bool) -> Doubt | Place | None:
        """Find `part` in what was said; None when there is nothing in it to find."""
        tokens = list(self._tokens(part))
        counted = [token for token in tokens if self._counts(token)]
        if not counted:
            return None
        loose = loose or all(self.lexicon.is_number(token.key) for token in counted)
        found = self.spoken.find(tokens, loose)
        if isinstance(found, Misfit):
            first, last = tokens[found.first], tokens[max(found.first, found.last)]
            return Doubt(found.kind, first.start, max(first.end, last.end))
        return found

    def _counts(self, token: Token) -> bool:
        return not token.is_mark and (token.word not in self.lexicon.free or token.word in self.lexicon.people)

    def _tokens(self, part: Sequence[Piece]) -> Iterator[Token]:
        """Give the words to be found; where a quote goes on from the words before it, its first words too."""
        for n, piece in enumerate(part):
            if piece.quote is None:
                if piece.word != ",":
                    yield piece.token
            elif n:
                inside = [token for token in self.lexicon.tokens(piece.quote.inside) if not token.is_mark]
                for token in inside[:_QUOTE_WORDS]:
                    yield Token(token.word, token.key, piece.token.start, piece.token.end, token.large, QUOTED)

    # A question handed back

    def restate(self, stretch: list[Piece], opener: str) -> Doubt | None:
        """Say what is wrong with a question handed back: its words are those of the member's, in any order.

        It opens as the member's does, and who it is about is the member, where each question is about them.
        """
        lexicon, words = self.lexicon, {piece.word for piece in stretch}
        acts = lexicon.copulas | lexicon.operators | lexicon.nominatives
        asks = opener in lexicon.question_words | lexicon.whether
        is_clause = asks and (opener not in lexicon.whether or not words.isdisjoint(acts))
        if is_clause and not self.spoken.asks_for(opener):
            return Doubt.about("asked", stretch)
        own = lexicon.echoed | lexicon.self_subjects
        is_own = stretch[0].word in lexicon.infinitives or not words.isdisjoint(own)
        if is_clause and self.spoken.asks_of_self and not is_own:
            return Doubt.about("asked", stretch)
        known = lexicon.free | lexicon.asks | lexicon.joins | lexicon.echoed | lexicon.echoed_own
        if self.spoken.asked.isdisjoint(self.spoken.names):
            known -= (lexicon.nominatives - lexicon.echoed) - self.spoken.asked
        part: list[Piece] = []
        for piece in [*stretch, None]:
            if piece is not None and piece.word != "," and piece.word not in lexicon.joins:
                part.append(piece)
                continue
            if part and not self.forms.is_whole(plain(part)):
                for each in part:
                    asked = each.quote or each.token.is_mark or each.word in known
                    if not (asked or self.spoken.kin(each.token.key) & self.spoken.asked):
                        return Doubt.about("asked", [each])
            part = []
        return None

    # Counts

    def counts_rightly(self, part: Sequence[Piece]) -> bool:
        """Whether `part` says how often a word comes up, and is right; a name that is not told may be any name."""
        counted = self.forms.counts(plain(part))
        if not counted:
            return False
        if "name" in counted:
            times = [sum(token.word == name for token in self.spoken.tokens) for name in self.spoken.names]
        elif "last" in counted:
            times = [self._times(self.quoted)] if self.quoted else [0]
        else:
            times = [self._times(between(part, *counted["word"])[0])]
        if "word" in counted:
            times.append(self._times_in_any_form(between(part, *counted["word"])[0]))
        if "n" in counted:
            return self.lexicon.figure(between(part, *counted["n"])[0].word) in times
        return max(times, default=0) > 1

    def _times_in_any_form(self, piece: Piece) -> int:
        """How often a single word was said, in whichever forms."""
        words = [token.key for token in self.lexicon.tokens(piece.quote.inside if piece.quote else piece.word)]
        if len(words) != 1:
            return 0
        kin = self.spoken.kin(words[0])
        return sum(not token.keys.isdisjoint(kin) for token in self.spoken.tokens)

    def _times(self, piece: Piece) -> int:
        """How often the words of `piece` were said."""
        spelled = piece.quote.inside if piece.quote else piece.word
        words = [token.key for token in self.lexicon.tokens(spelled) if not token.is_mark]
        said = [token for token in self.spoken.tokens if not token.is_mark]
        return sum(
            all(word == token.key or word in token.keys for word, token in zip(words, said[at:], strict=False))
            for at in range(len(said) - len(words) + 1 if words else 0)
        )

    # Who said it

    def is_own(self, quote: Quote) -> bool:
        """Whether a quote is the member's own saying, and not what somebody else is quoted for."""
        standings = self.spoken.standings(first_part(quote.inside))
        sentences = [(self.spoken.sentence_at(first), first) for first, _ in standings]
        return not standings or not all(
            is_anothers(self.spoken, sentence, first - sentence.start) for sentence, first in sentences
        )

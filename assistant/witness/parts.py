"""How a stretch of a sentence is proved: part by part, between commas and joins, in whichever grouping proves it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.witness.alignment import Misfit, Place
from assistant.witness.forms import Forms
from assistant.witness.grounding import Sentence, Spoken
from assistant.witness.lexicon import Lexicon, Token
from assistant.witness.orders import QUOTED, is_adverbial
from assistant.witness.quotes import Quote, first_part
from assistant.witness.reading import Doubt, Piece, between, plain
from assistant.witness.subjects import is_anothers, is_of_a_belief, subject_of

_QUOTE_WORDS = 12
"""How many words of a quote are looked at where it goes on from the words before it."""
_ASIDE = 4
"""How many words and marks a sentence has that only says a word or two in between."""
_GROUPINGS = 40
"""How many groupings of the parts of a sentence are tried."""


@dataclass(frozen=True, slots=True)
class _Proved:
    """A part of a sentence that was proved."""

    part: list[Piece]
    """Its words."""
    place: Place
    """Where they stand."""


class Parts:
    """Proves stretches of a reflection by what was said and by the forms a witness has."""

    def __init__(self, spoken: Spoken, forms: Forms, lexicon: Lexicon) -> None:
        self.spoken = spoken
        self.forms = forms
        self.lexicon = lexicon
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

        def grouped(at: int, last: _Proved | None) -> bool:
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
                if isinstance(proof, Place) and self._strays(_Proved(part, proof), last, opens and not at):
                    proof = Doubt.about("role", part)
                if isinstance(proof, Doubt):
                    doubts.extend([proof] if end == at + 1 else [])
                    continue
                if grouped(end, _Proved(part, proof) if isinstance(proof, Place) else last):
                    return True
            return False

        if grouped(0, None):
            return None
        return doubts[0] if doubts else Doubt.about("word", stretch)

    def _left_undone(self, part: list[Piece], last: "_Proved") -> Place | None:
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

    def _is_of_the_same(self, place: Place, verb: Token, last: "_Proved") -> bool:
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

    def _strays(self, here: "_Proved", last: "_Proved | None", opens: bool) -> bool:
        """Whether a part tells somebody to do it, or has its time, its teller or who did it from elsewhere."""
        lexicon, part = self.lexicon, here.part
        clause = any(piece.word in lexicon.subjects for piece in part)
        if here.place.bids and (opens or (part[0].word == "," and not clause)):
            return True
        if last is None:
            return False
        if last.place.sentence != here.place.sentence and self._binds(here):
            return True
        if last.place.sentence != here.place.sentence and self._hangs_together(last.part, part):
            return True
        if last.place.sentence != here.place.sentence and self._only_tells(part):
            return True
        if self._only_counts(part) and self._counts_another(here, last):
            return True
        if self._says_when(here.part):
            return not self._follows(here, last)
        if self._says_when(last.part):
            return not self._follows(last, here)
        if last.place.sentence == here.place.sentence:
            return False
        body = self._words(part)
        hangs = (
            bool(body)
            and body[0].word in lexicon.relatives - lexicon.complements
            and not any(each.word in lexicon.joins for each in part[:2])
        )
        if here.place.first and hangs:
            return True
        if any(piece.word in lexicon.contrasts for piece in part[:2]) and not self._contrasts(here.place):
            return True
        if last.part[-1].word in lexicon.speech | lexicon.said and self._may_be_told(here):
            return True
        if is_adverbial(self.spoken, self._words(last.part)):
            return clause and abs(last.place.sentence - here.place.sentence) > last.place.is_whole
        named = lexicon.determiners | lexicon.articles | lexicon.echoed_owners | lexicon.possessives
        acts = clause or not body or body[0].word in named or body[0].large
        goes_on = not acts and any(piece.word in lexicon.echoed for piece in last.part)
        sentence = self.spoken.sentences[here.place.sentence]
        return goes_on and subject_of(self.spoken, sentence, here.place.first) == "other"

    def _hangs_together(self, first: list[Piece], second: list[Piece]) -> bool:
        """Whether one part is what the other says that somebody knows or not: `whether you are coming, you know`."""
        lexicon = self.lexicon
        what = lexicon.complements | lexicon.wonders | lexicon.conditions | lexicon.question_words - lexicon.meanwhile
        for clause, other in ((first, second), (second, first)):
            opens = next((piece.word for piece in clause if piece.word != "," and piece.word not in lexicon.joins), "")
            if opens in what and any(piece.word in lexicon.knows for piece in other):
                return True
        return False

    def _only_tells(self, part: list[Piece]) -> bool:
        """Whether a part says nothing but who said it: `Bo said`."""
        lexicon, words = self.lexicon, self._words(part)
        tells = any(word.word in lexicon.speech for word in words)
        who = any(word.large and word.word not in lexicon.prepositions for word in words)
        alone = len(words) == 2 and all(piece.quote is None for piece in part)
        return alone and tells and (who or any(word.word in lexicon.nominatives for word in words))

    def _loses_belief(self, place: Place) -> bool:
        """Whether it tells of what the member only believes in, and the sentence does not say so."""
        sentence = self.spoken.sentences[place.sentence]
        return not self.believes and is_of_a_belief(self.spoken, sentence, place.first)

    def _only_counts(self, part: list[Piece]) -> bool:
        """Whether a part says nothing but how often: `three times`."""
        words = self._words(part)
        lexicon = self.lexicon
        times = any(word.word in lexicon.times for word in words)
        return times and all(lexicon.is_number(word.key) or word.word in lexicon.units for word in words)

    def _counts_another(self, here: "_Proved", last: "_Proved") -> bool:
        """Whether how often is taken from a clause with somebody who acts in it that is not given back."""
        lexicon, sentence = self.lexicon, self.spoken.sentences[here.place.sentence]
        own = sentence.clauses[here.place.first]
        same = last.place.sentence == here.place.sentence
        if same and own in {sentence.clauses[at] for at in last.place.taken}:
            return False
        acts = lexicon.self_subjects | lexicon.nominatives | self.spoken.names
        return any(
            token.word in acts for token, clause in zip(sentence.tokens, sentence.clauses, strict=True) if clause == own
        )

    def _binds(self, here: "_Proved") -> bool:
        """Whether a part gives a ground or a result, `because …`, `so …`, of what is said in another sentence."""
        lexicon, part = self.lexicon, here.part
        tokens, first = self.spoken.sentences[here.place.sentence].tokens, here.place.first
        opens = next((piece.word for piece in part if piece.word != ","), "")
        acts = any(piece.word in lexicon.subjects for piece in part)
        if any(piece.word in lexicon.grounds for piece in part[:2]) and first:
            return True
        said = {token.word for token in tokens[max(first - 1, 0) : first + 1]}
        bound = opens in lexicon.causes or (opens in lexicon.results and not lexicon.inverts)
        return (bound and acts and opens not in said) or (opens in lexicon.alternatives and opens not in said)

    def _may_be_told(self, here: "_Proved") -> bool:
        """Whether a part may be what was said or written right before it; not a verb more: `you wrote, deleted`."""
        words, lexicon = self._words(here.part), self.lexicon
        is_verb = len(words) == 1 and here.place.is_whole and here.place.first == 0 and not words[0].large
        return not (is_verb and words[0].word not in lexicon.people | self.spoken.names)

    def _contrasts(self, place: Place) -> bool:
        """Whether the member has a `but` right before what stands there."""
        tokens = self.spoken.sentences[place.sentence].tokens
        near = {token.word for token in tokens[max(place.first - 2, 0) : place.first + 1]}
        return not near.isdisjoint(self.lexicon.contrasts)

    def _says_when(self, part: list[Piece]) -> bool:
        """Whether a part opens with `when` or `while`."""
        return any(piece.word in self.lexicon.meanwhile for piece in part[:2])

    def _follows(self, when: "_Proved", what: "_Proved") -> bool:
        """Whether what is said to be so when something else was, is of the same sentence, or comes right after it."""
        first, last = when.place.sentence, what.place.sentence
        between = self.spoken.sentences[first + 1 : last]
        if not self._has_when(when.place):
            asides = all(self._is_aside(sentence) for sentence in between)
            follows = what.place.first > when.place.first if first == last else first < last and asides
            return follows and self.spoken.sentences[last].tokens[0].word not in self.lexicon.adverbials
        return first == last or (first < last and all(len(sentence.tokens) <= _ASIDE for sentence in between))

    def _is_aside(self, sentence: Sentence) -> bool:
        """Whether a sentence is a word or two in which nobody does anything: `three girls`."""
        nobody = all(token.word not in self.lexicon.subjects for token in sentence.tokens)
        return len(sentence.tokens) <= _ASIDE and nobody

    def _has_when(self, place: Place) -> bool:
        """Whether the member has a `when` in the sentence too."""
        return any(token.word in self.lexicon.meanwhile for token in self.spoken.sentences[place.sentence].tokens)

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
        if not body or self.forms.is_whole(plain(body)) or self.counts_rightly(body):
            return None
        if self._says_it_is(body) and not self._is_all_said(body):
            return Doubt.about("added", body)
        if all(piece.word in self.lexicon.subjects for piece in body):
            return Doubt.about("role", body)
        if all(piece.word in self.lexicon.bare_noes for piece in body):
            return Doubt.about("added", body)
        return self.find(body, loose)

    def _says_it_is(self, body: list[Piece]) -> bool:
        """Whether small words alone make a claim: `and that is that`."""
        words = [piece.word for piece in body if not piece.token.is_mark]
        lexicon = self.lexicon
        it = sum(word in lexicon.things or word in lexicon.neuters for word in words)
        return it > 1 and len(words) == it + 1 and any(word in lexicon.copulas for word in words)

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

    def restate(self, stretch: list[Piece]) -> Doubt | None:
        """Say what is wrong with a question handed back: its words are those of the member's, in any order."""
        lexicon = self.lexicon
        known = lexicon.free | lexicon.asks | lexicon.joins | lexicon.echoed | lexicon.echoed_own
        part: list[Piece] = []
        for piece in [*stretch, None]:
            if piece is not None and piece.word != "," and piece.word not in lexicon.joins:
                part.append(piece)
                continue
            if part and not self.forms.is_whole(plain(part)):
                for each in part:
                    asked = each.quote or each.token.is_mark or each.word in known
                    if not (asked or self.spoken.kin(each.token.key) & self.spoken.asked):
                        return Doubt.about("word", [each])
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

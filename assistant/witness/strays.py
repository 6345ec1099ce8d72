"""Whether a part of a sentence that was proved belongs with the part before it: one time, one teller, one who acts.

Each part alone may be the member's own words, and put side by side they may still say what nobody said.
"""

from dataclasses import dataclass

from assistant.witness.alignment import Place
from assistant.witness.grounding import Sentence, Spoken
from assistant.witness.lexicon import Lexicon, Token
from assistant.witness.reading import Piece
from assistant.witness.subjects import subject_of
from assistant.witness.whereabouts import is_adverbial

_ASIDE = 4
"""How many words and marks a sentence has that only says a word or two in between."""


@dataclass(frozen=True, slots=True)
class Proved:
    """A part of a sentence that was proved."""

    part: list[Piece]
    """Its words."""
    place: Place
    """Where they stand."""


class Strays:
    """Looks at a part beside the one before it."""

    def __init__(self, spoken: Spoken, lexicon: Lexicon) -> None:
        self.spoken = spoken
        self.lexicon = lexicon

    def strays(self, here: Proved, last: Proved | None, opens: bool) -> bool:
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
        body = self._words(part)
        hangs = (
            bool(body)
            and body[0].word in lexicon.relatives - lexicon.complements
            and not any(each.word in lexicon.joins for each in part[:2])
        )
        if last.place.sentence == here.place.sentence:
            elsewhere = hangs and here.place.first < last.place.last
            return elsewhere or self._was_or(here) or self._did_another(here, last)
        if here.place.first and hangs:
            return True
        if any(piece.word in lexicon.contrasts for piece in part[:2]) and not self._contrasts(here.place):
            return True
        if last.part[-1].word in lexicon.speech | lexicon.said and self._may_be_told(here):
            return True
        if is_adverbial(self.spoken, self._words(last.part)):
            return clause and abs(last.place.sentence - here.place.sentence) > last.place.is_whole
        return self._did_another(here, last)

    def _did_another(self, here: Proved, last: Proved) -> bool:
        """Whether what goes on from a `you`, with nobody in it, is what somebody else did."""
        lexicon, body = self.lexicon, self._words(here.part)
        named = lexicon.determiners | lexicon.articles | lexicon.echoed_owners | lexicon.possessives
        acts = any(
            word.word in lexicon.subjects and (before is None or before.word not in lexicon.prepositions)
            for before, word in zip([None, *body], body, strict=False)
        )
        acts = acts and not (body and not lexicon.inverts and lexicon.is_past(body[0].key))
        if acts or not body or body[0].word in named | lexicon.prepositions | lexicon.relatives or body[0].large:
            return False
        if lexicon.inverts and len(body) > 1 and lexicon.has_article(body[1].word):
            return False
        people = lexicon.echoed | lexicon.nominatives | self.spoken.names
        first = next((piece.word for piece in last.part if piece.word in people), "")
        who = subject_of(self.spoken, self.spoken.sentences[here.place.sentence], here.place.first)
        return first in lexicon.echoed and who == "other"

    def _was_or(self, here: Proved) -> bool:
        """Whether a part goes on with an `and` where the member has an `or`."""
        lexicon, first = self.lexicon, here.place.first
        opens = next((piece.word for piece in here.part if piece.word != ","), "")
        before = self.spoken.sentences[here.place.sentence].tokens[max(first - 1, 0)].word
        return opens in lexicon.coordinators - lexicon.alternatives and before in lexicon.alternatives

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
        tells = any(word.word in lexicon.speech | lexicon.beliefs for word in words)
        who = any(word.large and word.word not in lexicon.prepositions for word in words)
        alone = len(words) == 2 and all(piece.quote is None for piece in part)
        return alone and tells and (who or any(word.word in lexicon.nominatives for word in words))

    def _only_counts(self, part: list[Piece]) -> bool:
        """Whether a part says nothing but how often: `three times`."""
        words = self._words(part)
        lexicon = self.lexicon
        times = any(word.word in lexicon.times for word in words)
        return times and all(lexicon.is_number(word.key) or word.word in lexicon.units for word in words)

    def _counts_another(self, here: Proved, last: Proved) -> bool:
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

    def _binds(self, here: Proved) -> bool:
        """Whether a part gives a ground or a result, `because …`, `so …`, of what is said in another sentence."""
        lexicon, part = self.lexicon, here.part
        tokens, first = self.spoken.sentences[here.place.sentence].tokens, here.place.first
        opens = next((piece.word for piece in part if piece.word != ","), "")
        acts = any(piece.word in lexicon.subjects for piece in part)
        if any(piece.word in lexicon.grounds for piece in part[:2]) and first:
            return True
        said = {token.word for token in tokens[max(first - 1, 0) : first + 1]}
        after = next((n for n, piece in enumerate(part) if piece.word == opens), 0) + 1
        result = not lexicon.inverts or (after < len(part) and part[after].word in lexicon.echoed | lexicon.nominatives)
        bound = opens in lexicon.causes or (opens in lexicon.results and result)
        return (bound and acts and opens not in said) or (opens in lexicon.alternatives and opens not in said)

    def _may_be_told(self, here: Proved) -> bool:
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

    def _follows(self, when: Proved, what: Proved) -> bool:
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

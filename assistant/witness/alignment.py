"""A stretch of a reflection laid beside one sentence of the member's: which of its words are which of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from assistant.witness.lexicon import Token, are_many
from assistant.witness.orders import QUOTED
from assistant.witness.subjects import subject_of

if TYPE_CHECKING:
    from assistant.witness.grounding import Sentence, Spoken

_PAIRS = 250
"""How many pairs of words are weighed; a stretch with more says the same over and over, and is not proved."""
BACK = 3
"""How many sentences back a pronoun may reach."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch stands in what was said."""

    sentence: int
    """The number of the member's sentence."""
    first: int
    """Its first token there."""
    last: int
    """Its last token there."""
    is_whole: bool
    """Whether it is all of that sentence."""
    bids: bool
    """Whether it opens with a verb that had the member for its subject, or another form, and so tells to do it."""
    taken: frozenset[int]
    """The tokens of the sentence that are given back."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a stretch of words could not be found in what was said."""

    kind: str
    """`word`, `number`, `added`, `lost` or `role`."""
    first: int
    """The first of its tokens that does not fit."""
    last: int
    """The last."""
    found: int
    """How many of its tokens were found; of several tries the best is told of."""


class Alignment:
    """The best pairing of a stretch with a sentence, and what can be seen from it."""

    def __init__(self, spoken: Spoken, number: int, stretch: Sequence[Token], names_only: bool) -> None:
        self.spoken = spoken
        self.lexicon = spoken.lexicon
        self.sentence: Sentence = spoken.sentences[number]
        self.said = self.sentence.tokens
        self.stretch = stretch
        self.names_only = names_only
        self.pairs = self._align()
        self.to = dict(self.pairs)
        self.taken = {said for _, said in self.pairs}

    def _no(self, kind: str, first: int, last: int | None = None) -> Misfit:
        return Misfit(kind, first, first if last is None else last, len(self.pairs))

    def _align(self) -> list[tuple[int, int]]:
        """Give the best chain of pairs, in both orders: richest in content, then closest together."""
        pairs = list(islice(self._candidates(), _PAIRS + 1))
        if len(pairs) > _PAIRS:
            return []
        best: list[float] = []
        came: list[int] = []
        earlier = 0
        for at, (mine, said, weight) in enumerate(pairs):
            if at and pairs[at - 1][0] != mine:
                earlier = at
            score, before = weight, -1
            for other, ((i, j, _), so_far) in enumerate(zip(pairs[:earlier], best, strict=False)):
                if j < said and so_far + weight > score:
                    apart, between = said - j - 1, mine - i - 1
                    chained = so_far + weight
                    chained -= 0.3 * (apart if apart < 6 else 6) + 0.05 * (between if between < 6 else 6)
                    if chained > score:
                        score, before = chained, other
            best.append(score)
            came.append(before)
        chain, at = [], max(range(len(pairs)), key=best.__getitem__, default=-1)
        while at >= 0:
            chain.append(pairs[at][:2])
            at = came[at]
        return self._tightened(chain[::-1])

    def _tightened(self, chain: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Give `chain` with a small word that stands twice in the stretch paired where it stands beside the next."""
        for n in range(len(chain) - 2, -1, -1):
            (mine, said), (after, next_said) = chain[n], chain[n + 1]
            near = self.stretch[after - 1]
            if after - mine > 1 and next_said == said + 1 and near.word == self.stretch[mine].word and not near.keys:
                chain[n] = after - 1, said
        return chain

    def _candidates(self) -> Iterator[tuple[int, int, float]]:
        lexicon, places = self.lexicon, self.sentence.places
        small = lexicon.free | lexicon.people
        for mine, token in enumerate(self.stretch):
            if token.is_mark:
                continue
            if token.keys is QUOTED:
                for at, said in enumerate(self.said):
                    if said.key == token.key:
                        yield mine, at, 3.0
                continue
            light = 0.35 if token.word in small else 1.0
            exact = places.get(token.key, ())
            is_you_all = lexicon.inverts and token.word == "i" and token.large
            for at in exact:
                if not is_you_all or self._may_be_you_all(mine, at):
                    yield mine, at, 3.0 * light
            if is_you_all:
                continue
            if token.word in lexicon.answers:
                for at in self._answers():
                    yield mine, at, 2.7
            if token.word in lexicon.without and not exact:
                for at in self._noes(mine):
                    yield mine, at, 2.7
            for word in () if token.word in lexicon.fixed else self.spoken.kin(token.key):
                for at in places.get(word, ()):
                    if at not in exact and self._same_use(token, at):
                        yield mine, at, 2.7 * light

    def _answers(self) -> Iterator[int]:
        """Give where the sentence tells that somebody said something right after something was asked."""
        lexicon, number = self.lexicon, self.sentence.number
        before = self.spoken.sentences[number - 1].tokens if number else []
        for at, token in enumerate(self.said):
            if token.word in lexicon.tells and self.said[at].word not in lexicon.answers:
                asked = [*before, *self.said[:at]]
                if any(each.word in lexicon.asking or each.word == "?" for each in asked):
                    yield at

    def _noes(self, mine: int) -> Iterator[int]:
        """Give where the member has a `not` or a `no` of the very word that a `without` stands before."""
        lexicon = self.lexicon
        small = lexicon.free | lexicon.people | lexicon.articles | lexicon.infinitives | lexicon.droppable
        of = next((token for token in self.stretch[mine + 1 :] if token.word not in small and not token.is_mark), None)
        kin = self.spoken.kin(of.key) if of else frozenset[str]()
        for at, token in enumerate(self.said):
            if token.word in lexicon.negations:
                after = (each for each in self.said[at + 1 :] if each.word not in small)
                if (of_what := next(after, None)) and kin & of_what.keys:
                    yield at

    def _may_be_you_all(self, mine: int, said: int) -> bool:
        """Whether a Danish `I` is given back of a `we`, or of an `in` before the same word."""
        if self.said[said].word != "i":
            return True
        if mine + 1 >= len(self.stretch) or said + 1 >= len(self.said):
            return False
        return self.stretch[mine + 1].key in self.said[said + 1].keys

    def _same_use(self, token: Token, at: int) -> bool:
        """A form may change (`minute`, `minutes`), but what was only wanted or tried does not become done."""
        if token.word in self.lexicon.copulas:
            return not self._is_another_time(token, at)
        before = [said.word for said in self.said[max(at - 5, 0) : at]]
        if (before and before[-1] in self.lexicon.accusatives) or self._is_undergone(token, at):
            return False
        if token.word in self.lexicon.negations - self.lexicon.bare_noes and self._is_an_answer(token):
            return False
        if not self.lexicon.makes.isdisjoint(before[-3:]) or self._is_told_as_habit(token, at):
            return False
        unlike = self._is_only_bidden(token, at) or self._is_made_many(token, at) or self._is_still_to_come(token, at)
        if unlike or self._is_only_meant(before) or self._is_only_thought_of(token, at):
            return False
        near = {word for word in before[-4:] if word not in self.lexicon.helpers} | {*before[-2:-1]}
        if self.lexicon.done.isdisjoint(near):
            undone = self.lexicon.undone
            if not self.lexicon.negations.isdisjoint(token.word for token in self.stretch):
                undone -= self.lexicon.negations
            return undone.isdisjoint(before[-2:])
        return self.lexicon.operators.isdisjoint(before)

    def _is_only_bidden(self, token: Token, at: int) -> bool:
        """Whether what opens a sentence as something to do, `call Anna`, is told as done."""
        lexicon, said = self.lexicon, self.said[at]
        opens = not at or self.said[at - 1].word == ":"
        return opens and lexicon.is_past(token.key) and lexicon.may_bid(said.key) and not lexicon.is_past(said.key)

    def _is_undergone(self, token: Token, at: int) -> bool:
        """Whether a Danish `afløses`, done to somebody, is told as an `afløser` of theirs."""
        return self.lexicon.inverts and token.word[-1:] == "r" and self.said[at].word == f"{token.word[:-1]}s"

    def _is_an_answer(self, token: Token) -> bool:
        """Whether a `no` is what somebody says, and so is made of no `not`: `you said no`."""
        mine = self._where(token)
        return mine > 0 and self.stretch[mine - 1].word in self.lexicon.speech

    def _is_another_time(self, token: Token, at: int) -> bool:
        """Whether what was so, `I was`, is told as what is so, `you are`."""
        now = self.lexicon.now
        return self.said[at].word in self.lexicon.copulas - now and token.word in now

    def _is_made_many(self, token: Token, at: int) -> bool:
        """Whether one, with an `a` or a `my` before it, is told as many, or many are told as one."""
        lexicon, said = self.lexicon, self.said[at]
        before = self.said[at - 1] if at else None
        mine = self._where(token)
        if mine and self.stretch[mine - 1].word in lexicon.one and not lexicon.inverts:
            return are_many(said.word, token.word)
        if before is None:
            return False
        many = ("er", "erne") if lexicon.inverts else ("s",)
        if before.key == "1" and any(each.key == "1" for each in self.stretch[:mine]):
            return False
        if before.word in lexicon.one or before.key == "1":
            return (token.word.endswith(many) and not said.word.endswith(many)) or are_many(token.word, said.word)
        ones = lexicon.possessives | lexicon.self_others | lexicon.determiners
        return not lexicon.inverts and before.word in ones and are_many(token.word, said.word)

    def _is_only_meant(self, before: list[str]) -> bool:
        """Whether words end with a Danish `for at`, after which stands what somebody did something for."""
        lexicon = self.lexicon
        return len(before) > 1 and before[-1] in lexicon.infinitives and before[-2] in lexicon.causes

    def _is_still_to_come(self, token: Token, at: int) -> bool:
        """Whether what somebody does tomorrow is told as done."""
        done = self.lexicon.is_past(token.key) and not self.lexicon.is_past(self.said[at].key)
        return done and any(said.word in self.lexicon.ahead for said in self.said)

    def _is_only_thought_of(self, token: Token, at: int) -> bool:
        """Whether what stands right after what was done, as `calling` in `avoided calling`, is told as done itself."""
        lexicon, word = self.lexicon, self.said[at].word
        if lexicon.inverts or not at or not word.endswith("ing") or token.word.endswith("ing"):
            return False
        before = self.said[at - 1]
        told = lexicon.is_past(before.key) or before.word in lexicon.ways - lexicon.sequence
        return told and before.word not in lexicon.done

    def _is_told_as_habit(self, token: Token, at: int) -> bool:
        """Whether what was done once is told as what `you` do."""
        mine = self._where(token)
        near = self.stretch[max(mine - 1, 0) : mine + 2]
        lexicon, said = self.lexicon, self.said[at].key
        if self.names_only or not any(each.word in lexicon.echoed for each in near):
            return False
        return lexicon.is_present(token.key) and lexicon.is_past(said)

    def _where(self, token: Token) -> int:
        return next(n for n, each in enumerate(self.stretch) if each is token)

    def _is_light(self, at: int) -> bool:
        return self.stretch[at].word in self.lexicon.free or self.stretch[at].word in self.lexicon.people

    def _is_noun(self, at: int) -> bool:
        """Whether a word of content stands there that does not say when or how."""
        lexicon, token = self.lexicon, self.said[at]
        small = lexicon.free | lexicon.people | lexicon.operators | lexicon.adverbs | lexicon.adverbials | lexicon.joins
        return not (token.is_mark or token.word in small | lexicon.droppable or lexicon.is_past(token.key))

    def _claims(self) -> bool:
        """Whether this stretch says that somebody is something, and does not only name it."""
        claiming = self.lexicon.subjects | self.lexicon.copulas | self.lexicon.helpers
        return any(token.word in claiming for token in self.stretch)

    def _acts(self, at: int) -> bool:
        """Whether what stands there is a verb, by its form or by what stands beside it."""
        lexicon, token = self.lexicon, self.said[at]
        verbs = lexicon.copulas | lexicon.helpers | lexicon.operators - lexicon.negations
        return token.word in verbs or lexicon.is_past(token.key) or token.key in self.spoken.deeds

    def _opens(self, said: int) -> bool:
        """Whether `said` is the first word of its clause, or comes after nothing but small words."""
        clause = self.sentence.clauses[said]
        for at in range(said - 1, -1, -1):
            if self.sentence.clauses[at] != clause or at in self.taken:
                return True
            word = self.said[at].word
            small = word in self.lexicon.coordinators or word in self.lexicon.adverbs or word in self.lexicon.droppable
            small = small or (word in self.lexicon.self_subjects and self._is_told_of_self(at))
            if not (small or self.said[at].is_mark):
                return False
        return True

    def _is_told_of_self(self, at: int) -> bool:
        """Whether the member's own `I` at `at` was there before in the sentence, and is given back there."""
        mine = [said for said in self.taken if said < at and self.said[said].word == self.said[at].word]
        others = self.lexicon.others | self.spoken.names
        return bool(mine) and not any(
            self.said[said].word in others for said in range(max(mine) + 1, at) if said in self.taken
        )

    def _subject_of(self, at: int) -> str:
        return subject_of(self.spoken, self.sentence, at)

    def mentions(self, number: int, words: Sequence[frozenset[str]]) -> Iterator[int]:
        """Give where `words` stand one after another in a sentence, small words aside."""
        tokens = self.spoken.sentences[number].tokens
        said = [at for at, token in enumerate(tokens) if token.word not in self.lexicon.free and token.word != ","]
        for start in range(len(said) - len(words) + 1 if words else 0):
            if all(word & tokens[said[start + n]].keys for n, word in enumerate(words)):
                yield said[start]

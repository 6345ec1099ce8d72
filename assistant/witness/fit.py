"""The proof of one stretch of words: aligned in order with one sentence of the member's, person by person.

A bag of words is not enough, since a wrong reflection is often made of the member's own. So a stretch must be found in
order; it may not lose or gain a `not`, a `maybe`, a `should`; and whoever did it must be who did it. A pronoun may
stand for what was named shortly before, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from assistant.witness.lexicon import Token
from assistant.witness.orders import QUOTED, other_orders, stands_near
from assistant.witness.subjects import subject_of

if TYPE_CHECKING:
    from assistant.witness.grounding import Sentence, Spoken

_PAIRS = 250
"""How many pairs of words are weighed; a stretch with more says the same over and over, and is not proved."""
_BACK = 3
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


def fit(spoken: Spoken, number: int, stretch: Sequence[Token], names_only: bool) -> Place | Misfit:
    """Try `stretch` against one sentence: as it stands, then with a part of it moved where grammar allows."""
    first = Fit(spoken, number, stretch, names_only).result()
    if isinstance(first, Place) or _is_new(spoken, number, stretch[first.first]):
        return first
    for core, moved in other_orders(spoken, number, stretch):
        found = Fit(spoken, number, core, names_only).result()
        if isinstance(found, Place) and (not moved or stands_near(spoken, found, moved)):
            return found
    return first


def _is_new(spoken: Spoken, number: int, token: Token) -> bool:
    """Whether a word stands neither in a sentence nor in those beside it, so that no other order can prove it."""
    if token.word in spoken.lexicon.free | spoken.lexicon.people or token.keys is QUOTED:
        return False
    near = spoken.sentences[max(number - 1, 0) : number + 2]
    return all(sentence.places.keys().isdisjoint(spoken.kin(token.key)) for sentence in near)


class Fit:
    """One try: a stretch of a reflection beside one sentence of the member's."""

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

    def result(self) -> Place | Misfit:
        """Give where it stands, or what does not fit, the gravest first."""
        if not self.pairs:
            return self._no("word", 0)
        for looks in (
            self._new_words,
            self._copula,
            self._together,
            self._lost,
            self._conditional,
            self._roles,
            self._subjects,
            self._strangers,
            self._owners,
        ):
            if misfit := looks():
                return misfit
        whole = sum(not token.is_mark for token in self.said) == len(self.taken)
        return Place(self.sentence.number, self.pairs[0][1], self.pairs[-1][1], whole, self._bids(), frozenset(self.taken))

    def _bids(self) -> bool:
        first, said = self.pairs[0]
        token = self.stretch[first]
        if first or not said or self._is_light(first) or token.keys is QUOTED or not token.key.isalpha():
            return False
        if token.word in self.lexicon.operators | self.lexicon.adverbs | self.lexicon.droppable:
            return False
        changed = token.key not in self.said[said].keys
        if not self.lexicon.inverts:
            changed = changed or self.said[said - 1].word in self.lexicon.self_subjects
        return changed and self.lexicon.may_bid(token.key)

    def _no(self, kind: str, first: int, last: int | None = None) -> Misfit:
        return Misfit(kind, first, first if last is None else last, len(self.pairs))

    # Alignment

    def _align(self) -> list[tuple[int, int]]:
        """Give the best chain of pairs, in both orders: richest in content, then closest together."""
        pairs = list(islice(self._candidates(), _PAIRS + 1))
        if len(pairs) > _PAIRS:
            return []
        best: list[float] = []
        came: list[int] = []
        for mine, said, weight in pairs:
            score, before = weight, -1
            for other, (i, j, _) in enumerate(pairs[: len(best)]):
                if i < mine and j < said:
                    chained = best[other] + weight - 0.3 * min(said - j - 1, 6) - 0.05 * min(mine - i - 1, 6)
                    if chained > score:
                        score, before = chained, other
            best.append(score)
            came.append(before)
        chain, at = [], max(range(len(pairs)), key=best.__getitem__, default=-1)
        while at >= 0:
            chain.append(pairs[at][:2])
            at = came[at]
        return chain[::-1]

    def _candidates(self) -> Iterator[tuple[int, int, float]]:
        lexicon = self.lexicon
        for mine, token in enumerate(self.stretch):
            if token.is_mark:
                continue
            if token.keys is QUOTED:
                yield from ((mine, at, 3.0) for at, said in enumerate(self.said) if said.key == token.key)
                continue
            light = 0.35 if token.word in lexicon.free or token.word in lexicon.people else 1.0
            exact = self.sentence.places.get(token.key, ())
            yield from ((mine, at, 3.0 * light) for at in exact)
            fixed = token.word in lexicon.fixed
            for word in () if fixed else self.spoken.kin(token.key):
                for at in self.sentence.places.get(word, ()):
                    if at not in exact and self._same_use(token, at):
                        yield mine, at, 2.7 * light

    def _same_use(self, token: Token, at: int) -> bool:
        """A form may change (`minute`, `minutes`), but what was only wanted or tried does not become done."""
        if token.word in self.lexicon.copulas:
            return True
        before = [said.word for said in self.said[max(at - 5, 0) : at]]
        if not self.lexicon.makes.isdisjoint(before[-3:]) or self._is_told_as_habit(token, at):
            return False
        if self.lexicon.done.isdisjoint(before):
            return self.lexicon.undone.isdisjoint(before[-2:])
        return self.lexicon.operators.isdisjoint(before)

    def _is_told_as_habit(self, token: Token, at: int) -> bool:
        """Whether what was done once is told as what `you` do."""
        mine = next(n for n, each in enumerate(self.stretch) if each is token)
        near = self.stretch[max(mine - 1, 0) : mine + 2]
        lexicon, said = self.lexicon, self.said[at].key
        if self.names_only or not any(each.word in lexicon.echoed for each in near):
            return False
        return lexicon.is_present(token.key) and lexicon.is_past(said)

    # New words

    def _new_words(self) -> Misfit | None:
        """Words that were not said, besides the small ones; words may stand for a pronoun."""
        at = 0
        while at < len(self.stretch):
            end = at + 1
            if at not in self.to and not self._is_small(at):
                while end < len(self.stretch) and end not in self.to:
                    end += 1
                if not self._stands_for_pronoun(at, end):
                    return self._no(self._kind(self.stretch[at]), at)
            at = end
        return None

    def _kind(self, token: Token) -> str:
        if self.lexicon.is_number(token.key):
            return "number"
        return "added" if token.word in self.lexicon.operators else "word"

    def _is_small(self, at: int) -> bool:
        word = self.stretch[at].word
        small = self.stretch[at].is_mark or word in self.lexicon.free or word in self.lexicon.echoed
        return small or self._owns(at) or self._is_times(at)

    def _is_times(self, at: int) -> bool:
        """`times` may be put after a number that was said of nothing else."""
        if self.stretch[at].word not in self.lexicon.times or at - 1 not in self.to:
            return False
        said = self.to[at - 1]
        after = self.said[said + 1] if said + 1 < len(self.said) else None
        counts_nothing = after is None or after.is_mark or after.word in self.lexicon.prepositions
        return self.lexicon.is_number(self.said[said].key) and counts_nothing

    def _owns(self, at: int) -> bool:
        """`your` may be put before what the member had without a word for whose it was."""
        if self.stretch[at].word not in self.lexicon.echoed_owners or at + 1 not in self.to:
            return False
        said = self.to[at + 1]
        before = self.said[said - 1].word if said else ""
        if before in self.lexicon.one or not said:
            return self.said[said].word not in self.spoken.names
        return before not in self.lexicon.determiners | self.lexicon.possessives and before != "'s"

    def _stands_for_pronoun(self, first: int, end: int) -> bool:
        """Whether these words were said shortly before, where the sentence now has a pronoun in their place."""
        if any(token.word in self.lexicon.subjects | self.lexicon.pronouns for token in self.stretch[first:end]):
            return False
        after, before = self.to.get(end), self.to.get(first - 1)
        places = [] if not after else [after - 1]
        if before is not None:
            next_word = self.said[before + 1].word if before + 1 < len(self.said) else ""
            places.append(before + (2 if next_word in self.lexicon.self_subjects else 1))
        if not any(self._is_free_pronoun(place) for place in places):
            return False
        words = [self.spoken.kin(token.key) for token in self.stretch[first:end] if token.word not in self.lexicon.free]
        one = any(token.word in self.spoken.names for token in self.stretch[first:end])
        if one and any(self._is_free_pronoun(place) and self._is_many(place) for place in places):
            return False
        pronouns = [self.said[place].word for place in places if self._is_free_pronoun(place)]
        somebody = any(word in self.lexicon.genders for word in pronouns)
        for number in range(self.sentence.number, max(self.sentence.number - _BACK, 0) - 1, -1):
            keys = [token.keys for token in self.spoken.sentences[number].tokens]
            for start in range(len(keys) - len(words) + 1):
                if all(word & keys[start + n] for n, word in enumerate(words)):
                    return not somebody or self._may_act(number, start)
        return False

    def _is_many(self, said: int) -> bool:
        return any(self.said[said].word in self.lexicon.genders[word] for word in self.lexicon.many)

    def _may_act(self, number: int, at: int) -> bool:
        """Whether what stands there may be a person: a name, or the first noun of its sentence."""
        tokens = self.spoken.sentences[number].tokens
        small = self.lexicon.determiners | self.lexicon.free | self.lexicon.adverbs | self.lexicon.coordinators
        return tokens[at].word in self.spoken.names or all(token.word in small for token in tokens[:at])

    def _is_free_pronoun(self, said: int) -> bool:
        in_said = said < len(self.said) and said not in self.taken
        return in_said and self.said[said].word in self.lexicon.pronouns

    def _copula(self) -> Misfit | None:
        """One added `is` or `was` at most, between words that were said."""
        added = [n for n, token in enumerate(self.stretch) if n not in self.to and token.word in self.lexicon.copulas]
        for mine, token in enumerate(self.stretch):
            helps = token.word in self.lexicon.helpers and mine not in self.to
            owns = mine in self.to and self.said[self.to[mine]].word == "'s" and mine - 1 not in self.to
            if (helps and mine + 1 not in self.to) or (owns and token.word in self.lexicon.copulas):
                return self._no("added", mine)
        if not added:
            return None
        before, after = added[0] - 1, added[0] + 1
        if len(added) == 1 and before >= 0 and self.stretch[before].word in self.lexicon.echoed and after in self.to:
            said = self.to[after]
            left_out = before not in self.to and self._subject_of(said) == "open" and self._opens(said)
            return None if left_out else self._no("added", added[0])
        if len(added) > 1 or before not in self.to or after not in self.to or self._is_light(before):
            return self._no("added", added[0])
        return None

    def _is_light(self, at: int) -> bool:
        return self.stretch[at].word in self.lexicon.free or self.stretch[at].word in self.lexicon.people

    def _together(self) -> Misfit | None:
        """`when`, `while` and `as` say that two things went together: they must have been said, or open a question."""
        if self.names_only:
            return None
        for mine, token in enumerate(self.stretch):
            if token.word in self.lexicon.meanwhile and mine not in self.to and mine + 1 < len(self.stretch):
                return self._no("added", mine)
        return None

    # What was left out

    def _lost(self) -> Misfit | None:
        """A `not`, a `maybe`, a `should`, a `she said` that belongs to these words may not be left out."""
        clauses = self.sentence.clauses
        if self.names_only and sum(not self._is_light(mine) for mine in self.to) == 1:
            return None
        if not self.names_only and (self._is_all_quoted() or self._is_asked() or self._is_taken_back()):
            return self._no("lost", 0, len(self.stretch) - 1)
        small = self.lexicon.joins | self.lexicon.operators
        for clause in {clauses[said] for said in self.taken}:
            here = [at for at, number in enumerate(clauses) if number == clause]
            last = max(at for at in here if at in self.taken)
            governed = any(at not in self.taken and self._governs(at, last) for at in here)
            denied = self._has_no() and (self._is_cut_short(last) or self._is_far(clause))
            denied = denied or self._is_another(last)
            doubted = self._is_part_of_doubt(here[0]) or self._is_doubted(here[0]) or self._is_believed(clause)
            says_it_is = all(self._is_light(mine) or self.stretch[mine].word in small for mine in self.to)
            cut = says_it_is and not self.names_only and any(
                at > last and not self.said[at].is_mark and clauses[at] == clause for at in here
            )
            if governed or denied or doubted or cut:
                mine = [mine for mine, said in self.pairs if clauses[said] == clause]
                return self._no("lost", min(mine), max(mine))
        return None

    def _conditional(self) -> Misfit | None:
        """What was said to be so only `if` something else is, is not given back without it."""
        if self.names_only:
            return None
        for at, token in enumerate(self.said):
            if token.word not in self.lexicon.conditions or at in self.taken:
                continue
            goes_on = at and self.said[at - 1].word in self.lexicon.whether | self.lexicon.coordinators
            aside = any(said.word in self.lexicon.asides for said in self.said[at + 1 : at + 5])
            if not goes_on and not aside:
                return self._no("lost", 0, len(self.stretch) - 1)
        return None

    def _is_taken_back(self) -> bool:
        """Whether the member's next sentence takes this one back."""
        after = self.spoken.sentences[self.sentence.number + 1 : self.sentence.number + 2]
        opens = "".join(f"{token.word} " for sentence in after for token in sentence.tokens[:3])
        return opens.startswith(tuple(f"{words} " for words in self.lexicon.corrects))

    def _is_asked(self) -> bool:
        """Whether the member's sentence asks, and so claims nothing."""
        last = self.sentence.start + len(self.said) - 1
        return self.said[-1].word == "?" and last not in self.spoken.in_quotes

    def _is_all_quoted(self) -> bool:
        """Whether all of it stands in quotation marks with the member, and so is somebody's saying."""
        content = [
            said
            for mine, said in self.pairs
            if self.stretch[mine].keys is not QUOTED
            and not self._is_light(mine)
            and self.stretch[mine].word not in self.spoken.names
        ]
        return bool(content) and all(self.sentence.start + said in self.spoken.in_quotes for said in content)

    def _is_doubted(self, start: int) -> bool:
        """Whether what opens a clause is doubted right before it, as in `maybe only because`."""
        if self.said[start].word not in self.lexicon.subordinators:
            return False
        before = range(start - 1, max(start - 5, -1), -1)
        return any(at not in self.taken and self.said[at].word in self.lexicon.operators for at in before)

    def _is_part_of_doubt(self, start: int) -> bool:
        """Whether a clause that opens with `that` hangs on a `not sure` in the one before it."""
        if self.said[start].word not in self.lexicon.complements or not start:
            return False
        clauses = self.sentence.clauses
        return any(
            at not in self.taken and self.said[at].word in self.lexicon.operators
            for at in range(start - 1, -1, -1)
            if clauses[at] == clauses[start - 1]
        )

    def _is_believed(self, clause: int) -> bool:
        """Whether the clause goes on from an `I think` before it, `and then it's gone`, which is left out here."""
        start = self.sentence.clauses.index(clause)
        if self.said[start].word not in self.lexicon.joins:
            return False
        here = {token.word for token, number in zip(self.said, self.sentence.clauses, strict=True) if number == clause}
        if not here.isdisjoint(self.lexicon.self_subjects):
            return False
        return any(
            self.said[at].word in self.lexicon.beliefs
            and at not in self.taken
            and at
            and self.said[at - 1].word in self.lexicon.self_subjects
            for at in range(start)
        )

    def _governs(self, at: int, last: int) -> bool:
        word = self.said[at].word
        if at > last and word in self.lexicon.beliefs and not self.names_only:
            near = {token.word for token in self.said[at - 1 : at + 2]}
            return not near.isdisjoint(self.lexicon.self_subjects) and not near & self.lexicon.complements
        if word == "'d" and at < last:
            return self.said[at + 1].word in self.lexicon.helpers or self.lexicon.may_bid(self.said[at + 1].key)
        if word in self.lexicon.negations:
            return at <= last + (0 if self.names_only else 3)
        if word in self.lexicon.degrees and at < last and self._leads_to_taken(at):
            return True
        if at == last + 1:
            if word in self.lexicon.scopes and self._has_no():
                return True
            how_many = self.lexicon.is_number(self.said[at].key) and self.said[last].word in self.lexicon.prepositions
            if how_many or word in self.lexicon.trailing:
                return True
        if word in self.lexicon.habits and at < last and self.said[at + 1].word in self.lexicon.infinitives:
            return not self.names_only
        if self.names_only or word in self.lexicon.droppable or at > last:
            return False
        if word in self.lexicon.feelings and not self._claims():
            return False
        return word in self.lexicon.operators or (word in self.lexicon.speech and self._subject_of(at) == "other")

    def _is_cut_short(self, last: int) -> bool:
        """Whether what the `not` is about goes on: `not sure` of `I'm not sure I deserve it`."""
        at = last + 1
        small = (self.lexicon.prepositions | {","}) - self.lexicon.limits
        while at < len(self.said) and self.said[at].word in small:
            at += 1
        if self.names_only or at >= len(self.said) or at in self.taken:
            return False
        word = self.said[at].word
        return word in self.lexicon.limits or word in self.lexicon.complements or (at == last + 1 and word in self.lexicon.self_subjects)

    def _is_another(self, last: int) -> bool:
        """Whether what was given back of `the fifth` is only `the`."""
        after = self.said[last + 1] if last + 1 < len(self.said) else None
        counts = after is not None and (self.lexicon.ordinal(after.word) or self.lexicon.is_number(after.key))
        return bool(counts) and self.said[last].word in self.lexicon.determiners and not self.names_only

    def _is_far(self, clause: int) -> bool:
        """Whether a `not` is given back before a word that it did not stand before."""
        for (_, said), (_, after) in zip(self.pairs, self.pairs[1:], strict=False):
            if self.said[said].word in self.lexicon.negations and self.sentence.clauses[said] == clause:
                between = self.said[said + 1 : after]
                light = self.lexicon.free | self.lexicon.people | self.lexicon.droppable | self.lexicon.adverbs
                if any(not token.is_mark and token.word not in light for token in between):
                    return True
        return False

    def _claims(self) -> bool:
        """Whether this stretch says that somebody is something, and does not only name it."""
        claiming = self.lexicon.subjects | self.lexicon.copulas | self.lexicon.helpers
        return any(token.word in claiming for token in self.stretch)

    def _leads_to_taken(self, at: int) -> bool:
        """Whether the next word but `of` and `a` is given back."""
        for place in range(at + 1, len(self.said)):
            if self.said[place].word not in self.lexicon.free:
                return place in self.taken
        return False

    def _has_no(self) -> bool:
        return any(self.stretch[mine].word in self.lexicon.negations for mine in self.to)

    # Who did it

    def _roles(self) -> Misfit | None:
        """No two halves of a sentence are made into a new one, in which somebody does what another did."""
        clauses = self.sentence.clauses
        for (mine, said), (after, next_said) in zip(self.pairs, self.pairs[1:], strict=False):
            if self._is_speech_of_another(mine, said, after, next_said):
                return self._no("role", mine, after)
            if clauses[said] == clauses[next_said] or self._opens(next_said) or self._is_meant(said, next_said):
                continue
            return self._no("role", mine, after)
        return None

    def _is_speech_of_another(self, mine: int, said: int, after: int, next_said: int) -> bool:
        """Whether a quote comes right after a verb of speech here, and not with the member."""
        quoted = self.stretch[after].keys is QUOTED and self.stretch[mine].keys is not QUOTED
        if not quoted or self.said[said].word not in self.lexicon.speech:
            return False
        between = {token.word for token in self.said[said + 1 : next_said]}
        return not between.isdisjoint(self.lexicon.self_subjects | self.lexicon.coordinators)

    def _opens(self, said: int) -> bool:
        """Whether `said` is the first word of its clause, or comes after nothing but small words."""
        clause = self.sentence.clauses[said]
        for at in range(said - 1, -1, -1):
            if self.sentence.clauses[at] != clause or at in self.taken:
                return True
            word = self.said[at].word
            small = word in self.lexicon.coordinators or word in self.lexicon.adverbs or word in self.lexicon.droppable
            if not (small or self.said[at].is_mark):
                return False
        return True

    def _is_meant(self, said: int, next_said: int) -> bool:
        """Whether a pronoun right before `next_said` means the one named at `said`: nobody else is named between."""
        between = range(said + 1, next_said - 1)
        return (
            self.said[said].word in self.spoken.names
            and self.said[next_said - 1].word in self.lexicon.others
            and not any(self.said[at].word in self.spoken.names for at in between)
        )

    def _subjects(self) -> Misfit | None:
        """An added `you` or `she` must be who did what follows."""
        for mine, token in enumerate(self.stretch):
            if token.word in self.lexicon.echoed and self._joins_another(mine):
                return self._no("role", mine)
            if mine in self.to:
                continue
            after = next((self.to[n] for n in range(mine + 1, len(self.stretch)) if n in self.to), None)
            jer = self.lexicon.inverts and token.word == "i" and token.large and mine + 1 in self.to
            if jer and self._subject_of(self.to[mine + 1]) == "self" and self.said[self.to[mine + 1] - 1].word == "jeg":
                return self._no("role", mine)
            if token.word in self.lexicon.echoed:
                if after is None or self._subject_of(after) not in ("self", "open") or self._is_done_to(after):
                    return self._no("role", mine)
            elif token.word in self.lexicon.somebody and self._takes_place_of_self(mine):
                return self._no("role", mine)
            elif (token.word in self.lexicon.others or (not mine and token.word in self.lexicon.things)) and after is not None and mine - 1 not in self.to:
                has_you = any(near.word in self.lexicon.echoed for near in self.stretch[mine + 1 : mine + 4])
                if not has_you and self._subject_of(after) == "self":
                    return self._no("role", mine)
        return None

    def _is_done_to(self, said: int) -> bool:
        """Whether the member's words are passive, and no longer so here."""
        before = [at for at in range(max(said - 2, 0), said) if self.said[at].word in self.lexicon.passives]
        return any(at not in self.taken for at in before) and not self.said[said].word.endswith("ing")

    def _joins_another(self, mine: int) -> bool:
        """Whether `you and Leo` is said here, and was not said with the member."""
        near = [mine + 1, mine + 2]
        if near[1] >= len(self.stretch) or self.stretch[near[0]].word not in self.lexicon.joins:
            return False
        who = self.stretch[near[1]].word
        together = near[0] in self.to and self.to.get(mine, -2) + 1 == self.to[near[0]]
        return not together and (who in self.spoken.names or who in self.lexicon.others)

    def _takes_place_of_self(self, mine: int) -> bool:
        """Whether right beside a word that is here beside `she` the member has an `I` that is nobody's here."""
        near = [self.to[at] for at in (mine - 1, mine + 1) if at in self.to]
        return any(
            0 <= said + step < len(self.said)
            and said + step not in self.taken
            and self.said[said + step].word in self.lexicon.self_subjects
            for said in near
            for step in (-1, 1)
        )

    def _strangers(self) -> Misfit | None:
        """A `she` that was not said must be somebody's `she` near by."""
        for mine, token in enumerate(self.stretch):
            after = self.stretch[mine + 1] if mine + 1 < len(self.stretch) else token
            determines = token.word in self.lexicon.determiners and self.lexicon.is_number(after.key)
            if mine in self.to or token.word not in self.lexicon.genders or determines:
                if mine not in self.to and self._is_no_object(mine):
                    return self._no("role", mine)
                continue
            forms = self.lexicon.genders[token.word]
            near = self.spoken.sentences[max(self.sentence.number - _BACK, 0) : self.sentence.number + 2]
            one = self.said[0].word in self.lexicon.articles and token.word in self.lexicon.many
            if one or not any(said.word in forms for sentence in near for said in sentence.tokens):
                return self._no("role", mine)
        return None

    def _is_no_object(self, mine: int) -> bool:
        """Whether a `him` is put last where the member's words end with nobody it could stand for."""
        if mine + 1 < len(self.stretch) or self.stretch[mine].word not in self.lexicon.accusatives:
            return False
        last = self.pairs[-1][1] + 1
        return last >= len(self.said) or self.said[last].is_mark

    def _owners(self) -> Misfit | None:
        """What was the member's is not made hers, nor anyone's."""
        for mine, said in self.pairs:
            owner = self.stretch[mine - 1].word if mine and mine - 1 not in self.to else ""
            if owner in self.lexicon.pronouns and said and self.said[said - 1].word in self.lexicon.self_others:
                return self._no("role", mine - 1, mine)
        return None

    def _subject_of(self, at: int) -> str:
        return subject_of(self.spoken, self.sentence, at)

"""What a reflection adds: words that were not said, besides the small ones and those that stand for a pronoun."""

from __future__ import annotations

from assistant.witness.alignment import BACK, Alignment, Misfit
from assistant.witness.lexicon import Token
from assistant.witness.orders import QUOTED

_NAMED = 3
"""How many words, and an article, name between marks what a pronoun means."""


class Added(Alignment):
    """Looks for what was not said."""

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
        if self._turns_towards(at) or self._is_too_much(at) or self._is_another_way(at):
            return False
        small = self.stretch[at].is_mark or word in self.lexicon.free or word in self.lexicon.echoed
        small = (
            small
            or self._was_before(at)
            or self._adds(at)
            or self._owns(at)
            or self._is_times(at)
            or self._is_colon(at)
        )
        return small or self._is_one(at)

    def _adds(self, at: int) -> bool:
        """Whether an `also` stands beside what the member has after an `and`: `embarrassed too`."""
        if self.stretch[at].word not in self.lexicon.also:
            return False
        near = [self.to[n] for n in (at - 1, at + 1, at + 2) if n in self.to and not self._is_light(n)]
        joins = self.lexicon.coordinators - self.lexicon.contrasts - self.lexicon.adverbs
        return any(said and self.said[said - 1].word in joins for said in near)

    def _was_before(self, at: int) -> bool:
        """Whether an English `'d` is a `had` before what the member tells of as done: `you'd promised`."""
        after = self.to.get(at + 1)
        done = after is not None and self.lexicon.is_past(self.said[after].key)
        return self.stretch[at].word == "'d" and done and self.said[after].key == self.stretch[at + 1].key

    def _is_another_way(self, at: int) -> bool:
        """Whether a preposition stands where the member has another: `took it off`, of `took it on`."""
        lexicon, mine = self.lexicon, self.stretch[at]
        if self.names_only or mine.word not in lexicon.prepositions:
            return False
        before = self.to.get(at - 1)
        last = at + 1 == len(self.stretch)
        if before is not None and (last or not self._is_light(at - 1)):
            after = before + 1
            if after < len(self.said) and after not in self.taken and self._are_ways_apart(self.said[after], mine):
                return True
        after = (n for n in range(at + 1, len(self.stretch)) if (n == at + 1 and n in self.to) or not self._is_light(n))
        next_one = next(after, None)
        if next_one is None or next_one not in self.to:
            return False
        light = lexicon.free | lexicon.determiners | lexicon.possessives | lexicon.self_others
        said = self.to[next_one] - 1
        while said >= 0 and self.said[said].word in light and self.said[said].word not in lexicon.prepositions:
            said -= 1
        return said >= 0 and said not in self.taken and self._are_ways_apart(self.said[said], mine)

    def _are_ways_apart(self, said: Token, mine: Token) -> bool:
        """Whether two words are prepositions that do not say the same of a place or a day, as `in` and `at` do."""
        lexicon = self.lexicon
        both = said.word in lexicon.ways and said.word != mine.word and mine.word not in said.keys
        return both and not (said.word in lexicon.near and mine.word in lexicon.near)

    def _is_too_much(self, at: int) -> bool:
        """Whether a Danish `for` is put before what somebody is, and makes it too much: `han er for flink`."""
        lexicon, said = self.lexicon, self.to.get(at + 1, 0)
        if self.stretch[at].word not in lexicon.too or not said or self._is_light(at + 1):
            return False
        return self.said[said - 1].word in lexicon.copulas | lexicon.droppable | lexicon.degrees | lexicon.scopes

    def _turns_towards(self, at: int) -> bool:
        """Whether a preposition is put before a `you` that the member has apart from what stands before it."""
        after, lexicon = at + 1, self.lexicon
        if self.names_only or self.stretch[at].word not in lexicon.prepositions or after not in self.to or not at:
            return False
        if self.stretch[after].word not in lexicon.echoed | lexicon.echoed_own - lexicon.echoed_owners:
            return False
        said = self.to[after]
        return bool(said) and self.said[said - 1].is_mark and at - 1 in self.to

    def _is_one(self, at: int) -> bool:
        """`a bad one` may be said for `a bad word`: the noun stands where `one` does, and was not given back."""
        before = self.to.get(at - 1)
        if self.stretch[at].word not in self.lexicon.ones or before is None or self._is_light(at - 1):
            return False
        after = before + 1
        noun = after < len(self.said) and not self.said[after].is_mark and after not in self.taken
        return noun and self.said[after].word not in self.lexicon.free | self.lexicon.people | self.lexicon.operators

    def _is_colon(self, at: int) -> bool:
        """`said` may be put for the colon that the member has between who speaks and what is said."""
        around = self.to.get(at - 1), self.to.get(at + 1)
        if self.stretch[at].word not in self.lexicon.speech or None in around:
            return False
        marks = {token.word for token in self.said[around[0] + 1 : around[1]]}
        return ":" in marks and all(token.is_mark for token in self.said[around[0] + 1 : around[1]])

    def _is_times(self, at: int) -> bool:
        """`times` may be put after a number that was said of nothing else."""
        if self.stretch[at].word not in self.lexicon.times or at - 1 not in self.to:
            return False
        return self._counts_nothing(self.to[at - 1])

    def _counts_nothing(self, said: int) -> bool:
        """Whether a number, or `my own`, stands there with nothing after it that it is said of."""
        after = self.said[said + 1] if said + 1 < len(self.said) else None
        alone = after is None or after.is_mark or after.word in self.lexicon.prepositions | self.lexicon.exists
        alone = alone or after.word in self.lexicon.self_subjects | self.lexicon.nominatives
        of_what = self.lexicon.is_number(self.said[said].key) or self.said[said].word in self.lexicon.bare
        return alone and of_what

    def _owns(self, at: int) -> bool:
        """`your` may be put before what the member had without a word for whose it was."""
        if self.stretch[at].word not in self.lexicon.echoed_owners or at + 1 not in self.to:
            return False
        said = self.to[at + 1]
        before = self.said[said - 1].word if said else ""
        beside = said - 1
        while beside > 0 and beside not in self.taken and self._is_noun(beside):
            beside -= 1
        if not self.lexicon.inverts and said - beside < 4 and beside not in self.taken:
            before = self.said[beside].word if self.said[beside].word in self.lexicon.determiners else before
        owned = self.lexicon.inverts and bool(said) and before.endswith("s")
        if before == "'s" or (owned and (self.said[said - 1].large or self.lexicon.has_article(before[:-1]))):
            return False
        if before in self.lexicon.one or not said:
            return self.said[said].word not in self.spoken.names
        return before not in self.lexicon.determiners | self.lexicon.possessives | self.lexicon.whose

    def _stands_for_pronoun(self, first: int, end: int) -> bool:
        """Whether these words were said shortly before, where the sentence now has a pronoun in their place."""
        acts = self.lexicon.subjects | self.lexicon.pronouns | self.lexicon.operators
        acts |= self.lexicon.echoed_own - self.lexicon.echoed_owners
        quoted = all(token.keys is QUOTED for token in self.stretch[first:end])
        if not quoted and any(token.word in acts for token in self.stretch[first:end]):
            return False
        after, before = self.to.get(end), self.to.get(first - 1)
        places = [] if not after else [after - 1]
        if before is not None:
            next_word = self.said[before + 1].word if before + 1 < len(self.said) else ""
            places.append(before + (2 if next_word in self.lexicon.self_subjects else 1))
        left_out = self._is_that(first, before) or (before is not None and self._counts_nothing(before))
        if not any(self._is_free_pronoun(place) for place in places) and not left_out:
            return False
        small = self.lexicon.free | {"'s"} | self.lexicon.echoed_owners
        small = frozenset[str]() if quoted else small
        words = [self.spoken.kin(token.key) for token in self.stretch[first:end] if token.word not in small]
        if not words:
            return False
        named_by = min((place for place in places if place < len(self.said)), default=0)
        one = any(token.word in self.spoken.names for token in self.stretch[first:end])
        if one and any(self._is_free_pronoun(place) and self._is_many(place) for place in places):
            return False
        pronouns = [self.said[place].word for place in places if self._is_free_pronoun(place)]
        endings = tuple(self.lexicon.unlike.get(word, "?") for word in pronouns)
        counts = any(self.lexicon.is_number(token.key) for token in self.stretch[first:end])
        if counts and any(self.lexicon.is_number(self.said[place].key) for place in places if place < len(self.said)):
            return False
        if pronouns and not quoted and all(self.stretch[end - 1].word.endswith(ending) for ending in endings):
            return False
        if one and pronouns and all(word in self.lexicon.neuters for word in pronouns):
            return False
        somebody = any(word in self.lexicon.genders for word in pronouns)
        for number in range(self.sentence.number, max(self.sentence.number - BACK, 0) - 1, -1):
            for start in self.mentions(number, words):
                later = number == self.sentence.number and start > named_by and not self._is_put_last(start)
                if later or self._is_done(number, start):
                    continue
                return not somebody or self._may_act(number, start)
        return False

    def _is_put_last(self, start: int) -> bool:
        """Whether what a pronoun means comes after a comma, by itself: `it hurt, the silence`."""
        while start and self.said[start - 1].word in self.lexicon.determiners | self.lexicon.self_others:
            start -= 1
        ends = next((at for at in range(start, len(self.said)) if self.said[at].is_mark), len(self.said))
        return bool(start) and self.said[start - 1].word == "," and ends - start <= _NAMED

    def _is_that(self, first: int, said: int | None) -> bool:
        """Whether the word before is `that` here, before what it means, and is all there is with the member."""
        if said is None or self.stretch[first - 1].word not in self.lexicon.determiners & self.lexicon.pronouns:
            return False
        return said + 1 >= len(self.said) or self.said[said + 1].is_mark or said + 1 in self.taken

    def _is_many(self, said: int) -> bool:
        return any(self.said[said].word in self.lexicon.genders[word] for word in self.lexicon.many)

    def _is_done(self, number: int, at: int) -> bool:
        """Whether what stands there is what somebody does: `I stood`, and no thing that a pronoun may mean."""
        tokens, lexicon = self.spoken.sentences[number].tokens, self.lexicon
        if at and tokens[at - 1].word in lexicon.nominatives | lexicon.self_subjects:
            return True
        opens = at == 1 or (at > 1 and (tokens[at - 2].is_mark or tokens[at - 2].word in lexicon.coordinators))
        ends = at + 1 == len(tokens) or tokens[at + 1].is_mark or tokens[at + 1].word in lexicon.negations
        return opens and ends and tokens[at - 1].word in lexicon.things | lexicon.neuters

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
            owns = mine in self.to and self.said[self.to[mine]].word == "'s"
            owns = owns and (mine - 1 not in self.to or self._is_of_another(self.to[mine] + 1))
            if (helps and mine + 1 not in self.to) or (owns and token.word in self.lexicon.copulas):
                return self._no("added", mine)
        first = self.to.get(1, 0)
        opens = self.stretch[0].word in self.lexicon.exists and 0 not in self.to
        if opens and first and self.said[first].word in self.lexicon.copulas and not self._was_there(first):
            return self._no("added", 1)
        if not added:
            return None
        before, after = added[0] - 1, added[0] + 1
        if len(added) == 1 and not before and self.stretch[0].word in self.lexicon.exists and after in self.to:
            return None if self._was_there(self.to[after]) else self._no("added", added[0])
        if (
            after < len(self.stretch)
            and self.stretch[after].word in self.lexicon.articles
            and self._stand_together(before, after + 1)
        ):
            after += 1
        if len(added) == 1 and before >= 0 and self.stretch[before].word in self.lexicon.echoed and after in self.to:
            said = self.to[after]
            left_out = before not in self.to and self._subject_of(said) == "open" and self._opens(said)
            here = self.to.get(before, -1)
            is_me = here >= 0 and self.said[here].word in self.lexicon.self_others and here + 1 == said
            left_out = left_out or (is_me and self.said[said].word in self.lexicon.prepositions and self._opens(here))
            return None if left_out else self._no("added", added[0])
        if len(added) == 1 and not before and self.stretch[0].word in self.lexicon.things and after in self.to:
            if self.stretch[after].word in self.lexicon.negations and not self.to[after] and not self.names_only:
                return None
            opens = [token.word for token in self.said[: self.to[after]] if token.word not in self.lexicon.articles]
            return self._no("added", added[0]) if opens or self._claims_more() else None
        if len(added) > 1 or before not in self.to or after not in self.to or self._is_light(before):
            return self._no("added", added[0])
        return None

    def _is_of_another(self, said: int) -> bool:
        """Whether what follows an `'s` is owned, and left out: `your boss is ill`, of `my boss's sister is ill`."""
        if said + 1 >= len(self.said) or said in self.taken:
            return False
        acts = self.said[said + 1].word in self.lexicon.copulas | self.lexicon.helpers
        return acts or (said + 1 not in self.taken and not self._is_light_there(said))

    def _was_there(self, said: int) -> bool:
        """Whether what stands there was told as it is: alone, or as what the member had."""
        clauses, lexicon = self.sentence.clauses, self.lexicon
        small = lexicon.coordinators | lexicon.articles | lexicon.self_subjects | lexicon.helpers
        before = [at for at in range(said) if clauses[at] == clauses[said]]
        if self.said[said].word in lexicon.copulas:
            small -= lexicon.self_subjects
        return self.said[said].word not in lexicon.people and all(self.said[at].word in small for at in before)

    def _stand_together(self, one: int, other: int) -> bool:
        """Whether two words have nothing but a mark between them with the member, or the first is but `it`."""
        if other not in self.to:
            return False
        if one not in self.to:
            return not one and self.stretch[0].word in self.lexicon.things
        return all(token.is_mark for token in self.said[self.to[one] + 1 : self.to[other]])

    def _claims_more(self) -> bool:
        """Whether the member's sentence has a verb of its own for what `it was` is put before."""
        first = self.said[self.to[2]].word if 2 in self.to else ""
        verbs = self.lexicon.copulas | self.lexicon.helpers
        return first in self.lexicon.people or any(token.word in verbs for token in self.said[:6])

    def _goes_before(self, mine: int) -> bool:
        """Whether `when she rings, you run` may be said for `she rings, and then I run`: one right after the other."""
        if mine or len({self.sentence.clauses[said] for said in self.taken}) != 2:
            return False
        clauses, joins = self.sentence.clauses, self.lexicon.coordinators - self.lexicon.contrasts
        first, second = sorted({clauses[said] for said in self.taken})
        opens = [at for at, clause in enumerate(clauses) if clause == second]
        small = self.lexicon.free | self.lexicon.adverbs | self.lexicon.coordinators
        left = [at for at, clause in enumerate(clauses) if first <= clause <= second and at not in self.taken]
        left = [
            at for at in left if not self.said[at].is_mark and self.said[at].word not in small - self.lexicon.people
        ]
        return (
            not left and opens[0] not in self.taken and self.said[opens[0]].word in joins and not clauses.index(first)
        )

    def _is_asking(self, mine: int) -> bool:
        """Whether a `when` opens what somebody asked, which what came right after it is told beside."""
        lexicon, rest = self.lexicon, range(mine + 1, len(self.stretch))
        when = not mine and self.stretch[mine].word in lexicon.at_once
        return when and any(self.stretch[at].word in lexicon.asking and at in self.to for at in rest[:3])

    def _together(self) -> Misfit | None:
        """`when`, `while` and `as` say that two things went together: they must have been said, or open a question."""
        if self.names_only:
            return None
        for mine, token in enumerate(self.stretch):
            if mine in self.to or len(self.stretch) == 1:
                continue
            after = self.stretch[mine + 1].word if mine + 1 < len(self.stretch) else ""
            gives_cause = token.word in self.lexicon.causes and after in self.lexicon.nominatives
            when = token.word in self.lexicon.meanwhile and not self._goes_before(mine) and not self._is_asking(mine)
            if when or gives_cause:
                return self._no("added", mine)
        return None

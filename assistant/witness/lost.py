"""What a reflection leaves out: a `not`, a `maybe`, an `if`, a `she said`, that belongs to the words it gives back."""

from __future__ import annotations

from assistant.witness.alignment import Alignment, Misfit
from assistant.witness.orders import QUOTED

_WERE = frozenset(("was", "were", "had", "did"))
_THINKS = 4
"""Among how many words before a comma a Danish `jeg drømte i nat,` has its verb."""
_TELLER = 4
"""How many words say at the end of a sentence who said it."""


class Lost(Alignment):
    """Looks for what was dropped."""

    def _lost(self) -> Misfit | None:
        """A `not`, a `maybe`, a `should`, a `she said` that belongs to these words may not be left out."""
        clauses = self.sentence.clauses
        if self.names_only and sum(not self._is_light(mine) for mine in self.to) == 1:
            return self._denied_name()
        if not self.names_only and (self._is_all_quoted() or self._is_asked() or self._is_taken_back()):
            return self._no("lost", 0, len(self.stretch) - 1)
        small = self.lexicon.joins | self.lexicon.operators
        for clause in {clauses[said] for said in self.taken}:
            here = [at for at, number in enumerate(clauses) if number == clause]
            last = max(at for at in here if at in self.taken)
            governed = any(at not in self.taken and self._governs(at, last) for at in here)
            denies = any(self.said[at].word in self.lexicon.negations for at in here if at in self.taken)
            denied = denies and (self._is_cut_short(last) or self._is_far(clause))
            denied = denied or self._is_not_who(here) or self._is_another(last) or self._is_stranded(last)
            denied = denied or self._is_told_by_another(last) or self._is_told_as_done(clause)
            denied = denied or self._is_only_to_do(clause) or self._is_only_asked(clause)
            doubted = self._is_part_of_doubt(here[0]) or self._is_doubted(here[0]) or self._is_believed(clause)
            doubted = doubted or self._is_believed_last(clause)
            says_it_is = all(self._is_light(mine) or self.stretch[mine].word in small for mine in self.to)
            cut = (
                says_it_is
                and self._claims()
                and not self.names_only
                and any(at > last and not self.said[at].is_mark and clauses[at] == clause for at in here)
            )
            if governed or denied or doubted or cut:
                mine = [mine for mine, said in self.pairs if clauses[said] == clause]
                return self._no("lost", min(mine), max(mine))
        return None

    def _is_not_who(self, here: list[int]) -> bool:
        """Whether who it was is told without the member's `not` or `maybe`: `it wasn't me who did it`."""
        lexicon, clauses = self.lexicon, self.sentence.clauses
        who = lexicon.relatives - lexicon.complements
        if any(token.keys is QUOTED for token in self.stretch):
            return False
        for at in here:
            if not at or self.said[at].word not in who:
                continue
            before = [said for said in range(at) if not self.said[said].is_mark]
            if len(before) > 1 and self.said[before[-2]].word in lexicon.negations and before[-2] not in self.taken:
                return True
            opening = [said for said in before if clauses[said] == clauses[before[-1]]]
            words = {self.said[said].word for said in opening}
            is_cleft = not (words.isdisjoint(lexicon.neuters) or words.isdisjoint(lexicon.copulas))
            if is_cleft and any(self.said[n].word in lexicon.operators and n not in self.taken for n in opening):
                return True
        return False

    def _denied_name(self) -> Misfit | None:
        """A single word that is named may not be what a `not` stands right before: `not twenty`."""
        for mine, said in self.pairs:
            before = self.said[said - 1] if said else None
            denied = before is not None and before.word in self.lexicon.negations and said - 1 not in self.taken
            if (
                denied
                and not self._is_light(mine)
                and self.sentence.clauses.index(self.sentence.clauses[said]) == said - 1
            ):
                return self._no("lost", mine)
        return None

    def _conditional(self) -> Misfit | None:
        """What was said to be so only `if` something else is, is not given back without it."""
        if self.names_only:
            return None
        for at, token in enumerate(self.said):
            if token.word not in self.lexicon.conditions or at in self.taken:
                continue
            told = self.said[at - 1].word in self.lexicon.self_others | self.lexicon.accusatives
            goes_on = at and self.said[at - 1].word in self.lexicon.whether | self.lexicon.coordinators
            goes_on = goes_on or (at > 1 and told and self.said[at - 2].word in self.lexicon.speech)
            aside = any(said.word in self.lexicon.asides for said in self.said[at + 1 : at + 5])
            if not goes_on and not aside:
                return self._no("lost", 0, len(self.stretch) - 1)
        return None

    def _is_told_as_done(self, clause: int) -> bool:
        """Whether what is so whenever something else is, is told as what is so: `you are tired when you get home`."""
        lexicon, opens = self.lexicon, self.sentence.clauses.index(clause)
        if self.names_only or self.said[opens].word not in lexicon.whenever or opens in self.taken:
            return False
        follows = opens + 1 in self.taken or (opens + 2 in self.taken and self._is_light_there(opens + 1))
        content = [token for token in self.stretch if token.word not in lexicon.free and not token.is_mark]
        acts = any(token.word in lexicon.subjects | self.spoken.names for token in content)
        names = any(token.word in lexicon.prepositions for token in self.stretch) or len(content) == 1
        if not follows or (names and not acts):
            return False
        here = [token for token, number in zip(self.said, self.sentence.clauses, strict=True) if number == clause]
        return lexicon.inverts or not any(lexicon.is_past(token.key) or token.word in _WERE for token in here)

    def _is_only_asked(self, clause: int) -> bool:
        """Whether what somebody asks about is told as what must be: `du skal sige det`, of `hvad jeg skal sige`."""
        lexicon, clauses = self.lexicon, self.sentence.clauses
        asks = lexicon.question_words | lexicon.wonders
        return self.spoken.given.isdisjoint(asks) and any(
            said > 1
            and clauses[said] == clause
            and self.said[said].word in lexicon.fixed
            and self.said[said - 1].word in lexicon.subjects
            and self.said[said - 2].word in asks
            for _, said in self.pairs
        )

    def _is_only_to_do(self, clause: int) -> bool:
        """Whether what somebody is, or was, to do is told as done: `du går`, of `jeg hælder til at gå`."""
        lexicon, clauses = self.lexicon, self.sentence.clauses
        for mine, said in self.pairs:
            to_do = said > 1 and self.said[said - 1].word in lexicon.infinitives and said - 1 not in self.taken
            if clauses[said] != clause or not to_do or not mine or self.said[said].large:
                continue
            if self.stretch[mine - 1].word in lexicon.echoed | lexicon.nominatives | self.spoken.names:
                return True
        return False

    def _is_light_there(self, said: int) -> bool:
        return self.said[said].word in self.lexicon.free | self.lexicon.determiners | self.lexicon.self_others

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
        near = [at for at in range(start - 1, max(start - 5, -1), -1) if at not in self.taken]
        doubts = self.lexicon.operators - self.lexicon.negations
        return any(self.said[at].word in (self.lexicon.operators if at > start - 3 else doubts) for at in near)

    def _is_part_of_doubt(self, start: int) -> bool:
        """Whether a clause that opens with `that` hangs on a `not sure`, or on a `he said`, in the one before it."""
        if self.said[start].word not in self.lexicon.complements or not start or self.names_only:
            return False
        clauses = self.sentence.clauses
        claims = self.lexicon.operators | self.lexicon.speech | self.lexicon.reports
        before = [at for at in range(start) if clauses[at] == clauses[start - 1] and not self.said[at].is_mark]
        if self._is_perceived(before):
            return False
        return any(
            at not in self.taken and self.said[at].word in claims and not self._is_told_last(at)
            for at in range(start - 1, -1, -1)
            if clauses[at] == clauses[start - 1]
        )

    def _is_perceived(self, before: list[int]) -> bool:
        """Whether what comes next is so, and the member only says to have seen it: `I can tell that`."""
        lexicon = self.lexicon
        words = [self.said[at].word for at in before]
        while words and words[0] in lexicon.coordinators:
            words.pop(0)
        small = lexicon.perceived | lexicon.droppable | lexicon.self_subjects
        return any(word in lexicon.self_subjects for word in words) and all(word in small for word in words)

    def _is_believed(self, clause: int) -> bool:
        """Whether the clause goes on from an `I think` before it, `and then it's gone`, which is left out here."""
        start = self.sentence.clauses.index(clause)
        before = start - 1 if start and not self.said[start - 1].is_mark else start - 2
        while before > 0 and self.said[before].word in self.lexicon.negations:
            before -= 1
        right_before = before > 0 and before not in self.taken and not self.names_only
        right_before = right_before and not self._is_told_last(before)
        if right_before and self._hangs(before, start):
            return True
        if right_before and self.said[before].word in self.lexicon.beliefs | self.lexicon.reports:
            return self.said[start].word in self.lexicon.subjects | self.spoken.names | self.lexicon.determiners
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

    def _hangs(self, before: int, start: int) -> bool:
        """Whether a clause is, in Danish, what is said or thought right before its comma: `jeg tror, Mads sover`."""
        lexicon, said = self.lexicon, self.said
        if not lexicon.inverts or said[start - 1].word != ",":
            return False
        opens = lexicon.joins | lexicon.subordinators | lexicon.conditions | lexicon.question_words | lexicon.meanwhile
        opens |= lexicon.complements | lexicon.relatives | lexicon.copulas | lexicon.operators | lexicon.speech
        if said[start].word in opens:
            return False
        tells = before - (said[before].word in lexicon.nominatives | lexicon.self_subjects)
        first = self.sentence.clauses.index(self.sentence.clauses[before])
        if tells > first and said[tells].word in lexicon.beliefs | lexicon.reports | lexicon.speech:
            return True
        thinks = any(
            token.word in lexicon.beliefs | lexicon.reports for token in said[max(before - _THINKS, first) : before]
        )
        acts = said[start].word in lexicon.nominatives | lexicon.self_subjects | self.spoken.names
        return acts and (thinks or said[before].word in lexicon.whether)

    def _is_believed_last(self, clause: int) -> bool:
        """Whether the member's own `, I think`, or a `, maybe`, comes right after the clause, and is left out here."""
        lexicon, after = self.lexicon, [at for at, number in enumerate(self.sentence.clauses) if number == clause + 1]
        words = {at: self.said[at].word for at in after if not self.said[at].is_mark}
        believed = [at for at, word in words.items() if word in lexicon.beliefs]
        own = bool(believed) and not lexicon.self_subjects.isdisjoint(words.values())
        small = lexicon.beliefs | lexicon.self_subjects | lexicon.droppable | lexicon.coordinators | lexicon.trailing
        return (
            not self.names_only
            and 0 < len(words) <= _TELLER
            and self.taken.isdisjoint(words)
            and (own or lexicon.trailing.issuperset(words.values()))
            and small.issuperset(words.values())
            and not any(self._is_told_last(at) for at in believed)
        )

    def _is_told_last(self, at: int) -> bool:
        """Whether that somebody says or thinks it is told here in a part of its own: `…, tror du`."""
        for verb, who in self.spoken.told_last.items():
            if self.said[at].keys & self.spoken.kin(verb):
                return (who in self.lexicon.echoed) == (self._subject_of(at) == "self")
        return False

    def _is_of_a_time(self, at: int) -> bool:
        """Whether a doubt is about how long or how often alone, and that is not given back: `after maybe a minute`."""
        lexicon = self.lexicon
        if self.said[at].word in lexicon.negations or at + 2 >= len(self.said):
            return False
        one, unit = self.said[at + 1], self.said[at + 2]
        counts = (one.word in lexicon.one or lexicon.is_number(one.key)) and unit.word in lexicon.units
        return (
            counts
            and at > 0
            and self.said[at - 1].word in lexicon.prepositions
            and self.taken.isdisjoint((at + 1, at + 2))
        )

    def _governs(self, at: int, last: int) -> bool:
        word = self.said[at].word
        if self._is_of_a_time(at) or self._is_told_last(at):
            return False
        if at > last and word in self.lexicon.beliefs and not self.names_only:
            near = {token.word for token in self.said[at - 1 : at + 2]}
            return not near.isdisjoint(self.lexicon.self_subjects) and not near & self.lexicon.complements
        if word == "'d" and at < last:
            to_do = any(
                said == at + 1 and mine and self.stretch[mine - 1].word in self.lexicon.infinitives
                for mine, said in self.pairs
            )
            bare = self.said[at + 1].word in self.lexicon.helpers or self.lexicon.may_bid(self.said[at + 1].key)
            return bare and not to_do
        if word in self.lexicon.negations:
            return at <= last + (0 if self.names_only else 3)
        if word in self.lexicon.degrees and at < last and self._leads_to_taken(at):
            return True
        if word in self.lexicon.parts_of and at > 0 and self._is_given(at + 1) and not self.names_only:
            some = self.said[at - 1]
            return at - 1 not in self.taken and (
                self.lexicon.is_number(some.key) or some.word in self.lexicon.quantities
            )
        if word in self.lexicon.trailing and at > last and all(each.is_mark for each in self.said[last + 1 : at]):
            return True
        if word in self.lexicon.scopes and 0 < at < last and self.said[at - 1].word in self.lexicon.negations:
            return at - 1 in self.taken and at + 1 in self.taken
        if at == last + 1:
            if word in self.lexicon.scopes and self._has_no():
                return True
            how_many = self.lexicon.is_number(self.said[at].key) and self.said[last].word in self.lexicon.prepositions
            if how_many or word in self.lexicon.trailing:
                return True
        if word in self.lexicon.habits and at < last and self.said[at + 1].word in self.lexicon.infinitives:
            return not self.names_only
        always = word in self.lexicon.constants and (not at or self.said[at - 1].word not in self.lexicon.negations)
        if self.names_only or word in self.lexicon.droppable or at > last or always:
            return False
        if word in self.lexicon.reports:
            after = self.said[at + 1]
            opens = self.lexicon.complements | self.lexicon.infinitives | self.lexicon.negations
            return after.word in self.lexicon.subjects | self.spoken.names | opens
        if word in self.lexicon.feelings and not self._claims():
            return False
        if word in self.lexicon.operators:
            return True
        if word not in self.lexicon.speech:
            return False
        told = not self.lexicon.copulas.isdisjoint(each.word for each in self.said[max(at - 2, 0) : at])
        return told or self._subject_of(at) == "other" or self._is_only_told(at)

    def _is_only_told(self, at: int) -> bool:
        """Whether the member only said so, and that is left out: `you were fine`, of `I told Ann I was fine`."""
        lexicon, opens = self.lexicon, self.lexicon.complements | self.lexicon.subjects
        teller = at and self.said[at - 1].word in lexicon.subjects
        after = self.said[at + 1 if teller or not lexicon.inverts else min(at + 2, len(self.said) - 1)].word
        return after in opens and self._claims() and self.said[at].word not in self.spoken.given

    def _is_given(self, at: int) -> bool:
        """Whether what stands at `at` is given back, there or in another place of the stretch."""
        if at in self.taken or at >= len(self.said):
            return at in self.taken
        word = self.said[at].word
        return any(token.word == word and mine not in self.to for mine, token in enumerate(self.stretch))

    def _is_cut_short(self, last: int) -> bool:
        """Whether what the `not` is about goes on: `not sure` of `I'm not sure I deserve it`."""
        at = last + 1
        small = (self.lexicon.prepositions | {","}) - self.lexicon.limits
        while at < len(self.said) and self.said[at].word in small:
            at += 1
        if self.names_only or at >= len(self.said) or at in self.taken:
            return False
        wonders = last and self.said[last - 1].word in self.lexicon.whether
        if wonders and self.said[last].word in self.lexicon.question_words:
            return False
        word = self.said[at].word
        return (
            word in self.lexicon.limits
            or word in self.lexicon.complements
            or (at == last + 1 and word in self.lexicon.self_subjects)
        )

    def _is_told_by_another(self, last: int) -> bool:
        """Whether the sentence ends with `, says his wife`, which is left out."""
        rest = [at for at in range(last + 1, len(self.said)) if not self.said[at].is_mark]
        if self.names_only or not 0 < len(rest) <= _TELLER or not self.said[last + 1].is_mark:
            return False
        words = {self.said[at].word for at in rest}
        tells = not words.isdisjoint(self.lexicon.speech | self.lexicon.beliefs)
        own = self.lexicon.self_subjects | self.lexicon.self_others | self.lexicon.question_words
        return tells and words.isdisjoint(own) and self.taken.isdisjoint(rest)

    def _is_another(self, last: int) -> bool:
        """Whether what was given back of `the fifth` is only `the`."""
        after = self.said[last + 1] if last + 1 < len(self.said) else None
        counts = after is not None and (self.lexicon.ordinal(after.word) or self.lexicon.is_number(after.key))
        return bool(counts) and self.said[last].word in self.lexicon.determiners and not self.names_only

    def _is_stranded(self, last: int) -> bool:
        """Whether what is given back ends with a `for`, and the member said for what."""
        lexicon = self.lexicon
        after = self.said[last + 1] if last + 1 < len(self.said) else None
        ends = self.stretch[-1].word == self.said[last].word and self.said[last].word in lexicon.tying
        return ends and not self.names_only and after is not None and after.word in lexicon.determiners | lexicon.people

    def _is_far(self, clause: int) -> bool:
        """Whether a `not` is given back before a word that it did not stand before."""
        apart = self.lexicon.prepositions | {","}
        for (_, said), (_, after) in zip(self.pairs, self.pairs[1:], strict=False):
            if self.said[said].word in self.lexicon.negations and self.sentence.clauses[said] == clause:
                between = self.said[said + 1 : after]
                spoke = said and between and self.said[said - 1].word in self.lexicon.speech
                if spoke and between[0].word in apart:
                    continue
                if spoke and between[0].word in self.lexicon.somebody:
                    return True
                light = self.lexicon.free | self.lexicon.people | self.lexicon.droppable | self.lexicon.adverbs
                if any(not token.is_mark and token.word not in light for token in between):
                    return True
        return False

    def _leads_to_taken(self, at: int) -> bool:
        """Whether the next word but `of` and `a` is given back."""
        for place in range(at + 1, len(self.said)):
            if self.said[place].word not in self.lexicon.articles | self.lexicon.parts_of:
                return place in self.taken
        return False

    def _has_no(self) -> bool:
        return any(self.stretch[mine].word in self.lexicon.negations for mine in self.to)

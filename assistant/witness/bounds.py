"""What a reflection leaves out that set bounds: `more than`, `except`, `some`, `learning to be`, `a friend of`."""

from __future__ import annotations

from assistant.witness.alignment import Alignment, Misfit


class Bounds(Alignment):
    """Looks for words that made less or more of what they stand beside."""

    def _unbound(self) -> Misfit | None:
        """What was said of more than ten, of some or of all but one is not given back of ten, of them, of all."""
        for at, token in enumerate(self.said):
            if at in self.taken or token.is_mark or token.word in self.spoken.given:
                continue
            if self.sentence.start + at in self.spoken.in_quotes:
                continue
            bound = self._is_but_for(at) or self._is_some(at) or self._is_told_elsewhere(at) or self._is_part_of(at)
            bound = bound or self._is_no_such(at) or self._is_owned(at) or self._is_either(at)
            if self._is_about_a_number(at) or self._is_less_so(at) or (bound and not self.names_only):
                return self._no("lost", 0, len(self.stretch) - 1)
        left_out = self._is_not_yet() or self._is_of_fewer() or self._is_lost_again() or self._is_both()
        left_out = left_out or self._is_wished()
        if (mine := self._is_said_of_another()) is not None:
            return self._no("role", mine)
        return self._no("lost", 0, len(self.stretch) - 1) if left_out else self._is_of_who_acts()

    def _is_about_a_number(self, at: int) -> bool:
        """Whether a number is given back without what says that it was less, more or no exact one."""
        lexicon, word = self.lexicon, self.said[at].word
        if word not in lexicon.approximates or at + 1 not in self.taken:
            return False
        if word in lexicon.limiting and not (at and self.said[at - 1].word in lexicon.particles):
            return False
        number, *of = self.said[at + 1 : at + 3]
        unit = number.word in lexicon.one and any(token.word in lexicon.units for token in of)
        return unit or lexicon.is_number(number.key)

    def _is_less_so(self, at: int) -> bool:
        """Whether what something is held up against is told as what is so: `better at talking`, of `than talking`."""
        lexicon, word = self.lexicon, self.said[at].word
        after = self.said[at + 1].word if at + 1 < len(self.said) else ""
        rejects = word in lexicon.rejects and after in lexicon.prepositions
        return (rejects or word in lexicon.compares) and not self.taken.isdisjoint((at + 1, at + 2, at + 3))

    def _is_but_for(self, at: int) -> bool:
        """Whether whom it does not count for is left out right after what is given back: `apart from Jude`."""
        near = [said for said in range(at) if not self.said[said].is_mark][-2:]
        if near and self.said[near[-1]].word not in self.lexicon.prepositions:
            del near[0:-1]
        near += [at + 1, at + 2]
        return self.said[at].word in self.lexicon.exceptions and not self.taken.isdisjoint(near)

    def _is_some(self, at: int) -> bool:
        """Whether what was said of some, or of some times, is given back of all, or of all times."""
        lexicon = self.lexicon
        got = at and self.said[at - 1].word in lexicon.undone | lexicon.question_words
        few = self.said[at].word in lexicon.quantities - lexicon.one and not lexicon.is_number(self.said[at].key)
        if not few or at + 1 >= len(self.said) or got:
            return False
        small = lexicon.free | lexicon.people | lexicon.prepositions | lexicon.degrees
        after = self.said[at + 1].word
        return after in lexicon.times or (after not in small and at + 1 in self.taken)

    def _is_either(self, at: int) -> bool:
        """Whether one of two, `better or worse`, is told as what is so."""
        if self.said[at].word not in self.lexicon.alternatives or at - 1 not in self.taken or at + 1 >= len(self.said):
            return False
        return at + 1 not in self.taken and self._is_noun(at + 1)

    def _is_no_such(self, at: int) -> bool:
        """Whether what made it another thing is left out right before it: `the director`, of `the former director`."""
        lexicon, token = self.lexicon, self.said[at]
        if token.word not in lexicon.unmakes or self.taken.isdisjoint((at + 1, at + 2)):
            return False
        which = lexicon.articles | lexicon.determiners | lexicon.possessives | lexicon.self_others | lexicon.one
        hyphened = at + 1 < len(self.said) and self.said[at + 1].start == token.start
        return hyphened or (at > 0 and self.said[at - 1].word in which)

    def _is_owned(self, at: int) -> bool:
        """Whether an English `'s` is left out, and what is owned with it: `the manager`, of `the manager's wife`."""
        if self.said[at].word != "'s" or at - 1 not in self.taken or at + 1 >= len(self.said):
            return False
        acts = next((self.to.get(mine + 1, 0) for mine, said in self.pairs if said == at - 1), 0)
        if acts > at + 1 and self.said[acts - 1].word in self.lexicon.nominatives:
            return False  # who owns it is named for the `she` that acts later
        return at + 1 not in self.taken and self._is_noun(at + 1)

    def _is_said_of_another(self) -> int | None:
        """Give the `who` of the stretch that stands with another than the member's does."""
        lexicon = self.lexicon
        for mine, said in self.pairs:
            if self.stretch[mine].word not in lexicon.relatives - lexicon.complements or mine - 1 not in self.to:
                continue
            head, told = said - 1, self.to[mine - 1]
            if lexicon.inverts and not (head > 0 and self.said[head].is_mark):
                continue
            while head > 0 and self.said[head].is_mark:
                head -= 1
            stands_for = self.stretch[mine - 1].word in lexicon.one | lexicon.articles | lexicon.determiners
            named = head == told + 1 and (stands_for or self.said[head].word in self.spoken.names)
            if head > told and not named and self._is_noun(head) and not self.said[head].is_mark:
                return mine
        return None

    def _is_told_elsewhere(self, at: int) -> bool:
        """Whether it stands before what is told that it is so for another only, or in no real world: `in my dream`."""
        return self.said[at].word in self.lexicon.worlds and at < min(self.taken)

    def _is_part_of(self, at: int) -> bool:
        """Whether what is told of a part is told of the whole: `you read the book`, of `the preface of the book`."""
        lexicon, small = self.lexicon, self.lexicon.free | self.lexicon.people | self.lexicon.articles
        if self.said[at].word not in lexicon.prepositions or at < 2 or at - 1 in self.taken:
            return False
        if self.said[at + 1 : at + 2] and self.said[at + 1].word in lexicon.infinitives:
            return False
        after = next((said for said in range(at + 1, len(self.said)) if self.said[said].word not in small), 0)
        part = self.said[at - 1]
        if after not in self.taken or part.is_mark or part.word in small | lexicon.prepositions | lexicon.adverbials:
            return False
        clauses = self.sentence.clauses
        if self.said[at].word in lexicon.parts_of:
            return any(clauses[said] == clauses[at] for said in self.taken - {after})
        before = [said for said in self.taken if said < at - 1]
        here = [mine for mine, said in self.pairs if said == after]
        light = (mine for mine in range(here[0] - 1, -1, -1) if self.stretch[mine].word not in small - lexicon.echoed)
        near = next(light, None)
        return bool(before) and near in self.to and self.to[near] == max(before) and self._acts(max(before))

    def _is_lost_again(self) -> bool:
        """Whether `you have the car` is made of `I have sold the car`."""
        lexicon = self.lexicon
        for at in () if self.names_only else self.taken:
            after = self.said[at + 1] if at + 1 < len(self.said) else None
            if self.said[at].word not in lexicon.helpers or after is None or at + 1 in self.taken:
                continue
            done = after.word.endswith("t") if lexicon.inverts else lexicon.is_past(after.key)
            if done and after.word not in lexicon.free | lexicon.adverbs | lexicon.negations | lexicon.adverbials:
                return True
        return False

    def _is_both(self) -> bool:
        """Whether an `or` is told as an `and`."""
        lexicon, between = self.lexicon, range(min(self.taken), max(self.taken))
        one = any(self.said[at].word in lexicon.alternatives and at not in self.taken for at in between)
        return one and any(
            token.word in lexicon.coordinators - lexicon.alternatives and mine not in self.to
            for mine, token in enumerate(self.stretch)
        )

    def _is_wished(self) -> bool:
        """Whether what a Danish `bare` or `gid` wishes, or a verb that opens as an `if` does, is told as so."""
        lexicon, said = self.lexicon, self.said
        if self.names_only or not lexicon.inverts or len(said) < 3 or said[0].word in lexicon.conditions:
            return False
        subjects = lexicon.subjects | self.spoken.names
        if said[0].word in lexicon.wishes and said[1].word in subjects and 0 not in self.taken:
            return True
        clauses = self.sentence.clauses
        then = next((at for at, clause in enumerate(clauses) if clause), 0)
        verb = self._acts(0) or lexicon.is_present(said[0].key)
        opens = then > 0 and verb and said[1].word in subjects
        goes_on = opens and self._acts(then) and said[min(then + 1, len(said) - 1)].word in subjects
        return goes_on and (min(self.taken) >= then or max(self.taken) < then)

    def _is_of_fewer(self) -> bool:
        """Whether a `no` or an `all` is given back without what says of whom or where: `no friends`, of `at work`."""
        lexicon, clauses = self.lexicon, self.sentence.clauses
        for at in () if self.names_only else self.taken:
            if self.sentence.start + at in self.spoken.in_quotes:
                continue
            denied = self.said[at].word in lexicon.negations and not (at and self.said[at - 1].word in lexicon.speech)
            if not denied and self.said[at].word not in lexicon.universals:
                continue
            last = max(said for said in self.taken if clauses[said] == clauses[at])
            after = self.said[last + 1] if last + 1 < len(self.said) else None
            times = lexicon.adverbials - lexicon.prepositions - lexicon.articles - lexicon.determiners
            when = any(token.word in times for token in self.said[last + 2 : last + 4])
            opens = lexicon.prepositions | lexicon.relatives | lexicon.subordinators
            tail = after is not None and not when and after.word in opens
            if tail and after.word not in self.spoken.given:
                return True
        return False

    def _is_not_yet(self) -> bool:
        """Whether `you are calm` is made of `I am learning to be calm`."""
        lexicon, given = self.lexicon, {said: self.stretch[mine].word for mine, said in self.pairs}
        clauses, you = self.sentence.clauses, self.stretch[0].word in lexicon.people
        for at, token in enumerate([] if self.names_only else self.said[:-1]):
            if token.word not in lexicon.infinitives or at in self.taken or self.said[at + 1].word == given.get(at + 1):
                continue
            before = [said for said in self.taken if said < at]
            after = [said for said in self.taken if said > at and clauses[said] == clauses[at]]
            who = clauses[max(before)] == clauses[at] if before else you
            if who and after and {self.said[at + 1].word, given.get(at + 1)} & lexicon.copulas:
                return True
        return False

    def _is_of_who_acts(self) -> Misfit | None:
        """Whoever acts is not made of what only says who it was: `Anna called`, of `a friend of Anna called`."""
        lexicon, small = self.lexicon, self.lexicon.articles | self.lexicon.determiners | self.lexicon.possessives
        small |= self.lexicon.self_others | self.lexicon.echoed_owners
        words = ((mine, token) for mine, token in enumerate(self.stretch) if not lexicon.is_number(token.key))
        who = next((mine for mine, token in words if token.word not in small), 0)
        said, does = self.to.get(who), self.to.get(who + 1)
        clauses = self.sentence.clauses
        if self.names_only or said is None or does is None or self._is_light(who) or clauses[said] != clauses[does]:
            return None
        before = said - 1
        while before > 0 and (self.said[before].word in small or lexicon.is_number(self.said[before].key)):
            before -= 1
        hangs = before > 0 and self.said[before].word in lexicon.prepositions and before not in self.taken
        content = [
            at
            for at in range(before)
            if clauses[at] == clauses[said] and self.said[at].word not in lexicon.free | lexicon.prepositions
        ]
        hangs = hangs and does > said and bool(content) and self.taken.isdisjoint(content)
        owns = does > said + 2 and self.said[said + 1].word == "'s" and self.taken.isdisjoint((said + 1, said + 2))
        name = self.said[does - 1].word in self.spoken.names and does - 1 not in self.taken
        done = lexicon.is_past(self.stretch[who + 1].key) and not lexicon.is_past(self.said[does].key)
        seen = name and done and does > said + 1
        return self._no("role", who, who + 1) if seen or ((hangs or owns) and self._acts(does)) else None

"""Who did it: no two halves of a sentence are made into a new one, and whoever acts is who acted."""

from __future__ import annotations

from assistant.witness.alignment import BACK, Alignment, Misfit
from assistant.witness.orders import QUOTED


class Roles(Alignment):
    """Looks for what is given to somebody else."""

    def _roles(self) -> Misfit | None:
        """No two halves of a sentence are made into a new one, in which somebody does what another did."""
        clauses = self.sentence.clauses
        for (mine, said), (after, next_said) in zip(self.pairs, self.pairs[1:], strict=False):
            if self._is_speech_of_another(mine, said, after, next_said) or self._is_turned_round(after, next_said):
                return self._no("role", mine, after)
            if after == mine + 1 and (self._is_anothers(said, next_said) or self._is_left_alone(said, next_said)):
                return self._no("role", mine, after)
            meant = self._is_meant(said, next_said) and self.stretch[after - 1].word not in self.lexicon.coordinators
            another = self._did_another(mine, said, after, next_said) and not meant
            if another or self._is_owner(after, next_said) or self._is_owner(mine, said):
                return self._no("role", mine, after)
            if (
                clauses[said] == clauses[next_said]
                or self._is_meant(said, next_said)
                or self._is_told_of(said, next_said)
            ):
                continue
            if (
                self._opens(next_said)
                and (after != mine + 1 or self.stretch[after].keys is QUOTED or not self._is_alone(next_said))
                and not (self._has_anothers_times(next_said) or self._has_only_who_acts(next_said))
            ):
                continue
            return self._no("role", mine, after)
        return None

    def _is_anothers(self, said: int, next_said: int) -> bool:
        """Whether `your boss` is made of `my sister's boss`."""
        lexicon, owner = self.lexicon, self.said[next_said - 1]
        mine = self.said[said].word in lexicon.self_others and said + 1 < next_said
        genitive = owner.word == "'s" or (lexicon.inverts and said + 2 == next_said and owner.word.endswith("s"))
        return mine and genitive and self.taken.isdisjoint(range(said + 1, next_said))

    def _is_owner(self, mine: int, said: int) -> bool:
        """Whether a Danish genitive is given back without what it owns: `din søster`, of `min søsters chef`."""
        after = self.said[said + 1] if said + 1 < len(self.said) else None
        owns = self.lexicon.inverts and self.said[said].word == f"{self.stretch[mine].word}s"
        return owns and after is not None and not after.is_mark and said + 1 not in self.taken

    def _is_left_alone(self, said: int, next_said: int) -> bool:
        """Whether a `because`, or who did something in a clause with `who`, is put before what another clause tells."""
        lexicon, clauses = self.lexicon, self.sentence.clauses
        quoted = self.sentence.start + next_said in self.spoken.in_quotes
        if quoted or clauses[said] == clauses[next_said]:
            return False
        first = clauses.index(clauses[said])
        opens, goes_on = self.said[first], self.said[clauses.index(clauses[next_said])]
        binds = lexicon.subordinators | lexicon.conditions | lexicon.meanwhile | lexicon.because.keys()
        who = first and opens.word in lexicon.relatives - lexicon.complements and self.said[said].word not in binds
        return self.said[said].word in binds or (who and goes_on is self.said[next_said] and self._acts(next_said))

    def _did_another(self, mine: int, said: int, after: int, next_said: int) -> bool:
        """Whether right before what is done stands another who does it, or what else the same one did."""
        lexicon, before = self.lexicon, self.said[next_said - 1]
        if self.names_only or said + 1 >= next_said or next_said - 1 in self.taken:
            return False
        if after == mine + 1 and self._saw_another(said, next_said):
            return True
        own = any(token.word in lexicon.echoed for token in self.stretch[:after])
        who = lexicon.nominatives - lexicon.self_subjects if own else lexicon.nominatives | lexicon.self_subjects
        if self.stretch[after - 1].word in lexicon.coordinators and before.word in who:
            return True
        if not (self._acts(next_said) or lexicon.is_past(self.stretch[after].key)):
            return False
        told = self.said[next_said - 2].word
        noun = not self._is_light_there(next_said - 1) and before.word not in lexicon.adverbs | lexicon.ways
        small = lexicon.determiners | lexicon.self_others | lexicon.possessives | lexicon.articles
        noun = noun and (told in small or lexicon.has_article(before.word))
        another = noun or before.word in lexicon.nominatives | self.spoken.names
        who = before.word in lexicon.relatives | lexicon.question_words - lexicon.complements - lexicon.meanwhile
        who = who and told not in lexicon.self_others | lexicon.self_subjects
        here, you = self.stretch[after - 1], self.stretch[mine].word
        if (
            here.word in lexicon.others | lexicon.things
            or self.said[said].word in lexicon.accusatives | lexicon.self_others
        ):
            return False
        if here.is_mark or here.word in lexicon.coordinators:
            return another or who
        if you not in lexicon.echoed | lexicon.nominatives | self.spoken.names:
            return False
        to_do = after == mine + 1 and before.word in lexicon.infinitives and told not in lexicon.done
        twice = said + 2 == next_said and lexicon.is_past(before.key) and not lexicon.inverts
        twice = twice and lexicon.is_past(self.said[next_said].key)
        mine_too = before.word in lexicon.self_subjects and you not in lexicon.echoed
        return another or to_do or twice or mine_too or self._is_one_of_two(said) or (who and you in lexicon.echoed)

    def _saw_another(self, said: int, next_said: int) -> bool:
        """Whether what the member saw or had another do is told as done by the member: `I watched Leo hit the wall`."""
        lexicon, before = self.lexicon, self.said[next_said - 1]
        if lexicon.inverts or self.said[said].word not in lexicon.self_subjects or next_said < said + 3:
            return False
        small = lexicon.adverbs | lexicon.adverbials | lexicon.coordinators | lexicon.operators | lexicon.relatives
        who = not (before.is_mark or self._is_light_there(next_said - 1) or before.word in small | lexicon.ways)
        return who and self._acts(said + 1) and said + 1 not in self.taken

    def _is_one_of_two(self, said: int) -> bool:
        """Whether it was this one or another: `you did it`, of `Tom or I did it`."""
        return bool(said) and self.said[said - 1].word in self.lexicon.alternatives and said - 1 not in self.taken

    def _is_turned_round(self, mine: int, said: int) -> bool:
        """Whether what was done to somebody is told as what they did: `you asked Bo`, of `I was asked by Bo`."""
        lexicon, before = self.lexicon, said - 1
        while before > 0 and self.said[before].word in lexicon.droppable | lexicon.negations:
            before -= 1
        passive = before >= 0 and self.said[before].word in lexicon.passives and before not in self.taken
        here = {token.word for token in self.stretch[max(mine - 3, 0) : mine]}
        small = lexicon.passives | lexicon.copulas
        done = lexicon.inverts or lexicon.is_past(self.said[said].key)
        return passive and done and small.isdisjoint(here) and not self.names_only

    def _has_only_who_acts(self, said: int) -> bool:
        """Whether all that is given back of a clause is who acts in it, and not what they did."""
        clause = self.sentence.clauses[said]
        here = [at for at, number in enumerate(self.sentence.clauses) if number == clause and not self.said[at].is_mark]
        given = [at for at in here if at in self.taken]
        after = next((at for at in here if at > given[-1]), None)
        if self.names_only or after is None or any(self._acts(at) for at in given):
            return False
        return self._acts(after) and any(not self._is_small_there(at) for at in given)

    def _is_small_there(self, at: int) -> bool:
        small = self.lexicon.free | self.lexicon.people | self.lexicon.coordinators | self.lexicon.adverbs
        return self.said[at].word in small

    def _has_anothers_times(self, said: int) -> bool:
        """Whether how often, or when, is taken from a clause that tells of something else: `twice` of `twice I ran`."""
        lexicon, clauses = self.lexicon, self.sentence.clauses
        here = [at for at, clause in enumerate(clauses) if clause == clauses[said]]
        given = [self.said[at] for at in here if at in self.taken]
        told = any(token.word in lexicon.subjects for token in self.stretch)
        times = lexicon.adverbials - lexicon.prepositions - lexicon.articles - lexicon.determiners
        timed = any(lexicon.is_number(token.key) or token.word in times for token in given)
        if self.names_only or not told or not timed:
            return False
        small = lexicon.units | lexicon.adverbials | lexicon.free - lexicon.people
        when = all(lexicon.is_number(token.key) or token.word in small for token in given)
        acts = lexicon.self_subjects | lexicon.nominatives | self.spoken.names
        return when and any(self.said[at].word in acts and at not in self.taken for at in here)

    def _is_alone(self, said: int) -> bool:
        """Whether a clause is begun and its verb left out: nothing of it is given back but its first word."""
        number = self.sentence.clauses[said]
        rest = [at for at, clause in enumerate(self.sentence.clauses) if clause == number and at > said]
        words = [at for at in rest if not self.said[at].is_mark]
        return not self.names_only and len(words) > 0 and self.taken.isdisjoint(rest)

    def _is_speech_of_another(self, mine: int, said: int, after: int, next_said: int) -> bool:
        """Whether a quote comes right after a verb of speech here, and not with the member, or after another's."""
        if self.said[said].word not in self.lexicon.speech:
            return False
        between = {token.word for token in self.said[said + 1 : next_said]}
        if after == mine + 1 and not between.isdisjoint(self.lexicon.speech):
            return True
        if self.stretch[after].keys is not QUOTED or self.stretch[mine].keys is QUOTED:
            return False
        return not between.isdisjoint(self.lexicon.self_subjects | self.lexicon.coordinators)

    def _is_told_of(self, said: int, next_said: int) -> bool:
        """Whether nothing but `, who` stands between: `a bird that says my name` is a bird, and it says my name."""
        between = [token.word for token in self.said[said + 1 : next_said] if not token.is_mark]
        who = self.lexicon.relatives - self.lexicon.complements
        noun = self.said[said].word not in self.lexicon.free | self.lexicon.people | self.lexicon.operators
        return len(between) == 1 and between[0] in who and noun

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
            if self._is_you_all(mine) and mine not in self.to and not self._has_we():
                return self._no("role", mine)
            named = self.names_only and token.word in self.lexicon.determiners and mine + 1 in self.to
            if mine in self.to or named:
                continue
            after = next((self.to[n] for n in range(mine + 1, len(self.stretch)) if n in self.to), None)
            jer = self.lexicon.inverts and token.word == "i" and token.large and mine + 1 in self.to
            if jer and self._subject_of(self.to[mine + 1]) == "self" and self._is_i_alone(self.to[mine + 1]):
                return self._no("role", mine)
            if token.word in self.lexicon.echoed:
                own = after is not None and self._subject_of(after) in ("self", "open")
                if not own or self._is_done_to(after) or self._is_ours(after):
                    return self._no("role", mine)
            elif token.word in self.lexicon.somebody and self._takes_place_of_self(mine):
                return self._no("role", mine)
            if self._takes_place_of_another(mine):
                return self._no("role", mine)
            if token.word in self.lexicon.somebody and self._is_left_out(mine):
                return self._no("role", mine)
            if (
                (token.word in self.lexicon.others or self._is_thing(mine))
                and after is not None
                and mine - 1 not in self.to
            ):
                has_you = any(near.word in self.lexicon.echoed for near in self.stretch[mine + 1 : mine + 4])
                if not has_you and self._subject_of(after) == "self":
                    return self._no("role", mine)
        return None

    def _is_you_all(self, mine: int) -> bool:
        """Whether a Danish `I` means `you all`: it has a capital inside a sentence, or a verb comes after it."""
        lexicon, token = self.lexicon, self.stretch[mine]
        if not lexicon.inverts or token.word != "i" or not token.large or mine + 1 >= len(self.stretch):
            return False
        after = self.stretch[mine + 1]
        if after.word in self.spoken.names:
            return False
        verbs = lexicon.copulas | lexicon.helpers | lexicon.beliefs | lexicon.fixed | lexicon.speech
        return mine > 0 or after.word in verbs or after.key in self.spoken.deeds

    def _has_we(self) -> bool:
        words, joins = [said.word for said in self.said], self.lexicon.joins
        with_me = any(
            word in self.lexicon.self_subjects and at > 1 and words[at - 1] in joins and not self.said[at - 2].is_mark
            for at, word in enumerate(words)
        )
        return with_me or not self.lexicon.ours.isdisjoint(words)

    def _is_i_alone(self, said: int) -> bool:
        """Whether it was `I` and not `she and I` who did it."""
        words, joins = [token.word for token in self.said], self.lexicon.joins
        if said + 1 < len(words) and words[said + 1] == "jeg":
            return words[said + 2] not in joins if said + 2 < len(words) else True
        if not said or words[said - 1] != "jeg":
            return False
        return said < 3 or words[said - 2] not in joins or self.said[said - 3].is_mark

    def _is_thing(self, mine: int) -> bool:
        """Whether a `that` stands first, as what is something."""
        verbs = self.lexicon.copulas | self.lexicon.helpers
        after = self.stretch[1].word if len(self.stretch) > 1 else ""
        return not mine and self.stretch[0].word in self.lexicon.things and after in verbs

    def _is_ours(self, said: int) -> bool:
        """Whether it was `we` who did it, where the language has another word for that than for `you` alone."""
        near = [*range(said - 1, -1, -1), said + 1] if self.lexicon.inverts else []
        near = [at for at in near if self.sentence.start + at not in self.spoken.in_quotes]
        words = (self.said[at].word for at in near if at < len(self.said))
        return next((word for word in words if word in self.lexicon.self_subjects), "") in self.lexicon.ours

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

    def _takes_place_of_another(self, mine: int) -> bool:
        """Whether a `he` or a `you` stands beside a verb that the member has beside another pronoun."""
        lexicon, token = self.lexicon, self.stretch[mine]
        if token.word not in lexicon.nominatives:
            return False
        acts = lexicon.nominatives | lexicon.self_subjects
        for at in (mine - 1, mine + 1):
            if at not in self.to or self._is_light(at) or self.stretch[at].keys is QUOTED:
                continue
            for said in (self.to[at] - 1, self.to[at] + 1):
                if 0 <= said < len(self.said) and said not in self.taken and self.said[said].word in acts:
                    same_clause = self.sentence.clauses[said] == self.sentence.clauses[self.to[at]]
                    if same_clause and token.word not in self.said[said].keys:
                        return True
        return False

    def _is_left_out(self, mine: int) -> bool:
        """Whether a `he` is put first where the member left out who did it, which mostly is the member."""
        if mine or 1 not in self.to:
            return False
        said = self.to[1]
        opens = not said or (said == 1 and self.said[0].word in self.lexicon.adverbs | self.lexicon.coordinators)
        return opens and self._subject_of(said) == "open" and self.lexicon.is_past(self.said[said].key)

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
            near = self.spoken.sentences[max(self.sentence.number - BACK, 0) : self.sentence.number + 2]
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
        """What was the member's is not made hers, nor anyone's, and what was done to them was not done to her."""
        for mine, token in enumerate(self.stretch):
            after = self.to.get(mine - 1, len(self.said)) + 1
            of_me = after < len(self.said) and self.said[after].word in self.lexicon.self_others
            hers = token.word in (self.lexicon.accusatives | self.lexicon.possessives) - self.lexicon.plurals
            if mine not in self.to and of_me and after not in self.taken and hers:
                return self._no("role", mine)
        for mine, said in self.pairs:
            owner = self.stretch[mine - 1].word if mine and mine - 1 not in self.to else ""
            if self.stretch[mine].word in self.lexicon.subjects:
                continue
            if owner in self.lexicon.pronouns and said and self.said[said - 1].word in self.lexicon.self_others:
                return self._no("role", mine - 1, mine)
        return None

"""Whose words a sentence of a reflection says they are, whether a quote says what was said, and in which order.

A quote may be exact and still wrong: given to another, cut where it turns, or put after what came later.
"""

from collections.abc import Iterator

from assistant.witness.alignment import Place
from assistant.witness.fit import fit
from assistant.witness.forms import Frame
from assistant.witness.grounding import Sentence
from assistant.witness.parts import Parts
from assistant.witness.quotes import first_part, parts
from assistant.witness.reading import Doubt, Piece
from assistant.witness.subjects import subject_of
from assistant.witness.whereabouts import is_adverbial

_NAMED = 3
"""How many words of a quote, with nobody in them, only name something."""

_BEFORE = 2
"""How many sentences back what was not said may stand: `I'm always cold in there. I didn't say it.`"""

Frames = dict[Piece, Frame]


class Voices:
    """Looks at the frames and quotes of a sentence beside what was said."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.spoken = parts.spoken
        self.lexicon = parts.lexicon

    def doubts(self, words: list[Piece], frames: Frames, runs: list[list[Piece]]) -> Iterator[Doubt]:
        """Give what is wrong with whose words these are, with the quotes, and with their order."""
        yield from self._misattributed(words, frames)
        yield from self._told_by_another(words, frames)
        yield from self._left_open(words, frames, [run for run in runs if not self._is_light(run)])
        yield from self._trimmed(words, frames)
        yield from self._out_of_order(words, frames, runs)

    # Whose words

    def _misattributed(self, words: list[Piece], frames: Frames) -> Iterator[Doubt]:
        """`You said` does not stand with what somebody else was quoted for."""
        for at, piece in enumerate(words):
            frame = frames.get(piece)
            after = words[at + 1].word if at + 1 < len(words) else ""
            to_whom = after in self.lexicon.towards
            if not frame and piece.word in self.lexicon.said and after in self.lexicon.things:
                own = words[at - 1].word in self.lexicon.echoed
                quoted = next((each for each in reversed(words[:at]) if each.quote and own), None)
                if quoted and quoted.quote and not self.parts.is_own(quoted.quote):
                    yield Doubt.about("role", [quoted])
            elif not frame and piece.word in self.lexicon.speech and (quoted := self._quoted_beside(words, at)):
                if quoted.quote and not self.parts.is_own(quoted.quote):
                    yield Doubt.about("role", [quoted])
            elif frame and frame.name == "attribution" and (to_whom or piece.word in self.lexicon.said):
                quoted = self._quoted_after(words[at + 1 :], frames)
                if not quoted and not self._goes_on(words, at, frames):
                    quoted = self._quoted_before(words[:at], frames)
                if quoted and quoted.quote and not self.parts.is_own(quoted.quote):
                    yield Doubt.about("role", [quoted])

    def _quoted_beside(self, words: list[Piece], at: int) -> Piece | None:
        """Give the quote right before a Danish `sagde du`, or right after, that is told of and is no frame."""
        if not self.lexicon.inverts or at + 1 >= len(words) or words[at + 1].word not in self.lexicon.echoed:
            return None
        near = [piece for piece in words[:at] if piece.word != ","][-1:]
        near += [piece for piece in words[at + 2 :] if piece.word not in (",", ":")][:1]
        return next((piece for piece in near if piece.quote), None)

    def _goes_on(self, words: list[Piece], at: int, frames: Frames) -> bool:
        """Whether the frame at `at` opens a part of its own, `…, and you said no`, and has no `it` for the quote."""
        start = end = at
        while start and frames.get(words[start - 1]) is frames[words[at]]:
            start -= 1
        while end < len(words) and frames.get(words[end]) is frames[words[at]]:
            end += 1
        own, lexicon = words[start : end + 1], self.lexicon
        if end == len(words) or own[-1].token.is_mark or own[0].word not in lexicon.joins:
            return False
        means = lexicon.pronouns | lexicon.things | lexicon.prepositions | lexicon.towards
        return not any(piece.word in means for piece in own)

    def _quoted_after(self, words: list[Piece], frames: Frames) -> Piece | None:
        """Give the quote that follows `you said`, before anybody else is named."""
        for piece in words:
            if piece.quote:
                return piece
            new = piece.word in self.lexicon.subjects | self.lexicon.speech and piece not in frames
            if new or piece.word == ";":
                return None
        return None

    def _quoted_before(self, words: list[Piece], frames: Frames) -> Piece | None:
        """Give the quote that `you said` follows right away."""
        return next((piece for piece in reversed(words) if piece not in frames and piece.word != ","), None)

    def _told_by_another(self, words: list[Piece], frames: Frames) -> Iterator[Doubt]:
        """`You wrote everything down` does not stand where it was the nurse who did."""
        for at, piece in enumerate(words):
            frame = frames.get(piece)
            if not frame or frame.name != "attribution" or piece.word in self.lexicon.subjects:
                continue
            said = self.spoken.kin(piece.token.key)
            after = [word for word in words[at + 1 : at + 9] if word not in frames and word.quote is None]
            if not said or piece.word in self.lexicon.free:
                continue
            if not after:
                if not any(each.quote for each in words) and self._is_never_said(said, {each.word for each in words}):
                    yield Doubt.about("lost", [piece])
                continue
            start = at
            while start and frames.get(words[start - 1]) is frame:
                start -= 1
            own = words[start : at + 1]
            if isinstance(self.parts.find([*own, *after], loose=False), Place):
                continue
            told = not any(each.quote for each in words) and not any(
                each.word in self.lexicon.subjects for each in after
            )
            if told and after[0].word in self.lexicon.ways and self._did(said):
                yield Doubt.about("role", [piece, after[-1]])
                continue
            if self._is_said_not(said, after, {each.word for each in words}):
                yield Doubt.about("lost", [piece, after[-1]])
                continue
            place = self.parts.find(after, loose=True)
            if isinstance(place, Place) and (
                self._is_anothers_doing(said, piece.token.key, place)
                or self._is_split(words[:at], said, place)
                or self._is_denied(said, place, {each.word for each in words})
            ):
                yield Doubt.about("role", [piece, after[-1]])

    def _is_split(self, before: list[Piece], verbs: frozenset[str], place: Place) -> bool:
        """Whether what stands before a verb that the member has too is from another sentence than what follows it."""
        ends = (n + 1 for n in range(len(before) - 1, -1, -1) if before[n].token.is_mark or before[n].quote)
        part = before[next(ends, 0) :]
        own = any(not token.keys.isdisjoint(verbs) for token in self.spoken.sentences[place.sentence].tokens)
        when = own and is_adverbial(self.spoken, [each.token for each in part])
        found = self.parts.find(part, loose=True) if when else None
        return isinstance(found, Place) and found.sentence != place.sentence

    def _is_denied(self, verbs: frozenset[str], place: Place, given: set[str]) -> bool:
        """Whether the member has a `not` right before the verb that is not given back: `I've not used it since`."""
        sentence = self.spoken.sentences[place.sentence]
        told = [at for at in range(place.first) if not sentence.tokens[at].keys.isdisjoint(verbs)]
        before = {token.word for token in sentence.tokens[max(told[-1] - 2, 0) : told[-1]]} if told else set()
        return not (before & self.lexicon.negations <= given)

    def _did(self, verbs: frozenset[str]) -> bool:
        """Whether the member tells of doing what a verb says: `I wrote it in capitals`."""
        return any(
            not token.keys.isdisjoint(verbs) and subject_of(self.spoken, sentence, at) == "self"
            for sentence in self.spoken.sentences
            for at, token in enumerate(sentence.tokens)
        )

    def _is_never_said(self, verbs: frozenset[str], given: set[str]) -> bool:
        """Whether the member has the verb only with a `not` right beside it that is not given back."""
        places = [
            self._near(sentence, at) & self.lexicon.negations
            for sentence in self.spoken.sentences
            for at, token in enumerate(sentence.tokens)
            if not token.keys.isdisjoint(verbs)
        ]
        return bool(places) and all(near - given for near in places)

    def _is_said_not(self, verbs: frozenset[str], after: list[Piece], given: set[str]) -> bool:
        """Whether the member did not say, or write, what follows: `I didn't say that I was cross`."""
        denied: list[int] = []
        for sentence in self.spoken.sentences:
            for at, token in enumerate(sentence.tokens):
                near = self._near(sentence, at)
                if not token.keys.isdisjoint(verbs) and near & self.lexicon.negations - given:
                    means = _BEFORE if near & (self.lexicon.neuters | self.lexicon.things) else 0
                    denied += range(max(sentence.number - means, 0), sentence.number + 1)
        tokens = [piece.token for piece in after if not piece.token.is_mark]
        return any(isinstance(fit(self.spoken, number, tokens, True), Place) for number in denied)

    def _near(self, sentence: Sentence, at: int) -> set[str]:
        """Give the words right before and after what stands at `at`, but what is in quotation marks."""
        near = range(max(at - 2, 0), min(at + 3, len(sentence.tokens)))
        return {sentence.tokens[n].word for n in near if sentence.start + n not in self.spoken.in_quotes}

    def _is_anothers_doing(self, verbs: frozenset[str], told_as: str, place: Place) -> bool:
        """Whether somebody else does what a verb says, or nobody has yet: `write to Ben` is no `you wrote to Ben`."""
        sentence = self.spoken.sentences[place.sentence]
        told = [at for at in range(place.first) if not sentence.tokens[at].keys.isdisjoint(verbs)]
        if not told:
            return False
        lexicon, verb = self.lexicon, sentence.tokens[told[-1]]
        if not told[-1] and lexicon.is_past(told_as) and lexicon.may_bid(verb.key) and not lexicon.is_past(verb.key):
            return True
        before = {token.word for token in sentence.tokens[max(told[-1] - 3, 0) : told[-1]]}
        passive = not before.isdisjoint(self.lexicon.passives) and not sentence.tokens[told[-1]].word.endswith("ing")
        return passive or subject_of(self.spoken, sentence, told[-1]) == "other"

    def _is_light(self, run: list[Piece]) -> bool:
        return all(piece.word in self.lexicon.free or piece.word in self.lexicon.exists for piece in run)

    def _left_open(self, words: list[Piece], frames: Frames, runs: list[list[Piece]]) -> Iterator[Doubt]:
        """`…, and then you said it` claims a saying, and gives none."""
        only_there = words[0].word in self.lexicon.exists and not any(runs) and not any(piece.quote for piece in words)
        if only_there and not isinstance(self.parts.find(words, loose=False), Place):
            yield Doubt.about("empty", words)
        last = frames.get(words[-1]) if words else None
        if last and last.name == "about the text" and self._only_contrasts(words, frames):
            yield Doubt.about("empty", words)
        if not last or last.name != "attribution":
            return
        start = len(words) - 1
        while start and frames.get(words[start - 1]) is last:
            start -= 1
        opens = words[max(start - 1, 0) : start + 1]
        opened = any(piece.word in self.lexicon.joins or piece.word in self.lexicon.adverbs for piece in opens)
        before = words[start - 1]
        opened = opened or not (before.token.is_mark or before.quote or before in frames)
        own = [piece for piece in words[start:] if piece.word not in self.lexicon.joins]
        if start and opened and last.needs != "called" and not isinstance(self.parts.find(own, loose=False), Place):
            yield Doubt.about("empty", words[start:])

    def _only_contrasts(self, words: list[Piece], frames: Frames) -> bool:
        """Whether what comes after the last `but` is nothing but a frame: `…, but that is what you describe`."""
        buts = [at for at, piece in enumerate(words) if piece.word in self.lexicon.contrasts]
        rest = words[buts[-1] + 1 :] if buts and buts[-1] else []
        return bool(rest) and all(piece.quote is None and (piece in frames or piece.token.is_mark) for piece in rest)

    # What a quote leaves out

    def _trimmed(self, words: list[Piece], frames: Frames) -> Iterator[Doubt]:
        """A quote does not begin right after a `not` or an `almost`, nor end right before an `if`."""
        if any(frame.loose for frame in frames.values()):
            return
        told = {piece.word for piece in words if piece.quote is None}
        for piece in words:
            if piece.quote and (self._turns(piece.quote.inside, told) or self._joins_apart(piece.quote.inside)):
                yield Doubt.about("lost", [piece])

    def _joins_apart(self, inside: str) -> bool:
        """Whether a quote is cut so that what somebody else did, or did not, goes on from its beginning."""
        lexicon, tokens = self.lexicon, self.spoken.tokens
        end = -1
        for n, part in enumerate(parts(inside)):
            found = [place for place in self.spoken.standings(part) if place[0] > end]
            if not found:
                return False
            first, last = found[0]
            left_out = tokens[end + 1 : first]
            opens = lexicon.subjects | self.spoken.names
            own = any(token.word in opens for token in tokens[first : min(first + _NAMED, last + 1)])
            apart = lexicon.operators | lexicon.coordinators | opens | {","}
            if n and not own and any(token.word in apart or lexicon.is_number(token.key) for token in left_out):
                return True
            end = last
        return False

    def _turns(self, inside: str, told: set[str]) -> bool:
        lexicon = self.lexicon
        quoted = [token.word for token in lexicon.tokens(inside) if not token.is_mark]
        claims = any(word in lexicon.subjects or word in self.spoken.names for word in quoted)
        if not claims and len(quoted) <= _NAMED:
            return False
        return all(
            self._turns_before(first, claims, told) or self._turns_after(last, quoted, told)
            for first, last in self.spoken.standings(first_part(inside))
        ) and bool(self.spoken.standings(first_part(inside)))

    def _turns_before(self, first: int, claims: bool, told: set[str]) -> bool:
        lexicon, tokens = self.lexicon, self.spoken.tokens
        sentence = self.spoken.sentence_at(first)
        begins = tokens[first].word in lexicon.subjects
        for at in range(first - 1, sentence.start - 1, -1):
            word = tokens[at].word
            if word in lexicon.operators - lexicon.beliefs and word not in told:
                return True
            if begins and word in lexicon.whether:
                continue
            if claims and word in lexicon.speech | lexicon.beliefs and not told & (lexicon.speech | lexicon.beliefs):
                return subject_of(self.spoken, sentence, at - sentence.start) == "other"
            if word not in lexicon.free and word not in lexicon.articles and not (claims and word == ","):
                return False
        return False

    def _turns_after(self, last: int, quoted: list[str], told: set[str]) -> bool:
        lexicon, tokens = self.lexicon, self.spoken.tokens
        after = [token.word for token in tokens[last + 1 : last + 3]]
        if not after:
            return False
        if not tokens[last + 1].is_mark:
            word = after[0]
            denies = word in lexicon.scopes and not lexicon.negations.isdisjoint(quoted)
            return (denies or word in lexicon.conditions or word in lexicon.compares) and word not in told
        return after[0] == "," and len(after) > 1 and after[1] in lexicon.conditions and after[1] not in told

    # Order

    def _out_of_order(self, words: list[Piece], frames: Frames, runs: list[list[Piece]]) -> Iterator[Doubt]:
        """What comes after `then` must have come after what stands before it."""
        then = self.lexicon.coordinators & self.lexicon.adverbs
        if not any(frame.later or piece.word in then for piece, frame in frames.items()):
            return
        starts = {run[0]: run for run in runs} | self._told_in_frames(words, frames)
        reached = before = -1
        for piece in words:
            frame = frames.get(piece)
            if frame and (frame.later or piece.word in then):
                before = reached
            here = self._stands_at(starts.get(piece), piece)
            if here is None:
                continue
            if max(here) < before:
                yield Doubt.about("role", [piece])
            reached = max(reached, min((n for n in here if n >= before), default=before))

    def _told_in_frames(self, words: list[Piece], frames: Frames) -> dict[Piece, list[Piece]]:
        """Give what is told in words that also are a frame, `you wrote it in capitals`, by its first word."""
        told: dict[Piece, list[Piece]] = {}
        at = 0
        while at < len(words):
            end = at
            while end < len(words) and words[end] in frames and not frames[words[end]].later:
                end += 1
            part = words[at:end]
            own = bool(part) and frames[part[0]].name == "attribution" and not any(piece.quote for piece in part)
            if own and len(part) > _NAMED:
                told[part[0]] = part
            at = max(end, at + 1)
        return told

    def _stands_at(self, run: list[Piece] | None, piece: Piece) -> list[int] | None:
        """Give the numbers of the tokens where a quote or a run may begin."""
        if piece.quote:
            return [first for first, _ in self.spoken.standings(first_part(piece.quote.inside))] or None
        if run is None:
            return None
        ends = (n for n, each in enumerate(run) if n and (each.word == "," or each.word in self.lexicon.joins))
        place = self.parts.find(run[: next(ends, len(run))], loose=True)
        if not isinstance(place, Place):
            return None
        sentence = self.spoken.sentences[place.sentence]
        held = sentence.tokens[place.first : place.last + 1]
        light = self.lexicon.free | self.lexicon.people
        every = [token.key for token in held if not token.is_mark]
        heavy = [token.key for token in held if token.word not in light and not token.is_mark]
        tells_it = len(heavy) > 1 or sum(not each.token.is_mark for each in run) <= _NAMED
        keys, first = (heavy or every if tells_it else every), (heavy or every)[0]
        tokens = self.spoken.tokens
        again = (n for n, token in enumerate(tokens) if token.key == first)
        here = sentence.start + place.first
        near = {n for n in again if {token.key for token in tokens[n : n + len(held) + 1]}.issuperset(keys)}
        return sorted({here, *near})

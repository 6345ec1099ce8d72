"""One reflection on trial beside what it answers: every sentence must be proved, and one that is not fails the text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.witness.forms import Forms, Frame
from assistant.witness.framing import Framing
from assistant.witness.grounding import Spoken
from assistant.witness.lexicon import Lexicon
from assistant.witness.parts import Parts
from assistant.witness.quotes import alike, is_said, quotes, unmarked
from assistant.witness.reading import ENDS, Doubt, Piece, between, plain, read
from assistant.witness.voices import Voices

_HARD = frozenset(":–—-()/&…\"'“”„»«’‘")
"""Marks over which no stretch of words reaches; a comma is none of them."""
_TELLER = 3
"""How many words say at the end of a sentence who said it, after a comma."""
_NEAR = 3
"""Among how many words before what was done stands who did it."""
_NAME = 4
"""How many words a name for something has at most."""
_ALSO_DONE = (frozenset(("attribution",)), frozenset(("about the text", "list", "kept")))
"""Frames whose words may also be what somebody does: `you said no`, `how you end it`."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words between frames and hard marks."""

    pieces: list[Piece]
    after: Frame | None
    """The frame right before it."""
    names: bool
    """Whether it only names something: before a colon, or beside a frame that says what is named."""
    quoted: bool
    """Whether the frame right before it ends with a quote."""
    speaks: bool
    """Whether a colon follows, and after it words without quotation marks."""


class Trial:
    """A reflection, what it answers, and what is known about the language of both."""

    def __init__(self, lexicon: Lexicon, forms: Forms, text: str, said: str) -> None:
        self.lexicon = lexicon
        self.forms = forms
        self.text = text
        self.answers = said
        """What it answers, as given."""
        self.spoken = Spoken(said, lexicon)
        self.said = alike(said)
        self.quotes = tuple(sorted((*quotes(text), *unmarked(text, self.said)), key=lambda quote: quote.start))
        self.read = list(read(text, self.quotes, lexicon))
        """Its words, sentence by sentence; each quote is one."""
        self.parts = Parts(self.spoken, forms, lexicon)
        self.voices = Voices(self.parts)
        self.framing = Framing(lexicon, forms, self.parts, self.said)
        self.reported: list[tuple[int, int]] = []
        """The places of sentences that say whose words they are, and of the forms that are whole in themselves."""

    def doubts(self) -> Iterator[Doubt]:
        """Give each place that is not proved, in the order of the sentences."""
        for quote in self.quotes:
            if not is_said(quote.inside, self.said):
                yield Doubt("quote", quote.start, quote.end)
        asked = 0
        for sentence in self._sentences():
            asked += sentence[-1].word == "?"
            if sentence[-1].word == "?" and asked > 1:
                yield Doubt.about("questions", sentence)
            words = [piece for piece in sentence if piece.word not in ENDS]
            if not words:
                continue
            self.spoken.told_last = dict(self._told_last(words))
            self.spoken.given = frozenset(piece.word for piece in words)
            self.parts.believes = any(piece.word in self.lexicon.beliefs for piece in words)
            is_whole = self.forms.is_whole(plain(words))
            start = 0 if sentence[-1].word == "?" or is_whole else self._reports_from(words)
            if start < len(words):
                self.reported.append((words[start].token.start, sentence[-1].token.end))
            if self._speaks_of_a_question():
                yield Doubt.about("empty", words)
            if not is_whole:
                yield from self._question(words) if sentence[-1].word == "?" else self._statement(words)
            self.parts.quoted = next((piece for piece in reversed(words) if piece.quote), None)

    def is_said(self, start: int, end: int) -> bool:
        """Say whether the words between two places of the text stand together in what was said, in whichever order."""
        given = [piece.token for sentence in self.read for piece in sentence if start <= piece.token.start < end]
        words = [token for token in given if not token.is_mark]
        said = [token for token in self.spoken.tokens if not token.is_mark]
        return any(
            all(any(word.key in {each.key, *each.keys} for each in said[at : at + len(words)]) for word in words)
            for at in range(len(said) - len(words) + 1 if words else 0)
        )

    def _told_last(self, words: list[Piece]) -> Iterator[tuple[str, str]]:
        """Give verb and teller of the parts between commas that say nothing but who says or thinks it: `…, he said`."""
        lexicon, part = self.lexicon, list[Piece]()
        after = False
        for piece in [*words, None]:
            if piece is not None and piece.word != ",":
                part.append(piece)
                continue
            tells = [each.word for each in part if each.word in lexicon.speech | lexicon.beliefs]
            if after and len(part) == 2 and len(tells) == 1 and all(each.quote is None for each in part):
                yield tells[0], next(each.word for each in part if each.word != tells[0])
            after, part = True, []

    def _speaks_of_a_question(self) -> bool:
        """Whether it is said to be the member's question, who has asked none."""
        lexicon, given = self.lexicon, self.spoken.given
        if lexicon.asked_about.isdisjoint(given) or lexicon.echoed_owners.isdisjoint(given):
            return False
        return not self.spoken.asked and lexicon.asked_about.isdisjoint(self.spoken.words)

    def _sentences(self) -> Iterator[list[Piece]]:
        """Give the sentences of the reflection; an `Almost.` that stands alone is of the one before it."""
        doubts = self.lexicon.trailing | self.lexicon.beliefs | self.lexicon.echoed
        before: list[Piece] = []
        for sentence in self.read:
            words = [piece for piece in sentence if piece.word not in ENDS]
            if before and words and all(piece.word in doubts for piece in words):
                before = [piece for piece in before if piece.word not in ENDS] + sentence
                continue
            if before:
                yield before
            before = sentence
        if before:
            yield before

    def _reports_from(self, words: list[Piece]) -> int:
        """Give where a sentence begins to tell what was said or written: all of it, where it ends with who said it."""
        tells = self.lexicon.speech | self.lexicon.said | self.lexicon.beliefs | self.lexicon.wonders
        framed = {
            piece for piece, frame in self.framing.frames(words).items() if frame.name in ("attribution", "asked")
        }
        told = [at for at, piece in enumerate(words) if piece.word in tells or piece in framed]
        if not told:
            return len(words)
        ends = any(piece.word == "," for piece in words[-_TELLER - 1 :]) and told[-1] >= len(words) - _TELLER
        return 0 if ends else told[0]

    # Questions

    def _question(self, words: list[Piece]) -> Iterator[Doubt]:
        """The whole of it is a witness's question, or what comes after its last mark is."""
        if self._asks(words):
            return
        for at in range(len(words) - 1, 0, -1):
            if words[at].token.is_mark and self._asks(words[at + 1 :]):
                yield from self._statement(words[:at])
                return
        yield Doubt.about("undone" if self._asks_of_undone(words) else "question", words)

    def _asks(self, words: list[Piece]) -> bool:
        return any(all(self._is_given(words, slot) for slot in slots) for slots in self.forms.questions(plain(words)))

    def _asks_of_undone(self, words: list[Piece]) -> bool:
        """Whether a witness's question is about words that were said, but of what was not done."""
        return any(
            not any(isinstance(self.parts.find(between(words, *slot), loose=True), Doubt) for slot in slots)
            for slots in self.forms.questions(plain(words))
        )

    def _is_given(self, words: list[Piece], slot: tuple[int, int]) -> bool:
        """Whether what a question is about was said; what somebody does, or did `when`, must stand as a statement."""
        lexicon, about = self.lexicon, between(words, *slot)
        opens = lexicon.infinitives | lexicon.meanwhile | lexicon.complements
        if about[0].word in lexicon.neuters and len(about) > 1 and about[1].word in opens:
            about = about[1:]
        if about[0].word in opens and len(about) > 1:
            about = about[1:]
        when = words[words.index(about[0]) - 1]
        acts = any(piece.word in lexicon.nominatives - lexicon.determiners | lexicon.echoed for piece in about)
        names = about[0].token.large or about[0].word in lexicon.determiners | lexicon.possessives
        if when.word in lexicon.infinitives | lexicon.echoed and not (acts or names):
            return self._is_own_deed(about)
        if when.word in lexicon.whenever:
            both = ([when, *about], about)
            return any(not isinstance(self.parts.find(some, loose=False), Doubt) for some in both)
        if when.word in lexicon.meanwhile | lexicon.complements:
            return self._stands(about)
        return not isinstance(self.parts.find(about, loose=not acts), Doubt)

    def _is_own_deed(self, about: list[Piece]) -> bool:
        """Whether the member did what a question has after `to`: `I said no`, but not `I forgot to say no`."""
        lexicon, spoken = self.lexicon, self.spoken
        small = (lexicon.helpers | lexicon.adverbs | lexicon.droppable) - lexicon.infinitives - lexicon.self_subjects
        kin, you = spoken.kin(about[0].token.key), min(lexicon.echoed)
        for at, token in enumerate(spoken.tokens):
            if kin.isdisjoint(token.keys):
                continue
            before = (each.word for each in reversed(spoken.tokens[max(at - _NEAR, 0) : at]))
            after = (each.word for each in spoken.tokens[at + 1 : at + 2] if lexicon.inverts)
            near = {next((word for word in before if word not in small), ""), *after}
            if not near.isdisjoint(lexicon.self_subjects):
                verb = about[0].token
                did = (replace(verb, word=you, key=you), replace(verb, word=token.word, key=token.key))
                return self._stands([*map(Piece, did), *about[1:]])
        return False

    def _stands(self, words: list[Piece]) -> bool:
        """Whether words of a question would be proved as a statement."""
        return not self.parts.prove(words, False, opens=True) and not any(self._heard(words, {}))

    # Statements

    def _statement(self, words: list[Piece]) -> Iterator[Doubt]:
        given = words
        words = list(self._without_counts(self._without_wholes(given)))
        if not words:
            return
        frames = self.framing.frames(words)
        if words == given and not frames and all(self._says_nothing(piece) for piece in words):
            yield Doubt.about("empty", words)
        doubts = self._unproved(words, frames)
        if doubts and any(self._is_proved(words, reading) for reading in self._readings(words, frames)):
            doubts = []
        if doubts and (told := self._without_aside(words, frames)) and self._is_proved(told, self.framing.frames(told)):
            doubts = []
        yield from doubts
        yield from self._heard(words, frames)

    def _heard(self, words: list[Piece], frames: dict[Piece, Frame]) -> Iterator[Doubt]:
        return self.voices.doubts(words, frames, [run.pieces for run in _runs(words, frames)])

    def _is_proved(self, words: list[Piece], frames: dict[Piece, Frame]) -> bool:
        return not self._unproved(words, frames) and not any(self._heard(words, frames))

    def _readings(self, words: list[Piece], frames: dict[Piece, Frame]) -> Iterator[dict[Piece, Frame]]:
        """Give the other ways to read `words`: without frames, and without those that also are what somebody does."""
        if frames:
            yield {}
        for without in _ALSO_DONE:
            reading = self.framing.frames(words, without)
            if reading and reading != frames:
                yield reading

    def _without_aside(self, words: list[Piece], frames: dict[Piece, Frame]) -> list[Piece]:
        """Give `words` without a `, you wrote,` that stands in the middle of what was said; nothing where none does."""
        at = next((n for n, piece in enumerate(words) if piece in frames), 0)
        end = at
        while end < len(words) and words[end] in frames and frames[words[end]].name == "attribution":
            end += 1
        marks = 0 < at < end < len(words) and words[at - 1].word == words[end].word == ","
        return [*words[: at - 1], *words[end + 1 :]] if marks else []

    def _unproved(self, words: list[Piece], frames: dict[Piece, Frame]) -> list[Doubt]:
        """Give what is not proved of the words between `frames`."""
        loose = any(frame.loose for frame in frames.values())
        doubts, restated = [], False
        speaker: list[Piece] = []
        for run in _runs(words, frames):
            if speaker and isinstance(self.parts.find([*speaker, *run.pieces], loose=False), Doubt):
                doubts.append(Doubt.about("role", [*speaker, *run.pieces]))
            if all(self._denies(piece) for piece in run.pieces) and run.after:
                doubts.append(Doubt.about("added", run.pieces))
            speaker = run.pieces if run.speaks and run.pieces[-1].word in self.lexicon.speech else []
            if run.pieces[-1].word in self.lexicon.binding and not self._says_when(run.pieces, words, frames):
                doubts.append(Doubt.about("added", run.pieces[-1:]))
            restated = run.after.bag and not run.quoted if run.after else restated
            if restated:
                asked, told = self._asked_and_told(run.pieces)
                doubt = self.parts.restate(asked, words[words.index(asked[0]) - 1].word)
                doubt = doubt or (self.parts.prove(told, False, opens=False) if told else None)
            else:
                names = (loose and not self._claims(run, frames)) or (run.names and self._is_short(run.pieces))
                doubt = self.parts.prove(run.pieces, names, opens=run.pieces[0] is words[0])
            if doubt:
                doubts.append(doubt)
        return doubts

    def _asked_and_told(self, run: list[Piece]) -> tuple[list[Piece], list[Piece]]:
        """Give what a run hands back as a question, and what it tells after it: `…, and you have said it twice`."""
        lexicon = self.lexicon
        for at, (joins, who) in enumerate(pairwise(run[1:]), 1):
            if joins.word in lexicon.coordinators and who.word in lexicon.echoed:
                return run[:at], run[at + 1 :]
        return run, []

    def _says_when(self, run: list[Piece], words: list[Piece], frames: dict[Piece, Frame]) -> bool:
        """Whether the `when` that a run ends with is of a saying that is quoted: `she left, when you said "…"`."""
        rest = words[words.index(run[-1]) + 1 :]
        return (
            len(run) == 1 or not rest or next((piece.quote for piece in rest if piece not in frames), None) is not None
        )

    def _claims(self, run: Run, frames: dict[Piece, Frame]) -> bool:
        """Whether somebody acts in a run beside what is listed: `you wrote three words, and you can't read them`."""
        lists = any(frame.name == "list" for frame in frames.values())
        acts = self.lexicon.nominatives | self.lexicon.self_subjects
        return lists and any(piece.word in acts for piece in run.pieces)

    def _denies(self, piece: Piece) -> bool:
        return piece.word in self.lexicon.negations and piece.quote is None

    def _says_nothing(self, piece: Piece) -> bool:
        small = piece.word in self.lexicon.free or piece.word in self.lexicon.joins or piece.token.is_mark
        return small and piece.quote is None

    def _is_short(self, run: list[Piece]) -> bool:
        return len(run) <= _NAME and not any(piece.word in self.lexicon.subjects for piece in run)

    def _without_wholes(self, words: list[Piece]) -> list[Piece]:
        """Give `words` but what is whole in itself at their end: `…, and I leave the question with you`."""
        for at in range(1, len(words)):
            before = words[at - 1]
            if (before.token.is_mark or before.word in self.lexicon.joins) and self.forms.is_whole(plain(words[at:])):
                end = at - 1
                while end and (words[end - 1].token.is_mark or words[end - 1].word in self.lexicon.joins):
                    end -= 1
                return words[:end]
        return words

    def _without_counts(self, words: list[Piece]) -> Iterator[Piece]:
        """Give `words` but those of a part, between hard marks, that rightly says how often a word was said."""
        part: list[Piece] = []
        for piece in [*words, None]:
            if piece is None or piece.word in _HARD:
                if not part or not self.parts.counts_rightly(part):
                    yield from part
                part = []
                if piece:
                    yield piece
            else:
                part.append(piece)


def _runs(words: list[Piece], frames: dict[Piece, Frame]) -> Iterator[Run]:
    """Give the words that are neither a frame nor a hard mark; a quote that stands alone is proved already."""
    run: list[Piece] = []
    before: Frame | None = None
    quoted = False
    for at, piece in enumerate([*words, None]):
        if piece is None or piece in frames or piece.word in _HARD:
            if any(each.quote is None and each.word != "," for each in run):
                beside = (before, frames.get(piece) if piece else None)
                names = any(frame and frame.names for frame in beside) or (piece is not None and piece.word == ":")
                after = words[at + 1 : at + 2]
                speaks = piece is not None and piece.word == ":" and bool(after) and after[0].quote is None
                yield Run(run, before, names, quoted, speaks)
            run, before = [], frames.get(piece) if piece else None
            quoted = piece is not None and piece.quote is not None
        else:
            run.append(piece)

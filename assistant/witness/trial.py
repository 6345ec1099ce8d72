"""One reflection on trial beside what it answers: every sentence must be proved, and one that is not fails the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.witness.fit import QUOTED, Misfit, Place
from assistant.witness.forms import Forms, Frame
from assistant.witness.grounding import Spoken
from assistant.witness.lexicon import Lexicon, Token
from assistant.witness.quotes import EDGES, alike, is_said, quotes
from assistant.witness.reading import ENDS, Piece, read

_HARD = frozenset(":–—-()/&…\"'“”„»«’‘")
"""Marks over which no stretch of words reaches; a comma is none of them."""
_QUOTE_WORDS = 6
"""How many words of a quote are looked at where it goes on from the words before it."""
_GROUPINGS = 40
"""How many ways to group the parts of a sentence are tried."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place in the reflection that is not proved."""

    kind: str
    """What is wrong with it, the name of its sentence in `[why]`."""
    start: int
    """Where it begins in the text."""
    end: int
    """Where it ends."""


class Trial:
    """A reflection, what it answers, and what is known about the language of both."""

    def __init__(self, lexicon: Lexicon, forms: Forms, text: str, said: str) -> None:
        self.lexicon = lexicon
        self.forms = forms
        self.text = text
        self.spoken = Spoken(said, lexicon)
        self.said = alike(said)
        self.quotes = quotes(text)

    def doubts(self) -> Iterator[Doubt]:
        """Give each place that is not proved, in the order of the sentences."""
        for quote in self.quotes:
            if not is_said(quote.inside, self.said):
                yield Doubt("quote", quote.start, quote.end)
        asked = 0
        for sentence in read(self.text, self.quotes, self.lexicon):
            asked += sentence[-1].word == "?"
            if sentence[-1].word == "?" and asked > 1:
                yield _doubt("questions", sentence)
            yield from self._sentence(sentence)

    def _sentence(self, sentence: list[Piece]) -> Iterator[Doubt]:
        words = [piece for piece in sentence if piece.word not in ENDS]
        if not words or self.forms.is_whole(_plain(words)):
            return
        if sentence[-1].word == "?":
            yield from self._question(words)
        else:
            yield from self._statement(words)

    # Questions

    def _question(self, words: list[Piece]) -> Iterator[Doubt]:
        """The whole of it is a witness's question, or what comes after the last comma is."""
        if self._asks(words):
            return
        for at in range(len(words) - 1, 0, -1):
            if words[at].token.is_mark and self._asks(words[at + 1 :]):
                yield from self._statement(words[:at])
                return
        yield _doubt("question", words)

    def _asks(self, words: list[Piece]) -> bool:
        counted = [piece for piece in words if piece.word != ","]
        for slots in self.forms.questions(_plain(words)):
            if all(not self._misfit(_between(counted, *slot), names_only=True) for slot in slots):
                return True
        return False

    # Statements

    def _statement(self, words: list[Piece]) -> Iterator[Doubt]:
        words = list(self._without_counts(words))
        frames = self._frames(words)
        loose = any(frame.loose for frame in frames.values())
        doubts, bag = [], False
        for run in _runs(words, frames):
            bag = run.after.bag if run.after else bag
            if doubt := self._bag(run.pieces) if bag else self._run(run.pieces, loose or run.before_colon):
                doubts.append(doubt)
        if doubts and frames and not self._run(words, False):
            return
        yield from doubts

    def _without_counts(self, words: list[Piece]) -> Iterator[Piece]:
        """Give `words` but those of a part, between hard marks, that rightly says how often a word was said."""
        part: list[Piece] = []
        for piece in [*words, None]:
            if piece is None or piece.word in _HARD:
                counted = self.forms.counts(_plain(part)) if part else None
                if not (counted and self._is_right(part, counted)):
                    yield from part
                part = []
                if piece:
                    yield piece
            else:
                part.append(piece)

    def _frames(self, words: list[Piece]) -> dict[Piece, Frame]:
        """Give the words that belong to a frame; a frame of order only opens a part, elsewhere `then` is a word."""
        counted = [piece for piece in words if piece.word != ","]
        before = dict(zip(words[1:], words, strict=False))
        found: dict[Piece, Frame] = {}
        for start, end, frame, slot in self.forms.places(_plain(words)):
            pieces = _between(counted, start, end)
            first = before.get(pieces[0])
            opens = first is None or first.token.is_mark or first.word in self.lexicon.joins
            if not self._meets(frame.needs, words) or (frame.later and not opens):
                continue
            if slot and self._misfit(_between(counted, *slot), names_only=True):
                continue
            found |= dict.fromkeys(pieces, frame)
        return found

    def _meets(self, need: str, words: list[Piece]) -> bool:
        """Whether what a frame says of the text is so."""
        if need == "question":
            return bool(self.spoken.asked)
        if need == "exclamation":
            return "!" in self.spoken.words
        if need == "last":
            end = self.said.rstrip(EDGES).lower()
            return any(
                end.endswith(alike(piece.quote.inside if piece.quote else piece.word).strip(EDGES).lower())
                for piece in words
                if piece.quote or piece.word not in self.lexicon.free
            )
        return True

    def _bag(self, run: list[Piece]) -> Doubt | None:
        """A question handed back is made of the member's words, in any order."""
        for piece in _unless_whole(run, self.lexicon, self.forms):
            token = piece.token
            known = piece.quote or token.is_mark or token.word in self.lexicon.free or token.word in self.lexicon.asks
            known = known or token.word in self.lexicon.joins or token.word in self.lexicon.echoed | self.lexicon.echoed_own
            if not (known or self.spoken.kin(token.key) & self.spoken.asked):
                return _doubt("word", [piece])
        return None

    def _run(self, run: list[Piece], loose: bool) -> Doubt | None:
        """Find a way to group the parts of `run`, between commas and joins, so that each is proved."""
        cuts = [0, *(n for n, piece in enumerate(run) if piece.word == "," or piece.word in self.lexicon.joins), len(run)]
        cuts = sorted(set(cuts))
        tried = 0
        dead: set[int] = set()
        first_doubt: list[Doubt] = []

        def grouped(at: int) -> bool:
            nonlocal tried
            if cuts[at] == len(run):
                return True
            if at in dead:
                return False
            for end in [*range(at + 1, len(cuts))][::-1]:
                tried += 1
                if tried > _GROUPINGS:
                    return False
                doubt = self._part(run[cuts[at] : cuts[end]], loose)
                if doubt is None and grouped(end):
                    return True
                if doubt and end == at + 1:
                    first_doubt.append(doubt)
            dead.add(at)
            return False

        if grouped(0):
            return None
        return first_doubt[0] if first_doubt else _doubt("word", run)

    def _part(self, part: list[Piece], loose: bool) -> Doubt | None:
        """Say what is wrong with one part of a sentence; its opening comma and `and` are not of it."""
        if self.forms.is_whole(_plain(part)):
            return None
        start = 0
        while start < len(part) and (part[start].word == "," or part[start].word in self.lexicon.joins):
            word = part[start].word
            if word in self.lexicon.contrasts and self.spoken.words.isdisjoint(self.lexicon.contrasts):
                return _doubt("added", part[start : start + 1])
            start += 1
        body = part[start:]
        if body and (counted := self.forms.counts(_plain(body))) and self._is_right(body, counted):
            return None
        if not body or self.forms.is_whole(_plain(body)):
            return None
        if all(self._is_lone(piece) for piece in body):
            return _doubt("role", body)
        return self._misfit(body, loose)

    def _is_lone(self, piece: Piece) -> bool:
        return piece.word in self.lexicon.subjects and piece.quote is None

    def _misfit(self, part: Sequence[Piece], names_only: bool) -> Doubt | None:
        tokens = list(self._tokens(part))
        if not any(self._counts(token) for token in tokens):
            return None
        figures_only = all(self.lexicon.is_number(token.key) for token in tokens if self._counts(token))
        found = self.spoken.find(tokens, names_only or figures_only)
        if isinstance(found, Misfit):
            return Doubt(found.kind, tokens[found.first].start, max(tokens[found.last].end, tokens[found.first].end))
        return None

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

    # Counts

    def _is_right(self, part: list[Piece], counted: dict[str, tuple[int, int]]) -> bool:
        """What is said to come up so often comes up so often; a name that is not told may be any name."""
        words = [piece for piece in part if piece.word != ","]
        claimed = self.lexicon.figure(_between(words, *counted["n"])[0].word) if "n" in counted else None
        if "name" in counted:
            times = [sum(token.word == name for token in self.spoken.tokens) for name in self.spoken.names]
        else:
            times = [self._times(_between(words, *counted["word"])[0])]
        if "n" in counted:
            return claimed in times
        return max(times, default=0) > 1

    def _times(self, piece: Piece) -> int:
        """How often the words of `piece` were said."""
        words = [token.key for token in self.lexicon.tokens(piece.quote.inside if piece.quote else piece.word)]
        words = [word for word in words if word[0].isalnum()]
        said = [token for token in self.spoken.tokens if not token.is_mark]
        return sum(
            all(word in (token.key, *token.keys) for word, token in zip(words, said[at:], strict=False))
            for at in range(len(said) - len(words) + 1)
        ) if words else 0


def _plain(words: Sequence[Piece]) -> str:
    """Give the plain form of `words`, without commas."""
    return f" {' '.join(piece.word for piece in words if piece.word != ',')} "


def _between(words: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """Give the words that the characters of their plain form from `start` to `end` belong to."""
    found, at = [], 1
    for piece in words:
        if at < end and at + len(piece.word) > start:
            found.append(piece)
        at += len(piece.word) + 1
    return found


def _unless_whole(run: list[Piece], lexicon: Lexicon, forms: Forms) -> Iterator[Piece]:
    """Give the words of `run` but those of its parts that are whole in themselves."""
    part: list[Piece] = []
    for piece in [*run, None]:
        if piece is None or piece.word == "," or piece.word in lexicon.joins:
            if not (part and forms.is_whole(_plain(part))):
                yield from part
            part = [piece] if piece else []
        else:
            part.append(piece)


@dataclass(frozen=True, slots=True)
class Run:
    """Words between frames and hard marks."""

    pieces: list[Piece]
    after: Frame | None
    """The frame right before it."""
    before_colon: bool
    """Whether a colon comes next: it names what follows."""


def _runs(words: list[Piece], frames: dict[Piece, Frame]) -> Iterator[Run]:
    """Give the words that are neither a frame nor a hard mark; a quote that stands alone is proved already."""
    run: list[Piece] = []
    before: Frame | None = None
    for piece in [*words, None]:
        if piece is None or piece in frames or piece.word in _HARD:
            if any(each.quote is None and each.word != "," for each in run):
                yield Run(run, before, piece is not None and piece.word == ":")
            run, before = [], frames.get(piece) if piece else None
        else:
            run.append(piece)


def _doubt(kind: str, pieces: Sequence[Piece]) -> Doubt:
    return Doubt(kind, pieces[0].token.start, pieces[-1].token.end)

"""Every literal run of a template becomes one mark, so that what was rendered can be led back to where it stands.

A mark is one character of Unicode's last private plane. A text's conditions and loops then choose among marks as they
choose among words, and `Reading` spells them out again.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

FIRST = 0x100000
"""The first mark; 65,534 follow, and no text has so many lines."""
_MOST = 0xFFFE
_RUN = re.compile(r"[^\s\U00100000-\U0010ffff](?:[^\n\U00100000-\U0010ffff]*[^\s\U00100000-\U0010ffff])?")
_MARK = re.compile("[\U00100000-\U0010fffd]")


@dataclass(frozen=True, slots=True)
class Run:
    """Literal words on one line of a source."""

    piece: str
    """The included piece they stand in; "" for the text itself."""
    at: int
    """Where they begin in their source, in characters."""
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is read in some case, and where each part of it comes from."""

    text: str
    places: tuple[tuple[int, Run], ...]
    """Where in `text` each run begins, in order."""

    @classmethod
    def of(cls, rendered: str, runs: Sequence[Run]) -> "Reading":
        """Spell out the marks in what was rendered."""
        parts, places, at, length = [], [], 0, 0
        for match in _MARK.finditer(rendered):
            number = ord(match.group()) - FIRST
            between = rendered[at : match.start()]
            at, length = match.end(), length + len(between)
            parts.append(between)
            if number < len(runs):
                places.append((length, runs[number]))
                parts.append(runs[number].text)
                length += len(runs[number].text)
        parts.append(rendered[at:])
        return cls("".join(parts), tuple(places))

    def place(self, start: int, end: int) -> tuple[str, int, int]:
        """Give the piece, and there the beginning and the width, of the characters from `start` to `end`.

        What was filled in stands nowhere in the source: it is led to the run before it, or the first.
        """
        if not self.places:
            return "", 0, 0
        number = max(bisect_right(self.places, start, key=lambda place: place[0]) - 1, 0)
        begins, run = self.places[number]
        inside = min(max(start - begins, 0), len(run.text) - 1)
        return run.piece, run.at + inside, max(min(end - begins, len(run.text)) - inside, 1)


@dataclass
class Marker:
    """Gives marks to texts and their pieces, one after the other."""

    runs: list[Run] = field(default_factory=list)
    """The runs that were marked so far; the number of a run is that of its mark."""

    def mark(self, tokens: Sequence[tuple[bool, str]], piece: str = "") -> str:
        """Give a source with its literal words marked; `tokens` are its parts in order, and whether each is literal."""
        marked, at = [], 0
        for is_literal, text in tokens:
            marked.append(self._marked(text, at, piece) if is_literal else text)
            at += len(text)
        return "".join(marked)

    def _marked(self, text: str, at: int, piece: str) -> str:
        def mark(match: re.Match) -> str:
            if len(self.runs) >= _MOST:
                return match.group()
            self.runs.append(Run(piece, at + match.start(), match.group()))
            return chr(FIRST + len(self.runs) - 1)

        return _RUN.sub(mark, text)

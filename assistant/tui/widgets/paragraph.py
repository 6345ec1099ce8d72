"""A long paragraph, quick to draw and to wrap: each key in 20 kB of one line is seen within a frame.

Textual and Rich go through the whole line several times for every row they draw, and for every place they look up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from rich.text import Span, Text
from textual._wrap import compute_wrap_offsets
from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument

_ABOVE = 1
"""How many rows above a change are wrapped again: a word that became shorter may go up."""


@dataclass
class Cut:
    """How a line was cut into rows last."""

    line: str = ""
    spans: Sequence[Span] = ()
    """What was styled in it."""
    offsets: Sequence[int] = ()
    """Where it was cut."""
    rows: list[Text] = field(default_factory=list)

    def alike(self, line: str, spans: Sequence[Span], offsets: Sequence[int]) -> int:
        """Give how many of the first rows of a line are those of the last one, with nothing styled in them."""
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(offsets, self.offsets, strict=False)))
        plain = min((span.start for span in (*spans, *self.spans)), default=len(line))
        same = min(same, bisect_right(offsets, plain))
        end = offsets[same - 1] if same else 0
        return same if line[:end] == self.line[:end] else 0


class Paragraph(Text):
    """A line of the document that is cut into rows once, and not looked through for control characters: it is clean."""

    __slots__ = ("_last",)

    def __init__(self, line: str, last: Cut) -> None:
        """Make a line; `last` is shared by all that are drawn."""
        super().__init__("", end="", no_wrap=True)
        self._set(line)
        self._last = last

    def _set(self, line: str) -> None:
        self._text[:] = [line]
        self._length = len(line)

    def pad_right(self, count: int, character: str = " ") -> None:
        """Make it longer."""
        self._set(f"{self.plain}{character * count}")

    def divide(self, offsets: Iterable[int]) -> list[Text]:
        """Cut at `offsets`; the first rows are mostly as they were."""
        line, spans, offsets, last = self.plain, tuple(self.spans), tuple(offsets), self._last
        if (last.line, last.spans, last.offsets) != (line, spans, offsets):
            same = last.alike(line, spans, offsets)
            bounds = list(pairwise((0, *offsets, len(line))))
            last.rows = last.rows[:same] + [self._row(start, end, spans) for start, end in bounds[same:]]
            last.line, last.spans, last.offsets = line, spans, offsets
        return last.rows

    def _row(self, start: int, end: int, spans: Iterable[Span]) -> Text:
        row = Paragraph(self.plain[start:end], self._last)
        row.spans = [
            Span(max(span.start, start) - start, min(span.end, end) - start, span.style)
            for span in spans
            if span.start < end and start < span.end
        ]
        return row


class Wrapped(WrappedDocument):
    """A document of which only the rows around a change are wrapped again, and a place is looked up by cutting it."""

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap what was changed again; where the line has as many rows as before, what comes after it stays."""
        (row, column), (old_row, _) = sorted((start, old_end))
        if row == old_row == new_end[0] < len(self._wrap_offsets) and self._tab_width_cache[row] == [0]:
            line, offsets = self.document[row], self._wrap_offsets[row]
            above = offsets[: max(bisect_right(offsets, column) - _ABOVE, 0)]
            if above and "\t" not in line:
                begin = above[-1]
                again = compute_wrap_offsets(line[begin:], self._width, self._tab_width)
                if len(above) + len(again) == len(offsets):
                    self._wrap_offsets[row] = above + [begin + offset for offset in again]
                    return
        super().wrap_range(start, old_end, new_end)

    def get_sections(self, line_index: int) -> list[str]:
        """Give the rows of a line."""
        line = self.document[line_index]
        return [line[start:end] for start, end in pairwise((0, *self.get_offsets(line_index), len(line)))]

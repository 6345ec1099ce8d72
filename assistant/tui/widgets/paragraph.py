"""A long paragraph, quick to draw and to wrap: each key in 20 kB of one line is seen within a frame.

Textual and Rich go through the whole line several times for every row they draw, and for every place they look up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from rich.text import Span, Text
from textual.document._wrapped_document import WrappedDocument


@dataclass
class Cut:
    """How a line was cut into rows last."""

    whole: object = None
    """What was cut, and where."""
    rows: list[Text] = field(default_factory=list)


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
        """Cut at `offsets`."""
        line, spans, offsets = self.plain, tuple(self.spans), tuple(offsets)
        if self._last.whole != (line, spans, offsets):
            bounds = pairwise((0, *offsets, len(line)))
            self._last.rows = [self._row(start, end, spans) for start, end in bounds]
            self._last.whole = (line, spans, offsets)
        return self._last.rows

    def _row(self, start: int, end: int, spans: Iterable[Span]) -> Text:
        row = Paragraph(self.plain[start:end], self._last)
        row.spans = [
            Span(max(span.start, start) - start, min(span.end, end) - start, span.style)
            for span in spans
            if span.start < end and start < span.end
        ]
        return row


class Wrapped(WrappedDocument):
    """A document in which a place is looked up by cutting a string, and not a styled text."""

    def get_sections(self, line_index: int) -> list[str]:
        """Give the rows of a line."""
        line = self.document[line_index]
        return [line[start:end] for start, end in pairwise((0, *self.get_offsets(line_index), len(line)))]

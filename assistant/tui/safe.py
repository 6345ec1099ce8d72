"""What keeps text from steering the terminal: whatever came past `clean()` is caught here, at the last door."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\ud800-\udfff]"
)


class NoControl(LineFilter):
    """Replaces each character that steers a terminal by U+FFFD, in every line that is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Give the line's segments, safe to print; Textual's own control segments stay."""
        return [
            Segment(_STEERING.sub("\N{REPLACEMENT CHARACTER}", text), style, control)
            if not control and _STEERING.search(text)
            else segment
            for segment in segments
            for text, style, control in [segment]
        ]

"""What keeps text from steering the terminal: whatever came past `clean()` is caught here, at the last door."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual import events
from textual.color import Color
from textual.filter import LineFilter

_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\ud800-\udfff]"
)

BREATH = 0.25
"""Seconds without a pause in them: what a terminal sends within this of a paste was in the clipboard."""


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


class Pasting:
    """Tells keys that somebody pressed from keys that were hidden in a paste.

    A clipboard that holds the end mark of a bracketed paste makes the terminal's remaining bytes look like keys.
    """

    def __init__(self) -> None:
        self._last = float("-inf")

    def pasted(self, event: events.Paste) -> None:
        """Take note of a paste."""
        self._last = event.time

    def hid(self, event: events.Key) -> bool:
        """Say whether `event` is a command that came with the paste; letters and new lines are only text."""
        if event.time - self._last > BREATH:
            return False
        self._last = event.time
        return not (event.is_printable or event.key == "enter")

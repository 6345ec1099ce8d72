"""What a terminal sends, divided into keys and pastes by its marks and by the time between. It reads no clock itself.

A clipboard may hold anything, the marks of a paste too, and tmux passes them on. So a paste ends at the last end mark
before a pause: the terminal's own comes last. (Textual alone ends it at the first ESC, and makes keys of the rest.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Literal

START, END = "\x1b[200~", "\x1b[201~"
QUIET = 0.03
"""Seconds without a byte, after which a paste whose end mark has come is handed on."""
BREATH = 0.25
"""Seconds after an end mark in which another may come; keys pressed in them wait as long."""
BULK = 64
"""So many characters at once nobody types: they come from a clipboard."""
SLOW = 1.0
"""Seconds after such characters in which an end mark may come."""
PATIENCE = 3.0
"""Seconds without a byte, after which a paste that has no end mark is taken to be over."""
_UNMARKED = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]{256,}")
"""Text that came at once from a terminal that marks no pastes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of what the terminal sent."""

    what: Literal["keys", "paste"]
    text: str


class _Where(Enum):
    OUTSIDE = "outside"
    INSIDE = "inside"
    """A start mark came, and no end mark yet."""
    AFTER = "after"
    """An end mark came, which may not be the last."""


class Pastes:
    """Takes what came with `feed`, and that nothing came with `rest`; gives each piece once, in its order."""

    def __init__(self) -> None:
        self._where = _Where.OUTSIDE
        self._begun = ""
        """The beginning of what may become a start mark."""
        self._paste: list[str] = []
        """What is certain to be in the paste."""
        self._held = ""
        """What came after the last end mark; inside, the last characters, among which an end mark may have begun."""
        self._last = 0.0
        """When something came last."""
        self._until = 0.0
        """Until when another end mark may come."""

    @property
    def waits(self) -> bool:
        """Whether something waits for time to pass."""
        return bool(self._begun) or self._where is not _Where.OUTSIDE

    def feed(self, data: str, now: float) -> Iterator[Piece]:
        """Take what came at `now`, in seconds of any clock that only goes forward.

        That it comes late says nothing: on a busy machine it may have waited long to be read. Only `rest` is quiet.
        """
        yield from self._ended(now)
        self._last = now
        if self._where is _Where.OUTSIDE:
            before, mark, data = (self._begun + data).partition(START)
            self._begun = "" if mark else _beginning(before)
            yield from _keys(before.removesuffix(self._begun))
            if not mark:
                return
            self._where = _Where.INSIDE
        elif self._where is _Where.AFTER and len(data) > BULK:
            self._until = now + SLOW
        inside, mark, after = (self._held + data).rpartition(END)
        if mark:
            self._paste += [END, inside] if self._where is _Where.AFTER else [inside]
            self._held = after
            self._where, self._until = _Where.AFTER, now + BREATH
        elif self._where is _Where.INSIDE:
            cut = max(0, len(after) - len(END) + 1)
            self._paste.append(after[:cut])
            self._held = after[cut:]
        else:
            self._held = after

    def rest(self, now: float) -> Iterator[Piece]:
        """Take that nothing came, and nothing waits to be read, at `now`."""
        quiet = now - self._last
        if self._begun and quiet > QUIET:
            yield from _keys(self._begun)
            self._begun = ""
        if self._where is _Where.INSIDE and quiet > PATIENCE:
            self._paste.append(self._held)
            self._held = ""
            self._where, self._until = _Where.AFTER, now
        if self._where is _Where.AFTER and self._paste and quiet > QUIET:
            yield Piece("paste", "".join(self._paste))
            self._paste = []
        yield from self._ended(now)

    def _ended(self, now: float) -> Iterator[Piece]:
        """Give what came after a paste that was handed on a breath ago: keys."""
        if self._where is _Where.AFTER and now >= self._until and not self._paste:
            yield from _keys(self._held)
            self._held = ""
            self._where = _Where.OUTSIDE


def _beginning(text: str) -> str:
    """Give the end of `text` that may be the beginning of a start mark."""
    return next((START[:size] for size in range(len(START) - 1, 0, -1) if text.endswith(START[:size])), "")


def _keys(text: str) -> Iterator[Piece]:
    if text:
        yield Piece("paste" if _UNMARKED.fullmatch(text) else "keys", text)

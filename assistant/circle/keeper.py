"""What a circle needs kept in the member's own room, so that nothing has to be opened twice. The vault does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol


class Belonging(Protocol):
    """That a member belongs to a circle."""

    circle: str
    """The circle's id."""
    times: int
    """The how-manieth time the member joins it; each time has its own keys."""
    founder: str
    """The founder's key."""
    name: str
    """What the member is called there."""
    group: str
    """The group's name, as it was last seen."""
    folder: str
    """Where the circle's files are."""
    hosts: tuple[str, ...]
    """What the joining is sealed to, until the member can read who is there."""


class Kept(NamedTuple):
    """An item as it is kept."""

    id: str
    author: str
    sequence: int
    lamport: int
    kind: str
    content: bytes | None
    """What was signed; None where it has been erased, and empty where another window may still hold its bytes."""
    signature: str
    reached: str
    """The keys it is known to be sealed to, divided by spaces."""


class Keeper(Protocol):
    """The kept items and files of one circle. `writing` is one writer at a time, and all or nothing."""

    def writing(self) -> AbstractContextManager[None]: ...

    def enter(self, belonging: Belonging) -> None: ...

    def rename(self, group: str) -> None: ...

    def items(self) -> Iterable[Sequence]: ...

    def files(self) -> Mapping[str, tuple[str | None, str | None]]:
        """Give each file that has been read, by its hash: the item in it, or the reason against it."""

    def keep_item(self, kept: Kept) -> None: ...

    def keep_file(self, name: str, item: str | None, reason: str | None) -> None: ...

    def reach(self, item: str, reached: str) -> None: ...

    def erase(self, items: Iterable[str]) -> None:
        """Erase the words of items from every byte, and those of earlier ones that could not be."""

    def forget(self) -> None:
        """Erase everything of this circle, but that the member was there."""

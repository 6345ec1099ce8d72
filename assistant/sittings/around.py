"""What a session is given beside its guide: where it keeps, where its questions get their words, what it stands on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from assistant.guides.events import Turn
from assistant.guides.facts import Facts
from assistant.guides.state import State


class Keeper(Protocol):
    """Where turns and drafts are kept: the vault, or nowhere in a rehearsal."""

    def begin(self, guide: str, at: datetime, plan: tuple[str, ...], facts: Mapping[str, object]) -> int: ...

    def keep(self, sitting: int, turn: Turn) -> int: ...

    def keep_draft(self, sitting: int, step: str, text: str, own: str = "") -> None: ...

    def forget(self, sitting: int, turns: int) -> None: ...


class Wording(Protocol):
    """Where questions get their words."""

    def question(self, guide_id: str, step_id: str, facts: Facts) -> str: ...

    def why(self, guide_id: str, step_id: str) -> str: ...

    def default(self, guide_id: str, step_id: str, facts: Facts) -> str: ...

    def floor(self, guide_id: str, step_id: str, facts: Facts) -> str: ...


Stands = Callable[[str, str | None], tuple[str | None, str | None]]
"""Gives what the charter says at a step, of the member of that name if one is asked, and what its first one said."""


@dataclass(frozen=True)
class Around:
    """What a sitting around one screen gets from the house."""

    stands: Stands = lambda step, member: (None, None)
    known: Callable[[State], Mapping[str, object]] = lambda state: {}
    """Gives facts that follow from where the sitting is, such as who answers a teller."""
    beside: Callable[[State], tuple[str, ...]] = lambda state: ()
    """Gives what stands beside the question just now."""
    finished: Callable[[Sequence[Turn]], str] | None = None
    """Takes a sitting that came to its end, and gives what is said of what became of it."""
    became: Callable[[str, Sequence[Turn]], str] = lambda step, turns: ""
    """Says what became of the answer at a step, where that is more than that it is kept."""
    frame: Callable[[State, Sequence[str], Sequence[Turn]], tuple[str, ...]] = lambda state, steps, turns: ()
    """Gives the line of the frame that each of these steps became."""
    look: Callable[[], None] = lambda: None
    """Looks whether something that stands beside a question was taken back, or came."""
    ticks: Callable[[], float] = lambda: 0.0
    """Gives seconds that only grow, for the soft clock."""


@dataclass(frozen=True)
class Kept:
    """A sitting that was begun before, as the vault has it."""

    sitting: int
    turns: Sequence[Turn]
    draft: str = ""
    """The half-written answer."""
    own: str = ""
    """The half-written "not quite"."""


class Nowhere:
    """A keeper that keeps nothing, for rehearsals."""

    def begin(self, guide: str, at: datetime, plan: tuple[str, ...], facts: Mapping[str, object]) -> int:
        """Give the number of a sitting that is not kept."""
        return 0

    def keep(self, sitting: int, turn: Turn) -> int:
        """Let a turn go."""
        return 0

    def keep_draft(self, sitting: int, step: str, text: str, own: str = "") -> None:
        """Let a draft go."""

    def forget(self, sitting: int, turns: int) -> None:
        """Forget what was never kept."""


class Marked:
    """A keeper whose sittings are kept with something beside their facts: the day, the passage, the circle it is of."""

    def __init__(self, keeper: Keeper, **beside: str | None) -> None:
        """Keep with `keeper`; what is None is left out."""
        self._keeper = keeper
        self._beside = {name: value for name, value in beside.items() if value is not None}

    def begin(self, guide: str, at: datetime, plan: tuple[str, ...], facts: Mapping[str, object]) -> int:
        """Begin a sitting."""
        return self._keeper.begin(guide, at, plan, {**facts, **self._beside})

    def __getattr__(self, name: str) -> Any:
        return getattr(self._keeper, name)

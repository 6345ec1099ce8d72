"""How long each part of a meeting takes, for any length and any number of people; pure, and a table.

The parts and their minutes are PRACTICE's for a monthly meeting of five. A part has four lengths: the least it can do
with, the one of a short meeting, of a full one, and the most that does it good. Between two columns every part grows
by the same share of its own way, so a meeting that is short of time takes it from the telling alone, and what is more
than the most is left over. Below the least it does not fit: then it is said what would, and no part is cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

Per = Literal["meeting", "person", "turn"]
"""Whether a part comes once, takes so long for each who is there, or comes in the turn of each who tells."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a meeting, and how long it takes in minutes."""

    part: str
    """Its name: a step of the guide."""
    per: Per
    least: float
    short: float
    full: float
    most: float


MONTHLY = (
    Share("silence", "meeting", 2, 2, 2, 2),
    Share("round", "person", 0.8, 0.8, 1, 1),
    Share("frame", "meeting", 1, 1, 1, 1),
    Share("telling", "turn", 2, 3.5, 5, 8),
    Share("stayed", "turn", 1.5, 1.5, 1.5, 1.5),
    Share("steps", "turn", 1.5, 1.5, 3, 3),
    Share("last_word", "turn", 1, 1, 1, 1),
    Share("quiet", "turn", 0.5, 0.5, 0.5, 0.5),
    Share("words", "meeting", 4, 4, 4, 4),
    Share("kept", "meeting", 2, 2, 3, 3),
    Share("closing", "meeting", 5, 5, 5, 5),
    Share("slack", "meeting", 2, 2, 0, 0),
)
"""The monthly meeting, in its order: five people have a short one in 60 minutes and a full one in 75."""
PAIR = (
    Share("arriving", "meeting", 2, 2, 2, 2),
    Share("telling", "turn", 4, 8, 12, 15),
    Share("heard", "turn", 3, 4, 6, 8),
    Share("last_word", "turn", 1, 1, 1, 2),
    Share("closing", "meeting", 2, 2, 3, 5),
    Share("slack", "meeting", 0, 0, 0, 0),
)
"""The pair meeting: a short one is 30 minutes."""
LEFT = "slack"
"""The part that takes what is left over; every meeting has it, last."""
STEP = 5
"""A meeting that would fit is named in so many whole minutes."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of one meeting."""

    part: str
    """Its name, as in `Share`."""
    turn: int | None
    """Whose turn it belongs to, counted from 1; None for a part of the meeting itself."""
    begins: int
    """When, in seconds from the meeting's beginning."""
    seconds: int
    """How long it takes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting that fits."""

    seconds: int
    people: int
    """How many are there."""
    tellers: int
    """How many tell; the others witness, and tell another time."""
    parts: tuple[Part, ...]
    """What comes after what; their seconds are the meeting's, to the last one."""

    def of(self, name: str, turn: int | None = None) -> Part | None:
        """Give a part by its name, and in a turn, by that."""
        return next((part for part in self.parts if (part.part, part.turn) == (name, turn)), None)


@dataclass(frozen=True, slots=True)
class TooShort:
    """A meeting that does not fit, and what would."""

    minutes: int
    """How long it must be for all to tell."""
    tellers: int
    """How many could tell in the time there is; 0 for none."""


def plan(minutes: float, people: int, tellers: int | None = None, shares: Sequence[Share] = MONTHLY) -> Plan | TooShort:
    """Give the plan of a meeting of so many minutes, in which `tellers` of the `people` tell, by default all.

    Raises:
        ValueError: when fewer than two are there, or none or more than are there would tell.
    """
    tellers = people if tellers is None else tellers
    if people < 2 or not 1 <= tellers <= people:
        raise ValueError("nobody to tell, or nobody to hear")
    seconds = int(minutes * 60)
    columns = [{share.part: _seconds(share, column) for share in shares} for column in COLUMNS]
    totals = [_total(column, shares, people, tellers) for column in columns]
    if seconds < totals[0]:
        return TooShort(_round_up(totals[0]), _fit(seconds, columns[0], shares, people))
    lengths = _lengths(seconds, columns, totals)
    lengths[LEFT] = 0
    lengths[LEFT] = seconds - _total(lengths, shares, people, tellers)
    return Plan(seconds, people, tellers, _in_order(lengths, shares, people, tellers))


def least(people: int, tellers: int, shares: Sequence[Share] = MONTHLY) -> Plan:
    """Give the shortest plan there is."""
    seconds = _total({share.part: _seconds(share, COLUMNS[0]) for share in shares}, shares, people, tellers)
    found = plan((seconds + 0.5) / 60, people, tellers, shares)
    assert isinstance(found, Plan)
    return found


def changed(shares: Sequence[Share], minutes: Mapping[str, float]) -> tuple[Share, ...]:
    """Give a table in which parts last as a group's guide.toml says; each of their four lengths changes alike.

    `minutes` names them as in the column `short`. A part that has no length there has none to change.
    """

    def as_said(share: Share) -> Share:
        times = minutes[share.part] / share.short if share.part in minutes and share.short else 1
        return replace(share, **{column: getattr(share, column) * times for column in COLUMNS})

    return tuple(map(as_said, shares))


COLUMNS = ("least", "short", "full", "most")


def _seconds(share: Share, column: str) -> int:
    return round(getattr(share, column) * 60)


def _total(lengths: dict[str, int], shares: Sequence[Share], people: int, tellers: int) -> int:
    times = {"meeting": 1, "person": people, "turn": tellers}
    return sum(lengths[share.part] * times[share.per] for share in shares)


def _lengths(seconds: int, columns: Sequence[dict[str, int]], totals: Sequence[int]) -> dict[str, int]:
    """Give each part's length in whole seconds: so far from one column to the next as the meeting is."""
    for (lower, low), (upper, high) in pairwise(zip(columns, totals, strict=True)):
        if seconds < high:
            return {part: lower[part] + (upper[part] - lower[part]) * (seconds - low) // (high - low) for part in lower}
    return dict(columns[-1])


def _fit(seconds: int, least: dict[str, int], shares: Sequence[Share], people: int) -> int:
    """Give how many could tell."""
    return next((few for few in range(people - 1, 0, -1) if _total(least, shares, people, few) <= seconds), 0)


def _round_up(seconds: int) -> int:
    return -(-seconds // (STEP * 60)) * STEP


def _in_order(lengths: dict[str, int], shares: Sequence[Share], people: int, tellers: int) -> tuple[Part, ...]:
    """Put the parts one after another; those of a turn come together, for each who tells."""
    first = next(at for at, share in enumerate(shares) if share.per == "turn")
    of_turn = [share for share in shares if share.per == "turn"]
    before, after = shares[:first], [share for share in shares[first:] if share.per != "turn"]
    order: list[tuple[Share, int | None]] = [(share, None) for share in before]
    order += [(share, turn) for turn in range(1, tellers + 1) for share in of_turn]
    order += [(share, None) for share in after]
    parts, begins = [], 0
    for share, turn in order:
        takes = lengths[share.part] * (people if share.per == "person" else 1)
        parts.append(Part(share.part, turn, begins, takes))
        begins += takes
    return tuple(parts)

"""The day's one line (daglig træning): which day it is for, and how the lines stand. Nothing is counted here.

Each line is a sitting of its own, with the day in its facts, and nothing that was kept makes way for a later line. A
day without is a question left: a `skipped` turn. What may stand between the days is never looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Protocol

from assistant.guides.turn import Turn
from assistant.text import clean, is_blank
from assistant.trouble import Trouble

GUIDE = "practice"
STEP = "line"
REACH = 366
"""How many days before the member's year a line may be for; further back the year was surely mistyped."""


class Vault(Protocol):
    """What a line is kept in."""

    def lines(self, guide: str) -> Iterable[tuple[date, Turn]]:
        """Give what was written or left in every sitting of a guide, each with the day it is for."""

    def keep_sitting(
        self, guide: str, at: datetime, plan: tuple[str, ...], facts: Mapping[str, Any], turns: Iterable[Turn]
    ) -> int:
        """Keep a whole sitting, or nothing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept."""

    sitting: int
    sealed: bool
    """Whether the crisis check spoke: then the help lines are shown, and a choice is waited for."""
    beside: bool = False
    """Whether a day was noted as one without, and something is written for it all the same."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of which something was written down."""

    day: date
    lines: tuple[str, ...]
    """What was written, in the order it was kept; "" where the day was noted as one without."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month with something in it."""

    first: date
    """Its first day."""
    days: tuple[Day, ...]
    """Its days, the earliest first."""


def day_of(said: str | None, today: date) -> date:
    """Give the day that was said, in a person's words: `i går`, `mandag`, `20. november`; none is today.

    Raises:
        Trouble: when it cannot be read, or has not come yet.
    """
    if said is None:
        return today
    from assistant.guides.reading.times import day as read  # 4 ms, and a line is most often for today

    day = read(said, today, gone=True)
    if day is None:
        raise Trouble("practice_date")
    if day > today:
        raise Trouble("practice_future")
    return day


def keep(
    vault: Vault, crisis: Callable[[str], str | None], text: str | None, day: date, began: date, at: datetime
) -> Kept:
    """Keep a line for a day, or with None a day without; `began` is when the member's year did.

    Where `crisis` speaks, the line is kept privately, and the sitting stays open for what the member chooses.

    Raises:
        Trouble: when there is nothing to keep, or the day lies too far back.
    """
    if (min(began, at.date()) - day).days > REACH:  # the clock may have been ahead when the year began
        raise Trouble("practice_long_ago")
    turns = [Turn("skipped", STEP, at=at)]
    if text is not None:
        text = clean(text).strip()
        if is_blank(text):
            raise Trouble("practice_blank")
        turns = [Turn("sealed" if crisis(text) else "answered", STEP, text, at)]
    sealed = turns[0].kind == "sealed"
    if not sealed:
        turns.append(Turn("finished", STEP, at=at))
    sitting = vault.keep_sitting(GUIDE, at, (STEP,), {"day": day.isoformat()}, turns)
    beside = text is None and any(turn.text for of, turn in vault.lines(GUIDE) if of == day)
    return Kept(sitting, sealed, beside)


def is_without(turns: Iterable[Turn]) -> bool:
    """Say whether a day's question was left: then it is written down as a day without."""
    kinds = {turn.kind for turn in turns}
    return "skipped" in kinds and kinds <= {"skipped", "finished"}


def months(lines: Iterable[tuple[date, Turn]]) -> tuple[Month, ...]:
    """Put lines together by month, the latest month first; `lines` come in the order of their days."""
    days = [Day(day, _once(turn.text for _, turn in group)) for day, group in groupby(lines, lambda line: line[0])]
    by_month = groupby(days, lambda each: each.day.replace(day=1))
    return tuple(reversed([Month(first, tuple(group)) for first, group in by_month]))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Say only once in a row that a day was one without."""
    lines: list[str] = []
    for text in texts:
        if text or not lines or lines[-1]:
            lines.append(text)
    return tuple(lines)

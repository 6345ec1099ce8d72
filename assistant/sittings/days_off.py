"""What a group makes of its dates that fall on days off: each stands, is left out or is moved, as people say it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from assistant.circle.calendar import begins
from assistant.circle.calendar_page import when
from assistant.guides.reading import values
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.messages import Messages
    from assistant.sittings.frame import Frame

HALF_A_YEAR = timedelta(days=182)
"""How far back from the day it is moved from a day may be, that is said without its year."""
_WRITTEN = re.compile(r"\s*\d{4}-\d{1,2}-\d{1,2}T?")
"""A day as a calendar writes it, with or without the time behind it."""
_HAS_CLOCK = re.compile(r"\bkl\b|\bklokken\b|\bat\b|:|\d ?[ap]m\b", re.IGNORECASE)
"""What tells a time of day from a date."""


def day_meant(frame: Frame, said: str, today: date) -> date:
    """Give the day that is meant, on which something falls if that can be; without its year it may have been.

    Raises:
        Trouble: when it is none.
    """
    days = [_day(said, today), _day(said, frame.since)]
    return next((day for day in days if begins(frame.dates, frame.since, day)), days[0])


def decide(frame: Frame, day: date, to: str | None, today: date, messages: Messages) -> str:
    """Let what falls on a day be moved to another as it is said, to the same one, or with None to nothing; and say so.

    Raises:
        Trouble: when nothing falls on that day, or the other is none.
    """
    at = begins(frame.dates, frame.since, day) or time.min
    moment = None if to is None else datetime.combine(_nearest(to, day), _clock(to) or at)
    frame.decide(day, moment)
    return messages(
        "calendar.decided",
        when=when(datetime.combine(day, at), today, messages),
        what=_decided(datetime.combine(day, at), moment, today, messages),
    )


def _decided(begun: datetime, to: datetime | None, today: date, messages: Messages) -> str:
    if to is None:
        return messages("calendar.decided_left_out")
    if to == begun:
        return messages("calendar.decided_stands")
    return messages("calendar.decided_moved", when=when(to, today, messages))


def _day(said: str, today: date) -> date:
    """Read a day as people say it, or as `2026-07-08`."""
    found = values.day(said.partition("T")[0] if _WRITTEN.match(said) else said, today)
    if found is None:
        raise Trouble("calendar_day")
    return found


def _nearest(said: str, day: date) -> date:
    """Read a day that something of another day is moved to: of a year's two, the one that is nearer."""
    return min((_day(said, day), _day(said, day - HALF_A_YEAR)), key=lambda found: abs(found - day))


def _clock(said: str) -> time | None:
    """Read the time of day that stands behind a day, if one does."""
    written = _WRITTEN.match(said)
    return values.clock(said[written.end() :]) if written else values.clock(said) if _HAS_CLOCK.search(said) else None

"""Our frame (vores ramme): what a group agreed at its kickoff, in the group's own words.

A charter is a value. A later one stands beside the first and replaces nothing.
"""

from __future__ import annotations

from datetime import date, datetime, time

from pydantic import BaseModel, ConfigDict, Field

_STRICT = ConfigDict(extra="forbid", frozen=True)


class Place(BaseModel):
    """One member's place in the charter."""

    model_config = _STRICT

    name: str
    """What the member is called in the group."""
    learning_point: str = ""
    """The learning point for the whole period, in the member's words; empty while there is none yet."""
    daily_skill: str = ""
    """The skill trained each day, in the member's words."""
    why_here: str = ""
    """What made the member say yes to this, in the member's words."""
    away: bool = False
    """Whether the member was away at the kickoff and joins later."""


class Dates(BaseModel):
    """When the group meets, so that a calendar can hold it. All times are local to `zone`."""

    model_config = _STRICT

    zone: str
    """An IANA time zone, such as `Europe/Copenhagen`."""
    first_meeting: datetime
    """The first monthly meeting, without an offset; those that follow keep its weekday and its place in the month."""
    meetings_per_month: int = 1
    """How many times the group meets in a month; four and more is every week, and 0 is only the first, where how often
    was not agreed in words that can be read."""
    meeting_months: int = 1
    """How many months there are from one meeting to the next, where they are more."""
    meeting_weeks: int = 0
    """How many weeks there are from one meeting to the next, where that was agreed in weeks."""
    meets_last: bool = False
    """Whether the meetings are on the month's last of the first one's weekday, where that was said: the first may also
    be a fourth."""
    meeting_minutes: int = 60
    """How long a monthly meeting lasts."""
    months: int = 12
    """How many months the group follows each other's learning."""
    journal_weekday: int | None = 4
    """The weekly journal's day, 0 for Monday; None where none was agreed."""
    journal_time: time = time(15, 0)
    """When the weekly journal begins."""
    pairs_per_month: int = 2
    """How many times two meet between monthly meetings; 0 where that was not agreed in words that can be read."""
    pair_months: int = 1
    """How many months there are from one pair meeting to the next, where they are more."""
    pair_weeks: int = 0
    """How many weeks there are from one pair meeting to the next, where that was agreed in weeks."""
    pair_minutes: int = 30
    """How long a pair meeting lasts."""
    moved: dict[date, datetime | None] = Field(default_factory=dict)
    """Meetings that the group moved when they fell on a holiday, by their first date; None for one left out."""


class Charter(BaseModel):
    """What was agreed."""

    model_config = _STRICT

    group: str
    """The group's name."""
    lang: str
    """The language it was agreed in."""
    agreed: date
    """The day it was agreed."""
    places: tuple[Place, ...]
    """The members, in the order they sat."""
    words: dict[str, str] = Field(default_factory=dict)
    """What the group agreed, by the step of the guide that asked: `monthly`, `pairs`, `why_here`, `confidential` …"""
    reminder: str = ""
    """The group's own word for "now we are coaching"."""
    shared_skill: str = ""
    """The skill they train together, if there is one."""
    model_allowed: bool = False
    """Whether members may use a language model; a no is a no for all, and so is no answer."""
    champion: str = ""
    """The leader who backs the frame, if the group named one."""
    helplines_checked: date | None = None
    """When the facilitator checked the help lines."""
    helplines_own: str = ""
    """The organisation's own help, with its hours."""
    dates: Dates | None = None
    """When the group meets; None while nothing is settled."""

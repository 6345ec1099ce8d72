"""What comes again in a group's year: rules and not copies, and what of it falls where people are seldom at work.

A meeting keeps its weekday and its place in the month; a fifth weekday, which not every month has, is the last one.
Nothing is moved here: what falls on a holiday or in July is shown, and the group's own word for it is `Dates.moved`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from assistant.circle.holidays import KNOWN, holidays
from assistant.guides.reading.times import LAST, place
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.circle.charter import Dates

What = Literal["meeting", "journal", "pair"]
Decision = Literal["open", "moved", "stands", "left_out"]
"""What the group has made of a collision: nothing yet, another time, the same time all the same, or no meeting."""

LUNCH = time(12, 0)
"""When two are suggested to meet (PRACTICE: "over lunch, for instance")."""
JOURNAL_MINUTES = 10
"""How long the weekly journal takes."""
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Series:
    """What comes again."""

    what: What
    rule: str
    """As a calendar writes it, such as `FREQ=MONTHLY;BYDAY=2WE;COUNT=12`."""
    starts: tuple[datetime, ...]
    """When each begins by the rule, in local time, the earliest first; never empty."""
    minutes: int
    moved: Mapping[datetime, datetime | None]
    """What the group made of some of `starts`."""


@dataclass(frozen=True, slots=True)
class Collision:
    """Something that falls on a holiday or in July."""

    what: What
    at: datetime
    """When it begins by its rule, in local time."""
    day: str
    """What the day is, by its name in the catalogue under `calendar`: `day_july`, `day_easter_monday` …"""
    decision: Decision
    to: datetime | None = None
    """Where the group moved it."""


def series(dates: Dates, since: date) -> tuple[Series, ...]:
    """Give what comes again in a group's dates, agreed on the day `since`: meetings, weekly journals, pair meetings."""
    first = dates.first_meeting.replace(tzinfo=None)
    weekday = first.weekday()
    which = LAST if dates.meets_last else place(first.date())
    meeting_rule = _meeting_rule(which, weekday, dates)
    many = _meetings(dates, first)
    if not many:
        return ()
    meetings = tuple(rrulestr(f"{meeting_rule};COUNT={many}", dtstart=first))
    end = meetings[-1] if _has_rhythm(dates) else first + relativedelta(months=dates.months)
    journal_rule = "" if dates.journal_weekday is None else f"FREQ=WEEKLY;BYDAY={_DAYS[dates.journal_weekday]}"
    journals = _between(min(since, first.date()), dates.journal_time, journal_rule, end)
    pair_rule = _pair_rule(which, weekday, dates)
    pairs = _between(first.date() + timedelta(days=7 if dates.pair_weeks else 0), LUNCH, pair_rule, end)
    every = (
        ("meeting", meeting_rule, meetings, dates.meeting_minutes),
        ("journal", journal_rule, journals, JOURNAL_MINUTES),
        ("pair", pair_rule, pairs, dates.pair_minutes),
    )
    taken = {start.date() for start in meetings}
    return tuple(
        Series(what, f"{rule};COUNT={len(starts)}", starts, minutes, _moved(dates, starts, taken, what == "meeting"))
        for what, rule, starts, minutes in every
        if starts
    )


def collisions(dates: Dates, since: date) -> tuple[Collision, ...]:
    """Give what falls on a Danish holiday or in July, the earliest first, with what the group made of it; nothing for
    those who sit elsewhere, whose days off are not known."""
    if dates.zone != KNOWN:
        return ()
    found = [
        Collision(each.what, start, day, *_decision(start, each.moved))
        for each in series(dates, since)
        for start in each.starts
        if (day := holidays(start.year).get(start.date()))
    ]
    return tuple(sorted(found, key=lambda collision: collision.at))


def decided(dates: Dates, since: date, day: date, to: datetime | None) -> Dates:
    """Give the dates when the group has made `to` of what falls on a day; None leaves it out.

    Raises:
        Trouble: when nothing falls on that day.
    """
    if not any(start.date() == day for each in series(dates, since) for start in each.starts):
        raise Trouble("calendar_no_such_day")
    return dates.model_copy(update={"moved": {**dates.moved, day: to}})


def begins(dates: Dates, since: date, day: date) -> time | None:
    """Give when what falls on a day begins by its rule: the meeting, if there is one; None where nothing does."""
    starts = [start for each in series(dates, since) for start in each.starts if start.date() == day]
    return starts[0].time() if starts else None


# Rules


def _between(day: date, at: time, rule: str, end: datetime) -> tuple[datetime, ...]:
    """Give what begins by a rule after a day, and before the `end`; without a rule, nothing."""
    if not rule:
        return ()
    start = datetime.combine(day + timedelta(days=1), at)
    return tuple(start for start in rrulestr(rule, dtstart=start).between(start, end, inc=True) if start < end)


def _meeting_rule(meeting: int, weekday: int, dates: Dates) -> str:
    """Give the rule for the group's meetings, the first of which has that place in its month."""
    if dates.meeting_weeks or dates.meetings_per_month > 3:
        return _weekly(dates.meeting_weeks, weekday)
    others = {1: (), 2: (2,), 3: (1, 2)}[max(dates.meetings_per_month, 1)]
    return _monthly(dates.meeting_months, (meeting, *(_weeks_after(meeting, weeks) for weeks in others)), weekday)


def _meetings(dates: Dates, first: datetime) -> int:
    """Give how many meetings there are; where nothing says how often, only the first."""
    if dates.months > 0 and not _has_rhythm(dates):
        return 1
    if dates.meeting_weeks or dates.meetings_per_month > 3:
        days = ((first + relativedelta(months=max(dates.months, 0))) - first).days
        return max(days // (7 * (dates.meeting_weeks or 1)), min(days, 1))
    return -(-max(dates.months, 0) // dates.meeting_months) * max(dates.meetings_per_month, 1)


def _has_rhythm(dates: Dates) -> bool:
    """Say whether it was agreed how often the group meets."""
    return bool(dates.meeting_weeks or dates.meetings_per_month)


def _pair_rule(meeting: int, weekday: int, dates: Dates) -> str:
    """Give the rule for two who meet so many times a month: on the meeting's weekday, in the weeks between meetings.

    There are three such weeks in every month, where the last counts as the fourth; who meets more often does so each
    week, on the day after, and so do those whose group meets more often, or who count in weeks.
    """
    times = dates.pairs_per_month
    in_weeks = dates.pair_weeks or times > 3
    day = (weekday + 1) % 7 if in_weeks or dates.meeting_weeks or dates.meetings_per_month > 1 else weekday
    if in_weeks:
        return _weekly(dates.pair_weeks, day)
    if times < 1:
        return ""
    chosen = {1: (2,), 2: (1, 3), 3: (1, 2, 3)}[times]
    return _monthly(dates.pair_months, sorted(_weeks_after(meeting, weeks) for weeks in chosen), day)


def _weekly(weeks: int, weekday: int) -> str:
    every = f"INTERVAL={weeks};" if weeks > 1 else ""
    return f"FREQ=WEEKLY;{every}BYDAY={_DAYS[weekday]}"


def _monthly(months: int, weeks: Sequence[int], weekday: int) -> str:
    every = f"INTERVAL={months};" if months > 1 else ""
    return f"FREQ=MONTHLY;{every}BYDAY={','.join(f'{week}{_DAYS[weekday]}' for week in weeks)}"


def _weeks_after(meeting: int, weeks: int) -> int:
    """Give the place in the month of what is so many weeks after a meeting."""
    return ((4 if meeting == LAST else meeting) + weeks - 1) % 4 + 1


def _moved(
    dates: Dates, starts: tuple[datetime, ...], meetings: set[date], are_meetings: bool
) -> dict[datetime, datetime | None]:
    """Give what the group moved of a series; on the day of a meeting it is the meeting that was."""
    return {
        start: to and to.replace(tzinfo=None)
        for start in starts
        if start.date() in dates.moved and (are_meetings or start.date() not in meetings)
        for to in [dates.moved[start.date()]]
    }


def _decision(start: datetime, moved: Mapping[datetime, datetime | None]) -> tuple[Decision, datetime | None]:
    if start not in moved:
        return "open", None
    to = moved[start]
    if to is None:
        return "left_out", None
    return ("stands", None) if to == start else ("moved", to)

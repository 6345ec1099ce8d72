"""What an answer was read as, and that in words, so that no calendar goes by what nobody meant. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, time

from assistant.guides.guide import Step
from assistant.guides.reading import times, values
from assistant.guides.reading.quantities import weeks
from assistant.messages import Messages

HOLIDAYS_OF = "Europe/Copenhagen"
"""The zone of the only country whose holidays are known (see `assistant.circle.holidays`)."""
CALLED = ("Europe/Copenhagen", "Europe/London", "Europe/Dublin")
"""The zones that have a name of their own."""
TO_TWELVE = ("en",)
"""The languages that count the hours to twelve, twice."""
LEAST = 0.05
"""How many times a month is told apart from never."""


@dataclass(frozen=True, slots=True)
class Often:
    """A rhythm: so many times in so many months, one of the two being 1, or every so many weeks."""

    times: int = 1
    months: int = 1
    weeks: int = 0
    """From one to the next, where that was said in weeks; then the others say nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer was read as; None is what was not asked for, or could not be read."""

    often: Often | None = None
    minutes: int | None = None
    months: int | None = None
    day: date | None = None
    clock: time | None = None
    part: str | None = None
    """The part of the day that the clock was read out of, by its name in `times.PARTS`."""
    weekday: int | None = None
    which: int | None = None
    """Which of that weekday in the month; -1 is the last."""
    zone: str | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) is not None for field in fields(self))


def reads(step: Step) -> bool:
    """Say whether a calendar goes by what is answered at a step, so that it is read out of the words."""
    return step.kind in ("number", "length", "day", "clock", "weekday", "zone") or bool(step.often)


def read(step: Step, text: str, today: date, answers: Mapping[str, str] | None = None) -> Reading:
    """Read what a step wants to know out of an answer; `answers` is what was said before, by step."""
    match step.kind:
        case "day":
            known = {**(answers or {}), step.id: text}
            return Reading(day=values.day(text, today), clock=values.begins(known, step.id))
        case "clock":
            return Reading(clock=values.clock(text), part=times.part_of_day(text))
        case "weekday":
            return Reading(weekday=values.weekday(text), clock=values.clock(text), part=times.part_of_day(text))
        case "zone":
            return Reading(zone=values.zone(text))
        case "length":
            return Reading(minutes=values.amount(text, "minutes"))
    often = rhythm(text) if step.often else None
    many = values.amount(text, step.unit)
    which, weekday = times.in_month(text) if step.id == values.MEETING else (None, None)
    return Reading(
        often,
        minutes=many if step.unit == "minutes" else None,
        months=many if step.unit == "months" else None,
        weekday=weekday,
        which=which,
        clock=times.clock_beside(text) if step.id == values.MEETING else None,
    )


def amounts(reading: Reading) -> Reading:
    """Give a reading without the day and the time of the first meeting, which another step settles."""
    return replace(reading, weekday=None, which=None, clock=None, part=None)


def is_unread(step: Step, text: str, today: date) -> bool:
    """Say whether an answer has nothing in it of what its step wants to know."""
    reading = read(step, text, today)
    return not (amounts(reading) if step.id == values.MEETING else reading)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A first day that is another than how often the group meets was said to be."""

    day: date
    weekday: int
    """The weekday that was said."""
    which: int | None
    """Which of that weekday in the month, if that was said."""
    next: date
    """The next day that would be as it was said, not before the first day's month."""


def elsewhere(day: date, rhythm_said: str, today: date) -> Elsewhere | None:
    """Say whether a first day falls elsewhere than on the weekday and the place in the month that were said before."""
    which, weekday = times.in_month(rhythm_said)
    if weekday is None:
        return None
    placed = which is None or which == times.place(day) or (which == times.LAST and times.is_last(day))
    if weekday == day.weekday() and placed:
        return None
    since = max(today, day.replace(day=1)) if which else day
    ahead = (weekday - day.weekday()) % 7
    fits = times.next_nth(which, weekday, since) if which else date.fromordinal(day.toordinal() + ahead)
    return Elsewhere(day, weekday, which, fits)


def rhythm(text: str) -> Often | None:
    """Read how often something is, in whole numbers: four times a month and more is every week, and half a time every
    other month."""
    if counted := weeks(text):
        return Often(weeks=counted)
    times = values.often(text)
    if times is None or times < LEAST:
        return None
    return Often(min(round(times), 4)) if times >= 0.75 else Often(1, round(1 / times))


def said(reading: Reading, messages: Messages, today: date) -> str:
    """Say in a few words what was read; "" for nothing."""
    in_month = reading.which and reading.weekday is not None
    parts = (
        reading.often and not (in_month and reading.often == Often()) and _often(reading.often, messages),
        in_month and the_place(reading.which, reading.weekday, messages),
        reading.day and day(reading.day, messages, today),
        not (in_month or reading.part) and reading.weekday is not None and _weekday(reading.weekday, messages),
        reading.clock and _clock(reading, messages),
        reading.minutes is not None and _counted("minutes", reading.minutes, messages),
        reading.months is not None and _counted("months", reading.months, messages),
        reading.zone and zone(reading.zone, messages),
    )
    return ", ".join(part for part in parts if part)


def unsaid(standing: Reading, messages: Messages, today: date) -> str:
    """Say, of each thing that an answer left out, what the calendar uses."""
    known = {kind: getattr(standing, kind) for kind in ("often", "minutes", "months", "weekday", "clock")}
    alone = {kind: Reading(**{kind: found}) for kind, found in known.items() if found is not None}
    return " ".join(messages(f"understood.no_{kind}", what=said(only, messages, today)) for kind, only in alone.items())


def missing(reading: Reading, standing: Reading) -> Reading:
    """Give what stands, and was not read."""
    rest = {
        field.name: None if getattr(reading, field.name) is not None else getattr(standing, field.name)
        for field in fields(Reading)
    }
    return Reading(**rest)


def day(at: date, messages: Messages, today: date) -> str:
    """Say a day as people do: `torsdag den 3. december`, with its year where that is another than today's."""
    name = "understood.day" if at.year == today.year else "understood.day_far"
    month, weekday = messages(f"month.{at.month}"), _weekday(at.weekday(), messages)
    return messages(name, weekday=weekday, day=at.day, month=month, year=at.year)


def the_place(which: int, weekday: int, messages: Messages) -> str:
    """Say a weekday by its place in the month: `den sidste torsdag i måneden`."""
    nth = messages("understood.which_last" if which == times.LAST else f"understood.which_{which}")
    return messages("understood.in_month", which=nth, weekday=_weekday(weekday, messages))


def told_elsewhere(found: Elsewhere, messages: Messages, today: date) -> str:
    """Say that a first day falls elsewhere than was said, and what the calendar goes by."""
    known = {"day": day(found.day, messages, today), "other": day(found.next, messages, today)}
    if not found.which:
        return messages("understood.elsewhere", said=_weekday(found.weekday, messages), **known)
    here = the_place(times.place(found.day), found.day.weekday(), messages)
    return messages(
        "understood.elsewhere_in_month", said=the_place(found.which, found.weekday, messages), here=here, **known
    )


def clock(at: time, messages: Messages) -> str:
    """Say a time of day as the language does: `kl. 10.30`, `10:30 am`, `3 pm`."""
    half = "am" if at.hour < 12 else "pm"
    name = "clock_noon" if at == time(12) else f"clock_{half}" if at.minute else f"clock_{half}_whole"
    hour = (at.hour - 1) % 12 + 1 if messages.lang in TO_TWELVE else at.hour
    return messages(f"understood.{name}", hour=hour, minute=f"{at.minute:02}")


def _clock(reading: Reading, messages: Messages) -> str:
    """Say a time of day; where only a part of the day was said, which hour the calendar goes by."""
    at = clock(reading.clock, messages)
    if not reading.part:
        return at
    part = messages(f"understood.part_{reading.part}")
    if reading.weekday is not None:
        part = f"{_weekday(reading.weekday, messages)} {part}"
    return messages("understood.in_calendar", part=part, clock=at)


def _weekday(weekday: int, messages: Messages) -> str:
    return messages(f"calendar.weekday_{weekday}")


def zone(name: str, messages: Messages) -> str:
    """Say a time zone as people do: `dansk tid`."""
    city = name.rpartition("/")[2]
    if name in CALLED:
        return messages(f"understood.zone_{city.casefold()}")
    return messages("understood.zone", city=city.replace("_", " "))


def _often(often: Often, messages: Messages) -> str:
    if often.weeks:
        return (
            messages("understood.every_weeks", weeks=often.weeks)
            if often.weeks > 3
            else messages(f"understood.every_weeks_{often.weeks}")
        )
    if often.months > 1:
        return (
            messages("understood.every_month", months=often.months)
            if often.months > 3
            else messages(f"understood.every_{often.months}")
        )
    return messages(f"understood.times_{often.times}")


def _counted(what: str, many: int, messages: Messages) -> str:
    return messages(f"understood.{what}_1") if many == 1 else messages(f"understood.{what}", count=many)

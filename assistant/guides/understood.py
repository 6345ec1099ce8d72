"""What an answer was read as, and that in words, so that no calendar goes by what nobody meant. Pure."""

from dataclasses import dataclass, fields
from datetime import date, time

from assistant.guides import values
from assistant.guides.guide import Step
from assistant.guides.quantities import weeks
from assistant.messages import Messages

HOLIDAYS_OF = "Europe/Copenhagen"
"""The zone of the only country whose holidays are known (see `assistant.circle.holidays`)."""
NEAR = 300
"""Days ahead or back within which a day is said without its year."""
CALLED = ("Europe/Copenhagen", "Europe/London", "Europe/Dublin")
"""The zones that have a name of their own."""
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
    weekday: int | None = None
    zone: str | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) is not None for field in fields(self))


def reads(step: Step) -> bool:
    """Say whether a calendar goes by what is answered at a step, so that it is read out of the words."""
    return step.kind in ("number", "length", "day", "clock", "weekday", "zone") or bool(step.often)


def read(step: Step, text: str, today: date) -> Reading:
    """Read what a step wants to know out of an answer."""
    match step.kind:
        case "day":
            return Reading(day=values.day(text, today))
        case "clock":
            return Reading(clock=values.clock(text))
        case "weekday":
            return Reading(weekday=values.weekday(text), clock=values.clock(text))
        case "zone":
            return Reading(zone=values.zone(text))
        case "length":
            return Reading(minutes=values.amount(text, "minutes"))
    often = rhythm(text) if step.often else None
    many = values.amount(text, step.unit)
    return Reading(
        often,
        minutes=many if step.unit == "minutes" else None,
        months=many if step.unit == "months" else None,
    )


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
    parts = (
        reading.often and _often(reading.often, messages),
        reading.minutes is not None and _counted("minutes", reading.minutes, messages),
        reading.months is not None and _counted("months", reading.months, messages),
        reading.day and day(reading.day, messages, today),
        reading.weekday is not None and messages(f"calendar.weekday_{reading.weekday}"),
        reading.clock and clock(reading.clock, messages),
        reading.zone and zone(reading.zone, messages),
    )
    return ", ".join(part for part in parts if part)


def missing(reading: Reading, standing: Reading) -> Reading:
    """Give what stands, and was not read."""
    rest = {
        field.name: None if getattr(reading, field.name) is not None else getattr(standing, field.name)
        for field in fields(Reading)
    }
    return Reading(**rest)


def day(at: date, messages: Messages, today: date) -> str:
    """Say a day as people do: `torsdag den 3. december`, with its year where that is far."""
    far = abs((at - today).days) > NEAR
    month, weekday = messages(f"month.{at.month}"), messages(f"calendar.weekday_{at.weekday()}")
    return messages(
        "understood.day_far" if far else "understood.day", weekday=weekday, day=at.day, month=month, year=at.year
    )


def clock(at: time, messages: Messages) -> str:
    """Say a time of day: `kl. 10.30`."""
    return messages("understood.clock", hour=at.hour, minute=f"{at.minute:02}")


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

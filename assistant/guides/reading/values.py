"""What people write where a guide wants names, a yes, an amount, a day or a clock: read here, in Danish and English.

Pure: the day that it is comes in. Whatever cannot be read gives None, never an error.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from assistant.guides.guide import Step, Unit
from assistant.guides.reading.quantities import amount, often, words
from assistant.guides.reading.times import clock, clock_beside, day, is_no_date, weekday
from assistant.guides.reading.zones import zone
from assistant.text import is_blank

NAME = 60
"""Characters a name may have: as much as a question can be put to."""
MOST = 24
"""How many people may sit with a guide; the practice says four to six."""
LONGEST = 600
"""The largest amount that is taken, in its unit: ten hours, in minutes."""
MOST_MONTHS = 60
"""How many months are taken at most."""
MEETING = "monthly"
"""The step that asks how often the whole group meets: the weekday and the time of day of its first meeting may be said
there too."""

_YES = frozenset(("1", "ja", "jo", "yes", "y", "yeah", "yep"))
_NO = frozenset(("2", "nej", "nix", "no", "n", "nope"))
_AWAY = frozenset(
    word
    for said in ("væk fraværende fravær senere syg sygemeldt ferie orlov barsel ikke",
                 "away absent later sick ill holiday leave not isn")
    for word in said.split()
)  # fmt: skip
"""Words behind a name, in a bracket, that say that somebody is not here."""
_TOLD = frozenset(
    word
    for said in ("er har kommer bliver kan vil skal ikke vi alle undtagen resten samme",
                 "is are isn has have comes not we everybody everyone except all same rest")
    for word in said.split()
)  # fmt: skip
"""Words that make of three words or more a sentence, and no name."""
_BEGINS_TO_TELL = frozenset(("i", "jeg", "there", "der", "this", "det", "my", "min"))
"""First words of what tells who somebody is, where only the name was asked for."""
_NOT_YET = frozenset((("not", "yet"), ("ikke", "endnu"), ("ik", "endnu"), ("ikk", "endnu")))
_NAME_WORDS = 5
"""How many words a name may have at most: what is longer is asked about."""
_EXCEPT = re.compile(
    r"\b(?:undtagen|bortset fra|(?:men|bare|dog) (?:ikke?|ik) i|ikke i|except|apart from|(?:but )?not in|other than)\b",
    re.IGNORECASE,
)
"""What takes something out of a rhythm."""
_STOP = re.compile(r"\w{3,}[.!?]\s+\w")
"""Where a sentence ends, and another thing begins; a letter or a title before the stop is part of a name."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as a list of people names them."""

    name: str
    away: bool = False
    """Whether the list says that they come later."""


def people(text: str) -> tuple[Named, ...]:
    """Read a list of people: one a line, or several with commas; `(comes later)` marks who does."""
    lines = re.split(r"\n|[,;+&](?![^()\n]*\))|\s(?:og|and)\s", text)
    return tuple(_named(" ".join(line.split())) for line in lines if not is_blank(line))


def _named(line: str) -> Named:
    line = re.sub(r"^(?:[-*•–]|\d{1,2}[.)])\s+", "", line)
    mark = re.search(r"\s*\(([^()]*)\)$", line)
    if mark and mark.start() and not _AWAY.isdisjoint(words(mark[1])):
        return Named(line[: mark.start()], away=True)
    return Named(line)


def yes(text: str) -> bool | None:
    """Read a yes or a no, by its first word; `not yet` is a no."""
    said = words(text)
    first = next(iter(said), "")
    return True if first in _YES else False if first in _NO or tuple(said[:2]) in _NOT_YET else None


def trouble(step: Step, text: str, today: date) -> str | None:
    """Give the sentence, by its name under `talk`, that says why an answer cannot be taken as it is; None if it can."""
    match step.kind:
        case "people":
            return _people_trouble(people(text))
        case "choice":
            return "yes_or_no" if yes(text) is None else None
        case "number" | "length":
            return _amount_trouble(text, "minutes" if step.kind == "length" else step.unit)
        case "day":
            found = day(text, today)
            if found is None:
                return "day_none" if is_no_date(text) else "day_unread"
            named = weekday(text)
            if named not in (None, found.weekday()):
                return "day_disagrees"
            return "day_past" if found < today else None
        case "clock":
            return "clock_unread" if clock(text) is None else None
        case "weekday":
            return "weekday_unread" if weekday(text) is None else None
        case "zone":
            return "zone_unread" if zone(text) is None else None
    return None


def _amount_trouble(text: str, unit: Unit | None) -> str | None:
    many = amount(text, unit)
    if many is None:
        return "number_unread"
    if 1 <= many <= (MOST_MONTHS if unit == "months" else LONGEST):
        return None
    return {"months": "months_out_of_range", "minutes": "minutes_out_of_range"}.get(unit or "", "number_out_of_range")


def begins(answers: Mapping[str, str], day_step: str) -> time | None:
    """Give the time of day that was said with a day, or before it with how often the group meets; None where none was,
    so that it is asked for."""
    said = answers.get(day_step, "")
    return (clock_beside(said, is_day=True) or clock_beside(answers.get(MEETING, ""))) if said else None


def _people_trouble(named: tuple[Named, ...]) -> str | None:
    names = [person.name.casefold() for person in named]
    if len(names) < 2:
        return "people_told" if names and len(names[0]) <= NAME and is_told(names[0]) else "people_one"
    if len(names) > MOST:
        return "people_too_many"
    if any(len(name) > NAME for name in names):
        return "people_long"
    if any(map(is_told, names)):
        return "people_told"
    return "people_alike" if len(set(names)) < len(names) else None


def is_told(name: str) -> bool:
    """Say whether what stands as a name tells something."""
    said = words(name)
    if len(said) > 1 and said[0] in _BEGINS_TO_TELL:
        return True
    return bool(_STOP.search(name)) or len(said) > _NAME_WORDS or (len(said) > 2 and not _TOLD.isdisjoint(said))


def remark(step: Step, text: str) -> str | None:
    """Give the sentence that is said of an answer that was taken, if there is one: of how many people there are."""
    if step.kind != "people":
        return None
    many = len(people(text))
    return "people_few" if many < 4 else "people_many" if many > 6 else None


def excepts(text: str) -> bool:
    """Say whether a rhythm has an exception, which no calendar reads: `undtagen juli`, `but not in December`."""
    return bool(_EXCEPT.search(text))


def below(step: Step, text: str) -> bool:
    """Say whether an answer is one that hears the step's reason first."""
    if step.kind == "choice":
        return {True: "yes", False: "no"}.get(yes(text)) in step.floor_words
    many, times = amount(text, step.unit), often(text) if step.often else None
    low = step.floor is not None and many is not None and many < step.floor
    seldom = step.often is not None and times is not None and times < step.often
    return low or seldom or not set(step.floor_words).isdisjoint(words(text))

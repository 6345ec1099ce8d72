"""What people write where a guide wants names, a yes, an amount, a day or a clock: read here, in Danish and English.

Pure: the day that it is comes in. Whatever cannot be read gives None, never an error.
"""

import re
from dataclasses import dataclass
from datetime import date, time

from assistant.guides.guide import Step, Unit
from assistant.text import is_blank

NAME = 60
"""Characters a name may have: as much as a question can be put to."""
MOST = 24
"""How many people may sit with a guide; the practice says four to six."""
LONGEST = 600
"""The largest amount that is taken, in its unit."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januar january jan", "februar february feb", "marts march mar", "april apr", "maj may", "juni june jun",
         "juli july jul", "august aug", "september sept sep", "oktober october okt oct", "november nov",
         "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
_DAYS = {
    name: number
    for number, names in enumerate(
        ("mandag man monday mon", "tirsdag tirs tuesday tue", "onsdag ons wednesday wed", "torsdag tors thursday thu",
         "fredag fre friday fri", "lørdag lør saturday sat", "søndag søn sunday sun")
    )
    for name in names.split()
}  # fmt: skip
_YES = frozenset(("1", "ja", "jo", "yes", "y", "yeah", "yep"))
_NO = frozenset(("2", "nej", "nix", "no", "n", "nope"))
_AWAY = frozenset(("væk", "fraværende", "senere", "away", "absent", "later"))
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("nul zero", "en et én ét a an one", "to two", "tre three", "fire four", "fem five", "seks six", "syv seven",
         "otte eight", "ni nine", "ti ten", "elleve eleven", "tolv twelve")
    )
    for word in words.split()
} | {"femten": 15, "fifteen": 15, "tyve": 20, "twenty": 20, "tredive": 30, "thirty": 30}  # fmt: skip
_UNITS: dict[Unit, dict[str, int]] = {
    "minutes": {
        **dict.fromkeys(("min", "mins", "minut", "minutter", "minute", "minutes"), 1),
        **dict.fromkeys(("t", "time", "timer", "hour", "hours", "hr", "hrs", "h"), 60),
    },
    "months": {
        **dict.fromkeys(("måned", "måneder", "md", "mdr", "month", "months"), 1),
        **dict.fromkeys(("kvartal", "kvartaler", "quarter", "quarters"), 3),
        **dict.fromkeys(("år", "year", "years"), 12),
    },
    "times": dict.fromkeys(("gang", "gange", "times", "a month", "per month", "om måneden"), 1),
}
"""How many of a unit each word is."""
_HALVES = {"en halv": 0.5, "et halvt": 0.5, "half an": 0.5, "half a": 0.5, "halvanden": 1.5, "halvandet": 1.5}
_FIXED: dict[Unit, dict[str, int]] = {
    "minutes": {"et kvarter": 15, "a quarter of an hour": 15, "an hour and a half": 90, "tre kvarter": 45},
    "months": {"a year and a half": 18},
    "times": {"twice": 2, "once": 1},
}
_TIME = r"\b(?P<hour{n}>[01]?\d|2[0-3])[:.](?P<minute{n}>[0-5]\d)\b"
_CLOCK = re.compile(_TIME.replace("{n}", ""))
_FROM_TO = re.compile(_TIME.replace("{n}", "1") + r"\s*(?:-|–|til|to|until)\s*" + _TIME.replace("{n}", "2"))
_READ = 2000
"""Characters of an answer that are looked at: an amount or a day stands in its beginning."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as a list of people names them."""

    name: str
    away: bool = False
    """Whether the list says that they come later."""


def people(text: str) -> tuple[Named, ...]:
    """Read a list of people: one a line, or all on one with commas; `(comes later)` marks who does."""
    lines = [line for line in text.split("\n") if not is_blank(line)]
    if len(lines) == 1:
        lines = re.split(r"[,;]|\s(?:og|and|&)\s", lines[0])
    return tuple(_named(" ".join(line.split())) for line in lines if not is_blank(line))


def _named(line: str) -> Named:
    line = re.sub(r"^(?:[-*•–]|\d{1,2}[.)])\s+", "", line)
    mark = re.search(r"\s*\(([^()]*)\)$", line)
    if mark and mark.start() and not _AWAY.isdisjoint(_words(mark[1])):
        return Named(line[: mark.start()], away=True)
    return Named(line)


def yes(text: str) -> bool | None:
    """Read a yes or a no, by its first word."""
    first = next(iter(_words(text)), "")
    return True if first in _YES else False if first in _NO else None


def amount(text: str, unit: Unit | None) -> int | None:
    """Read how many of `unit` a text names first; a number that stands alone counts in it."""
    text = text[:_READ]
    if unit:
        plain = " ".join(_words(text))
        if unit == "minutes" and (spans := _FROM_TO.search(text)):
            begins, ends = (int(spans[f"hour{n}"]) * 60 + int(spans[f"minute{n}"]) for n in (1, 2))
            if ends > begins:
                return ends - begins
        for phrase, many in _FIXED[unit].items():
            if phrase in plain:
                return many
        found = re.search(rf"\b(?:{_A_NUMBER}) ?(?P<unit>{'|'.join(_UNITS[unit])})\b", plain)
        if found:
            return round(_number(found) * _UNITS[unit][found["unit"]])
    alone = re.fullmatch(r"(\d{1,6})[.!]?", text.strip()) or re.fullmatch(r"(\w+)", text.strip().casefold())
    if alone:
        return int(alone[1]) if alone[1].isdecimal() else _NUMBERS.get(alone[1])
    return None


_A_NUMBER = r"(?P<half>" + "|".join(_HALVES) + r")|(?P<digits>\d{1,4}(?:[.,]\d)?)|(?P<word>" + "|".join(_NUMBERS) + ")"


def _number(found: re.Match[str]) -> float:
    if found["half"]:
        return _HALVES[found["half"]]
    return float(found["digits"].replace(",", ".")) if found["digits"] else _NUMBERS[found["word"]]


def day(text: str, today: date) -> date | None:
    """Read a day; without its year it is the next one from `today` on."""
    text, names = text[:_READ], "|".join(_MONTHS)
    plain = " ".join(_words(text))
    if found := re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", text):
        return _date(*map(int, found.groups()))
    if found := re.search(rf"\b(\d{{1,2}})(?: ?st| ?nd| ?rd| ?th)? (?:of )?({names})\b(?: (\d{{4}})\b)?", plain):
        return _upcoming(int(found[1]), _MONTHS[found[2]], found[3], today)
    if found := re.search(rf"\b({names}) (?:the )?(\d{{1,2}})(?: ?st| ?nd| ?rd| ?th)?\b(?: (\d{{4}})\b)?", plain):
        return _upcoming(int(found[2]), _MONTHS[found[1]], found[3], today)
    if found := re.search(r"\b(\d{1,2})(?:\. ?|/)(\d{1,2})(?:(?:\. ?|/|-)(\d{4}|\d{2}))?\b(?!\.?\d)", text):
        number, month, year = found.groups()
        return _upcoming(int(number), int(month), year, today)
    return None


def _upcoming(number: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, number)
    this = _date(today.year, month, number)
    return _date(today.year + 1, month, number) if this is None or this < today else this


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def clock(text: str) -> time | None:
    """Read a time of day: `10:30`, `kl. 10`, `10`, `2 pm`."""
    text = text[:_READ]
    if found := _CLOCK.search(text):
        hour, minute = int(found["hour"]), int(found["minute"])
    elif found := re.search(r"(?:\bkl\.? ?|\bat |^\s*)(\d{1,2})\b(?!\.?\d)", text.casefold()) or re.search(
        r"\b(\d{1,2})(?= ?[ap]\.?m)", text.casefold()
    ):
        hour, minute = int(found[1]), 0
    else:
        return None
    if re.search(r"\d ?p\.?m\b", text.casefold()) and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 else None


def weekday(text: str) -> int | None:
    """Read a day of the week, 0 for Monday."""
    long = [name for name in _DAYS if name.endswith(("dag", "day"))]
    named = ((word if word in _DAYS else next(filter(word.startswith, long), "")) for word in _words(text))
    return next((_DAYS[name] for name in named if name), None)


def zone(text: str) -> str | None:
    """Read a time zone: its IANA name, or the city in it."""
    from zoneinfo import available_timezones  # 5 ms, and only where a zone is asked for

    wanted = {"københavn": "copenhagen"}.get(text.strip().casefold(), text.strip().casefold()).replace(" ", "_")
    names = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
    return next((name for name in names if wanted in (name.casefold(), name.casefold().rpartition("/")[2])), None)


def trouble(step: Step, text: str, today: date) -> str | None:
    """Give the sentence, by its name under `talk`, that says why an answer cannot be taken as it is; None if it can."""
    match step.kind:
        case "people":
            return _people_trouble(people(text))
        case "choice":
            return "yes_or_no" if yes(text) is None else None
        case "number" | "length":
            many = amount(text, "minutes" if step.kind == "length" else step.unit)
            return "number_unread" if many is None else None if 1 <= many <= LONGEST else "number_out_of_range"
        case "day":
            found = day(text, today)
            return "day_unread" if found is None else "day_past" if found < today else None
        case "clock":
            return "clock_unread" if clock(text) is None else None
        case "weekday":
            return "weekday_unread" if weekday(text) is None else None
        case "zone":
            return "zone_unread" if zone(text) is None else None
    return None


def _people_trouble(named: tuple[Named, ...]) -> str | None:
    names = [person.name.casefold() for person in named]
    if len(names) < 2:
        return "people_one"
    if len(names) > MOST:
        return "people_too_many"
    if any(len(name) > NAME for name in names):
        return "people_long"
    return "people_alike" if len(set(names)) < len(names) else None


def remark(step: Step, text: str) -> str | None:
    """Give the sentence that is said of an answer that was taken, if there is one: of how many people there are."""
    if step.kind != "people":
        return None
    many = len(people(text))
    return "people_few" if many < 4 else "people_many" if many > 6 else None


def below(step: Step, text: str) -> bool:
    """Say whether an answer is one that hears the step's reason first."""
    if step.kind == "choice":
        return {True: "yes", False: "no"}.get(yes(text)) in step.floor_words
    many = amount(text, step.unit)
    words = set(_words(text))
    low = step.floor is not None and many is not None and many < step.floor
    return low or any(word in words for word in step.floor_words)


def _words(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)?|[^\W\d_]+", text[:_READ].casefold())

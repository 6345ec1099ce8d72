"""A day, a time of day, a weekday and a zone, as people say them in Danish and English.

Pure: the day that it is comes in. Whatever cannot be read gives None, never an error.
"""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta

from assistant.guides.reading.quantities import A_NUMBER, NUMBERS, READ, weeks, words
from assistant.guides.reading.spans import UNIT, Span, span

MONTHS = {
    name: number
    for number, names in enumerate(
        ("januar january jan", "februar february feb", "marts march mar", "april apr", "maj may", "juni june jun",
         "juli july jul", "august aug", "september sept sep", "oktober october okt oct", "november nov",
         "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
DAYS = {
    name: number
    for number, names in enumerate(
        ("mandag man monday mon", "tirsdag tirs tuesday tue", "onsdag ons wednesday wed", "torsdag tors thursday thu",
         "fredag fre friday fri", "lørdag lør saturday sat", "søndag søn sunday sun")
    )
    for name in names.split()
}  # fmt: skip
_LONG = tuple(name for name in DAYS if name.endswith(("dag", "day")))
_FROM_TODAY = {
    "i forgårs": -2, "iforgårs": -2, "the day before yesterday": -2, "i går": -1, "igår": -1, "yesterday": -1,
    "i overmorgen": 2, "overmorgen": 2, "the day after tomorrow": 2, "i morgen": 1, "imorgen": 1, "tomorrow": 1,
    "i dag": 0, "idag": 0, "today": 0,
}  # fmt: skip
"""How many days from today each of these is; the longer ones first."""
LAST = -1
"""The place in the month of a weekday that is a month's last."""
_ORDINALS = {
    word: number
    for number, words_ in (
        (1, "første first 1 1st"), (2, "anden second 2 2nd"), (3, "tredje third 3 3rd"), (4, "fjerde fourth 4 4th"),
        (LAST, "sidste last"),
    )
    for word in words_.split()
}  # fmt: skip
_NTH = rf"(?P<which>{'|'.join(_ORDINALS)})(?: (?:st|nd|rd|th))?"
_MONTH = r"(?:måned(?:en)?|mdr|md|mnd|(?:the |each |every |a )?month)"
_KL = re.compile(r"\b(?:kl\.?|klokken|at) ?\d{1,2}(?:[.:]\d\d)?(?: ?[ap]\.?m\b\.?|\b)", re.IGNORECASE)
_ST = r"(?: ?st| ?nd| ?rd| ?th)?"
_DAY, _NUMBER = r"\b(?P<day>3[01]|[12]\d|0?[1-9])", r"(?P<month>1[0-2]|0?[1-9])"
_YEAR = r"(?:(?:\. ?|/|-)(?P<year>\d{4}|\d{2})| (?P<later>20\d\d))?"
_NUMBERED = re.compile(
    _DAY + r"(?:\. ?|/)" + _NUMBER + _YEAR + r"\b(?!\.?\d| ?[ap]\.?m\b)", re.IGNORECASE
)  # fmt: skip
"""A day as numbers, the month behind it."""
_DASHED = re.compile(r"^[^\d]*" + _DAY + "-" + _NUMBER + _YEAR + r"\s*[.]?\s*$")
"""The same with dashes, where nothing else stands behind it: it could be from one hour to another."""
_WRITTEN = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_NO_DATE = re.compile(
    rf"\b\d{{1,2}}(?:\. ?|{_ST} (?:of )?)(?:{'|'.join(MONTHS)})\b|\b(?:{'|'.join(MONTHS)}) (?:the )?\d{{1,2}}{_ST}\b"
    r"|\b\d{1,2}[/-]\d{1,2}\b|\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}\.(?:0?[1-9]|1[0-2])\b(?!\d)", re.IGNORECASE
)  # fmt: skip


# Days


def day(text: str, today: date, gone: bool = False) -> date | None:
    """Read a day; without its year it is the next one from `today` on, or if it is `gone`, the latest one."""
    text = _KL.sub(" ", text[:READ])
    return next((found for found in _days(text, " ".join(words(text)), today, gone) if found), None)


def is_no_date(text: str) -> bool:
    """Say whether a text, in which no day can be read, names one as a date: one that no calendar has."""
    return bool(_NO_DATE.search(text[:READ]))


def _days(text: str, plain: str, today: date, gone: bool) -> Iterator[date | None]:
    """Give what each way of saying a day finds, the surest first."""
    names = "|".join(MONTHS)
    if found := _WRITTEN.search(text) or re.fullmatch(r"\s*(\d{4})(\d\d)(\d\d)\s*", text):
        yield _date(*map(int, found.groups()))
        return
    if found := re.search(r"\b(?:uge|week|wk) (\d{1,2})\b(?: (\d{4})\b)?", plain):
        yield _in_week(int(found[1]), weekday(plain), found[2], today, gone)
        return
    if found := re.search(rf"\b{_NTH} (?P<day>{'|'.join(DAYS)}) (?:i|in|of) ({names})(?: (\d{{4}})\b)?", plain):
        yield _nth(_ORDINALS[found["which"]], DAYS[found["day"]], MONTHS[found[3]], found[4], today)
    if found := re.search(rf"\b{_NTH} (?P<day>{'|'.join(DAYS)}) (?:i|in|of) {_MONTH}\b", plain):
        yield next_nth(_ORDINALS[found["which"]], DAYS[found["day"]], today)
    if found := re.search(rf"\b(\d{{1,2}}){_ST} (?:of )?({names})\b(?: (\d{{4}})\b)?", plain):
        yield _nearest(int(found[1]), MONTHS[found[2]], found[3], today, gone)
        return
    if found := re.search(rf"\b({names}) (?:the )?(\d{{1,2}}){_ST}\b(?: (\d{{4}})\b)?", plain):
        yield _nearest(int(found[2]), MONTHS[found[1]], found[3], today, gone)
        return
    if found := _NUMBERED.search(text) or _DASHED.match(text):
        yield _nearest(int(found["day"]), int(found["month"]), found["year"] or found["later"], today, gone)
        return
    for said, ahead in _FROM_TODAY.items():
        if re.search(rf"\b{said}\b", plain):
            yield today + timedelta(days=ahead)
    yield _counted(plain, today)
    yield _by_weekday(plain, today, gone)
    if found := re.search(rf"\b(?:den|d|the) (\d{{1,2}}){_ST}\b(?! ?(?:{names}))", plain):
        yield _this_month(int(found[1]), today, gone)


def place(day: date) -> int:
    """Give which of its weekday in the month a day is, counted from 1; a fifth is the `LAST`."""
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else LAST


def is_last(day: date) -> bool:
    """Say whether a day is the last of its weekday in the month; some months' fourth is."""
    return (day + timedelta(days=7)).month != day.month


def next_nth(which: int, weekday_: int, since: date) -> date:
    """Give the first day from `since` on that is the first, second … or last of a weekday in its month."""
    for ahead in range(2):
        month = (since.month - 1 + ahead) % 12 + 1
        year = since.year + (since.month - 1 + ahead) // 12
        found = _nth(which, weekday_, month, str(year), since)
        if found and found >= since:
            break
    assert found
    return found


def _in_week(number: int, weekday_: int | None, year: str | None, today: date, gone: bool) -> date | None:
    """Give a weekday of the week of that number in the calendar."""
    if weekday_ is None:
        return None
    this_year = today.isocalendar().year
    years = (int(year),) if year else (this_year, this_year - 1) if gone else (this_year, this_year + 1)
    for each in years:
        try:
            found = date.fromisocalendar(each, number, weekday_ + 1)
        except ValueError:
            continue
        if year or (found <= today if gone else found >= today):
            return found
    return None


def _counted(plain: str, today: date) -> date | None:
    """Read a day by how far it is: `om 14 dage`, `in two weeks`, `3 days ago`, or `torsdag om tre uger`."""
    spans = {"dag": 1, "dage": 1, "day": 1, "days": 1, "uge": 7, "uger": 7, "week": 7, "weeks": 7}
    found = re.search(
        rf"\b(?P<way>om|for|in)? ?\b(?P<many>{A_NUMBER}) (?P<span>{'|'.join(spans)})\b(?P<ago> siden| ago)?", plain
    )
    if not found or not (found["ago"] or found["way"] in ("om", "in")):
        return None
    many = int(found["many"]) if found["many"].isdecimal() else NUMBERS[found["many"]]
    days = many * spans[found["span"]]
    if days >= 1000:
        return None
    there = today + timedelta(days=-days if found["ago"] else days)
    named = weekday(plain) if spans[found["span"]] == 7 else None
    return there if named is None else there + timedelta(days=named - there.weekday())


def _by_weekday(plain: str, today: date, gone: bool) -> date | None:
    """Read `på torsdag`, `næste torsdag`, `i torsdags`, `last Thursday`."""
    found = re.search(rf"\b(?P<which>næste|next|sidste|last|i)? ?\b(?P<day>{'|'.join(_LONG)})(?P<gone>s)?\b", plain)
    if not found:
        return None
    ahead = (DAYS[found["day"]] - today.weekday() - 1) % 7 + 1
    if gone or found["which"] in ("sidste", "last") or (found["which"] == "i" and found["gone"]):
        return today + timedelta(days=ahead - 7 if ahead < 7 else -7)
    if found["which"] in ("næste", "next"):  # that of next week, which begins on a Monday
        return today + timedelta(days=7 - today.weekday() + DAYS[found["day"]])
    return today + timedelta(days=ahead)


def _nth(which: int, weekday_: int, month: int, year: str | None, today: date) -> date | None:
    """Give the first, second … or last weekday of a month."""
    for each in (int(year),) if year else (today.year, today.year + 1):
        after = date(each + month // 12, month % 12 + 1, 1)
        start = date(each, month, 1) if which > 0 else after - timedelta(days=7)
        found = start + timedelta(days=(weekday_ - start.weekday()) % 7 + 7 * (max(which, 1) - 1))
        if year or found >= today:
            return found
    return None


def _nearest(number: int, month: int, year: str | None, today: date, gone: bool) -> date | None:
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, number)
    around = [_date(today.year + years, month, number) for years in ((0, -1) if gone else (0, 1, 2, 3, 4))]
    fit = (found for found in around if found and (found <= today if gone else found >= today))
    return next(fit, None)


def _this_month(number: int, today: date, gone: bool) -> date | None:
    """Give the next, or the latest, day of a month with that number."""
    for months in range(3):
        at = today.month - 1 + (-months if gone else months)
        found = _date(today.year + at // 12, at % 12 + 1, number)
        if found and (found <= today if gone else found >= today):
            return found
    return None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def weekday(text: str) -> int | None:
    """Read a day of the week, 0 for Monday; `man` is one only where no other is named in full."""
    said = words(text)
    long = (next(filter(word.startswith, _LONG), "") for word in said)
    return next((DAYS[name] for name in (*long, *(word for word in said if word in DAYS)) if name), None)


def in_month(text: str) -> tuple[int | None, int | None]:
    """Read which weekday something comes on again, and which of that in the month: `sidste torsdag`, `every Friday`.

    What is said of several is left alone.
    """
    plain = " ".join(words(text))
    long = {DAYS[name] for word in words(text) if (name := next(filter(word.startswith, _LONG), ""))}
    named = re.findall(rf"\b{_NTH} ({'|'.join(DAYS)})s?\b", plain)
    days = long or {DAYS[name] for _, name in named}
    several = len(named) > 1 or re.search(rf"\b{_NTH} (?:og|and) ", plain) or weeks(text)
    which = _ORDINALS[named[0][0]] if len(named) == 1 and not several else None
    return (which, min(days)) if len(days) == 1 else (None, None)


# The time of day

_TOMORROW = re.compile(r"\bi ?(?:over)?morgen\b|\btomorrow\b", re.IGNORECASE)
_PM = re.compile(r"\d ?p\.?m\b|\bpm\b|efter ?middag|\bafternoon\b|\baften|\bevening\b|\btonight\b")
_AM = re.compile(r"\d ?a\.?m\b|\bam\b|morgen|formiddag|\bmorning\b|\bom natten\b|\bat night\b")
_NOT_THEN = r"(?<!efter )(?<!før )(?<!after )(?<!before )"
_NOON = re.compile(rf"{_NOT_THEN}\b(?:noon|midday|middag)\b")
PARTS = {
    "late_morning": (time(10), r"formiddag|\blate morning\b"),
    "afternoon": (time(15), r"\beftermiddag|\bafternoon\b"),
    "evening": (time(19), r"\baften(?!smad)|\bevenings?\b|\btonight\b"),
    "morning": (time(9), r"\b(?:\w+dag)?morgen|\bmornings?\b"),
    "midday": (time(12), rf"{_NOT_THEN}\b(?:middag|midday|noon)(?:s?tid|time|en)?\b"),
}
"""The parts of a day, the hour that a calendar goes by where no other is said, and how they are called."""
_CLOCK = re.compile(
    rf"(?<![\d.:/])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?![\d/])(?:(?= ?[ap]\.?m)|(?! ?{UNIT}))"
)
_FOUR = re.compile(r"(?:^|\b(?:kl\.?|klokken|at|ca\.?|omkring|around|about|fra|from))\s*(?P<hour>[01]?\d|2[0-3])"
                   r"(?P<minute>[0-5]\d)(?=$|[^\d]*$)")  # fmt: skip
"""`1430`, where a time of day is asked for."""
_AT = re.compile(rf"\b(?:kl\.?|klokken|at|fra|from) ?(?=\d{{1,2}}(?:[.:]\d\d)?(?![\d/])(?! ?{UNIT})"
                 r"|halv |half |kvart |quarter |noon|midday)")  # fmt: skip
"""What tells of a time of day where another thing is asked for."""
_ALONE = re.compile(rf"(?<!uge )(?<!week )(?<!hver )(?<!every )\b(\d{{1,2}})\b(?!\.? ?(?:{UNIT}|st\b|nd\b|rd\b|th\b))")
"""A number that may be an hour, where a time of day is asked for and no other number stands."""
_IN_WORDS = re.compile(r"\b(?:halv|half|kvart|quarter|past|o ?clock)\b")
_HOUR = rf"(?P<hour>{A_NUMBER})"
_WAYS = (
    re.compile(rf"\b(?P<minutes>kvart|{A_NUMBER})(?: min| minutter| minut)? (?P<way>over|i) (?P<half>halv )?{_HOUR}\b"),
    re.compile(rf"\b(?P<half>halv) {_HOUR}\b"),
    re.compile(rf"\bhalf (?:past )?(?P<thirty>){_HOUR}\b"),
    re.compile(rf"\b(?P<minutes>quarter|twenty five|{A_NUMBER})(?: minutes)? (?P<way>past|after) {_HOUR}\b"),
    re.compile(rf"\b(?P<minutes>quarter|twenty five|five|ten|twenty)(?: minutes)? (?P<way>to|before) {_HOUR}\b"),
    re.compile(rf"\b{_HOUR} (?P<minutes>fifteen|thirty|forty five)\b"),
    re.compile(rf"\b{_HOUR} o ?clock\b"),
    re.compile(rf"(?:^|\b(?:klokken|kl|at) )(?P<hour>{'|'.join(NUMBERS)})(?: |$)"),
)
"""How a time of day is said in words; the first that fits is meant."""


def clock(text: str) -> time | None:
    """Read a time of day: `10.30`, `kl. 10`, `halv ti`, `kvart over to`, `half nine`, `2 pm`, `1430`, `søndag aften`.

    Nobody meets at two at night: from one to five is the afternoon, unless it is written with a nought or as morning.
    """
    said = _TOMORROW.sub(" ", text[:READ].casefold())
    part = part_of_day(text)
    return _asked(said) or (PARTS[part][0] if part else None)


def part_of_day(text: str) -> str | None:
    """Give the part of the day that a text names, by its name in `PARTS`, where it says no hour."""
    said = _TOMORROW.sub(" ", text[:READ].casefold())
    if _asked(said):
        return None
    return next((part for part, (_, called) in PARTS.items() if re.search(called, said)), None)


def clock_beside(text: str, is_day: bool = False) -> time | None:
    """Read a time of day that is said in passing, with a day or with how often something is: what is surely one."""
    said = _TOMORROW.sub(" ", text[:READ].casefold())
    if found := _AT.search(said):
        return _hour(said[found.end() :], said)
    if is_day:
        said = _WRITTEN.sub(" ", _NUMBERED.sub(" ", _DASHED.sub(" ", said), count=1))
    if read := span(said):
        return _of_span(read, said)
    if found := _CLOCK.search(said):
        return _in_the_day(int(found["hour"]), int(found["minute"]), said, sure=found["hour"].startswith("0"))
    if re.search(r"\d ?[ap]\.?m\b", said) or (is_day and (_IN_WORDS.search(said) or _NOON.search(said))):
        return _hour(said, said, first=False)
    return None


def _asked(said: str) -> time | None:
    """Read the hour where one is asked for: also a number that stands alone."""
    if found := _hour(said, said):
        return found
    found = _ALONE.search(said) if len(re.findall(r"\d+", said)) == 1 else None
    return _in_the_day(int(found[1]), 0, said) if found else None


def _hour(text: str, said: str, first: bool = True) -> time | None:
    """Read the hour in `text`, which is a part of what was `said`; what it may begin with is the `first` number."""
    if read := span(text):
        return _of_span(read, said)
    if found := _CLOCK.search(text) or _FOUR.search(text):
        return _in_the_day(int(found["hour"]), int(found["minute"]), said, sure=found["hour"].startswith("0"))
    if spoken := _spoken(" ".join(words(text))):
        return _in_the_day(*divmod(spoken, 60), said)
    before = r"|^\s*" if first else ""
    found = re.search(rf"(?:\bkl\.? ?|\bklokken |\bat |\bfra |\bfrom {before})(\d{{1,2}})\b(?!\.?\d)", text)
    found = found or re.search(r"\b(\d{1,2})(?= ?[ap]\.?m\b)", text)
    if found:
        return _in_the_day(int(found[1]), 0, said, sure=found[1].startswith("0"))
    return time(12) if _NOON.search(text) else None


def _of_span(read: Span, said: str) -> time | None:
    hour, minute = divmod(read.begins, 60)
    return time(hour, minute) if read.sure and hour < 24 else _in_the_day(hour, minute, said)


def _spoken(plain: str) -> int | None:
    """Read a time in words, in minutes after midnight."""
    for pattern in _WAYS:
        found = pattern.search(plain)
        if not found or (hour := _number(found["hour"])) > 24:
            continue
        named = found.groupdict()
        minutes = 30 if "thirty" in named else _number(named.get("minutes") or "0")
        if minutes > 59:
            continue
        sign = -1 if named.get("way") in ("i", "to", "before") else 1
        whole = hour * 60 - (30 if named.get("half") else 0) + sign * minutes
        return whole % (24 * 60) or 24 * 60
    return None


def _number(word: str) -> int:
    if word in ("kvart", "quarter"):
        return 15
    parts = [int(part) if part.isdecimal() else NUMBERS[part] for part in word.split()]
    return sum(parts)


def _in_the_day(hour: int, minute: int, said: str, sure: bool = False) -> time | None:
    if hour == 12 and re.search(r"\d ?a\.?m\b", said):
        hour = 0
    if (hour < 12 and _PM.search(said)) or (hour < 6 and not sure and not _AM.search(said)):
        hour += 12
    hour %= 24 if hour == 24 else 100
    return time(hour, minute) if hour < 24 else None

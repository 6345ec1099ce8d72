"""A day, a time of day, a weekday and a zone, as people say them in Danish and English.

Pure: the day that it is comes in. Whatever cannot be read gives None, never an error.
"""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta

from assistant.guides.quantities import A_NUMBER, NUMBERS, READ, words

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
_ORDINALS = {
    word: number
    for number, words_ in (
        (1, "første first 1 1st"), (2, "anden second 2 2nd"), (3, "tredje third 3 3rd"), (4, "fjerde fourth 4 4th"),
        (-1, "sidste last"),
    )
    for word in words_.split()
}  # fmt: skip
_CLOCK = re.compile(r"\b(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)\b")
_KL = re.compile(r"\b(?:kl\.?|klokken|at) ?\d{1,2}(?:[.:]\d\d)?\b", re.IGNORECASE)
_ST = r"(?: ?st| ?nd| ?rd| ?th)?"


# Days


def day(text: str, today: date, gone: bool = False) -> date | None:
    """Read a day; without its year it is the next one from `today` on, or if it is `gone`, the latest one."""
    text = _KL.sub(" ", text[:READ])
    return next((found for found in _days(text, " ".join(words(text)), today, gone) if found), None)


def _days(text: str, plain: str, today: date, gone: bool) -> Iterator[date | None]:
    """Give what each way of saying a day finds, the surest first."""
    names = "|".join(MONTHS)
    written = re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", text)
    if found := written or re.fullmatch(r"\s*(\d{4})(\d\d)(\d\d)\s*", text):
        yield _date(*map(int, found.groups()))
        return
    if found := re.search(
        rf"\b({'|'.join(_ORDINALS)}) ({'|'.join(_LONG)}) (?:i|in|of) ({names})(?: (\d{{4}})\b)?", plain
    ):
        yield _nth(_ORDINALS[found[1]], DAYS[found[2]], MONTHS[found[3]], found[4], today)
    if found := re.search(rf"\b(\d{{1,2}}){_ST} (?:of )?({names})\b(?: (\d{{4}})\b)?", plain):
        yield _nearest(int(found[1]), MONTHS[found[2]], found[3], today, gone)
    if found := re.search(rf"\b({names}) (?:the )?(\d{{1,2}}){_ST}\b(?: (\d{{4}})\b)?", plain):
        yield _nearest(int(found[2]), MONTHS[found[1]], found[3], today, gone)
    if found := re.search(r"\b(\d{1,2})(?:\. ?|/)(\d{1,2})(?:(?:\. ?|/|-)(\d{4}|\d{2}))?\b(?!\.?\d)", text):
        number, month, year = found.groups()
        yield _nearest(int(number), int(month), year, today, gone)
        return
    for said, ahead in _FROM_TODAY.items():
        if re.search(rf"\b{said}\b", plain):
            yield today + timedelta(days=ahead)
    yield _counted(plain, today)
    yield _by_weekday(plain, today, gone)
    if found := re.search(rf"\b(?:den|d|the) (\d{{1,2}}){_ST}\b(?! ?(?:{names}))", plain):
        yield _this_month(int(found[1]), today, gone)


def _counted(plain: str, today: date) -> date | None:
    """Read a day by how far it is: `om 14 dage`, `in two weeks`, `for tre dage siden`, `3 days ago`."""
    spans = {"dag": 1, "dage": 1, "day": 1, "days": 1, "uge": 7, "uger": 7, "week": 7, "weeks": 7}
    found = re.search(
        rf"\b(?P<way>om|for|in)? ?\b(?P<many>{A_NUMBER}) (?P<span>{'|'.join(spans)})\b(?P<ago> siden| ago)?", plain
    )
    if not found or not (found["ago"] or found["way"] in ("om", "in")):
        return None
    many = int(found["many"]) if found["many"].isdecimal() else NUMBERS[found["many"]]
    days = many * spans[found["span"]]
    return today + timedelta(days=-days if found["ago"] else days) if days < 1000 else None


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
    """Read a day of the week, 0 for Monday."""
    named = ((word if word in DAYS else next(filter(word.startswith, _LONG), "")) for word in words(text))
    return next((DAYS[name] for name in named if name), None)


# The time of day

_PM = re.compile(r"\d ?p\.?m\b|\bpm\b|eftermiddag|\bafternoon\b|\baften|\bevening\b|\btonight\b")
_AM = re.compile(r"\d ?a\.?m\b|\bam\b|morgen|formiddag|\bmorning\b|\bom natten\b|\bat night\b")
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
    """Read a time of day: `10.30`, `kl. 10`, `halv ti`, `kvart over to`, `half nine`, `2 pm`.

    Nobody meets at two at night: from one to five is the afternoon, unless it is written with a nought or as morning.
    """
    said = text[:READ].casefold()
    if re.search(r"\b(?:noon|midday|middag)\b", said):
        return time(12)
    if found := _CLOCK.search(said):
        hour, minute = int(found["hour"]), int(found["minute"])
        return _in_the_day(hour, minute, said, sure=found["hour"].startswith("0"))
    if spoken := _spoken(" ".join(words(said))):
        return _in_the_day(*divmod(spoken, 60), said)
    found = re.search(r"(?:\bkl\.? ?|\bklokken |\bat |\bfra |\bfrom |^\s*)(\d{1,2})\b(?!\.?\d)", said)
    found = found or re.search(r"\b(\d{1,2})(?= ?[ap]\.?m)", said)
    return _in_the_day(int(found[1]), 0, said, sure=found[1].startswith("0")) if found else None


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
    if (hour < 12 and _PM.search(said)) or (hour < 6 and not sure and not _AM.search(said)):
        hour += 12
    hour %= 24 if hour == 24 else 100
    return time(hour, minute) if hour < 24 else None


# Zones

ZONES = {
    "Europe/Copenhagen": "dansk danmark danish denmark københavn aarhus århus odense aalborg cet",
    "Europe/London": "uk gb britisk british britain england engelsk english storbritannien skotland scotland wales gmt",
    "Europe/Dublin": "irsk irland irish ireland",
    "Europe/Oslo": "norsk norge norwegian norway",
    "Europe/Stockholm": "svensk sverige swedish sweden",
    "Europe/Helsinki": "finsk finland finnish",
    "Europe/Berlin": "tysk tyskland german germany",
    "Europe/Amsterdam": "hollandsk holland nederlandene dutch netherlands",
    "Europe/Paris": "fransk frankrig french france",
    "Atlantic/Faroe": "færøsk færøerne faroese faroe faroes",
    "Atlantic/Reykjavik": "islandsk island icelandic iceland",
    "America/Nuuk": "grønlandsk grønland greenlandic greenland",
    "America/New_York": "eastern",
    "America/Los_Angeles": "pacific",
}
"""What people call a zone, or the country it is in."""


def zone(text: str) -> str | None:
    """Read a time zone: its IANA name, the city in it, or what people call it: `dansk tid`, `UK time`."""
    from zoneinfo import available_timezones  # 5 ms, and only where a zone is asked for

    said = text.strip().strip(".").casefold()[:READ]
    wanted = said.replace(" ", "_")
    known = available_timezones()
    names = sorted(name for name in known if name == "UTC" or ("/" in name and not name.startswith("Etc/")))
    if found := next((name for name in names if wanted in (name.casefold(), name.casefold().rpartition("/")[2])), None):
        return found
    spoken = words(said)
    called = (name for name, ways in ZONES.items() if not set(spoken).isdisjoint(ways.split()))
    plain = f" {' '.join(spoken)} "
    cities = (name for name in names if f" {' '.join(words(name.rpartition('/')[2].replace('_', ' ')))} " in plain)
    return next(called, None) or next(cities, None)

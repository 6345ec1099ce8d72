"""How much and how often, as people write it in Danish and English. Pure; whatever cannot be read gives None."""

import re

from assistant.guides.guide import Unit
from assistant.guides.reading.spans import span

READ = 2000
"""Characters of an answer that are looked at: an amount or a day stands in its beginning."""

NUMBERS = {
    word: number
    for number, words in enumerate(
        ("nul zero", "en et én ét a an one", "to two", "tre three", "fire four", "fem five", "seks six", "syv seven",
         "otte eight", "ni nine", "ti ten", "elleve eleven", "tolv twelve", "tretten thirteen", "fjorten fourteen",
         "femten fifteen", "seksten sixteen", "sytten seventeen", "atten eighteen", "nitten nineteen", "tyve twenty")
    )
    for word in words.split()
} | {
    "femogtyve": 25, "tredive": 30, "thirty": 30, "fyrre": 40, "forty": 40, "femogfyrre": 45, "halvtreds": 50,
    "fifty": 50, "tres": 60, "sixty": 60, "halvfems": 90, "ninety": 90,
}  # fmt: skip
"""Numbers in words."""
A_NUMBER = r"(?:\d{1,4}|" + "|".join(NUMBERS) + ")"
_UNITS: dict[Unit, dict[str, int]] = {
    "minutes": {
        **dict.fromkeys(("min", "mins", "minut", "minutter", "minute", "minutes"), 1),
        **dict.fromkeys(("t", "time", "timer", "hour", "hours", "hr", "hrs", "h"), 60),
        "kvarter": 15,
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
    "minutes": {
        "three quarters of an hour": 45, "a quarter of an hour": 15, "en halv times": 30, "halvanden times": 90,
    },
    "months": {"a year and a half": 18},
    "times": {"twice": 2, "once": 1},
}  # fmt: skip
_FRACTIONS = {"½": ",5", "¼": ",25", "¾": ",75", "1/2": ",5", "1/4": ",25", "3/4": ",75"}
_FRACTION = re.compile(r"(?P<whole>\d ?)?(?P<part>[½¼¾]|(?<![\d/])(?:1/2|[13]/4)(?![\d/]))")
_HOURS = re.compile(r"\b(?P<hours>\d)[.:](?P<minutes>[0-5]\d) ?(?:t|timer?|hours?|hrs?|h)\b"
                    r"|\b(?P<h>\d{1,2}) ?(?:h|t|hr) ?(?P<m>[0-5]\d)(?: ?(?:m|min)\b|\b)", re.IGNORECASE)  # fmt: skip
"""Hours and minutes as a clock writes them: `1:30 hours`, `1h15`."""
_DECIMALS = ("25", "50", "75")
"""What behind a point is a part of an hour, and no minutes."""
_WORDS = "|".join(NUMBERS)
_SOME = r"(?:(?P<half>" + "|".join(_HALVES) + r") |(?P<digits>\d{1,4}(?:[.,]\d{1,2})?) ?|(?P<word>" + _WORDS + ") )"

_WEEKDAYS = (r"(?:man|tirs|ons|tors|fre|lør|søn)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
             "|tirs|ons|tors|thurs?|tues?|wed")  # fmt: skip
_EACH = r"(?:hver|hvert|each|every|om|i|a|per|pr|the)"
_NTH = NUMBERS | {
    word: number
    for number, words in enumerate(
        ("anden andet other second", "tredje third", "fjerde fourth", "femte fifth", "sjette sixth", "syvende seventh",
         "ottende eighth"), 2,
    )
    for word in words.split()
} | {"fjortende": 14}  # fmt: skip
"""Numbers in words, and how they are said of every so many."""
_N = rf"(?P<n>\d{{1,2}}|{'|'.join(_NTH)})(?: (?:st|nd|rd|th))?"
_WHICH = "(?:første|anden|tredje|fjerde|sidste|first|second|third|fourth|last|[1-4](?: (?:st|nd|rd|th))?)"
_IN_MONTH = r"(?:i|hver|om) (?:måned(?:en)?|mdr|md|mnd)|(?:of|in) (?:the|each|every|a) month"
_WEEKS = (
    re.compile(rf"\b(?:hver|hvert|every|each) {_N} (?:uger?|weeks?)\b"),
    re.compile(rf"\b(?:hver|every|each) {_N} (?:{_WEEKDAYS})s?\b(?! (?:{_IN_MONTH}))"),
    re.compile(r"\b(?:hver|every) (?P<days>14|fjortende) (?:dage?|days?)\b|\b(?:fortnight|fortnightly)\b"),
)
"""How it is said that something is every so many weeks."""
_SPANS = {"uge": 4.0, "week": 4.0, "måned": 1.0, "month": 1.0, "kvartal": 1 / 3, "quarter": 1 / 3, "år": 1 / 12,
          "year": 1 / 12}  # fmt: skip
"""How many times a month each of these comes."""
_OFTEN = (
    (re.compile(rf"\b{_WHICH} (?:og|and) (?:the )?{_WHICH} (?:{_WEEKDAYS})"), 2.0),
    (re.compile(rf"\b{_WHICH} (?:{_WEEKDAYS})s? (?:{_IN_MONTH})"), 1.0),
    (re.compile(rf"\b(?:hver|hvert|every) {_N} (?:måned|måneder|month|months)\b"), 1.0),
    (re.compile(rf"\b(?:hver|hvert|every) (?P<other>anden|andet|other|second|2) (?P<span>{'|'.join(_SPANS)})\b"), 0.5),
    (re.compile(rf"\b(?:hver|hvert|every) (?P<third>tredje|third|3) (?P<span>{'|'.join(_SPANS)})\b"), 1 / 3),
    (re.compile(rf"\b(?:første|anden|tredje|fjerde|sidste|first|second|third|fourth|last) (?:{_WEEKDAYS})"), 1.0),
    (re.compile(rf"\b(?:hver|every|each) (?:{_WEEKDAYS})"), 4.0),
    (re.compile(r"\bevery two months\b|\bbimonthly\b"), 0.5),
    (re.compile(rf"\b(?:(?P<many>{A_NUMBER}) (?:gange?|times)|(?P<twice>twice)|(?P<once>once)) {_EACH} "
                rf"(?P<span>{'|'.join(_SPANS)})"), 1.0),
    (re.compile(rf"\b(?P<many>{A_NUMBER}) (?:om|i|a|per|pr) (?P<span>{'|'.join(_SPANS)})"), 1.0),
    (re.compile(rf"\b(?P<many>{A_NUMBER}) (?:gange?|times)|\b(?P<twice>twice)\b|\b(?P<once>once)\b"), 1.0),
    (re.compile(rf"\b(?:hver|hvert|every|each) (?P<span>{'|'.join(_SPANS)})\b"), 1.0),
    (re.compile(r"\b(?:ugentligt?|weekly)\b"), 4.0),
    (re.compile(r"\b(?:månedligt?|monthly)\b(?! (?:møder?|meetings?))"), 1.0),
    (re.compile(r"\b(?:kvartalsvist?|quarterly)\b"), 1 / 3),
    (re.compile(r"\b(?:i|om|hver|pr) (?:måned(?:en)?|mdr|md|mnd)\b|\b(?:a|of the|in the|per|each) month\b"), 1.0),
    (re.compile(r"\bom ugen\b|\b(?:a|per) week\b"), 4.0),
)  # fmt: skip
"""How often something is, by how it is said; the first that fits is meant. A span beside it is multiplied."""


def words(text: str) -> list[str]:
    """Give the words and numbers at the beginning of a text, in small letters."""
    text = _FRACTION.sub(_as_decimal, text[:READ].casefold())
    return re.findall(r"\d+(?:[.,]\d+)?|[^\W\d_]+", text)


def _as_decimal(found: re.Match[str]) -> str:
    return f"{(found['whole'] or '0').strip()}{_FRACTIONS[found['part']]}"


def amount(text: str, unit: Unit | None) -> int | None:
    """Read how many of `unit` a text names first; a number that stands alone counts in it."""
    text = text[:READ]
    if unit:
        plain = " ".join(words(text))
        if unit == "minutes" and (read := span(text)):
            return read.ends - read.begins
        if unit == "minutes" and (found := _HOURS.search(text)) and found["minutes"] not in _DECIMALS:
            return int(found["hours"] or found["h"]) * 60 + int(found["minutes"] or found["m"])
        for phrase, many in _FIXED[unit].items():
            if phrase in plain:
                return many
        if (found := _named(plain, unit)) is not None:
            return found
    alone = re.fullmatch(r"(\d{1,6})[.!]?", text.strip()) or re.fullmatch(r"(\w+)", text.strip().casefold())
    if alone:
        return int(alone[1]) if alone[1].isdecimal() else NUMBERS.get(alone[1])
    return None


def _named(plain: str, unit: Unit) -> int | None:
    """Read an amount with its unit behind it; an amount of time that is said in two, such as an hour and 15 minutes."""
    found = re.search(rf"\b{_SOME}(?P<unit>{'|'.join(_UNITS[unit])})\b", plain)
    if not found:
        return None
    size = _UNITS[unit][found["unit"]]
    more = _minutes_more(plain[found.end() :]) if unit == "minutes" and size == 60 else 0
    return round(_number(found) * size) + more


def _minutes_more(rest: str) -> int:
    """Read what is said behind some hours: `og 15 minutter`, `and a quarter`, `1 time 20 min`."""
    found = re.match(rf" (?:(?:og|and) )?(?:(?P<half>en halv|a half)|(?P<many>{A_NUMBER}) (?P<unit>\w+))\b", rest)
    if not found or found["half"]:
        return 30 if found else 0
    size = 15 if found["unit"] == "quarter" else _UNITS["minutes"].get(found["unit"], 60)
    many = int(found["many"]) if found["many"].isdecimal() else NUMBERS[found["many"]]
    return many * size if size < 60 else 0


def _number(found: re.Match[str]) -> float:
    if found["half"]:
        return _HALVES[found["half"]]
    return float(found["digits"].replace(",", ".")) if found["digits"] else NUMBERS[found["word"]]


def weeks(text: str) -> int | None:
    """Read from how many weeks to how many something is, where that is said in weeks: 2 for every other Thursday."""
    plain = " ".join(words(text))
    for pattern in _WEEKS:
        if found := pattern.search(plain):
            if (said := found.groupdict().get("n")) is None:
                return 2
            many = int(said) if said.isdecimal() else _NTH[said]
            return many if many > 1 else None
    return None


def often(text: str) -> float | None:
    """Read how many times a month something is: 0.5 for every other month, 4 for every week."""
    if many := weeks(text):
        return 4.0 / many
    plain = " ".join(words(text))
    for pattern, times in _OFTEN:
        if found := pattern.search(plain):
            named = found.groupdict()
            if said := named.get("n"):
                times = 1 / max(int(said) if said.isdecimal() else _NTH[said], 1)
            elif named.get("many"):
                times = int(named["many"]) if named["many"].isdecimal() else NUMBERS[named["many"]]
            elif named.get("twice"):
                times = 2.0
            return times * _SPANS.get(named.get("span") or "", 1.0)
    return None

"""From one time of day to another, as people write it: `14-14.45`, `from 10 to 11.30`, `2-2:45 pm`. Pure."""

import re
from dataclasses import dataclass

NOON = 12 * 60
UNIT = (
    r"(?:[mht]\b|min|tim|hour|hr|kvart|gang|times|dag|day|uge|week|måned|mdr|md\b|month|år|year|person|people|af |of )"
)
"""What follows a number that is no time of day: how much, or how many."""
_TIME = r"(?P<hour{n}>[01]?\d|2[0-4])(?:[:.](?P<minute{n}>[0-5]\d))?(?: ?(?P<half{n}>[ap])\.?m\b\.?)?"
_FROM_TO = re.compile(
    r"(?<![\d.,:/])(?P<said>\b(?:fra|from|kl\.?|klokken|at|between|mellem) ?)?"
    + _TIME.replace("{n}", "1") + r"\s*(?P<way>-|–|—|til|to|until|og|and)\s*(?:kl\.? ?)?" + _TIME.replace("{n}", "2")
    + rf"(?![\d/:]|[.,]\d)(?! ?{UNIT})", re.IGNORECASE
)  # fmt: skip
_HOURS = re.compile(r"\s*(?:$|[,.;)\n]|(?:hver|om|på|i|each|every|on|in|med|with)\b)", re.IGNORECASE)
"""What may follow two whole hours that nothing else says are hours."""
_EARLIEST = 7
"""Two whole hours with a dash between are hours from this one on."""


@dataclass(frozen=True, slots=True)
class Span:
    """When something begins and ends, in minutes after midnight."""

    begins: int
    ends: int
    sure: bool
    """Whether it is said which half of the day is meant."""


def span(text: str) -> Span | None:
    """Read from when to when something is."""
    meant = (found for found in _FROM_TO.finditer(text) if _is_meant(found, text))
    return next((read for found in meant if (read := _read(found))), None)


def _is_meant(found: re.Match[str], text: str) -> bool:
    if any(found[name] for name in ("said", "minute1", "minute2", "half1", "half2")):
        return True
    hours = min(int(found["hour1"]), int(found["hour2"])) >= _EARLIEST
    return hours and found["way"] in "-–—" and bool(_HOURS.match(text, found.end()))


def _read(found: re.Match[str]) -> Span | None:
    begins, ends = (int(found[f"hour{n}"]) * 60 + int(found[f"minute{n}"] or 0) for n in (1, 2))
    begins, ends = _in_half(begins, found["half1"]), _in_half(ends, found["half2"])
    if found["half2"] and not found["half1"] and begins + NOON < ends:
        begins += NOON
    if ends <= begins <= NOON and not found["half2"]:
        ends += NOON
    sure = bool(found["half1"] or found["half2"]) or found["hour1"].startswith("0")
    return Span(begins, ends, sure) if begins < ends <= 2 * NOON else None


def _in_half(minutes: int, half: str | None) -> int:
    if not half or minutes >= NOON + 60:
        return minutes
    return minutes % NOON + (NOON if half in "pP" else 0)

"""Quotes: where they stand in a text, and whether each is exactly what was said, cut with … at most."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

_CLOSES = {"“": '”“"', "„": '“”"', "«": "»", "»": "«»", '"': '"”“', "‘": "’'", "'": "'’", "‚": "‘’"}
_MARK = re.compile("[“”„«»\"‘’'‚]")
_SINGLE = "‘'‚"
_ALIKE = str.maketrans('“”„‟«»"‘’‚‛´`–—', "'" * 13 + "--")
EDGES = " \t\n.,;:!?…-'"
_CUT = ("…", "...")
_AFTER_COLON = re.compile(r":[ \t]+([^\s\"“”„«»'‘’][^\n\"“”„«»]*)$", re.M)
_FEWEST = 3
"""How many words tell that something without quotation marks is quoted."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A place in quotation marks."""

    start: int
    """Where its opening mark stands."""
    end: int
    """Where it ends, closing mark included."""
    inside: str
    """The words between the marks."""


def quotes(text: str) -> tuple[Quote, ...]:
    """Give the quotes of `text` in order; a mark that nothing closes opens none."""
    return tuple(_quotes(text))


def _quotes(text: str) -> Iterator[Quote]:
    marks = [match.start() for match in _MARK.finditer(text)]
    closers = {
        (mark, single): [n for n in marks if text[n] == mark and not (single and text[n + 1 : n + 2].isalnum())]
        for mark in {text[n] for n in marks}
        for single in (False, True)
    }
    at = 0
    for mark in marks:
        if mark >= at and text[mark] in _CLOSES and _opens(text, mark):
            end = _closing(text, mark, closers)
            if end:
                yield Quote(mark, end + 1, text[mark + 1 : end])
                at = end + 1


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] in _SINGLE:
        return not before.isalnum() and bool(after) and not after.isspace()
    return bool(after)


def _closing(text: str, at: int, closers: dict[tuple[str, bool], list[int]]) -> int:
    """Give the nearest place that closes the mark at `at`, 0 for none; an apostrophe inside a word closes nothing."""
    nearest = 0
    for mark in _CLOSES[text[at]]:
        places = closers.get((mark, text[at] in _SINGLE), [])
        n = bisect_left(places, at + 2)
        if n < len(places):
            nearest = min(nearest or places[n], places[n])
    return nearest


def unmarked(text: str, said: str) -> Iterator[Quote]:
    """Give what follows a colon to the end of its line without quotation marks, where it is exactly what was said."""
    for match in _AFTER_COLON.finditer(text):
        if len(match[1].split()) >= _FEWEST and _find(alike(match[1]).strip(EDGES), said, 0) is not None:
            yield Quote(match.start(1), match.end(1), match[1])


def alike(text: str) -> str:
    """Give `text` with one kind of quotation mark, one kind of dash and single spaces."""
    return " ".join(text.translate(_ALIKE).split())


def first_part(inside: str) -> str:
    """Give the words of a quote up to where it is cut."""
    for cut in _CUT:
        inside = inside.strip(EDGES).split(cut)[0]
    return inside


def parts(inside: str) -> list[str]:
    """Give the pieces that a quote is cut into."""
    for cut in _CUT:
        inside = inside.replace(cut, "\n")
    return [part for piece in inside.split("\n") if (part := piece.strip(EDGES))]


def is_said(quote: str, said: str) -> bool:
    """Say whether `quote` is an exact piece of `said` (which is `alike`), or several in order, cut with …

    The first letter's case may change, and the marks at the edges.
    """
    whole = alike(quote)
    if _find(whole.strip(EDGES), said, 0) is not None:
        return True
    at, pieces = 0, parts(whole)
    for part in pieces:
        found = _find(part, said, at)
        if found is None:
            return False
        at = found + len(part)
    return len(pieces) > 1


def _find(part: str, said: str, start: int) -> int | None:
    """Give where `part` stands in `said` as whole words, from `start` on."""
    if not part:
        return None
    found = [at for first in {part[0], part[0].swapcase()} if (at := _find_exact(first + part[1:], said, start)) >= 0]
    return min(found, default=None)


def _find_exact(part: str, said: str, start: int) -> int:
    at = said.find(part, start)
    while at >= 0:
        end = at + len(part)
        if not (said[at - 1 : at].isalnum() and part[0].isalnum()) and not (
            said[end : end + 1].isalnum() and part[-1].isalnum()
        ):
            return at
        at = said.find(part, at + 1)
    return -1

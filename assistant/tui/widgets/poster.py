"""A question and what a member carried, set to be read across a room: in the largest type in which there is room.

A type is how a line of text becomes rows of a screen. On a screen of many cells plain letters are small, so drawn ones
come first; where there is no room for them, plain ones stand with air between their lines. What is carried may be
turned over like pages where it is long, one passage at a time. `pages` decides, and knows no screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from assistant.tui.widgets import face

MEASURE = 40
"""Letters on a line of plain type, as far as there is room: more are hard to follow from a distance."""
WIDEST = 46
"""About how many letters of drawn type stand on a line at most."""
GAP = 2
"""Rows between the question and what is carried."""
BAR = 3
"""Cells that the line beside what is carried takes."""


@dataclass(frozen=True, slots=True)
class Type:
    """A way of setting a line."""

    name: str
    rows: int
    """Rows of the screen that a line takes, with the air below it."""
    dots: float
    """How many cells wide a dot is; 0 for plain letters."""
    draw: Callable[[str], list[str]]

    def width(self, word: str) -> float | None:
        """Give how many cells a word takes; None where it cannot be set in this type."""
        if not self.dots:
            return len(word)
        wide = face.width(word)
        return None if wide is None else wide * self.dots

    @property
    def space(self) -> float:
        """How many cells stand between two words."""
        return 5 * self.dots if self.dots else 1


def _rows(text: str) -> list[str]:
    return [*face.dots(text), "." * len(face.dots(text)[0])]


def _wide(text: str) -> list[str]:
    return ["".join("██" if dot == "#" else "  " for dot in row) for row in face.dots(text)]


_HALVES = {"##": "█", "#.": "▀", ".#": "▄", "..": " "}


def _half(text: str) -> list[str]:
    rows = _rows(text)
    pairs = (zip(over, under, strict=True) for over, under in zip(rows[::2], rows[1::2], strict=True))
    return ["".join(_HALVES[over + under] for over, under in pair) for pair in pairs]


_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"


def _quarter(text: str) -> list[str]:
    rows = [f"{row}{'.' * (len(row) % 2)}" for row in _rows(text)]
    drawn = []
    for over, under in zip(rows[::2], rows[1::2], strict=True):
        cells = (over[at : at + 2] + under[at : at + 2] for at in range(0, len(over), 2))
        drawn.append("".join(_QUADRANTS[sum((dot == "#") << n for n, dot in enumerate(cell))] for cell in cells))
    return drawn


HUGE = Type("huge", face.ROWS + 1, 2, _wide)
LARGE = Type("large", 5, 1, _half)
NARROW = Type("narrow", 5, 0.5, _quarter)
SPACED = Type("spaced", 2, 0, lambda text: [text])
PLAIN = Type("plain", 1, 0, lambda text: [text])
DRAWN = (
    (HUGE, HUGE), (LARGE, LARGE), (LARGE, NARROW), (NARROW, LARGE), (NARROW, NARROW), (SPACED, LARGE), (SPACED, NARROW),
)  # fmt: skip
"""The types of the question and of what is carried, the best to read across a room first."""
LETTERS = ((SPACED, SPACED), (PLAIN, SPACED), (PLAIN, PLAIN))
"""The same where nothing drawn has room, or where plain letters are as large as drawn ones on a larger screen."""
SMALL = 30
"""A screen of so many rows or fewer has large plain letters."""
TURNS = 8
"""Over how many pages a passage in drawn type is spread at most, rather than set in small letters."""

SLACK = 1
"""How many rows may come and go before pages are set anew, so that they don't change as they are turned."""

Lines = tuple[str, ...]
"""Lines of text; an empty one stands between paragraphs."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on the screen at one time."""

    asks_in: Type
    question: Lines
    tells_in: Type
    words: Lines

    @property
    def rows(self) -> int:
        """How many rows it takes."""
        gap = GAP if self.question and self.words else 0
        return height(self.asks_in, self.question) + gap + height(self.tells_in, self.words)


def lines(kind: Type, text: str, width: int) -> Lines | None:
    """Break a text into the lines of a type; None where it cannot be set in it."""
    if not kind.dots:
        measure = max(1, min(width, MEASURE))
        parts = (wrap(part, measure, break_on_hyphens=False) or [""] for part in text.split("\n"))
        return tuple(line for part in parts for line in part)
    most = min(width, WIDEST * 5.5 * kind.dots)
    found: list[str] = []
    for part in text.split("\n"):
        line, taken = "", 0.0
        for word in part.split():
            wide = kind.width(word)
            if wide is None or wide > most:
                return None
            if line and taken + kind.space + wide > most:
                found.append(line)
                line, taken = "", 0.0
            taken += wide + (kind.space if line else 0)
            line = f"{line} {word}" if line else word
        found.append(line)
    return tuple(found)


def height(kind: Type, lines: Lines) -> int:
    """Give how many rows lines take: an empty one takes little."""
    return sum(kind.rows if line else max(1, kind.rows // 4) for line in lines)


def sign_of(text: str, width: int) -> str:
    """Draw a few words on one line; "" where there is no room for them."""
    return "\n".join(NARROW.draw(text)) if text and (NARROW.width(text) or width) < width else ""


def pages(question: str, passages: Sequence[str], width: int, room: int, rows: int) -> list[Page]:
    """Set a question and what is carried, one passage at a time, in `width` cells and `room` rows of a screen that has
    `rows`. There is always one page at least, and every word of a passage is on one."""
    return [page for words in passages or ("",) for page in _pages(question, words, width, room, rows)]


def _pages(question: str, words: str, width: int, room: int, rows: int) -> list[Page]:
    drawn = DRAWN if rows > SMALL else ()
    for page in _set(drawn, question, words, width):
        if page.rows <= room:
            return [page]
    for page in _set(drawn[::-1], question, words, width):
        if 0 < len(turned := _turned(page, room, least=2)) <= TURNS:
            return turned
    plain = list(_set(LETTERS, question, words, width))
    return (
        next(([page] for page in plain if page.rows <= room), None) or _turned(plain[-1], room, least=1) or plain[-1:]
    )


def _set(kinds: Sequence[tuple[Type, Type]], question: str, words: str, width: int) -> Iterator[Page]:
    for asks_in, tells_in in kinds:
        asked = lines(asks_in, question, width) if question.strip() else ()
        told = lines(tells_in, words, width - BAR) if words.strip() else ()
        if asked is not None and told is not None:
            yield Page(asks_in, asked, tells_in, told)


def _turned(page: Page, room: int, least: int) -> list[Page]:
    """Spread what is carried over pages, the question on each; none where not even so many lines have room. Plain
    lines always have: where the question leaves none, it stands on a page of its own."""
    told = tuple(line for line in page.words if line)
    beside = room - height(page.asks_in, page.question) - GAP
    if not told or (least > 1 and beside < least * page.tells_in.rows):
        return []
    first: list[Page] = []
    if page.question and beside < page.tells_in.rows:
        first, page, beside = [replace(page, words=())], replace(page, question=()), room
    each = max(1, beside // page.tells_in.rows)
    return first + [replace(page, words=told[at : at + each]) for at in range(0, len(told), each)]


class Poster(Widget):
    """The question, and what is carried below it."""

    DEFAULT_CSS = "Poster { height: auto; }"

    def __init__(self, id: str | None = None) -> None:
        """Say nothing yet."""
        super().__init__(id=id)
        self.question = ""
        """What is asked."""
        self.passages: tuple[str, ...] = ()
        """What is carried, one passage after the other."""
        self.share = 1.0
        """How much of the height around it may be taken."""
        self._pages: list[Page] = []
        self._set_for: tuple[Size, int] = Size(), 0
        """The screen and the room that the pages were set for."""
        self._at = 0

    def say(self, question: str, passages: Sequence[str], share: float) -> None:
        """Say this instead; what was turned over to stays turned over to, as long as the same is said."""
        said = (question, tuple(passages), share)
        if said == (self.question, self.passages, self.share):
            return
        if (question, share) != (self.question, self.share):
            self._at = 0
        self.question, self.passages, self.share = said
        self._pages = []
        self.refresh(layout=True)

    @property
    def words(self) -> str:
        """What of the passages stands on the screen just now."""
        return " ".join(self._page.words) if self._pages else ""

    @property
    def _page(self) -> Page:
        return self._pages[min(self._at, len(self._pages) - 1)]

    def may_turn(self, by: int) -> bool:
        """Say whether there is something to turn over to."""
        return 0 <= min(self._at, len(self._pages) - 1) + by < len(self._pages)

    def turn(self, by: int) -> None:
        """Turn over to what comes after, or before."""
        if self.may_turn(by):
            self._at = min(self._at, len(self._pages) - 1) + by
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take the rows that the page needs."""
        room = max(1, int(container.height * self.share))
        screen, before = self._set_for
        tallest = max((page.rows for page in self._pages), default=0) + (len(self._pages) > 1)
        if not tallest or screen != self.app.size or not tallest <= room <= before + SLACK:
            self._set_for = self.app.size, room
            self._pages = pages(self.question, self.passages, width, room, screen_rows := self.app.size.height)
            if len(self._pages) > 1:  # room for their number, and for hints that come and go as they are turned
                self._pages = pages(self.question, self.passages, width, max(1, room - 1 - SLACK), screen_rows)
        return min(room, self._page.rows + (len(self._pages) > 1))

    def render(self) -> Content:
        """Show the page, and which of how many it is."""
        if not self._pages:  # what was said stands before the screen is laid out anew
            self._pages = pages(self.question, self.passages, *self.size, self.app.size.height)
        page = self._page
        asked = _drawn(page.asks_in, page.question, "bold" if not page.asks_in.dots else "")
        told = _drawn(page.tells_in, page.words, "bold $accent" if not page.tells_in.dots else "$accent")
        shown = [*asked, *([Content("")] * GAP if asked and told else []), *(_barred(line) for line in told)]
        if len(self._pages) > 1:
            number = f"{min(self._at, len(self._pages) - 1) + 1}/{len(self._pages)}"
            shown.append(Content.assemble(" " * BAR, (number, "$quiet")))
        return Content("\n").join(shown)

    def on_resize(self, event: events.Resize) -> None:
        """Set it again in the room there is."""
        self.refresh(layout=True)


def _drawn(kind: Type, lines: Lines, style: str) -> list[Content]:
    rows: list[Content] = []
    for line in lines:
        drawn = [Content(row) for row in kind.draw(line)] if line else []
        blank = (kind.rows if line else max(1, kind.rows // 4)) - len(drawn)
        rows += [row.stylize(style) if style else row for row in drawn] + [Content("")] * blank
    return rows


def _barred(line: Content) -> Content:
    return Content.assemble(("▌", "$accent"), " " * (BAR - 1), line)

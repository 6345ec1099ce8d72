"""Letters that can be read across a room: drawn with blocks, as large as there is room for; a name that has other
letters, or no room, stands in plain ones."""

from __future__ import annotations

import unicodedata

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

BLANK = " "
"""What stands where no dot is."""
ROWS = 5
"""Dots from top to bottom of a letter."""
_GLYPHS = """
A .###. #...# ##### #...# #...#
B ####. #...# ####. #...# ####.
C .#### #.... #.... #.... .####
D ####. #...# #...# #...# ####.
E ##### #.... ####. #.... #####
F ##### #.... ####. #.... #....
G .#### #.... #..## #...# .####
H #...# #...# ##### #...# #...#
I ### .#. .#. .#. ###
J ..### ...#. ...#. #..#. .##..
K #...# #..#. ###.. #..#. #...#
L #.... #.... #.... #.... #####
M #...# ##.## #.#.# #...# #...#
N #...# ##..# #.#.# #..## #...#
O .###. #...# #...# #...# .###.
P ####. #...# ####. #.... #....
Q .###. #...# #.#.# #..#. .##.#
R ####. #...# ####. #..#. #...#
S .#### #.... .###. ....# ####.
T ##### ..#.. ..#.. ..#.. ..#..
U #...# #...# #...# #...# .###.
V #...# #...# #...# .#.#. ..#..
W #...# #...# #.#.# ##.## #...#
X #...# .#.#. ..#.. .#.#. #...#
Y #...# .#.#. ..#.. ..#.. ..#..
Z ##### ...#. ..#.. .#... #####
Æ .###### #..#... #####.. #..#... #..####
Ø .#### #..## #.#.# ##..# ####.
Å ..#.. .###. #...# ##### #...#
0 .###. #...# #...# #...# .###.
1 ..#.. .##.. ..#.. ..#.. .###.
2 ####. ....# .###. #.... #####
3 ####. ....# .###. ....# ####.
4 #..#. #..#. ##### ...#. ...#.
5 ##### #.... ####. ....# ####.
6 .###. #.... ####. #...# .###.
7 ##### ...#. ..#.. .#... .#...
8 .###. #...# .###. #...# .###.
9 .###. #...# .#### ....# .###.
: . # . # .
+ ... .#. ### .#. ...
- ... ... ### ... ...
. . . . . #
' # # . . .
"""
GLYPHS = {line[0]: line[2:].split(" ") for line in _GLYPHS.strip().splitlines()}
GLYPHS[" "] = ["..."] * ROWS


def dots(text: str) -> list[str] | None:
    """Give the rows of dots of a text, `#` for one that is set; None where a letter is not among those drawn here."""
    letters = [_glyph(letter) for letter in text.upper()]
    if not letters or any(glyph is None for glyph in letters):
        return None
    return [".".join(glyph[row] for glyph in letters if glyph) for row in range(ROWS)]


def _glyph(letter: str) -> list[str] | None:
    bare = unicodedata.normalize("NFD", letter)[0]
    return GLYPHS.get(letter) or GLYPHS.get(bare)


def lines(text: str, width: int, tall: bool) -> list[str]:
    """Draw a text in at most `width` cells: a dot is two cells wide where it is `tall` and there is room, else half a
    cell high; what cannot be drawn stands as it is written."""
    rows = dots(text)
    if rows is None or len(rows[0]) > width:
        return [text]
    if tall and 2 * len(rows[0]) <= width:
        return ["".join("██" if dot == "#" else 2 * BLANK for dot in row) for row in rows]
    pairs = zip(rows[::2], [*rows[1::2], "." * len(rows[0])], strict=True)
    return ["".join(_HALVES[over + under] for over, under in zip(*pair, strict=True)) for pair in pairs]


_HALVES = {"##": "█", "#.": "▀", ".#": "▄", "..": BLANK}
TALL = 32
"""Rows a screen has at least where letters are five rows high."""


class Big(Widget):
    """One line in large letters."""

    DEFAULT_CSS = "Big { height: auto; color: $accent; text-wrap: nowrap; }"

    def __init__(self, id: str | None = None) -> None:
        """Say nothing yet."""
        super().__init__(id=id)
        self._text = ""

    def say(self, text: str) -> None:
        """Say something instead."""
        if text != self._text:
            self._text = text
            self.refresh(layout=True)

    def _lines(self, width: int) -> list[str]:
        return lines(self._text, width, self.app.size.height >= TALL) if self._text else []

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take what the letters need."""
        return max((len(line) for line in self._lines(self.app.size.width)), default=0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many rows as they need."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Show them."""
        drawn = self._lines(self.size.width)
        return Content("\n".join(drawn)).stylize("bold" if len(drawn) == 1 else "not bold")

    def on_resize(self, event: events.Resize) -> None:
        """Draw them again in the room there is."""
        self.refresh(layout=True)

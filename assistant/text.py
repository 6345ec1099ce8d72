"""The one door for every word that comes in: keyboard, paste, model, file, sync. What passes is safe to show."""

import re
import unicodedata
from collections.abc import Sequence

# An escape sequence goes whole, so that its letters don't stay behind as text: CSI; OSC and the other strings, if they
# end on their line (else only their beginning goes, and no word is lost); two-character escapes.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x90\x98\x9c-\x9f\n]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]?"
)
# C0 but newline and tab, DEL and C1, line and paragraph separators' kin, bidi controls, tag characters,
# lone surrogates. ZWJ stays: it holds families of emoji together.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85|\x0b|\x0c")
_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff\uffa0]+"
)


def clean(text: str) -> str:
    """Give back `text` without anything that steers a terminal or hides in it, in Unicode's form NFC.

    Line ends become newlines; tabs, emoji and every letter stay. Cleaning twice changes nothing.
    """
    text = _ESCAPES.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", _UNSAFE.sub("", text))


def let_in(text: str) -> tuple[str, Sequence[int]]:
    """Give `text` without what steers or hides, letters in the form they came in, and where each character stood.

    One place more than there are characters: the end of `text`.
    """
    if not (_ESCAPES.search(text) or _UNSAFE.search(text) or _LINE_ENDS.search(text)):
        return text, range(len(text) + 1)
    ended = _LINE_ENDS.sub(lambda end: "\n".rjust(len(end.group()), "\r"), text)
    out = {at for found in _ESCAPES.finditer(ended) for at in range(*found.span())}
    places = [at for at, letter in enumerate(ended) if at not in out and not _UNSAFE.match(letter)]
    return "".join(ended[at] for at in places), [*places, len(text)]


def is_blank(text: str) -> bool:
    """Say whether nothing in `text` can be seen: white space and invisible characters only."""
    return not _INVISIBLE.sub("", text)

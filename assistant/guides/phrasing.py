"""How a step's text file becomes one question: its phrasings, whose turn it is, and the white space around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd
from zlib import crc32

from assistant.text import clean

_DIVIDER = re.compile(r"^---[ \t]*$", re.MULTILINE)
_HOLES = re.compile(r"\n(?:[ \t]*\n){2,}")
_READ = 2_000
"""Characters of a text that its first words are looked for in."""
_NOTE = re.compile(r"\{#.*?#\}", re.DOTALL)
_CHOICE = re.compile(
    r"\{%-? *(?:if|for)\b(?:(?!%\}).)*%\}((?:(?!\{%-? *(?:if|for|endif|endfor|else|elif)\b).)*)"
    r"(?:\{%-? *else *-?%\}((?:(?!\{%-? *(?:if|for|endif|endfor)\b).)*))?\{%-? *(?:endif|endfor) *-?%\}",
    re.DOTALL,
)
"""An innermost condition or loop: what stands in it, and what stands otherwise."""
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_SHOWN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
MARKS = ("{{", "{%", "{#")
"""What tells a template from a text; without one, Jinja2 would give it back unchanged."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One of a step's ways of asking."""

    text: str
    """The wording, as it stands in the file."""
    line: int
    """The line of the file where it begins, counted from 1."""

    @property
    def is_template(self) -> bool:
        """Whether anything is to be filled in."""
        return any(mark in self.text for mark in MARKS)


def phrasings(text: str) -> tuple[Phrasing, ...]:
    """Divide a text at its lines `---`."""
    found, start = [], 0
    for divider in _DIVIDER.finditer(text):
        found.append(Phrasing(text[start : divider.start()], text.count("\n", 0, start) + 1))
        start = min(divider.end() + 1, len(text))
    return (*found, Phrasing(text[start:], text.count("\n", 0, start) + 1))


def of_the_week(ways: Sequence[Phrasing], step_id: str, week: int) -> Phrasing:
    """Give the phrasing for `week`, counted from 1: the plainest, which stands first, in the first week, then another
    each week until all have come round. Steps go through theirs at different strides, so that few weeks are alike."""
    strides = [stride for stride in range(1, len(ways)) if gcd(stride, len(ways)) == 1] or [0]
    return ways[(week - 1) * strides[crc32(step_id.encode()) % len(strides)] % len(ways)]


def tidy(text: str) -> str:
    """Give a question as it is shown: safe to show, no white space around it, no holes where a condition left nothing.

    A template can spell a control character in a string, so what was rendered goes through the one door as well.
    """
    return _HOLES.sub("\n\n", clean(text)).strip()


def gist(text: str) -> str:
    """Give a text's first phrasing on one line, as it is read of somebody of whom nothing is known; for a list."""
    first = _NOTE.sub("", phrasings(text)[0].text[:_READ])
    before, plain = "", first
    while before != plain:
        before, plain = plain, _CHOICE.sub(lambda choice: choice[2] or "", plain)
    words = _worded(plain) or _worded(_CHOICE.sub(lambda choice: choice[1], first))
    return words or _worded(first)


def _worded(text: str) -> str:
    return " ".join(re.sub(r"[*_#>`]+", "", _SHOWN.sub("…", _TAG.sub("", text))).split())

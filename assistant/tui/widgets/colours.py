"""What is coloured in a text that a facilitator edits: Jinja, dividers and emphasis; in a guide.toml names and notes.

It runs at every key and over anything, so it goes through the text once: no pattern here can look far ahead twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int, int, str]
"""Row, first column, column after the last, and what it is."""

_OPENS = re.compile(r"\{([{%#])")
_CLOSES = {"{": ("}}", "shown"), "%": ("%}", "tag"), "#": ("#}", "note")}
_LINES = {
    "md": (
        (re.compile(r"---[ \t]*"), "divider"),
        (re.compile(r"#{1,6} .*"), "strong"),
    ),
    "toml": (
        (re.compile(r"\s*#.*"), "note"),
        (re.compile(r"\s*\[\[?[^\[\]]*\]\]?\s*(?:#.*)?"), "divider"),
    ),
}
"""What a whole line may be."""
_PARTS = {
    "md": (
        (re.compile(r"\*\*[^*]+\*\*|__[^_]+__"), "strong"),
        (re.compile(r"(?<![\w*])\*[^*\s][^*]*\*(?![\w*])|(?<![\w_])_[^_\s][^_]*_(?![\w_])"), "soft"),
        (re.compile(r"^\s*[-–*] "), "divider"),
    ),
    "toml": ((re.compile(r"^\s*[\w.-]+(?=\s*=)"), "tag"),),
}


def spans(text: str, kind: str) -> Iterator[Span]:
    """Give what is coloured in a text of `kind`, "md" or "toml"; later ones lie over earlier ones."""
    for row, line in enumerate(text.split("\n")):
        whole = next((what for pattern, what in _LINES[kind] if pattern.fullmatch(line)), None)
        if whole:
            yield row, 0, len(line), whole
            continue
        for pattern, what in _PARTS[kind]:
            for match in pattern.finditer(line):
                yield row, match.start(), match.end(), what
    if kind == "md":
        yield from _jinja(text)


def _jinja(text: str) -> Iterator[Span]:
    """Give the tags of a template; one that is never closed is coloured to the end of its line."""
    open_for_good: set[str] = set()
    at, row, begins = 0, 0, 0
    while opens := _OPENS.search(text, at):
        closer, what = _CLOSES[opens[1]]
        end = -1 if closer in open_for_good else text.find(closer, opens.end())
        if end < 0:
            open_for_good.add(closer)
            end = text.find("\n", opens.end())
            end = len(text) if end < 0 else end
        else:
            end += len(closer)
        row += text.count("\n", at, opens.start())
        begins = text.rfind("\n", 0, opens.start()) + 1
        for line in text[opens.start() : end].split("\n"):
            first = max(opens.start() - begins, 0)
            width = len(line)
            yield row, first, first + width, what
            begins += first + width + 1
            row += 1
        row -= 1
        at = end

"""Why a text cannot be read as a template, and where: found in the text itself, in the words of who wrote it.

Jinja2 says such things in English, about its own parts, and often where the text ends. None of that is passed on.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment, TemplateError

from assistant.guides.facts import CASES
from assistant.guides.fault import Flaw, nearest

_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENING = re.compile(r"\{[{%#]")
_WORD = re.compile(r"[{%\s-]*([^\W\d]\w*)?")
_RAW = re.compile(r"\{%-?\s*endraw\s*-?%\}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_BLOCKS = ("if", "for")
_WITHIN: dict[str, tuple[str, ...]] = {"else": _BLOCKS, "elif": ("if",), "endif": ("if",), "endfor": ("for",)}
"""The tags that belong to a block, and to which."""
_TAGS = (*_BLOCKS, *_WITHIN, "include", "raw", "endraw")
"""The tags that a text may have; others that Jinja2 knows are refused by the walk, which says what may be written."""
_REFUSED = frozenset(
    ("autoescape", "block", "call", "extends", "filter", "from", "import", "macro", "print", "set", "with")
)
_BARE = frozenset(("", *_BLOCKS, "elif", "include"))
"""What is not enough by itself between the signs."""
_SHOWN = 40
"""Characters of a tag that a sentence shows."""


@dataclass(frozen=True, slots=True)
class _Tag:
    """What stands between two signs, the signs with it."""

    at: int
    """Where it begins, in characters."""
    text: str

    @property
    def word(self) -> str:
        """The word behind `{%`; "" where there is none."""
        return _WORD.match(self.text)[1] or ""

    @property
    def inner(self) -> str:
        return self.text[2:-2].strip(" \t\n-+")

    @property
    def shown(self) -> str:
        short = " ".join(self.text.split())
        return short if len(short) <= _SHOWN else short[: _SHOWN - 4] + "… " + short[-2:]


def syntax_flaw(text: str, piece: str = "") -> Flaw:
    """Give the first thing that keeps `text` from being read; `piece` is what it is called, where it is one."""

    def flaw(key: str, at: int, width: int, **values: str) -> Flaw:
        column = at - text.rfind("\n", 0, at)
        return Flaw(key, values, text.count("\n", 0, at) + 1, column, width, piece=piece)

    tags: list[_Tag] = []
    for tag in _tags(text):
        if isinstance(tag, _Tag):
            tags.append(tag)
        else:
            opens = text[tag : tag + 2]
            return flaw("unclosed", tag, 2, opens=opens, closes=_CLOSES[opens])
    return _blocks(tags, flaw) or _inside(tags, flaw) or Flaw("syntax", piece=piece)


def _tags(text: str) -> Iterator[_Tag | int]:
    """Give the tags of a text in order; and, last, where one begins that does not end."""
    at = 0
    while found := _OPENING.search(text, at):
        start, opens = found.start(), found.group()
        end = text.find(_CLOSES[opens], start + 2)
        if end < 0 or (opens != "{#" and _OPENING.search(_QUOTED.sub(_blank, text[start + 2 : end]))):
            yield start
            return
        tag = _Tag(start, text[start : end + 2])
        at = end + 2
        if opens == "{%" and tag.word == "raw":
            raw = _RAW.search(text, at)
            at = raw.end() if raw else len(text)
            if not raw:
                yield tag
        elif opens != "{#":
            yield tag


def _blank(match: re.Match) -> str:
    return " " * len(match.group())


def _blocks(tags: Sequence[_Tag], flaw: Callable[..., Flaw]) -> Flaw | None:
    """Give the first tag that stands alone, or is none; then a block that does not end."""
    begun: list[_Tag] = []
    otherwise: set[int] = set()
    for tag in tags:
        word = tag.word if tag.text.startswith("{%") else ""
        if not tag.inner or (word in _BARE and word == tag.inner):
            return flaw("empty_tag", tag.at, len(tag.text), written=tag.shown)
        if not tag.text.startswith("{%"):
            continue
        if word.removeprefix("end") in _REFUSED:
            return flaw("not_allowed", tag.at + tag.text.find(word), len(word), written=word)
        if word not in _TAGS:
            if word in CASES:
                return flaw("tag_is_fact", tag.at, len(tag.text), written=tag.shown, name=word)
            near = next((name for name in _TAGS if name == tag.inner.replace(" ", "")), nearest(word, _TAGS))
            return flaw("unknown_tag", tag.at, len(tag.text), written=tag.shown, nearest=near)
        if word in (*_BLOCKS, "raw"):
            begun.append(tag)
        elif word in _WITHIN:
            if not begun:
                return flaw("ends_nothing", tag.at, len(tag.text), written=tag.shown, begins=_WITHIN[word][0])
            if begun[-1].word not in _WITHIN[word]:
                values = {"open": begun[-1].word, "begun": begun[-1].shown}
                return flaw("ends_other", tag.at, len(tag.text), written=tag.shown, **values)
            if word == "else" and begun[-1].at in otherwise:
                return flaw("else_again", tag.at, len(tag.text), written=tag.shown)
            if word == "else":
                otherwise.add(begun[-1].at)
            if word.startswith("end"):
                begun.pop()
    if begun:
        return flaw("unended", begun[-1].at, len(begun[-1].text), written=begun[-1].shown, tag=begun[-1].word)
    return None


def _inside(tags: Sequence[_Tag], flaw: Callable[..., Flaw]) -> Flaw | None:
    """Give the first tag that cannot be read by itself, and what in it is odd."""
    for tag in tags:
        bare = _QUOTED.sub(_blank, tag.text)
        if odd := re.search(r"[^\w\s{}%|.,()\[\]<>=!+*/~:'\"-]", bare):
            return flaw("odd_sign", tag.at + odd.start(), 1, sign=odd.group(), written=tag.shown)
        if quote := re.search(r"['\"]", bare):
            return flaw("open_quote", tag.at + quote.start(), 1, sign=quote.group(), written=tag.shown)
        if single := re.search(r"(?<![=!<>])=(?!=)", bare):
            return flaw("single_equals", tag.at + single.start(), 1, written=tag.shown)
        if not _reads(tag):
            return flaw("syntax_tag", tag.at, len(tag.text), written=tag.shown)
    return None


_AROUND = {
    "if": ("", "{% endif %}"),
    "for": ("", "{% endfor %}"),
    "else": ("{% if a %}", "{% endif %}"),
    "elif": ("{% if a %}", "{% endif %}"),
    "endif": ("{% if a %}", ""),
    "endfor": ("{% for a in b %}", ""),
}
"""What a tag needs before and behind it to be read by itself."""


def _reads(tag: _Tag) -> bool:
    before, behind = _AROUND.get(tag.word, ("", "")) if tag.text.startswith("{%") else ("", "")
    try:
        Environment().parse(before + tag.text + behind)
    except (TemplateError, RecursionError, ValueError):
        return False
    return True

"""What Vidne says around a member's words: the frames of `prompts/witness/LANG/forms.toml`, and how they are filled.

Nothing that is put in is changed, but for a full stop that the frame has already.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from assistant.prompts import builtin_prompts
from assistant.witness.said import Said
from assistant.witness.sentences import without_stop

_FIELD = re.compile(r"\{(\w+)\}")
_OUTER = {"da": "»«", "en": "‘’"}
"""Around a quote that has double quotation marks inside."""


@cache
def forms(lang: str) -> Mapping:
    """Give the frames of `lang`."""
    return tomllib.loads((builtin_prompts() / "witness" / lang / "forms.toml").read_text("utf-8"))


class Filled(NamedTuple):
    """A frame's name and the words that go into it, before it is chosen which of its wordings is used."""

    how: str
    """The name of the frame; `handback` has several."""
    name: str
    words: Mapping[str, str]

    def ways(self, lang: str) -> Iterator[tuple[str, str]]:
        """Give each wording of the frame and what is said in it; those that the words don't go into are left out."""
        table = forms(lang)
        for frame in (table["handback"] if self.how == "handback" else table)[self.name]:
            if filled := _fill(frame, self.words, lang):
                yield frame, filled


def fill(name: str, how: str = "", **words: str) -> Filled:
    """Give `words` with the frame that is theirs."""
    return Filled(how or name, name, words)


def framed(filled: Filled, said: Sequence[str], lang: str) -> Said | None:
    """Say it in a wording that was not the last one said, and the others by turns."""
    ways = list(filled.ways(lang))
    last = frame_of(said[-1], lang) if said else None
    turn = (len(said) + sum(len(word) for word in filled.words.values())) % max(len(ways), 1)
    other = (text for frame, text in (*ways[turn:], *ways[:turn]) if frame != last)
    return next((Said(text, filled.how) for text in other), None)


def _fill(frame: str, words: Mapping[str, str], lang: str) -> str | None:
    """Put `words` in. Where a quote ends with a mark of its own, the frame's mark after it goes."""
    out, at = "", 0
    for field in _FIELD.finditer(frame):
        before, word = frame[at : field.start()], words[field[1]]
        at = field.end()
        if frame[at : at + 1] != '"':
            out += before + word
            continue
        mark = frame[at + 1 : at + 2]
        word = word if mark == "." and at + 2 == len(frame) else without_stop(word)
        opening, closing = '"', '"'
        if '"' in word or "“" in word:
            opening, closing = _OUTER[lang]
            if opening in word or closing in word:
                return None
        out += before.removesuffix('"') + opening + word + closing
        at += 1 + (mark in tuple(".,") and word[-1] in ".?!…:;,")
    return out + frame[at:]


@cache
def _frames(lang: str) -> tuple[tuple[str, str, str], ...]:
    """Give each frame with what it begins and ends with, the most telling first."""
    table = forms(lang)
    held = [frames for frames in (*table.values(), *table["handback"].values()) if isinstance(frames, list)]
    known = []
    for frame in (frame for frames in held for frame in frames if "{" in frame):
        parts = _FIELD.split(frame)
        known.append((frame, parts[0].removesuffix('"'), parts[-1].lstrip('",. ')))
    return tuple(sorted(known, key=lambda one: -len(one[1] + one[2])))


def frame_of(one: str, lang: str) -> str | None:
    """Give the frame in which something was said; None for a shifted sentence or a greeting."""
    return next((frame for frame, start, end in _frames(lang) if one.startswith(start) and one.endswith(end)), None)

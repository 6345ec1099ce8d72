"""What in a member's lines may tell the others of somebody who is not in the room: pointed out to the writer, no more;
and which answers are only a no, and hold no line at all.

Names, as far as they can be told by a large letter; numbers that look like a CPR number; words for what somebody
suffers from, which are data (`prompts/carry/`). It never blocks: whether a line is carried, its writer decides.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from assistant.witness.quotes import quotes
from assistant.witness.sentences import WORD, Words, quoted, sentences

What = Literal["name", "cpr", "diagnosis"]

_CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[-–\s.]?\d{4}(?!\d)")
_LANGS = ("da", "en")
"""People write in both, whatever is spoken; so both languages' words are looked for."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place to look at."""

    what: What
    start: int
    end: int

    def words(self, text: str) -> str:
        """Give what stands there."""
        return text[self.start : self.end]


class Telling:
    """The lists of words, and what they find."""

    def __init__(self, tables: Sequence[dict[str, list[str]]]) -> None:
        self._begins = [word for table in tables for word in table.get("diagnoses", ())]
        self._whole = [word for table in tables for word in table.get("whole", ())]
        self._no_names = {word for table in tables for word in table.get("no_names", ())}
        self._no = {word for table in tables for word in table.get("no", ())}
        self._no_along = self._no.union(word for table in tables for word in table.get("no_along", ()))

    @classmethod
    def load(cls, folders: Sequence[Path]) -> "Telling":
        """Read the lists from the prompts folders; a group's own are added to those that came with Vidne."""
        paths = (folder / "carry" / f"{lang}.toml" for folder in folders for lang in _LANGS)
        return cls([tomllib.loads(path.read_text("utf-8")) for path in paths if path.is_file()])

    def is_no(self, text: str) -> bool:
        """Say whether an answer is no more than a no or a yes, or holds no word: "Nej, ikke noget i dag." """
        words = set(Words(text))
        return words <= self._no_along and (not words or not words.isdisjoint(self._no))

    @cached_property
    def _diagnosis(self) -> re.Pattern[str]:
        begins = "|".join(re.escape(word) for word in sorted(self._begins, key=len, reverse=True))
        whole = "|".join(re.escape(word) for word in self._whole)
        return re.compile(rf"(?<!\w)(?:(?:{begins})\w*|(?:{whole})(?!\w))", re.IGNORECASE)

    def points(self, text: str, lang: str, names: Collection[str] = ()) -> tuple[Point, ...]:
        """Give what is to be pointed out, in the order it stands; `names` are those that the group knows."""
        found = [Point("cpr", *match.span()) for match in _CPR.finditer(text)]
        found += [Point("diagnosis", *match.span()) for match in self._diagnosis.finditer(text)]
        found += self._names(text, lang, {name.casefold() for name in names})
        standing: list[Point] = []
        for point in sorted(found, key=lambda point: (point.start, -point.end)):
            if not standing or point.start >= standing[-1].end:
                standing.append(point)
        return tuple(standing)

    def _names(self, text: str, lang: str, known: set[str]) -> Iterator[Point]:
        begins = self._beginnings(text, lang)
        for match in WORD.finditer(text):
            word = match.group()
            bare = word.casefold()
            known_here = bare in known or any(bare in (f"{name}s", f"{name}'s", f"{name}’s") for name in known)
            large = word[0].isupper() and not word.isupper() and match.start() not in begins
            if known_here or (large and bare.replace("’", "'") not in self._no_names):
                yield Point("name", *match.span())

    @staticmethod
    def _beginnings(text: str, lang: str) -> set[int]:
        """Give where a large letter says nothing: where a sentence, a line or somebody's speech begins."""
        starts = [0, *(start for start, _ in sentences(text, lang, quoted(text)))]
        starts += [quote.start for quote in quotes(text)]
        starts += [match.end() for match in re.finditer(r"\n|[:.?!…–—]\s|[\"“”„«»(]", text)]
        return {match.start() for start in starts if (match := WORD.search(text, start))}

"""A second voice of the crisis check, for what no rule foresaw: words that together are like those of people in danger.

It weighs stems, and pairs of them that stand together in a sentence, learned from this project's own labelled sentences
(`python -m tests.likeness`). A sentence is weighed with its neighbours in a paragraph, and what stands further off
neither hides it nor adds to it. It speaks only where no rule does, and points at the sentences it means.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from pathlib import Path

from assistant.witness.cues import COVERED
from assistant.witness.ear import Heard, Place
from assistant.witness.rules import Finding

STEM = 5
"""How many characters of a word are weighed: enough to know it, few enough to meet it again in another form."""
FEWEST = 20
"""Neighbouring sentences are weighed together until they have so many words: a few words alone say too little."""
TOO_FEW = 5
"""A paragraph of fewer words is left to the rules."""
MOST = 70
"""How many words they may have together, unless one sentence alone has more."""

_ENDS = frozenset(".!?¶…")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was learned in one language."""

    rule: str
    """The id its findings carry, such as `da.crisis.likeness`."""
    why: str
    """One sentence for the person who reads the finding."""
    least: float
    """What a stretch must weigh for its length; chosen so that ordinary answers hardly ever do."""
    weights: dict[str, float]
    """What a stem weighs, and what a pair weighs, as `stem stem` side by side and `stem _ stem` with one between."""

    @classmethod
    def load(cls, folder: Path, lang: str) -> "Likeness":
        """Read what was learned, from a prompts folder."""
        return cls(**json.loads(likeness_file(folder, lang).read_bytes()))

    def finding(self, heard: Heard) -> Finding | None:
        """Give the stretch of a text that weighs most, if it weighs enough; what a cover hid weighs nothing."""
        heaviest = self.heaviest(heard)
        if heaviest.density() <= self.least:
            return None
        return Finding(self.rule, "likeness", *heard.span(heaviest.place), self.why)

    def heaviest(self, heard: Heard) -> "Part":
        """Give the stretch of a text that weighs most for its length."""
        return max(self.stretches(heard), key=Part.density, default=Part((0, 0), 0.0, 0))

    def stretches(self, heard: Heard) -> Iterator["Part"]:
        """Give every stretch of a text that is weighed as one."""
        paragraphs: list[list[Part]] = [[]]
        for place, words in sentences(heard):
            paragraphs[-1].append(Part(place, *self._weigh(features(words))))
            if words[-1] == "¶":
                paragraphs.append([])
        return (stretch for parts in paragraphs for stretch in _stretches(parts))

    def _weigh(self, found: Sequence[str]) -> tuple[float, int]:
        return sum(self.weights.get(feature, 0.0) for feature in found), len(found)


@dataclass(frozen=True, slots=True)
class Part:
    """Some sentences of a text, weighed."""

    place: Place
    """Where they stand."""
    weight: float
    """What their stems and pairs weigh together."""
    count: int
    """How many stems and pairs they have."""

    def density(self) -> float:
        """Give what the part weighs for its length: a long one needs more weight, though not as much more."""
        return self.weight / sqrt(self.count or 1)

    def words(self) -> int:
        """Give how many words the part has."""
        return self.place[1] - self.place[0]

    def __add__(self, following: "Part") -> "Part":
        place = self.place[0], following.place[1]
        return Part(place, self.weight + following.weight, self.count + following.count)


def likeness_file(folder: Path, lang: str) -> Path:
    """Give where a prompts folder has what was learned."""
    return folder / "witness" / lang / "crisis" / "likeness.json"


def sentences(heard: Heard) -> Iterator[tuple[Place, list[str]]]:
    """Give each sentence's place and its words."""
    first = 0
    for number, word in enumerate(heard.words):
        if word in _ENDS or number == len(heard.words) - 1:
            if number > first:
                yield (first, number + 1), heard.words[first : number + 1]
            first = number + 1


def features(words: Sequence[str]) -> list[str]:
    """Give what is weighed in the words of one sentence."""
    stems = [stem for word in words for part in word.split(" ") if (stem := part[:STEM]) not in (COVERED, "¶")]
    beside = (f"{one} {other}" for one, other in pairwise(stems))
    near = (f"{one} _ {other}" for one, other in zip(stems, stems[2:], strict=False))
    return [*stems, *beside, *near]


def _stretches(parts: Sequence[Part]) -> Iterator[Part]:
    """Give every run of neighbouring sentences that is weighed as one; a short paragraph is weighed whole."""
    for number, first in enumerate(parts):
        stretch = None
        for part in parts[number:]:
            longer = stretch + part if stretch else part
            if stretch and longer.words() > MOST:
                break
            stretch = longer
            is_all = first is parts[0] and part is parts[-1] and stretch.words() >= TOO_FEW
            if is_all or stretch.words() >= FEWEST:
                yield stretch

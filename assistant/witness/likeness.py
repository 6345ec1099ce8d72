"""A second voice of a check, for what no rule foresaw: sentences that together are like those it should hear.

It was learned from this project's own labelled sentences (`python -m tests.likeness`), and weighs neighbouring
sentences together, as many as a few lines hold: what stands further off neither hides them nor adds to them. Where
their words leave it in doubt, they are read as a whole too (`assistant.witness.encoder`). It speaks alone where such a
run is heavy, and it doubts a rule that speaks where none is; a group's own rules are never doubted.
"""

import json
from base64 import b64decode
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from itertools import accumulate
from math import log, sqrt
from pathlib import Path
from typing import Any

from assistant.witness.cues import COVERED
from assistant.witness.ear import Ear, Heard, Place
from assistant.witness.encoder import SURE, weigh
from assistant.witness.rules import Finding, Plain
from assistant.witness.traits import Senses, slots

MOST = 40
"""How many words neighbouring sentences may have to be weighed as one, unless one alone has more."""
LONGEST = 60
"""After so many words without a mark a new sentence begins."""
TOO_FEW = 3
"""A run of so few words is left to the rules."""
SEVERAL = 3
"""Of so many runs and more a text is long for a rule: that one speaks in it by chance is as likely as it gets, and a
plain sign is as plain in ten pages."""
READS = 4
"""How many of a text's runs are read as a whole: those that weigh most, so that any text takes about as long."""

QUOTED = ".quoted"
"""The covers that hide something from the second voice too, another's words: of idioms and times it learned itself."""

_ENDS = frozenset(".!?¶…")


@dataclass(frozen=True, slots=True)
class Run:
    """Some neighbouring sentences, weighed."""

    place: Place
    """Where they stand."""
    weight: float
    """How like they are to what the check should hear; above nought they are more like it than not."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was learned for one check in one language."""

    check: str
    """What it listens for: `crisis` or `nudge`."""
    rule: str
    """The id its findings carry, such as `da.crisis.likeness`."""
    why: str
    """One sentence for the person who reads the finding."""
    least: float
    """What a run must weigh for the voice to speak alone."""
    doubt: float
    """What a run must weigh for a rule that speaks in it to be believed."""
    rise: float
    """How much more `least` is in a text of many runs, of which one is heavy by chance: this times their logarithm.
    `doubt` is more too, as if there were at most `SEVERAL`."""
    worth: float
    """What a run must weigh by its words to be read as a whole where no rule speaks: most plain lines do not."""
    reading: float
    """How much the answer of the encoder weighs beside the words."""
    by_parts: bool
    """Whether a part of a run is enough for that: in doubt the crisis check speaks, and the nudge is silent."""
    offset: float
    """What a run weighs before its words are looked at."""
    unit: float
    """What a weight of one stands for."""
    senses: Senses
    """Which words are about what."""
    weights: memoryview
    """A small whole number for each slot."""

    @classmethod
    @cache
    def load(cls, folder: Path, lang: str, check: str) -> "Likeness":
        """Read what was learned, from the built-in prompts folder, once."""
        return cls.of(check, json.loads(likeness_file(folder, lang, check).read_bytes()))

    @classmethod
    def of(cls, check: str, held: Mapping[str, Any]) -> "Likeness":
        """Give what a file holds."""
        held = dict(held)
        senses, weights = Senses.of(held.pop("senses")), memoryview(b64decode(held.pop("weights"))).cast("b")
        return cls(check, **held, senses=senses, weights=weights)

    def finding(self, heard: Heard, runs: Sequence[Run]) -> Finding | None:
        """Give the run of a text that weighs most, if it weighs enough."""
        heavy = self.alone(heard, runs, self.least + self.rise * log(max(len(runs), 1)))
        if not heavy:
            return None
        return Finding(self.rule, "likeness", *heard.span(max(heavy, key=lambda run: run.weight).place), self.why)

    def alone(self, heard: Heard, runs: Iterable[Run], least: float) -> list[Run]:
        """Give the runs that weigh more than `least` and are long enough for the voice to speak alone."""
        long = (run for run in runs if run.place[1] - run.place[0] > TOO_FEW + 1)
        return self._read(heard, (run for run in long if run.weight > self.worth), least)

    def believed(self, heard: Heard, runs: Sequence[Run], findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Give those of a text's findings that stand in a run, or a part of one, which is not too light for them."""
        heavy = self.around(heard, runs, findings, self.doubt + self.rise * log(max(min(len(runs), SEVERAL), 1)))
        touched = _touching([heard.span(run.place) for run in heavy])
        return tuple(f for f in findings if touched(f.start, f.end))

    def around(self, heard: Heard, runs: Iterable[Run], findings: Sequence[Finding], least: float) -> list[Run]:
        """Give the runs, or parts of them, that weigh more than `least` and have something of a finding in them."""
        touched = _touching([(finding.start, finding.end) for finding in findings])
        where = self.runs(heard, parts=True) if self.by_parts else runs
        return self._read(heard, (run for run in where if touched(*heard.span(run.place))), least)

    def _read(self, heard: Heard, runs: Iterable[Run], least: float) -> list[Run]:
        """Give the runs that weigh more than `least` when they are read as a whole too; the heaviest `READS` are."""
        likely = (run for run in runs if run.weight + self.reading * SURE > least)
        found = []
        for run in nlargest(READS, likely, key=lambda run: run.weight):
            read = Run(run.place, run.weight + self.reading * (weigh(self.check, heard.given(run.place)) or 0))
            found += [read] if read.weight > least else []
        return found

    def runs(self, heard: Heard, parts: bool = False) -> Iterator[Run]:
        """Give every run of a text, weighed; with `parts`, what each is made of too."""
        known: dict[str, tuple[int, int]] = {}
        for sentences in paragraphs(heard):
            weighed = [self._weighed(" ".join(words), words, known) for _, words in sentences]
            lengths = [len(words) for _, words in sentences]
            for first, end in parts_of(lengths) if parts else runs_of(lengths):
                summed = sum(weight for weight, _ in weighed[first:end])
                count = sum(count for _, count in weighed[first:end])
                place = sentences[first][0][0], sentences[end - 1][0][1]
                yield Run(place, self.offset + self.unit * summed / sqrt(count))

    def _weighed(self, sentence: str, words: Sequence[str], known: dict[str, tuple[int, int]]) -> tuple[int, int]:
        """Give what a sentence weighs in all and in how many traits; the same sentence is looked at once."""
        if sentence not in known:
            found = slots(words, self.senses)
            known[sentence] = sum(map(self.weights.__getitem__, found)), len(found)
        return known[sentence]


def spoken(ear: Ear, likeness: Likeness, plain: Plain) -> tuple[Finding, ...]:
    """Give what the rules of an ear find and are believed about, or else what the second voice finds."""
    ruled, heard = ear.listen(plain, QUOTED)
    runs = tuple(likeness.runs(heard))
    believed = frozenset(likeness.believed(heard, runs, ruled) if ruled else ())
    if sure := tuple(finding for finding in ruled if finding.rule in ear.theirs or finding in believed):
        return sure
    alone = likeness.finding(heard, runs)
    return (alone,) if alone else ()


def _touching(places: Sequence[Place]) -> Callable[[int, int], bool]:
    """Give what says whether one of these places and another have something in common."""
    ordered = sorted(places)
    starts, ends = [start for start, _ in ordered], list(accumulate((end for _, end in ordered), max))
    return lambda start, end: (last := bisect_left(starts, end) - 1) >= 0 and ends[last] > start


def likeness_file(folder: Path, lang: str, check: str) -> Path:
    """Give where a prompts folder has what was learned."""
    return folder / "witness" / lang / check / "likeness.json"


def paragraphs(heard: Heard) -> Iterator[list[tuple[Place, list[str]]]]:
    """Give the sentences of each paragraph: the place of each, and its words that no cover hid."""
    found: list[tuple[Place, list[str]]] = []
    first = 0
    for number, word in enumerate(heard.words):
        if word in _ENDS or number - first >= LONGEST:
            words = [part for said in heard.words[first : number + 1] for part in said.split(" ")]
            words = [word for word in words if word not in (COVERED, "¶")]
            if any(word not in _ENDS for word in words):
                found.append(((first, number + 1), words))
            first = number + 1
        if word == "¶":
            if found:
                yield found
            found = []


def runs_of(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the first sentence of each run of a paragraph and the one after its last, from how many words they have.

    A run is as long as it may be, so that none lies within another.
    """
    end, words = 0, 0
    for first, length in enumerate(lengths):
        grown = end
        while grown < len(lengths) and (grown == first or words + lengths[grown] <= MOST):
            words += lengths[grown]
            grown += 1
        if grown > end:
            yield first, grown
        end, words = grown, words - length


def parts_of(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Give every stretch of sentences within a run, itself and what has words enough, as `runs_of` gives the runs."""
    runs = set(runs_of(lengths))
    parts = {(at, to) for first, end in runs for at in range(first, end) for to in range(at + 1, end + 1)}
    return sorted(part for part in parts if part in runs or sum(lengths[slice(*part)]) > TOO_FEW)

"""A second voice of the gate, for a reflection that its proof doubts: how closely does it follow what was said?

The proof knows few ways to say a thing again, and people and models know many. This voice was learned from this
project's own labelled reflections (`python -m tests.closeness`), from how each hangs on what it answers
(`assistant.witness.ties`). It may only lift doubts about wording: a cue of coaching, a quote that was altered, a name
or a number that nobody gave, and a second question stay what they are.
"""

import json
import tomllib
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from pathlib import Path
from zlib import crc32

from assistant.witness.lexicon import Lexicon
from assistant.witness.reading import Doubt
from assistant.witness.ties import Beside, kinds, traits
from assistant.witness.traits import Senses
from assistant.witness.trial import Trial

SLOTS = 1 << 15
"""How many weights there are; a power of two."""

_STANDING = frozenset(("empty", "quote", "questions"))
"""Doubts that no closeness lifts."""
_LONGEST = 30
"""How many words and marks a sentence has that may be lifted: in a longer one, what was added weighs too little."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """What was learned for one language."""

    most: float
    """What a sentence may weigh and still be shown."""
    offset: float
    """What one weighs before its traits are looked at; above nought it is more like those that stray."""
    unit: float
    """What a weight of one stands for."""
    weights: memoryview
    """A small whole number for each slot."""
    senses: Senses
    """Which words are about what."""
    kinds: Mapping[str, str]
    """The kinds of the words that a table knows."""

    @classmethod
    def load(cls, home: Path, lexicon: Lexicon) -> "Closeness":
        """Read what was learned from the built-in folder of a language."""
        held = json.loads((home / "closeness.json").read_bytes())
        weights = unpacked(held.pop("weights"))
        senses = Senses.of(tomllib.loads((home / "senses" / "words.toml").read_text("utf-8")))
        return cls(**held, weights=weights, senses=senses, kinds=kinds(lexicon))

    def lifts(self, trial: Trial, doubts: Sequence[Doubt]) -> bool:
        """Say whether every doubted sentence follows what was said so closely that its doubts are let go."""
        beside = Beside.of(trial, self.kinds)
        weights = map(self._weigh, slots(beside, doubts, self.senses))
        return may_lift(beside, doubts) and all(weight <= self.most for weight in weights)

    def _weigh(self, found: Sequence[int]) -> float:
        return self.offset + self.unit * sum(map(self.weights.__getitem__, found)) / sqrt(len(found))


def unpacked(weights: str) -> memoryview:
    """Give the weights as a file keeps them: a small whole number for each slot."""
    return memoryview(b64decode(weights)).cast("b")


def may_lift(beside: Beside, doubts: Sequence[Doubt]) -> bool:
    """Say whether no doubt stays whatever it weighs, no name and no number is new, and no sentence is too long."""
    if not _STANDING.isdisjoint(doubt.kind for doubt in doubts):
        return False
    if beside.brings_a_name(doubts) or beside.counts_anew():
        return False
    return all(len(sentence) <= _LONGEST for sentence in beside.sentences)


def slots(beside: Beside, doubts: Sequence[Doubt], senses: Senses) -> Iterator[list[int]]:
    """Give, for each sentence that is doubted, the slots of everything that is weighed of it; for all, if none is."""
    for sentence in beside.sentences:
        start, end = sentence[0].piece.token.start, sentence[-1].piece.token.end
        here = [doubt for doubt in doubts if doubt.start < end and start < doubt.end]
        if here or not doubts:
            yield [_slot(trait) for trait in traits(beside, sentence, here, senses)]


@lru_cache(1 << 14)
def _slot(trait: str) -> int:
    return crc32(trait.encode("utf-8", "replace")) & (SLOTS - 1)

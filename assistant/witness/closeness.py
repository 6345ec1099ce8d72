"""A second voice of the gate, for a reflection that its proof doubts: how closely does it follow what was said?

The proof knows few ways to say a thing again, and people and models know many. This voice was learned from this
project's own labelled reflections (`python -m tests.closeness`), from how each hangs on what it answers
(`assistant.witness.ties`); where that looks close, the encoder reads both as a whole. It may only lift doubts about
wording: a cue of coaching that is not the member's own words, a quote that was altered, a name or a number that nobody
gave, a question handed back that was not asked, one about what was not done, and a second question stay what they are.
"""

import json
import tomllib
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf, sqrt
from pathlib import Path
from zlib import crc32

from assistant.witness.encoder import encoder, weigh
from assistant.witness.lexicon import Lexicon
from assistant.witness.reading import Doubt
from assistant.witness.ties import Beside, Word, kinds, traits
from assistant.witness.traits import Senses
from assistant.witness.trial import Trial

SLOTS = 1 << 15
"""How many weights there are; a power of two."""

_WORDS, _ALIKE = 2.0, -2.0
"""How much the words count beside the encoder, and how far they can speak for it: words are easily made alike."""
_STANDING = frozenset(("asked", "empty", "quote", "questions", "undone"))
"""Doubts that no closeness lifts."""
_LONGEST = 30
"""How many words and marks a sentence has that may be lifted: in a longer one, what was added weighs too little."""

Weighed = Sequence[tuple[Sequence[Word], Sequence[Doubt]]]
"""Sentences, each with what is doubted of it."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """What was learned for one language."""

    most: float
    """What a sentence may weigh by its words and be shown, where the encoder cannot read it."""
    worth: float
    """What one may weigh by its words to be read as a whole at all."""
    sure: float
    """What one may weigh by both together and be shown."""
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
        """Say whether what is doubted follows what was said so closely that the doubts are let go.

        Each doubted sentence is weighed by its words. If none strays far, they are read together as a whole, without
        what is proved: it can neither help them nor hide them.
        """
        beside = Beside.of(trial, self.kinds)
        if not may_lift(beside, doubts):
            return False
        weighed = doubted(beside, doubts)
        weight = max((self._weigh(slots(beside, *one, self.senses)) for one in weighed), default=-inf)
        return weight <= self.worth and self.is_close(weight, answer(trial, weighed))

    def is_close(self, weight: float, answer: float | None) -> bool:
        """Say whether it is close enough: what it weighs by its words, and what the encoder answers, if it can."""
        if answer is None:
            return weight <= self.most
        return _WORDS * max(weight, _ALIKE) + answer <= self.sure

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


def doubted(beside: Beside, doubts: Sequence[Doubt]) -> Weighed:
    """Give each sentence that is doubted, with its doubts; all sentences, if nothing is."""
    found = []
    for sentence in beside.sentences:
        start, end = sentence[0].piece.token.start, sentence[-1].piece.token.end
        here = [doubt for doubt in doubts if doubt.start < end and start < doubt.end]
        found += [(sentence, here)] if here or not doubts else []
    return found


def slots(beside: Beside, sentence: Sequence[Word], doubts: Sequence[Doubt], senses: Senses) -> list[int]:
    """Give the slots of everything that is weighed of a sentence."""
    return [_slot(trait) for trait in traits(beside, sentence, doubts, senses)]


def words_of(trial: Trial, weighed: Weighed) -> str:
    """Give some sentences as they stand in the reflection."""
    places = ((words[0].piece.token.start, words[-1].piece.token.end) for words, _ in weighed)
    return " ".join(trial.text[start:end] for start, end in places)


def answer(trial: Trial, weighed: Weighed) -> float | None:
    """Give what the encoder answers when it reads some sentences after all that they answer; None where it cannot."""
    reads = encoder()
    text = words_of(trial, weighed)
    if reads is None or not (reads.pieces.are_read(trial.answers) and reads.pieces.are_read(text)):
        return None
    return weigh("gate", trial.answers, text)


@lru_cache(1 << 14)
def _slot(trait: str) -> int:
    return crc32(trait.encode("utf-8", "replace")) & (SLOTS - 1)

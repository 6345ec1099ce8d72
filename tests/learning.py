"""Learns what a voice of `assistant.witness.likeness` weighs: a support vector machine over a text's heaviest run.

A text that should be heard needs one run that is heavy, and which one is found while learning; a text that should not
may have none. It goes through the texts one by one, and gives each what it still lacks (Hsieh and others, 2008, "A
dual coordinate descent method for large-scale linear SVM"). They come in a fixed order: the same texts give the same
weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from math import sqrt
from random import Random

from assistant.witness.traits import SLOTS

STAGES, SWEEPS = 3, 5
"""How often each text's heaviest run is looked for, and how often all texts are gone through each time."""
COST = 1.0
"""What it costs to judge a text wrongly, beside large weights."""
LONG = 6
"""A text of more runs is not learned from as a sign before what a sign looks like is known."""


@dataclass(frozen=True, slots=True)
class Text:
    """A labelled text as it is learned from."""

    traits: Sequence[Sequence[int]]
    """The slots of each sentence."""
    runs: Sequence[tuple[int, int]]
    """The first sentence of each run, and the one after its last."""
    is_sign: bool
    """Whether it should be heard."""
    cost: float = 1.0
    """How much it matters beside the others."""

    def heaviest(self, weights: Sequence[float]) -> tuple[float, int, int]:
        """Give the weight of the heaviest run and its place."""
        sums = list(accumulate((sum(map(weights.__getitem__, found)) for found in self.traits), initial=0.0))
        counts = list(accumulate(map(len, self.traits), initial=0))
        return max(
            ((sums[end] - sums[first]) / sqrt(counts[end] - counts[first]), first, end) for first, end in self.runs
        )

    def longest(self) -> tuple[int, int]:
        """Give the place of the run with most traits."""
        counts = list(accumulate(map(len, self.traits), initial=0))
        return max(self.runs, key=lambda run: counts[run[1]] - counts[run[0]])


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned."""

    weights: Sequence[float]
    offset: float

    def weigh(self, text: Text) -> float:
        """Give how like a text is to a sign: above nought it is more like one than not."""
        return self.offset + text.heaviest(self.weights)[0] if text.runs else float("-inf")


@dataclass(slots=True)
class _Pupil:
    """A text while it is learned from."""

    text: Text
    cost: float
    side: float
    """1 if it should be heard, else -1."""
    share: float = 0.0
    """How much of it is in the weights."""
    slots: Sequence[int] = ()
    """Those of the run that is learned from."""
    scale: float = 1.0
    """What one trait of that run weighs."""
    size: float = 0.0
    """The square of the run's length, as a vector."""
    counts: dict[int, int] = field(default_factory=dict)


def learn(texts: Sequence[Text]) -> Learned:
    """Learn from labelled texts."""
    signs = sum(text.is_sign for text in texts)
    rarity = min(4.0, (len(texts) - signs) / signs)
    pupils = [
        _Pupil(text, COST * text.cost * (rarity if text.is_sign else 1.0), 1.0 if text.is_sign else -1.0)
        for text in texts
        if text.runs
    ]
    weights, offset = [0.0] * SLOTS, 0.0
    for stage in range(STAGES):
        taught = [pupil for pupil in pupils if stage or not (pupil.text.is_sign and len(pupil.text.runs) > LONG)]
        for pupil in taught:
            first, end = pupil.text.heaviest(weights)[1:] if stage else pupil.text.longest()
            _put(weights, pupil, -pupil.share)
            pupil.slots = list(chain.from_iterable(pupil.text.traits[first:end]))
            pupil.counts = _counted(pupil.slots)
            pupil.scale = 1 / sqrt(len(pupil.slots))
            pupil.size = 1 + sum(count * count for count in pupil.counts.values()) / len(pupil.slots)
            _put(weights, pupil, pupil.share)
        for sweep in range(SWEEPS):
            Random(SWEEPS * stage + sweep).shuffle(taught)
            for pupil in taught:
                weight = offset + pupil.scale * sum(map(weights.__getitem__, pupil.slots))
                slack = pupil.share / (2 * pupil.cost)
                lacks = 1 - pupil.side * weight - slack
                share = max(pupil.share + lacks / (pupil.size + 1 / (2 * pupil.cost)), 0.0)
                if abs(share - pupil.share) > 1e-9:
                    offset += pupil.side * (share - pupil.share)
                    _put(weights, pupil, share - pupil.share)
                    pupil.share = share
    return Learned(weights, offset)


def _counted(slots: Sequence[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for slot in slots:
        counts[slot] = counts.get(slot, 0) + 1
    return counts


def _put(weights: list[float], pupil: _Pupil, share: float) -> None:
    """Put so much more of a text into the weights."""
    if share:
        move = pupil.side * share * pupil.scale
        for slot, count in pupil.counts.items():
            weights[slot] += move * count

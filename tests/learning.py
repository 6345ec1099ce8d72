"""Learns what a voice of `assistant.witness.likeness` weighs: logistic regression over a text's heaviest run.

A text that should be heard needs one run that is heavy, and which one is found while learning; a text that should not
may have none. Texts come in a fixed order and steps shrink, so the same texts give the same weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, sqrt
from random import Random

from assistant.witness.traits import SLOTS

ROUNDS = 12
FIRST_STEP, SLOWING, FADING = 0.6, 0.25, 0.0004
SCALE = 4.0
"""How much a run's traits weigh together, beside the offset."""
LIGHT_ENOUGH = 0.02
"""Nothing is learned from a text that is already judged this well."""
LONG = 3
"""A text of more sentences is not learned from as a sign before what a sign looks like is known."""


@dataclass(frozen=True, slots=True)
class Text:
    """A labelled text as it is learned from."""

    traits: Sequence[Sequence[int]]
    """The slots of each sentence."""
    runs: Sequence[tuple[int, int]]
    """The first sentence of each run, and the one after its last."""
    is_sign: bool
    """Whether it should be heard."""

    def heaviest(self, weights: Sequence[float]) -> tuple[float, int, int, float]:
        """Give the weight of the heaviest run, its place and the root of how many traits it has."""
        sums = list(accumulate((sum(map(weights.__getitem__, found)) for found in self.traits), initial=0.0))
        counts = list(accumulate(map(len, self.traits), initial=0))
        weighed = []
        for first, end in self.runs:
            root = sqrt(counts[end] - counts[first])
            weighed.append(((sums[end] - sums[first]) / root, first, end, root))
        return max(weighed)


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned."""

    weights: Sequence[float]
    offset: float

    def weigh(self, text: Text) -> float:
        """Give how like a text is to a sign."""
        return self.offset + SCALE * text.heaviest(self.weights)[0] if text.runs else float("-inf")


def learn(texts: Sequence[Text]) -> Learned:
    """Learn from labelled texts."""
    weights, offset, order = [0.0] * SLOTS, -1.0, [text for text in texts if text.runs]
    signs = sum(text.is_sign for text in order)
    rarity = min(4.0, (len(order) - signs) / signs)
    for turn in range(ROUNDS):
        Random(turn).shuffle(order)
        step = FIRST_STEP / (1 + SLOWING * turn)
        for text in order:
            if turn < 2 and text.is_sign and len(text.traits) > LONG:
                continue
            weight, first, end, root = text.heaviest(weights)
            weight = offset + SCALE * weight
            error = text.is_sign - 1 / (1 + exp(-max(-30.0, min(30.0, weight))))
            if abs(error) < LIGHT_ENOUGH:
                continue
            move = step * error * (rarity if text.is_sign else 1.0)
            offset += 0.02 * move
            keep, move = 1 - step * FADING, move * SCALE / root / 3
            for found in text.traits[first:end]:
                for slot in found:
                    weights[slot] = weights[slot] * keep + move
    return Learned(weights, offset)

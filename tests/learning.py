"""Learns what a second voice weighs: a support vector machine over a text's heaviest run, and a logistic regression.

A text that should be heard needs one run that is heavy, and which one is found while learning; in a text that should
not, each run is learned from by itself. It goes through them one by one, and gives each what it still lacks (Hsieh and
others, 2008, "A dual coordinate descent method for large-scale linear SVM"). A trait reaches further the fewer texts
have it, letters reach less far than words, and what only one text has is left out. Some of what a logistic regression
learns from the same runs, with gaps in them, is added. Texts come in a fixed order: the same texts give the same
weights.
"""

from array import array
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from math import exp, log, sqrt
from operator import mul
from random import Random

from assistant.witness.traits import LETTERS, SLOTS

STAGES, SWEEPS = 2, 5
"""How often each text's heaviest run is looked for, and how often all texts are gone through each time."""
COST = 1.0
"""What it costs to judge a text wrongly, beside large weights."""
RARE = 2.0
"""How much further a rare trait reaches: a power of the logarithm of how many texts there are for each that has it."""
LETTERS_REACH = 0.5
"""How far letters reach, beside everything else."""
ENOUGH = 1e-3
"""What moves less is left where it is."""
GAPS = 77
"""Of the traits of a run, so many in 256 are left out at each look of what learns with gaps."""
GAP_SWEEPS, GAP_STEP, GAP_SHARE = 6, 0.3, 0.2
"""How often all texts are gone through with gaps, how far one step goes, and how much of it is added."""
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

    parts: Sequence[tuple[int, int]] = ()
    """Every stretch of sentences within a run."""

    def heaviest(
        self, weights: Sequence[float], runs: Sequence[tuple[int, int]] | None = None
    ) -> tuple[float, int, int]:
        """Give the weight of the heaviest run, or of the heaviest of `runs`, and its place."""
        sums = list(accumulate((sum(map(weights.__getitem__, found)) for found in self.traits), initial=0.0))
        counts = list(accumulate(map(len, self.traits), initial=0))
        return max(
            ((sums[end] - sums[first]) / sqrt(counts[end] - counts[first]), first, end)
            for first, end in runs or self.runs
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

    def weigh(self, text: Text, parts: bool = False) -> float:
        """Give how like a text, or some part of it, is to a sign: above nought it is more like one than not."""
        runs = text.parts if parts else text.runs
        return self.offset + text.heaviest(self.weights, runs)[0] if runs else float("-inf")


@dataclass(slots=True)
class _Pupil:
    """A text, or one run of it, while it is learned from."""

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
    moves: dict[int, float] = field(default_factory=dict)
    """How far each slot's weight moves for one share of it."""


def learn(texts: Sequence[Text], cost: float = COST, rare: float = RARE) -> Learned:
    """Learn from labelled texts, with `cost` and `rare` for `COST` and `RARE`; what costs nothing is left out."""
    texts = [text for text in texts if text.runs and text.cost]
    signs = sum(text.is_sign for text in texts)
    rarity = min(4.0, (len(texts) - signs) / signs)
    pupils = [
        _Pupil(part, cost * text.cost * (rarity if text.is_sign else 1.0), 1.0 if text.is_sign else -1.0)
        for text in texts
        for part in ([text] if text.is_sign else [replace(text, runs=[run]) for run in text.runs])
    ]
    weights, offset, reach = [0.0] * SLOTS, 0.0, _reach(texts, rare)
    for stage in range(STAGES):
        taught = [pupil for pupil in pupils if stage or not (pupil.text.is_sign and len(pupil.text.runs) > LONG)]
        for pupil in taught:
            first, end = pupil.text.heaviest(weights)[1:] if stage else pupil.text.longest()
            _put(weights, pupil, -pupil.share)
            _look_at(pupil, first, end, reach)
            _put(weights, pupil, pupil.share)
        for sweep in range(SWEEPS):
            Random(SWEEPS * stage + sweep).shuffle(taught)
            for pupil in taught:
                weight = offset + pupil.scale * sum(map(weights.__getitem__, pupil.slots))
                slack = 1 / (2 * pupil.cost)
                lacks = 1 - pupil.side * weight - slack * pupil.share
                more = max(lacks / (pupil.size + slack), -pupil.share)
                if abs(more) > ENOUGH:
                    offset += pupil.side * more
                    _put(weights, pupil, more)
                    pupil.share += more
    gaps = _with_gaps(taught, reach)
    both = [one + GAP_SHARE * more for one, more in zip(weights, gaps.weights, strict=True)]
    return Learned(both, offset + GAP_SHARE * gaps.offset)


def _with_gaps(pupils: Sequence[_Pupil], reach: Sequence[float]) -> Learned:
    """Learn from the same runs with gaps: a logistic regression that never sees all traits of a run at once.

    So it relies on no few of them (Wager and others, 2013, "Dropout training as adaptive regularization"); how far a
    step goes is from Duchi and others, 2011, "Adaptive subgradient methods".
    """
    far = [sqrt(each) for each in reach]
    weights, offset, moved = [0.0] * SLOTS, 0.0, [1e-3] * SLOTS
    for sweep in range(GAP_SWEEPS):
        dice, order = Random(sweep), list(pupils)
        dice.shuffle(order)
        for pupil in order:
            cuts = dice.randbytes(len(pupil.slots))
            seen = [slot for slot, cut in zip(pupil.slots, cuts, strict=True) if cut >= GAPS]
            scale = 1 / sqrt(len(seen) or 1)
            weight = pupil.side * (offset + scale * sum(map(weights.__getitem__, seen)))
            lacks = pupil.cost * pupil.side / (1 + exp(min(weight, 30.0)))
            offset += GAP_STEP / 10 * lacks
            for slot in seen:
                step = lacks * scale * far[slot]
                moved[slot] += step * step
                weights[slot] += GAP_STEP * step * far[slot] / sqrt(moved[slot])
    return Learned(weights, offset)


def packed(learned: Learned, slots: int = SLOTS) -> dict[str, object]:
    """Give what a file keeps of what was learned: the first `slots` weights as small whole numbers, and their unit."""
    weights = learned.weights[:slots]
    unit = sorted(map(abs, weights))[-len(weights) // 2000] / 127
    small = array("b", (max(-127, min(127, round(weight / unit))) for weight in weights))
    return {"offset": round(learned.offset, 4), "unit": unit, "weights": b64encode(small.tobytes()).decode("ascii")}


def _reach(texts: Sequence[Text], rare: float) -> list[float]:
    """Give how far each slot reaches, squared; on the whole that is one."""
    known = [0] * SLOTS
    for text in texts:
        for slot in set(chain.from_iterable(text.traits)):
            known[slot] += 1
    reach = [
        max(log(len(texts) / (1 + count)), 0.1) ** rare * (LETTERS_REACH if slot >= LETTERS else 1.0)
        if count > 1
        else 0.0
        for slot, count in enumerate(known)
    ]
    mean = sum(map(mul, reach, known)) / sum(count for count in known if count > 1)
    return [far / mean for far in reach]


def _look_at(pupil: _Pupil, first: int, end: int, reach: Sequence[float]) -> None:
    """Learn from this run of a text from now on."""
    pupil.slots = list(chain.from_iterable(pupil.text.traits[first:end]))
    pupil.scale = 1 / sqrt(len(pupil.slots))
    counts, move = Counter(pupil.slots), pupil.side * pupil.scale
    pupil.moves = {slot: move * count * reach[slot] for slot, count in counts.items() if reach[slot]}
    pupil.size = 1 + sum(count * count * reach[slot] for slot, count in counts.items()) / len(pupil.slots)


def _put(weights: list[float], pupil: _Pupil, share: float) -> None:
    """Put so much more of a text into the weights."""
    if share:
        for slot, move in pupil.moves.items():
            weights[slot] += share * move

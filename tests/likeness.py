"""Learns the weights of `assistant.witness.likeness` from the project's labelled sentences, and writes them.

    python -m tests.likeness

Signs are the rules' own examples and the rows that should trigger; the rest is near misses and everything ordinary
that the sets hold. Sets whose names say `held` are never read. It is logistic regression by gradient descent in a fixed
order, so the same sentences give the same weights. `least` is chosen on near misses, each weighed by weights that were
learned without it.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from math import exp, sqrt
from pathlib import Path
from random import Random

from assistant.witness.cues import load
from assistant.witness.ear import Ear, plain_of
from assistant.witness.likeness import Likeness, features, likeness_file, sentences

PROMPTS = Path(__file__).parents[1] / "prompts"
SETS = Path(__file__).parent / "witness"
WHY = {
    "da": "Ordene ligner tilsammen dem, mennesker i fare bruger.",
    "en": "The words together are like those that people in danger use.",
}
ROUNDS = 25
FOLDS = 5
TOO_MANY = 0.03
"""The share of near misses that may speak."""
TOO_LIGHT = 0.15
"""Weights lighter than this are left out."""

Row = tuple[list[str], bool]
"""What is weighed in a text, and whether it is a sign."""


def labelled(lang: str) -> dict[str, tuple[bool, bool]]:
    """Give all sentences that may be learned from: whether each is a sign, and whether it is a near miss."""
    known: dict[str, tuple[bool, bool]] = {}
    for path in sorted(SETS.glob("*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines() if "held" not in path.stem else ()):
            if row["lang"] != lang:
                continue
            if row["check"] == "crisis":
                is_sign = row["label"] == "trigger"
                known[row["text"]] = is_sign, not is_sign and "ordinary" not in row["tags"]
            elif row["label"] in ("show", "silent", "nudge"):
                known.setdefault(row["text"], (False, False))
            known.setdefault(row.get("member") or row["text"], (False, False))
    for cue in load([PROMPTS], lang, "crisis", proofs=True).cues:
        if cue.kind == "rule":
            known |= {_unmarked(text): (True, False) for text in cue.catches} | dict.fromkeys(cue.leaves, (False, True))
        elif cue.kind == "cover":
            known |= {_unmarked(text): (False, True) for text in cue.catches}
    return dict(sorted(known.items()))


def learn(rows: Sequence[Row]) -> dict[str, float]:
    """Give what each stem and pair weighs."""
    weights: dict[str, float] = {}
    offset, order = -1.0, list(rows)
    rarity = sum(not is_sign for _, is_sign in rows) / sum(is_sign for _, is_sign in rows) / 2
    for turn in range(ROUNDS):
        Random(turn).shuffle(order)
        step = 0.75 / (1 + 0.3 * turn)
        for found, is_sign in order:
            scale = 3 / sqrt(len(found) or 1)
            weight = offset + scale * sum(weights.get(feature, 0.0) for feature in found)
            error = (is_sign - 1 / (1 + exp(-max(-30.0, min(30.0, weight))))) * (rarity if is_sign else 1)
            offset += step * error * 0.03
            for feature in set(found):
                weights[feature] = weights.get(feature, 0.0) * (1 - step * 0.001) + step * error * scale / 3
    return {feature: round(weight, 2) for feature, weight in sorted(weights.items()) if abs(weight) >= TOO_LIGHT}


def learned(lang: str) -> Likeness:
    """Learn a language's weights, and how heavy is heavy enough."""
    ear, said = Ear.load([PROMPTS], lang, "crisis"), labelled(lang)
    heard = {text: ear.covered(plain_of(text)) for text in said}
    rows = [([it for _, words in sentences(heard[text]) for it in features(words)], said[text][0]) for text in said]
    near_misses: list[float] = []
    for fold in range(FOLDS):
        weights = learn([row for number, row in enumerate(rows) if number % FOLDS != fold])
        without = Likeness("", "", 0.0, weights)
        left_out = [text for number, text in enumerate(said) if number % FOLDS == fold and said[text][1]]
        near_misses += [without.heaviest(heard[text]).density() for text in left_out]
    least = sorted(near_misses, reverse=True)[int(TOO_MANY * len(near_misses))]
    return Likeness(f"{lang}.crisis.likeness", WHY[lang], round(least, 2), learn(rows))


def _unmarked(text: str) -> str:
    return text.replace("[", "").replace("]", "")


if __name__ == "__main__":
    for lang in WHY:
        text = json.dumps(asdict(learned(lang)), ensure_ascii=False, indent=0, separators=(",", ":"))
        likeness_file(PROMPTS, lang).write_text(text + "\n", "utf-8")

"""Learns the weights of `assistant.witness.likeness` from the project's labelled sentences, and writes them.

    python -m tests.likeness

Signs are the rules' own examples and the rows that should trigger; the rest is near misses and everything ordinary
that the sets hold. Sets whose names say `held` are never read. It is logistic regression by gradient descent in a fixed
order, so the same sentences give the same weights. `least` is chosen on near misses, each weighed by weights that were
learned without it; and no ordinary sentence that was learned from may speak.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from math import exp, sqrt
from pathlib import Path
from random import Random

from assistant.witness.cues import load
from assistant.witness.ear import Ear, Heard, plain_of
from assistant.witness.likeness import Likeness, features, likeness_file, sentences

PROMPTS = Path(__file__).parents[1] / "prompts"
SETS = Path(__file__).parent / "witness"
WHY = {
    "da": "Ordene ligner tilsammen dem, mennesker i fare bruger.",
    "en": "The words together are like those that people in danger use.",
}
ROUNDS = 25
FOLDS = 5
TOO_MANY = 0.06
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
    rows = {text: _rows(heard[text], is_sign) for text, (is_sign, _) in said.items()}
    near_misses: list[float] = []
    for fold in range(FOLDS):
        within = list(said)[fold::FOLDS]
        left_out = set(within)
        without = Likeness("", "", 0.0, learn([row for text in said if text not in left_out for row in rows[text]]))
        near_misses += [without.heaviest(heard[text]).density() for text in within if said[text][1]]
    weights = learn([row for text in said for row in rows[text]])
    whole = Likeness("", "", 0.0, weights)
    ordinary = max(whole.heaviest(heard[text]).density() for text, kind in said.items() if not any(kind))
    least = max(sorted(near_misses, reverse=True)[int(TOO_MANY * len(near_misses))], ordinary)
    return Likeness(f"{lang}.crisis.likeness", WHY[lang], round(least + 0.005, 2), weights)


def _rows(heard: Heard, is_sign: bool) -> list[Row]:
    """Give a text as a row, and each stretch of it as one where no part is a sign either."""
    every = [(place, features(words)) for place, words in sentences(heard)]
    places = {(0, len(heard.words))}
    if not is_sign:
        places |= {stretch.place for stretch in Likeness("", "", 0.0, {}).stretches(heard)}
    return [
        ([it for (first, end), found in every if start <= first and end <= stop for it in found], is_sign)
        for start, stop in sorted(places)
    ]


def _unmarked(text: str) -> str:
    return text.replace("[", "").replace("]", "")


if __name__ == "__main__":
    for lang in WHY:
        text = json.dumps(asdict(learned(lang)), ensure_ascii=False, indent=0, separators=(",", ":"))
        likeness_file(PROMPTS, lang).write_text(text + "\n", "utf-8")

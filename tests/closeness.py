"""Learns the second voice of the gate from the project's labelled reflections, and writes it.

    python -m tests.closeness

Rows come from `tests/witness/` and from `gate_rows.toml`; sets whose names say `held` are never read. What may be shown
is learned from once more with a word changed, as what may not. Each row is also judged by a voice that learned without
it and its neighbours in the file: from those verdicts `most` is chosen, and the figures of the whole gate with it are
kept in `cross-validated-gate.txt` for `make witness` to print.
"""

import json
import re
import tomllib
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from math import inf
from random import Random
from zlib import crc32

from assistant.witness.closeness import SLOTS, may_lift, slots
from assistant.witness.evaluate import VERDICTS
from assistant.witness.gate import Gate
from assistant.witness.ties import Beside
from assistant.witness.trial import Trial
from tests.learning import Learned, Text, learn, packed
from tests.likeness import FOLDS, PROMPTS, SETS

CROSS = SETS / "cross-validated-gate.txt"
CHOSEN_ON = ("later-gate", "gate-pairs")
"""Sets written blind to the rules and never tuned on row by row: `most` is chosen on them."""
MISSED = 0.025
"""The share of their rows that should be stopped which may be shown; more than half of these look like witnessing."""
TOGETHER = 40
"""Rows that stand together in a file are about the same people: as many are always in the same fold."""
CHANGES = 2
"""How many times a reflection that may be shown is learned from with a word changed."""
CHANGED_COSTS = 0.2
"""What it costs to be wrong about one of those, beside a row: some changes say the same, or nothing."""
SWAPPED = {
    "da": """
        jeg du han hun de vi, dig ham hende dem, din hans hendes deres, to tre fire fem seks syv otte ni ti,
        på af med uden til fra før efter, ikke altid måske kun også, mandag tirsdag onsdag torsdag fredag""",
    "en": """
        i you he she they we, him her them, your his her their, two three four five six seven eight nine ten,
        on off with without to from before after, not always maybe only also again,
        monday tuesday wednesday thursday friday""",
}
"""Words that are put for one another."""


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled reflection, as the gate without the second voice sees it."""

    source: str
    """The set it is from; empty for what is only learned from."""
    fold: int
    text: Text
    """What can be learned from it: a sign is what may not be shown."""
    is_proved: bool
    """Whether the gate shows it as it is."""
    is_open: bool
    """Whether nothing stands in the way of the second voice."""


def rows(lang: str, gate: Gate) -> Iterator[Row]:
    """Give all reflections that may be learned from, each once."""
    known = set()
    for source, number, said, text, is_shown in _labelled(lang):
        if (said, text) not in known:
            known.add((said, text))
            fold = crc32(f"{source} {number // TOGETHER}".encode()) % FOLDS
            yield _row(source, fold, not is_shown, text, said, gate)
            for changed in _changed(text, lang) if is_shown else ():
                row = _row("", fold, True, changed, said, gate)
                yield replace(row, text=replace(row.text, cost=CHANGED_COSTS))


def _labelled(lang: str) -> Iterator[tuple[str, int, str, str, bool]]:
    for path in sorted(SETS.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines() if "held" not in path.stem else ()):
            row = json.loads(line)
            if (row["check"], row["lang"]) == ("gate", lang):
                yield path.stem, number, row.get("member") or "", row["text"], row["label"] == VERDICTS["gate"][0]
    for number, answer in enumerate(tomllib.loads((SETS.parent / "gate_rows.toml").read_text("utf-8"))["answer"]):
        for kind in ("shown", "blocked") if answer["lang"] == lang else ():
            for text in answer[kind]:
                yield "gate_rows", number * TOGETHER, answer["said"], text, kind == "shown"


def _row(source: str, fold: int, is_sign: bool, text: str, said: str, gate: Gate) -> Row:
    trial = Trial(gate.lexicon, gate.forms, text, said)
    doubts = list(trial.doubts())
    beside = Beside.of(trial, gate.closeness.kinds)
    found = [array("I", some) for some in slots(beside, doubts, gate.closeness.senses)]
    runs = [(at, at + 1) for at in range(len(found))]
    is_open = not gate.wording(text) and may_lift(beside, doubts)
    return Row(source, fold, Text(found, runs, is_sign), not gate.judge(text, said), is_open)


def _changed(text: str, lang: str) -> Iterator[str]:
    """Give a reflection with one word changed: for another of its kind, or two words of it for each other."""
    dice = Random(crc32(text.encode()))
    words = re.findall(r"\w+|\W+", text)
    quotes = "".join("x" if mark in "\"“”»«'" else " " for mark in text)
    ways = [
        (at, other)
        for at, word in enumerate(words if "x" not in quotes else ())
        for group in map(str.split, SWAPPED[lang].split(","))
        for other in (group if word.lower() in group else ())
        if other != word.lower()
    ]
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha() and "x" not in quotes]
    for _ in range(CHANGES):
        changed = list(words)
        if ways and dice.random() < 0.75:
            at, other = dice.choice(ways)
            changed[at] = other if at else other.capitalize()
        elif len(long) > 1:
            one, two = dice.sample(long, 2)
            changed[one], changed[two] = words[two], words[one]
        if changed != words:
            yield "".join(changed)


def write(lang: str) -> Iterator[dict[str, object]]:
    """Learn one voice and write it; give the gate's figures on each set, by voices that had not learned it."""
    home = PROMPTS / "witness" / lang
    gate = Gate.load([PROMPTS], lang)
    gate.closeness = replace(gate.closeness, most=-inf)
    given = list(rows(lang, gate))
    judged: list[tuple[Row, float]] = []
    for fold in range(FOLDS):
        without = learned([row for row in given if row.fold != fold])
        judged += [(row, weight(row, without)) for row in given if row.fold == fold and row.source]
    most = bound([one for one in judged if one[0].source.startswith(CHOSEN_ON)], MISSED)
    held = {"most": round(most, 3), **packed(learned(given), SLOTS)}
    (home / "closeness.json").write_text(json.dumps(held).replace(', "', ',\n"') + "\n", "utf-8")
    for source in sorted({row.source for row, _ in judged}):
        stopped = [(row.text.is_sign, weighed > most) for row, weighed in judged if row.source == source]
        counts = {"n": len(stopped), "signs": sum(is_sign for is_sign, _ in stopped)}
        counts |= {"caught": stopped.count((True, True)), "alarms": stopped.count((False, True))}
        yield {"set": source, "check": "gate", "lang": lang, **counts}


def learned(given: Sequence[Row]) -> Learned:
    """Learn from these rows; their traits are fewer than a text's words, and none so rare."""
    return learn([row.text for row in given], cost=0.5, rare=1.0)


def weight(row: Row, voice: Learned) -> float:
    """Give what a reflection weighs in the whole gate: nothing where it is proved, all where it cannot be lifted."""
    return -inf if row.is_proved else voice.weigh(row.text) if row.is_open else inf


def bound(judged: Sequence[tuple[Row, float]], missed: float) -> float:
    """Give what a reflection may weigh so that no more than the share `missed` of the bad ones is shown."""
    bad = sorted(weighed for row, weighed in judged if row.text.is_sign)
    return bad[int(missed * len(bad))] - 1e-6


def _written(lang: str) -> list[dict[str, object]]:
    return list(write(lang))


if __name__ == "__main__":
    with ProcessPoolExecutor() as pool:
        figures = [figure for figures in pool.map(_written, ("da", "en")) for figure in figures]
    CROSS.write_text("".join(json.dumps(figure) + "\n" for figure in figures), "utf-8")

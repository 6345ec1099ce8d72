"""Learns the second voice of the gate from the project's labelled reflections, and writes it.

    python -m tests.closeness

Rows come from `tests/witness/` and from `gate_rows.toml`; sets whose names say `held` are never read. What may be shown
is learned from once more with a word changed, as what may not. Each row is also judged by a voice that learned without
it and its neighbours in the file; one in five the encoder has not learned either. From those verdicts the bounds are
chosen, and the figures of the whole gate with them are kept in `cross-validated-gate.txt` for `make witness` to print.
"""

import json
import re
import tomllib
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import accumulate
from math import inf
from random import Random
from zlib import crc32

from assistant.witness.closeness import SLOTS, answer, doubted, may_lift, slots, unpacked
from assistant.witness.evaluate import VERDICTS
from assistant.witness.gate import Gate, are_members
from assistant.witness.ties import Beside
from assistant.witness.trial import Trial
from tests.learning import Learned, Text, learn, packed
from tests.likeness import APART, FOLDS, PROMPTS, SETS

CROSS = SETS / "cross-validated-gate.txt"
CHOSEN_ON = ("later-gate", "gate-pairs", "gate-retold")
"""Sets written blind to the rules and never tuned on row by row: the bounds are chosen on them."""
MISSED = 0.0165
"""The share of what may not be shown there that is shown where the words alone decide."""
SUBTLE = 0.3
"""Of that, so much counts as looking like witnessing, as in the catalogue: in these sets it is more than half."""
WORTH = -0.3
"""What a reflection may weigh by its words to be read as a whole."""
SURE = -4.8
"""What one may weigh by both together and be shown."""
TOGETHER = 40
"""Rows that stand together in a file are about the same people: as many are always in the same fold."""
CHANGES = 2
"""How many times a reflection that may be shown is learned from with a word changed."""
COSTS = {"": 0.2, "gate_rows": 4.0}
"""What it costs to be wrong about a changed reflection, and about one that a test promises, beside a row: some changes
say the same, or nothing."""
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
    is_subtle: bool
    """Whether its label says that it looks like witnessing and is not."""
    is_proved: bool
    """Whether the gate shows it as it is."""
    is_open: bool
    """Whether nothing stands in the way of the second voice."""
    answer: float | None = None
    """What the encoder answers to what is doubted, where it is asked and has not learned from it."""


def rows(lang: str, gate: Gate) -> Iterator[Row]:
    """Give all reflections that may be learned from, each once."""
    known = set()
    for source, number, said, text, is_shown, is_subtle in labelled(lang):
        if (said, text) not in known:
            known.add((said, text))
            fold = crc32(f"{source} {number // TOGETHER}".encode()) % FOLDS
            yield _row(source, fold, (not is_shown, is_subtle), text, said, gate)
            for changed in changes(text, lang) if is_shown else ():
                yield _row("", fold, (True, False), changed, said, gate)


def labelled(lang: str) -> Iterator[tuple[str, int, str, str, bool, bool]]:
    """Give each reflection: its set and number, what was said, itself, and whether it is shown, and is subtle."""
    for path in sorted(SETS.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines() if "held" not in path.stem else ()):
            row = json.loads(line)
            if (row["check"], row["lang"]) == ("gate", lang):
                is_shown, is_subtle = row["label"] == VERDICTS["gate"][0], "subtle" in row.get("tags", ())
                yield path.stem, number, row.get("member") or "", row["text"], is_shown, is_subtle
    for number, one in enumerate(tomllib.loads((SETS.parent / "gate_rows.toml").read_text("utf-8"))["answer"]):
        for kind in ("shown", "blocked") if one["lang"] == lang else ():
            for text in one[kind]:
                yield "gate_rows", number * TOGETHER, one["said"], text, kind == "shown", kind == "blocked"


def _row(source: str, fold: int, label: tuple[bool, bool], text: str, said: str, gate: Gate) -> Row:
    """Give a reflection whose label says whether it is a sign, and whether it is subtle."""
    trial = Trial(gate.lexicon, gate.forms, text, said)
    doubts = list(trial.doubts())
    beside = Beside.of(trial, gate.closeness.kinds)
    weighed = doubted(beside, doubts)
    found = [array("I", slots(beside, *one, gate.closeness.senses)) for one in weighed]
    cost = COSTS.get(source, 1.0)
    learned_from = Text(found, [(at, at + 1) for at in range(len(found))], label[0], cost)
    if not source:
        return Row(source, fold, learned_from, label[1], False, False)
    is_open = are_members(trial, gate.wording(text)) and may_lift(beside, doubts)
    is_proved = not gate.judge(text, said)
    is_asked = fold == APART and is_open and not is_proved
    return Row(source, fold, learned_from, label[1], is_proved, is_open, answer(trial, weighed) if is_asked else None)


def changes(text: str, lang: str) -> Iterator[str]:
    """Give a reflection without quotes with a word changed: for another of its kind, or two words for each other."""
    dice = Random(crc32(text.encode()))
    words = re.findall(r"\w+|\W+", text)
    if re.search(r"[\"“”»«]|(?<!\w)'|'(?!\w)", text):
        return
    groups = [group.split() for group in SWAPPED[lang].split(",")]
    ways = [
        (at, other)
        for at, word in enumerate(words)
        for group in groups
        for other in (group if word.lower() in group else ())
        if other != word.lower()
    ]
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    for _ in range(CHANGES):
        changed = list(words)
        if ways and dice.random() < 0.75:
            at, other = dice.choice(ways)
            changed[at] = other.capitalize() if words[at][0].isupper() else other
        elif len(long) > 1:
            one, two = dice.sample(long, 2)
            changed[one], changed[two] = words[two], words[one]
        if changed != words:
            yield "".join(changed)


def write(lang: str) -> Iterator[dict[str, object]]:
    """Learn one voice and write it; give the gate's figures on each set, by voices that had not learned it."""
    home = PROMPTS / "witness" / lang
    gate = Gate.load([PROMPTS], lang)
    gate.closeness = replace(gate.closeness, worth=-inf)
    given = list(rows(lang, gate))
    judged: list[tuple[Row, float]] = []
    for fold in range(FOLDS):
        without = learned([row for row in given if row.fold != fold])
        judged += [(row, weight(row, without)) for row in given if row.fold == fold and row.source]
    most = bound([one for one in judged if one[0].source.startswith(CHOSEN_ON)])
    held = {
        "most": round(most, 3),
        "worth": WORTH,
        "sure": SURE,
        **packed(learned(given), SLOTS),
    }
    (home / "closeness.json").write_text(json.dumps(held).replace(', "', ',\n"') + "\n", "utf-8")
    voice = replace(gate.closeness, most=most, sure=SURE)
    apart = [
        (row, row.is_proved or (weighed <= WORTH and voice.is_close(weighed, row.answer)))
        for row, weighed in judged
        if row.fold == APART
    ]
    for source in sorted({row.source for row, _ in apart}):
        stopped = [(row.text.is_sign, not is_shown) for row, is_shown in apart if row.source == source]
        counts = {"n": len(stopped), "signs": sum(is_sign for is_sign, _ in stopped)}
        counts |= {"caught": stopped.count((True, True)), "alarms": stopped.count((False, True))}
        yield {"set": source, "check": "gate", "lang": lang, **counts}


def learned(given: Sequence[Row]) -> Learned:
    """Learn from these rows, as it will be kept; their traits are fewer than a text's words, and none so rare."""
    held = packed(learn([row.text for row in given], cost=0.5, rare=1.0), SLOTS)
    return Learned([held["unit"] * weight for weight in unpacked(held["weights"])], held["offset"])


def weight(row: Row, voice: Learned) -> float:
    """Give what a reflection weighs by its words: nothing where it is proved, all where it cannot be lifted."""
    if row.is_proved:
        return -inf
    runs = (replace(row.text, runs=[run]) for run in row.text.runs)
    return max(map(voice.weigh, runs), default=-inf) if row.is_open else inf


def bound(judged: Sequence[tuple[Row, float]]) -> float:
    """Give what a reflection may weigh so that no more than the share `MISSED` of the bad ones is shown."""
    bad = sorted((weighed, row.is_subtle) for row, weighed in judged if row.text.is_sign)
    subtle = sum(is_subtle for _, is_subtle in bad)
    shares = {True: SUBTLE / subtle, False: (1 - SUBTLE) / (len(bad) - subtle)}
    shown = accumulate(shares[is_subtle] for _, is_subtle in bad)
    return next(weighed for (weighed, _), share in zip(bad, shown, strict=True) if share > MISSED) - 1e-6


def _written(lang: str) -> list[dict[str, object]]:
    return list(write(lang))


if __name__ == "__main__":
    with ProcessPoolExecutor() as pool:
        figures = [figure for figures in pool.map(_written, ("da", "en")) for figure in figures]
    CROSS.write_text("".join(json.dumps(figure) + "\n" for figure in figures), "utf-8")

"""Learns the second voice of the crisis check and of the nudge from the project's labelled sentences, and writes it.

    python -m tests.likeness

Rows come from `tests/witness/` and from the rules' own proofs; sets whose names say `held` are never read. One row in
five is also judged by a voice that learned without it and its neighbours in the file, and so did the encoder: from
those verdicts `least` is chosen, and their figures are kept in `cross-validated.txt` for `make witness` to print, as
the honest estimate.
"""

import json
import tomllib
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from math import inf, log
from pathlib import Path
from zlib import crc32

from assistant.witness.cues import load
from assistant.witness.ear import Ear, Heard, plain_of
from assistant.witness.evaluate import VERDICTS
from assistant.witness.likeness import QUOTED, SEVERAL, Likeness, likeness_file, paragraphs, parts_of, runs_of
from assistant.witness.traits import Senses, slots
from tests.learning import Text, learn, packed

PROMPTS = Path(__file__).parents[1] / "prompts"
SETS = Path(__file__).parent / "witness"
CROSS = SETS / "cross-validated.txt"
WHY = {
    ("crisis", "da"): "Ordene ligner tilsammen dem, mennesker i fare bruger.",
    ("crisis", "en"): "The words together are like those that people in danger use.",
    ("nudge", "da"): "Ordene ligner tilsammen mere råd, vurdering, trøst eller udspørgen end det, et vidne siger.",
    ("nudge", "en"): "The words together are more like advice, judging, comfort or questioning than witnessing.",
}
FALSE_ALARMS = {"crisis": 0.09, "nudge": 0.02}
"""The share of rows that may be heard though they should not be, in the sets that the bounds are chosen on."""
ORDINARY_ALARMS = {("crisis", "da"): 0.04, ("crisis", "en"): 0.05, ("nudge", "da"): 0.1, ("nudge", "en"): 0.1}
"""The share of ordinary texts that may be heard: what members say in the other checks' sets, and what stands there."""
LONG, LONG_ALARMS = 4, {"crisis": 0.1, "nudge": 0.085}
"""The same for texts of so many runs and more, as long answers are."""
CHOSEN_ON = "later"
"""How the names of those sets begin: nobody who wrote a rule had read their rows."""
TWINS = ("later-signs", "later-half-said", "later-bodily")
"""Sets of those where a sign stands beside its harmless double: more of these than people write: they don't count."""
TRUST = tuple(part / 20 for part in range(4, 25))
"""How much more a run may weigh where a rule speaks: what a rule is worth is chosen on the same sets."""
RISE = {"crisis": tuple(part / 5 for part in range(8)), "nudge": (0.0,)}
"""How much more a run may have to weigh in a text of many; not in a draft, which may drift in its last line."""
ASIDE = {"crisis": 0.4, "nudge": 0.0}
"""What it costs to be wrong about an ordinary text, beside a row that a set labels for the check: the nudge only ever
hears what one member writes to another, and learns nothing from the rest."""
BY_PARTS = {"crisis": True, "nudge": False}
"""Whether a rule is believed for a part of a run: in doubt the crisis check speaks, and the nudge is silent."""
EVERY = 4
"""Of the ordinary texts, one in so many is learned from: they are many, and much alike."""
FOLDS, APART = 5, 0
"""Rows are in so many folds; the encoder has not learned from one of them, and there the bounds are chosen."""
READING = {"crisis": 0.2, "nudge": 0.4}
"""How much the answer of the encoder weighs beside the words."""
WORTH = {"crisis": -0.7, "nudge": -9.0}
"""What a run must weigh by its words to be read as a whole: of 801 signs in the held sets that no rule hears, two weigh
less, and so do two of three plain answers."""
NEIGHBOURS = 8
"""Rows that stand together in a file were often written together: as many are always in the same fold."""
SITTING = 150
"""Of the sets that the bounds are chosen on, so many were written in one go."""
DRIFT = ("advice", "advice-question", "advice-softened", "goal-push", "praise", "reassurance", "reframe")
"""Categories of the gate whose sentences a person should not say to another either."""


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled text of one check and language."""

    text: str
    is_sign: bool
    source: str
    """The set that labels it for this check; empty if it is only learned from."""
    fold: int


def labelled(check: str, lang: str) -> list[Row]:
    """Give all texts that may be learned from, each once; what a set says of one goes before all else."""
    known: dict[str, Row] = {}
    for text, is_sign, source, group in _labelled(check, lang):
        if text not in known or (source and not known[text].source):
            known[text] = Row(text, is_sign, source, crc32(group.encode()) % FOLDS)
    return list(known.values())


def _labelled(check: str, lang: str) -> Iterator[tuple[str, bool, str, str]]:
    _, speaks = VERDICTS[check]
    for path in sorted(SETS.glob("*.jsonl")):
        for number, row in enumerate(_rows(path) if "held" not in path.stem else ()):
            if row["lang"] != lang:
                continue
            group = f"{path.stem} {number // (SITTING if path.stem.startswith(CHOSEN_ON) else NEIGHBOURS)}"
            if row["check"] == check:
                yield row["text"], row["label"] == speaks, path.stem, group
                continue
            if check == "nudge" and row.get("category") in DRIFT:
                yield row["text"], True, "", group
            elif row["label"] in ("show", "silent", "no-trigger", "trigger" if check == "nudge" else "nudge"):
                yield row["text"], False, "", group
            if row.get("member"):
                yield row["member"], False, "", group
    for cue in load([PROMPTS], lang, check, proofs=True).cues:
        if cue.kind != "hint":
            yield from ((_unmarked(text), cue.kind == "rule", "", cue.id) for text in cue.catches)
        if cue.kind == "rule":
            yield from ((text, False, "", cue.id) for text in cue.leaves)


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _unmarked(text: str) -> str:
    return text.replace("[", "").replace("]", "")


def senses_of(lang: str) -> dict[str, str]:
    """Read which words are about what."""
    return tomllib.loads((PROMPTS / "witness" / lang / "senses" / "words.toml").read_text("utf-8"))


def as_learned(heard: Heard, row: Row, senses: Senses, aside: float) -> Text:
    """Give a text as it is learned from."""
    traits: list[list[int]] = []
    runs: list[tuple[int, int]] = []
    parts: list[tuple[int, int]] = []
    for sentences in paragraphs(heard):
        begun = len(traits)
        traits += [slots(words, senses) for _, words in sentences]
        lengths = [len(words) for _, words in sentences]
        runs += [(begun + first, begun + end) for first, end in runs_of(lengths)]
        parts += [(begun + first, begun + end) for first, end in parts_of(lengths)]
    cost = 1.0 if row.source or row.is_sign else 0.0 if crc32(row.text.encode()) % EVERY else aside
    return Text([array("I", found) for found in traits], runs, row.is_sign, cost, parts)


@dataclass(frozen=True, slots=True)
class Judged:
    """A row as the check would judge it with voices that had not learned from it."""

    row: Row
    weight: float
    """What its heaviest run weighs."""
    ruled: float
    """What its heaviest run, or part of one, weighs where a rule spoke."""

    runs: int
    """How many runs it has."""

    @classmethod
    def by(cls, voice: Likeness, ear: Ear, row: Row) -> "Judged":
        """Have a voice judge a row."""
        findings, heard = ear.listen(plain_of(row.text), QUOTED)
        runs = list(voice.runs(heard))
        alone, around = voice.alone(heard, runs, -inf), voice.around(heard, runs, findings, -inf)
        heaviest = (max((run.weight for run in some), default=-inf) for some in (alone, around))
        return cls(row, *heaviest, len(runs))

    def weighs(self, trust: float, rise: float) -> float:
        """Give what it weighs, with what a rule is worth, and without what many runs take from it."""
        runs = max(self.runs, 1)
        return max(self.weight - rise * log(runs), self.ruled + trust - rise * log(min(runs, SEVERAL)))


def write(check: str, lang: str) -> Iterator[dict[str, object]]:
    """Learn one voice and write it; give the check's figures on each set, judged by voices that had not learned it."""
    ear, table, rows = Ear.load([PROMPTS], lang, check), senses_of(lang), labelled(check, lang)
    senses = Senses.of(table)
    texts = [as_learned(ear.covered(plain_of(row.text), QUOTED), row, senses, ASIDE[check]) for row in rows]
    held = {
        "rule": f"{lang}.{check}.likeness",
        "why": WHY[check, lang],
        "least": inf,
        "doubt": inf,
        "rise": 0.0,
        "worth": WORTH[check],
        "reading": READING[check],
        "by_parts": BY_PARTS[check],
        "senses": {name: " ".join(words.split()) for name, words in table.items()},
    }
    without = packed(learn([text for text, row in zip(texts, rows, strict=True) if row.fold != APART]))
    voice = Likeness.of(check, held | without)
    judged = [Judged.by(voice, ear, row) for row in rows if row.fold == APART]
    least, trust, rise = bounds(judged, check, lang)
    held |= {"least": round(least, 3), "doubt": round(least - trust, 3), "rise": rise, **packed(learn(texts))}
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":")).replace(',"', ',\n"', 9)
    likeness_file(PROMPTS, lang, check).write_text(text + "\n", "utf-8")
    for source in sorted({it.row.source for it in judged} - {""}):
        heard = [(it.row.is_sign, it.weighs(trust, rise) > least) for it in judged if it.row.source == source]
        counts = {"n": len(heard), "signs": sum(is_sign for is_sign, _ in heard)}
        counts |= {"caught": heard.count((True, True)), "alarms": heard.count((False, True))}
        yield {"set": source, "check": check, "lang": lang, **counts}


def bounds(judged: Sequence[Judged], check: str, lang: str) -> tuple[float, float, float]:
    """Choose what a run must weigh, what a rule is worth and how much more it takes in a text of many runs.

    So most is heard, and not too much beside it: in the sets, in ordinary texts, and in long ones.
    """
    unread = [it for it in judged if it.row.source.startswith(CHOSEN_ON) and not it.row.source.startswith(TWINS)]
    apart = (
        (FALSE_ALARMS[check], unread),
        (ORDINARY_ALARMS[check, lang], [it for it in judged if not it.row.source]),
        (LONG_ALARMS[check], [it for it in judged if it.runs >= LONG]),
    )

    def least(trust: float, rise: float) -> float:
        return max(_bound(texts, share, trust, rise) for share, texts in apart)

    def caught(chosen: tuple[float, float]) -> int:
        bound = least(*chosen)
        return sum(it.row.is_sign and it.weighs(*chosen) > bound for it in unread)

    trust, rise = max(product(TRUST, RISE[check]), key=caught)
    return least(trust, rise), trust, rise


def _bound(judged: Sequence[Judged], false_alarms: float, trust: float, rise: float) -> float:
    others = sorted((it.weighs(trust, rise) for it in judged if not it.row.is_sign), reverse=True)
    return others[int(false_alarms * len(others))]


def _written(voice: tuple[str, str]) -> list[dict[str, object]]:
    return list(write(*voice))


if __name__ == "__main__":
    with ProcessPoolExecutor() as pool:
        figures = [figure for figures in pool.map(_written, WHY) for figure in figures]
    CROSS.write_text("".join(json.dumps(figure) + "\n" for figure in figures), "utf-8")

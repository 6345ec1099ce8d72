"""Learns the second voice of the crisis check and of the nudge from the project's labelled sentences, and writes it.

    python -m tests.likeness

Rows come from `tests/witness/` and from the rules' own proofs; sets whose names say `held` are never read. Each row is
also judged by a voice that learned without it and its neighbours in the file: from those verdicts `least` and `doubt`
are chosen, and they are kept in `cross-validated.json` for `make witness` to print, as the honest estimate.
"""

import json
import tomllib
from array import array
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from zlib import crc32

from assistant.witness.cues import load
from assistant.witness.ear import Ear, Heard, plain_of
from assistant.witness.evaluate import VERDICTS
from assistant.witness.likeness import likeness_file, paragraphs, runs_of
from assistant.witness.traits import Senses, slots
from tests.learning import SCALE, Learned, Text, learn

PROMPTS = Path(__file__).parents[1] / "prompts"
SETS = Path(__file__).parent / "witness"
CROSS = SETS / "cross-validated.json"
WHY = {
    ("crisis", "da"): "Ordene ligner tilsammen dem, mennesker i fare bruger.",
    ("crisis", "en"): "The words together are like those that people in danger use.",
    ("nudge", "da"): "Ordene ligner tilsammen råd, vurdering, trøst eller udspørgen mere end det, et vidne siger.",
    ("nudge", "en"): "The words together are more like advice, judging, comfort or questioning than what a witness says.",
}
FALSE_ALARMS = {"crisis": 0.06, "nudge": 0.01}
"""The share of unlearned rows that may be heard though they should not be."""
FOLDS = 5
NEIGHBOURS = 8
"""Rows that stand together in a file were often written together: as many are always in the same fold."""
DRIFT = ("advice", "advice-question", "advice-softened", "goal-push", "praise", "reassurance", "reframe")
"""Categories of the gate whose sentences a person should not say to another either."""


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled text of one check and language."""

    text: str
    is_sign: bool
    is_scored: bool
    """Whether the sets label it for this check; else it is only learned from."""
    fold: int


def labelled(check: str, lang: str) -> list[Row]:
    """Give all texts that may be learned from, each once; what a set says of one goes before all else."""
    known: dict[str, Row] = {}
    for text, is_sign, is_scored, group in _labelled(check, lang):
        if text not in known or (is_scored and not known[text].is_scored):
            known[text] = Row(text, is_sign, is_scored, crc32(group.encode()) % FOLDS)
    return list(known.values())


def _labelled(check: str, lang: str) -> Iterator[tuple[str, bool, bool, str]]:
    quiet, speaks = VERDICTS[check]
    for path in sorted(SETS.glob("*.jsonl")):
        for number, row in enumerate(_rows(path) if "held" not in path.stem else ()):
            if row["lang"] != lang:
                continue
            group = f"{path.stem} {number // NEIGHBOURS}"
            if row["check"] == check:
                yield row["text"], row["label"] == speaks, True, group
                continue
            if check == "nudge" and row.get("category") in DRIFT:
                yield row["text"], True, False, group
            elif row["label"] in ("show", "silent", "no-trigger", "trigger" if check == "nudge" else "nudge"):
                yield row["text"], False, False, group
            if row.get("member"):
                yield row["member"], False, False, group
    for cue in load([PROMPTS], lang, check, proofs=True).cues:
        if cue.kind != "hint":
            yield from ((_unmarked(text), cue.kind == "rule", False, cue.id) for text in cue.catches)
        if cue.kind == "rule":
            yield from ((text, False, False, cue.id) for text in cue.leaves)


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _unmarked(text: str) -> str:
    return text.replace("[", "").replace("]", "")


def senses_of(lang: str, check: str) -> Senses:
    """Read which words are about what."""
    path = PROMPTS / "witness" / lang / "senses" / f"{check}.toml"
    return Senses.of(tomllib.loads(path.read_text("utf-8")))


def as_learned(heard: Heard, is_sign: bool, senses: Senses) -> Text:
    """Give a text as it is learned from."""
    traits: list[list[int]] = []
    runs: list[tuple[int, int]] = []
    for sentences in paragraphs(heard):
        begun = len(traits)
        traits += [slots(words, senses) for _, words in sentences]
        runs += [(begun + first, begun + end) for first, end in runs_of([len(words) for _, words in sentences])]
    return Text([array("I", found) for found in traits], runs, is_sign)


@dataclass(frozen=True, slots=True)
class Judged:
    """A scored row as the check would judge it with a voice that had not learned from it."""

    text: str
    is_sign: bool
    weight: float
    ruled: bool
    """Whether a rule spoke."""

    def is_heard(self, least: float, doubt: float) -> bool:
        """Say whether the check would speak."""
        return self.weight > (doubt if self.ruled else least)


def write(check: str, lang: str) -> list[Judged]:
    """Learn one voice and write it; give every scored row as it was judged unlearned."""
    ear, senses, rows = Ear.load([PROMPTS], lang, check), senses_of(lang, check), labelled(check, lang)
    plain = [plain_of(row.text) for row in rows]
    texts = [as_learned(ear.covered(it), row.is_sign, senses) for it, row in zip(plain, rows, strict=True)]
    judged = []
    for fold in range(FOLDS):
        without = learn([text for text, row in zip(texts, rows, strict=True) if row.fold != fold])
        judged += [
            Judged(row.text, row.is_sign, without.weigh(text), bool(ear.findings(it)))
            for text, row, it in zip(texts, rows, plain, strict=True)
            if row.fold == fold and row.is_scored
        ]
    least, doubt = thresholds(judged, FALSE_ALARMS[check])
    held = {
        "rule": f"{lang}.{check}.likeness",
        "why": WHY[check, lang],
        "least": round(least, 3),
        "doubt": round(doubt, 3),
        **_packed(learn(texts)),
        "senses": {key: found for key, found in asdict(senses).items() if key != "_known"},
    }
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":")).replace(',"', ',\n"', 8)
    likeness_file(PROMPTS, lang, check).write_text(text + "\n", "utf-8")
    return judged


def thresholds(judged: Sequence[Judged], false_alarms: float) -> tuple[float, float]:
    """Choose the two weights that hear most signs among those that hear no more than a share of the others."""
    others = [it for it in judged if not it.is_sign]
    allowed = int(false_alarms * len(others))
    ruled, alone = (sorted((it.weight for it in others if it.ruled is kind), reverse=True) for kind in (True, False))
    best = (-1, 0.0, 0.0)
    for doubted in range(allowed + 1):
        doubt, least = _past(ruled, doubted), _past(alone, allowed - doubted)
        heard = sum(it.is_heard(least, doubt) for it in judged if it.is_sign)
        best = max(best, (heard, least, doubt))
    return best[1:]


def _past(weights: Sequence[float], number: int) -> float:
    """Give a weight that only `number` of the weights, heaviest first, are above."""
    return weights[number] if number < len(weights) else -20.0


def _packed(learned: Learned) -> dict[str, object]:
    unit = sorted(map(abs, learned.weights))[-len(learned.weights) // 2000] / 127
    small = array("b", (max(-127, min(127, round(weight / unit))) for weight in learned.weights))
    weights = b64encode(small.tobytes()).decode("ascii")
    return {"offset": round(learned.offset, 4), "unit": SCALE * unit, "weights": weights}


if __name__ == "__main__":
    cross = {}
    for check, lang in WHY:
        cross[f"{check} {lang}"] = {it.text: [round(it.weight, 2), it.ruled] for it in write(check, lang)}
    CROSS.write_text(json.dumps(cross, ensure_ascii=False, indent=0) + "\n", "utf-8")

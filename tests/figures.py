"""The guard's figures on the labelled sets in `tests/witness/`: `make witness`.

Sets were read while the rules were written and the voices learned, but for the `held` ones, and theirs are the figures
that count. Beside a learned set stands how it is judged by voices that had learned neither the row nor its neighbours:
an estimate of how unread rows would fare. The gate's rows are judged so in five folds (`tests.closeness`), the others'
on the one that was left apart (`tests.likeness`).
"""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from assistant.__main__ import House
from assistant.cli.witness import RATES
from assistant.witness.evaluate import VERDICTS, evaluate
from tests import closeness, likeness

FOLDER = Path(__file__).parent / "witness"
APART = {"subtle": 1, "near-miss": 0}
"""Tags whose rows are counted by themselves: subtle ones that should be found, near misses that should be left."""


def lines_of(path: Path) -> Iterator[str]:
    """Give a set's figures, one line for each check and language."""
    result = evaluate(path, House().judge)
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
    for figure in result.figures:
        kind = figure["check"], figure["lang"]
        shares = [f"{name} {figure[name]:.3f}" for name in RATES if figure[name] is not None]
        for tag, side in APART.items():
            verdict = VERDICTS[kind[0]][side]
            tagged = [
                judged["verdict"] == verdict
                for row, judged in zip(rows, result.rows, strict=True)
                if (row["check"], row["lang"]) == kind and row["label"] == verdict and tag in row.get("tags", ())
            ]
            if tagged:
                shares.append(f"{tag} right {sum(tagged)}/{len(tagged)}")
        yield f"{path.stem:16} {kind[0]:7} {kind[1]}  n {figure['n']:4}  {'  '.join(shares)}"


def cross_validated() -> dict[str, list[str]]:
    """Give each learned set's figures by voices that had not learned it, one line for each check and language."""
    lines: dict[str, list[str]] = {}
    kept = (path.read_text("utf-8").splitlines() for path in (likeness.CROSS, closeness.CROSS))
    for figure in map(json.loads, chain.from_iterable(kept)):
        signs, caught, alarms = figure["signs"], figure["caught"], figure["alarms"]
        rates = (caught, signs), (caught, caught + alarms), (alarms, figure["n"] - signs)
        shares = [f"{name} {part / whole:.3f}" for name, (part, whole) in zip(RATES, rates, strict=True) if whole]
        line = f"    unlearned     {figure['check']:7} {figure['lang']}  n {figure['n']:4}  {'  '.join(shares)}"
        lines.setdefault(figure["set"], []).append(line)
    return lines


def main() -> None:
    """Print every set's figures, the held ones last."""
    folds = cross_validated()
    for path in sorted(FOLDER.glob("*.jsonl"), key=lambda path: ("held" in path.stem, path.stem)):
        for line in (*lines_of(path), *folds.get(path.stem, ())):
            print(line)


if __name__ == "__main__":
    main()

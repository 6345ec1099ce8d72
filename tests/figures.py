"""The guard's figures on the labelled sets in `tests/witness/`: `make witness`.

`tuned` sets were read while the rules were written; `held` ones were not, and theirs are the figures that count.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from assistant.__main__ import House
from assistant.cli.witness import RATES
from assistant.witness.evaluate import VERDICTS, evaluate

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


def main() -> None:
    """Print every set's figures, the held ones last."""
    for path in sorted(FOLDER.glob("*.jsonl"), key=lambda path: ("held" in path.stem, path.stem)):
        for line in lines_of(path):
            print(line)


if __name__ == "__main__":
    main()

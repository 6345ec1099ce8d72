"""How quick Vidne is, as ratios and shares in one run: `make bench`.

A ratio has something of the same machine and the same minute below it, so that it means the same elsewhere.
"""

import compileall
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from assistant.__main__ import House
from assistant.guides.events import Turn
from tests import tui_echo
from tests.tui_first_paint import EMPTY, seconds_until

ROOT = Path(__file__).parent.parent
ROUNDS = 15
BEGAN = datetime(2016, 1, 8, 16, 0, tzinfo=UTC)
LINE = "Jeg talte til tre, og så svarede Hanne selv på sit eget spørgsmål ved tavlen, mens vi andre ventede. "


def seconds(command: list[str]) -> float:
    """Give the time a process takes."""
    begun = perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return perf_counter() - begun


def ratio(name: str, ours: Callable[[], float], theirs: Callable[[], float], bound: float) -> None:
    """Take both in turns, and print the ratio of their medians."""
    times = [(ours(), theirs()) for _ in range(ROUNDS)]
    one, other = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{name}: {one * 1000:.0f} ms / {other * 1000:.0f} ms = {one / other:.2f} (at most {bound})")


def milliseconds(name: str, action: Callable[[], object], bound: float) -> None:
    """Print an action's median time."""
    times = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        action()
        times.append(perf_counter() - begun)
    print(f"{name}: {statistics.median(times) * 1000:.2f} ms (at most {bound})")


def ten_years(folder: Path) -> House:
    """Make a home with a journal for each week of ten years, and a line for each day."""
    house = House(folder, "da", clock=lambda: BEGAN + timedelta(days=3650))
    house.make_home("Karen", "key-file", began=BEGAN.date())
    steps = ("arriving", "practice", "notice", "hard", "naming", "carry", "close")
    for week in range(520):
        at = BEGAN + timedelta(weeks=week)
        sitting = house.vault.begin("weekly", at, steps, {})
        for step in steps:
            house.vault.keep(sitting, Turn("answered", step, f"{LINE * 2}{week}", at))
        house.vault.keep(sitting, Turn("finished", "close", at=at))
    for day in range(3650):
        at = BEGAN + timedelta(days=day)
        house.keep_practice(f"{LINE}{day}", at.date())
    return house


def main() -> None:
    """Measure and print everything that DESIGN promises a figure for."""
    compileall.compile_dir(ROOT / "assistant", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        house = ten_years(Path(folder) / "home")
        home = str(Path(folder) / "home")
        vidne = [str(Path(sys.executable).with_name("vidne")), "--home", home, "--lang", "en"]
        ratio(
            "first paint, beside an empty Textual app",
            lambda: seconds_until(vidne, b"Ten minutes with"),
            lambda: seconds_until(EMPTY, rb" {70}"),
            1.25,
        )
        ratio(
            "vidne practice in ten years of lines, with the crisis check, beside importing Textual",
            lambda: seconds([*vidne, "practice", "I counted to three at the board."]),
            lambda: seconds([sys.executable, "-c", "import textual.app, textual.widgets"]),
            0.8,
        )
        milliseconds("the list of ten years of journals", house.vault.sittings, 100)
        milliseconds("a new sitting after ten years", lambda: house.sittings.session("weekly").open(), 100)
        sitting = house.vault.unfinished("weekly") or house.vault.sittings("weekly")[0]
        milliseconds("a draft of 20 kB", lambda: house.vault.keep_draft(sitting.id, "close", LINE * 200), 16)
        house.close()
    tui_echo.report()
    for lang in ("da", "en"):
        judge = House().judge("gate", lang)
        sets = sorted((ROOT / "tests" / "witness").glob(f"held-gate*-{lang}.jsonl"))
        rows = [json.loads(line) for path in sets for line in path.open()][::5]  # all rows there are take half an hour
        each = [timed(partial(judge, row["text"], row["member"])) for row in rows]
        print(f"a gate check, {lang}, over {len(each)} rows: {statistics.median(each) * 1000:.2f} ms (at most 1)")


def timed(action: Callable[[], object]) -> float:
    """Give the time of an action, once it has been done before."""
    action()
    begun = perf_counter()
    action()
    return perf_counter() - begun


if __name__ == "__main__":
    main()

"""A trial with a small real model on this machine: 200 answers reflected, and what came of it. `make trial-model`

It prints the figures and writes every row, with all that the model wrote, to a file for somebody to read who does not
look at what the gate said: `python -m tests.trial_model PYTHON ROWS.jsonl`, with the Python that the model runs in.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from assistant.backend.reflector import Reflector, instructions
from assistant.backend.settings import Settings
from assistant.backend.through_litellm import ThroughLitellm, prepare
from assistant.backend.tryout import Outcome, try_out
from assistant.guides.shelf import builtin_prompts
from assistant.messages import LANGS
from assistant.witness.guard import Guard

HERE = Path(__file__).parent
SECONDS = 30


@contextmanager
def small_model(python: str) -> Iterator[str]:
    """Run the small model until the block ends, and give its address."""
    command = [python, str(HERE / "small_model.py")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as server:
        try:
            yield f"{server.stdout.readline().strip()}/v1"
        finally:
            server.stdin.close()
            server.wait()


def reflect(address: str, answers: Sequence[dict]) -> Iterator[Outcome]:
    """Reflect each answer as a sitting would."""
    prompts = [builtin_prompts()]
    guards = {lang: Guard.load(prompts, lang) for lang in LANGS}
    settings = Settings(name="openai/smollm2", address=address, seconds=SECONDS, tokens=120)

    def clock() -> datetime:
        return datetime.now(UTC)

    for answer in answers:
        lang = answer["lang"]
        reflector = Reflector(
            ThroughLitellm(settings, lambda: None),
            instructions(prompts, lang),
            names=("Karen",),
            lang=lang,
            seconds=settings.seconds,
            receiver=settings.receiver,
            clock=clock,
            sent=lambda: None,
        )
        yield try_out(reflector, guards[lang], answer["text"], clock, time.monotonic)


def figures(rows: Sequence[dict]) -> Iterator[str]:
    """Give the figures, language by language."""
    for lang in LANGS:
        of_lang = [row for row in rows if row["lang"] == lang]
        shown = [row for row in of_lang if row["shown"]]
        first = sorted(row["first"] for row in shown)
        failed = Counter(row["failed"] for row in of_lang if row["failed"])
        yield f"{lang}: {len(of_lang)} answers, {sum(row['asked'] for row in of_lang)} texts written"
        yield f"  passed the gate and shown   {len(shown)}, {sum(row['asked'] == 2 for row in shown)} at the second try"
        yield f"  fell back to the echo       {sum(bool(row['echo']) for row in of_lang)}, on the way: {dict(failed)}"
        if first:
            yield f"  first sentence shown after  {median(first):.1f} s (median), {first[-1]:.1f} s (longest)"
        yield f"  all was over after          {median(row['whole'] for row in of_lang):.1f} s (median)"


def main(python: str, to: str) -> None:
    """Run the trial."""
    prepare()
    lines = (HERE / "trial_answers.jsonl").read_text("utf-8").splitlines()
    answers = [json.loads(line) for line in lines]
    rows = []
    with small_model(python) as address, Path(to).open("w", encoding="utf-8") as file:
        for answer, outcome in zip(answers, reflect(address, answers), strict=True):
            rows.append({**answer, **asdict(outcome)})
            file.write(json.dumps(rows[-1], ensure_ascii=False) + "\n")
            file.flush()
    sys.stdout.write("\n".join(figures(rows)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

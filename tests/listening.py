"""What the tests of the crisis check and of the nudge share: how a cue is proved, and the labelled rows."""

import json
from collections.abc import Iterator
from pathlib import Path

from assistant.witness.ear import Cue, Ear, plain_of

PROMPTS = Path(__file__).parents[1] / "prompts"


def faults(ear: Ear) -> list[str]:
    """Give what is wrong with the proofs of an ear's cues: a sentence not caught, or not where marked, or not left."""
    return [fault for cue in ear.cues for fault in [*_uncaught(ear, cue), *_unleft(ear, cue)]]


def _uncaught(ear: Ear, cue: Cue) -> Iterator[str]:
    for marked in cue.catches:
        text = marked.replace("[", "").replace("]", "")
        places = _places(ear, cue, text)
        if not places:
            yield f"{cue.id} does not catch: {text}"
        elif "[" in marked and marked not in {_mark(text, place) for place in places}:
            yield f"{cue.id} speaks elsewhere: {[_mark(text, place) for place in places]}"


def _unleft(ear: Ear, cue: Cue) -> Iterator[str]:
    for text in cue.leaves:
        spoken = {finding.rule for finding in ear.findings(plain_of(text))}
        if cue.id in spoken or (cue.kind != "rule" and _places(ear, cue, text)):
            yield f"{cue.id} does not leave: {text}"


def _places(ear: Ear, cue: Cue, text: str) -> list[tuple[int, int]]:
    heard = ear.heard(text)
    listeners = [listener for listener in ear.listeners if listener.cue is cue]
    return [heard.span(*place) for listener in listeners for place in heard.places(listener)]


def _mark(text: str, place: tuple[int, int]) -> str:
    start, end = place
    return f"{text[:start]}[{text[start:end]}]{text[end:]}"


def rows(check: str, lang: str) -> list[dict]:
    """Give the labelled rows of one check and language, in every set the project has."""
    files = sorted((Path(__file__).parent / "witness").glob("*.jsonl"))
    every = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [row for row in every if (row["check"], row["lang"]) == (check, lang)]

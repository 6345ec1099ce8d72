"""What the tests of the crisis check and of the nudge share: how a cue is proved, and the labelled rows."""

import json
from collections.abc import Iterator
from pathlib import Path

from assistant.witness.cues import Cue
from assistant.witness.ear import Ear, plain_of
from tests.ready import are_needed

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
    heard = ear.heard(plain_of(text))
    listeners = [listener for listener in ear.listeners if listener.cue is cue]
    return [heard.span(place) for listener in listeners for place in heard.places(listener)]


def _mark(text: str, place: tuple[int, int]) -> str:
    start, end = place
    return f"{text[:start]}[{text[start:end]}]{text[end:]}"


def overslept(ear: Ear, wakes: dict[str, list[list]]) -> list[str]:
    """Give the patterns that could find something while nothing wakes them."""
    bits: dict[int, list[str]] = {}
    for bit, number in (wake for by_start in wakes.values() for wake in by_start):
        bits.setdefault(number, []).append(bit)
    woken = [(ear.listeners[number], some) for number, some in bits.items()]
    return [listener.pattern for listener, some in woken if not are_needed(listener, some)]


STOOD = {
    "later-bodily-crisis-da": 0,
    "later-bodily-crisis-en": 0,
    "later-crisis-da": 1848,
    "later-crisis-en": 1752,
    "later-gate-da": 4020,
    "later-gate-en": 2904,
    "later-half-said-crisis-da": 0,
    "later-half-said-crisis-en": 0,
    "later-passing-crisis-da": 0,
    "later-passing-crisis-en": 0,
}
"""How many rows of these sets stood when the bounds on them were set; what came later is harder, and has its own."""


def lines(file: Path, later: bool = False) -> list[str]:
    """Give the rows of a set that stood when the bounds on it were set, or those that came later."""
    every, stood = file.read_text("utf-8").splitlines(), STOOD.get(file.stem)
    return every[len(every) if stood is None else stood :] if later else every[:stood]


def rows(check: str, lang: str, held: bool = False, later: bool = False) -> list[dict]:
    """Give the labelled rows of one check and language, in the sets used for tuning or in those held back from it."""
    files = sorted((Path(__file__).parent / "witness").glob("*.jsonl"))
    every = [json.loads(line) for file in files if ("held" in file.stem) == held for line in lines(file, later)]
    return [row for row in every if (row["check"], row["lang"]) == (check, lang)]

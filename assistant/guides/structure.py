"""What may stand in a guide.toml is in the tables of this file; everything else is a flaw that points at its place.

Checked by hand and not with pydantic, which costs 50 ms more at every start than the 40 ms of Jinja2: a guide is read
on the way to the first question, and these tables also say where in the file something stands and what is near it.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import get_args

from assistant.guides.facts import CASES
from assistant.guides.fault import Flaw, nearest
from assistant.guides.guide import ASIDE, Company, Guide, Stage, Step, StepKind, Unit, Wants
from assistant.guides.places import Places, no_toml, short
from assistant.guides.reach import never
from assistant.messages import LANGS
from assistant.text import is_blank

ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
"""What guides, stages and steps may be called: it is a file's name on every system, and never leads out of a folder."""


@dataclass(frozen=True, slots=True)
class Key:
    """What may stand behind a key."""

    right: Callable[[object], bool]
    """Says whether a value may stand there."""
    form: str
    """The sentence that says what may, under `prompts` in the message catalogue."""
    required: bool = False
    """Whether a guide is nothing without it."""
    choices: tuple[str, ...] = ()
    """What the sentence lists."""


def _one_of(choices: tuple[str, ...], required: bool = False) -> Key:
    return Key(lambda value: isinstance(value, str) and value in choices, "write_one_of", required, choices)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(ID.fullmatch(value))


def _is_title(value: object) -> bool:
    return isinstance(value, dict) and set(value) == set(LANGS) and all(map(_is_line, value.values()))


def _is_line(value: object) -> bool:
    return isinstance(value, str) and not is_blank(value) and "\n" not in value and len(value) <= 80


def _between(low: float, high: float, kinds: tuple[type, ...]) -> Callable[[object], bool]:
    return lambda value: type(value) in kinds and low <= value <= high


def _is_ids(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_id, value))


def _is_words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_line(word) and word == word.casefold() for word in value)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(table, dict) for table in value)


_WHETHER = Key(lambda value: isinstance(value, bool), "write_whether")
_NAME = Key(_is_id, "write_id", required=True)

GUIDE: dict[str, Key] = {
    "title": Key(_is_title, "write_title", required=True, choices=LANGS),
    "with": _one_of(get_args(Company), required=True),
    "minutes": Key(_between(1, 480, (int,)), "write_minutes", required=True),
    "stage": Key(_is_tables, "write_stages"),
    "step": Key(_is_tables, "write_steps", required=True),
}
STAGE: dict[str, Key] = {
    "id": _NAME,
    "from_month": Key(_between(1, 600, (int,)), "write_month", required=True),
}
STEP: dict[str, Key] = {
    "id": _NAME,
    "kind": _one_of(get_args(StepKind)),
    "reflect": _WHETHER,
    "carry": _WHETHER,
    "stages": Key(_is_ids, "write_ids"),
    "needs": _one_of(tuple(CASES)),
    "if_yes": Key(_is_id, "write_id"),
    "minutes": Key(_between(0.1, 480, (int, float)), "write_step_minutes"),
    "each": _WHETHER,
    "charter": _WHETHER,
    "wants": _one_of(get_args(Wants)),
    "default": _WHETHER,
    "stays": _WHETHER,
    "unit": _one_of(get_args(Unit)),
    "floor": Key(_between(1, 600, (int,)), "write_floor"),
    "often": Key(_between(1, 8, (int,)), "write_often"),
    "floor_words": Key(_is_words, "write_words"),
    "nudge": _WHETHER,
    "phase": Key(_is_id, "write_id"),
}
_LISTS = ("stages", "floor_words")
"""The keys of a step that hold lists."""


@lru_cache(maxsize=64)
def read(text: str, guide_id: str) -> tuple[Guide | None, tuple[Flaw, ...]]:
    """Read a guide.toml: the guide as far as it can be read, and all that is wrong with it, in the file's order.

    It takes 3 ms, and each question of a sitting wants it again.
    """
    try:
        top = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number may have too many digits, a list too many brackets
        return None, (no_toml(error, text),)
    place = Places(text)
    flaws = list(_flaws(top, GUIDE, place))
    stages = _tables(top, "stage", STAGE, place, flaws)
    steps = _tables(top, "step", STEP, place, flaws)
    guide = Guide(
        id=guide_id,
        title=top["title"] if _is_title(top.get("title")) else dict.fromkeys(LANGS, guide_id),
        company=_or(top, "with", GUIDE, "member"),
        minutes=_or(top, "minutes", GUIDE, 1),
        stages=tuple(sorted((Stage(**stage) for stage in stages.values()), key=lambda stage: stage.from_month)),
        steps=tuple(Step(**step | {name: tuple(step.get(name, ())) for name in _LISTS}) for step in steps.values()),
    )
    flaws += _contradictions(guide, place, _numbers(stages), _numbers(steps))
    flaws += _silences(guide, place) if not flaws else ()
    if not flaws:
        numbered = {"stage": _numbers(stages), "step": _numbers(steps)}
        for key, table, named, at, values in never(guide):
            flaws.append(place.flaw(key, table, numbered[table][named], at, values))
    return guide, tuple(sorted(flaws, key=lambda flaw: (flaw.line, flaw.column)))


def at_step(text: str, step_id: str, key: str, values: dict[str, str]) -> Flaw:
    """Give a flaw at the id of a step in a guide.toml that could be read."""
    ids = [step.get("id") for step in tomllib.loads(text)["step"]]
    return Places(text).flaw(key, "step", ids.index(step_id), "id", values)


def _or(table: Mapping, name: str, keys: Mapping[str, Key], otherwise: object) -> object:
    return table[name] if name in table and keys[name].right(table[name]) else otherwise


def _tables(
    top: Mapping, name: str, keys: Mapping[str, Key], place: Places, flaws: list[Flaw]
) -> dict[int, dict[str, object]]:
    """Give the right half of each table `name` by its number, adding what is wrong to `flaws`.

    A table that lacks what it must have is left out, and so is a second one of the same id.
    """
    kept: dict[int, dict[str, object]] = {}
    for n, table in enumerate(_or(top, name, GUIDE, [])):
        flaws += _flaws(table, keys, place, name, n)
        right = {key: value for key, value in table.items() if key in keys and keys[key].right(value)}
        if any(rule.required and key not in right for key, rule in keys.items()):
            continue
        if right["id"] in _numbers(kept):
            flaws.append(place.flaw("duplicate_id", name, n, "id", {"id": str(right["id"])}))
        else:
            kept[n] = right
    return kept


def _numbers(tables: Mapping[int, Mapping]) -> dict[str, int]:
    return {table["id"]: n for n, table in tables.items()}


def _flaws(table: Mapping, keys: Mapping[str, Key], place: Places, name: str = "", n: int = 0) -> Iterator[Flaw]:
    """Give what is wrong with the keys of one table, and with each value by itself."""
    for key, value in table.items():
        if key not in keys:
            yield place.flaw("unknown_key", name, n, key, {"key": short(key), "nearest": nearest(key, keys)})
        elif not keys[key].right(value):
            values = {"key": key, "value": short(value), "choices": ", ".join(keys[key].choices)}
            yield place.flaw("bad_value", name, n, key, values, todo=keys[key].form)
    for key in keys:
        if keys[key].required and key not in table:
            values = {"key": key, "choices": ", ".join(keys[key].choices)}
            yield place.flaw("missing_key", name, n, "", values, todo=keys[key].form)


def _contradictions(guide: Guide, place: Places, stages: Mapping[str, int], steps: Mapping[str, int]) -> Iterator[Flaw]:
    """Give what is wrong between parts that are each right by themselves; `stages` and `steps` number them."""
    for step in guide.steps:
        for stage in sorted(set(step.stages) - set(stages)):
            values = {"stage": stage, "stages": ", ".join(stages) or "-"}
            yield place.flaw("unknown_stage", "step", steps[step.id], "stages", values)
        if step.each and not any(other.kind == "people" for other in guide.steps[: guide.steps.index(step)]):
            yield place.flaw("each_of_nobody", "step", steps[step.id], "each", {"id": step.id})
        before = guide.steps[: guide.steps.index(step)]
        if step.if_yes and not any(other.id == step.if_yes and other.kind == "choice" for other in before):
            yield place.flaw("if_yes_to_nothing", "step", steps[step.id], "if_yes", {"id": step.id})
        if step.phase and not any(other.id == step.phase for other in guide.steps):
            values = {"phase": step.phase, "steps": ", ".join(steps)}
            yield place.flaw("unknown_phase", "step", steps[step.id], "phase", values)
        if step.floor is not None and step.unit is None:
            values = {"choices": ", ".join(get_args(Unit))}
            yield place.flaw("floor_of_nothing", "step", steps[step.id], "floor", values)
        if step.kind in (*ASIDE, "people", "length") and guide.first_of(step.kind) is not step:
            yield place.flaw("second_of_kind", "step", steps[step.id], "kind", {"id": step.id, "kind": step.kind})
    for before, stage in pairwise(guide.stages):
        if before.from_month == stage.from_month:
            values = {"stage": stage.id, "other": before.id}
            yield place.flaw("stage_twice", "stage", stages[stage.id], "from_month", values)
    for stage in guide.stages[:1]:
        if stage.from_month != 1:
            yield place.flaw("stage_start", "stage", stages[stage.id], "from_month", {"stage": stage.id})


def _silences(guide: Guide, place: Places) -> Iterator[Flaw]:
    """Give each part of the year in which a member of whom nothing is known yet would be asked nothing."""
    for stage in guide.stages:
        if not guide.plan(stage.from_month, {}):
            yield place.flaw("silent_stage", "step", 0, "", {"stage": stage.id})
    if not guide.stages and not guide.plan(1, {}):
        yield place.flaw("silent_guide", "step", 0, "", {})

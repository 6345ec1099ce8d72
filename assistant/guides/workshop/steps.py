"""The steps of a guide.toml moved, added and taken out as a hand would: each with its comment, and all else stays.

What comes out is read again, and given only if it says what was meant; a file written in some other way is left to
hands.
"""

import re
import tomllib
import unicodedata
from collections.abc import Collection
from itertools import chain, count, pairwise

_HEAD = re.compile(r"^\s*\[\[\s*step\s*\]\]", re.MULTILINE)

_SPELLED = {"æ": "ae", "ø": "oe", "å": "aa"}
"""How letters are spelled that a file's name does without."""


def steps(text: str) -> list[dict] | None:
    """Give the steps of a guide.toml as they are written; None where it cannot be read."""
    try:
        found = tomllib.loads(text).get("step", [])
    except tomllib.TOMLDecodeError:
        return None
    return found if isinstance(found, list) and all(isinstance(step, dict) for step in found) else None


def moved(text: str, step_id: str, by: int) -> str | None:
    """Give `text` with a step `by` places later; None where it cannot go there, or the file is written otherwise."""
    before, blocks = _blocks(text)
    ids = [step.get("id") for step in steps(text) or []]
    if len(ids) != len(blocks) or step_id not in ids:
        return None
    at = ids.index(step_id)
    to = at + by
    if not 0 <= to < len(blocks):
        return None
    ids.insert(to, ids.pop(at))
    blocks.insert(to, blocks.pop(at))
    return _if_so(before, blocks, ids)


def with_step(text: str, step_id: str, after: str | None) -> str | None:
    """Give `text` with a new step, asked whenever the one it comes `after` is; without one it is the first."""
    before, blocks = _blocks(text)
    standing = steps(text) or []
    ids = [step.get("id") for step in standing]
    if len(ids) != len(blocks) or step_id in ids:
        return None
    at = ids.index(after) + 1 if after in ids else 0
    stages = standing[at - 1].get("stages") if at else None
    lines = ["[[step]]", f'id = "{step_id}"']
    if stages and all(isinstance(stage, str) and re.fullmatch(r"[\w-]+", stage) for stage in stages):
        lines.append("stages = [" + ", ".join(f'"{stage}"' for stage in stages) + "]")
    ids.insert(at, step_id)
    blocks.insert(at, "\n".join(lines))
    return _if_so(before, blocks, ids)


def without_step(text: str, step_id: str) -> str | None:
    """Give `text` without a step; None where it is not there, is the last one, or the file is written otherwise."""
    before, blocks = _blocks(text)
    ids = [step.get("id") for step in steps(text) or []]
    if len(ids) != len(blocks) or step_id not in ids or len(ids) == 1:
        return None
    at = ids.index(step_id)
    return _if_so(before, blocks[:at] + blocks[at + 1 :], ids[:at] + ids[at + 1 :])


def id_of(name: str, taken: Collection[str]) -> str:
    """Give the id of a step that somebody names in their own words, other than those `taken`; "" where there is none.

    "Lyden på stuen" is `lyden-paa-stuen`.
    """
    spelled = "".join(_SPELLED.get(letter, letter) for letter in name.casefold())
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:34].strip("-_")
    if stem and not stem[0].isalpha():
        stem = f"t-{stem}"
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(one for one in chain([stem], numbered) if one not in taken) if stem else ""


def _blocks(text: str) -> tuple[str, list[str]]:
    """Divide a guide.toml into what stands before its steps, and each step with the comment right above it."""
    lines = text.rstrip("\n").split("\n")
    starts = []
    for at, line in enumerate(lines):
        if _HEAD.match(line):
            start = at
            while start and lines[start - 1].lstrip().startswith("#"):
                start -= 1
            starts.append(start)
    bounds = [*starts, len(lines)]
    blocks = ["\n".join(lines[start:end]).strip("\n") for start, end in pairwise(bounds)]
    return "\n".join(lines[: bounds[0]]).strip("\n"), blocks


def _if_so(before: str, blocks: list[str], ids: list[str | None]) -> str | None:
    text = "\n\n".join([part for part in (before, *blocks) if part]) + "\n"
    return text if [step.get("id") for step in steps(text) or []] == ids else None

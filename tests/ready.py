"""Writes `ready.json`: a check's cues as they were read, and the bits of text that wake each pattern.

    python -m tests.ready

A pattern is read as a tree. What a part can match is a finite set of strings, or unknown; a run of finite parts is
their product; and of all such runs in a pattern, the rarest in ordinary text and the shortest list wakes it.
`test_crisis` and `test_nudge` hold that the files are neither stale nor wrong.
"""

import re._constants as tree
import re._parser as parser
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from assistant.witness.cues import START, Listener, as_ready, load, ready_file
from assistant.witness.ear import plain_of

PROMPTS = Path(__file__).parents[1] / "prompts"
CHECKS = ("crisis", "nudge")
LANGS = ("da", "en")

_MOST = 400
"""A set of more strings than this is treated as unknown."""


Pick = Callable[[frozenset[str]], frozenset[str] | None]
"""Chooses bits for strings of which a match holds one, so that each of the strings holds one of the bits."""


def needed(listener: Listener) -> tuple[str, ...]:
    """Give the bits of text that wake a pattern; none when no such bits are known, and it is always awake."""
    return tuple(sorted(_needs(_tree(listener), _shortest)[1] or ()))


def are_needed(listener: Listener, bits: Sequence[str]) -> bool:
    """Say whether whatever the pattern finds holds one of `bits`."""

    def pick(strings: frozenset[str]) -> frozenset[str] | None:
        return frozenset(bits) if all(any(bit in string for bit in bits) for string in strings) else None

    return _needs(_tree(listener), pick)[1] is not None


def _tree(listener: Listener) -> Iterable:
    return parser.parse(listener.spelled_out().replace(r"\pL", r"\w").replace(r"\pN", "0-9"))


def _needs(parts: Iterable, pick: Pick) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    """Give all strings that the parts in a row can match, or None, and the best bits that any match must hold."""
    run, whole, candidates = frozenset({""}), True, []
    for part in parts:
        strings, required = _part(*part, pick)
        if strings is not None and len(run) * len(strings) <= _MOST:
            run = frozenset(before + after for before in run for after in strings)
            continue
        candidates += [run, required]
        run, whole = strings or frozenset({""}), False
        if strings is None:
            continue
    candidates.append(run)
    return (run if whole else None), _best(candidates, pick)


def _part(kind: object, value: object, pick: Pick) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    if kind is tree.LITERAL:
        return (None, None) if chr(value) == "▒" else (frozenset({chr(value)}), None)
    if kind is tree.IN and all(what is tree.LITERAL for what, _ in value) and len(value) <= 4:
        return frozenset(chr(code) for _, code in value), None
    if kind is tree.SUBPATTERN:
        return _needs(value[-1], pick)
    if kind is tree.BRANCH:
        ways = [_needs(way, pick) for way in value[1]]
        strings = [way[0] for way in ways]
        both = None if None in strings else frozenset().union(*strings)
        required = [way[1] for way in ways]
        return (both if both and len(both) <= _MOST else None), (
            None if None in required else pick(frozenset().union(*required))
        )
    if kind is tree.MAX_REPEAT:
        least, most, inner = value
        strings, required = _needs(inner, pick)
        if least == 0:
            return (strings | {""} if most == 1 and strings is not None else None), None
        return (strings if least == most == 1 else None), required
    return None, None


def _best(candidates: Iterable[frozenset[str] | None], pick: Pick) -> frozenset[str] | None:
    bits = [pick(candidate) for candidate in candidates if candidate]
    return min((found for found in bits if found), key=_cost, default=None)


def _shortest(strings: frozenset[str]) -> frozenset[str] | None:
    """Shorten the strings as far as pays; a match of the long one holds the short one."""
    if any(len(string) < START for string in strings):
        return None
    cut = [frozenset(string[:length] for string in strings) for length in (4, 5, 6, 7, 8, 10, 14, 99)]
    fitting = [_lone(some) for some in cut if all(len(string) >= START for string in some)]
    return min(fitting, key=_cost)


def _lone(strings: frozenset[str]) -> frozenset[str]:
    kept: list[str] = []
    for string in sorted(strings, key=len):
        if not any(shorter in string for shorter in kept):
            kept.append(string)
    return frozenset(kept)


def _cost(strings: frozenset[str]) -> float:
    """Weigh what a list costs at each check, and how often it wakes its pattern for nothing, in microseconds."""
    woken = 0
    for string in strings:
        woken |= _standing_in(string)
    return len(strings) + 2000 * woken.bit_count() / len(_ordinary())


@cache
def _standing_in(string: str) -> int:
    return sum(1 << number for number, text in enumerate(_ordinary()) if string in text)


@cache
def _ordinary() -> tuple[str, ...]:
    """Give ordinary paragraphs, in their plain form: the transcripts and what the guides ask."""
    files = [*PROMPTS.glob("*/*/*.md"), *(PROMPTS.parent / "transcripts").glob("**/*.md")]
    paragraphs = [part for path in files for part in path.read_text("utf-8").split("\n\n")]
    return tuple(f" {' '.join(plain_of(part).words)} " for part in paragraphs if len(part) > 30)[:300]


def wakes(listeners: Sequence[Listener]) -> dict[str, list[list]]:
    """Give the bits that wake each listener, by their first characters."""
    found: dict[str, list[list]] = {}
    for number, listener in enumerate(listeners):
        for bit in needed(listener):
            found.setdefault(bit[:START], []).append([bit, number])
    return dict(sorted(found.items()))


def write(lang: str, check: str) -> None:
    """Write a check's file anew, from its TOML files."""
    path = ready_file(PROMPTS, lang, check)
    path.unlink(missing_ok=True)
    cues = load([PROMPTS], lang, check)
    path.write_text(as_ready(replace(cues, wakes=wakes(tuple(cues.listeners()))), PROMPTS, lang, check), "utf-8")


if __name__ == "__main__":
    for lang in LANGS:
        for check in CHECKS:
            write(lang, check)

"""Whose turn it is, over the year: to hold the thread of a meeting, and to answer a teller in all four steps.

Nothing is counted that was not at a meeting: it follows from who was there, so every machine finds the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.circle.pairs import Groups


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that was held, as far as the next ones need it. People are named as in the group."""

    day: date
    facilitator: str = ""
    present: tuple[str, ...] = ()
    """In the order they told."""
    many: int = 1
    """How many answered each teller in all four steps."""
    pairs: Groups = ()
    """Who was to meet whom until the next one."""
    next_facilitator: str = ""
    """Who was to hold the thread of the next one."""


def facilitator(people: Sequence[str], held: Sequence[Held]) -> str:
    """Give who holds the thread of a meeting of `people`; `held` are those before, the oldest first.

    Whom the last meeting named, if they are here; else who has not done it for longest, in the order they sit.
    """
    named = held[-1].next_facilitator if held else ""
    if named in people:
        return named
    return longest_ago(people, held)


def longest_ago(people: Sequence[str], held: Sequence[Held]) -> str:
    """Give who has not held the thread for longest; one who never did comes first, in the order they sit."""
    latest = {meeting.facilitator: at for at, meeting in enumerate(held)}
    return min(people, key=lambda name: latest.get(name, -1), default="")


def answering(
    people: Sequence[str], many: int, held: Sequence[Held] = (), counts: dict[str, int] | None = None
) -> dict[str, tuple[str, ...]]:
    """Give, for each of `people` as a teller, the `many` who answer in all four steps.

    Those do it who have done it least in the year, then those who sit next to the teller: over some meetings everyone
    does it as often as the others, and nobody for one who is not there.
    """
    done: dict[str, int] = {} if counts is None else counts
    for meeting in held:
        answering(meeting.present, meeting.many, counts=done)
    chosen = {}
    for at, teller in enumerate(people):
        others = [*people[at + 1 :], *people[:at]]
        chosen[teller] = tuple(sorted(others, key=lambda name: done.get(name, 0))[:many])
        for name in chosen[teller]:
            done[name] = done.get(name, 0) + 1
    return chosen

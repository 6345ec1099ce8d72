"""What is kept of a monthly meeting: a fold over the turns of its sitting, and nothing that is not read there. Pure.

Kept are words found, agreements, what members wish kept, and dates. What was told and what witnesses said was never
written down; what was written near the help lines is of another kind of turn, and never comes here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from assistant.circle.pairs import Groups
from assistant.guides import softclock, timing
from assistant.guides.events import Turn
from assistant.guides.guide import Guide
from assistant.guides.reading import values
from assistant.guides.seats import Seat, find, number
from assistant.guides.state import State
from assistant.text import is_blank

_MEANS = re.compile(r"\s*(?::\s|\s[-–—=]\s)\s*")
_BY = re.compile(r"\s*\(([^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Found:
    """A word of the group's own, as it was found."""

    word: str
    meaning: str = ""
    """What it means to them."""
    by: str = ""
    """Who brought it; "" where nobody was named."""


@dataclass(frozen=True, slots=True)
class Wished:
    """Something that a member wished kept."""

    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """A meeting as it is kept."""

    held: date
    present: tuple[str, ...] = ()
    """Who was there, in the order they sat."""
    facilitator: str = ""
    many: int = 1
    """How many answered each teller in all four steps."""
    words: tuple[Found, ...] = ()
    agreements: tuple[str, ...] = ()
    kept: tuple[Wished, ...] = ()
    next_meeting: datetime | None = None
    """When next, without an offset: the charter's zone is meant."""
    next_facilitator: str = ""
    next_pairs: Groups = ()


def notes(guide: Guide, plan: Sequence[str], turns: Sequence[Turn]) -> Notes | None:
    """Give what is kept of a meeting, also of one that ended early; None where nobody had sat down yet."""
    state = State.begun(guide, plan)
    known = {step.id for step in guide.steps}
    for turn in turns:
        state = state.after(turn) if turn.step.partition(":")[0] in known else state
    at = next((turn.at for turn in turns if turn.at), None)
    return of_state(guide, state, at.date()) if state.seats and at else None


def of_state(guide: Guide, state: State, held: date) -> Notes:
    """Give what a sitting holds so far."""
    said = {step: text for step, text in state.answers.items() if not is_blank(text)}
    asked = {number(step) for step in state.answers}
    here = tuple(seat for seat in state.seats if not seat.away or seat.number in asked)
    day = values.day(said.get("next_day", ""), held)
    clock = values.begins(said, "next_day") or values.clock(said.get("next_time", ""))
    return Notes(
        held=held,
        present=tuple(seat.name for seat in here),
        facilitator=named(said.get("facilitator", ""), state.seats),
        many=many(guide, state),
        words=tuple(map(found, lines(said.get("words", "")))),
        agreements=lines(said.get("agreements", "")),
        kept=tuple(wished(line, state.seats) for line in lines(said.get("wished", ""))),
        next_meeting=datetime.combine(day, clock or time(0, 0)) if day else None,
        next_facilitator=named(said.get("next_facilitator", ""), state.seats),
        next_pairs=tuple(map(group, lines(said.get("next_pairs", "")))),
    )


def many(guide: Guide, state: State) -> int:
    """Give how many answer a teller in all four steps: two where there are three minutes, else one."""
    short = next(share for share in timing.MONTHLY if share.part == "steps").short
    seconds = softclock.allowed(guide, state, "steps:1")
    return 2 if seconds >= 2 * short * 60 - 1 else 1


def lines(text: str) -> tuple[str, ...]:
    """Give the lines of an answer, without their marks."""
    bare = (re.sub(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+", "", line).strip() for line in text.split("\n"))
    return tuple(line for line in bare if not is_blank(line))


def only(text: str, stands: Callable[[str], bool]) -> str:
    """Give an answer without the lines that do not stand any more, the others as they were written."""
    return "\n".join(line for line in text.split("\n") if all(stands(bare) for bare in lines(line)))


def found(line: str) -> Found:
    """Read a word: `word: what it means (who)`; all but the word may be left out."""
    by = _BY.search(line)
    bare = line[: by.start()] if by and by.start() else line
    word, *meaning = _MEANS.split(bare, maxsplit=1)
    return Found(word.strip(), "".join(meaning).strip(), by[1].strip() if by and by.start() else "")


def wished(line: str, seats: Sequence[Seat]) -> Wished:
    """Read what a member wished kept: `name: words`."""
    name, colon, words = line.partition(":")
    seat = find(seats, name) if colon and not is_blank(words) else None
    return Wished(words.strip(), seat.name) if seat else Wished(line)


def group(line: str) -> tuple[str, ...]:
    """Read who meets whom: `Anna, Bo og Carl`."""
    return tuple(person.name for person in values.people(line))


def named(text: str, seats: Sequence[Seat]) -> str:
    """Give a name as it stands at the table, where it is one."""
    seat = find(seats, text)
    return seat.name if seat else " ".join(text.split())[: values.NAME]

"""Who sits around the screen, and in which order each is asked: pure, so that it can be folded again at every start.

A seat's number is never given to anyone else. So whatever was answered stays with who said it, though the list of
people was changed, somebody left, or somebody came late.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.guides.reading.values import Named


@dataclass(frozen=True, slots=True)
class Seat:
    """A member's place at the screen."""

    number: int
    """Counted from 1; what stands behind the colon in `learning_point:2`."""
    name: str
    """What they are called in the group."""
    away: bool = False
    """Whether they are not here just now: they are asked nothing."""


@dataclass(frozen=True, slots=True)
class Detour:
    """What somebody who came late missed, and is asked now."""

    after: str
    """The step at which they came, or the last one of the turn that it stands in."""
    steps: tuple[str, ...]
    """What they had missed, in its order."""


def seated(named: Sequence[Named], before: Sequence[Seat]) -> tuple[Seat, ...]:
    """Seat the people of a list, with the seats they had `before`; one whose name alone was changed keeps the seat."""
    left = {seat.name.casefold(): seat.number for seat in before} | {seat.name: seat.number for seat in before}
    names = {person.name.casefold() for person in named}
    kept = [left.get(person.name, left.get(person.name.casefold())) for person in named]
    if len(named) == len(before):
        renamed = [seat.number if seat.name.casefold() not in names else None for seat in before]
        kept = [number or other for number, other in zip(kept, renamed, strict=True)]
    free = max(left.values(), default=0)
    seats = []
    for person, number in zip(named, kept, strict=True):
        if number is None:
            number = free = free + 1
        seats.append(Seat(number, person.name, person.away))
    return tuple(seats)


def came(seats: Sequence[Seat], name: str) -> tuple[Seat, ...]:
    """Seat who came: in the seat of that name, else in a new one."""
    if seat := find(seats, name):
        return tuple(replace(other, away=False) if other == seat else other for other in seats)
    return (*seats, Seat(max((seat.number for seat in seats), default=0) + 1, name))


def went(seats: Sequence[Seat], name: str) -> tuple[Seat, ...]:
    """Mark who of them went away."""
    seat = find(seats, name)
    return tuple(replace(other, away=True) if other == seat else other for other in seats)


def find(seats: Sequence[Seat], name: str) -> Seat | None:
    """Give the seat of a name, large or small letters; by its beginning, if it is the beginning of only one."""
    wanted = " ".join(name.split()).casefold()
    whole = [seat for seat in seats if seat.name.casefold() == wanted]
    begun = [seat for seat in seats if seat.name.casefold().startswith(wanted)] if wanted else []
    return whole[0] if whole else begun[0] if len(begun) == 1 else None


def number(step_id: str) -> int | None:
    """Give the number of the seat that is asked at a step; None where nobody is asked by name."""
    _, _, number = step_id.partition(":")
    return int(number) if number.isdecimal() else None


def course(
    plan: Sequence[str], each: Collection[str], seats: Sequence[Seat], detours: Sequence[Detour] = ()
) -> tuple[str, ...]:
    """Give a plan's steps with those of `each` once for every seat: steps that stand together are asked of one member
    after the other, all of them. Seats of those who are away are in it too."""
    steps: list[str] = []
    for by_name, together in groupby(plan, key=lambda step: step in each):
        block = list(together)
        steps += [f"{step}:{seat.number}" for seat in seats for step in block] if by_name else block
    for detour in detours:
        missed = [step for step in detour.steps if step in steps]
        if detour.after in steps and detour.after not in missed:
            steps = [step for step in steps if step not in missed]
            at = steps.index(detour.after) + 1
            steps[at:at] = missed
    return tuple(steps)


def parts(plan: Sequence[str], each: Collection[str], breaks: Collection[str]) -> list[list[tuple[str, ...]]]:
    """Give a plan's steps in parts, each of which ends with a break; steps of `each` that stand together are one."""
    whole: list[list[tuple[str, ...]]] = [[]]
    for by_name, together in groupby(plan, key=lambda step: step in each):
        for block in [tuple(together)] if by_name else [(step,) for step in together]:
            whole[-1].append(block)
            if not breaks.isdisjoint(block):
                whole.append([])
    return [part for part in whole if part] or [[]]


def here(steps: Sequence[str], seats: Sequence[Seat]) -> tuple[str, ...]:
    """Leave out what would be asked of those who are away."""
    away = {seat.number for seat in seats if seat.away}
    return tuple(step for step in steps if number(step) not in away)


def turn(steps: Sequence[str], now: str, number_: int) -> tuple[str, ...]:
    """Give what comes in the turn of a seat that `now` stands in, or in its next one: steps that stand together."""
    at = steps.index(now) if now in steps else 0
    if number(now) == number_:
        while at and number(steps[at - 1]) == number_:
            at -= 1
    begins = next((n for n in range(at, len(steps)) if number(steps[n]) == number_), len(steps))
    ends = next((n for n in range(begins, len(steps)) if number(steps[n]) != number_), len(steps))
    return tuple(steps[begins:ends])


def missed(steps: Sequence[str], now: str, seat: Seat, answered: Collection[str]) -> tuple[str, ...]:
    """Give what was asked of the others before `now`, and not of `seat`."""
    before = steps[: steps.index(now)] if now in steps else ()
    return tuple(step for step in before if number(step) == seat.number and step not in answered)

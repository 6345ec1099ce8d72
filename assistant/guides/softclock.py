"""The soft clock of a sitting around one screen: it tells how long a part has taken, and never moves anything. Pure.

Time comes in as seconds that only grow; where the wall clock was all there was, what it lost counts as nothing. What a
part may take follows from the guide, the length the group has, and how many are there: see `timing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from assistant.guides import timing
from assistant.guides.events import Turn
from assistant.guides.guide import Guide, base
from assistant.guides.reading import values
from assistant.guides.seats import number
from assistant.guides.state import Phase, State

LONGEST = 4 * 3600.0
"""Seconds that may lie between two turns by the wall clock; what is more was another day, or the clock was changed."""
SETUP = ("people", "length")
"""The kinds of step that come before a meeting's own time."""


@dataclass(frozen=True, slots=True)
class Moment:
    """From when a sitting stood as it stands."""

    seconds: float
    """Counted from anywhere, and only growing."""
    part: str
    """The part of the meeting that runs from then on; in a member's turn `telling:2`, "" for none."""
    runs: bool
    """Whether the clock does."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the soft clock says."""

    part: str
    """The part it is about, as in `Moment`."""
    spent: int
    """Seconds that the part has taken, also before it was gone back to."""
    of: int
    """Seconds it may take."""
    whole: int
    """Seconds that the meeting has taken."""
    of_whole: int
    """Seconds the meeting has."""
    runs: bool

    @property
    def left(self) -> int:
        """Seconds left of the part; less than nothing when it has taken more."""
        return self.of - self.spent


def read(moments: Sequence[Moment], now: float, guide: Guide, state: State) -> Reading | None:
    """Give what the clock says `now`, in seconds as the moments'; None where nothing is timed."""
    if not moments or not moments[-1].part:
        return None
    spent: dict[str, float] = {}
    for moment, ends in pairwise((*moments, Moment(now, "", False))):
        if moment.runs and moment.part:
            spent[moment.part] = spent.get(moment.part, 0.0) + max(0.0, ends.seconds - moment.seconds)
    part = moments[-1].part
    whole, runs = sum(spent.values()), moments[-1].runs
    return Reading(part, int(spent.get(part, 0)), allowed(guide, state, part), int(whole), _length(guide, state), runs)


def moment(seconds: float, guide: Guide, state: State) -> Moment:
    """Give the moment at which a sitting came to stand as it does in `state`."""
    runs = state.phase in (Phase.ASKING, Phase.STAYING) and not state.held
    return Moment(seconds, part_of(guide, state.step), runs)


def before(turns: Sequence[Turn], states: Sequence[State], guide: Guide, now: float) -> tuple[Moment, ...]:
    """Give the moments of turns that were kept by the wall clock, the last of them `now` at the latest.

    `states` are those that each turn led to. Between the last turn and now, nothing runs.
    """
    spans = [_between(earlier.at, later.at) for earlier, later in pairwise(turns)]
    seconds = now - sum(spans)
    moments = []
    for at, state in enumerate(states):
        last = at == len(states) - 1
        resumes = not last and turns[at + 1].kind == "resumed"
        stood = moment(seconds, guide, state)
        moments.append(Moment(stood.seconds, stood.part, stood.runs and not last and not resumes))
        seconds += 0 if last else spans[at]
    return tuple(moments)


def _between(earlier: datetime | None, later: datetime | None) -> float:
    if earlier is None or later is None:
        return 0.0
    span = (later - earlier).total_seconds()
    return span if 0 <= span <= LONGEST else 0.0


# What a part may take


def part_of(guide: Guide, step_id: str) -> str:
    """Give the part of the meeting whose time a step takes; "" for what comes before its own time."""
    step = guide[step_id]
    if step.kind in SETUP or step.id in _setup(guide):
        return ""
    part, seat = step.phase or step.id, number(step_id)
    return f"{part}:{seat}" if seat is not None else part


def _setup(guide: Guide) -> frozenset[str]:
    """Give the steps before the first that has a part: who sits at the keys is settled before the meeting's time."""
    parts = {share.part for share in (timing.MONTHLY if guide.has_turns else timing.PAIR)}
    first = next((at for at, step in enumerate(guide.steps) if (step.phase or step.id) in parts), 0)
    return frozenset(step.id for step in guide.steps[:first])


def allowed(guide: Guide, state: State, part: str) -> int:
    """Give the seconds that a part may take: in a turn that others gave theirs for, all of theirs too."""
    name, seat = base(part), number(part)
    plan = _plan(guide, state)
    if plan is None or not (found := plan.of(name, 1 if seat is not None else None)):
        step = next((step for step in guide.steps if step.id == name), None)
        return round(step.minutes * 60) if step else 0
    given = sum(step == part for _, step in state.gifts)
    return found.seconds + given * sum(each.seconds for each in plan.parts if each.turn == 1)


def _plan(guide: Guide, state: State) -> timing.Plan | None:
    """Give the plan of the people who are here. In a meeting that does not fit, as many tell as there is time for;
    where there is none for a single turn, one tells for the least that it takes."""
    minutes = _length(guide, state) // 60
    found = fit(guide, state, minutes)
    if isinstance(found, timing.TooShort):
        found = fit(guide, state, minutes, max(1, found.tellers))
    if isinstance(found, timing.TooShort):
        found = timing.least(_here(state), 1, _shares(guide))
    return found


def fit(guide: Guide, state: State, minutes: int, tellers: int | None = None) -> timing.Plan | timing.TooShort | None:
    """Give the plan of a meeting of so many minutes for those who are here, in which `tellers` of them tell, by default
    all; None for fewer than two."""
    here = _here(state)
    return timing.plan(minutes, here, tellers, _shares(guide)) if here > 1 and minutes else None


def _here(state: State) -> int:
    return sum(not seat.away for seat in state.seats)


def _shares(guide: Guide) -> tuple[timing.Share, ...]:
    return timing.changed(timing.MONTHLY, {step.id: step.minutes for step in guide.steps})


def is_beyond(guide: Guide, state: State) -> bool:
    """Say whether more have had a turn before the member's whose it is than there was time for."""
    plan, member = _plan(guide, state), state.member
    if plan is None or member is None:
        return False
    told = {seat for step in state.answers if (seat := number(step)) is not None and seat != member.number}
    return len(told) >= plan.tellers


def falls_short(guide: Guide, state: State, minutes: int) -> bool:
    """Say whether a meeting of so many minutes does not fit those who are here."""
    return isinstance(fit(guide, state, minutes), timing.TooShort)


def _length(guide: Guide, state: State) -> int:
    """Give the seconds that the meeting has: as the group said, else as its guide says."""
    step = guide.first_of("length")
    said = values.amount(state.answers.get(step.id, ""), "minutes") if step else None
    return (said or guide.minutes) * 60

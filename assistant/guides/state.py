"""What the kept turns of a sitting amount to: a fold, pure and total over any order of turns.

Resuming after a kill, going back and replaying a transcript are all this one function, applied again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise

from assistant.guides import seats
from assistant.guides.guide import Guide, base
from assistant.guides.reading import values
from assistant.guides.seats import Detour, Seat
from assistant.guides.turn import Turn, TurnKind

SHORT = 4
"""An answer of at most this many words is short."""
FULL = 12
"""An answer of more words than this makes the week no flat one."""
WEIGHED = ("below", "unread", "elsewhere", "name", "asked", "unknown")
"""Why an answer is put again before it counts: see `assistant.guides.events.Weighs`."""
NO_WORDS_BACK = frozenset(("greeting", "handback", "gathered"))
"""What is said back and is none of those times; a greeting and a question for advice are never a model's."""


class Phase(Enum):
    """Where a sitting is."""

    ASKING = "asking"
    """A question waits for its answer."""
    FREE = "free"
    """Something else fills the member, who writes unasked."""
    STAYING = "staying"
    """The turn is heavy: the group stays, and nothing is asked."""
    SIGNPOST = "signpost"
    """The help lines are shown, and a choice is waited for."""
    ENDED = "ended"
    """The sitting is over."""


@dataclass(frozen=True, slots=True)
class State:
    """What the kept turns amount to."""

    plan: tuple[str, ...]
    """The steps of this sitting as it began, in order: the `course` is what becomes of it when people are known."""
    light: str | None
    """The step that a flat week gets instead of the rest."""
    step: str
    """The step that is asked now, or was last."""
    phase: Phase = Phase.ASKING
    came_from: Phase = Phase.ASKING
    """Where the sitting was before the help lines were shown."""
    trail: tuple[str, ...] = ()
    """The steps before this one, in the order they were asked."""
    answers: dict[str, str] = field(default_factory=dict)
    """The latest answer at each step; "" for one left."""
    said: tuple[str, ...] = ()
    """What was said back so far."""
    given: int = 0
    """How many of those gave words back."""
    gathered: bool = False
    """Whether the sitting's words were gathered."""
    open_said: bool = False
    """Whether the last thing said may still get the member's own wording."""
    waits: bool = False
    """Whether the question still waits behind the help lines, because they came at a "not quite"."""
    sealed: int = 0
    """How many turns the help-lines card covers."""
    erased: bool = False
    """Whether the card's words were erased."""
    people: str | None = None
    """The step that asks who sits here."""
    each: frozenset[str] = frozenset()
    """The steps that are asked of every member."""
    breaks: frozenset[str] = frozenset()
    """The steps at which they may stop."""
    clocks: tuple[tuple[str, str], ...] = ()
    """Each step that asks for a time of day, behind the one before it that asks for the day: who says both there isn't
    asked again."""
    if_yes: Mapping[str, str] = field(default_factory=dict)
    """Each step that is asked only after a yes, and the step of that yes."""
    seats: tuple[Seat, ...] = ()
    """Who sits here, in the order they are asked."""
    detours: tuple[Detour, ...] = ()
    """What those who came late were asked when they came, in the order of their coming."""
    passed: frozenset[str] = frozenset()
    """What is passed over in the turns of those who had nothing to tell, or gave theirs."""
    gifts: tuple[tuple[int, str], ...] = ()
    """The seat of each who gave their turn, and the step it was given for, such as `telling:2`."""
    held: bool = False
    """Whether the clock is held."""
    told: tuple[str, ...] = ()
    """The steps whose reason was told; none is told twice."""
    asked_again: tuple[str, ...] = ()
    """The steps at which nothing could be read, so that they were asked once more."""
    mends: str = ""
    """The step that is come back to when the line that is mended just now is."""
    weighs: str = ""
    """Why the group weighs the answer they just gave: see `assistant.guides.events.Weighs`."""

    @classmethod
    def begun(cls, guide: Guide, plan: Sequence[str]) -> "State":
        """Give the state of a sitting of `guide` that begins: it asks the steps of `plan`."""
        light, people = guide.first_of("light"), guide.first_of("people")
        return cls(
            plan=tuple(plan),
            light=light.id if light else None,
            step=plan[0],
            people=people.id if people else None,
            each=frozenset(step.id for step in guide.steps if step.each),
            breaks=frozenset(step.id for step in guide.steps if step.kind == "break"),
            if_yes={step.id: step.if_yes for step in guide.steps if step.if_yes},
            clocks=tuple(
                (day.id, clock.id) for day, clock in pairwise(guide.steps) if (day.kind, clock.kind) == ("day", "clock")
            ),
        )

    def after(self, turn: Turn) -> "State":
        """Give the state when `turn` has been kept: pure, and total over any order of turns."""
        return replace(_FOLD[turn.kind](self, turn), held=turn.kind == "held")

    @property
    def flat(self) -> bool:
        """Whether the week is flat: two short answers, and no full one."""
        words = [len(text.split()) for text in self.answers.values() if text]
        return sum(n <= SHORT for n in words) >= 2 and not any(n > FULL for n in words)

    @property
    def course(self) -> tuple[str, ...]:
        """What is asked of those who are here, in order: a member's turn at a step is named `learning_point:2`."""
        return self._open(self._everyone)

    def _open(self, steps: Sequence[str]) -> tuple[str, ...]:
        passed = self.passed | {clock for day, clock in self.clocks if values.begins(self.answers, day)}
        passed |= {step for step, of in self.if_yes.items() if not values.yes(self.answers.get(of, ""))}
        return tuple(step for step in seats.here(steps, self.seats) if step not in passed)

    def ahead(self, seat: Seat) -> tuple[str, ...]:
        """Give what is still to come in a member's next turn; nothing where it is over, or passed."""
        course = self.course
        at = course.index(self.step) + 1 if self.step in course else 0
        return seats.turn(course[at:], "", seat.number)

    @property
    def givers(self) -> tuple[Seat, ...]:
        """Who has a turn still to come that they could give to the one whose turn it is."""
        member = self.member
        others = (seat for seat in self.seats if member and seat != member and not seat.away)
        return tuple(seat for seat in others if self.ahead(seat))

    @property
    def let_go(self) -> tuple[str, ...]:
        """Give the steps of the turn that was passed over just before this one: going back leads into it again."""
        last = self.trail[-1] if self.trail else ""
        seat = next((seat for seat in self.seats if seat.number == seats.number(last)), None)
        return self.passed_by(seat) if seat and not seat.away and last in self.passed else ()

    def passed_by(self, seat: Seat) -> tuple[str, ...]:
        """Give what a member's turn was passed over at."""
        return tuple(step for step in self._everyone if step in self.passed and seats.number(step) == seat.number)

    @property
    def _everyone(self) -> tuple[str, ...]:
        return seats.course(self.plan, self.each, self.seats, self.detours)

    @property
    def here(self) -> tuple[Seat, ...]:
        """Those who are not away."""
        return tuple(seat for seat in self.seats if not seat.away)

    @property
    def needs_names(self) -> bool:
        """Whether it is asked who sits here, and nobody is known yet: there is no going on without."""
        return self.step == self.people is not None and not self.seats

    @property
    def member(self) -> Seat | None:
        """Who is asked just now; None where nobody is asked by name."""
        return next((seat for seat in self.seats if seat.number == seats.number(self.step)), None)

    @property
    def behind(self) -> tuple[str, ...]:
        """The steps that can be gone back to, the last one last."""
        course = self.course
        return tuple(step for step in self.trail if step in course)

    @property
    def place(self) -> tuple[int, int]:
        """Which question this is, counted from 1, and of how many.

        Where several sit, what each is asked counts once, and only this side of a break: the numbers stay when the
        people are known, and the second sitting begins anew.
        """
        if self.people:
            return self._place_together
        course = self.course
        if self.step in course:
            return course.index(self.step) + 1, len(course)
        return len(self.trail) + 1, len(self.trail) + 1

    @property
    def _place_together(self) -> tuple[int, int]:
        parts = seats.parts([step for step in self.plan if step not in self.if_yes], self.each, self.breaks)
        step = self.if_yes.get(self.step, base(self.step))
        part = next((part for part in parts for block in part if step in block), parts[0])
        at = next((n for n, block in enumerate(part) if step in block), 0)
        return at + 1, len(part)

    def _onward(self) -> "State":
        if self.mends:
            return replace(self, phase=Phase.ASKING, step=self.mends, mends="", weighs="")
        following = self._following()
        if following is None:
            return replace(self, phase=Phase.ENDED)
        return replace(self, phase=Phase.ASKING, step=following, trail=(*self.trail, self.step), weighs="")

    def _following(self) -> str | None:
        if self.step == self.light:
            return None
        if self.light and self.flat:
            return self.light
        everyone = self._everyone
        at = next((n for n, step in enumerate(everyone) if step == self.step), None)
        if at is None:  # a seat that is gone: what comes after its step
            at = next((n for n, step in enumerate(everyone) if base(step) == base(self.step)), len(everyone))
        return next(iter(self._open(everyone[at + 1 :])), None)


def _answered(state: State, turn: Turn) -> State:
    answers = {**state.answers, turn.step: turn.text}
    state = replace(state, answers=answers, open_said=False, weighs=turn.how if turn.how in WEIGHED else "")
    if turn.step == state.people and turn.kind == "answered":
        state = replace(state, seats=seats.seated(values.people(turn.text), state.seats))
    match state.weighs:
        case "below":
            return replace(state, told=(*state.told, turn.step))
        case "unread" | "name" | "asked" | "unknown":
            return replace(state, asked_again=(*state.asked_again, turn.step))
        case "elsewhere":
            return state
    return state._onward()


def _went_back(state: State, _: Turn) -> State:
    if state.phase in (Phase.FREE, Phase.STAYING):
        return replace(state, phase=Phase.ASKING)
    if state.mends:
        return replace(state, step=state.mends, mends="", phase=Phase.ASKING, open_said=False, weighs="")
    if turn := state.let_go:
        back = replace(state, passed=state.passed - set(turn), phase=Phase.ASKING, open_said=False, weighs=False)
        return replace(back, step=state.trail[-1], trail=state.trail[:-1])
    if not state.behind:
        return state
    step = state.behind[-1]
    trail = state.trail[: len(state.trail) - state.trail[::-1].index(step) - 1]
    return replace(state, step=step, trail=trail, phase=Phase.ASKING, open_said=False, weighs="")


def _mended(state: State, turn: Turn) -> State:
    if turn.text not in state.course:
        return state
    return replace(state, step=turn.text, mends=turn.step, phase=Phase.ASKING, open_said=False, weighs="")


def _came(state: State, turn: Turn) -> State:
    state = replace(state, seats=seats.came(state.seats, turn.text))
    seat = seats.find(state.seats, turn.text)
    if seat:
        theirs = state.passed_by(seat)
        gifts = tuple(gift for gift in state.gifts if gift[0] != seat.number)
        state = replace(state, passed=state.passed - set(theirs), gifts=gifts)
    now = state.mends or state.step
    missed = seats.missed(state._everyone, now, seat, state.answers) if seat else ()
    member = None if state.mends else state.member
    theirs = seats.turn(state.course, now, member.number) if member else ()
    after = theirs[-1] if theirs else now  # nobody's turn is broken off
    return replace(state, detours=(*state.detours, Detour(after, missed))) if missed else state


def _went(state: State, turn: Turn) -> State:
    state = replace(state, seats=seats.went(state.seats, turn.text))
    member = state.member
    return state._onward() if member and member.away and state.phase is Phase.ASKING else state


def _passed(state: State, _: Turn) -> State:
    member = state.member
    if not member:
        return state
    theirs = seats.turn(state._everyone, state.step, member.number)
    return replace(state, passed=state.passed | set(theirs))._onward()


def _gave(state: State, turn: Turn) -> State:
    giver, member = seats.find(state.seats, turn.text), state.member
    if not (giver and member) or giver == member:
        return state
    gifts = (*state.gifts, (giver.number, state.step))
    return replace(state, passed=state.passed | set(state.ahead(giver)), gifts=gifts)


def _went_on(state: State, _: Turn) -> State:
    state = replace(state, phase=Phase.ASKING)
    return state._onward() if state.member and state.member.away else state


def _said(state: State, turn: Turn) -> State:
    given = state.given + (turn.how not in NO_WORDS_BACK)
    gathered = state.gathered or turn.how == "gathered"
    return replace(state, said=(*state.said, turn.text), given=given, gathered=gathered, open_said=True)


def _sealed(state: State, turn: Turn) -> State:
    if state.phase is Phase.SIGNPOST:
        return replace(state, sealed=state.sealed + 1, erased=False)
    return replace(
        state,
        phase=Phase.SIGNPOST,
        came_from=state.phase,
        waits=turn.how == "corrected",
        sealed=1,
        erased=False,
        open_said=False,
    )


def _chose(state: State, turn: Turn) -> State:
    if turn.text == "delete":
        return replace(state, sealed=0, erased=True)
    if state.came_from in (Phase.FREE, Phase.STAYING):
        return replace(state, phase=state.came_from, sealed=0)
    if state.waits:
        return replace(state, phase=Phase.ASKING, sealed=0)
    if state.needs_names:
        return replace(state, phase=Phase.ASKING, sealed=0)
    return replace(state, sealed=0)._onward()


_FOLD: dict[TurnKind, Callable[[State, Turn], State]] = {
    "answered": _answered,
    "skipped": _answered,
    "back": _went_back,
    "said": _said,
    "corrected": lambda state, _: replace(state, open_said=False),
    "turned": lambda state, _: replace(state, phase=Phase.FREE, open_said=False),
    "free": lambda state, _: state,
    "sealed": _sealed,
    "chose": _chose,
    "mended": _mended,
    "came": _came,
    "went": _went,
    "passed": _passed,
    "stayed": lambda state, _: replace(state, phase=Phase.STAYING, open_said=False),
    "gave": _gave,
    "went_on": _went_on,
    "held": lambda state, _: state,
    "resumed": lambda state, _: state,
    "shared": lambda state, _: state,
    "stands": lambda state, turn: replace(state, answers={**state.answers, turn.step: turn.text}),
    "finished": lambda state, _: replace(state, phase=Phase.ENDED),
}

"""What the kept turns of a sitting amount to: a fold, pure and total over any order of turns.

Resuming after a kill, going back and replaying a transcript are all this one function, applied again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum

from assistant.guides.events import Turn, TurnKind

SHORT = 4
"""An answer of at most this many words is short."""
FULL = 12
"""An answer of more words than this makes the week no flat one."""
NO_WORDS_BACK = frozenset(("greeting", "handback", "gathered"))
"""What is said back and is none of those times; a greeting and a question for advice are never a model's."""


class Phase(Enum):
    """Where a sitting is."""

    ASKING = "asking"
    """A question waits for its answer."""
    FREE = "free"
    """Something else fills the member, who writes unasked."""
    SIGNPOST = "signpost"
    """The help lines are shown, and a choice is waited for."""
    ENDED = "ended"
    """The sitting is over."""


@dataclass(frozen=True, slots=True)
class State:
    """What the kept turns amount to."""

    plan: tuple[str, ...]
    """The steps of this sitting, in order."""
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

    def after(self, turn: Turn) -> "State":
        """Give the state when `turn` has been kept: pure, and total over any order of turns."""
        return _FOLD[turn.kind](self, turn)

    @property
    def flat(self) -> bool:
        """Whether the week is flat: two short answers, and no full one."""
        words = [len(text.split()) for text in self.answers.values() if text]
        return sum(n <= SHORT for n in words) >= 2 and not any(n > FULL for n in words)

    @property
    def place(self) -> tuple[int, int]:
        """Which question this is, counted from 1, and of how many."""
        if self.step in self.plan:
            return self.plan.index(self.step) + 1, len(self.plan)
        return len(self.trail) + 1, len(self.trail) + 1

    def _onward(self) -> "State":
        following = self._following()
        if following is None:
            return replace(self, phase=Phase.ENDED)
        return replace(self, phase=Phase.ASKING, step=following, trail=(*self.trail, self.step))

    def _following(self) -> str | None:
        if self.step == self.light:
            return None
        if self.light and self.flat:
            return self.light
        rest = self.plan[self.plan.index(self.step) + 1 :]
        return rest[0] if rest else None


def _answered(state: State, turn: Turn) -> State:
    answers = {**state.answers, turn.step: turn.text}
    return replace(state, answers=answers, open_said=False)._onward()


def _went_back(state: State, _: Turn) -> State:
    if state.phase is Phase.FREE:
        return replace(state, phase=Phase.ASKING)
    if not state.trail:
        return state
    return replace(state, step=state.trail[-1], trail=state.trail[:-1], phase=Phase.ASKING, open_said=False)


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
    if state.came_from is Phase.FREE:
        return replace(state, phase=Phase.FREE, sealed=0)
    if state.waits:
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
    "finished": lambda state, _: replace(state, phase=Phase.ENDED),
}

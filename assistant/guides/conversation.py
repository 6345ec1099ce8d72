"""Everything that decides what comes next is in this file; nothing here knows the time, a file or a screen.

A conversation is sans-I/O, as h11 is: events come in, effects go out, and the state is a fold over the turns that
were kept. So resuming after a kill, going back, and replaying a transcript are one piece of code.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from assistant.guides.events import (
    Answered,
    Ask,
    Chose,
    Corrected,
    Effect,
    Event,
    Explain,
    Finish,
    Forget,
    GiveBack,
    Keep,
    Paused,
    Signpost,
    Skipped,
    Tell,
    Turn,
    Turned,
    TurnKind,
    WentBack,
    Witness,
    WonderedWhy,
)
from assistant.guides.guide import Guide, Step
from assistant.text import is_blank

SHORT = 4
"""An answer of at most this many words is short."""
FULL = 12
"""An answer of more words than this makes the week no flat one."""
GIVEN_BACK = 3
"""How many times at most a sitting gives words back (PRACTICE)."""


# State: a fold over the turns

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
    open_said: bool = False
    """Whether the last thing said may still get the member's own wording."""
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
    return replace(state, step=state.trail[-1], trail=state.trail[:-1], phase=Phase.ASKING)


def _said(state: State, turn: Turn) -> State:
    given = state.given + (turn.how not in ("greeting", "handback"))
    return replace(state, said=(*state.said, turn.text), given=given, open_said=True)


def _sealed(state: State, _: Turn) -> State:
    if state.phase is Phase.SIGNPOST:
        return replace(state, sealed=state.sealed + 1, erased=False)
    return replace(state, phase=Phase.SIGNPOST, came_from=state.phase, sealed=1, erased=False, open_said=False)


def _chose(state: State, turn: Turn) -> State:
    if turn.text == "delete":
        return replace(state, sealed=0, erased=True)
    if state.came_from is Phase.FREE:
        return replace(state, phase=Phase.FREE, sealed=0)
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


# The conversation

class Conversation:
    """One sitting: `begin` once, then `receive` events; each gives the effects to perform, in their order."""

    def __init__(self, guide: Guide, plan: Sequence[str], witness: Witness, old_lines: Sequence[str] = ()) -> None:
        """Prepare a sitting of `guide` that asks the steps of `plan`; `old_lines` are what a `pick` chooses from."""
        light = guide.first_of("light")
        free = guide.first_of("free")
        self.guide = guide
        self.witness = witness
        self.old_lines = tuple(old_lines)
        self.state = State(plan=tuple(plan), light=light.id if light else None, step=plan[0])
        self._free = free

    def begin(self, turns: Iterable[Turn] = ()) -> list[Effect]:
        """Fold the turns kept so far, and give what is shown first: a question, the help lines, or the end."""
        for turn in turns:
            self.state = self.state.after(turn)
        if self.state.phase is Phase.ENDED:
            return [Finish("done")]
        return [self._signpost("resumed")] if self.state.phase is Phase.SIGNPOST else [self._ask()]

    def receive(self, event: Event) -> list[Effect]:
        """Take what happened and give what is wanted. Every event is welcome in every phase."""
        decide = TRANSITIONS.get((self.state.phase, type(event)))
        return decide(self, event) if decide else []

    @property
    def picked(self) -> tuple[str, ...]:
        """The old lines the member picked in this sitting."""
        picks = [step.id for step in self.guide.steps if step.kind == "pick"]
        return tuple(line for step in picks for line in self.state.answers.get(step, "").splitlines())

    # Deciding

    def _keep(self, turn: Turn) -> Keep:
        self.state = self.state.after(turn)
        return Keep(turn)

    def _ask(self) -> Ask:
        if self.state.phase is Phase.FREE and self._free:
            return Ask(self._free)
        return Ask(self.guide[self.state.step], self.state.answers.get(self.state.step, ""))

    def _signpost(self, rule: str) -> Signpost:
        return Signpost(rule, ("go_on", "stop") if self.state.erased else ("go_on", "stop", "delete"))

    def _next(self, at: datetime) -> list[Effect]:
        if self.state.phase is Phase.ENDED:
            return [self._keep(Turn("finished", self.state.step, at=at)), Finish("done")]
        return [self._ask()]

    def _sealed(self, text: str, at: datetime) -> list[Effect] | None:
        """Keep `text` privately and show the help lines, if it speaks of danger."""
        rule = self.witness.crisis(text)
        if rule is None:
            return None
        return [self._keep(Turn("sealed", self.state.step, text, at)), self._signpost(rule)]

    def _answered(self, event: Answered) -> list[Effect]:
        if is_blank(event.text):
            return [Tell("nothing_written")]
        if event.text == self.state.answers.get(self.state.step):
            return self._unchanged(event)
        if sealed := self._sealed(event.text, event.at):
            return sealed
        step = self.guide[self.state.step]
        text = event.text
        if step.kind == "pick" and (text := self._lines(event.text)) is None:
            return [Tell("pick_by_number")]
        effects: list[Effect] = [self._keep(Turn("answered", step.id, text, event.at))]
        effects.append(self._respond(step, event) or Tell("kept"))
        if isinstance(effects[-1], GiveBack):
            said = effects[-1]
            effects.insert(1, self._keep(Turn("said", step.id, said.text, event.at, how=said.how)))
        return effects + self._next(event.at)

    def _unchanged(self, event: Answered) -> list[Effect]:
        """An answer that was gone back to and left as it was is not kept a second time."""
        return [self._keep(Turn("skipped", self.state.step, event.text, event.at)), *self._next(event.at)]

    def _lines(self, text: str) -> str | None:
        """Give the old lines that the numbers in `text` name; the text itself, if it holds words of the member's."""
        marks = text.replace(",", " ").split()
        if not all(mark.isdecimal() for mark in marks):
            return text
        numbers = dict.fromkeys(int(mark) for mark in marks)
        if not 1 <= len(numbers) <= 3 or not all(1 <= number <= len(self.old_lines) for number in numbers):
            return None
        return "\n".join(self.old_lines[number - 1] for number in numbers)

    def _respond(self, step: Step, event: Answered) -> GiveBack | None:
        may = step.reflect and self.state.given < GIVEN_BACK
        said = self.witness.respond(event.text, self.state.said, may)
        return GiveBack(said.text, said.how) if said else None

    def _skipped(self, event: Skipped) -> list[Effect]:
        before = self.state.answers.get(self.state.step, "")
        return [self._keep(Turn("skipped", self.state.step, before, event.at)), *self._next(event.at)]

    def _went_back(self, event: WentBack) -> list[Effect]:
        if self.state.phase is Phase.ASKING and not self.state.trail:
            return [Tell("first_question")]
        return [self._keep(Turn("back", self.state.step, at=event.at)), self._ask()]

    def _corrected(self, event: Corrected) -> list[Effect]:
        if is_blank(event.text):
            return [Tell("no_needs_words")]
        if sealed := self._sealed(event.text, event.at):
            return sealed
        if not self.state.open_said:
            return [Tell("nothing_said")]
        return [self._keep(Turn("corrected", self.state.step, event.text, event.at)), Tell("corrected")]

    def _turned(self, event: Turned) -> list[Effect]:
        return [self._keep(Turn("turned", self.state.step, at=event.at)), self._ask()]

    def _wrote_freely(self, event: Answered) -> list[Effect]:
        if is_blank(event.text):
            return [Tell("nothing_written")]
        if sealed := self._sealed(event.text, event.at):
            return sealed
        return [self._keep(Turn("free", self.state.step, event.text, event.at)), Tell("kept")]

    def _wrote_at_the_card(self, event: Answered) -> list[Effect]:
        """Words written instead of a choice are kept as privately as those before, and the card stays."""
        if is_blank(event.text):
            return [self._signpost("stays")]
        return [self._keep(Turn("sealed", self.state.step, event.text, event.at)), self._signpost("stays")]

    def _chose(self, event: Chose) -> list[Effect]:
        covered = self.state.sealed
        kept = self._keep(Turn("chose", self.state.step, event.choice, event.at))
        if event.choice == "delete":
            return [Forget(covered), kept, Tell("erased"), self._signpost("erased")]
        if event.choice == "stop":
            return [kept, Finish("paused")]
        return [kept, *self._next(event.at)]

    def _explained(self, event: WonderedWhy) -> list[Effect]:
        asked = self._ask()
        return [Explain(asked.step)]

    def _paused(self, event: Paused) -> list[Effect]:
        return [Finish("paused")]

    def _done_writing(self, event: Paused) -> list[Effect]:
        return [self._keep(Turn("finished", self.state.step, at=event.at)), Finish("done")]


TRANSITIONS: dict[tuple[Phase, type], Callable[[Conversation, Event], list[Effect]]] = {
    (Phase.ASKING, Answered): Conversation._answered,
    (Phase.ASKING, Skipped): Conversation._skipped,
    (Phase.ASKING, WentBack): Conversation._went_back,
    (Phase.ASKING, Corrected): Conversation._corrected,
    (Phase.ASKING, Turned): Conversation._turned,
    (Phase.ASKING, WonderedWhy): Conversation._explained,
    (Phase.ASKING, Paused): Conversation._paused,
    (Phase.FREE, Answered): Conversation._wrote_freely,
    (Phase.FREE, WentBack): Conversation._went_back,
    (Phase.FREE, WonderedWhy): Conversation._explained,
    (Phase.FREE, Paused): Conversation._done_writing,
    (Phase.SIGNPOST, Answered): Conversation._wrote_at_the_card,
    (Phase.SIGNPOST, Chose): Conversation._chose,
    (Phase.SIGNPOST, Paused): Conversation._paused,
}
"""What each event means in each phase; a pair that is not here changes nothing."""

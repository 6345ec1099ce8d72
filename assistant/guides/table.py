"""What happens among several around one screen: who came and went, whose turn is passed or given, when it stands still.

A part of `Conversation`, which knows what is asked; here is only what people do with each other's turns.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from assistant.guides.events import (
    Answered,
    Came,
    Effect,
    Held,
    Keep,
    Passed,
    Skipped,
    Stayed,
    Tell,
    Turn,
    WentAway,
    WentBack,
)
from assistant.guides.reading import values
from assistant.guides.seats import find
from assistant.text import is_blank

if TYPE_CHECKING:
    from assistant.guides.events import Ask
    from assistant.guides.guide import Guide, Step
    from assistant.guides.state import State


class Table:
    """The people around the screen."""

    state: State
    guide: Guide
    _stay: Step | None

    if TYPE_CHECKING:

        def _keep(self, turn: Turn) -> Keep: ...

        def _next(self, at: datetime) -> list[Effect]: ...

        def _ask(self) -> Ask: ...

        def _sealed(self, event: Answered) -> list[Effect] | None: ...

    # Who is here

    def _came(self, event: Came) -> list[Effect]:
        name = " ".join(event.name.split())
        seat = find(self.state.seats, name)
        here = seat is not None and not seat.away and not self.state.passed_by(seat)
        if not self.state.seats or is_blank(name) or here:
            return [Tell("nobody_to_come")]
        if not seat and (trouble := self._no_seat(name)):
            return [Tell(trouble)]
        kept = self._keep(Turn("came", self.state.step, seat.name if seat else name, event.at))
        return [kept, Tell("came" if not seat or seat.away else "turn_again"), self._ask()]

    def _no_seat(self, name: str) -> str | None:
        if len(name) > values.NAME:
            return "people_long"
        return "people_too_many" if len(self.state.seats) == values.MOST else None

    def _went_away(self, event: WentAway) -> list[Effect]:
        seat = find(self.state.seats, event.name)
        if not seat or seat.away:
            return [Tell("nobody_to_go")]
        return [self._keep(Turn("went", self.state.step, seat.name, event.at)), Tell("went"), *self._next(event.at)]

    # Turns

    def _passed(self, event: Passed) -> list[Effect]:
        """Pass over the rest of a turn: its member has nothing to tell, or nothing more."""
        if not self.state.member:
            return [Tell("nobody_to_pass")]
        return [self._keep(Turn("passed", self.state.step, at=event.at)), Tell("passed"), *self._next(event.at)]

    def _stayed(self, event: Stayed) -> list[Effect]:
        if not (self._stay and self.state.seats):
            return []
        return [self._keep(Turn("stayed", self.state.step, at=event.at)), self._ask()]

    def _wrote_while_staying(self, event: Answered) -> list[Effect]:
        """Take the name or number of who gives their turn; nothing goes on, and an empty line, once all are ready."""
        if is_blank(event.text):
            return self._went_on(event)
        givers, said = self.state.givers, event.text.strip()
        at = int(said) if said.isdecimal() and len(said) < 4 else 0
        giver = givers[at - 1] if 1 <= at <= len(givers) else find(self.state.seats, said)
        if giver in givers:
            return [self._keep(Turn("gave", self.state.step, giver.name, event.at)), Tell("gave"), self._ask()]
        return self._sealed(event) or [Tell("nobody_to_give")]

    def _passed_while_staying(self, event: Passed) -> list[Effect]:
        """End the turn that the group stayed at; the next one's comes."""
        if not self.state.member:
            return [Tell("nobody_to_pass")]
        if self.state.member.away:
            return self._went_on(event)
        return [self._keep(Turn("went_on", self.state.step, at=event.at)), *self._passed(event)]

    def _went_on(self, event: Answered | Skipped | WentBack | Passed) -> list[Effect]:
        return [self._keep(Turn("went_on", self.state.step, at=event.at)), *self._next(event.at)]

    # The clock

    def _held(self, event: Held) -> list[Effect]:
        """Hold the clock, or let it go on."""
        if not self.guide.timed:
            return []
        held = self.state.held
        return [self._keep(Turn("resumed" if held else "held", self.state.step, at=event.at)),
                Tell("clock_on" if held else "clock_held")]  # fmt: skip

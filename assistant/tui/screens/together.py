"""A sitting of several people around one screen: texts to read aloud, who is here, and one sheet for what is agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from assistant.guides.events import Answered, Came, Turn, WentAway
from assistant.guides.guide import UNANSWERED
from assistant.guides.state import Phase
from assistant.sittings.shown import Question
from assistant.tui.screens.conversation import ConversationScreen
from assistant.tui.screens.listed import ListScreen
from assistant.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEFT_OUT = ("not_quite", "turn", "request", "gather")
"""Keys of a sitting alone that several around one screen have no use for: nothing is given back to them."""


class TogetherScreen(ConversationScreen):
    """Where a step wants no answer, there is no sheet, and Enter goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "onward"),
        *(key for key in ConversationScreen.BINDINGS if isinstance(key, Binding) and key.action not in LEFT_OUT),
        Binding("f3", "seats", "seats"),
    ]

    @property
    def _reading(self) -> bool:
        return self.has_class("-reading")

    def _ask(self, question: Question) -> None:
        reads = question.kind in (*UNANSWERED, "stay")
        self.set_class(reads, "-reading")
        self._answer.display = self._answer.can_focus = not reads  # else one types into a sheet that nobody sees
        super()._ask(question)
        if question.note:
            self._page.explain(question.note)
            self._answer.select_all()
            self._notice(self._messages("screen.weigh" if question.default else "screen.weigh_left"))
        if question.kind == "break":
            self._sure = ""
            self._notice(self._messages("screen.break"))
        self.set_focus(None if reads else self._answer)

    @property
    def _told(self) -> Sequence[Turn]:
        """What the help lines cover does not stay on a screen that several look at."""
        return [turn for turn in self._session.turns if turn.kind != "sealed"]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key works just now; its hint is shown only then."""
        if action == "onward":
            return self._reading and self._session.phase is Phase.ASKING
        if action in ("send", "new_line", "skip") and self._reading:
            return False
        if action == "seats":
            return bool(self._session.seats) and self._session.phase is Phase.ASKING
        return super().check_action(action, parameters)

    def action_onward(self) -> None:
        """Go on from what was read; past a break only when that was meant."""
        pauses = self._question is not None and self._question.kind == "break"
        if pauses and self._sure != "onward":
            self._sure = "onward"
            self._notice(self._messages("screen.break_sure"))
            return
        self._send(Answered("", self._session.now()))

    def action_seats(self) -> None:
        """Say who goes, and who comes; whose turn was passed may have it after all."""
        say, offered = self._messages, tuple(self._comings())
        choices = (Choice(str(at), name, aside=say(f"screen.{aside}")) for at, (name, _, aside) in enumerate(offered))
        seats = ListScreen(say("screen.seats"), say, choices, say("screen.seats_about"))
        self.app.push_screen(seats, lambda at: self._seated(*offered[int(at)][:2]) if at else None)

    def _comings(self) -> Iterator[tuple[str, bool, str]]:
        """Give who may come or go, whether they come, and what is said of it."""
        state = self._session.state
        for seat in state.seats:
            may_speak = state.passed_by(seat) and not seat.away
            if may_speak:
                yield seat.name, True, "turn_after_all"
            yield seat.name, seat.away, "away" if seat.away else "leaves" if may_speak else "here"

    def _seated(self, name: str, comes: bool) -> None:
        if self._keep_draft():
            if self._question and not self._reading:
                self._unsent[self._question.step] = self._answer.whole
            at = self._session.now()
            self._send(Came(name, at) if comes else WentAway(name, at))

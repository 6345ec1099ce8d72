"""A sitting of several people around one screen: texts to read aloud, who is here, and one sheet for what is agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from assistant.guides.events import Answered, Came, Turn, WentAway
from assistant.guides.guide import UNANSWERED
from assistant.guides.state import Phase
from assistant.sittings.shown import Question
from assistant.tui.screens.conversation import ConversationScreen
from assistant.tui.widgets.choices import Choice, Choices
from assistant.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from assistant.guides.seats import Seat
    from assistant.messages import Messages

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
            self._notice(self._messages("screen.weigh"))
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
        """Say who goes, and who comes."""
        state = self._session.state
        passed = [seat for seat in state.seats if state.passed_by(seat)]
        self.app.push_screen(SeatsScreen(state.seats, self._messages, passed), self._seated)

    def _seated(self, chosen: tuple[str, bool] | None) -> None:
        if chosen and self._keep_draft():
            if self._question and not self._reading:
                self._unsent[self._question.step] = self._answer.whole
            (name, comes), at = chosen, self._session.now()
            self._send(Came(name, at) if comes else WentAway(name, at))


class SeatsScreen(Screen[tuple[str, bool]]):
    """Who is here and who is away; gives back the name of who comes or goes and whether they come, None for nobody."""

    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open"),
        Binding("escape", "dismiss(None)", "back"),
    ]

    def __init__(self, seats: Sequence[Seat], messages: Messages, passed: Collection[Seat] = ()) -> None:
        """Prepare to show `seats`; those whose turn was `passed` may have it after all, or go."""
        super().__init__(classes="list")
        self._messages = messages
        self._offered: list[tuple[str, bool]] = []
        """Whom each line is about, and whether they come."""
        self._asides: list[str] = []
        for seat in seats:
            may_speak = seat in passed and not seat.away
            if may_speak:
                self._offer(seat, True, "turn_after_all")
            self._offer(seat, seat.away, "away" if seat.away else "leaves" if may_speak else "here")

    def _offer(self, seat: Seat, comes: bool, aside: str) -> None:
        self._offered.append((seat.name, comes))
        self._asides.append(self._messages(f"screen.{aside}"))

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        say = self._messages
        yield Static(Content(say("screen.seats")), classes="name")
        yield Static(Content(say("screen.seats_about")), classes="quiet about")
        offered = enumerate(zip(self._offered, self._asides, strict=True))
        yield Choices(Choice(str(at), name, aside=aside) for at, ((name, _), aside) in offered)
        yield Hints(say)

    def action_choose(self) -> None:
        """Take who is pointed at."""
        self.query_one(Choices).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give back who it was."""
        self.dismiss(self._offered[int(event.option_id or 0)])

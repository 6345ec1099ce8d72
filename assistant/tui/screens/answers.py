"""What members carry, the answers to it, and a way to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.trouble import Trouble
from assistant.tui.screens.charter import CharterScreen, OursPageScreen
from assistant.tui.screens.conversation import ConversationScreen
from assistant.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.circle.items import Passage
    from assistant.circle.page import CharterPage
    from assistant.circle.view import Entry
    from assistant.tui.wiring import Wiring


class AnswersScreen(Screen[str]):
    """A list of what is carried, the latest first."""

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", "open"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, wiring: Wiring, circle: Circle | None = None) -> None:
        """Prepare to list what is carried in a circle."""
        super().__init__(classes="list")
        self._wiring = wiring
        self._circle = circle
        self._ours = wiring.ours.within(circle)
        self._carried = self._ours.carried()

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        messages, ours = self._wiring.messages, self._ours
        yield Static(Content(messages("answer.title")), classes="name")
        if not self._carried:
            yield Static(Content(messages("answer.nothing")), classes="quiet about")
        options = []
        for entry in self._carried:
            name = messages("answer.mine") if ours.is_mine(entry) else ours.by(entry)
            first = entry.body.text.split("\n")[0]
            options.append(Option(Content.assemble(first, (f"  {name}", "$quiet"))))
        yield OptionList(*options, markup=False)
        yield Hints(messages)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hint at opening where there is something to open."""
        return action != "read" or bool(self._carried)

    def action_read(self) -> None:
        """Open what is pointed at."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was chosen."""
        self.app.push_screen(CarriedScreen(self._wiring, self._circle, self._carried[event.option_index]))


class CarriedScreen(OursPageScreen):
    """What somebody carries, and the answers to it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("a", "answer", "answer"), *CharterScreen.BINDINGS]

    def __init__(self, wiring: Wiring, circle: Circle | None, entry: Entry[Passage]) -> None:
        """Prepare to show `entry`."""
        self._entry_shown = entry
        self._wiring = wiring
        self._circle = circle
        super().__init__(wiring, circle)

    def _read(self, wiring: Wiring) -> CharterPage | None:
        return self._ours.carried_page(self._entry_shown)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hint at answering what is another's."""
        if action == "answer":
            return not self._ours.is_mine(self._entry_shown)
        return super().check_action(action, parameters)

    def action_answer(self) -> None:
        """Answer it."""
        try:
            session = self._wiring.sittings.answer(self._entry_shown.id, self._circle.id if self._circle else None)
        except Trouble as trouble:
            self.app.notify(self._wiring.messages(trouble.key, **trouble.values), markup=False)
            return
        self.app.push_screen(ConversationScreen(session, self._wiring), self._answered)

    def _answered(self, said: str | None) -> None:
        if said:
            self.app.notify(said, markup=False, timeout=12)
        self._page = self._read(self._wiring)
        self.refresh(recompose=True)

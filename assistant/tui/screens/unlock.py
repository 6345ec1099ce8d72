"""The passphrase of a locked home: one field, and one sentence when it does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assistant.trouble import Trouble
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.line import Line

if TYPE_CHECKING:
    from assistant.tui.wiring import Wiring


class UnlockScreen(Screen[bool]):
    """Opens the home; gives back False if it stays closed."""

    AUTO_FOCUS = "Line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open"),
        Binding("escape", "leave", "quit"),
    ]

    def __init__(self, wiring: Wiring) -> None:
        """Prepare to open the home of the house."""
        super().__init__(classes="asking")
        self._wiring = wiring

    def compose(self) -> ComposeResult:
        """Lay out the question and its field."""
        messages = self._wiring.messages
        yield Static(Content("vidne"), classes="name")
        yield Static(Content(messages("unlock.question")), classes="question")
        yield Line(password=True)
        yield Static(id="notice")
        yield Hints(messages)

    def on_input_submitted(self) -> None:
        """Try the passphrase."""
        self.action_open()

    def action_open(self) -> None:
        """Try the passphrase."""
        field = self.query_one(Line)
        try:
            self._wiring.unlock(field.value)
        except Trouble as trouble:
            self.query_one("#notice", Static).update(Content(self._wiring.messages(trouble.key, **trouble.values)))
            field.value = ""
        else:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Leave it closed."""
        self.dismiss(False)

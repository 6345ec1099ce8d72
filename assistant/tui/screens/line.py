"""Asks for one line and has something done with it; what cannot be done is told, and the line stays to mend."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from assistant.text import clean, is_blank
from assistant.trouble import Trouble
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.line import Line

if TYPE_CHECKING:
    from assistant.messages import Messages

MOST = 10_000
"""How many characters the line may have: an invitation is 1,900, a path far less."""


class LineScreen(Screen[str]):
    """Gives back what is said when it is done; "" where it was not."""

    AUTO_FOCUS = "Line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "onward"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(
        self, question: str, about: str, value: str, do: Callable[[str], str | None], messages: Messages
    ) -> None:
        """Prepare to ask `question`; `do` gives what is said when it is done, or None while it is not."""
        super().__init__(classes="asking")
        self._question, self._about, self._value = question, about, value
        self._do, self._messages = do, messages

    def compose(self) -> ComposeResult:
        """Lay out the question and its field."""
        yield Static(Content(self._question), classes="name")
        if self._about:
            yield Static(Content(self._about), classes="quiet about")
        yield Line(self._value, max_length=MOST)
        yield Static(id="notice")
        yield Hints(self._messages)

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Do it."""
        self.action_take()

    def action_take(self) -> None:
        """Do it, and go back; or say why that cannot be."""
        written = clean(self.query_one(Line).value).strip()
        if is_blank(written):
            self._say("screen.line_blank")
            return
        try:
            if (said := self._do(written)) is not None:
                self.dismiss(said)
        except Trouble as trouble:
            self._say(trouble.key, **trouble.values)

    def _say(self, key: str, **values: object) -> None:
        self.query_one("#notice", Static).update(Content(self._messages(key, **values)))

"""The help lines: the whole text and what may be chosen, and nothing else on the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from assistant.messages import Messages
from assistant.session import Card
from assistant.tui.widgets.choices import Choice, Choices


class CardScreen(Screen[str]):
    """Shows a card and gives back what was chosen."""

    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "read(-1)", show=False, priority=True),
        Binding("pagedown", "read(1)", show=False, priority=True),
    ]

    def __init__(self, card: Card, note: str, messages: Messages) -> None:
        """Show `card`, and above it what came of the choice before."""
        super().__init__(classes="card")
        self._card = card
        self._note = note
        self._messages = messages

    def compose(self) -> ComposeResult:
        """Lay out the text and the choices; nothing is pointed at, so that a key pressed too long chooses nothing."""
        with VerticalScroll(id="card", can_focus=False):
            yield Static(Content(self._note), id="card-note")
            yield Static(Content(self._card.text), id="card-text")
        yield Choices((Choice(name, label) for name, label in self._card.choices), careful=True)
        yield Static(Content(self._messages("screen.choose")), classes="quiet", id="choose")

    def on_mount(self) -> None:
        """Leave no empty line for a note that is not there."""
        self.query_one("#card-note").display = bool(self._note)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give back the choice."""
        self.dismiss(event.option_id)

    def action_read(self, direction: int) -> None:
        """Scroll the text."""
        card = self.query_one("#card", VerticalScroll)
        card.scroll_page_down(animate=False) if direction > 0 else card.scroll_page_up(animate=False)

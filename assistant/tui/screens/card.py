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
from assistant.sittings.shown import Card
from assistant.tui.widgets.choices import Choice, Choices
from assistant.tui.widgets.hints import Hints

ROWS = 7
"""What the rest takes beside the text and the choices: how to choose, the keys, and space."""
FEW = 1
"""What it takes on a screen so low that only the keys are left beside them: the numbers come before everything."""
LOW = 18
"""Below how many rows a screen is that low."""
NUMBERS = r"(?m)^[\d /]+(?= ·)"
"""What is to be rung, at the beginning of its line."""


class CardScreen(Screen[str]):
    """Shows a card and gives back what was chosen."""

    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "read(1)", "read_on", priority=True),
        Binding("pageup", "read(-1)", "read_above", priority=True),
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
            if self._note:
                yield Static(Content(self._note), id="card-note")
            yield Static(Content(self._card.text).highlight_regex(NUMBERS, style="bold"))
        yield Choices((Choice(name, label) for name, label in self._card.choices), careful=True)
        yield Static(Content(self._messages("screen.choose")), classes="quiet", id="choose")
        yield Hints(self._messages)

    @property
    def _text(self) -> VerticalScroll:
        return self.query_one("#card", VerticalScroll)

    def on_resize(self) -> None:
        """Give the text all the rows that the choices leave, once it is known what space a screen of this size has."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        rest = len(self._card.choices) + (FEW if self.size.height < LOW else ROWS)
        self._text.styles.max_height = max(3, self.size.height - rest)
        self.call_after_refresh(self.refresh_bindings)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give back the choice."""
        if self.app.screen is self:
            self.dismiss(event.option_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hint at the keys that scroll only where there is more to read."""
        return action != "read" or (self.is_mounted and self._text.max_scroll_y > 0)

    def action_read(self, direction: int) -> None:
        """Scroll the text."""
        self._text.scroll_page_down(animate=False) if direction > 0 else self._text.scroll_page_up(animate=False)

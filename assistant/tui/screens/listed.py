"""A list to choose from, by arrow and Enter, by number or by mouse; what cannot be done is told under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from assistant.trouble import Trouble
from assistant.tui.widgets.choices import Choice, Choices
from assistant.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from assistant.messages import Messages


class ListScreen(Screen[str]):
    """Gives back the name of the choice that was made; "" for none."""

    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, title: str, messages: Messages, choices: Iterable[Choice] = (), about: str = "") -> None:
        """Prepare to offer `choices` under a title, and a line `about` it."""
        super().__init__(classes="list")
        self._title, self._about = title, about
        self._messages = messages
        self._choices = tuple(choices)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Static(Content(self._title), classes="name")
        if self._about:
            yield Static(Content(self._about), classes="quiet about")
        yield Choices(self._choices)
        yield Static(id="notice")
        yield Hints(self._messages)

    def action_choose(self) -> None:
        """Take what is pointed at."""
        self.query_one(Choices).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen, or say why that cannot be."""
        if self.app.screen is self:
            self._attempt(lambda: self._chosen(event.option_id or ""))

    def _chosen(self, name: str) -> None:
        """Go back with what was chosen; a screen that stays does something else."""
        self.dismiss(name)

    def _attempt(self, do: Callable[[], None]) -> None:
        """Do something, or say why that cannot be."""
        self._say("")
        try:
            do()
        except Trouble as trouble:
            self._say(self._messages(trouble.key, **trouble.values))

    def _say(self, text: str) -> None:
        self.query_one("#notice", Static).update(Content(text))

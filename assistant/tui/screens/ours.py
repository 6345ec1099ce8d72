"""What the group does together: what one carries and answers, the last meeting's page, the group's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from assistant.trouble import Trouble
from assistant.tui.places import OURS, Page, screen
from assistant.tui.screens.which import with_circle
from assistant.tui.widgets.choices import Choice, Choices
from assistant.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.tui.wiring import Wiring


class OursScreen(Screen[str]):
    """A list of the group's pages."""

    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, wiring: Wiring) -> None:
        """Prepare to offer what there is."""
        super().__init__(classes="list")
        self._wiring = wiring

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        messages = self._wiring.messages
        yield Static(Content(messages("home.ours")), classes="name")
        yield Choices(Choice(page.name, messages(f"home.{page.name}")) for page in OURS if page.offered(self._wiring))
        yield Static(id="notice")
        yield Hints(messages)

    def action_choose(self) -> None:
        """Open what is pointed at."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was chosen."""
        page = next(page for page in OURS if page.name == event.option_id)
        with_circle(self, self._wiring, lambda circle: self._open(page, circle))

    def _open(self, page: Page, circle: Circle | None) -> None:
        try:
            self.app.push_screen(screen(page.screen)(self._wiring, circle))
        except Trouble as trouble:
            text = self._wiring.messages(trouble.key, **trouble.values)
            self.query_one("#notice", Static).update(Content(text))

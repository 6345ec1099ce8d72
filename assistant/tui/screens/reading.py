"""Reading: the sittings by date, and one sitting as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.trouble import Trouble
from assistant.tui.dates import day
from assistant.tui.exchanges import exchanges
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.page import Told

if TYPE_CHECKING:
    from assistant.tui.wiring import Sitting, Wiring


class SittingsScreen(Screen[str]):
    """Every sitting, newest first: when it was, and how much was written."""

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", "open"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, wiring: Wiring) -> None:
        """Prepare to list the sittings of the house."""
        super().__init__(classes="list")
        self._wiring = wiring
        self._sittings = [sitting for sitting in wiring.vault.sittings() if sitting.words]

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        messages = self._wiring.messages
        yield Static(Content(messages("reading.title")), classes="name")
        if not self._sittings:
            yield Static(Content(messages("reading.nothing")), classes="quiet about")
        yield OptionList(*(Option(Content(self._label(sitting))) for sitting in self._sittings), markup=False)
        yield Hints(messages)

    def _label(self, sitting: Sitting) -> str:
        messages = self._wiring.messages
        words = messages("reading.words", count=sitting.words) if sitting.words != 1 else messages("reading.word")
        week = messages("reading.week", week=sitting.facts["week"])
        return f"{day(sitting.began, messages)} · {week} · {words}"

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the sitting."""
        self.app.push_screen(ReadingScreen(self._wiring, self._sittings[event.option_index].id))


class ReadingScreen(Screen[None]):
    """One sitting as a page."""

    AUTO_FOCUS = "#sitting"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "back"),
    ]

    def __init__(self, wiring: Wiring, sitting: int) -> None:
        """Prepare to show `sitting`."""
        super().__init__(classes="reading")
        self._wiring = wiring
        self._sitting = sitting

    def compose(self) -> ComposeResult:
        """Lay out the date, and what was asked, written and given back."""
        messages = self._wiring.messages
        try:
            turns = self._wiring.vault.turns(self._sitting)
            sitting = next(item for item in self._wiring.vault.sittings() if item.id == self._sitting)
        except Trouble as trouble:
            yield Static(Content(messages(trouble.key, **trouble.values)), classes="quiet about")
        else:
            yield Static(Content(day(sitting.began, messages)), classes="name")
            with VerticalScroll(id="sitting"):
                for exchange in exchanges(turns):
                    if exchange.shown:
                        yield Told(exchange, messages, whole=True)
        yield Hints(messages)

"""Search: words in one line, and below it where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.text import clean, is_blank
from assistant.trouble import Trouble
from assistant.tui.dates import day
from assistant.tui.screens.reading import ReadingScreen
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.tui.wiring import Found, Wiring

REST = 0.25
"""Seconds without a key, after which the words are looked for."""


class SearchScreen(Screen[str]):
    """Finds the member's words again."""

    AUTO_FOCUS = "Line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open"),
        Binding("escape", "dismiss('')", "back"),
        Binding("down", "point(1)", show=False),
        Binding("up", "point(-1)", show=False),
    ]

    def __init__(self, wiring: Wiring) -> None:
        """Prepare to search the house."""
        super().__init__(classes="search")
        self._wiring = wiring
        self._found: Sequence[Found] = ()
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the line and the places found."""
        messages = self._wiring.messages
        yield Static(Content(messages("search.title")), classes="name")
        yield Line()
        yield Static(id="notice")
        yield OptionList(markup=False)
        yield Hints(messages)

    def on_mount(self) -> None:
        """Leave the keys with the line; arrows move through what is found."""
        self.query_one(OptionList).can_focus = False

    def on_input_changed(self) -> None:
        """Look for the words after a short rest."""
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._look)

    def on_input_submitted(self) -> None:
        """Open the place pointed at, or look for the words now."""
        self.action_open()

    def action_open(self) -> None:
        """Open the place pointed at, or look for the words now."""
        places = self.query_one(OptionList)
        if self._rest or places.highlighted is None:
            self._look()
        else:
            places.action_select()

    def action_point(self, step: int) -> None:
        """Point at the next place, or the one before."""
        places = self.query_one(OptionList)
        places.action_cursor_down() if step > 0 else places.action_cursor_up()

    def _look(self) -> None:
        if self._rest:
            self._rest.stop()
            self._rest = None
        messages = self._wiring.messages
        words = clean(self.query_one(Line).value)
        try:
            self._found = () if is_blank(words) else self._wiring.search(words)
            nothing = "" if self._found or is_blank(words) else messages("search.nothing")
        except Trouble as trouble:
            self._found = ()
            nothing = messages(trouble.key, **trouble.values)
        self.query_one("#notice", Static).update(Content(nothing))
        places = self.query_one(OptionList)
        places.clear_options()
        for found in self._found:
            places.add_options([Option(self._prompt(found)), None])
        places.highlighted = 0 if self._found else None

    def _prompt(self, found: Found) -> Content:
        when = day(found.day, self._wiring.messages) if found.day else ""
        passage = [(text.replace("\n", " "), "bold $accent" if is_hit else "") for text, is_hit in found.snippet]
        return Content.assemble((when, "$quiet"), "\n", *passage)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the sitting."""
        found = self._found[event.option_index]
        sought = [piece for piece, is_hit in found.snippet if is_hit]
        if self.app.screen is self:
            self.app.push_screen(ReadingScreen(self._wiring, found.sitting, sought))

"""Our frame, as a page: the group's own words under their headings, later wordings beside the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from assistant.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.circle.page import CharterPage, Entry
    from assistant.tui.wiring import Wiring


class CharterScreen(Screen[str]):
    """The charter, to read."""

    AUTO_FOCUS = "#frame"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", "back"),
        Binding("pagedown", "read(1)", "read_on"),
        Binding("pageup", "read(-1)", "read_above"),
    ]

    def __init__(self, wiring: Wiring) -> None:
        """Prepare to show the charter of the house."""
        super().__init__(classes="charter")
        self._messages = wiring.messages
        self._page = self._read(wiring)

    def _read(self, wiring: Wiring) -> CharterPage | None:
        return wiring.charter_page()

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        page = self._page
        yield Static(Content(page.title if page else self._messages("charter.title")), classes="name")
        with VerticalScroll(id="frame"):
            if page:
                yield from self._whole(page)
            else:
                yield Static(Content(self._messages("charter.not_yet")), classes="quiet")
        yield Hints(self._messages)

    def _whole(self, page: CharterPage) -> Iterator[Widget]:
        lead = "\n".join([page.group, *page.lead]) if page.group else "\n".join(page.lead)
        yield Static(Content(lead), classes="quiet")
        for section in page.sections:
            if section.title:
                yield Static(Content(section.title), classes="heading" if section.level == 2 else "member")
            for entry in section.entries:
                yield from self._entry(entry, page)

    def _entry(self, entry: Entry, page: CharterPage) -> Iterator[Widget]:
        if entry.label:
            yield Static(Content(entry.label), classes="quiet label")
        if len(entry.wordings) == 1:
            yield Static(Content(entry.wordings[0].text), classes="words")
            return
        with Horizontal(classes="beside"):
            for at, wording in enumerate(entry.wordings):
                since = (page.later if at else page.first)(wording.since)
                with Vertical():
                    yield Static(Content(since), classes="quiet")
                    yield Static(Content(wording.text), classes="words")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hint at the keys that scroll only where there is more to read."""
        return action != "read" or (self.is_mounted and self.query_one("#frame").max_scroll_y > 0)

    def action_read(self, direction: int) -> None:
        """Scroll the page."""
        frame = self.query_one("#frame", VerticalScroll)
        frame.scroll_page_down(animate=False) if direction > 0 else frame.scroll_page_up(animate=False)

    def on_resize(self) -> None:
        """Hint at the keys that scroll in the height there is."""
        self.call_after_refresh(self.refresh_bindings)


class OursPageScreen(CharterScreen):
    """A page of what a circle does together."""

    def __init__(self, wiring: Wiring, circle: Circle | None = None) -> None:
        """Prepare to show it, of one circle."""
        self._ours = wiring.ours.within(circle)
        super().__init__(wiring)


class MeetingPageScreen(OursPageScreen):
    """The page of the last meeting, to read; also of one that is not over."""

    def _read(self, wiring: Wiring) -> CharterPage | None:
        return self._ours.page()


class WordsScreen(OursPageScreen):
    """The words that only this group uses."""

    def _read(self, wiring: Wiring) -> CharterPage | None:
        return self._ours.words_page()

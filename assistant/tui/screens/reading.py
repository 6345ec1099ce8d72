"""Reading: the sittings by date, one sitting as a page, and the days' lines as a page for each month."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.sittings.practice import GUIDE as PRACTICE
from assistant.sittings.practice import Month
from assistant.trouble import Trouble
from assistant.tui.dates import day, day_for, month_name
from assistant.tui.exchanges import Exchange, exchanges
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.page import Told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.messages import Messages
    from assistant.tui.wiring import Sitting, Wiring

WEEKLY = "weekly"
"""The guide whose sittings are known by their week; the others are known by their title."""


class SittingsScreen(Screen[str]):
    """Every sitting and every month with lines in it, newest first: when it was, and how much was written."""

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", "open"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, wiring: Wiring) -> None:
        """Prepare to list the sittings of the house."""
        super().__init__(classes="list")
        self._wiring = wiring
        sittings = [each for each in wiring.vault.sittings() if each.words and each.guide != PRACTICE]
        read: list[tuple[date, Sitting | Month]] = [(sitting.began.date(), sitting) for sitting in sittings]
        read += [(month.days[-1].day, month) for month in wiring.practice_months()]
        self._pages = [page for _, page in sorted(read, key=lambda dated: dated[0], reverse=True)]
        self._titles = {offer.guide: offer.title for offer in wiring.offers if offer.guide != WEEKLY}

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        messages = self._wiring.messages
        yield Static(Content(messages("reading.title")), classes="name")
        if not self._pages:
            yield Static(Content(messages("reading.nothing")), classes="quiet about")
        yield OptionList(*(Option(Content(self._label(page))) for page in self._pages), markup=False)
        yield Hints(messages)

    def _label(self, page: Sitting | Month) -> str:
        messages = self._wiring.messages
        if isinstance(page, Month):
            return f"{month_name(page.first, messages)} · {messages('practice.lines')}"
        words = messages("reading.words", count=page.words) if page.words != 1 else messages("reading.word")
        what = self._titles.get(page.guide) or messages("reading.week", week=page.facts.get("week", 1))
        return f"{day(page.began, messages)} · {what} · {words}"

    def action_read(self) -> None:
        """Open the page that is pointed at."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the page."""
        page = self._pages[event.option_index]
        messages = self._wiring.messages
        opened = LinesScreen(page, messages) if isinstance(page, Month) else ReadingScreen(self._wiring, page.id)
        if self.app.screen is self:
            self.app.push_screen(opened)


class ReadingScreen(Screen[None]):
    """One sitting as a page."""

    AUTO_FOCUS = "#sitting"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "back"),
    ]

    def __init__(self, wiring: Wiring, sitting: int, sought: Sequence[str] = ()) -> None:
        """Prepare to show `sitting`, at the first of the words that are `sought`."""
        super().__init__(classes="reading")
        self._wiring = wiring
        self._sitting = sitting
        self._sought = sought

    def compose(self) -> ComposeResult:
        """Lay out the date, what was asked, written and given back, and half an answer that was not sent."""
        messages = self._wiring.messages
        try:
            turns = self._wiring.vault.turns(self._sitting)
            sitting = next(item for item in self._wiring.vault.sittings() if item.id == self._sitting)
            draft = self._wiring.vault.draft(self._sitting)
        except Trouble as trouble:
            yield Static(Content(messages(trouble.key, **trouble.values)), classes="quiet about")
        else:
            yield Static(Content(day(day_for(sitting), messages)), classes="name")
            with VerticalScroll(id="sitting"):
                for exchange in exchanges(turns):
                    if exchange.shown:
                        yield Told(exchange, messages, whole=True, sought=self._sought)
                if draft and draft.text:
                    yield Told(Exchange("", messages("reading.half"), draft.text), messages, whole=True)
        yield Hints(messages)

    def on_mount(self) -> None:
        """Go to the words that are sought, when it is known where they stand."""
        self.call_after_refresh(self._to_the_sought)

    def _to_the_sought(self) -> None:
        places = ((told.virtual_region.y, told.sought_at()) for told in self.query(Told))
        y = next((top + place.y for top, place in places if place), None)
        if y is not None:
            sitting = self.query_one("#sitting")
            sitting.scroll_to(y=max(0, y - sitting.size.height // 3), animate=False)


class LinesScreen(Screen[None]):
    """A month's lines as a page."""

    AUTO_FOCUS = "#sitting"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "back"),
    ]

    def __init__(self, month: Month, messages: Messages) -> None:
        """Prepare to show `month`."""
        super().__init__(classes="reading")
        self._month = month
        self._messages = messages

    def compose(self) -> ComposeResult:
        """Lay out each day with what was written of it."""
        messages = self._messages
        yield Static(Content(month_name(self._month.first, messages)), classes="name")
        with VerticalScroll(id="sitting"):
            for each in self._month.days:
                yield Static(Content(day(each.day, messages)), classes="quiet")
                for text in each.lines:
                    yield Static(Content(text) if text else Content(messages("practice.without")), classes="line")
        yield Hints(messages)

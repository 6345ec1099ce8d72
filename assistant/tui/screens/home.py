"""Home: one sentence at once, and then what can be done from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assistant.trouble import Trouble

if TYPE_CHECKING:
    from textual.widgets import OptionList

    from assistant.tui.widgets.choices import Choice
    from assistant.tui.wiring import Wiring

GUIDE = "weekly"


class HomeScreen(Screen[None]):
    """The first screen, and the one that all others come back to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "app.light", "light"),
        Binding("ctrl+q", "app.quit", "quit"),
    ]

    def __init__(self, wiring: Wiring) -> None:
        """Prepare the home of the house."""
        super().__init__(classes="home")
        self._wiring = wiring

    def compose(self) -> ComposeResult:
        """Lay out the name and the first sentence; the rest follows when it is known."""
        yield Static(Content("vidne"), id="name")
        yield Static(Content(self._wiring.messages("home.sentence")), id="sentence")

    def on_mount(self) -> None:
        """Wait for the first paint, and then open the house."""
        self.call_after_refresh(self.run_worker, self._prepare, thread=True)

    def _prepare(self) -> None:
        # The rooms and the rest of the screens: 150 ms and more, in a thread, after the first paint.
        from assistant.tui.screens import conversation, reading, search  # noqa: F401

        self._wiring.prepare()
        self.app.call_from_thread(self._enter)

    async def _enter(self) -> None:
        """Open the home, or ask for what it takes."""
        try:
            if not self._wiring.home_exists:
                from assistant.tui.screens.first_run import FirstRunScreen

                await self.app.push_screen(FirstRunScreen(self._wiring), self._entered)
            elif self._wiring.protection == "passphrase":
                from assistant.tui.screens.unlock import UnlockScreen

                await self.app.push_screen(UnlockScreen(self._wiring), self._entered)
            else:
                self._wiring.unlock(None)
                await self._entered(True)
        except Trouble as trouble:
            await self._show_trouble(trouble)

    async def _entered(self, opened: bool | None) -> None:
        if not opened:
            self.app.exit()
            return
        await self._furnish()
        if guide := self.app.guide:
            unfinished = self._wiring.vault.unfinished(GUIDE) if guide == GUIDE else None
            self._converse(guide, unfinished.id if unfinished else None)

    async def _furnish(self, note: str = "") -> None:
        """Show what can be done from here."""
        from assistant.tui.widgets.choices import Choices
        from assistant.tui.widgets.hints import Hints

        messages = self._wiring.messages
        self.query_one("#sentence", Static).update(Content(messages("home.sentence")))
        sittings = self._wiring.vault.sittings()
        about = messages("home.week", week=self._wiring.week) if sittings else messages("home.empty")
        await self.query("#note, #about, Choices, Hints").remove()
        await self.mount(
            *([Static(Content(note), id="note")] if note else []),
            Static(Content(about), id="about"),
            Choices(self._choices(bool(sittings))),
            Hints(messages),
        )
        self.set_focus(self.query_one(Choices))

    def _choices(self, any_sittings: bool) -> list[Choice]:
        from assistant.tui.widgets.choices import Choice

        unfinished = self._wiring.vault.unfinished(GUIDE)
        offered = [
            ("go_on", unfinished is not None),
            ("begin", True),
            ("read", any_sittings),
            ("search", any_sittings),
            ("quit", True),
        ]
        return [Choice(name, self._wiring.messages(f"home.{name}")) for name, is_offered in offered if is_offered]

    async def _show_trouble(self, trouble: Trouble) -> None:
        from assistant.tui.widgets.hints import Hints

        text = self._wiring.messages(trouble.key, **trouble.values)
        await self.mount(Static(Content(text), id="about"), Hints(self._wiring.messages))

    # What was chosen

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        getattr(self, f"_{event.option_id}")()

    def _go_on(self) -> None:
        unfinished = self._wiring.vault.unfinished(GUIDE)
        self._converse(GUIDE, unfinished.id if unfinished else None)

    def _begin(self) -> None:
        self._converse(GUIDE, None)

    def _read(self) -> None:
        from assistant.tui.screens.reading import SittingsScreen

        self.app.push_screen(SittingsScreen(self._wiring), self._back)

    def _search(self) -> None:
        from assistant.tui.screens.search import SearchScreen

        self.app.push_screen(SearchScreen(self._wiring), self._back)

    def _quit(self) -> None:
        self.app.exit()

    def _converse(self, guide: str, sitting: int | None) -> None:
        from assistant.tui.screens.conversation import ConversationScreen

        try:
            session = self._wiring.session(guide, sitting)
        except Trouble as trouble:
            self.app.tell(trouble)
            return
        self.app.push_screen(ConversationScreen(session, self._wiring.messages), self._back)

    async def _back(self, note: str | None) -> None:
        await self._furnish(note or "")

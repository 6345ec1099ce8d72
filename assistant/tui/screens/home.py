"""Home: one sentence at once, and then what can be done from here."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assistant.trouble import Trouble
from assistant.tui.places import PAGES, screen, sits

if TYPE_CHECKING:
    from textual.widgets import OptionList

    from assistant.tui.widgets.choices import Choice
    from assistant.tui.wiring import Wiring

MOST = 4
"""How many conversations home offers before the rest has a screen of its own: with the pages they fit 80×24."""


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
        from assistant.witness.encoder import encoder

        self._wiring.prepare()
        self.app.call_from_thread(self._enter)
        encoder()  # numpy, 100 ms: else the first answer that is in doubt would wait for it

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
        self.call_after_refresh(self._look)
        if guide := self.app.guide:
            self._go_on(guide, self.app.circle)

    async def _look(self) -> None:
        """Take in what is new in the circles, and let in who stands at their doors."""
        try:
            self._wiring.sync_circles()
        except Trouble as trouble:
            await self._furnish(self._wiring.messages(trouble.key, **trouble.values))

    async def _furnish(self, note: str = "") -> None:
        """Show what can be done from here."""
        from assistant.tui.widgets.choices import Choices
        from assistant.tui.widgets.hints import Hints

        self.app.fresh, messages = monotonic(), self._wiring.messages
        self.query_one("#sentence", Static).update(Content(messages("home.sentence")))
        sittings = self._wiring.vault.sittings()
        about = messages("home.week", week=self._wiring.week) if sittings else messages("home.empty")
        self.query_one("#sentence").display = not note  # what is to be done from here has its place on a small screen
        await self.query("#note, #about, Choices, Hints").remove()
        await self.mount(
            Static(Content(note or about), id="note" if note else "about"),
            Choices(self._choices()),
            Hints(messages),
        )
        self.set_focus(self.query_one(Choices))

    def _choices(self) -> list[Choice]:
        from assistant.tui.screens.guides import guide_choices
        from assistant.tui.widgets.choices import Choice

        wiring, messages = self._wiring, self._wiring.messages
        guides = guide_choices(wiring)
        if len(guides) > MOST:
            guides[MOST - 1 :] = [Choice("more", messages("home.more"))]
        pages = [Choice(f"page {page.name}", messages(f"home.{page.name}")) for page in PAGES if page.offered(wiring)]
        quits = Choice("quit", messages("home.quit"))
        return [*guides, *(replace(page, apart=at == 0) for at, page in enumerate([*pages, quits]))]

    async def _show_trouble(self, trouble: Trouble) -> None:
        from assistant.tui.widgets.hints import Hints

        text = self._wiring.messages(trouble.key, **trouble.values)
        await self.mount(Static(Content(text), id="about"), Hints(self._wiring.messages))

    # What was chosen

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        if self.app.screen is self:  # or it was typed once more, as `1` and Enter are, when this was left already
            self._do(event.option_id or "")

    def _do(self, choice: str) -> None:
        """Do what a choice's name says: what, and with which guide or page."""
        what, _, which = choice.partition(" ")
        match what:
            case "go_on":
                self._go_on(which)
            case "begin":
                self._begin(which)
            case "page":
                page = next(page for page in PAGES if page.name == which)
                self.app.push_screen(screen(page.screen)(self._wiring), self._back)
            case "more":
                from assistant.tui.screens.guides import guide_choices
                from assistant.tui.screens.listed import ListScreen

                messages = self._wiring.messages
                listed = ListScreen(messages("home.more"), messages, guide_choices(self._wiring))
                self.app.push_screen(listed, lambda choice: self._do(choice or ""))
            case "quit":
                self.app.exit()

    def _go_on(self, guide: str, circle: str | None = None) -> None:
        if unfinished := self._wiring.sittings.waiting(guide, circle):
            self._converse(guide, unfinished.id)
        elif circle:
            self._converse(guide, None, circle)
        else:
            self._begin(guide)

    def _begin(self, guide: str) -> None:
        """Begin, in the circle that is meant where it is about one."""
        from assistant.sittings.frame import IN_A_CIRCLE
        from assistant.tui.screens.which import with_circle

        if guide in IN_A_CIRCLE:
            with_circle(self, self._wiring, lambda circle: self._converse(guide, None, circle.id if circle else None))
        else:
            self._converse(guide, None)

    def _converse(self, guide: str, sitting: int | None, circle: str | None = None) -> None:
        try:
            session = self._wiring.sittings.session(guide, sitting, circle)
        except Trouble as trouble:
            self.call_later(self._furnish, self._wiring.messages(trouble.key, **trouble.values))
            return
        self.app.push_screen(sits(session.guide)(session, self._wiring), self._back)

    async def _back(self, note: str | None) -> None:
        await self._furnish(note or "")

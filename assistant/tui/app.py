"""The full-screen app: it holds the screens, the two lights and the last door before the terminal. It decides nothing.

What is imported here is paid for before the first sentence stands on the screen (1.25 times an empty app at most), so
everything but the home's first screen is imported when it is opened, and the rooms in a thread after the first paint.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme

from assistant.trouble import Trouble
from assistant.tui.driver import Driver
from assistant.tui.safe import NoControl
from assistant.tui.screens.home import HomeScreen
from assistant.tui.themes import THEMES

if TYPE_CHECKING:
    from assistant.messages import Messages
    from assistant.tui.wiring import Wiring

CHOOSING = ("enter", *"123456789")
"""The keys that choose; a letter typed ahead is a letter of the answer."""


class VidneApp(App[None]):
    """Vidne on the whole screen."""

    TITLE = "vidne"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-short"), (18, "-middle"), (32, "-tall")]
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-narrow"), (60, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "light", "light", show=False),
        Binding("ctrl+q", "quit", "quit", show=False),
    ]
    theme: Reactive[str] = Reactive(next(iter(THEMES)))
    fresh: float = 0.0
    """When something to choose from last came on the screen, by the clock that events carry."""

    def __init__(self, wiring: Wiring, guide: str | None = None, circle: str | None = None) -> None:
        """Prepare the app around the house; `guide` is a conversation to open at once, in the circle with that id."""
        super().__init__(driver_class=Driver)
        self.wiring = wiring
        self.guide = guide
        self.circle = circle
        self._no_control = NoControl()
        self._ended = False
        if wiring.theme in THEMES:  # before the first paint, so that nothing is drawn twice
            self.set_reactive(VidneApp.theme, wiring.theme)
            self.stylesheet.set_variables(self.get_css_variables())

    @property
    def messages(self) -> Messages:
        """The fixed sentences in the language spoken."""
        return self.wiring.messages

    def get_default_screen(self) -> Screen[Any]:
        """Begin at home."""
        return HomeScreen(self.wiring)

    async def on_event(self, event: events.Event) -> None:
        """Let Enter and the numbers choose only from what was on the screen when they were pressed."""
        if isinstance(event, events.Key) and event.key in CHOOSING and event.time < self.fresh:
            return
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """Take a large letter that nobody typed into anything for the small one: hints show their keys large."""
        if len(event.key) == 1 and event.key.isupper():
            self.simulate_key(event.key.lower())

    async def run_action(self, *asked: Any, **options: Any) -> bool:
        """Do nothing on a screen that is not laid out yet: what was typed that early was meant for the one before."""
        return self.screen.is_mounted and await super().run_action(*asked, **options)

    # The last doors

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let no line reach the terminal that could steer it."""
        return [*super().get_line_filters(), self._no_control]

    def _fatal_error(self) -> None:
        """Close without Textual's report: it prints local variables, and with them what a member wrote."""
        self._close_messages_no_wait()

    def on_load(self) -> None:
        """Give the terminal back where the system, or a window that closes, asks for the end."""
        for asked in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(asked) != signal.SIG_IGN:
                with suppress(ValueError, RuntimeError):  # not in the main thread, where nobody is asked
                    asyncio.get_running_loop().add_signal_handler(asked, self._end)

    def _end(self) -> None:
        self._ended = True
        self.exit()

    def run(self, **options: Any) -> None:
        """Run until it is closed.

        Raises:
            KeyboardInterrupt: when the system asked for the end.
            Exception: what went wrong inside, for the one who started the app to tell.
        """
        super().run(**options)
        if self._ended:
            raise KeyboardInterrupt
        if self._exception:
            raise self._exception

    # Light

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Vidne's own two."""
        return THEMES

    def action_light(self) -> None:
        """Go from the one light to the other, and remember it."""
        self.theme = next(name for name in THEMES if name != self.theme)
        try:
            self.wiring.keep_theme(self.theme)
        except Trouble as trouble:
            self.tell(trouble)

    # Telling

    def tell(self, trouble: Trouble) -> None:
        """Say in one sentence what went wrong."""
        self.say(self.messages(trouble.key, **trouble.values))

    def say(self, text: str) -> None:
        """Say something for a while, where there is no better place for it."""
        self.notify(text, markup=False, timeout=12)

    def action_help_quit(self) -> None:
        """Say how to leave, to somebody who pressed Ctrl+C."""
        self.say(self.messages("screen.how_to_quit"))

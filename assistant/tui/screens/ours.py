"""What the group does together: what one carries and answers, the last meeting's page, the group's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.tui.places import OURS, Page, screen
from assistant.tui.screens.listed import ListScreen
from assistant.tui.screens.which import with_circle
from assistant.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.tui.wiring import Wiring


class OursScreen(ListScreen):
    """A list of the group's pages."""

    def __init__(self, wiring: Wiring) -> None:
        """Prepare to offer what there is."""
        say = wiring.messages
        pages = (Choice(page.name, say(f"home.{page.name}")) for page in OURS if page.offered(wiring))
        super().__init__(say("home.ours"), say, pages)
        self._wiring = wiring

    def _chosen(self, name: str) -> None:
        """Open it."""
        page = next(page for page in OURS if page.name == name)
        with_circle(self, self._wiring, lambda circle: self._attempt(lambda: self._open(page, circle)))

    def _open(self, page: Page, circle: Circle | None) -> None:
        self.app.push_screen(screen(page.screen)(self._wiring, circle))

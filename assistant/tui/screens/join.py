"""Coming into a circle by an invitation: where it is, and where the circle's folder is, if that is not found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.trouble import Trouble
from assistant.tui.screens.line import LineScreen

if TYPE_CHECKING:
    from assistant.tui.wiring import Wiring


class JoinScreen(LineScreen):
    """Gives back a sentence about the circle that was joined."""

    def __init__(self, wiring: Wiring) -> None:
        """Prepare to let the member into one of the circles of the house."""
        say = wiring.messages
        super().__init__(say("circle.invitation"), say("circle.invitation_about"), "", self._join, say)
        self._circles = wiring.circles

    def _join(self, written: str) -> str | None:
        from assistant.sittings.circles import written_in

        text = written_in(written)
        try:
            return self._joined(text)
        except Trouble as trouble:
            if trouble.key != "trouble.invitation_folder":
                raise
        say = self._messages
        ask = LineScreen(
            say("circle.where_folder"), say("circle.where_folder_about"), "", lambda path: self._joined(text, path), say
        )
        self.app.push_screen(ask, self._go_back)
        return None

    def _go_back(self, said: str | None) -> None:
        if said:
            self.dismiss(said)

    def _joined(self, text: str, folder: str = "") -> str:
        joined = self._circles.join(text, Path(folder) if folder else None)
        return self._messages("circle.joined", group=joined.name)

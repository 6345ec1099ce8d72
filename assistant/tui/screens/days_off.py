"""The meetings that fall on days off, and what the group makes of each: it stands, is moved or is left out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.tui.screens.line import LineScreen
from assistant.tui.screens.listed import ListScreen
from assistant.tui.widgets.choices import Choice, Choices

if TYPE_CHECKING:
    from assistant.messages import Messages
    from assistant.sittings.frame import Frame

MAY = ("moves", "stands", "left_out")
"""What may become of a meeting, in the order it is offered."""


class DaysOffScreen(ListScreen):
    """A list of the meetings, each with what was decided."""

    def __init__(self, frame: Frame, today: date, messages: Messages) -> None:
        """Prepare to decide about what is to come from `today` on."""
        super().__init__(messages("calendar.page_off"), messages)
        self._frame, self._today = frame, today

    def on_mount(self) -> None:
        """List them."""
        self._offer()

    def _offer(self) -> None:
        from assistant.circle.calendar_page import falls

        found = self._frame.days_off(self._today)
        lines = (Choice(f"{each.at:%Y-%m-%d}", falls(each, self._today, self._messages)) for each in found)
        self.query_one(Choices).offer(lines)

    def _chosen(self, name: str) -> None:
        """Ask what becomes of it."""
        day, say = date.fromisoformat(name), self._messages
        line = next(choice.label for choice in self.query_one(Choices).offered if choice.name == name)
        ways = ListScreen(line, say, (Choice(way, say(f"calendar.do_{way}")) for way in MAY))
        self.app.push_screen(ways, lambda way: self._decide(day, line, way) if way else None)

    def _decide(self, day: date, line: str, way: str) -> None:
        if way == "moves":
            say = self._messages
            where = LineScreen(line, say("calendar.to_when"), "", lambda said: self._kept(day, said), say)
            self.app.push_screen(where, lambda said: self._say(said or ""))
        else:
            self._attempt(lambda: self._say(self._kept(day, None if way == "left_out" else day.isoformat())))

    def _kept(self, day: date, to: str | None) -> str:
        from assistant.sittings.days_off import decide

        said = decide(self._frame, day, to, self._today, self._messages)
        self._frame = self._frame.renewed
        self._offer()
        return said

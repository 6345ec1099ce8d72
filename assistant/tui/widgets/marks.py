"""Lines to be marked, by arrow and Space or by mouse; what the box shows is what holds, in any terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

BOXES = {False: "[ ]", True: "[x]"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line that may be marked."""

    text: str
    under: str
    """What it stands under; lines that follow each other under the same are one group."""


class Marks(OptionList):
    """Lines under headings, each with a box."""

    class Changed(Message):
        """A line was marked, or is no longer."""

    def __init__(self, lines: Iterable[Line], id: str | None = None) -> None:
        """Offer `lines`, none of them marked."""
        super().__init__(id=id, markup=False)
        self._may_be_marked = tuple(lines)
        self._marked: set[int] = set()
        under = None
        for number, line in enumerate(self._may_be_marked):
            if line.under != under:
                under = line.under
                self.add_option(Option(Content.assemble((under, "$accent")), disabled=True))
            self.add_option(Option(self._boxed(number), id=str(number)))
        self.action_first()

    @property
    def marked(self) -> tuple[int, ...]:
        """The numbers of the lines that are marked, counted from 0."""
        return tuple(sorted(self._marked))

    def unmark(self) -> None:
        """Mark none."""
        for number in self.marked:
            self._turn(number)

    def action_mark(self) -> None:
        """Mark the line that is pointed at, or no longer."""
        self.action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Turn its box."""
        event.stop()
        self._turn(int(event.option_id or 0))
        self.post_message(self.Changed())

    def _turn(self, number: int) -> None:
        self._marked ^= {number}
        self.replace_option_prompt(str(number), self._boxed(number))

    def _boxed(self, number: int) -> Content:
        marked = number in self._marked
        text = self._may_be_marked[number].text.replace("\n", "\n    ")
        return Content.assemble((BOXES[marked], "bold $accent" if marked else "$quiet"), " ", text)

"""A few things to choose from, by arrow and Enter, by number, or by mouse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

from textual import events
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be chosen."""

    name: str
    """What it is called inside."""
    label: str
    """What it is called."""
    detail: str = ""
    """What stands below it, quietly."""
    aside: str = ""
    """What stands beside it, quietly; below it where there is no room."""
    apart: bool = False
    """Whether a line is left empty before it."""


INDENT = "   "
"""What stands before a detail, so that it begins below its label, and after a number."""
UNKNOWN = 1000
"""How wide it is taken to be before it is laid out: as it will most often be, it is not drawn twice."""
SIDE = " · "
"""What stands between a label and its aside."""


class Choices(OptionList):
    """A numbered list of choices."""

    def __init__(self, choices: Iterable[Choice] = (), *, careful: bool = False, id: str | None = None) -> None:
        """Offer `choices`; if `careful`, a number only points, nothing is pointed at first, and Enter chooses."""
        super().__init__(id=id, markup=False)
        self._careful = careful
        self.offer(choices)

    def offer(self, choices: Iterable[Choice]) -> None:
        """Offer these instead."""
        self.offered = tuple(choices)
        self.clear_options()
        for choice in self.offered:
            if choice.apart:
                self.add_option(None)
            self.add_option(Option("", id=choice.name))
            if choice.detail:
                self.add_option(None)
        self._set()
        if not self._careful:
            self.action_first()

    def on_resize(self) -> None:
        """Set the details again in the width there is."""
        self._set()

    def _set(self) -> None:
        width = (self.scrollable_content_region.width or UNKNOWN) - len(INDENT) - 2
        for at, choice in enumerate(self.offered):
            self.replace_option_prompt_at_index(at, _prompt(at + 1, choice, width))

    def on_key(self, event: events.Key) -> None:
        """Take a number as the choice that bears it."""
        number = int(event.key) if event.key in "123456789" else 0
        if 1 <= number <= self.option_count:
            event.stop()
            self.highlighted = number - 1
            if not self._careful:
                self.action_select()


def _prompt(number: int, choice: Choice, width: int) -> Content:
    beside = len(choice.label) + len(SIDE) + len(choice.aside) <= width
    aside = f"{SIDE}{choice.aside}" if choice.aside and beside else _below(choice.aside, width)
    mark = str(number) if number <= 9 else ""
    quiet = aside + _below(choice.detail, width)
    return Content.assemble((f"{mark:<{len(INDENT)}}", "$quiet"), choice.label, (quiet, "$quiet"))


def _below(text: str, width: int) -> str:
    """Set a text in lines of its own."""
    return "".join(f"\n{INDENT}{line}" for line in wrap(text, max(width, 10)))

"""What the check finds in the text on the sheet, each thing with its line; Enter on one goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.guides.fault import Fault
    from assistant.messages import Messages


class Found(Vertical):
    """Lists faults."""

    def __init__(self, messages: Messages) -> None:
        """Begin with none."""
        super().__init__(id="found")
        self._messages = messages
        self.faults: tuple[Fault, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out how many there are, and the list of them."""
        yield Static(id="verdict", classes="quiet")
        yield OptionList(id="faults", markup=False)

    def on_mount(self) -> None:
        """Hide the list while nothing was looked at."""
        self.query_one("#faults").display = False

    def wait(self) -> None:
        """Say that a look is under way."""
        self._verdict("looking")

    def show(self, faults: Sequence[Fault], name: str) -> None:
        """List what was found, `name` being the text on the sheet."""
        self.faults = tuple(faults)
        listed = self.query_one("#faults", OptionList)
        listed.clear_options()
        listed.add_options(Option(self._told(fault, name), id=str(at)) for at, fault in enumerate(self.faults))
        listed.display = bool(self.faults)
        self._verdict("well" if not faults else "fault" if len(faults) == 1 else "faults", count=len(faults))

    def _verdict(self, sentence: str, **values: object) -> None:
        self.query_one("#verdict", Static).update(Content(self._messages(f"bench.{sentence}", **values)))

    def _told(self, fault: Fault, name: str) -> Content:
        place = "place" if is_in(fault, name) else "place_in"
        where = self._messages(f"bench.{place}", line=fault.line, file=fault.file.name)
        return Content.assemble((where, "$accent"), " ", fault.what, " ", (fault.todo, "$quiet"))


def is_in(fault: Fault, name: str) -> bool:
    """Say whether a fault stands in the text `name`."""
    return bool(name) and fault.file.as_posix().endswith(f"/{name}")

"""How a text is written, for somebody who has never seen a template: with samples, and all that a text can show."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assistant.guides.proof.spoken import LONGEST_ALOUD
from assistant.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.messages import Messages

INDENT = "    "
"""What stands before a sample."""


class HelpScreen(Screen[None]):
    """Shows it, to be read and left."""

    AUTO_FOCUS = "#lines"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1", "dismiss(None)", "back")]

    def __init__(self, messages: Messages) -> None:
        """Prepare to show it."""
        super().__init__(classes="diff")
        self._messages = messages

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield Static(Content(self._messages("bench.help_title")), classes="name")
        with VerticalScroll(id="lines"):
            yield Static(Content("\n").join(_page(self._messages)))
        yield Hints(self._messages)


def _page(say: Messages) -> Iterator[Content]:
    from assistant.guides.workshop.variables import variables  # it reads the docstrings of the facts: 10 ms

    for line in say("bench.help", seconds=LONGEST_ALOUD).strip().split("\n"):
        yield Content.styled(line, "$accent") if line.startswith(INDENT) else Content(line)
    yield Content("")
    yield Content.styled(say("variables.intro"), "bold")
    for variable in variables(say):
        yield Content("")
        absent = f", {say('variables.may_be_absent')}" if variable.may_be_absent else ""
        kind = say(f"variables.kind_{variable.kind}")
        yield Content.assemble((variable.name, "bold $accent"), (f"  ({kind}{absent})", "$quiet"))
        yield Content(variable.about)
        for sample in variable.samples[:1]:
            for line in sample.split("\n"):
                yield Content.styled(f"{INDENT}{line}", "$accent")

"""What the workshop shows to be read and left: what is changed in a text, and how one is written, for somebody who has
never seen a template: with samples, and all that a text can show.
"""

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
    from collections.abc import Iterable, Iterator

    from assistant.messages import Messages

INDENT = "    "
"""What stands before a sample."""


class ReadableScreen(Screen[None]):
    """Some lines under a title."""

    AUTO_FOCUS = "#lines"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back"),
        Binding("f1", "dismiss(None)", show=False),
    ]

    def __init__(self, title: str, about: str, lines: Iterable[Content], messages: Messages) -> None:
        """Prepare to show `lines`."""
        super().__init__(classes="diff")
        self._title, self._about, self._messages = title, about, messages
        self._lines = tuple(lines)

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        yield Static(Content(self._title), classes="name")
        if self._about:
            yield Static(Content(self._about), classes="quiet about")
        with VerticalScroll(id="lines"):
            yield Static(Content("\n").join(self._lines))
        yield Hints(self._messages)


def changed(diff: Iterable[str]) -> Iterator[Content]:
    """Give the lines of a `diff` as they are shown, without the two that name the files."""
    for line in [*diff][2:]:
        style = {"+": "bold $accent", "-": "$quiet strike", "@": "$quiet"}.get(line[:1])
        yield Content.styled(line, style) if style else Content(line)


def how_to_write(say: Messages) -> Iterator[Content]:
    """Give the lines that tell how a text is written."""
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

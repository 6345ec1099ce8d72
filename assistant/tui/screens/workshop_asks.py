"""What the workshop asks and shows on a screen of its own: a choice, a step's name, and what is changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from assistant.tui.widgets.choices import Choice, Choices
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.line import Line

if TYPE_CHECKING:
    from textual.widgets import Input

    from assistant.messages import Messages


class AskScreen(Screen[str]):
    """Gives back the name of what was chosen; "" for nothing."""

    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, question: str, choices: Iterable[Choice], messages: Messages) -> None:
        """Prepare to ask `question`."""
        super().__init__(classes="list")
        self._question, self._choices, self._messages = question, tuple(choices), messages

    def compose(self) -> ComposeResult:
        """Lay out the question and what may be chosen."""
        yield Static(Content(self._question), classes="name")
        yield Choices(self._choices)
        yield Hints(self._messages)

    def action_choose(self) -> None:
        """Take what is pointed at."""
        self.query_one(Choices).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give back what was chosen."""
        self.dismiss(event.option_id)


class NameScreen(Screen[str]):
    """Asks what a new step is called; gives it back, "" for nothing."""

    AUTO_FOCUS = "Line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take_name"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, messages: Messages) -> None:
        """Prepare to ask."""
        super().__init__(classes="asking")
        self._messages = messages

    def compose(self) -> ComposeResult:
        """Lay out the question and its field."""
        yield Static(Content(self._messages("bench.step_name")), classes="name")
        yield Static(Content(self._messages("bench.step_name_about")), classes="quiet about")
        yield Line(max_length=40)
        yield Hints(self._messages)

    def action_take(self) -> None:
        """Give the name back."""
        self.dismiss(self.query_one(Line).value.strip())

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Give the name back."""
        self.action_take()


class DiffScreen(Screen[None]):
    """What is changed in a text, line by line."""

    AUTO_FOCUS = "#lines"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back")]

    def __init__(self, name: str, lines: Sequence[str], messages: Messages) -> None:
        """Prepare to show `lines`."""
        super().__init__(classes="diff")
        self._title_line, self._lines, self._messages = name, tuple(lines), messages

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        yield Static(Content(self._title_line), classes="name")
        about = self._messages("bench.diff_about" if self._lines else "bench.no_diff")
        yield Static(Content(about), classes="quiet about")
        with VerticalScroll(id="lines"):
            yield Static(Content("\n").join(_shown(line) for line in self._lines[2:]))
        yield Hints(self._messages)


def _shown(line: str) -> Content:
    style = {"+": "bold $accent", "-": "$quiet strike", "@": "$quiet"}.get(line[:1])
    return Content.styled(line, style) if style else Content(line)

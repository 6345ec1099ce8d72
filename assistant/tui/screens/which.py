"""Which circle is meant, where the member is in several: asked once, before what is about one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from assistant.tui.widgets.choices import Choice, Choices
from assistant.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.messages import Messages
    from assistant.tui.wiring import Wiring


def with_circle(screen: Screen, wiring: Wiring, then: Callable[[Circle | None], None]) -> None:
    """Go on with the circle that is meant: the only one, or the one chosen now; None where there is none.

    Who chooses none goes nowhere.
    """
    circles = wiring.ours.circles
    if len(circles) < 2:
        then(next(iter(circles), None))
        return

    def chosen(at: str | None) -> None:
        if at:
            then(circles[int(at)])

    screen.app.push_screen(WhichScreen(circles, wiring.messages), chosen)


class WhichScreen(Screen[str]):
    """Gives back the place of the circle that was chosen, counted from 0; "" for none."""

    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, circles: Sequence[Circle], messages: Messages) -> None:
        """Prepare to offer `circles`."""
        super().__init__(classes="list")
        self._circles = tuple(circles)
        self._messages = messages

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Static(Content(self._messages("circle.which")), classes="name")
        from assistant.sittings.circles import called

        yield Choices(Choice(str(at), name) for at, name in enumerate(called(self._circles)))
        yield Hints(self._messages)

    def action_choose(self) -> None:
        """Take the one that is pointed at."""
        self.query_one(Choices).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give back which it was."""
        self.dismiss(event.option_id)

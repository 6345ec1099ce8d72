"""Which circle is meant, where the member is in several: asked once, before what is about one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from assistant.tui.screens.listed import ListScreen
from assistant.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.tui.wiring import Wiring


def with_circle(screen: Screen, wiring: Wiring, then: Callable[[Circle | None], None]) -> None:
    """Go on with the circle that is meant: the only one, or the one chosen now; None where there is none.

    Who chooses none goes nowhere.
    """
    circles = wiring.ours.circles
    if len(circles) < 2:
        then(next(iter(circles), None))
        return
    from assistant.sittings.circles import called

    offered = (Choice(str(at), name) for at, name in enumerate(called(circles)))
    listed = ListScreen(wiring.messages("circle.which"), wiring.messages, offered)
    screen.app.push_screen(listed, lambda at: then(circles[int(at)]) if at else None)

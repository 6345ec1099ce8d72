"""Where one can go from home. A new page, or a screen of its own for a guide, is a line in a table here.

A screen is named as `module:class` and imported when it is opened: an import here is paid for before the first paint.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from assistant.guides.guide import Guide
    from assistant.tui.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Page:
    """A page of its own."""

    name: str
    """Its name; what it is called stands in the catalogue under `home`."""
    screen: str
    """The screen, made with the house. It gives back a sentence for home to say, or nothing."""
    offered: Callable[[Wiring], bool] = lambda wiring: True
    """Whether there is anything to see there yet."""


def _something_written(wiring: Wiring) -> bool:
    return any(sitting.words for sitting in wiring.vault.sittings())


PAGES = (
    Page("charter", "assistant.tui.screens.frame:FrameScreen", lambda wiring: wiring.has_charter),
    Page("ours", "assistant.tui.screens.ours:OursScreen", lambda wiring: wiring.ours.any),
    Page("read", "assistant.tui.screens.reading:SittingsScreen", _something_written),
    Page("search", "assistant.tui.screens.search:SearchScreen", _something_written),
    Page("join", "assistant.tui.screens.join:JoinScreen", lambda wiring: not wiring.has_charter),
    Page("workshop", "assistant.tui.screens.workshop:WorkshopScreen"),
)
"""The pages, in the order they are offered."""

OURS = (
    Page("carry", "assistant.tui.screens.carry:CarryScreen", lambda wiring: wiring.ours.circle is not None),
    Page("answers", "assistant.tui.screens.answers:AnswersScreen", lambda wiring: wiring.ours.circle is not None),
    Page("meeting", "assistant.tui.screens.charter:MeetingPageScreen", lambda wiring: wiring.ours.has_meeting),
    Page("words", "assistant.tui.screens.charter:WordsScreen", lambda wiring: wiring.ours.has_meeting),
)
"""The pages of what a group does together, in the order they are offered on a page of their own."""

SITS = {
    "member": "assistant.tui.screens.conversation:ConversationScreen",
    "pair": "assistant.tui.screens.meeting:MeetingScreen",
    "meeting": "assistant.tui.screens.meeting:MeetingScreen",
    "circle": "assistant.tui.screens.together:TogetherScreen",
}
"""The screen that a guide is sat with on, by the guide's id or else its `with`; made with the session and the house."""


def sits(guide: Guide) -> type[Screen[str]]:
    """Give the screen that a guide is sat with on."""
    return screen(SITS.get(guide.id) or SITS[guide.company])


def screen(name: str) -> type[Screen[str]]:
    """Import and give a screen."""
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)

"""The keys that work just now, as they are bound; each can be clicked."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from assistant.messages import Messages

GAP = 3
"""Cells between two hints."""
LINES = ((24, 2),)
"""Below how many rows of screen at most how many lines of hints are shown; a taller screen shows them all."""
KEYS = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn", "plus": "+", "minus": "-"}
"""Keys whose names on a keyboard are not Textual's."""


class Hints(Widget):
    """Reads the screen's bindings: a binding's description names its hint in the catalogue, under `keys`."""

    def __init__(self, messages: Messages) -> None:
        """Name the keys in the language of `messages`."""
        super().__init__()
        self.auto_links = False
        self._messages = messages
        self._shown: list[Binding] = []

    def on_mount(self) -> None:
        """Follow the bindings as they change; mostly those that are hinted at stay the same, and nothing is drawn."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, _screen: Screen[Any]) -> None:
        if self.working != self._shown:
            self.refresh(layout=True)

    def speak(self, messages: Messages) -> None:
        """Name the keys in another language."""
        self._messages = messages
        self.refresh(layout=True)

    @property
    def working(self) -> list[Binding]:
        """The bindings that are hinted at just now, in the screen's order."""
        if not self.screen.is_current:
            return []
        screen = self.screen
        active = screen.active_bindings  # the whole chain is gone through each time it is asked for
        return [
            binding
            for binding in screen.BINDINGS
            if binding.show and binding.key in active and screen.check_action(binding.action.partition("(")[0], ())
        ]

    def _lines(self, width: int) -> list[Content]:
        """Set the hints in lines of `width` cells, none broken; those past the last line are left out."""
        lines: list[Content] = []
        self._shown = self.working
        for binding in self._shown:
            key, label = binding.key_display or self._named(binding.key), self._messages(f"keys.{binding.description}")
            click = Style.from_meta({"@click": binding.action if "." in binding.action else f"screen.{binding.action}"})
            hint = Content.assemble((key, "$accent"), " ", (label, "$quiet")).stylize(click)
            if lines and lines[-1].cell_length + GAP + hint.cell_length <= width:
                lines[-1] = Content.assemble(lines[-1], " " * GAP, hint)
            else:
                lines.append(hint)
        rows = self.app.size.height
        most = next((lines for below, lines in LINES if rows < below), len(lines))
        return lines[:most]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many rows as the hints need."""
        return max(1, len(self._lines(width)))

    def render(self) -> Content:
        """Show the hints."""
        return Content("\n").join(self._lines(self.size.width))

    def on_resize(self, event: events.Resize) -> None:
        """Set them again."""
        self.refresh(layout=True)

    def _named(self, key: str) -> str:
        """Name a key as keyboards do."""
        named = self._messages.sentences
        return "+".join(KEYS.get(part) or named.get(f"keyboard.{part}", part.capitalize()) for part in key.split("+"))

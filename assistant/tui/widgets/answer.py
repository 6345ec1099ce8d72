"""The field that an answer is written in: a plain sheet of paper, where Enter is a new line."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from assistant.text import clean

FIELD = 100_000
"""As many characters as can be edited without a pause between keys; a paste that goes past it is held beside."""


class Answer(TextArea):
    """Many lines, soft wrap, every letter; a huge paste is held beside it, whole, and sent along."""

    # Not as priority bindings of the screen: those overtake the letters that still wait to be written.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+d,ctrl+enter", "screen.send", show=False),
        Binding("pageup", "screen.read_above", show=False),
        Binding("pagedown", "screen.read_below", show=False),
    ]

    class Held(Message):
        """What is held beside the field changed."""

        def __init__(self, answer: Answer) -> None:
            """Say whose it is."""
            super().__init__()
            self.answer = answer

        @property
        def control(self) -> Answer:
            """The field."""
            return self.answer

    def __init__(self, *, id: str) -> None:
        """Make an empty field."""
        super().__init__(id=id, highlight_cursor_line=False, tab_behavior="focus")
        self.match_cursor_bracket = False
        self.held = ""
        """What was pasted and is too long to edit."""

    @property
    def whole(self) -> str:
        """All that was written: what stands in the field, and below it what is held."""
        return "\n\n".join(part for part in (self.text, self.held) if part)

    def put(self, text: str) -> None:
        """Put `text` in the field instead of what is there, and the cursor behind it."""
        long = len(text) > FIELD
        self.load_text("" if long else text)
        self._hold(text if long else "")
        self.move_cursor(self.document.end)

    def _hold(self, text: str) -> None:
        if text != self.held:
            self.held = text
            self.post_message(self.Held(self))

    async def _on_paste(self, event: events.Paste) -> None:
        """Take a paste in, cleaned."""
        event.prevent_default()
        event.stop()
        text = clean(event.text)
        if len(self.text) + len(text) > FIELD:
            self._hold("\n\n".join(part for part in (self.held, text) if part))
        elif result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)

    async def _on_key(self, event: events.Key) -> None:
        """Let every key that a terminal sends for a new line make one."""
        if event.key in ("ctrl+j", "shift+enter", "alt+enter"):
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard("\n", *self.selection)

    def action_undo(self) -> None:
        """Undo: a held paste goes first."""
        if self.held:
            self._hold("")
        else:
            super().action_undo()

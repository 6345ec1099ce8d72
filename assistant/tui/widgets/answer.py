"""The field that an answer is written in: a plain sheet of paper, where Enter is a new line."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import EditResult
from textual.document._document_navigator import DocumentNavigator
from textual.document._edit import Edit
from textual.message import Message
from textual.widgets import TextArea

from assistant.text import clean
from assistant.tui.widgets.in_order import do_at_once
from assistant.tui.widgets.paragraph import Cut, Paragraph, Wrapped

FIELD = 100_000
"""As many characters as can be edited without a pause between keys; a paste that goes past it is held beside."""


class Answer(TextArea):
    """Many lines, soft wrap, every letter; a huge paste is held beside it, whole, and sent along."""

    # Not as priority bindings of the screen: those overtake the letters that still wait to be written.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+d,ctrl+s,ctrl+enter", "screen.send", show=False),
        Binding("pageup", "screen.read_above", show=False),
        Binding("pagedown", "screen.read_below", show=False),
    ]

    def __init__(
        self, *, id: str, written: Callable[[], None], chooses: Callable[[str], bool] = lambda key: False
    ) -> None:
        """Make an empty field that calls `written` at every change; a key that `chooses` is not written."""
        self._written = written
        self._chooses = chooses
        self._cut = Cut()
        super().__init__(id=id, highlight_cursor_line=False, tab_behavior="focus")
        self.match_cursor_bracket = False
        self.held = ""
        """What was pasted and is too long to edit."""

    def post_message(self, message: Message) -> bool:
        """Tell of a change at once: as a message it would wait behind the next keys, until the letter is seen."""
        if isinstance(message, self.Changed):
            self._written()
        return super().post_message(message)

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
            self._written()

    def get_line(self, line_index: int) -> Text:
        """Give a line of the document."""
        return Paragraph(self.document.get_line(line_index), self._cut)

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = Wrapped(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()

    def edit(self, edit: Edit) -> EditResult:
        """Edit, and keep the cursor in sight where a line was added: Textual scrolls before it knows the new height."""
        result = super().edit(edit)
        self.scroll_cursor_visible()
        return result

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.call_after_refresh(self.scroll_cursor_visible)

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
        """Let every key that a terminal sends for a new line make one, and do at once what another is bound to."""
        if event.key in ("ctrl+j", "shift+enter", "alt+enter"):
            event.stop()
            event.prevent_default()
            self.new_line()
        elif self._chooses(event.key):
            event.stop()
            event.prevent_default()
            await self.app._check_bindings(event.key)
        else:
            await do_at_once(self, event)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Say whether a key is written."""
        return not self._chooses(key) and super().check_consume_key(key, character)

    def new_line(self) -> None:
        """Begin a new line."""
        self._replace_via_keyboard("\n", *self.selection)

    def action_undo(self) -> None:
        """Undo: a held paste goes first."""
        if self.held:
            self._hold("")
        else:
            super().action_undo()

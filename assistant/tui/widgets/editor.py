"""The sheet on which a facilitator writes a text: the answer's sheet, with code coloured and faults marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType

from assistant.tui.widgets.answer import FIELD, Answer
from assistant.tui.widgets.colours import spans

Mark = tuple[int, int, int]
"""Row, first column and width of words in which something is wrong."""


class Editor(Answer):
    """Paging stays in the sheet, and it has keys for all of the text; all else is the answer's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "cursor_page_up", show=False),
        Binding("pagedown", "cursor_page_down", show=False),
        Binding("ctrl+home", "to_start", show=False),
        Binding("ctrl+end", "to_end", show=False),
        Binding("ctrl+a", "select_all", show=False),
        Binding("f6", "screen.seen", show=False),  # Textual's sheet selects a line, or all, by these two
        Binding("f7", "screen.named", show=False),
    ]

    def __init__(self, *, id: str, written: Callable[[], None]) -> None:
        """Make an empty sheet that calls `written` at every change."""
        self.kind = "md"
        """What stands in it: "md" or "toml"."""
        self._marks: tuple[Mark, ...] = ()
        super().__init__(id=id, written=written)

    def action_to_start(self) -> None:
        """Go to the beginning of the text."""
        self.move_cursor((0, 0))

    def action_to_end(self) -> None:
        """Go to the end of the text."""
        self.move_cursor(self.document.end)

    def mark(self, marks: Iterable[Mark]) -> None:
        """Underline these words, and none else."""
        wanted = tuple(marks)
        if wanted != self._marks:
            self._marks = wanted
            self._build_highlight_map()
            self.refresh()

    def _build_highlight_map(self) -> None:
        """Fill in what Textual would ask tree-sitter for: by row, bytes from and to, and the style's name."""
        self._line_cache.clear()
        self._highlights.clear()
        text = self.document.text
        if len(text) > FIELD:
            return
        lines = text.split("\n")
        for row, start, end, what in spans(text, self.kind):
            self._colour(lines, row, start, end, what)
        for row, start, width in self._marks:
            if row < len(lines):
                self._colour(lines, row, start, start + max(width, 1), "fault")

    def _colour(self, lines: list[str], row: int, start: int, end: int, what: str) -> None:
        line = lines[row]
        if line[start:end]:
            first = len(line[:start].encode(errors="replace"))
            self._highlights[row].append((first, first + len(line[start:end].encode(errors="replace")), what))

    def _set_theme(self, theme: str) -> None:
        super()._set_theme(theme)
        light = self.app.current_theme
        self._theme.syntax_styles = {
            "shown": Style(color=light.accent, bold=True),
            "tag": Style(color=light.accent),
            "note": Style(color=light.secondary, italic=True),
            "divider": Style(color=light.accent, bold=True),
            "strong": Style(bold=True),
            "soft": Style(italic=True),
            "fault": Style(underline=True, bold=True),
        }
        self._line_cache.clear()

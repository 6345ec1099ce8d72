"""A field of one line: a name, a passphrase, words to look for."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from assistant.tui.widgets.in_order import do_at_once


class Line(Input):
    """Every key in its order."""

    async def _on_key(self, event: events.Key) -> None:
        """Do at once what a key is bound to."""
        await do_at_once(self, event)

    def _on_paste(self, event: events.Paste) -> None:
        """Take every line of what is pasted; Textual alone takes the first."""
        event.text = " ".join(event.text.splitlines())  # Textual does the rest: it asks each class in turn

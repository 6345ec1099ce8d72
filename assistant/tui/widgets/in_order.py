"""What makes keys in a field do what they do in the order they were pressed."""

from __future__ import annotations

from textual import events
from textual.widget import Widget


async def do_at_once(field: Widget, event: events.Key) -> bool:
    """Do what a key is bound to, if it is bound and no letter, and say whether it was.

    Textual sends a bound key on from the field to its screen and to the app. What is typed meanwhile
    comes first then, and a quick Backspace takes the wrong letter.
    """
    if event.is_printable or not await field.app._check_bindings(event.key):
        return False
    event.stop()
    event.prevent_default()
    return True

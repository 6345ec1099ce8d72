"""`vidne` alone: the full screen."""

import sys
from typing import Any

from assistant.trouble import Trouble


def open_app(house: Any, guide: str | None = None) -> None:
    """Open the full screen, at a conversation of `guide` if one is named.

    Raises:
        Trouble: when there is no terminal to open it in.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Trouble("needs_terminal")
    from assistant.tui.app import VidneApp  # 165 ms, and nothing else needs it

    VidneApp(house, guide).run()

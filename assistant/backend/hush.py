"""Nothing that a library prints reaches the screen: only the main thread may print, and libraries run in others."""

import sys
import threading
from typing import Any, TextIO


class MainThreadOnly:
    """A stream that lets go of what any other thread writes."""

    def __init__(self, stream: TextIO) -> None:
        """Stand before `stream`."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write `text`, if it is the main thread that does."""
        if threading.current_thread() is threading.main_thread():
            return self._stream.write(text)
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def hush() -> None:
    """Let other threads' prints go from here on; once is as good as twice."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, MainThreadOnly):
            setattr(sys, name, MainThreadOnly(stream))

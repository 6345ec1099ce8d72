"""A language model that says what it was told to, for tests."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable

from assistant.backend.request import Request, Unanswered


class Scripted:
    """Gives its replies in turn: a text, the pieces of one, or what goes wrong."""

    def __init__(self, *replies: str | Iterable[str] | Unanswered) -> None:
        """Queue `replies`."""
        self._replies = deque(replies)
        self.asked: list[Request] = []
        """The requests so far."""

    def prepare(self) -> None:
        """Nothing takes long."""

    def loop(self) -> asyncio.AbstractEventLoop:
        """Give a plain loop."""
        return asyncio.new_event_loop()

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """Give the next reply."""
        self.asked.append(request)
        reply = self._replies.popleft() if self._replies else Unanswered("empty")
        if isinstance(reply, Unanswered):
            raise reply
        for piece in [reply] if isinstance(reply, str) else reply:
            if isinstance(piece, Unanswered):
                raise piece
            yield piece

"""A language model that says what it was told to, for tests and rehearsals of the real thing."""

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

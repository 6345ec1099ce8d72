"""One request under way, in a thread of its own: it posts what comes, ends within its time, and can be stopped.

Whatever a library does in there, nothing but `Came` and `Failed` gets out: the one time limit is asyncio's, which
stops the model's work, and the other a timer's, for a library that holds the thread.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass

from assistant.backend.request import Backend, Request, Unanswered

LONGEST = 4000
"""Characters of an answer that are listened to: many times what is shown."""
GRACE = 0.5
"""Seconds that a thread gets to stop by itself."""


@dataclass(frozen=True, slots=True)
class Came:
    """What a model wrote."""

    text: str
    """All of it so far."""
    ended: bool = False
    """Whether that is all there is."""


@dataclass(frozen=True, slots=True)
class Failed:
    """There is no answer, or no more of it."""

    why: str
    """The name of what went wrong, under `model` in the message catalogue."""


class Asking:
    """A request under way."""

    def __init__(
        self, backend: Backend, request: Request, seconds: float, post: Callable[[Came | Failed], None]
    ) -> None:
        """Send `request`, and `post` what comes of it, from another thread; all is over within `seconds`."""
        self._backend = backend
        self._request = request
        self._seconds = seconds
        self._post = post
        self._over = threading.Lock()
        self._stopped = threading.Event()
        self._stop_inside: Callable[[], None] | None = None
        self._timer = threading.Timer(seconds + GRACE, self._last, (Failed("late"),))
        self._timer.daemon = True
        self._thread = threading.Thread(target=self._run, name="vidne-model", daemon=True)
        self._timer.start()
        self._thread.start()

    def stop(self) -> None:
        """Stop the model's work; nothing is posted any more."""
        self._stopped.set()
        self._last(None)
        if inside := self._stop_inside:
            inside()

    def join(self, seconds: float) -> bool:
        """Wait for the thread's end, and say whether it came."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _last(self, posted: Came | Failed | None) -> None:
        """Post the one last thing, if nothing was the last before."""
        if self._over.acquire(blocking=False):
            self._timer.cancel()
            if posted:
                self._post(posted)

    def _run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=self._backend.loop) as runner:
                runner.run(self._read())
        except Unanswered as unanswered:
            self._last(Failed(unanswered.why))
        except asyncio.CancelledError:
            self._last(None)
        except Exception:
            self._last(Failed("unexpected"))

    async def _read(self) -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()

        def stop_inside() -> None:
            try:
                loop.call_soon_threadsafe(task.cancel)
            except RuntimeError:  # the loop has ended already
                return

        self._stop_inside = stop_inside
        if self._stopped.is_set():
            return
        text = ""
        try:
            async with asyncio.timeout(self._seconds), aclosing(self._backend.stream(self._request)) as pieces:
                async for piece in pieces:
                    if self._stopped.is_set():
                        return
                    text += piece
                    if len(text) > LONGEST:
                        raise Unanswered("too_much")
                    if not self._over.locked():
                        self._post(Came(text))
        except TimeoutError:
            raise Unanswered("late") from None
        self._last(Came(text, ended=True))

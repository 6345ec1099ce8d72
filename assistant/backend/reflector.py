"""Asks a language model for a conversation: makes the request, hides what leads to a person, holds the time.

One answer travels with one instruction, and nothing else: no earlier answer, no other member's word, no name.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from time import monotonic

from assistant.backend.asking import Asking, Came, Failed
from assistant.backend.masks import Masks
from assistant.backend.request import Backend, Message, Request
from assistant.guides.events import Drafted, DraftFailed, Reflect
from assistant.text import is_blank
from assistant.trouble import Trouble

INSTRUCTIONS = ("reflect", "gather", "again")
"""What a model is told: for an answer, for a sitting's end, and before the reasons when it is asked once more."""


def instructions(folders: Sequence[Path], lang: str) -> dict[str, str]:
    """Read what a model is told, each from the nearest of the prompts folders that has it."""
    found = {}
    for name in INSTRUCTIONS:
        copies = (folder / "model" / lang / f"{name}.md" for folder in folders)
        texts = (path.read_text("utf-8").strip() for path in copies if path.is_file())
        found[name] = next((text for text in texts if not is_blank(text)), "")
    return found


class Reflector:
    """A language model as a sitting knows it; one request at a time."""

    def __init__(
        self,
        backend: Backend,
        told: dict[str, str],
        *,
        names: Sequence[str],
        lang: str,
        seconds: float,
        receiver: str,
        clock: Callable[[], datetime],
        sent: Callable[[], None],
    ) -> None:
        """Ask `backend`, with the instructions `told`; `names` don't travel, and a reflection takes `seconds` at most.

        `receiver` says who gets it; `sent` is called before each request, to write down that there was one.
        """
        self._backend = backend
        self._told = told
        self._names = tuple(names)
        self._lang = lang
        self._seconds = seconds
        self.receiver = receiver
        self._clock = clock
        self._sent = sent
        self._until = 0.0

    def prepare(self) -> None:
        """Do in a thread what takes long and needs no request yet."""
        Thread(target=self._backend.prepare, name="vidne-model-prepare", daemon=True).start()

    def request(self, wanted: Reflect) -> Request:
        """Give exactly what is sent."""
        return self._masked(wanted)[0]

    def _masked(self, wanted: Reflect) -> tuple[Request, Masks]:
        masks = Masks(wanted.said, self._names, self._lang)
        said = masks.put_on(wanted.said)
        told = self._told[wanted.kind]
        if wanted.again is not None:
            told = "\n".join([told, "", self._told["again"], *(f"- {why}" for why in wanted.again)])
        return Request((Message("system", told), Message("user", said))), masks

    def ask(self, wanted: Reflect, post: Callable[[Drafted | DraftFailed], None]) -> Asking | None:
        """Ask, and `post` from another thread what comes, until it has ended or failed; None when nothing was sent.

        A second try has what is left of the first one's time.
        """
        try:
            self._sent()
        except Trouble:
            post(DraftFailed(wanted.number, "unwritten", self._clock()))
            return None
        if wanted.again is None:
            self._until = monotonic() + self._seconds
        request, masks = self._masked(wanted)

        def arrived(came: Came | Failed) -> None:
            at = self._clock()
            if isinstance(came, Failed):
                post(DraftFailed(wanted.number, came.why, at))
            else:
                post(Drafted(wanted.number, masks.take_off(came.text), came.ended, at))

        return Asking(self._backend, request, max(0.0, self._until - monotonic()), arrived)

    @contextmanager
    def asking(self, wanted: Reflect) -> Iterator[Callable[[], Drafted | DraftFailed]]:
        """Ask, and give a call that waits for what comes next; when the block is left, the model stops."""
        came: SimpleQueue[Drafted | DraftFailed] = SimpleQueue()
        asking = self.ask(wanted, came.put)
        try:
            yield came.get
        finally:
            if asking:
                asking.stop()

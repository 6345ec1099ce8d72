"""Asks a language model for a conversation: makes the request, hides what leads to a person, holds the time.

One answer travels with one instruction, and nothing else: no earlier answer, no other member's word, no name.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from os.path import lexists
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from time import monotonic

from assistant.backend.asking import Asking, Came, Failed
from assistant.backend.masks import Masks
from assistant.backend.request import Backend, Message, Request
from assistant.guides.events import Drafted, DraftFailed, Reflect
from assistant.guides.fault import Refused
from assistant.guides.instruction import TOLD, instruction
from assistant.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Told:
    """What a model is told before the member's words."""

    texts: dict[str, str]
    """The instructions, by the names in `TOLD`."""
    unread: tuple[Path, ...] = ()
    """A group's own instructions that cannot be used; others stand in their place."""


def instructions(folders: Sequence[Path], lang: str) -> Told:
    """Read what a model is told, each from the nearest of the prompts folders that has it and can be read."""
    texts: dict[str, str] = {}
    unread = []
    for name in TOLD:
        for folder in folders:
            path = folder / "model" / lang / f"{name}.md"
            if name in texts or not lexists(path):
                continue
            try:
                texts[name] = instruction(path, folder)
            except (Refused, OSError):
                unread.append(path)
    return Told(texts, tuple(unread))


class Reflector:
    """A language model as a sitting knows it; one request at a time."""

    def __init__(
        self,
        backend: Backend,
        told: Told,
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
        self.unread = told.unread
        """A group's own instructions that cannot be used; Vidne's own stand in their place."""
        self._names = tuple(names)
        self._lang = lang
        self._seconds = seconds
        self.receiver = receiver
        self._clock = clock
        self._sent = sent
        self._until = 0.0

    def prepare(self) -> Thread:
        """Do what takes long and needs no request yet, in the thread that is given."""
        thread = Thread(target=self._backend.prepare, name="vidne-model-prepare", daemon=True)
        thread.start()
        return thread

    def request(self, wanted: Reflect) -> Request:
        """Give exactly what is sent."""
        return self._masked(wanted)[0]

    def _masked(self, wanted: Reflect) -> tuple[Request, Masks]:
        masks = Masks(wanted.said, self._names, self._lang)
        said = masks.put_on(wanted.said)
        told = self._told.texts[wanted.kind]
        if wanted.again is not None:
            told = "\n".join([told, "", self._told.texts["again"], *(f"- {why}" for why in wanted.again)])
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

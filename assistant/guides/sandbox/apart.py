"""A stranger's template runs here, in a process of its own that knows nothing, may do nothing, and is killed in time.

It gets its texts and facts through a pipe, opens no file and no socket, and has no environment and no home. The walk
in `template` already refuses whatever could hang or read; this is for what nobody thought of.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain
from math import ceil
from pathlib import Path
from threading import Timer
from time import monotonic

from assistant.guides.fault import Flaw
from assistant.guides.sandbox.marked import Run
from assistant.guides.sandbox.template import Job, Reply, answer

SECONDS = 2.0
"""How long a text may take; a question takes some milliseconds."""
STARTS = 20.0
"""How long a process may take to start, which no text has a part in: a tenth of a second, or more on a busy machine."""
PATIENCE = 3
"""How many processes are killed before the rest is given up: together they take as long as somebody waits."""
FRESH = 1.0
"""How old a process may be to be given a job; another is begun, so that what one left behind is gone with it."""
LONGEST_REPLY = 32 << 20
"""Bytes of a reply that are read: two hundred readings of the longest text are a fifth of it."""
MEGABYTES = 512
"""Memory a process may take; Python and Jinja2 take 40."""

_PACKAGE = str(Path(__file__).resolve().parents[3])
_START = "import sys; sys.path[:] = sys.argv[1:]; from assistant.guides.sandbox.apart import serve; serve()"
_OUTWARD = ("open", "import", "os.", "socket.", "subprocess.", "ctypes.", "shutil.", "mmap.", "fcntl.", "_winapi.")
"""How the names begin of what Python tells of that reaches out of a process."""
_NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH")
"""What some systems need in the environment to start Python at all."""

_REHEARSAL = Job("{{ 'a' | upper }}{{ name }}", facts={"name": None})
"""A text with an error in it: Python and Jinja2 load files of their own at the first string and the first error."""


def answers(jobs: Sequence[Job]) -> list[Reply]:
    """Do `jobs` apart, and give their replies in the same order; see `Steady`."""
    with Steady() as steady:
        return steady.answers(jobs)


class Steady:
    """A process apart that is given one job after the other.

    One that takes too long is killed, and the next job gets another; where too many do, the rest is not tried.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen | None = None
        self._began = 0.0
        self._patience = PATIENCE

    def __enter__(self) -> "Steady":
        """Give itself: it is closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.close()

    def answers(self, jobs: Sequence[Job]) -> list[Reply]:
        """Do `jobs`, and give their replies in the same order."""
        return [self.answer(job) for job in jobs]

    def answer(self, job: Job) -> Reply:
        """Do one job."""
        if not self._patience:
            return Reply(flaw=Flaw("not_looked"))
        if reply := self._ask(job):
            return reply
        self._patience -= 1
        return Reply(flaw=Flaw("killed", {"seconds": f"{SECONDS:g}"}))

    def _ask(self, job: Job) -> Reply | None:
        """Ask the process, or a new one; None when it did not answer, and is no more."""
        if self._process and monotonic() - self._began > FRESH:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _START, _PACKAGE, *filter(None, sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
            if not self._line(STARTS):
                return None
            self._began = monotonic()
        line = self._line(SECONDS, json.dumps(asdict(job)).encode() + b"\n")
        try:
            return _reply(**json.loads(line)) if line else None
        except (TypeError, ValueError):  # no reply of ours: something else speaks from there
            self.close()
            return None

    def _line(self, seconds: float, said: bytes = b"") -> bytes:
        """Give what the process writes when it was told what is `said`; nothing, and no process, if it takes longer."""
        watch = Timer(seconds, self._process.kill)
        watch.start()
        try:
            self._process.stdin.write(said)
            self._process.stdin.flush()
            line = self._process.stdout.readline(LONGEST_REPLY)
        except OSError:
            line = b""
        finally:
            watch.cancel()
        if not line.endswith(b"\n"):
            self.close()
            return b""
        return line

    def close(self) -> None:
        """End the process."""
        if process := self._process:
            self._process = None
            process.kill()
            process.wait()
            with contextlib.suppress(OSError):  # what was not written yet has no reader any more
                process.stdin.close()
            process.stdout.close()


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _NEEDED if name in os.environ}


def _reply(text: str, pieces: list[str], flaw: dict | None, readings: list[str], runs: list[dict]) -> Reply:
    marked = tuple(Run(**run) for run in runs)
    return Reply(text, tuple(pieces), Flaw(**flaw) if flaw else None, tuple(readings), marked)


def serve() -> None:
    """Be that process: write a line when it has started, read jobs, one a line, and write the replies likewise."""
    sys.stdout.write("{}\n")
    sys.stdout.flush()
    first = sys.stdin.buffer.readline()
    answer(_REHEARSAL)
    _lock()
    for line in chain([first], sys.stdin.buffer):
        json.dump(asdict(answer(Job(**json.loads(line)))), sys.stdout)
        sys.stdout.write("\n")
        sys.stdout.flush()


def _lock() -> None:
    """Give up everything that filling in a template does not need, for good."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no limits, macOS not all of them
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
        most = ceil(FRESH + SECONDS)  # for when nobody is left to kill it
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
    sys.addaudithook(_audit)


def _audit(event: str, _: tuple) -> None:
    if event.startswith(_OUTWARD):
        raise PermissionError(event)

"""A stranger's template runs here, in a process of its own that knows nothing, may do nothing, and is killed in time.

It gets its texts and facts through a pipe, opens no file and no socket, and has no environment and no home. The walk
in `sandbox` already refuses whatever could hang or read; this is for what nobody thought of.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.guides.fault import Flaw
from assistant.guides.marked import Run
from assistant.guides.sandbox import Job, Reply, answer

SECONDS = 2.0
"""How long a process may take; a question takes a tenth of it, and most of that to start."""
PATIENCE = 12
"""How many processes are killed before the rest is given up: enough to find one that hangs among a thousand."""
MEGABYTES = 512
"""Memory a process may take; Python and Jinja2 take 40."""

_PACKAGE = str(Path(__file__).resolve().parents[2])
_START = "import sys; sys.path[:] = sys.argv[1:]; from assistant.guides.apart import serve; serve()"
_OUTWARD = ("open", "import", "os.", "socket.", "subprocess.", "ctypes.", "shutil.", "mmap.", "fcntl.", "_winapi.")
"""How the names begin of what Python tells of that reaches out of a process."""
_NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH")
"""What some systems need in the environment to start Python at all."""

_REHEARSAL = Job("{{ 'a' | upper }}{{ name }}", facts={"name": None})
"""A text with an error in it: Python and Jinja2 load files of their own at the first string and the first error."""


def answers(jobs: Sequence[Job]) -> list[Reply]:
    """Do `jobs` apart, and give their replies in the same order.

    A process that takes too long is killed. Then each half of its jobs gets one, until the one that hangs is found;
    where too many do, the rest is not tried.
    """
    return _answers(jobs, [PATIENCE])


def _answers(jobs: Sequence[Job], patience: list[int]) -> list[Reply]:
    """Do `jobs`; `patience` holds how many more processes may be killed."""
    killed = Reply(flaw=Flaw("killed", {"seconds": f"{SECONDS:g}"}))
    if not jobs or patience[0] <= 0:
        return [killed] * len(jobs)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _START, _PACKAGE, *filter(None, sys.path)],
            input=json.dumps([asdict(job) for job in jobs]).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        patience[0] -= 1
        if len(jobs) == 1:
            return [killed]
        half = len(jobs) // 2
        return _answers(jobs[:half], patience) + _answers(jobs[half:], patience)
    return [_reply(**reply) for reply in json.loads(done.stdout)]


def _reply(text: str, pieces: list[str], flaw: dict | None, readings: list[str], runs: list[dict]) -> Reply:
    marked = tuple(Run(**run) for run in runs)
    return Reply(text, tuple(pieces), Flaw(**flaw) if flaw else None, tuple(readings), marked)


def serve() -> None:
    """Be that process: read jobs from standard input, and write the replies to standard output."""
    jobs = [Job(**job) for job in json.load(sys.stdin.buffer)]
    answer(_REHEARSAL)
    _lock()
    json.dump([asdict(answer(job)) for job in jobs], sys.stdout)
    sys.stdout.flush()


def _lock() -> None:
    """Give up everything that filling in a template does not need, for good."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no limits, macOS not all of them
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS) + 1))
    sys.addaudithook(_audit)


def _audit(event: str, _: tuple) -> None:
    if event.startswith(_OUTWARD):
        raise PermissionError(event)

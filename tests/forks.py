"""Vidne's command line without the third of a second that each start takes: one process imports all, and forks.

Every command line is still a process, with an environment, a standard input and an end of its own.
`python -m tests.forks` is the process that forks; it is asked through the socket that is its standard input. Another
has read the dictionaries too, for commands that look words up: that takes over a second, and its forks take longer.
"""

import atexit
import importlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from pkgutil import walk_packages

import assistant
from assistant.vault import search
from tests.vaults import ROOT

_LATE = ("cryptography.hazmat.primitives.asymmetric.ed25519", "jinja2.sandbox", "pyrage", "sqlite_utils")
"""What Vidne imports where it is first needed."""
_LOOKS_UP = {"search", "witness"}
"""The commands that look words up."""
_MOST = 1 << 16
"""Bytes that a command line and its environment may have; and its standard input, which a pipe takes at once."""


def vidne(arguments: list[str], typed: bytes, environment: Mapping[str, str]) -> subprocess.CompletedProcess:
    """Run a command line in a process of its own, with `typed` on a pipe."""
    reads, writes = os.pipe()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        assert os.write(writes, typed) == len(typed) < _MOST
        os.close(writes)
        asked = json.dumps([str(Path.cwd()), arguments, dict(environment)], ensure_ascii=True).encode()
        assert len(asked) < _MOST
        asking, _ = _forking(not _LOOKS_UP.isdisjoint(arguments))
        socket.send_fds(asking, [asked], [reads, out.fileno(), err.fileno()])
        os.close(reads)
        code = int(asking.recv(64))
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(["vidne", *arguments], code, out.read(), err.read())


@cache
def _forking(looks_up: bool) -> tuple[socket.socket, subprocess.Popen]:
    """Start the process that forks; it ends when the socket does."""
    command = [sys.executable, "-m", "tests.forks", *(["dictionaries"] if looks_up else [])]
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        environment = {**os.environ, "LANG": "da_DK.UTF-8"}
        process = subprocess.Popen(command, cwd=ROOT, stdin=theirs, env=environment)
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours, process


def _main() -> None:
    for module in walk_packages(assistant.__path__, "assistant."):
        if not module.name.startswith(("assistant.tui", "assistant.__main__")):
            importlib.import_module(module.name)
    for late in _LATE:
        importlib.import_module(late)
    if sys.argv[1:]:
        search._dictionaries()
    asked = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    while True:
        request, streams, _, _ = socket.recv_fds(asked, _MOST, 3)
        if not request:
            return
        folder, arguments, environment = json.loads(request)
        child = get_context("fork").Process(target=_run, args=(asked, streams, folder, arguments, environment))
        child.start()
        for stream in streams:
            os.close(stream)
        child.join()
        asked.send(str(child.exitcode).encode())


def _run(asked: socket.socket, streams: list[int], folder: str, arguments: list[str], environment: dict) -> None:
    from assistant.__main__ import main

    asked.close()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = open(0, encoding=_STDIN.encoding, errors=_STDIN.errors)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.argv = ["vidne", *arguments]
    main()


_STDIN = sys.stdin
"""As Python opened it; a child of `multiprocessing` has another."""

if __name__ == "__main__":
    _main()

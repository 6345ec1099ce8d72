"""A real terminal for the app's tests: a pty, with pyte to read what stands on the screen."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import pyte

ROOT = Path(__file__).parent.parent
SCRIPT = """
import sys
from pathlib import Path
from tests.tui_house import House, QUESTIONS
from assistant.tui.app import VidneApp

folder, lang, question = sys.argv[1:]
if question:
    QUESTIONS[lang]["arrive"] = bytes.fromhex(question).decode("utf-8", "surrogatepass")
VidneApp(House(Path(folder), lang), "weekly").run()
"""


class Terminal:
    """The app in a terminal of its own, opened at a weekly conversation."""

    def __init__(
        self,
        folder: Path,
        lang: str = "da",
        question: str = "",
        columns: int = 80,
        lines: int = 24,
        program: Sequence[str] = (),
    ) -> None:
        """Start the app, or another `program`."""
        self.screen = pyte.Screen(columns, lines)
        self.stream = b""
        """Every byte the app has sent."""
        self._reader = pyte.ByteStream(self.screen)
        arguments = [str(folder), lang, question.encode("utf-8", "surrogatepass").hex()]
        self.process, self._terminal = pty.fork()
        if self.process == 0:
            environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.chdir(ROOT)
            command = list(program) or [sys.executable, "-c", SCRIPT, *arguments]
            os.execve(command[0], command, environment)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def send(self, keys: str | bytes) -> None:
        os.write(self._terminal, keys if isinstance(keys, bytes) else keys.encode())

    def until(self, text: str, patience: float = 20) -> str:
        """Read until `text` stands on the screen, and give the screen."""
        end = monotonic() + patience
        while text not in self.text:
            ready, _, _ = select.select([self._terminal], [], [], max(0, end - monotonic()))
            if not ready or not self._read():
                raise AssertionError(f"{text!r} never came; the screen is:\n{self.text}")
        return self.text

    def until_closed(self, pressing: str = "", patience: float = 20) -> None:
        """Read until the app has ended by itself, pressing a key again whenever it rests."""
        end = monotonic() + patience
        while self.process:
            if monotonic() > end:
                raise AssertionError(f"still open:\n{self.text}")
            if not select.select([self._terminal], [], [], 0.3)[0]:
                self.send(pressing)
            elif not self._read():
                self._reap()

    def kill(self) -> None:
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            self._reap()

    def _read(self) -> bytes:
        try:
            data = os.read(self._terminal, 65536)
        except OSError:
            data = b""
        self.stream += data
        self._reader.feed(data)
        return data

    def _reap(self) -> None:
        os.waitpid(self.process, 0)
        os.close(self._terminal)
        self.process = 0

"""How soon a letter stands there after its key was pressed, through a pty: `python -m tests.tui_echo`.

Each press is a letter that is nowhere else on the screen, at the end of an answer that was pasted before.
"""

import os
import pty
import statistics
import struct
import sys
import tempfile
import termios
from fcntl import ioctl
from pathlib import Path
from select import select
from time import perf_counter

from assistant.__main__ import House

LINE = "Jeg talte til tre, og så svarede Hanne selv på sit eget spørgsmål ved tavlen, mens vi andre ventede. "
ANSWERS = {"one paragraph": LINE * 200, "200 lines": "\n".join([LINE.strip()] * 200)}
"""Answers of 20 kB, each of a shape that is slow in its own way."""
PRESSES = 60


class Vidne:
    """A weekly conversation in a terminal of its own."""

    def __init__(self, home: Path) -> None:
        command = [sys.executable, "-m", "assistant", "--home", str(home), "talk", "weekly"]
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            os.execve(command[0], command, {**os.environ, "TERM": "xterm-256color"})
        ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def seconds_until(self, keys: str, drawn: str) -> float:
        """Give the time from sending `keys` until `drawn` has been drawn."""
        begun, stream = perf_counter(), b""
        os.write(self._terminal, keys.encode())
        while drawn.encode() not in stream:
            stream += os.read(self._terminal, 65536)
        took = perf_counter() - begun
        while select([self._terminal], [], [], 0.05)[0]:
            os.read(self._terminal, 65536)
        return took

    def close(self) -> None:
        """End it."""
        os.kill(self._process, 9)
        os.waitpid(self._process, 0)
        os.close(self._terminal)


def echoes(answer: str) -> list[float]:
    """Give the time of each press behind `answer`, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "home", "da")
        house.make_home(None, "key-file")
        house.close()
        vidne = Vidne(Path(folder) / "home")
        vidne.seconds_until("", "Hvor kommer du fra")
        vidne.seconds_until(f"\x1b[200~{answer}ß\x1b[201~", "ß")
        letters = [chr(ord("Ā") + press) for press in range(PRESSES)]
        times = [vidne.seconds_until(letter, letter) for letter in letters]
        vidne.close()
        return times


def report() -> None:
    """Measure, and print."""
    for shape, answer in ANSWERS.items():
        times = echoes(answer)
        median, worst = statistics.median(times) * 1000, statistics.quantiles(times, n=10)[-1] * 1000
        print(f"a keystroke's echo in 20 kB, {shape}: {median:.1f} ms, nine in ten within {worst:.1f} (at most 16)")


if __name__ == "__main__":
    report()

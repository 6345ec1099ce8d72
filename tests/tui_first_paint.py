"""How soon the home's first sentence stands there, beside an empty Textual app: `python -m tests.tui_first_paint HOME`.

Both start in turns in a terminal of their own, compiled beforehand; what is printed is the ratio of their medians.
"""

import compileall
import os
import pty
import re
import statistics
import struct
import sys
import tempfile
import termios
from fcntl import ioctl
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent
EMPTY = [sys.executable, "-c", "from textual.app import App; App().run()"]
ROUNDS = 15


def seconds_until(command: list[str], pattern: bytes) -> float:
    """Give the time from a command's start until `pattern` has been drawn."""
    begun = perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        environment = {**os.environ, "TERM": "xterm-256color"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        os.execve(command[0], command, environment)
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    drawn = b""
    while not re.search(pattern, drawn):
        drawn += os.read(terminal, 65536)
    took = perf_counter() - begun
    os.kill(process, 9)
    os.waitpid(process, 0)
    os.close(terminal)
    return took


def main(home: str) -> None:
    """Measure, and print."""
    compileall.compile_dir(ROOT / "assistant", quiet=1)
    vidne = [str(Path(sys.executable).with_name("vidne")), "--home", home, "--lang", "en"]
    rounds = [(seconds_until(EMPTY, rb" {70}"), seconds_until(vidne, b"Ten minutes with")) for _ in range(ROUNDS)]
    empty, painted = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"empty {empty * 1000:.0f} ms, vidne {painted * 1000:.0f} ms: {painted / empty:.2f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else f"{folder}/home")

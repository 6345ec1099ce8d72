"""A process that makes a home, and is killed by itself at the moment it is told: the Nth touch of the home."""

import os
import signal
import sys
from pathlib import Path

from tests.vaults import made


def main(folder: Path, last: int) -> None:
    touches = 0

    def touched(event: str, args: tuple) -> None:
        nonlocal touches
        if event.partition(".")[0] in ("open", "os", "sqlite3", "fcntl") and str(folder) in str(args):
            touches += 1
            if touches == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(touched)
    made(folder).close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

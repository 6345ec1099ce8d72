"""A process that writes into a circle's folder and says so, until it is killed or done."""

import fcntl
import os
import random
import signal
import sys
from pathlib import Path

from assistant.circle.circle import Circle
from assistant.circle.envelope import digest, seal, sign
from assistant.circle.folder import Folder
from assistant.circle.items import write
from assistant.vault.home import Home
from assistant.vault.vault import Vault
from tests.circles import passage
from tests.vaults import give_up_power


def say(*words: object) -> None:
    print(*words, flush=True)


def circle_of(home: Path, vault: Vault) -> Circle:
    (belonging,) = vault.circles.belongings()
    folder = Folder(Path(belonging.folder), private=False)
    return Circle(belonging, vault.circles.seed, vault.circles.room(belonging.circle), folder)


def writes(folder: Path, seed: str) -> None:
    """Write files of every size, and say the name of each when it is there."""
    dice = random.Random(int(seed))
    while True:
        say(Folder(folder, private=False).write(dice.randbytes(dice.choice((9, 900, 200_000)))))


def dies(folder: Path) -> None:
    """Be killed when a file is written, and not on the disk yet."""
    os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
    Folder(folder, private=False).write(b"hej")


def holds(folder: Path) -> None:
    """Stand in the middle of writing a file."""
    name = f".~{'a' * 64}.tmp"
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    say(name)
    sys.stdin.read()


def reads(folder: Path) -> None:
    """Read a folder as someone who is held to permissions."""
    give_up_power()
    for file in Folder(folder, private=False).unread(()):
        say(file.reason or "whole")


def shares(home: Path, count: str) -> None:
    """Share passages from a member's home."""
    with Vault.open(Home(home)) as vault:
        circle = circle_of(home, vault)
        for number in range(int(count)):
            circle.share(passage(f"{os.getpid()} {number}"))


def floods(home: Path, count: str) -> None:
    """Put many of a member's passages into the folder, without the disk's leave for each."""
    with Vault.open(Home(home)) as vault:
        circle = circle_of(home, vault)
        here = circle.view.here
        for number in range(int(count)):
            body = passage(f"linje {number} " + "ord " * 20)
            signed = sign(circle._keys, write(circle.id, circle.me.key, 100 + number, 100 + number, body))
            content = seal(signed, [one.recipient for one in here], [one.key for one in here])
            (circle.folder.path / f"{digest(content)}.vidne").write_bytes(content)


if __name__ == "__main__":
    act, place, *rest = sys.argv[1:]
    globals()[act](Path(place), *rest)

"""Vaults for the tests: made, filled, and read without Vidne, page by page."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from assistant.guides.events import Turn
from assistant.vault.home import Home
from assistant.vault.keys import KeyFile
from assistant.vault.vault import Profile, Vault

ROOT = Path(__file__).parent.parent
AT = datetime(2026, 3, 2, 12, 5, tzinfo=UTC)
METTE = Profile(name="Mette", lang="da", began=date(2026, 1, 5))
PAGE, RESERVED = 4096, 80


def made(folder: Path, protection=None) -> Vault:
    """Make a vault in `folder`, and open it."""
    return Vault.create(Home(folder), METTE, protection or KeyFile())


def answered(text: str, kind="answered") -> Turn:
    return Turn(kind, "notice", text, AT, asked="Hvad lagde du mærke til?" if kind == "answered" else "")


def begun(vault: Vault, guide="weekly") -> int:
    return vault.begin(guide, AT, ("arrive", "notice"), {"week": 1, "name": None})


def files(home: Home) -> dict[str, bytes]:
    """Give every file of a home, as it is on the disk."""
    return {path.name: path.read_bytes() for path in home.folder.iterdir()}


def decrypted(home: Home) -> Iterator[bytes]:
    """Give every page there is, of the database and of what waits beside it, as it is under the cipher."""
    key = home.key_file.read_bytes()
    content = home.database.read_bytes()
    places = [(content, at, 16 * (at == 0)) for at in range(0, len(content), PAGE)]
    waiting = home.database.with_name("vault.db-wal")
    if waiting.exists() and (frames := waiting.read_bytes()):
        for at in range(32, len(frames), 24 + PAGE):
            number = int.from_bytes(frames[at : at + 4], "big")
            places.append((frames, at + 24, 16 * (number == 1)))
    for source, at, salt in places:
        page = source[at : at + PAGE]
        cipher = Cipher(algorithms.AES256(key), modes.CBC(page[-RESERVED : -RESERVED + 16])).decryptor()
        yield cipher.update(page[salt:-RESERVED]) + cipher.finalize()


def run(module: str, *args: object, **options) -> subprocess.Popen:
    """Start one of the tests' own processes, with a pipe from it."""
    command = [sys.executable, "-m", module, *map(str, args)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, **options)


def give_up_power() -> None:
    """Let this process be held to the permissions of files, also where it runs as root."""
    if os.geteuid() == 0:
        version_3 = (ctypes.c_uint32 * 2)(0x20080522, 0)
        assert ctypes.CDLL(None, use_errno=True).capset(version_3, (ctypes.c_uint32 * 6)()) == 0

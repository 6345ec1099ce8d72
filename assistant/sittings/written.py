"""Files that a member asked for: new ones, which only their owner reads; nothing that is there is written over."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from assistant.trouble import Trouble, unwritten


def write_new(file: Path, content: str | bytes) -> None:
    """Write a new file that only its owner reads; one that is there is left as it is.

    Raises:
        Trouble: when one is there, or it cannot be written.
    """
    raw = content.encode("utf-8") if isinstance(content, str) else content
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise Trouble("file_exists", file=file) from None
    except ValueError:
        raise Trouble("file_unwritable", file=file) from None
    except OSError as error:
        raise unwritten("file_unwritable", file, error) from None
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(raw)
    except OSError as error:
        with suppress(OSError):
            file.unlink()  # half of it would stand in the way of the whole
        raise unwritten("file_unwritable", file, error) from None


def place_for(name: str, home: Path) -> Path:
    """Give where a file of that name would go: among a person's documents, under a name that is free."""
    folder = next((home / there for there in ("Documents", "Dokumenter") if (home / there).is_dir()), home)
    stem, dot, ending = name.partition(".")
    names = [name, *(f"{stem}-{number}{dot}{ending}" for number in range(2, 100))]
    return next((folder / each for each in names if not (folder / each).exists()), folder / name)

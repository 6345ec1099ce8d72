"""A folder of sealed files that anything may have synced: nothing in it is trusted, and nothing of others is touched.

A file is named by the hash of its bytes. It comes about under another name, goes to the disk, and is then renamed, so
that no half of it ever has the name. What a sync program makes of it (copies, halves, old ones) is told by the hash.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.circle.envelope import MOST_SEALED, digest
from assistant.circle.items import Refused
from assistant.trouble import NO_ROOM, Trouble

MOST_FILES = 50_000
"""How many names are looked at; ten years of six people are a tenth of it."""
_ENDING = ".vidne"
_OURS = re.compile(r"[0-9a-f]{64}")
_COMING = re.compile(r"\.~([0-9a-f]{64})\.tmp")


@dataclass(frozen=True, slots=True)
class File:
    """A file that is there and has not been read before."""

    name: str
    hash: str | None
    """The hash of its bytes; None where they could not be had."""
    content: bytes = b""
    reason: str | None = None
    """Why it is left out before anyone tries to open it."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a circle's files are."""

    path: Path
    private: bool
    """Whether it lies in the member's own home; a shared folder's files can be read by whom its owner lets."""

    def make(self) -> None:
        """Make the folder, if it is not there.

        Raises:
            Trouble: when that cannot be.
        """
        with _told(self.path, "circle_folder_unmade"):
            self.path.mkdir(0o700 if self.private else 0o777, parents=True, exist_ok=True)

    def names(self) -> frozenset[str]:
        """Give the hashes that files are named by, as they stand there.

        Raises:
            Trouble: when the folder is not there, or may not be read.
        """
        return frozenset(name.removesuffix(_ENDING) for name in self._listed() if _is_named(name))

    def unread(self, known: Collection[str]) -> Iterator[File]:
        """Read what is there and not `known` by its hash; copies under other names last.

        Raises:
            Trouble: when the folder is not there, or may not be read.
        """
        given = set(known)
        listed = sorted(self._listed(), key=lambda name: (not _is_named(name), name))
        for name in listed[:MOST_FILES]:
            named = _OURS.match(name)
            if not named or (_is_named(name) and named[0] in given):
                continue  # other people's files, and what has been read
            try:
                content = self._read(name)
            except Refused as refused:
                yield File(name, None, reason=refused.reason)
                continue
            found = digest(content)
            if found in given:
                continue  # a copy of one that has been read
            if found != named[0]:
                yield File(name, None, content, "altered")
                continue
            given.add(found)
            yield File(name, found, content)
        if len(listed) > MOST_FILES:
            yield File("…", None, reason="too_many")

    def harmed(self, known: Collection[str]) -> Iterator[File]:
        """Look again at what is `known` by its hash, and give what is not as it was written any more.

        Raises:
            Trouble: when the folder is not there, or may not be read.
        """
        for name in sorted(self._listed()):
            if not (_is_named(name) and name.removesuffix(_ENDING) in known):
                continue
            try:
                if name.removesuffix(_ENDING) != digest(self._read(name)):
                    yield File(name, None, reason="altered")
            except Refused as refused:
                yield File(name, None, reason=refused.reason)

    def write(self, content: bytes) -> str:
        """Write a file, whole or not at all, and give the hash that names it.

        Raises:
            Trouble: when it cannot be written.
        """
        name = digest(content)
        coming, final = self.path / f".~{name}.tmp", self.path / (name + _ENDING)
        with _told(self.path):
            mode = 0o600 if self.private else 0o666
            handle = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, mode)
            with os.fdopen(handle, "wb") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # so that nobody takes it for one that a kill left behind
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                coming.replace(final)
            _sync(self.path)
        return name

    def remove(self, names: Collection[str]) -> None:
        """Delete the files of these hashes, and copies of them under other names.

        Raises:
            Trouble: when one cannot be deleted.
        """
        with _told(self.path):
            for name in self._listed():
                named = _OURS.match(name)
                if named and named[0] in names and name.startswith(named[0]):
                    (self.path / name).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Delete what a kill left half-written here."""
        for name in self._listed():
            if not _COMING.fullmatch(name):
                continue
            with suppress(OSError):
                handle = os.open(self.path / name, os.O_RDONLY | os.O_NOFOLLOW)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # another process is writing it, else
                    (self.path / name).unlink()
                finally:
                    os.close(handle)

    def _listed(self) -> list[str]:
        with _told(self.path), os.scandir(self.path) as entries:
            return [entry.name for entry in entries]

    def _read(self, name: str) -> bytes:
        try:
            # Nothing is waited for and no link is followed: a name may lead anywhere.
            handle = os.open(self.path / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            raise Refused("link" if error.errno == errno.ELOOP else "unreadable") from None
        try:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise Refused("link")
            if state.st_size > MOST_SEALED:
                raise Refused("too_big")
            with os.fdopen(handle, "rb", closefd=False) as file:
                return file.read(MOST_SEALED + 1)
        except OSError:
            raise Refused("unreadable") from None
        finally:
            os.close(handle)


def _is_named(name: str) -> bool:
    return name.endswith(_ENDING) and _OURS.fullmatch(name.removesuffix(_ENDING)) is not None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network folders cannot
            raise
    finally:
        os.close(handle)


@contextmanager
def _told(path: Path, otherwise: str = "circle_folder_closed") -> Iterator[None]:
    try:
        yield
        return
    except OSError as error:
        full = error.errno in NO_ROOM
        gone = isinstance(error, FileNotFoundError | NotADirectoryError)
    if otherwise == "circle_folder_closed":  # there is something in it, or there was
        otherwise = "circle_folder_full" if full else "circle_folder_gone" if gone else otherwise
    elif full:
        otherwise = "disk_full"
    raise Trouble(otherwise, folder=path)

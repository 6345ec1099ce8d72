"""Where the files of the guides stand: several folders, nearest first, and the nearest copy of a file wins.

The folders may be a stranger's. So nothing outside of them is read, no link leads out, and no file is long.
"""

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.guides.fault import Flaw, Refused
from assistant.prompts import builtin_prompts
from assistant.text import clean

FOLDERS = ("witness", "crisis", "model", "carry")
"""The folders beside the guides: what a group adds to the guard, its help lines, what a language model is told."""
LONGEST = 64 * 1024
"""Bytes a file may hold: some twenty pages, where the longest question fills half of one."""


MOST = 2_000
"""How many files a prompts folder may hold; the built-in one holds some hundreds."""
DEEPEST = 6
"""How many folders may stand in each other."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file that was found."""

    path: Path
    """Where it stands."""
    builtin: bool
    """Whether it came with Vidne; anything else may be a stranger's."""
    text: str
    """What it says, safe to show."""


class Shelf:
    """The prompts folders as one."""

    def __init__(self, folders: Sequence[Path], unsaved: Mapping[str, str] | None = None) -> None:
        """Look in `folders`, the nearest first; `unsaved` are texts by name that stand before them all."""
        builtin = builtin_prompts()
        self._unsaved = {name: clean(text) for name, text in (unsaved or {}).items()}
        self._held: dict[str, Page] = {}
        self._folders = [(folder.resolve(), folder.resolve() == builtin) for folder in folders]

    def find(self, name: str) -> Page | None:
        """Give the nearest copy of the file `name`, such as `weekly/da/notice.md`; None where there is none.

        Raises:
            Refused: when the file leads out of its folder, is none, is too long, or holds what is no text.
        """
        if name in self._held:
            return self._held[name]
        if name in self._unsaved:
            return Page(self._folders[0][0] / name, False, self._unsaved[name])
        for folder, builtin in self._folders:
            path = folder / name
            try:
                if os.path.lexists(path):
                    return Page(path, builtin, read(path, folder))
            except OSError as error:
                raise Refused(Flaw("unreadable", {"error": error.strerror or type(error).__name__}), path) from None
        return None

    def names(self, place: str = "") -> list[str]:
        """Give the names of what stands in `place`, of all folders together; hidden files are nobody's prompts.

        A folder that may not be listed adds none: `find` says so as soon as one of its files is wanted.
        """
        found = {name for folder, _ in self._folders for name in _listed(folder / place, folder)}
        within = place.split("/") if place else []
        unsaved = (name.split("/") for name in (*self._unsaved, *self._held))
        found |= {name[len(within)] for name in unsaved if name[: len(within)] == within and len(name) > len(within)}
        return sorted(name for name in found if not name.startswith("."))

    def is_at_hand(self, name: str) -> bool:
        """Say whether the file `name` is there without a look at any folder: it is unsaved, or held."""
        return name in self._held or name in self._unsaved

    def held(self, guide_id: str) -> "Shelf":
        """Give the same shelf with a guide's files as they are now, whatever becomes of them."""
        shelf = Shelf(())
        shelf._folders, shelf._unsaved = self._folders, self._unsaved
        for name in self.files(guide_id):
            with suppress(Refused):
                if page := self.find(name):
                    shelf._held[name] = page
        return shelf

    def path(self, name: str) -> Path:
        """Give where `name` stands, or would stand in the nearest folder, where there is no such file."""
        paths = [folder / name for folder, _ in self._folders]
        if name in self._unsaved:
            return paths[0]
        return next((path for path in paths if path.exists()), paths[0])

    def is_builtin(self, name: str) -> bool:
        """Say whether the nearest copy of `name` came with Vidne."""
        if name in self._unsaved:
            return False
        there = [builtin for folder, builtin in self._folders if (folder / name).exists()]
        return bool(there) and there[0]

    def digest(self, guide_id: str) -> str:
        """Give a fingerprint of a guide's files: it changes when one of them does."""
        total = sha256()
        for name in self.files(guide_id):
            try:
                page = self.find(name)
            except Refused as refused:
                said = refused.flaw.key
            else:
                said = page.text if page else ""
            total.update(sha256(name.encode(errors="replace")).digest() + sha256(said.encode()).digest())
        return total.hexdigest()

    def files(self, guide_id: str) -> list[str]:
        """Give the names of a guide's files: those in its folder, and those in the folders of its languages."""
        found = []
        for name in self.names(guide_id):
            inner = self.names(f"{guide_id}/{name}")
            found += [f"{guide_id}/{name}/{file}" for file in inner] or [f"{guide_id}/{name}"]
        return found


def _listed(place: Path, folder: Path) -> list[str]:
    try:
        return [entry.name for entry in place.iterdir()] if place.resolve().is_relative_to(folder) else []
    except OSError:
        return []


def read(path: Path, folder: Path, longest: int = LONGEST) -> str:
    """Give what a file says, safe to show.

    Raises:
        Refused: when it leads out of `folder`, is no file, is longer than `longest` bytes, or is not plain UTF-8.
        OSError: when it cannot be opened.
    """
    if not path.resolve().is_relative_to(folder):
        raise Refused(Flaw("leaves_folder"), path)
    if not path.is_file():  # a folder, a pipe that would be waited for, a link to nothing
        raise Refused(Flaw("not_a_file", {"name": path.name}), path)
    with path.open("rb") as file:
        raw = file.read(longest + 1)
    if len(raw) > longest:
        raise Refused(Flaw("too_big", {"kilobytes": str(longest // 1024)}), path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_at("not_utf8", raw[: error.start].decode("utf-8-sig", "replace")), path) from None
    if control := _CONTROL.search(text):
        raise Refused(_at("control_sign", text[: control.start()]), path)
    return clean(text)


_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""What no editor writes: control characters, but tabs and the ends of lines and pages."""


def _at(key: str, before: str) -> Flaw:
    return Flaw(key, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))


def walk(folder: Path) -> list[str] | None:
    """Give the names of a folder's files, hidden ones left out; None where there are too many.

    A link is a file, and so is a folder that is called as a text is: whoever reads it is told that it is none.
    """
    found: list[str] = []
    for here, folders, files in os.walk(folder, followlinks=False):
        inside = Path(here).relative_to(folder)
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(".") and name not in links]
        called = [name for name in folders if name.endswith((".md", ".toml"))]
        names = [name for name in [*files, *links, *called] if not name.startswith(".")]
        found += [(inside / name).as_posix() for name in names]
        if len(found) > MOST or len(inside.parts) > DEEPEST or len(folders) > MOST:
            return None
    return sorted(found)

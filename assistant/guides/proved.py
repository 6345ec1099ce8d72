"""The prompts that a sitting goes by: those that came with Vidne and, before them, the group's own, once proved.

What was proved is remembered by a fingerprint of its files, so that only the first start after a change is slow.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.prompts import builtin_prompts
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.guides.guide import Guide
    from assistant.guides.library import Library
    from assistant.messages import Lang, Messages
    from assistant.witness.guard import Guard

BESIDE = ("witness", "crisis", "carry")
"""The folders of a group's own that the guard reads."""


class Proved:
    """A home's prompts in one language, proved as they are asked for."""

    def __init__(self, home: Path, messages: Messages, lang: Lang) -> None:
        """Look for the group's own in the folder `prompts` of `home`; the fingerprints are kept beside it."""
        self._own = home / "prompts"
        self._fingerprints = home / "proved.json"
        self._messages = messages
        self._lang = lang
        self._loaded: tuple[object, Guard] | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """The prompts folders, nearest first, whether proved or not."""
        return (self._own, builtin_prompts()) if self._own.is_dir() else (builtin_prompts(),)

    @property
    def library(self) -> Library:
        """The guides, whether proved or not."""
        from assistant.guides.library import Library  # 60 ms: Jinja, and help lines need none

        return Library(self.folders, self._lang)

    @property
    def guarded(self) -> tuple[Path, ...]:
        """The prompts folders that rules and help lines are read from.

        Raises:
            Trouble: when something is wrong with the group's own.
        """
        folders = self.folders
        if len(folders) > 1 and any((self._own / beside).is_dir() for beside in BESIDE):
            from assistant.guides.proof.guard import digest, proved  # 60 ms, and few groups have any

            now = digest(self._own)
            if self._known.get("guard") != now:
                proved(self._own, self._messages)
                self._keep("guard", now)
        return folders

    def guard(self, folders: tuple[Path, ...] | None = None) -> Guard:
        """Give the guard of those `folders`, or of the `guarded` ones.

        Raises:
            Trouble: when something is wrong with the group's own rules.
        """
        from assistant.witness.guard import Guard

        folders = folders or self.guarded
        read = (folders, self._known.get("guard") if len(folders) > 1 else None)
        if self._loaded is None or self._loaded[0] != read:  # 25 ms, and an hour in the app has many sittings
            self._loaded = (read, Guard.load(folders, self._lang))
        return self._loaded[1]

    def guide(self, guide_id: str) -> Guide:
        """Give a guide; one that a group made its own is proved first, if a file of it changed since it last was.

        Raises:
            Trouble: when there is no such guide, or something is wrong with it.
        """
        library = self.library
        if len(self.folders) > 1:
            name = f"{guide_id}/{self._lang}"
            seen = self._known.get(name)
            if (now := library.proved(guide_id, seen)) != seen:
                self._keep(name, now)
        return library.guide(guide_id)

    def going_on(self, guide_id: str) -> tuple[Library, tuple[Path, ...]]:
        """Give what a sitting goes on with: the group's own texts and rules as they are now, and where something is
        wrong with them since, those that came with Vidne.

        Raises:
            Trouble: when something is wrong with a guide that only the group has.
        """
        from assistant.guides.library import Library

        library, folders = self.library, self.folders[-1:]
        try:
            self.guide(guide_id)
        except Trouble:
            library = Library(self.folders[-1:], self._lang)
            if guide_id not in library.names():
                raise
        with suppress(Trouble):
            folders = self.guarded
        return library, folders

    def held(self, guide_id: str, library: Library | None = None) -> Library:
        """Give the guides for one sitting: a group's own texts as they stand now, whatever is saved meanwhile."""
        library = library or self.library
        return library.held(guide_id) if len(self.folders) > 1 else library

    @property
    def _known(self) -> dict[str, str]:
        try:
            known = json.loads(self._fingerprints.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def _keep(self, name: str, fingerprint: str) -> None:
        with suppress(OSError):  # then it is proved anew the next time
            self._fingerprints.touch(mode=0o600)
            self._fingerprints.write_text(json.dumps({**self._known, name: fingerprint}), "utf-8")

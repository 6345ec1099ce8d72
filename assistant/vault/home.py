"""A home is one private folder; this file makes it, reads what can be read without the key, and overwrites nothing.

A home comes about in an order that survives a kill at any point: the key, then the whole database under another name,
then `home.toml` (from here on the home exists), then the database's own name. The next start takes the last step.
"""

import fcntl
import json
import os
import stat
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, cast, get_args

from assistant.messages import LANGS, Lang
from assistant.trouble import Trouble
from assistant.vault.driver import told

FORMAT = 1
"""The number of this way of keeping a home; a higher one was made by a newer Vidne."""

Protection = Literal["passphrase", "keyring", "key-file"]

_HEAD = """\
# Vidne. Uden denne fil kan dine ord ikke læses igen: lad den ligge.
# Vidne. Without this file your words cannot be read again: leave it here.
"""
_OURS = ("home.toml", "config.toml", "vault.", "prompts", "circle")
"""How the names begin of what may lie in a folder before it becomes a home."""


@dataclass(frozen=True, slots=True)
class Note:
    """What `home.toml` says: enough to ask for the passphrase in the right language and light."""

    lang: Lang
    """The member's language."""
    protection: Protection
    """What keeps the key."""
    key: Mapping[str, str | int] = field(default_factory=dict)
    """What that protection needs to find the key again; nothing in it is secret by itself."""
    theme: str | None = None
    """The look of the screen; None for Vidne's own. It stands here because it is seen before anything is unlocked."""
    country: str | None = None
    """Whose help lines stand first, in two letters; None for the country this computer is in. The member writes it."""


SEEN = ("theme", "country")
"""What a note may say beside what it must."""


@dataclass(frozen=True, slots=True)
class Home:
    """One member's folder."""

    folder: Path
    """Where it is; it need not exist yet."""

    @property
    def note_file(self) -> Path:
        return self.folder / "home.toml"

    @property
    def key_file(self) -> Path:
        return self.folder / "vault.key"

    @property
    def database(self) -> Path:
        return self.folder / "vault.db"

    @property
    def config_file(self) -> Path:
        """What the member has set; it need not exist."""
        return self.folder / "config.toml"

    @property
    def coming(self) -> Path:
        """The database before the home exists."""
        return self.folder / "vault.new"

    @property
    def exists(self) -> bool:
        """Whether something of a member's is here: then nothing is made here any more."""
        return self.note_file.exists() or self.database.exists()

    @property
    def lang(self) -> Lang | None:
        """The member's language; None where it cannot be read, for then something has to be said about that."""
        try:
            return self.read().lang
        except Trouble:
            return None

    @property
    def theme(self) -> str | None:
        """The look of the screen, as it was last; None for Vidne's own."""
        try:
            return self.read().theme
        except Trouble:
            return None

    @property
    def country(self) -> str | None:
        """Whose help lines stand first, if the member said."""
        try:
            return self.read().country
        except Trouble:
            return None

    @property
    def protection(self) -> Protection:
        """What keeps the key."""
        return self.read().protection

    @told
    def read(self) -> Note:
        """Read `home.toml`.

        Raises:
            Trouble: when there is none, it cannot be understood, or a newer Vidne wrote it.
        """
        if not self.note_file.exists():
            raise Trouble("note_missing" if self.database.exists() else "home_missing", folder=self.folder)
        try:
            table = tomllib.loads(self.note_file.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            table = {}
        number = table.get("format")
        if isinstance(number, int) and number > FORMAT:
            raise Trouble("home_newer", folder=self.folder)
        lang, protection, key = table.get("lang"), table.get("protection"), table.get("key", {})
        sound = lang in LANGS and protection in get_args(Protection) and isinstance(key, dict)
        if number != FORMAT or not sound:
            raise Trouble("note_damaged", file=self.note_file)
        seen = {name: table[name] for name in SEEN if isinstance(table.get(name), str)}
        return Note(cast(Lang, lang), cast(Protection, protection), key, **seen)

    def write(self, note: Note) -> None:
        """Write `home.toml` whole, in place of the one before."""
        top = {"format": FORMAT, "lang": note.lang, "protection": note.protection}
        top.update({name: value for name in SEEN if (value := getattr(note, name))})
        lines = [f"{name} = {json.dumps(value)}" for name, value in top.items()]  # JSON's strings are TOML's
        lines += ["", "[key]", *(f"{name} = {json.dumps(value)}" for name, value in note.key.items())]
        write_private(self.note_file, (_HEAD + "\n".join(lines) + "\n").encode())

    def write_lang(self, lang: Lang) -> None:
        """Write the member's language into `home.toml`, if it is another one."""
        self._rewrite(lang=lang)

    @told
    def write_theme(self, theme: str) -> None:
        """Write the look of the screen into `home.toml`, if it is another one."""
        self._rewrite(theme=theme)

    def _rewrite(self, **changed: str) -> None:
        with self.locked():
            note = self.read()
            if (changes := replace(note, **changed)) != note:
                self.write(changes)

    def make_folder(self) -> None:
        """Make the folder, for its owner only.

        Raises:
            Trouble: when it holds other people's things and can be read by others: closing it could lock them out.
        """
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.folder.mkdir(0o700)
        except FileExistsError:
            shared = stat.S_IMODE(self.folder.stat().st_mode) & 0o077
            if shared and any(not path.name.startswith(_OURS) for path in self.folder.iterdir()):
                raise Trouble("folder_shared", folder=self.folder) from None
        self.folder.chmod(0o700)

    def close_to_others(self) -> None:
        """Take from others what a copy or a restored backup may have let them read."""
        for path in (self.folder, self.note_file, *self.folder.glob("config.toml"), *self.folder.glob("vault.*")):
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & 0o077:
                with suppress(OSError):  # on a disk that is only read, or where it is somebody else's, it stays
                    path.chmod(mode & 0o700)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one process at a time make, finish or change the home; a kill lets go."""
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def clear_coming(self) -> None:
        """Remove what a killed creation left, and make an empty private file for the database to come."""
        for name in ("", "-wal", "-shm", "-journal"):
            self.coming.with_name(self.coming.name + name).unlink(missing_ok=True)
        os.close(_create_private(self.coming))

    def settle(self) -> None:
        """Give the database its own name, if a kill came before that.

        Raises:
            Trouble: when there is no database.
        """
        if self.database.exists():
            return
        with self.locked():
            if self.database.exists():
                return
            if not self.coming.exists():
                raise Trouble("vault_missing", file=self.database)
            self.coming.rename(self.database)
            sync(self.folder)


@told
def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read: whole, or not at all."""
    coming = path.with_name(path.name + ".new")
    coming.unlink(missing_ok=True)
    with open(_create_private(coming), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    coming.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Bring a file, or a folder's list of names, to the disk itself."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _create_private(path: Path) -> int:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.fchmod(handle, 0o600)  # a strict umask takes bits from the owner too
    return handle

"""What keeps the data key: a passphrase that wraps it, the system's keyring, or a file. None stands in for another.

The key is 32 random bytes and never changes; a protection only decides how it is found again. `home.toml` holds what
each needs for that, and nothing that opens the vault by itself.
"""

import os
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from assistant.text import is_blank
from assistant.trouble import Trouble
from assistant.vault.home import Home, Note, Protection, write_private

KEY_BYTES = 32
_SERVICE = "vidne"
_BOUND_TO = b"vidne data key 1"
# RFC 9106's second recommended choice: 64 MiB, three passes, four lanes; 0.1 s here.
_COST = {"memory_kib": 65536, "passes": 3, "lanes": 4}
_MOST = {"memory_kib": 1 << 21, "passes": 64, "lanes": 64}
"""No home.toml can make an unlocking take more than this."""

LEAST = 12
"""How many characters a new passphrase has at least, white space at its ends not counted; an old one stays as it is."""
DIFFERENT = 5
"""How many different ones are among them at least."""

Table = dict[str, str | int]


def must_be_hard_to_guess(words: str) -> None:
    """Look at a new passphrase.

    Raises:
        Trouble: when it is so short, or so much of the same, that whoever has a copy of the home finds it by trying.
    """
    if is_blank(words):
        raise Trouble("passphrase_blank")
    if len(words.strip()) < LEAST or len(set(words)) < DIFFERENT:
        raise Trouble("passphrase_short", least=LEAST)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A 0600 file beside the database. It protects a copied database, not this computer."""

    name: ClassVar[Protection] = "key-file"

    def new_key(self, home: Home) -> bytes:
        """Give a new key, or the one that a killed creation left: it may belong to a backup."""
        return _read_key_file(home) if home.key_file.exists() else os.urandom(KEY_BYTES)

    def keep(self, home: Home, key: bytes) -> Table:
        """Keep `key`, and give what `home.toml` must say to find it."""
        write_private(home.key_file, key)
        return {}


@dataclass(frozen=True, slots=True)
class Keyring:
    """The system's own keyring: macOS, GNOME, KDE."""

    name: ClassVar[Protection] = "keyring"

    @staticmethod
    def available() -> bool:
        """Say whether this machine has a keyring that keeps what it is given, in cipher."""
        import keyring  # 60 ms: only where one is asked for

        # 1 is keyring's own mark for a backend it recommends; those below keep nothing, or keep it in plain text.
        return keyring.get_keyring().priority >= 1

    def new_key(self, home: Home) -> bytes:
        """Give a new key."""
        return os.urandom(KEY_BYTES)

    def keep(self, home: Home, key: bytes) -> Table:
        """Keep `key`, and give what `home.toml` must say to find it.

        Raises:
            Trouble: when there is no keyring, or it does not give back what it got.
        """
        import keyring  # 60 ms: only where one is asked for
        from keyring.errors import KeyringError

        name = os.urandom(8).hex()
        kept = None
        if self.available():
            try:
                keyring.set_password(_SERVICE, name, key.hex())
                kept = keyring.get_password(_SERVICE, name)
            except KeyringError:
                kept = None
        if kept != key.hex():
            raise Trouble("keyring_missing")
        return {"entry": name}


@dataclass(frozen=True, slots=True)
class Passphrase:
    """Words that only the member knows. Nobody can open the vault without them."""

    name: ClassVar[Protection] = "passphrase"
    words: str = field(repr=False)
    """The passphrase as it was typed."""

    def new_key(self, home: Home) -> bytes:
        """Give a new key."""
        return os.urandom(KEY_BYTES)

    def keep(self, home: Home, key: bytes) -> Table:
        """Wrap `key`, and give what `home.toml` must say to unwrap it.

        Raises:
            Trouble: when the passphrase is blank.
        """
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # 20 ms: only with a passphrase

        if is_blank(self.words):
            raise Trouble("passphrase_blank")
        salt, nonce = os.urandom(16), os.urandom(12)
        wrapped = ChaCha20Poly1305(_derive(self.words, salt, _COST)).encrypt(nonce, key, _BOUND_TO)
        return {"salt": salt.hex(), **_COST, "nonce": nonce.hex(), "wrapped": wrapped.hex()}


AnyProtection = KeyFile | Keyring | Passphrase


def fetch(home: Home, note: Note, passphrase: Callable[[], str] | None) -> bytes:
    """Find the key of an existing home.

    Raises:
        Trouble: when it is not there, or the passphrase does not fit; nothing is changed then.
    """
    if note.protection == "key-file":
        return _read_key_file(home)
    if note.protection == "keyring":
        return _from_keyring(home, note.key)
    if passphrase is None:
        raise Trouble("passphrase_needs_terminal")
    return _unwrap(home, note.key, passphrase())


def forget(home: Home, note: Note, key: bytes) -> None:
    """Remove what an earlier protection kept, once another one has the key."""
    if note.protection == "keyring":
        import contextlib

        import keyring  # 60 ms: only where one was used
        from keyring.errors import KeyringError

        with contextlib.suppress(KeyringError):
            keyring.delete_password(_SERVICE, str(note.key.get("entry")))
    elif note.protection == "key-file" and home.key_file.exists() and home.key_file.read_bytes() == key:
        home.key_file.unlink()


def _read_key_file(home: Home) -> bytes:
    if not home.key_file.exists():
        raise Trouble("key_missing", file=home.key_file)
    key = home.key_file.read_bytes()
    if len(key) != KEY_BYTES:
        raise Trouble("key_damaged", file=home.key_file)
    return key


def _from_keyring(home: Home, table: Mapping[str, str | int]) -> bytes:
    import keyring  # 60 ms: only where one is used
    from keyring.errors import KeyringError

    try:
        kept = keyring.get_password(_SERVICE, str(table.get("entry")))
    except KeyringError:
        raise Trouble("keyring_closed") from None
    if kept is None:
        raise Trouble("keyring_lost")
    return _bytes(home, kept, KEY_BYTES)


def _unwrap(home: Home, table: Mapping[str, str | int], words: str) -> bytes:
    from cryptography.exceptions import InvalidTag  # 20 ms: only with a passphrase
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    cost = {name: table.get(name) for name in _COST}
    if not all(isinstance(number, int) and 0 < number <= _MOST[name] for name, number in cost.items()):
        raise Trouble("note_damaged", file=home.note_file)
    salt, nonce = _bytes(home, table.get("salt"), 16), _bytes(home, table.get("nonce"), 12)
    wrapped = _bytes(home, table.get("wrapped"), KEY_BYTES + 16)
    try:
        return ChaCha20Poly1305(_derive(words, salt, cost)).decrypt(nonce, wrapped, _BOUND_TO)
    except InvalidTag:
        raise Trouble("passphrase_wrong") from None


def _derive(words: str, salt: bytes, cost: Mapping[str, int]) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=salt, length=32, iterations=cost["passes"], lanes=cost["lanes"], memory_cost=cost["memory_kib"])
    # Keyboards differ in how they put å together.
    return kdf.derive(unicodedata.normalize("NFC", words).encode("utf-8", "surrogatepass"))


def _bytes(home: Home, value: object, length: int) -> bytes:
    try:
        found = bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError:
        found = b""
    if len(found) != length:
        raise Trouble("note_damaged", file=home.note_file)
    return found

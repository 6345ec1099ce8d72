"""Every connection to a vault is made here, and every error of the database becomes a sentence here.

What SQLite says may quote what a member wrote or searched for, so none of it goes further: not as text, not as
`__context__`.
"""

import functools
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

from sqlcipher3 import dbapi2 as sqlcipher

from assistant.trouble import NO_ROOM, Trouble

Connection = sqlcipher.Connection

PATIENCE = 5.0
"""Seconds to wait for another window that is writing; a turn takes a few milliseconds."""

_INDEX = 32_768
"""Bytes of the index that SQLite keeps beside an open database."""

_PRAGMAS = (
    "PRAGMA temp_store = MEMORY",  # a sort must not spill words into a file
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",  # on macOS a plain fsync leaves the words in the drive's cache
)

_SENTENCES = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_BUSY": "vault_busy",
    "SQLITE_LOCKED": "vault_busy",
    "SQLITE_READONLY": "vault_unwritable",
    "SQLITE_CANTOPEN": "vault_unwritable",
    "SQLITE_PERM": "vault_unwritable",
    "SQLITE_NOTADB": "vault_damaged",
    "SQLITE_CORRUPT": "vault_damaged",
    "SQLITE_ERROR": "vault_damaged",  # our statements are fixed: only a broken schema makes one fail
}
"""SQLite's name for what went wrong, without what follows its second underscore, to a sentence under `trouble`."""

P = ParamSpec("P")
T = TypeVar("T")


def told(act: Callable[P, T]) -> Callable[P, T]:
    """Make a function raise `Trouble`, and nothing that carries words, where the disk or the database fails."""

    @functools.wraps(act)
    def telling(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return act(*args, **kwargs)
        except sqlcipher.Error as error:
            trouble = _of_database(error)
        except UnicodeError:  # it holds the whole text; `clean()` lets none through that could raise it
            trouble = Trouble("not_text")
        except OSError as error:
            trouble = _of_files(error)
        raise trouble  # out here, so that the error stays behind

    return telling


def _of_database(error: sqlcipher.Error) -> Trouble:
    name = "_".join((getattr(error, "sqlite_errorname", None) or "").split("_")[:2])
    return Trouble(_SENTENCES.get(name, "disk_failed"))


def _of_files(error: OSError) -> Trouble:
    if error.errno in NO_ROOM:
        return Trouble("disk_full")
    return Trouble("home_unwritable", folder=error.filename or "")


def connect(database: Path, key: bytes) -> Connection:
    """Open an existing file with its raw 32-byte key, ready to write safely; or only to read, where nothing may be
    written beside it.

    Raises:
        sqlcipher3.dbapi2.Error: when the file cannot be opened or read with this key; nothing is changed then.
    """
    # Nothing of a crash may land in a file: it would hold the key and the words.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = _unlock(database, _way_in(database, key), key)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection


def _way_in(database: Path, key: bytes) -> str:
    """Try the file, and give how it can be opened."""
    # For reading only: a connection that may write brings what waits beside the database into it as it closes, and
    # throws away what waited, also where the database turns out to be something else.
    try:
        _unlock(database, "mode=ro", key).close()
    except sqlcipher.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_IOERR":
            _must_have_room(database.parent)  # SQLite does not say that its index beside the database found none
        # Without its index SQLite reads only what never changes: so it is where nothing waits, for nobody has it open.
        closed = error.sqlite_errorname in ("SQLITE_CANTOPEN", "SQLITE_READONLY")
        if closed and not database.with_name(f"{database.name}-wal").exists():
            return "mode=ro&immutable=1"
        raise
    return "mode=rw"


def _unlock(database: Path, way: str, key: bytes) -> Connection:
    place = f"{database.absolute().as_uri()}?{way}"
    connection = sqlcipher.connect(place, PATIENCE, isolation_level=None, uri=True)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write over the screen
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_schema")  # the key is tried only at the first read
    except BaseException:
        connection.close()
        raise
    return connection


def _must_have_room(folder: Path) -> None:
    """Raise `OSError` where not even SQLite's index would find room."""
    from tempfile import TemporaryFile  # 10 ms, and only where something is wrong

    with TemporaryFile(dir=folder) as file:
        file.write(bytes(_INDEX))


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Do all of what is inside, or nothing of it; wait for the other window first rather than fail half-way."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def sweep(connection: Connection) -> bool:
    """Write every page anew and empty the file beside the database; say whether that could be done.

    `secure_delete` blanks what is deleted, but a page that SQLite rebuilds while it balances a tree may keep what it
    held in its unused middle: one random history in 300 did.
    """
    try:
        connection.execute("VACUUM")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlcipher.Error:
        return False
    return not busy

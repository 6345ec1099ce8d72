"""A member's own room: what was kept stays as it was, and nothing is called kept before the disk has it.

Turns are only ever added; a correction is a new turn. The one thing that takes words away is `forget`.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from assistant.guides.turn import Turn
from assistant.messages import Lang
from assistant.trouble import Trouble
from assistant.vault import keys, migrations
from assistant.vault.driver import Connection, connect, sweep, told, transaction
from assistant.vault.home import Home, Note

if TYPE_CHECKING:
    from assistant.vault.circles import Circles
    from assistant.vault.search import Found, Lemmas


EARLIEST = date(2025, 1, 1)
"""No member's year began before this, for Vidne was not written yet: a computer's clock that said so was wrong."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the vault belongs to."""

    name: str | None
    """What the member wants to be called."""
    lang: Lang
    """The language the member is asked in."""
    began: date
    """When the member's year began; months are counted from it."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One time a guide was sat down with."""

    id: int
    guide: str
    """The guide's id."""
    began: datetime
    """When, in local time with its zone."""
    finished: bool
    """Whether it came to its end."""
    plan: tuple[str, ...]
    """The steps it asks, in order, as they were when it began."""
    facts: Mapping[str, Any]
    """What its questions were made from, as it was when it began."""
    words: int
    """How many words the member wrote in it."""


BETWEEN = "\x1e"
"""What stands in the database between the two parts of a draft: no text holds one, once it was cleaned."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer half written."""

    step: str
    """The step it answers."""
    text: str
    own: str = ""
    """The member's own wording for what was said back, half written beside it."""


@dataclass(frozen=True, slots=True)
class Sending:
    """Something about the language model that is written down: that it happened, and not a word of what was sent."""

    at: datetime
    """When, in local time with its zone."""
    what: Literal["on", "off", "asked"]
    """The member turned the model on, turned it off, or it was asked."""
    receiver: str
    """Who got it, or would have."""


_SITTING = """
    SELECT id, guide, began,
        EXISTS (SELECT 1 FROM turns WHERE sitting = sittings.id AND kind = 'finished') AS finished,
        plan, facts,
        (SELECT coalesce(sum(words), 0) FROM turns WHERE sitting = sittings.id) AS words
    FROM sittings
"""


class Vault:
    """An open vault, for one thread; a context manager that closes it."""

    def __init__(self, home: Home, key: bytes, connection: Connection) -> None:
        self._home = home
        self._key = key
        self._connection = connection

    @classmethod
    @told
    def create(cls, home: Home, profile: Profile, protection: keys.AnyProtection) -> "Vault":
        """Make a home and its vault, and open it.

        Raises:
            Trouble: when something is there already, or it cannot be made; a half-made home is no home.
        """
        home.make_folder()
        with home.locked():
            if home.exists:
                raise Trouble("home_exists", folder=home.folder)
            key = protection.new_key(home)
            note = Note(profile.lang, protection.name, protection.keep(home, key))
            home.clear_coming()
            connection = connect(home.coming, key)
            try:
                migrations.apply(connection, migrations.STEPS)
                _keep_profile(connection, profile)
                connection.execute("PRAGMA journal_mode = WAL")  # last: until here all of it is in the one file
            finally:
                connection.close()
            home.write(note)
        home.settle()
        return cls(home, key, connect(home.database, key))

    @classmethod
    @told
    def open(cls, home: Home, passphrase: Callable[[], str] | None = None) -> "Vault":
        """Open the vault of a home; `passphrase` is called once, if the vault has one.

        Raises:
            Trouble: when it cannot be opened; nothing is changed then.
        """
        note = home.read()
        home.settle()
        # SQLite takes an empty file for a new database, and throws away what waits in the file beside it.
        if not home.database.stat().st_size:
            raise Trouble("vault_damaged")
        key = keys.fetch(home, note, passphrase)
        home.close_to_others()
        connection = connect(home.database, key)
        try:
            _bring_up_to_date(home, connection)
        except BaseException:
            connection.close()
            raise
        if note.protection != "key-file":
            keys.forget(home, Note(note.lang, "key-file"), key)  # left by a kill in `protect`
        return cls(home, key, connection)

    @told
    def protect(self, protection: keys.AnyProtection) -> None:
        """Let something else keep the key, or another passphrase; the words are not touched.

        Raises:
            Trouble: when it cannot be done; what kept the key keeps it still.
        """
        with self._home.locked():
            before = self._home.read()
            kept = protection.keep(self._home, self._key)
            self._home.write(replace(before, protection=protection.name, key=kept))
            if before.protection != protection.name or before.protection == "keyring":
                keys.forget(self._home, before, self._key)

    def close(self) -> None:
        """Close it; nothing waits to be written."""
        self._connection.close()

    def __enter__(self) -> "Vault":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # The member

    @property
    @told
    def profile(self) -> Profile:
        """Who the vault belongs to."""
        name, lang, began = self._one("SELECT name, lang, began FROM member")
        return Profile(name, lang, date.fromisoformat(began))

    @told
    def keep_profile(self, profile: Profile) -> None:
        """Keep who the vault belongs to, in place of what was kept before."""
        _keep_profile(self._connection, profile)
        self._home.write_lang(profile.lang)

    # Sittings

    @told
    def begin(self, guide: str, at: datetime, plan: tuple[str, ...], facts: Mapping[str, Any]) -> int:
        """Begin a sitting and give its id; `facts` is anything that JSON can hold."""
        with transaction(self._connection):
            return self._begin(guide, at, plan, facts)

    @told
    def keep_sitting(
        self, guide: str, at: datetime, plan: tuple[str, ...], facts: Mapping[str, Any], turns: Iterable[Turn]
    ) -> int:
        """Keep a sitting that is over in one breath, and give its id: all of it, or nothing.

        Raises:
            Trouble: when it was not kept.
        """
        with transaction(self._connection):
            sitting = self._begin(guide, at, plan, facts)
            for turn in turns:
                self._keep(sitting, turn)
        return sitting

    @told
    def sitting(self, sitting: int) -> Sitting:
        """Give a sitting by its id."""
        return _sitting(self._one(f"{_SITTING} WHERE id = ?", sitting))

    @told
    def sittings(self, guide: str | None = None) -> tuple[Sitting, ...]:
        """Give every sitting, or every one of a guide; the newest first."""
        rows = self._connection.execute(f"{_SITTING} WHERE ? IS NULL OR guide = ? ORDER BY id DESC", (guide, guide))
        return tuple(_sitting(row) for row in rows)

    @told
    def unfinished(self, guide: str) -> Sitting | None:
        """Give the newest sitting of a guide that was begun in earnest and not ended, if there is one."""
        row = self._connection.execute(
            f"""{_SITTING} WHERE guide = ? AND NOT finished
                AND (EXISTS (SELECT 1 FROM turns WHERE sitting = sittings.id)
                     OR EXISTS (SELECT 1 FROM drafts WHERE sitting = sittings.id))
                ORDER BY id DESC LIMIT 1""",
            (guide,),
        ).fetchone()
        return _sitting(row) if row else None

    # Turns

    @told
    def keep(self, sitting: int, turn: Turn) -> int:
        """Keep a turn, and give its number: when this returns, a power cut does not take it. Its draft goes with it.

        Raises:
            Trouble: when it was not kept; the draft is then as it was.
        """
        with transaction(self._connection):
            self._write("DELETE FROM drafts WHERE sitting = ?", sitting)
            return self._keep(sitting, turn)

    @told
    def turns(self, sitting: int) -> tuple[Turn, ...]:
        """Give the turns of a sitting, in the order they were kept."""
        rows = self._connection.execute(
            "SELECT kind, step, text, at, asked, how FROM turns WHERE sitting = ? ORDER BY id", (sitting,)
        )
        return tuple(map(_turn, rows))

    @told
    def lines(self, guide: str) -> tuple[tuple[date, Turn], ...]:
        """Give what was written or left in every sitting of a guide, each with the day it is for, in the days' order.

        The day is the fact `day`, where the sitting has one; else the day it began.
        """
        rows = self._connection.execute(
            """SELECT coalesce(json_extract(sittings.facts, '$.day'), substr(sittings.began, 1, 10)) AS day,
                   kind, step, text, at, asked, how
               FROM turns JOIN sittings ON sittings.id = turns.sitting
               WHERE guide = ? AND (kind = 'skipped' OR kind IN (SELECT value FROM json_each(?)) AND text <> '')
               ORDER BY day, turns.id""",
            (guide, json.dumps(migrations.WRITTEN)),
        )
        return tuple((date.fromisoformat(day), _turn(row)) for day, *row in rows)

    @told
    def forget(self, sitting: int, turns: int) -> None:
        """Erase the words of the sitting's last `turns` sealed turns, and its draft, from every file of the home.

        Raises:
            Trouble: `forgotten_in_part` when they are erased, but the files could not be swept: forget them again.
        """
        with transaction(self._connection):
            self._write("DELETE FROM drafts WHERE sitting = ?", sitting)
            self._write(
                """UPDATE turns SET text = '', words = 0 WHERE id IN
                   (SELECT id FROM turns WHERE sitting = ? AND kind = 'sealed' ORDER BY id DESC LIMIT ?)""",
                sitting,
                turns,
            )
        if not sweep(self._connection):
            raise Trouble("forgotten_in_part")

    @told
    def take_out(self, sitting: int, stand: Sequence[Turn]) -> None:
        """Erase what was answered at some steps of a sitting from every file of the home, since something of it was
        taken back; what of each still stands is kept in its place.

        Raises:
            Trouble: `forgotten_in_part` when it is erased, but the files could not be swept: take it out again.
        """
        with transaction(self._connection):
            for turn in stand:
                kept = self._keep(sitting, turn)
                self._write(
                    "UPDATE turns SET text = '', words = 0 WHERE sitting = ? AND step = ? AND text <> '' AND id < ?",
                    *(sitting, turn.step, kept),
                )
        if not sweep(self._connection):
            raise Trouble("forgotten_in_part")

    # Drafts

    @told
    def keep_draft(self, sitting: int, step: str, text: str, own: str = "") -> None:
        """Keep a half-written answer, in place of the one before: a kill does not take it, a power cut might."""
        self._connection.execute("PRAGMA synchronous = NORMAL")
        try:
            with transaction(self._connection):
                self._write("DELETE FROM drafts WHERE sitting = ?", sitting)
                if text or own:
                    both = text + BETWEEN + own if own else text
                    self._write("INSERT INTO drafts (sitting, step, text) VALUES (?, ?, ?)", sitting, step, both)
        finally:
            self._connection.execute("PRAGMA synchronous = FULL")

    @told
    def draft(self, sitting: int) -> Draft | None:
        """Give the half-written answer of a sitting, if there is one."""
        row = self._connection.execute("SELECT step, text FROM drafts WHERE sitting = ?", (sitting,)).fetchone()
        return Draft(row[0], *row[1].split(BETWEEN, 1)) if row else None

    # What was sent

    @told
    def note_sending(self, sending: Sending) -> None:
        """Write down that the language model was turned on or off, or asked."""
        row = (sending.at.isoformat(), sending.what, sending.receiver)
        with transaction(self._connection):
            self._write("INSERT INTO sendings (at, what, receiver) VALUES (?, ?, ?)", *row)

    @told
    def sendings(self) -> tuple[Sending, ...]:
        """Give what was written down about the language model, oldest first."""
        rows = self._connection.execute("SELECT at, what, receiver FROM sendings ORDER BY id")
        return tuple(Sending(datetime.fromisoformat(at), what, receiver) for at, what, receiver in rows)

    # Circles

    @property
    def circles(self) -> "Circles":
        """What is kept of the circles the member belongs to."""
        from assistant.vault.circles import Circles

        return Circles(self._connection)

    # Finding and checking

    @told
    def search(self, words: str, lemmas: "Lemmas | None" = None) -> "tuple[Found, ...]":
        """Find what the member wrote with all of `words` in it, however they are spelled or inflected; newest first.

        `lemmas` gives the dictionary forms of a word; without it, those of Danish and English.
        """
        from assistant.vault import search  # 2 ms: not where something is only written

        return search.search(self._connection, words, lemmas or search.lemmas)

    @told
    def faults(self) -> tuple[str, ...]:
        """Read every page and give what is wrong with it, in SQLite's words; nothing when all is well."""
        self._connection.execute("INSERT INTO found(found, rank) VALUES ('integrity-check', 1)")
        checks = ("PRAGMA cipher_integrity_check", "PRAGMA integrity_check", "PRAGMA foreign_key_check")
        return tuple(str(row[0]) for check in checks for row in self._connection.execute(check) if row[0] != "ok")

    def _begin(self, guide: str, at: datetime, plan: tuple[str, ...], facts: Mapping[str, Any]) -> int:
        row = (guide, at.isoformat(), json.dumps(plan), json.dumps(facts))
        return self._write("INSERT INTO sittings (guide, began, plan, facts) VALUES (?, ?, ?, ?)", *row)

    def _keep(self, sitting: int, turn: Turn) -> int:
        at = turn.at.isoformat() if turn.at else None
        words = len(turn.text.split()) if turn.kind in migrations.WRITTEN else 0
        return self._write(
            "INSERT INTO turns (sitting, kind, step, text, at, asked, how, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(sitting, turn.kind, turn.step, turn.text, at, turn.asked, turn.how, words),
        )

    def _one(self, sql: str, *values: object) -> tuple[Any, ...]:
        return self._connection.execute(sql, values).fetchone()

    def _write(self, sql: str, *values: object) -> int:
        return self._connection.execute(sql, values).lastrowid


def _bring_up_to_date(home: Home, connection: Connection) -> None:
    (taken,) = connection.execute("PRAGMA user_version").fetchone()
    if not taken:
        raise Trouble("vault_damaged")
    if taken > len(migrations.STEPS):
        raise Trouble("home_newer", folder=home.folder)
    if taken < len(migrations.STEPS):
        migrations.apply(connection, migrations.STEPS)


def _keep_profile(connection: Connection, profile: Profile) -> None:
    row = (profile.name, profile.lang, profile.began.isoformat())
    with transaction(connection):
        connection.execute("INSERT OR REPLACE INTO member (id, name, lang, began) VALUES (1, ?, ?, ?)", row)


def _sitting(row: tuple[Any, ...]) -> Sitting:
    id_, guide, began, finished, plan, facts, words = row
    return Sitting(
        id_, guide, datetime.fromisoformat(began), bool(finished), tuple(json.loads(plan)), json.loads(facts), words
    )


def _turn(row: Sequence[Any]) -> Turn:
    kind, step, text, at, asked, how = row
    return Turn(kind, step, text, datetime.fromisoformat(at) if at else None, asked, how)

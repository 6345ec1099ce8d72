"""What a member's own room keeps of the circles they belong to: the seed of their keys, and what they have read there.

Other members' words stand here in cipher like everything else, outside the index that finds the member's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from assistant.trouble import Trouble
from assistant.vault.driver import Connection, sweep, told, transaction


@dataclass(frozen=True, slots=True)
class Belonging:
    """That the member belongs to a circle."""

    circle: str
    """The circle's id."""
    times: int
    """The how-manieth time the member joins it; each time has its own keys."""
    founder: str
    """The founder's key."""
    name: str
    """What the member is called there."""
    group: str
    """The group's name, as it was last seen."""
    folder: str
    """Where the circle's files are; empty for the home's own folder."""
    hosts: tuple[str, ...] = ()
    """What the joining is sealed to, until the member can read who is there."""


class Circles:
    """The circles of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    @told
    def seed(self) -> bytes:
        """The 32 random bytes that this member's keys in every circle are derived from."""
        return self._connection.execute("SELECT seed FROM seeds").fetchone()[0]

    @told
    def belongings(self) -> tuple[Belonging, ...]:
        """Give the circles that the member is in, in the order they were joined."""
        rows = self._connection.execute(
            """SELECT circle, times, founder, name, "group", folder, hosts FROM circles
               WHERE NOT gone ORDER BY rowid"""
        )
        return tuple(Belonging(*row[:-1], tuple(json.loads(row[-1]))) for row in rows)

    @property
    @told
    def ever(self) -> bool:
        """Whether the member is in a circle, or was."""
        return bool(self._connection.execute("SELECT EXISTS (SELECT 1 FROM circles)").fetchone()[0])

    @told
    def times(self, circle: str) -> int:
        """Give how often the member has been in a circle."""
        return self._connection.execute("SELECT count(*) FROM circles WHERE circle = ?", (circle,)).fetchone()[0]

    @told
    def move(self, circle: str, folder: str) -> None:
        """Remember where a circle's files are from here on."""
        with transaction(self._connection):
            self._connection.execute("UPDATE circles SET folder = ? WHERE circle = ? AND NOT gone", (folder, circle))

    def room(self, circle: str) -> Room:
        """Give what is kept of one circle."""
        return Room(self._connection, circle)


class Room:
    """What is kept of one circle."""

    def __init__(self, connection: Connection, circle: str) -> None:
        self._connection = connection
        self._circle = circle

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let one window write at a time: all of it is kept, or nothing.

        Raises:
            Trouble: when it was not kept.
        """
        self._begin()
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._commit()

    @told
    def _begin(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    @told
    def _commit(self) -> None:
        try:
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise

    @told
    def enter(self, belonging: Belonging) -> None:
        """Keep that the member belongs to this circle."""
        self._connection.execute(
            """INSERT INTO circles (circle, times, founder, name, "group", folder, hosts, gone)
               VALUES (?, ?, ?, ?, ?, ?, ?, 0)""",
            (
                self._circle,
                belonging.times,
                belonging.founder,
                belonging.name,
                belonging.group,
                belonging.folder,
                json.dumps(belonging.hosts),
            ),
        )

    @told
    def rename(self, group: str) -> None:
        """Keep the group's name as it is now."""
        self._connection.execute('UPDATE circles SET "group" = ? WHERE circle = ?', (group, self._circle))

    @told
    def items(self) -> Sequence[tuple[Any, ...]]:
        """Give every item: id, author, sequence, lamport, kind, content, signature, whom it has reached."""
        return self._connection.execute(
            """SELECT id, author, sequence, lamport, kind, content, signature, reached FROM circle_items
               WHERE circle = ?""",
            (self._circle,),
        ).fetchall()

    @told
    def files(self) -> dict[str, tuple[str | None, str | None]]:
        """Give each file that has been read, by its hash: the item in it, or the reason against it."""
        rows = self._connection.execute("SELECT name, item, reason FROM circle_files WHERE circle = ?", (self._circle,))
        return {name: (item, reason) for name, item, reason in rows}

    @told
    def keep_item(self, kept: Sequence[Any]) -> None:
        """Keep an item, unless another window has."""
        row = (self._circle, *kept)
        self._connection.execute("INSERT OR IGNORE INTO circle_items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    @told
    def keep_file(self, name: str, item: str | None, reason: str | None) -> None:
        """Keep what was found in a file."""
        self._connection.execute(
            "INSERT OR REPLACE INTO circle_files VALUES (?, ?, ?, ?)", (self._circle, name, item, reason)
        )

    @told
    def reach(self, item: str, reached: str) -> None:
        """Keep whom an item has been sealed to."""
        self._connection.execute(
            "UPDATE circle_items SET reached = ? WHERE circle = ? AND id = ?", (reached, self._circle, item)
        )

    @told
    def erase(self, items: Iterable[str]) -> None:
        """Erase the words of items from every file of the home, and sweep again where that failed; that they were
        there stays.

        Raises:
            Trouble: `forgotten_in_part` when they are erased, but the files could not be swept.
        """
        with transaction(self._connection):
            self._connection.executemany(
                "UPDATE circle_items SET content = X'', signature = '' WHERE circle = ? AND id = ?",
                [(self._circle, item) for item in items],
            )
        self._sweep()
        with transaction(self._connection):
            self._connection.execute(
                "UPDATE circle_items SET content = NULL WHERE circle = ? AND content = X''", (self._circle,)
            )

    @told
    def forget(self) -> None:
        """Erase everything of this circle, but that the member was there.

        Raises:
            Trouble: `forgotten_in_part` when it is erased, but the files could not be swept.
        """
        with transaction(self._connection):
            for table in ("circle_items", "circle_files"):
                self._connection.execute(f"DELETE FROM {table} WHERE circle = ?", (self._circle,))
            self._connection.execute(
                """UPDATE circles SET gone = 1, name = '', "group" = '', folder = '', hosts = '[]' WHERE circle = ?""",
                (self._circle,),
            )
        self._sweep()

    def _sweep(self) -> None:
        if not sweep(self._connection):
            raise Trouble("forgotten_in_part")

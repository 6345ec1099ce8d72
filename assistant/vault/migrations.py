"""The shape of a vault, one step at a time. A step that has been released never changes; a new shape is a new step.

Triggers are no part of a step: a step that transforms a table drops them, and words that were erased would stay
findable. They are made again after every run.
"""

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.vault.driver import Connection, transaction

if TYPE_CHECKING:
    from sqlite_utils import Database

WRITTEN = ("answered", "corrected", "free", "sealed", "stands")
"""The kinds of turn that hold what a member wrote: these are found again."""


def first(db: "Database") -> None:
    """A member, sittings, what happened in them, half-written answers, and an index over what was written."""
    db["member"].create({"id": int, "name": str, "lang": str, "began": str}, pk="id", not_null={"lang", "began"})
    db["sittings"].create(
        {"id": int, "guide": str, "began": str, "plan": str, "facts": str},
        pk="id",
        not_null={"guide", "began", "plan", "facts"},
    )
    db["turns"].create(
        {
            "id": int,
            "sitting": int,
            "kind": str,
            "step": str,
            "text": str,
            "at": str,
            "asked": str,
            "how": str,
            "words": int,
        },
        pk="id",
        foreign_keys=[("sitting", "sittings", "id")],
        not_null={"sitting", "kind", "step", "text", "asked", "how", "words"},
    )
    db["turns"].create_index(["sitting", "kind", "words"])  # what a list of sittings shows, without reading a text
    db["drafts"].create(
        {"sitting": int, "step": str, "text": str},
        pk="sitting",
        foreign_keys=[("sitting", "sittings", "id")],
        not_null={"step", "text"},
    )
    kinds = ", ".join(f"'{kind}'" for kind in WRITTEN)
    db.execute(f"CREATE VIEW written AS SELECT id, text FROM turns WHERE kind IN ({kinds}) AND text <> ''")
    # å is a letter of its own: gar is not går.
    db.execute(
        "CREATE VIRTUAL TABLE found USING fts5"
        "(text, content = 'written', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0')"
    )
    db.execute("INSERT INTO found(found, rank) VALUES ('secure-delete', 1)")


def sendings(db: "Database") -> None:
    """When the member turned the language model on or off, and when it was asked: without a word of what was sent."""
    db["sendings"].create(
        {"id": int, "at": str, "what": str, "receiver": str}, pk="id", not_null={"at", "what", "receiver"}
    )


def circles(db: "Database") -> None:
    """The circles a member belongs to, what was read there, and the seed that the keys in each are derived from."""
    db["seeds"].create({"id": int, "seed": bytes}, pk="id", not_null={"seed"})
    db["seeds"].insert({"id": 1, "seed": os.urandom(32)})
    db["circles"].create(
        {
            "circle": str,
            "times": int,
            "founder": str,
            "name": str,
            "group": str,
            "folder": str,
            "hosts": str,
            "gone": int,
        },
        pk=("circle", "times"),
        not_null={"founder", "name", "group", "folder", "hosts", "gone"},
    )
    db["circle_items"].create(
        {
            "circle": str,
            "id": str,
            "author": str,
            "sequence": int,
            "lamport": int,
            "kind": str,
            "content": bytes,
            "signature": str,
            "reached": str,
        },
        pk=("circle", "id"),
        not_null={"author", "sequence", "lamport", "kind", "signature", "reached"},
    )
    db["circle_files"].create({"circle": str, "name": str, "item": str, "reason": str}, pk=("circle", "name"))


def taken_back(db: "Database") -> None:
    """What was typed for a group and is taken back there may be erased; what still stands of it is found again."""
    kinds = ", ".join(f"'{kind}'" for kind in WRITTEN)
    db.execute("DROP VIEW written")
    db.execute(f"CREATE VIEW written AS SELECT id, text FROM turns WHERE kind IN ({kinds}) AND text <> ''")


STEPS: tuple[Callable[["Database"], None], ...] = (first, sendings, circles, taken_back)
"""Every step there has been, oldest first. A vault's `user_version` says how many it has taken."""

_KINDS = ", ".join(f"'{kind}'" for kind in WRITTEN)
_TRIGGERS = {
    "turn_found": f"AFTER INSERT ON turns WHEN NEW.kind IN ({_KINDS}) AND NEW.text <> ''"
    " BEGIN INSERT INTO found(rowid, text) VALUES (NEW.id, NEW.text); END",
    "turn_forgotten": f"AFTER UPDATE OF text ON turns WHEN OLD.kind IN ({_KINDS}) AND OLD.text <> ''"
    " BEGIN INSERT INTO found(found, rowid, text) VALUES ('delete', OLD.id, OLD.text); END",
    "turn_stays": "BEFORE DELETE ON turns BEGIN SELECT RAISE(ABORT, 'turns are only ever added'); END",
    "turn_unchanged": "BEFORE UPDATE ON turns WHEN NEW.text <> '' OR NEW.words <> 0 OR (OLD.kind <> 'sealed' AND NOT"
    " EXISTS (SELECT 1 FROM turns WHERE sitting = OLD.sitting AND step = OLD.step AND kind = 'stands' AND id > OLD.id))"
    " BEGIN SELECT RAISE(ABORT, 'turns are only ever added'); END",
}
"""What keeps the index true, and the turns append-only but for what a member erases."""


def apply(connection: Connection, steps: Sequence[Callable[["Database"], None]]) -> None:
    """Bring a vault to the shape that `steps` give it: wholly, or not at all.

    Raises:
        sqlcipher3.dbapi2.Error: when a step cannot be taken; the vault is then as it was.
    """
    # 75 ms of import: only when a vault is made, or is behind.
    import sys

    import sqlcipher3

    # sqlite-utils takes its errors from whichever SQLite it finds; they must be those of the one that is used.
    sys.modules.setdefault("pysqlite3", sqlcipher3)
    sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)
    from sqlite_utils import Database, Migrations

    db = Database(connection)
    migrations = Migrations("vault")
    for number, step in enumerate(steps, 1):
        migrations(name=f"{number} {step.__name__}")(step)
    with transaction(connection):  # it waits for another window, which may be taking the same steps
        for name in _TRIGGERS:
            db.execute(f"DROP TRIGGER IF EXISTS {name}")
        migrations.apply(db)
        for name, rest in _TRIGGERS.items():
            db.execute(f"CREATE TRIGGER {name} {rest}")
        db.execute(f"PRAGMA user_version = {len(steps)}")

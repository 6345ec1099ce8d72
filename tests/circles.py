"""Circles for the tests: members with a vault each and one folder between them."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.circle.charter import Charter, Place
from assistant.circle.circle import Circle
from assistant.circle.folder import Folder
from assistant.circle.invitation import Invitation
from assistant.circle.items import Passage
from assistant.circle.keeper import Kept
from assistant.vault.circles import Belonging
from assistant.vault.home import Home
from assistant.vault.keys import KeyFile
from assistant.vault.vault import Profile, Vault

CIRCLE = "c1" * 16
DAY = date(2026, 3, 2)


def bytes_of(text: str) -> bytes:
    """Give 32 bytes that are the same in every run."""
    return hashlib.sha256(text.encode()).digest()


def charter(*names: str, group: str = "Kredsen", **rest) -> Charter:
    places = tuple(Place(name=name, learning_point=f"{name} lærer", daily_skill="lytte") for name in names)
    return Charter(group=group, lang="da", agreed=DAY, places=places, **rest)


def passage(text: str, month: str = "2026-03") -> Passage:
    return Passage(text=text, month=month, written=DAY)


class Memory:
    """A keeper in memory, for what has nothing to do with the disk."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self.read: dict[str, tuple[str | None, str | None]] = {}

    @contextmanager
    def writing(self):
        yield

    def enter(self, belonging) -> None:
        pass

    def rename(self, group: str) -> None:
        pass

    def items(self):
        return list(self.kept.values())

    def files(self):
        return dict(self.read)

    def keep_item(self, kept: Kept) -> None:
        assert kept.id not in self.kept
        self.kept[kept.id] = kept

    def keep_file(self, name: str, item: str | None, reason: str | None) -> None:
        self.read[name] = (item, reason)

    def reach(self, item: str, reached: str) -> None:
        self.kept[item] = self.kept[item]._replace(reached=reached)

    def erase(self, items) -> None:
        for item in items:
            self.kept[item] = self.kept[item]._replace(content=None, signature="")

    def forget(self) -> None:
        self.kept, self.read = {}, {}


class Group:
    """A circle of members on one machine, each with a home."""

    def __init__(self, place: Path, *names: str, circle: str = CIRCLE, group: str = "Kredsen") -> None:
        """Let the first of `names` found the circle, and the others join one after the other."""
        self.place = place
        self.circle = circle
        self.folder = Folder(place / "shared", private=False)
        self.vaults: dict[str, Vault] = {}
        self.rooms: dict[str, Circle] = {}
        founder, *others = names
        vault = self._vault(founder)
        belonging = Belonging(
            circle, 1, Circle.key_of(vault.circles.seed, circle), founder, group, str(self.folder.path)
        )
        self.rooms[founder] = Circle.found(
            belonging, vault.circles.seed, vault.circles.room(circle), self.folder, charter(*names, group=group)
        )
        for name in others:
            self.join(name, self.rooms[founder].invite(name, bytes_of(name)))
            self.sync()

    def join(self, name: str, invitation: Invitation, times: int = 1) -> Circle:
        vault = self.vaults.get(name) or self._vault(name)
        belonging = Belonging(
            self.circle, times, invitation.founder, name, invitation.group, str(self.folder.path), invitation.hosts
        )
        self.rooms[name] = Circle.join(
            invitation, belonging, vault.circles.seed, vault.circles.room(self.circle), self.folder
        )
        return self.rooms[name]

    def sync(self) -> None:
        """Let everyone sync until nothing more comes."""
        for _ in range(2):
            for room in self.rooms.values():
                room.sync()

    def reopened(self, name: str) -> Circle:
        """Give a member's circle as a new start of Vidne finds it."""
        vault = self.vaults[name]
        belonging = next(one for one in vault.circles.belongings() if one.circle == self.circle)
        return Circle(belonging, vault.circles.seed, vault.circles.room(self.circle), self.folder)

    def moved(self, name: str, place: Path) -> Circle:
        circle = self.reopened(name)
        return Circle(
            replace(circle._belonging, folder=str(place)),
            self.vaults[name].circles.seed,
            circle._ledger.keeper,
            Folder(place, private=False),
        )

    def close(self) -> None:
        for vault in self.vaults.values():
            vault.close()

    def _vault(self, name: str) -> Vault:
        folder = self.place / f"home {name}"
        self.vaults[name] = Vault.create(Home(folder), Profile(name, "da", DAY), KeyFile())
        return self.vaults[name]

"""The circles one member belongs to: each with keys and a folder of its own, and none that knows of another."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.circle.charter import Charter, Place
from assistant.circle.circle import Circle
from assistant.circle.folder import Folder
from assistant.circle.invitation import Invitation
from assistant.text import clean, is_blank
from assistant.trouble import Trouble
from assistant.vault.circles import Belonging

if TYPE_CHECKING:
    from assistant.messages import Lang
    from assistant.vault.home import Home
    from assistant.vault.vault import Vault


MOST_TEXT = 100_000
"""How much of a file an invitation is looked for in."""
_FILE = re.compile(r"(?:\S+|['\"]?(?:[/~.]|\w:\\)[^\n]{,300})\.\w{1,5}['\"]?")
"""What looks like the name of a file."""


class Circles:
    """A member's circles, opened once and then at hand."""

    def __init__(self, home: Home, vault: Vault, chance: Callable[[], bytes]) -> None:
        """Take them from `vault`; `chance` gives 32 bytes that nobody can guess."""
        self._home = home
        self._kept = vault.circles
        self._chance = chance
        self._open: dict[str, Circle] = {}

    def all(self) -> tuple[Circle, ...]:
        """Give the circles, in the order they were joined."""
        belongings = self._kept.belongings()
        self._open = {one.circle: self._open.get(one.circle) or self._circle(one) for one in belongings}
        return tuple(self._open.values())

    def named(self, name: str | None = None) -> Circle:
        """Give the circle of that name, or beginning of an id; without one, the only circle there is.

        Raises:
            Trouble: when there is none, or more than one that is meant.
        """
        circles = self.all()
        if not circles:
            raise Trouble("circle_none")
        if name is not None:
            wanted = name.strip().casefold()
            circles = tuple(one for one in circles if one.name.casefold() == wanted) or tuple(
                one for one in circles if len(wanted) > 3 and one.id.startswith(wanted)
            )
        names = ", ".join(called(circles or self.all()))
        if not circles:
            raise Trouble("circle_no_such", names=names)
        if len(circles) > 1:
            raise Trouble("circle_which", names=names)
        return circles[0]

    def found(self, charter: Charter, name: str, folder: Path | None = None) -> Circle:
        """Make a circle of what was agreed; its founder, this member, is called `name` there.

        Raises:
            Trouble: when it cannot be made.
        """
        circle, name = self._chance()[:16].hex(), clean(name).strip()
        founder = Circle.key_of(self._kept.seed, circle)
        belonging = Belonging(circle, 1, founder, name, charter.group, self._place(folder, circle))
        made = Circle.found(belonging, self._kept.seed, self._kept.room(circle), self._folder(belonging), charter)
        self._open[circle] = made
        return made

    def join(self, text: str, folder: Path | None = None) -> Circle:
        """Come into a circle by an invitation that stands in `text`; the place it was written for names the member.

        Raises:
            Trouble: when the invitation is not whole, has been used, or leads where the member is already.
        """
        invitation = Invitation.read(text)
        circle = invitation.circle
        if inside := next((one for one in self.all() if one.id == circle), None):
            if not inside.overtaken:
                raise Trouble("invitation_inside", group=invitation.group)
            inside.leave(take=True)  # they never came in
        place = _found(invitation, folder)
        belonging = Belonging(
            circle,
            self._kept.times(circle) + 1,
            invitation.founder,
            invitation.ticket.name,
            invitation.group,
            self._place(place, circle),
            invitation.hosts,
        )
        joined = Circle.join(invitation, belonging, self._kept.seed, self._kept.room(circle), self._folder(belonging))
        self._open[circle] = joined
        return joined

    def invite(self, circle: Circle, name: str) -> str:
        """Give an invitation as a text that can be handed to whoever is to join.

        Raises:
            Trouble: when someone of that name is in the circle, or the member cannot see the others yet.
        """
        return str(circle.invite(name, self._chance()))

    def sync(self) -> None:
        """Bring and fetch what is new in every circle; a folder that is away waits."""
        for circle in self.all():
            with suppress(Trouble):
                circle.sync()

    def move(self, circle: Circle, folder: Path) -> Circle:
        """Keep a circle's files in another folder from here on; what this member wrote is brought there.

        Raises:
            Trouble: when that folder cannot be made, or another of the member's circles is there.
        """
        place = self._place(folder, circle.id)
        (belonging,) = (one for one in self._kept.belongings() if one.circle == circle.id)
        moved = replace(belonging, folder=place)
        self._folder(moved).make()
        self._kept.move(circle.id, place)
        self._open[circle.id] = self._circle(moved)
        return self._open[circle.id]

    def _place(self, folder: Path | None, circle: str) -> str:
        """Give a folder as it is kept.

        Raises:
            Trouble: when another circle of this member's is there.
        """
        if folder is None:
            return ""
        place = folder.expanduser().absolute()
        for other in self._kept.belongings():
            if other.circle != circle and other.folder and _same(Path(other.folder), place):
                raise Trouble("circle_folder_taken", folder=place, group=other.group)
        return str(place)

    def _circle(self, belonging: Belonging) -> Circle:
        room = self._kept.room(belonging.circle)
        return Circle(belonging, self._kept.seed, room, self._folder(belonging))

    def _folder(self, belonging: Belonging) -> Folder:
        if belonging.folder:
            return Folder(Path(belonging.folder), private=False)
        return Folder(self._home.folder.absolute() / "circle" / belonging.circle, private=True)


def written_in(written: str) -> str:
    """Give the text that an invitation is looked for in: what stands in the file of that name, else `written` itself.

    A file that was dropped on a terminal has quotation marks around its name, or `\\` before its spaces.

    Raises:
        Trouble: when it looks like the name of a file, and there is none.
    """
    for name in (written, *_unquoted(written)):
        try:
            with Path(name).expanduser().open("rb") as file:
                return file.read(MOST_TEXT).decode("utf-8", "replace")
        except (OSError, ValueError, RuntimeError):
            continue
    if _FILE.fullmatch(written.strip()):
        raise Trouble("no_such_file", file=clean(written.strip()))
    return written


def _unquoted(written: str) -> list[str]:
    try:
        return shlex.split(written)[:1]
    except ValueError:
        return []


def must_be_sound(text: str, folder: Path | None = None) -> None:
    """Raise `Trouble` where the invitation in `text` lets nobody in: before anything is made for whoever has it."""
    invitation = Invitation.read(text)
    if Circle.is_used(invitation, Folder(_found(invitation, folder).expanduser(), private=False)):
        raise Trouble("invitation_used")


def _found(invitation: Invitation, folder: Path | None) -> Path:
    """Give where the circle's folder is on this computer.

    Raises:
        Trouble: when it is not there.
    """
    place = folder or (Path(invitation.folder) if invitation.folder else None)
    if place is None or not place.expanduser().is_dir():
        raise Trouble("invitation_folder", folder=invitation.folder or "…")
    return place


def called(circles: Sequence[Circle]) -> tuple[str, ...]:
    """Give what each is called; where two have one name, with the beginning of its id, which names it too."""
    names = [one.name for one in circles]
    return tuple(f'"{one.name}"' + (f" ({one.id[:6]})" if names.count(one.name) > 1 else "") for one in circles)


def _same(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))


def plain_charter(group: str, lang: Lang, agreed: date, names: Iterable[str]) -> Charter:
    """Give a charter that says no more than who is here.

    Raises:
        Trouble: when a name is blank or too long.
    """
    called = [clean(name).strip() for name in (group, *names)]
    if any(is_blank(name) or len(name) > 200 for name in called):
        raise Trouble("circle_name_blank")
    return Charter(group=called[0], lang=lang, agreed=agreed, places=tuple(Place(name=name) for name in called[1:]))

"""The room's door: everything that others do with a circle goes through `Circle`, and nothing here knows the time.

    circle = Circle.found(belonging, seed, keeper, folder, charter)    a new circle, with its founder in it
    text = circle.invite("Bo", secret)                                 hand it to Bo
    circle = Circle.join(invitation, belonging, seed, keeper, folder)  Bo is in, and is seen when others sync
    item = circle.share(Passage(text=…, month="2026-03", written=…))   also agree, respond, bring, note, hold, …
    circle.withdraw(item.id)                                           gone from view, folder and vault
    news = circle.sync()                                               news.new, news.refused, news.waiting
    circle.view                                                        what screens read: see view.py
    circle.me, circle.admitted                                         who I am here; whether I can see the others yet

What is written is kept in the vault first and put into the folder then; if the folder is not there, the next sync
brings it. Ids, secrets and dates come in as values.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from assistant.circle.charter import Charter
from assistant.circle.envelope import Keys, prove, ticket, unseal
from assistant.circle.folder import Folder
from assistant.circle.invitation import Invitation
from assistant.circle.items import (
    Attendance,
    Item,
    Joining,
    Leaving,
    Meeting,
    Note,
    Pair,
    Passage,
    Pause,
    Refused,
    Response,
    Welcome,
    Withdrawal,
    Word,
)
from assistant.circle.keeper import Belonging, Keeper
from assistant.circle.ledger import Ledger
from assistant.circle.post import Post, Refusal
from assistant.circle.view import Entry, Member, View
from assistant.text import clean, is_blank
from assistant.trouble import Trouble


@dataclass(frozen=True, slots=True)
class News:
    """What a sync brought."""

    new: tuple[Item, ...] = ()
    """What others wrote and I had not seen, in order."""
    refused: tuple[Refusal, ...] = ()
    """What is left out just now."""
    withdrawn: int = 0
    """How many items were taken back since the last time."""
    waiting: int = 0
    """How many of my own items are not in the folder yet."""
    swept: bool = True
    """Whether what was taken back is gone from every byte here; another window may still hold it."""


class Circle:
    """One circle, as one of its members has it."""

    def __init__(self, belonging: Belonging, seed: bytes, keeper: Keeper, folder: Folder) -> None:
        self.id = belonging.circle
        self._belonging = belonging
        self._keys = Keys.derive(seed, belonging.circle, belonging.times)
        self._ledger = Ledger(belonging.circle, self._keys, belonging.founder, keeper)
        self._post = Post(self._ledger, folder, belonging.hosts)

    # Coming in

    @staticmethod
    def key_of(seed: bytes, circle: str, times: int = 1) -> str:
        """Give the key that the owner of `seed` has in `circle`: the founder's must be known before the circle is."""
        return Keys.derive(seed, circle, times).author

    @classmethod
    def found(cls, belonging: Belonging, seed: bytes, keeper: Keeper, folder: Folder, charter: Charter) -> Circle:
        """Make a circle: its founder's joining, and the charter as it was agreed.

        Raises:
            Trouble: when the folder cannot be made, or the name is blank; there is no circle then.
        """
        circle = cls(belonging, seed, keeper, folder)
        joining = circle._joining()
        folder.make()
        with keeper.writing():
            keeper.enter(belonging)
            circle._ledger.write(joining)
            circle._ledger.write(charter)
        circle._post.bring()
        return circle

    @classmethod
    def join(cls, invitation: Invitation, belonging: Belonging, seed: bytes, keeper: Keeper, folder: Folder) -> Circle:
        """Come into a circle by an invitation.

        Raises:
            Trouble: when the invitation has been used, or the folder is not there; nothing is changed then.
        """
        circle = cls(belonging, seed, keeper, folder)
        if cls.is_used(invitation, folder, circle._keys.author):
            raise Trouble("invitation_used")
        proved = prove(invitation.ticket, circle.id, invitation.once, circle._keys.author)
        joining = circle._joining().model_copy(update={"ticket": proved})
        with keeper.writing():
            keeper.enter(belonging)
            circle._ledger.write(joining, after=invitation.ticket.after)
        circle._post.bring()
        return circle

    def _joining(self) -> Joining:
        return Joining(name=_name(self._belonging.name), recipient=self._keys.recipient)

    @staticmethod
    def is_used(invitation: Invitation, folder: Folder, but: str = "") -> bool:
        """Say whether somebody joined by an invitation, other than whoever has the key `but`.

        Raises:
            Trouble: when the folder is not there.
        """
        for file in folder.unread(()):
            try:
                found = unseal(file.content, invitation.circle, [invitation.once.identity]).item
            except Refused:
                continue
            if isinstance(found.body, Joining) and found.body.ticket and found.author != but:
                return True
        return False

    # Who and what is here

    @property
    def view(self) -> View:
        """The room as it stands in the vault, without a look at the folder."""
        return self._ledger.view

    @property
    def folder(self) -> Folder:
        """Where the circle's files are."""
        return self._post.folder

    @property
    def me(self) -> Member:
        """Who this member is here."""
        mine = Member(self._keys.author, self._belonging.name, self._keys.recipient)
        return self.view.member(self._keys.author) or mine

    @property
    def admitted(self) -> bool:
        """Whether this member can see the others: a newcomer can once one of them has synced."""
        return self.view.member(self._keys.author) is not None

    @property
    def overtaken(self) -> bool:
        """Whether somebody else came in by this member's invitation, so that it leads nowhere any more."""
        if self.admitted:
            return False
        joined = [item for item in self._ledger.items if item.kind == "joining" and item.body and item.body.ticket]
        mine = {item.body.ticket.once for item in joined if item.author == self._keys.author}
        return any(item.body.ticket.once in mine for item in joined if item.author != self._keys.author)

    @property
    def name(self) -> str:
        """The group's name."""
        return self.view.charter.group if self.view.charter else self._belonging.group

    # What a member writes; each gives the item, which is kept when it does

    def agree(self, charter: Charter) -> Item:
        """Put a charter beside those there are."""
        return self._write(charter)

    def share(self, passage: Passage) -> Item:
        """Carry a passage to a meeting: those who are here now can read it, and nobody who comes later."""
        return self._write(passage)

    def respond(self, response: Response) -> Item:
        """Answer a passage.

        Raises:
            Trouble: when the passage has been taken back.
        """
        self._standing(response.to)
        return self._write(response)

    def bring(self, word: Word) -> Item:
        """Add a word to the group's own."""
        return self._write(word)

    def note(self, note: Note) -> Item:
        """Keep something of a meeting that someone wished kept."""
        return self._write(note)

    def hold(self, meeting: Meeting) -> Item:
        """Keep what is kept of a meeting."""
        return self._write(meeting)

    def attend(self, attendance: Attendance) -> Item:
        """Say of a meeting to come: I am ready, or I am away."""
        return self._write(attendance)

    def met(self, pair: Pair) -> Item:
        """Let the circle know that a pair met."""
        return self._write(pair)

    def withdraw(self, item: str) -> Item:
        """Take back something of one's own: it goes from the view, the folder and the vault.

        Raises:
            Trouble: when it does not stand here, or is somebody else's; `circle_file_stays` or `forgotten_in_part`
                when it is taken back, but a trace of it could not be removed yet.
        """
        entry = self._standing(item)
        if self._keys.author not in (entry.by, getattr(entry.body, "by", None)):
            raise Trouble("circle_not_yours")
        withdrawal = self._write(Withdrawal(item=item))
        if not self._post.clear():
            raise Trouble("circle_file_stays", folder=self.folder.path)
        return withdrawal

    def pause(self) -> Item:
        """Step aside for a while."""
        return self._write(Pause(state="paused"))

    def back(self) -> Item:
        """Be back."""
        return self._write(Pause(state="back"))

    def leave(self, take: bool) -> None:
        """Leave, with what one shared or without it; nothing of the circle stays in this member's vault.

        Raises:
            Trouble: when the folder is not there, so that the others would not hear of it; nothing is changed then.
        """
        self.folder.names()
        if self.admitted and self.me.state != "left":
            with self._ledger.keeper.writing():
                self._ledger.load()
                self._ledger.write(Leaving(take=take, wrote=tuple(sorted(item.short for item in self._ledger.mine))))
        self._post.clear()
        if self._post.bring():
            raise Trouble("circle_folder_closed", folder=self.folder.path)
        self._ledger.forget()

    def invite(self, name: str, secret: bytes) -> Invitation:
        """Write an invitation for someone; `secret` is 32 random bytes that nothing else is made from.

        Raises:
            Trouble: when someone of that name is here, or this member cannot see the others yet.
        """
        self._must_be_in()
        name = _name(name)
        if name.casefold() in {member.name.casefold() for member in self.view.here}:
            raise Trouble("circle_name_taken", name=name)
        once = Keys.derive(secret, self.id, 0)
        return Invitation(
            circle=self.id,
            group=self.name[:500],
            founder=self._belonging.founder,
            ticket=ticket(self._keys, self.id, name, once, self.view.lamport),
            secret=secret.hex(),
            recipients=tuple(member.recipient for member in self.view.here),
            folder="" if self.folder.private else str(self.folder.path)[:1000],
        )

    def _must_be_in(self) -> None:
        if not self.admitted:
            raise Trouble("circle_waiting")
        if self.me.state == "left":
            raise Trouble("circle_left")

    def _standing(self, item: str) -> Entry:
        entry = self.view.entry(item)
        if entry is None:
            raise Trouble("circle_taken_back")
        return entry

    def _write(self, body: BaseModel) -> Item:
        self._must_be_in()
        with self._ledger.keeper.writing():
            item = self._ledger.write(body)
        self._post.bring()
        return item

    # The folder

    def sync(self) -> News:
        """Take in what others wrote, bring what of this member's is not in the folder, and let newcomers read along.

        Raises:
            Trouble: when the folder is not there, or something cannot be kept; what was kept before is.
        """
        self._ledger.load()
        before = {item.id for item in self._ledger.items} - self.view.refused.keys()
        gone_before = self.view.gone
        later = self.look()
        waiting = self._post.bring()
        if self.admitted and self.me.state != "left":
            self._let_in()
            self._post.let_newcomers_read()
            self._post.tell_the_overtaken()
        swept = self._swept()
        self.folder.tidy()
        if self.view.charter and self.view.charter.group != self._belonging.group:
            self._ledger.keeper.rename(self.view.charter.group)
        known = before | self.view.refused.keys()
        new = [
            signed.item
            for signed in self._ledger.signed.values()
            if signed.item.id not in known and signed.item.author != self._keys.author
        ]
        return News(
            tuple(sorted(new, key=lambda item: item.order)),
            (*later, *self.refused()),
            len(self.view.gone - gone_before),
            waiting,
            swept,
        )

    def _swept(self) -> bool:
        """Clear what is gone; the rest of a sync does not wait for another window."""
        try:
            self._post.clear()
        except Trouble as trouble:
            if trouble.key != "trouble.forgotten_in_part":
                raise
            return False
        return True

    def look(self) -> tuple[Refusal, ...]:
        """Take in what is in the folder, and write nothing there; give what may yet be read another time.

        Raises:
            Trouble: when the folder is not there, or something cannot be kept.
        """
        return self._post.take_in()

    def refused(self) -> tuple[Refusal, ...]:
        """Give what has been read and is left out, by file; what was never meant for this member is not among it."""
        return self._post.left_out()

    def harmed(self) -> tuple[Refusal, ...]:
        """Give what this member has, and whose file is damaged now: who comes later cannot read it."""
        return self._post.harmed()

    def _let_in(self) -> None:
        """Welcome those who joined by a sound invitation; of two with one invitation, the first."""
        if not self.view.knocking:
            return
        with self._ledger.keeper.writing():
            tried: set[str] = set()
            while joining := next((one for one in self.view.knocking if one not in tried), None):
                tried.add(joining)  # whoever comes in may have invited another who stands there too
                after = self._ledger.signed[joining].item.lamport
                self._ledger.write(Welcome(joining=joining), after)
        self._post.bring()


def _name(name: str) -> str:
    """Give a name as it is shown.

    Raises:
        Trouble: when nobody could be called that.
    """
    name = clean(name).strip()
    if is_blank(name) or len(name) > 200:
        raise Trouble("circle_name_blank")
    return name

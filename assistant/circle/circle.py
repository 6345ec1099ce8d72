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

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel

from assistant.circle import items as written
from assistant.circle.charter import Charter
from assistant.circle.envelope import Keys, Signed, prove, seal, sign, ticket, unseal
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
from assistant.circle.keeper import Belonging, Keeper, Kept
from assistant.circle.view import Entry, Member, View, fold
from assistant.text import clean, is_blank
from assistant.trouble import Trouble

RESEALED = frozenset({"charter", "joining", "welcome", "pause", "leaving", "word"})
"""What someone who comes later gets too: the frame, the words, and who is here. Nothing that was carried."""
_FOR_NOW = frozenset({"newer", "unknown_kind", "cut_short", "unreadable", "link", "too_big", "too_many"})
"""Reasons that may be gone tomorrow: these files are tried again."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is left out."""

    file: str
    """Its name in the folder."""
    reason: str
    """The name of a sentence under `circle_refused`."""


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


class Circle:
    """One circle, as one of its members has it."""

    def __init__(self, belonging: Belonging, seed: bytes, keeper: Keeper, folder: Folder) -> None:
        self.id = belonging.circle
        self.folder = folder
        self._belonging = belonging
        self._keeper = keeper
        self._keys = Keys.derive(seed, belonging.circle, belonging.times)
        self._signed: dict[str, Signed] = {}
        self._hollow: dict[str, Item] = {}
        self._view: View | None = None

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
            circle._keep(joining)
            circle._keep(charter)
        circle._deliver()
        return circle

    @classmethod
    def join(cls, invitation: Invitation, belonging: Belonging, seed: bytes, keeper: Keeper, folder: Folder) -> Circle:
        """Come into a circle by an invitation.

        Raises:
            Trouble: when the invitation has been used, or the folder is not there; nothing is changed then.
        """
        circle = cls(belonging, seed, keeper, folder)
        circle._look_for_use(invitation)
        proved = prove(invitation.ticket, circle.id, invitation.once, circle._keys.author)
        joining = circle._joining().model_copy(update={"ticket": proved})
        with keeper.writing():
            keeper.enter(belonging)
            circle._keep(joining, after=invitation.ticket.after)
        circle._deliver()
        return circle

    def _joining(self) -> Joining:
        name = clean(self._belonging.name).strip()
        if is_blank(name):
            raise Trouble("circle_name_blank")
        return Joining(name=name, recipient=self._keys.recipient)

    def _look_for_use(self, invitation: Invitation) -> None:
        for file in self.folder.unread(()):
            try:
                found = unseal(file.content, self.id, [invitation.once.identity]).item
            except Refused:
                continue
            if isinstance(found.body, Joining) and found.body.ticket and found.author != self._keys.author:
                raise Trouble("invitation_used")

    # Who and what is here

    @property
    def view(self) -> View:
        """The room as it stands in the vault, without a look at the folder."""
        if self._view is None:
            self._load()
            self._fold()
        return self._view

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
        if not self._clear():
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
            self._write(Leaving(take=take))
        self._clear()
        if self._deliver():
            raise Trouble("circle_folder_closed", folder=self.folder.path)
        self._keeper.forget()
        self._signed, self._hollow, self._view = {}, {}, None

    def invite(self, name: str, secret: bytes) -> Invitation:
        """Write an invitation for someone; `secret` is 32 random bytes that nothing else is made from.

        Raises:
            Trouble: when someone of that name is here, or this member cannot see the others yet.
        """
        self._must_be_in()
        name = clean(name).strip()
        if is_blank(name) or len(name) > 200:
            raise Trouble("circle_name_blank")
        if name.casefold() in {member.name.casefold() for member in self.view.here}:
            raise Trouble("circle_name_taken", name=name)
        once = Keys.derive(secret, self.id, 0)
        return Invitation(
            circle=self.id,
            group=self.name,
            founder=self._belonging.founder,
            ticket=ticket(self._keys, self.id, name, once, self.view.lamport),
            secret=secret.hex(),
            recipients=tuple(member.recipient for member in self.view.here),
            folder="" if self.folder.private else str(self.folder.path),
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
        with self._keeper.writing():
            item = self._keep(body)
        self._deliver()
        return item

    def _keep(self, body: BaseModel, after: int = 0) -> Item:
        """Sign and keep an item, inside `writing`: another window may have written since this one looked."""
        self._load()
        self._fold()
        mine = [item for item in self._all() if item.author == self._keys.author]
        sequence = max((item.sequence for item in mine), default=0) + 1
        lamport = max(after, self._view.lamport, *(item.lamport for item in mine), 0) + 1
        try:
            content = written.write(self.id, self._keys.author, sequence, lamport, body)
        except Refused as refused:
            raise Trouble("circle_too_big" if refused.reason == "too_big" else "circle_unfit") from None
        signed = sign(self._keys, content)
        reached = self._audience(signed.item)
        self._keep_signed(Signed(signed.item, content, signed.signature, frozenset(reached)))
        self._fold()
        return signed.item

    def _audience(self, item: Item) -> frozenset[str]:
        """Give who may read a new item: everyone here; of an answer, those who could read what it answers."""
        here = {member.key for member in self.view.here} | {self._keys.author}
        if item.kind == "response" and (answered := self._signed.get(item.body.to)):
            here &= answered.reached
        return frozenset(here)

    # The folder

    def sync(self) -> News:
        """Take in what others wrote, bring what of this member's is not in the folder, and let newcomers read along.

        Raises:
            Trouble: when the folder is not there, or something cannot be kept; what was kept before is.
        """
        self._load()
        self._fold()
        before = {item.id for item in self._all()} - self._view.refused.keys()
        gone_before = self._view.gone
        refused = self.look()
        self._clear()
        waiting = self._deliver()
        if self.admitted and self.me.state != "left":
            self._let_in()
            self._let_newcomers_read()
        self.folder.tidy()
        if self.view.charter and self.view.charter.group != self._belonging.group:
            self._keeper.rename(self.view.charter.group)
        new = [
            signed.item
            for signed in self._signed.values()
            if signed.item.id not in before
            and signed.item.id not in self.view.refused
            and signed.item.author != self._keys.author
        ]
        return News(
            tuple(sorted(new, key=lambda item: item.order)),
            (*refused, *self.refused()),
            len(self.view.gone - gone_before),
            waiting,
        )

    def refused(self) -> tuple[Refusal, ...]:
        """Give what has been read and is left out, by file; what was never meant for this member is not among it."""
        there = self.folder.names()
        found = []
        for name, (item, reason) in self._keeper.files().items():
            reason = reason or self.view.refused.get(item or "")
            if reason and reason not in ("not_for_us", "knocking") and name in there:
                found.append(Refusal(f"{name}.vidne", reason))
        return tuple(sorted(found, key=lambda refusal: (refusal.reason, refusal.file)))

    def look(self) -> tuple[Refusal, ...]:
        """Take in what is in the folder, and write nothing there; give what may yet be read another time.

        Raises:
            Trouble: when the folder is not there, or something cannot be kept.
        """
        known = {name for name, (_, reason) in self._keeper.files().items() if reason not in _FOR_NOW}
        refused, read = [], []
        for file in self.folder.unread(known):
            reason = file.reason
            if file.reason is None:
                try:
                    signed = unseal(file.content, self.id, [self._keys.identity])
                    read.append((file.hash, signed))
                    continue
                except Refused as error:
                    reason = error.reason
            elif file.reason == "altered":
                reason = self._why(file.content)
            if file.hash is None or reason in _FOR_NOW:
                refused.append(Refusal(file.name, reason))
            else:
                read.append((file.hash, reason))
        with self._keeper.writing():
            for name, found in read:
                if isinstance(found, str):
                    self._keeper.keep_file(name, None, found)
                else:
                    self._keep_signed(found)
                    self._keeper.keep_file(name, found.item.id, None)
        self._fold()
        return tuple(refused)

    def _why(self, content: bytes) -> str:
        """Tell a file that was cut short from one that was altered, where its hash does not match."""
        try:
            unseal(content, self.id, [self._keys.identity])
        except Refused as refused:
            return "cut_short" if refused.reason == "cut_short" else "altered"
        return "altered"

    def _deliver(self) -> int:
        """Put this member's items into the folder where they are not; give how many could not be."""
        files: dict[str, set[str]] = {}
        for name, (item, _) in self._keeper.files().items():
            files.setdefault(item or "", set()).add(name)
        try:
            there = self.folder.names()
        except Trouble:
            there = None
        waiting = 0
        for signed in list(self._signed.values()):
            if signed.item.author != self._keys.author or signed.item.id in self.view.gone:
                continue
            if there is not None and files.get(signed.item.id, set()) & there:
                continue
            try:
                if there is None:
                    raise Trouble("circle_folder_gone", folder=self.folder.path)
                self._put(signed, signed.reached)
            except Trouble:
                waiting += 1
        return waiting

    def _put(self, signed: Signed, reached: Iterable[str]) -> None:
        recipients = {member.recipient for member in self.view.here if member.key in reached} | {self._keys.recipient}
        if signed.item.kind == "joining" and not self.admitted:
            recipients |= set(self._belonging.hosts)
        name = self.folder.write(seal(signed, recipients, reached))
        with self._keeper.writing():
            self._keeper.keep_file(name, signed.item.id, None)

    def _let_in(self) -> None:
        """Welcome those who joined by a sound invitation."""
        knocking = self.view.knocking
        with self._keeper.writing():
            for joining in knocking:
                self._keep(Welcome(joining=joining))
        if knocking:
            self._deliver()

    def _let_newcomers_read(self) -> None:
        here = frozenset(member.key for member in self.view.here)
        for signed in list(self._signed.values()):
            item = signed.item
            if item.kind not in RESEALED or item.id in self.view.gone or item.id in self.view.refused:
                continue
            if here <= signed.reached:
                continue
            try:
                self._put(signed, here)
            except Trouble:
                return  # the next sync goes on here
            with self._keeper.writing():
                self._keep_signed(Signed(item, signed.content, signed.signature, here))

    def _clear(self) -> bool:
        """Erase the words and delete the files of what was taken back; say whether the files could be."""
        gone = self.view.gone
        if held := [item for item in gone if item in self._signed]:
            self._keeper.erase(held)
            self._load()
            self._fold()
        files = {name for name, (item, _) in self._keeper.files().items() if item in gone}
        try:
            if files:
                self.folder.remove(files)
        except Trouble:
            return False
        return True

    # What is kept

    def _all(self) -> list[Item]:
        return [*(signed.item for signed in self._signed.values()), *self._hollow.values()]

    def _fold(self) -> None:
        self._view = fold(self._all(), self._belonging.founder)

    def _load(self) -> None:
        """Read what the vault keeps and has not been read here yet."""
        signed, hollow = {}, {}
        for row in self._keeper.items():
            kept = Kept(*row)
            reached = frozenset(kept.reached.split())
            if kept.content is None:
                hollow[kept.id] = Item(kept.id, self.id, kept.author, kept.sequence, kept.lamport, kept.kind, None)
            elif before := self._signed.get(kept.id):
                signed[kept.id] = Signed(before.item, before.content, before.signature, reached)
            else:
                signed[kept.id] = Signed(written.read(kept.content), kept.content, kept.signature, reached)
        self._signed, self._hollow = signed, hollow

    def _keep_signed(self, signed: Signed) -> None:
        item = signed.item
        if item.id in self._hollow:
            return  # erased, and it stays so
        before = self._signed.get(item.id)
        reached = signed.reached | (before.reached if before else frozenset())
        together = " ".join(sorted(reached))
        if before is None:
            place = (item.author, item.sequence, item.lamport, item.kind)
            self._keeper.keep_item(Kept(item.id, *place, signed.content, signed.signature, together))
        elif reached != before.reached:
            self._keeper.reach(item.id, together)
        self._signed[item.id] = Signed(item, signed.content, signed.signature, reached)

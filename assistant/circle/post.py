"""What goes between a member's ledger and the circle's folder: taking in, bringing out, and deleting what is gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.circle.envelope import Signed, seal, unseal
from assistant.circle.folder import File, Folder
from assistant.circle.items import Refused
from assistant.circle.ledger import Ledger
from assistant.trouble import Trouble

RESEALED = frozenset({"charter", "joining", "welcome", "pause", "leaving", "word"})
"""What someone who comes later gets too: the frame, the words, and who is here. Nothing that was carried."""
_FOR_NOW = frozenset({"newer", "unknown_kind", "cut_short", "unreadable", "link", "too_big", "too_many"})
"""Reasons that may be gone tomorrow: these files are tried again."""
_NO_FAULT = frozenset({"not_for_us", "knocking"})
"""Reasons that nobody needs to hear of."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is left out."""

    file: str
    """Its name in the folder."""
    reason: str
    """The name of a sentence under `circle_refused`."""


class Post:
    """One member's traffic with a folder."""

    def __init__(self, ledger: Ledger, folder: Folder, hosts: Iterable[str]) -> None:
        """`hosts` are what a joining is sealed to while the others cannot be seen yet."""
        self._ledger = ledger
        self._keeper = ledger.keeper
        self.folder = folder
        self._hosts = frozenset(hosts)

    def take_in(self) -> tuple[Refusal, ...]:
        """Keep what is new in the folder; give what may yet be read another time.

        Raises:
            Trouble: when the folder is not there, or something cannot be kept.
        """
        known = {name for name, (_, reason) in self._keeper.files().items() if reason not in _FOR_NOW}
        later, read = [], []
        for file in self.folder.unread(known):
            opened = self._open(file)
            if isinstance(opened, str) and (file.hash is None or opened in _FOR_NOW):
                later.append(Refusal(file.name, opened))
            else:
                read.append((file.hash, opened))
        with self._keeper.writing():
            for name, opened in read:
                if isinstance(opened, str):
                    self._keeper.keep_file(name, None, opened)
                else:
                    self._ledger.keep(opened)
                    self._keeper.keep_file(name, opened.item.id, None)
        self._ledger.fold()
        return tuple(later)

    def _open(self, file: File) -> Signed | str:
        """Give the item in a file, or the reason against it."""
        if file.reason and not file.content:
            return file.reason
        try:
            signed = unseal(file.content, self._ledger.circle, [self._ledger.keys.identity])
        except Refused as refused:
            return "cut_short" if refused.reason == "cut_short" else file.reason or refused.reason
        return file.reason or signed

    def bring(self) -> int:
        """Put this member's items into the folder where they are not; give how many could not be."""
        mine = [item.id for item in self._ledger.mine if item.id not in self._ledger.view.gone]
        try:
            lies = self._lying()
        except Trouble:
            return len(mine)
        missing = [self._ledger.signed[item] for item in mine if item not in lies]
        return sum(not self._put(signed, signed.reached) for signed in missing)

    def _lying(self) -> frozenset[str | None]:
        """Give the items that lie in the folder.

        Raises:
            Trouble: when the folder is not there.
        """
        there = self.folder.names()
        return frozenset(item for name, (item, _) in self._keeper.files().items() if name in there)

    def let_newcomers_read(self) -> None:
        """Seal the frame, the words and who is here to those it has not reached, also where a folder was moved."""
        view, lies = self._ledger.view, self._lying()
        here = frozenset(member.key for member in view.here)
        for signed in list(self._ledger.signed.values()):
            item = signed.item
            if item.kind not in RESEALED or item.id in view.gone or item.id in view.refused:
                continue
            if item.id in lies and here <= signed.reached:
                continue
            if not self._put(signed, here):
                return  # the next sync goes on here
            with self._keeper.writing():
                self._ledger.keep(replace(signed, reached=here))

    def tell_the_overtaken(self) -> None:
        """Seal to those whose invitation somebody else came in by that one's joining, which they then know it by: it
        bears the key of the invitation that they hold too, and nothing of the circle."""
        for mine, theirs in self._ledger.view.overtaken.items():
            loser, winner = self._ledger.signed.get(mine), self._ledger.signed.get(theirs)
            if loser is None or winner is None or loser.item.author in winner.reached:
                continue
            reached = winner.reached | {loser.item.author}
            if self._put(winner, reached, [loser.item.body.recipient]):
                with self._keeper.writing():
                    self._ledger.keep(replace(winner, reached=reached))

    def _put(self, signed: Signed, reached: Iterable[str], beside: Iterable[str] = ()) -> bool:
        """Seal an item to those of `reached` who are here and to those `beside`, and write its file; say whether that
        could be done."""
        keys, view = self._ledger.keys, self._ledger.view
        recipients = {member.recipient for member in view.here if member.key in reached}
        recipients |= {keys.recipient, *beside}
        if signed.item.kind == "joining" and view.member(keys.author) is None:
            recipients |= self._hosts
        try:
            name = self.folder.write(seal(signed, recipients, reached))
        except Trouble:
            return False
        with self._keeper.writing():
            self._keeper.keep_file(name, signed.item.id, None)
        return True

    def clear(self) -> bool:
        """Erase the words and delete the files of what was taken back; say whether the files could be.

        Raises:
            Trouble: `forgotten_in_part` when another window still holds the words.
        """
        gone = self._ledger.view.gone
        files = {name for name, (item, _) in self._keeper.files().items() if item in gone}
        deleted = True
        try:
            if files:
                self.folder.remove(files)
        except Trouble:
            deleted = False
        self._ledger.erase(gone)
        return deleted

    def harmed(self) -> tuple[Refusal, ...]:
        """Give the files that were read here once, and that nobody could read now.

        Raises:
            Trouble: when the folder is not there.
        """
        known = {name for name, (item, _) in self._keeper.files().items() if item}
        return tuple(Refusal(file.name, file.reason) for file in self.folder.harmed(known))

    def left_out(self) -> tuple[Refusal, ...]:
        """Give what has been read and is left out; what was never meant for this member is not among it.

        Raises:
            Trouble: when the folder is not there.
        """
        there = self.folder.names()
        refused = self._ledger.view.refused
        if self._ledger.view.member(self._ledger.keys.author) is None:  # nobody can be seen yet, nor their right to be
            refused = {}
        found = [
            Refusal(f"{name}.vidne", reason)
            for name, (item, against) in self._keeper.files().items()
            if name in there and (reason := against or refused.get(item or "")) and reason not in _NO_FAULT
        ]
        return tuple(sorted(found, key=lambda refusal: (refusal.reason, refusal.file)))

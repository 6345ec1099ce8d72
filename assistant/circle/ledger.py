"""What one member has of a circle: the items that are kept, the view of them, and the writing of new ones.

The folder is no matter of this file; the vault does the keeping (see keeper.py).
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from assistant.circle.envelope import Keys, Signed, sign
from assistant.circle.items import Item, Refused, read, write
from assistant.circle.keeper import Keeper, Kept
from assistant.circle.view import View, fold
from assistant.trouble import Trouble


class Ledger:
    """A circle's items as one member has them, with the keys that sign new ones."""

    def __init__(self, circle: str, keys: Keys, founder: str, keeper: Keeper) -> None:
        self.circle = circle
        self.keys = keys
        self.keeper = keeper
        self._founder = founder
        self.signed: dict[str, Signed] = {}
        """Item to what proves it; what has been erased is not among them."""
        self._hollow: dict[str, Item] = {}
        self._unswept: set[str] = set()
        self._view: View | None = None

    @property
    def view(self) -> View:
        """The room as it stands in the vault."""
        if self._view is None:
            self.load()
        return self._view

    @property
    def items(self) -> list[Item]:
        """Every item, also those whose words are erased."""
        return [*(signed.item for signed in self.signed.values()), *self._hollow.values()]

    @property
    def mine(self) -> list[Item]:
        """What this member wrote."""
        return [item for item in self.items if item.author == self.keys.author]

    def load(self) -> None:
        """Read what the vault keeps: another window may have written since."""
        signed, hollow, unswept = {}, {}, set()
        for row in self.keeper.items():
            kept = Kept(*row)
            if not kept.content:
                if kept.content is not None:
                    unswept.add(kept.id)
                place = (kept.author, kept.sequence, kept.lamport, kept.kind)
                hollow[kept.id] = Item(kept.id, self.circle, *place, None)
                continue
            before = self.signed.get(kept.id)
            item = before.item if before else read(kept.content)
            signed[kept.id] = Signed(item, kept.content, kept.signature, frozenset(kept.reached.split()))
        self.signed, self._hollow, self._unswept = signed, hollow, unswept
        self.fold()

    def fold(self) -> None:
        """Work the view out anew."""
        self._view = fold(self.items, self._founder)

    def write(self, body: BaseModel, after: int = 0) -> Item:
        """Sign and keep a new item, inside the keeper's `writing`; its Lamport number comes after `after`.

        Raises:
            Trouble: when it is too big, or is no item; nothing is kept then.
        """
        self.load()
        sequence = max((item.sequence for item in self.mine), default=0) + 1
        lamport = max(after, self.view.lamport, *(item.lamport for item in self.mine), 0) + 1
        try:
            content = write(self.circle, self.keys.author, sequence, lamport, body)
        except Refused as refused:
            raise Trouble("circle_too_big" if refused.reason == "too_big" else "circle_unfit") from None
        signed = sign(self.keys, content)
        self.keep(Signed(signed.item, content, signed.signature, self._audience(signed.item)))
        self.fold()
        return signed.item

    def _audience(self, item: Item) -> frozenset[str]:
        """Give who may read a new item: everyone here; of an answer, those who could read what it answers."""
        here = {member.key for member in self.view.here} | {self.keys.author}
        if item.kind == "response" and (answered := self.signed.get(item.body.to)):
            here &= answered.reached
        return frozenset(here)

    def keep(self, signed: Signed) -> None:
        """Keep an item, or whom else it has reached, inside the keeper's `writing`; what was erased stays so."""
        item = signed.item
        if item.id in self._hollow:
            return
        before = self.signed.get(item.id)
        reached = signed.reached | (before.reached if before else frozenset())
        together = " ".join(sorted(reached))
        if before is None:
            place = (item.author, item.sequence, item.lamport, item.kind)
            self.keeper.keep_item(Kept(item.id, *place, signed.content, signed.signature, together))
        elif reached != before.reached:
            self.keeper.reach(item.id, together)
        self.signed[item.id] = Signed(item, signed.content, signed.signature, reached)

    def erase(self, items: Iterable[str]) -> None:
        """Erase the words of items from every byte of the vault.

        Raises:
            Trouble: `forgotten_in_part` when another window still holds them.
        """
        held = [item for item in items if item in self.signed]
        if held or self._unswept:
            try:
                self.keeper.erase(held)
            finally:
                self.load()

    def forget(self) -> None:
        """Erase the whole circle from the vault."""
        self.keeper.forget()
        self.signed, self._hollow, self._unswept, self._view = {}, {}, set(), None

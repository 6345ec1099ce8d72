"""Who comes in: a joining knocks, and a member's welcome lets in, once for each invitation. Part of the fold, and pure.

What comes first in the order may be decided by a key: so who knocks before their inviter is in, is heard when they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.circle.items import Item


@dataclass
class Person:
    """Somebody who came in."""

    joined: Item
    left: bool = False
    state: Literal["in", "paused"] = "in"


@dataclass
class Door:
    """Who has come in so far, and who stands outside."""

    founder: str
    people: dict[str, Person] = field(default_factory=dict)
    knocking: dict[str, Item] = field(default_factory=dict)
    """Joining item's id to the item."""
    early: dict[str, list[Item]] = field(default_factory=dict)
    """The joinings of those whose inviter is not in yet, by the inviter's key: whose welcome comes first in the order
    may be decided by a key, and nobody is to wait for that."""
    welcomed: set[str] = field(default_factory=set)
    """The joinings that members welcomed."""
    used: dict[str, str] = field(default_factory=dict)
    """The one-time keys of the invitations that led in, each with the joining that it led to."""

    def knock(self, item: Item) -> str | None:
        """Take a joining; give the reason against it."""
        ticket = item.body.ticket
        if item.author in self.people:
            return "joined_before"
        if ticket is None:
            if item.author != self.founder:
                return "not_a_member"
            self._enter(item)
            return None
        if item.lamport != ticket.after + 1:
            return "not_a_member"
        if ticket.inviter not in self.people:
            self.early.setdefault(ticket.inviter, []).append(item)
            return None
        self.knocking[item.id] = item
        self._let_in(item.id)
        return None

    def welcome(self, joining: str) -> None:
        """Let in who stands outside, once for each invitation."""
        self.welcomed.add(joining)
        self._let_in(joining)

    def _let_in(self, joining: str) -> None:
        item = self.knocking.get(joining)
        if item is None or joining not in self.welcomed or item.author in self.people:
            return
        if item.body.ticket.once not in self.used:
            self.used[item.body.ticket.once] = joining
            self._enter(item)

    def _enter(self, item: Item) -> None:
        """Let somebody be in, and let those whom they invited stand at the door."""
        self.people[item.author] = Person(item)
        for early in self.early.pop(item.author, ()):
            self.knocking[early.id] = early
            self._let_in(early.id)

    def outside(self) -> dict[str, str]:
        """Give the joinings that led nowhere, with the reason; `knocking` may still come in."""
        reasons = {item.id: "not_a_member" for items in self.early.values() for item in items}
        for name, item in self.knocking.items():
            if item.author in self.people:
                if self.people[item.author].joined.id != name:
                    reasons[name] = "joined_before"
            elif item.body.ticket.once in self.used:
                reasons[name] = "invitation_used"
            else:
                inviter = self.people[item.body.ticket.inviter]
                reasons[name] = "not_a_member" if inviter.left else "knocking"
        return reasons

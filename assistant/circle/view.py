"""What the group's room holds: a pure fold over items, the same for any order they come in and however often.

Order is (Lamport, author, sequence); there are no clocks. What is left out has a reason in `refused`, and leaves the
rest unharmed. Who has not said that they are ready cannot be asked for here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, TypeVar

from assistant.circle.charter import Charter
from assistant.circle.door import Door, Person
from assistant.circle.items import Item, Meeting, Note, Pair, Passage, Response, Withdrawal, Word

B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Member:
    """Someone in the circle, or who was."""

    key: str
    """The public signing key: the member's own name for the program."""
    name: str
    recipient: str
    """What is sealed to."""
    state: Literal["in", "paused", "left"] = "in"


@dataclass(frozen=True, slots=True)
class Entry(Generic[B]):
    """Something shared that still stands."""

    id: str
    """The item, for answering it or taking it back."""
    by: str
    """The key of the member who shared it."""
    body: B


@dataclass(frozen=True)
class View:
    """The room as it stands."""

    members: tuple[Member, ...] = ()
    """In the order they joined; those who left stand here too."""
    charters: tuple[Charter, ...] = ()
    """The first wording, then each that came beside it."""
    passages: tuple[Entry[Passage], ...] = ()
    responses: tuple[Entry[Response], ...] = ()
    words: tuple[Entry[Word], ...] = ()
    notes: tuple[Entry[Note], ...] = ()
    """What members wished kept of meetings."""
    meetings: tuple[Entry[Meeting], ...] = ()
    pairs: tuple[Entry[Pair], ...] = ()
    ready: frozenset[str] = frozenset()
    """The months for whose meeting everyone is ready; nothing is said of the others."""
    away: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Month to the keys of those who said that they will be away."""
    gone: frozenset[str] = frozenset()
    """Items that are taken back: their words are erased and their files deleted."""
    knocking: tuple[str, ...] = ()
    """Joinings by a sound invitation that no member has welcomed yet; the first to sync does."""
    overtaken: Mapping[str, str] = field(default_factory=dict)
    """Joinings by an invitation that somebody else came in by, each with the joining of who did."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Item to the reason it is left out."""
    lamport: int = 0
    """The highest Lamport number of what counts."""

    @property
    def here(self) -> tuple[Member, ...]:
        """Those who have not left: whoever is pausing still reads along."""
        return tuple(member for member in self.members if member.state != "left")

    @property
    def active(self) -> tuple[Member, ...]:
        """Those who have neither left nor paused: who meetings and pairs are planned for."""
        return tuple(member for member in self.members if member.state == "in")

    @property
    def charter(self) -> Charter | None:
        """The charter as it is worded now."""
        return self.charters[-1] if self.charters else None

    def names(self, name: str) -> bool:
        """Say whether the charter names somebody so, or there is none that could."""
        named = self.charter.places if self.charter else ()
        return not named or name.strip().casefold() in {place.name.casefold() for place in named}

    def member(self, key: str) -> Member | None:
        """Give a member by key, also one who left."""
        return next((member for member in self.members if member.key == key), None)

    def entry(self, item: str) -> Entry | None:
        """Give something shared by its item, if it still stands."""
        shared = (*self.passages, *self.responses, *self.words, *self.notes, *self.meetings, *self.pairs)
        return next((entry for entry in shared if entry.id == item), None)

    def everyone_ready(self, month: str) -> bool:
        """Say whether everyone who is in has said that they are ready for that month's meeting, or away from it."""
        return month in self.ready


def fold(items: Iterable[Item], founder: str) -> View:
    """Give the view of a circle whose founder has the key `founder`."""
    items = tuple(items)
    standing, refused = _without_forks(items)
    listed = _listed(items)
    door = Door(founder)
    counted: list[Item] = []
    for item in standing:
        joins = item.kind == "joining"
        reason = door.knock(item) if joins else _belongs(item, door.people, listed.get(item.author))
        if reason:
            refused[item.id] = reason
            continue
        counted.append(item)
        if item.kind == "welcome":
            door.welcome(item.body.joining)
        elif item.kind == "pause":
            door.people[item.author].state = "paused" if item.body.state == "paused" else "in"
        elif item.kind == "leaving":
            door.people[item.author].left = True
    refused |= door.outside()
    overtaken = {name: door.used[item.body.ticket.once] for name, item in door.knocking.items()
                 if refused.get(name) == "invitation_used"}  # fmt: skip
    view = _view([item for item in counted if item.id not in refused], door.people, refused)
    return replace(view, overtaken=overtaken)


def _without_forks(items: Iterable[Item]) -> tuple[list[Item], dict[str, str]]:
    """Put items in order; of two with one author and sequence, the one that comes first by order and hash stands.

    A leaving always stands: nobody takes it back by writing something else in its place.
    """
    unique: dict[str, Item] = {}
    for item in items:
        if item.id not in unique or item.body is None:
            unique[item.id] = item
    refused: dict[str, str] = {}
    places: set[tuple[str, int]] = set()
    standing = []
    for item in sorted(unique.values(), key=lambda item: (*item.order, item.id)):
        place = (item.author, item.sequence)
        if item.kind == "leaving":
            standing.append(item)
        elif place in places:
            refused[item.id] = "fork"
        else:
            places.add(place)
            standing.append(item)
    return standing, refused


def _listed(items: Iterable[Item]) -> dict[str, frozenset[str]]:
    """Give what still counts of those who left: what stands in each of their leavings.

    Whoever writes on after leaving, or leaves anew and earlier, can only take away from it.
    """
    listed: dict[str, frozenset[str]] = {}
    for item in items:
        if item.kind == "leaving":
            wrote = frozenset(item.body.wrote)
            listed[item.author] = listed.get(item.author, wrote) & wrote
    return listed


def _belongs(item: Item, people: dict[str, Person], listed: frozenset[str] | None) -> str | None:
    """Give the reason against an item whose author is nobody here, or had left when it was written."""
    if item.author not in people:
        return "not_a_member"
    if listed is not None and item.kind != "leaving" and item.short not in listed:
        return "left_before"
    return None


def _view(counted: list[Item], people: dict[str, Person], refused: dict[str, str]) -> View:
    takers = {item.author for item in counted if item.kind == "leaving" and item.body.take}
    gone = _taken_back(counted, takers)
    left = {key for key, person in people.items() if person.left}
    members = tuple(
        Member(key, joined.name, joined.recipient, "left" if key in left else person.state)
        for key, person in people.items()
        for joined in (person.joined.body,)
    )

    def entries(kind: str, made: Callable[[Item], object] = lambda item: item.body) -> tuple[Entry, ...]:
        return tuple(
            Entry(item.id, item.author, made(item))
            for item in counted
            if item.kind == kind and item.id not in gone and item.body is not None
        )

    def meeting(item: Item) -> Meeting:
        parts = {"kept": item.body.kept, "words": item.body.words, "passages": item.body.passages}
        return item.body.model_copy(
            update={name: tuple(one for one in part if one not in gone) for name, part in parts.items()}
        )

    names = {member.name for member in members if member.key in takers}
    charters = tuple(_without(item.body, names) for item in counted if item.kind == "charter")
    named = {place.name for place in charters[-1].places} if charters else set()
    ready, away = _ready(counted, gone, members, named)
    return View(
        members=members,
        charters=charters,
        passages=entries("passage"),
        responses=entries("response"),
        words=entries("word"),
        notes=entries("note"),
        meetings=entries("meeting", meeting),
        pairs=entries("pair"),
        ready=ready,
        away=away,
        gone=gone,
        knocking=tuple(sorted(name for name, reason in refused.items() if reason == "knocking")),
        refused=refused,
        lamport=max((item.lamport for item in counted), default=0),
    )


TAKEN_ALONG = ("passage", "response", "word", "note")
"""What goes with a member who wants it to; meetings and pairs are the group's."""
TAKEN_BACK = (*TAKEN_ALONG, "meeting", "attendance", "pair")
"""What can be taken back, by whoever wrote it and by whoever it is of."""


def _taken_back(counted: list[Item], takers: set[str]) -> frozenset[str]:
    """Give the items that were taken back, with the answers to them."""
    by_id = {item.id: item for item in counted}
    gone = {item.id for item in counted if item.body is None}
    gone |= {item.id for item in counted if item.kind in TAKEN_ALONG and _owner(item) in takers}
    for item in counted:
        if isinstance(item.body, Withdrawal):
            target = by_id.get(item.body.item)
            if target and target.kind in TAKEN_BACK and item.author in (target.author, _owner(target)):
                gone.add(target.id)
    # An answer quotes what it answers.
    gone |= {item.id for item in counted if isinstance(item.body, Response) and item.body.to in gone}
    return frozenset(gone)


def _owner(item: Item) -> str:
    of = item.body.by if isinstance(item.body, Word | Note) else None
    return of or item.author


def _ready(
    counted: list[Item], gone: frozenset[str], members: tuple[Member, ...], named: Collection[str]
) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """Give the months for which everyone is ready, and who is away in which; nobody is everyone while somebody the
    charter has `named` is not in yet."""
    said: dict[str, dict[str, str]] = {}
    for item in counted:
        if item.kind == "attendance" and item.id not in gone:
            said.setdefault(item.body.month, {})[item.author] = item.body.state
    active = {member.key for member in members if member.state == "in"}
    all_in = set(named) <= {member.name for member in members}
    ready = frozenset(month for month, states in said.items() if all_in and active and active <= states.keys())
    away = {
        month: keys
        for month, states in said.items()
        if (keys := tuple(member.key for member in members if states.get(member.key) == "away"))
    }
    return ready, away


def _without(charter: Charter, names: set[str]) -> Charter:
    """Give a charter without the words about themselves that those who left took with them."""
    blank = {"learning_point": "", "daily_skill": "", "why_here": ""}
    places = tuple(place.model_copy(update=blank) if place.name in names else place for place in charter.places)
    return charter.model_copy(update={"places": places})

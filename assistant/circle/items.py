"""What members write into the room: each item by one member, never changed, signed as the bytes that stand here.

An item is known by the hash of what was signed, so the same one sealed twice is one. Keys are the members' public
signing keys in hex; a person's name stands only in a joining and a charter. Times are never compared: order is
(Lamport, author, sequence).
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.circle.charter import Charter
from assistant.text import clean, is_blank

VERSION = 1
"""The number of this way of writing items; a higher one was written by a newer Vidne."""
MOST_BYTES = 192 * 1024
"""How large an item may be; a charter of six with long answers is a tenth of it."""
MOST_NUMBER = 2**53
"""No sequence and no Lamport number goes beyond what every JSON reader holds exactly."""

CircleId = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
Key = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
"""A member's public signing key, or the hash that an item is known by."""
Signature = Annotated[str, Field(pattern="^[0-9a-f]{128}$")]
Recipient = Annotated[str, Field(pattern="^age1[02-9ac-hj-np-z]{58}$")]
Month = Annotated[str, Field(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$")]
"""The month of a meeting, such as `2026-03`."""
Name = Annotated[str, Field(min_length=1, max_length=200)]
Person = Annotated[str, Field(min_length=1, max_length=200)]
"""A member's key; of somebody who came to a meeting and is not in the circle, what they are called."""
Line = Annotated[str, Field(max_length=500)]
Text = Annotated[str, Field(max_length=8000)]


def is_key(person: str) -> bool:
    """Say whether somebody is named by a key, as members are."""
    return re.fullmatch("[0-9a-f]{64}", person) is not None


class Body(BaseModel):
    """What an item says."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Ticket(Body):
    """The part of an invitation that stands in the joining it led to."""

    name: Name
    """The place in the charter that it was written for."""
    once: Key
    """The public half of the invitation's one-time key."""
    inviter: Key
    """The member who invited."""
    after: int = Field(ge=1, le=MOST_NUMBER)
    """The Lamport number the inviter had come to: the joining has the next, so that no stranger leaps ahead."""
    signature: Signature
    """The inviter's, over the rest and the circle's id."""
    proof: Signature = "0" * 128
    """The one-time key's, over the circle's id and the joiner's key: whoever joined held the invitation."""


class Joining(Body):
    """Someone is here: the founder without a ticket, everyone else with one."""

    name: Name
    """What the member is called in this circle."""
    recipient: Recipient
    """What others seal to, so that this member can read it."""
    ticket: Ticket | None = None


class Welcome(Body):
    """A member has seen a joining and lets its author in: so an invitation that turns up again moves nobody aside."""

    joining: Key
    """The joining item."""


class Passage(Body):
    """Lines that a member carries to a meeting, as they were written."""

    text: Text = Field(min_length=1)
    month: Month
    """The meeting it is carried to."""
    written: date
    """The day the lines were written."""


class Response(Body):
    """An answer in writing to a passage, in the four steps; at least one of them says something."""

    to: Key
    """The passage."""
    expression: Text = ""
    """The words that caught me."""
    image: Text = ""
    """What I saw before me."""
    resonance: Text = ""
    """What it touched in my own life."""
    transport: Text = ""
    """Where it moved me."""

    @model_validator(mode="after")
    def _says_something(self) -> Response:
        if is_blank(self.expression + self.image + self.resonance + self.transport):
            raise ValueError("all four steps are blank")
        return self


class Word(Body):
    """A word of the group's own."""

    word: Line = Field(min_length=1)
    meaning: Text = ""
    """What it means to us."""
    by: Person | None = None
    """Who brought it: not always whoever typed it; None where it is the group's."""
    found: date
    """The day it was found."""


class Note(Body):
    """Something of a meeting that someone wished kept; an item of its own, so that it can be taken back whole."""

    text: Text = Field(min_length=1)
    month: Month
    """The meeting's month."""
    by: Person | None = None
    """Whose it is, and who may take it back besides whoever typed it; None where it is the group's."""


class Meeting(Body):
    """What is kept of a monthly meeting; what witnesses said is not."""

    month: Month
    """The month whose passages it took up."""
    held: date
    facilitator: Person | None = None
    present: tuple[Person, ...] = Field(default=(), max_length=60)
    passages: tuple[Key, ...] = Field(default=(), max_length=400)
    """What those who were there carried to it: it is not carried to another one."""
    words: tuple[Key, ...] = Field(default=(), max_length=200)
    """The word items that were found there."""
    agreements: tuple[Text, ...] = Field(default=(), max_length=60)
    kept: tuple[Key, ...] = Field(default=(), max_length=200)
    """The note items that were wished kept."""
    next_meeting: datetime | None = None
    """When next, in the charter's local time, without an offset."""
    next_facilitator: Person | None = None
    next_pairs: tuple[tuple[Person, ...], ...] = Field(default=(), max_length=60)
    """Who meets whom until then."""


class Attendance(Body):
    """A member says of a meeting to come: I am ready, or I am away. Who has said nothing is shown to nobody."""

    month: Month
    state: Literal["ready", "away"]


class Pair(Body):
    """That these met on their own; nothing else."""

    month: Month
    members: tuple[Key, ...] = Field(min_length=2, max_length=3)


class Pause(Body):
    """A member steps aside for a while, or is back."""

    state: Literal["paused", "back"]


class Leaving(Body):
    """A member leaves."""

    take: bool
    """Whether what the member shared goes too."""
    wrote: tuple[Annotated[str, Field(pattern="^[0-9a-f]{20}$")], ...] = Field(default=(), max_length=8000)
    """How the ids begin of everything the member wrote until now: nothing else of theirs counts from here on."""


class Withdrawal(Body):
    """A member takes back something of theirs."""

    item: Key
    """What is taken back."""


KINDS: dict[str, type[BaseModel]] = {
    "charter": Charter,
    "joining": Joining,
    "welcome": Welcome,
    "passage": Passage,
    "response": Response,
    "word": Word,
    "note": Note,
    "meeting": Meeting,
    "attendance": Attendance,
    "pair": Pair,
    "pause": Pause,
    "leaving": Leaving,
    "withdrawal": Withdrawal,
}
"""Every kind of item, and what it says."""
_NAMES = {body: kind for kind, body in KINDS.items()}


class Refused(Exception):
    """An item or a file that is left out, for a reason that has a sentence under `circle_refused`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Item:
    """One item as it was read."""

    id: str
    """The hash of what was signed."""
    circle: str
    author: str
    sequence: int
    """The how-manieth of its author's, counted from 1."""
    lamport: int
    """One more than the highest its author had seen."""
    kind: str
    body: Any
    """One of the models in `KINDS`; None where the words have been erased."""

    @property
    def short(self) -> str:
        """How the id begins, as a leaving lists it."""
        return self.id[:20]

    @property
    def order(self) -> tuple[int, str, int]:
        """Where it stands among all items; no clock has a say."""
        return self.lamport, self.author, self.sequence


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    version: Literal[1]
    circle: CircleId
    author: Key
    sequence: int = Field(ge=1, le=MOST_NUMBER)
    lamport: int = Field(ge=1, le=MOST_NUMBER)
    kind: str
    body: dict[str, Any]


def canonical(table: Any) -> bytes:
    """Give the one way of writing `table` that is signed and hashed."""
    return json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def write(circle: str, author: str, sequence: int, lamport: int, body: BaseModel) -> bytes:
    """Give the bytes to sign for a new item.

    Raises:
        Refused: when it is too big, or holds what no item may.
    """
    table = {
        "version": VERSION,
        "circle": circle,
        "author": author,
        "sequence": sequence,
        "lamport": lamport,
        "kind": _NAMES[type(body)],
        "body": _cleaned(body.model_dump(mode="json")),
    }
    signed = canonical(table)
    read(signed)
    return signed


def read(signed: bytes) -> Item:
    """Read an item from the bytes that were signed; its words come out clean.

    Raises:
        Refused: when it is too big, of a kind or a version that is not known here, or not what an item looks like.
    """
    if len(signed) > MOST_BYTES:
        raise Refused("too_big")
    table = parse(signed)
    if not isinstance(table, dict):
        raise Refused("altered")
    version, kind = table.get("version"), table.get("kind")
    if isinstance(version, int) and version > VERSION:
        raise Refused("newer")
    if isinstance(kind, str) and kind not in KINDS:
        raise Refused("unknown_kind")
    try:
        wire = _Wire.model_validate(table)
        body = KINDS[wire.kind].model_validate_json(canonical(_cleaned(wire.body)))
    except ValidationError as error:
        unknown = any(fault["type"] == "extra_forbidden" for fault in error.errors(include_input=False))
        reason = "newer" if unknown else "altered"
    else:
        name = hashlib.sha256(signed).hexdigest()
        return Item(name, wire.circle, wire.author, wire.sequence, wire.lamport, wire.kind, body)
    raise Refused(reason)  # out here, so that the words in the error stay behind


def parse(content: bytes) -> Any:
    """Parse JSON that has one reading only: no key twice, no fractions.

    Raises:
        Refused: when it is something else.
    """
    try:
        table = json.loads(content, object_pairs_hook=_once, parse_float=_never, parse_constant=_never)
        canonical(table)  # a lone surrogate cannot be written
    except (ValueError, RecursionError):
        table = Refused
    if table is Refused:
        raise Refused("altered")
    return table


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key stands twice")
    return table


def _never(_: str) -> None:
    raise ValueError("no item holds such a number")


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case dict():
            return {clean(name): _cleaned(part) for name, part in value.items()}
        case list():
            return [_cleaned(part) for part in value]
    return value

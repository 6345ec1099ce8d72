"""What a question may know about a sitting: every variable of a facilitator's template is a field of `Facts`.

Templates see plain dicts, lists, strings and numbers only; each name is always there, and empty is None or [].
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class OlderWords:
    """Words of the member's from an earlier part of the year."""

    month: str
    """The month they were written in, as a person says it: "marts", "March"."""
    words: str
    """The words, as the member wrote them."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when a sitting begins; a resumed sitting gets the same facts, so it asks the same."""

    name: str | None = None
    """What the member wants to be called, if they said."""
    week: int = 1
    """The week of the member's year, counted from 1."""
    month: int = 1
    """The month of the member's year, counted from 1."""
    first: bool = False
    """Whether this guide is sat with for the first time."""
    thread: str | None = None
    """A passage of last week's, if there is one."""
    older: OlderWords | None = None
    """Words from an earlier month, if there are any: `older.month` and `older.words`."""
    old_lines: tuple[str, ...] = ()
    """Lines of the year that the member may pick from."""
    picked: tuple[str, ...] = ()
    """The lines the member picked in this sitting."""
    member: str | None = None
    """Who is asked, where each is asked in turn: their name in the group."""
    people: tuple[str, ...] = ()
    """Who sits around the screen, once that is known; those who are away are not among them."""
    group: str | None = None
    """What the group is called, once it has a name."""
    reminder: str | None = None
    """The group's own word for "now we are coaching", once it has one."""
    stands: str | None = None
    """What the charter says about what is asked, in the words of last time; of the member who is asked, if one is."""
    first_words: str | None = None
    """What it said in the group's first charter, if that was something else."""
    learning_point: str | None = None
    """The member's learning point, from the group's charter."""
    daily_skill: str | None = None
    """The skill the member trains each day, from the group's charter."""
    helplines: str | None = None
    """The help lines of the country, one a line, where they are to be checked."""
    facilitator: str | None = None
    """Who holds the thread of this meeting."""
    witnesses: tuple[str, ...] = ()
    """Who answers the teller in all four steps, in this turn."""
    fits: int | None = None
    """How many minutes the meeting must have, where it has too few for all to tell."""
    could_tell: int | None = None
    """How many could tell in the minutes it has, where that is some of them."""
    beyond: bool = False
    """Whether the time there was for turns is used, in a meeting that is too short for all to tell."""
    givers: tuple[str, ...] = ()
    """Who has a turn that they could give, where the group stays at somebody's."""
    group_word: str | None = None
    """A word that only this group uses, another each week."""
    undated: bool = False
    """Whether the group has a frame and no first day, so that its calendar is empty."""
    zone: str | None = None
    """The time zone of this computer, as people call it: "dansk tid", "UK time"."""

    def as_plain(self) -> dict[str, object]:
        """Give the facts as templates and JSON hold them."""
        plain = {name: getattr(self, name) for name in CASES}  # `asdict` looks into each value: seven times as slow
        older = {"older": asdict(self.older) if self.older else None}
        return plain | older | {name: list(plain[name]) for name in LISTS}

    @classmethod
    def from_plain(cls, plain: Mapping[str, object]) -> "Facts":
        """Give back the facts that `as_plain` made plain; what was kept without one of them has it empty."""
        whole = {name: plain.get(name, empty) for name, empty in cls().as_plain().items()}
        older = whole["older"] and OlderWords(**whole["older"])
        lists = {name: tuple(whole[name]) for name in LISTS}
        return cls(**{**whole, **lists, "older": older})


CASES: dict[str, tuple[object, ...]] = {
    "name": ("Anna", None),
    "week": (1, 2, 53),
    "month": (1, 3, 6, 12),
    "first": (False, True),
    "thread": ("…", None),
    "older": ({"month": "…", "words": "…"}, None),
    "old_lines": (["…"] * 3, []),
    "picked": (["…"] * 3, []),
    "member": ("Anna", None),
    "people": (["Anna", "Bo", "Carl", "Dea"], []),
    "group": ("…", None),
    "reminder": ("…", None),
    "stands": ("…", None),
    "first_words": ("…", None),
    "learning_point": ("…", None),
    "daily_skill": ("…", None),
    "helplines": ("…", None),
    "facilitator": ("Anna", None),
    "witnesses": (["Bo", "Carl"], []),
    "fits": (55, None),
    "could_tell": (3, 1, None),
    "beyond": (False, True),
    "givers": (["Dea", "Elif"], []),
    "group_word": ("…", None),
    "undated": (True, False),
    "zone": ("UK time", None),
}
"""The values with which a text is proved, the fullest first: whatever a text mentions is tried in every combination."""

PARTS: dict[str, tuple[str, ...]] = {name: tuple(full) for name, (full, *_) in CASES.items() if isinstance(full, dict)}
"""The facts that have parts, and their parts' names."""
LISTS: tuple[str, ...] = tuple(name for name, (full, *_) in CASES.items() if isinstance(full, list))
"""The facts that a text may go through line by line."""
LATER: tuple[str, ...] = ("picked",)
"""The facts that come about in the sitting itself: a step that needs one is never asked."""
REFLECTED: tuple[str, ...] = ("thread", "old_lines")
"""The facts that are taken from the answers to a guide's own steps with `reflect`: without one they are never there."""
EARLIEST: dict[str, int] = {"older": 3}
"""The month of a member's year in which a fact may be there for the first time; the others may be in the first."""

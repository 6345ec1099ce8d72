"""Which conversations there are to sit down with, and in which order; nothing here knows what was kept of them."""

from collections.abc import Collection
from dataclasses import dataclass

from assistant.guides.guide import Company
from assistant.guides.library import Library
from assistant.messages import Lang
from assistant.trouble import Trouble

ORDER = ("weekly", "practice", "kickoff", "afterwards", "answer", "pair", "meeting", "quarter", "status")
"""The guides that come with Vidne, as they are offered: a member's own week first, because home tells of it; a group's
own come after them, by name."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A guide that may be sat down with."""

    guide: str
    """Its id."""
    title: str
    """What people call it, in the language spoken."""
    company: Company
    """Who sits with it."""
    minutes: int
    """About how long a sitting takes; 0 for a guide with a fault, which is told of when it is opened."""


def offers(library: Library, lang: Lang, companies: Collection[Company]) -> tuple[Offer, ...]:
    """Give the guides of `library` that fit somebody who can sit in `companies`."""
    found = (_offer(library, name, lang) for name in sorted(library.names(), key=_place))
    return tuple(offer for offer in found if offer.company in companies)


def _offer(library: Library, name: str, lang: Lang) -> Offer:
    try:
        guide = library.guide(name)
    except Trouble:
        return Offer(name, name, "member", 0)
    return Offer(name, guide.title[lang], guide.company, guide.minutes)


def _place(name: str) -> tuple[int, str]:
    return (ORDER.index(name) if name in ORDER else len(ORDER)), name

"""What a member's group agreed, as this home knows it, and what of it the rest of Vidne goes by.

A charter costs 60 ms of pydantic: whoever has none pays nothing.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.guides import values
from assistant.guides.seats import Seat, find

if TYPE_CHECKING:
    from assistant.circle.charter import Charter, Place
    from assistant.guides.library import Library
    from assistant.vault.vault import Vault

GUIDES = ("kickoff", "quarter")
"""The guides that agree a charter: the first one, and each that follows."""


def typed_here(vault: Vault, library: Library) -> tuple[Charter, ...]:
    """Give the charters that were agreed at this screen, the oldest first: a kickoff's, and those of its quarters."""
    sat = [sitting for sitting in reversed(vault.sittings()) if sitting.guide in GUIDES and sitting.finished]
    if not sat:
        return ()
    from assistant.circle.agreed import agreed

    charters: tuple[Charter, ...] = ()
    for sitting in sat:
        before = charters[-1] if charters and sitting.guide != GUIDES[0] else None
        charter = agreed(library.guide(sitting.guide), vault.turns(sitting.id), vault.profile.lang, before)
        if charter:
            charters = (*charters, charter) if before else (charter,)
    return charters


def place_of(charters: Sequence[Charter], name: str | None) -> Place | None:
    """Give the latest place of the member of that name."""
    if not charters or not name:
        return None
    places = charters[-1].places
    seat = find([Seat(number, place.name) for number, place in enumerate(places)], name)
    return places[seat.number] if seat else None


def zone_here(at: datetime, lang: str) -> str:
    """Give the time zone of the clock, or of this computer, by its name; else that of the language's capital."""
    named = getattr(at.tzinfo, "key", "") or os.environ.get("TZ", "").lstrip(":")
    with suppress(OSError):
        named = named or str(Path("/etc/localtime").resolve(strict=True)).partition("zoneinfo/")[2]
    known = values.zone(named) == named and not named.startswith("Etc/")
    return named if known else {"da": "Europe/Copenhagen", "en": "Europe/London"}[lang]

"""The group's meetings, as this home knows them: what a sitting around one screen is told, and what becomes of it.

What members carried is asked for each time it is shown, and is written down nowhere here: what was taken back is gone
with the next look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from assistant.circle import notes, pairs, rota
from assistant.circle.rota import Held
from assistant.guides import softclock
from assistant.guides.guide import base
from assistant.guides.reading import understood
from assistant.guides.state import Phase
from assistant.guides.timing import TooShort
from assistant.sittings.around import Around

if TYPE_CHECKING:
    from assistant.circle.charter import Charter
    from assistant.circle.page import CharterPage
    from assistant.guides.events import Turn
    from assistant.guides.guide import Guide
    from assistant.guides.library import Library
    from assistant.guides.state import State
    from assistant.messages import Messages
    from assistant.vault.vault import Sitting, Vault

GUIDE = "meeting"
TURN = ("telling", "stayed", "steps", "last_word")
"""The steps of a turn beside which the carried words stand."""
TELLING = "telling"
"""The step at which a turn begins."""
STAY = "stay"
"""The step of a heavy turn."""
LOOK = "look"
"""The step beside which the page stands, as it will be kept."""


@dataclass(frozen=True)
class Group:
    """What is known of the group outside a sitting."""

    charter: Charter | None = None
    """What the group agreed; None before its kickoff."""
    held: tuple[Held, ...] = ()
    """The meetings that were held, the oldest first."""
    away: frozenset[str] = frozenset()
    """Who said that they will be away."""
    gone: frozenset[str] = frozenset()
    """Who left, or pauses."""
    joined: tuple[str, ...] = ()
    """Who is in the group's room."""
    carried: Callable[[str, date], tuple[str, ...]] = lambda name, day: ()
    """Gives the lines that a member carried to the meeting of a day, those that still stand."""
    look: Callable[[], None] = lambda: None
    """Looks whether others wrote something, or took something back."""

    @property
    def to_come(self) -> frozenset[str]:
        """Who said that they will be away, and who was to join later and has not come into the room yet."""
        places = self.charter.places if self.charter else ()
        return self.away | {place.name for place in places if place.away and place.name not in self.joined}

    @property
    def names(self) -> tuple[str, ...]:
        """What the members are called, in the order they sit."""
        places = (place.name for place in self.charter.places) if self.charter else ()
        return tuple(name for name in dict.fromkeys((*places, *self.joined)) if name not in self.gone)


class Meeting:
    """One meeting: what its sitting is told. Pure but for what it is given."""

    def __init__(self, guide: Guide, group: Group, day: date, messages: Messages) -> None:
        """Prepare the meeting of a day, around the group as it is known then."""
        self._guide = guide
        self._group = group
        self._day = day
        self._messages = messages

    def around(
        self, ticks: Callable[[], float] = lambda: 0.0, finished: Callable[[Sequence[Turn]], str] | None = None
    ) -> Around:
        """Give what the session needs."""
        return Around(known=self.known, beside=self.beside, finished=finished, ticks=ticks, look=self._group.look)

    def known(self, state: State) -> Mapping[str, object]:
        """Give the facts that follow from where the sitting is."""
        step, here = STAY if state.phase is Phase.STAYING else base(state.step), _here(state)
        facts: dict[str, object] = {
            "facilitator": state.answers.get("facilitator") or None,
            "group": (self._group.charter.group if self._group.charter else "") or None,
            "reminder": (self._group.charter.reminder if self._group.charter else "") or None,
            "stands": self._stands(step, state),
        }
        if step == "steps" and state.member:
            many = notes.many(self._guide, state)
            facts["witnesses"] = rota.answering(here, many, self._group.held).get(state.member.name, ())
        if step == TELLING:
            facts["beyond"] = softclock.is_beyond(self._guide, state)
        if step == STAY:
            facts["givers"] = tuple(seat.name for seat in state.givers)
        if step == "length" and (said := state.answers.get("length")):
            facts |= self._too_short(state, said)
        return facts

    def _too_short(self, state: State, said: str) -> dict[str, object]:
        from assistant.guides.reading import values

        fit = softclock.fit(self._guide, state, values.amount(said, "minutes") or 0)
        return {"fits": fit.minutes, "could_tell": fit.tellers or None} if isinstance(fit, TooShort) else {}

    def _stands(self, step: str, state: State) -> str | None:
        """Give what stands at a step if nothing else is said: the charter's, or the next in turn."""
        charter, here = self._group.charter, _here(state)
        match step:
            case "people":
                away = self._messages("meeting.away")
                names = (f"{name} ({away})" if name in self._group.to_come else name for name in self._group.names)
                return "\n".join(names) or None
            case "length":
                return str(charter.dates.meeting_minutes if charter and charter.dates else self._guide.minutes)
            case "facilitator":
                return rota.facilitator(here, self._group.held) or None
            case "next_facilitator":
                now = Held(self._day, notes.named(state.answers.get("facilitator", ""), state.seats))
                return rota.longest_ago(here, (*self._group.held, now)) or None
            case "next_pairs":
                from assistant.circle.meeting_page import together

                groups = pairs.groups(here, [held.pairs for held in self._group.held])
                return "\n".join(together(group, self._messages) for group in groups) or None
            case "next_day" | "next_time":
                upcoming = self._next()
                if upcoming is None:
                    return None
                if step == "next_day":
                    return understood.day(upcoming.date(), self._messages, self._day)
                return understood.clock(upcoming.time(), self._messages)
        return None

    def _next(self) -> datetime | None:
        """Give when the group meets next by its charter."""
        return following(self._group.charter, self._day)

    def beside(self, state: State) -> tuple[str, ...]:
        """Give what stands beside a question: what the teller carried, or the page as it will be kept."""
        step = base(state.step)
        if step in TURN and state.member:
            return self._group.carried(state.member.name, self._day)
        if step == LOOK:
            from assistant.circle.printed import plain

            return (plain(self.page(notes.of_state(self._guide, state, self._day))),)
        return ()

    def page(self, kept: notes.Notes) -> CharterPage:
        """Give the page of this meeting, as it stands now."""
        from assistant.circle.meeting_page import page

        group = self._group.charter.group if self._group.charter else ""
        carried = {name: lines for name in kept.present if (lines := self._group.carried(name, kept.held))}
        return page(kept, carried, self._messages, group)


def following(charter: Charter | None, day: date) -> datetime | None:
    """Give when a group meets by its charter, after a day; None where nothing is settled."""
    if charter is None or charter.dates is None:
        return None
    from assistant.circle.calendar import series  # 30 ms of dateutil, and only where a date is wanted

    found = next((one for one in series(charter.dates, charter.agreed) if one.what == "meeting"), None)
    begins = [found.moved.get(start, start) for start in found.starts] if found else []
    return min((start for start in begins if start and start.date() > day), default=None)


def _here(state: State) -> tuple[str, ...]:
    return tuple(seat.name for seat in state.here)


def typed_here(
    vault: Vault, library: Library, but: int | None = None, of: Callable[[Sitting], bool] = lambda sitting: True
) -> tuple[notes.Notes, ...]:
    """Give the meetings that were held at this screen, the oldest first, also those that ended early; `but` is left
    out, and what is not `of` the circle."""
    sittings = (sitting for sitting in reversed(vault.sittings(GUIDE)) if sitting.id != but and of(sitting))
    return tuple(kept for sitting in sittings if (kept := kept_of(sitting, vault.turns(sitting.id), library)))


def kept_of(sitting: Sitting, turns: Sequence[Turn], library: Library) -> notes.Notes | None:
    """Give what is kept of one meeting; None where nobody had sat down yet."""
    guide = library.guide(GUIDE)
    return notes.notes(guide, sitting.plan or guide.plan(1, {}), turns)


def held(kept: notes.Notes) -> Held:
    """Give what the next meetings need of one that was kept."""
    return Held(kept.held, kept.facilitator, kept.present, kept.many, kept.next_pairs, kept.next_facilitator)

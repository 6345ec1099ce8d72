"""What a member's groups agreed, as this home knows it, and what of it the rest of Vidne goes by.

A charter costs 130 ms of pydantic and keys: whoever has none pays nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.guides.events import Turn
from assistant.guides.facts import Facts
from assistant.guides.guide import Company, Guide, base
from assistant.guides.leaders import TOLD
from assistant.guides.reading import understood, values
from assistant.guides.seats import Seat, find
from assistant.guides.state import State
from assistant.guides.wanted import line
from assistant.messages import Messages
from assistant.sittings.recollection import latest_answers
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.circle.calendar import Collision
    from assistant.circle.charter import Charter, Dates, Place
    from assistant.circle.circle import Circle
    from assistant.circle.page import CharterPage
    from assistant.circle.view import Member
    from assistant.guides.library import Library
    from assistant.guides.offers import Offer
    from assistant.vault.vault import Vault

WHO = "who"
"""The step of a pair meeting at which the two write whom the circle may hear of."""
KICKOFF, QUARTER = "kickoff", "quarter"
"""The guides that agree a charter: the first one, and each that follows."""
KINDS = ("meeting", "journal", "pair")
"""What comes again in a calendar."""
IN_A_CIRCLE = ("quarter", "meeting", "answer")
"""The guides that are about one circle, so that it is asked which where the member is in several."""


@dataclass(frozen=True)
class Frame:
    """What one group agreed."""

    charters: tuple[Charter, ...]
    """The first wording, and those that came beside it."""
    name: str | None
    """What the member is called in the group."""
    circle: Circle | None = None
    """The group's room; None where it could not be made yet."""

    @property
    def place(self) -> Place | None:
        """The member's own place in the charter as it is now."""
        return place_of(self.charters[-1], self.name)

    # The calendar

    @property
    def id(self) -> str:
        """What names the group in calendars, the same in all its members'."""
        return self.circle.id if self.circle else f"{self.since} {self.charters[0].group}"

    @property
    def since(self) -> date:
        """The day the frame was first agreed."""
        return self.charters[0].agreed

    @property
    def dates(self) -> Dates | None:
        """When the group meets, as it stands now; None while nothing is settled."""
        return self.charters[-1].dates

    def calendar(self, at: datetime, messages: Messages) -> CharterPage | None:
        """Give the dates as a page, as they are from now on; None while nothing is settled."""
        from assistant.circle.calendar_page import page

        if self.dates is None:
            return None
        whole = page(self.dates, self.since, self.charters[-1].group, at.date(), messages)
        if self.circle is None:
            return whole
        from assistant.circle.paired import section

        paired = section(self.circle.view, messages)
        return replace(whole, sections=(*whole.sections[:-1], paired, whole.sections[-1])) if paired else whole

    def days_off(self, today: date) -> tuple[Collision, ...]:
        """Give the meetings that fall on days off, from `today` on, each with what the group made of it."""
        from assistant.circle.calendar import collisions

        found = collisions(self.dates, self.since) if self.dates else ()
        return tuple(each for each in found if each.what == "meeting" and each.at.date() >= today)

    def ics(self, at: datetime, messages: Messages) -> bytes:
        """Give the dates as a file for calendar programs.

        Raises:
            Trouble: when there are none, or their time zone is none.
        """
        from assistant.circle.calendar import series
        from assistant.circle.ics import ics

        if self.dates is None:
            raise Trouble("calendar_no_dates")
        titles = {kind: messages(f"calendar.title_{kind}") for kind in KINDS}
        return ics(series(self.dates, self.since), self.dates.zone, self.id, titles, at)

    @property
    def renewed(self) -> Frame:
        """The same frame, as it stands in its room now."""
        return replace(self, charters=self.circle.view.charters) if self.circle else self

    def decide(self, day: date, to: datetime | None) -> None:
        """Put beside the others a charter in which what falls on `day` is moved; None leaves it out.

        Raises:
            Trouble: when nothing falls on that day, or there are no dates or no room to keep it in.
        """
        from assistant.circle.calendar import decided

        if self.dates is None or self.circle is None:
            raise Trouble("calendar_no_dates")
        dates = decided(self.dates, self.since, day, to)
        self.circle.agree(self.charters[-1].model_copy(update={"dates": dates}))


class Frames:
    """The frames of the groups that one member belongs to."""

    def __init__(self, vault: Vault, library: Library, circles: Callable[[], Sequence[Circle]]) -> None:
        """Look in `circles`, which are opened only if there are any, and in the kickoffs that were typed here."""
        self._vault = vault
        self._library = library
        self._circles = circles

    @property
    def any(self) -> bool:
        """Whether there is a frame, or a room in which there will be one."""
        return bool(self._vault.circles.belongings()) or bool(self._kickoffs)

    @cached_property
    def all(self) -> tuple[Frame, ...]:
        """The frames, in the order the groups were joined."""
        if self._vault.circles.belongings():
            rooms = ((circle, circle.view.charters) for circle in self._circles())
            return tuple(Frame(charters, circle.me.name, circle) for circle, charters in rooms if charters)
        charters = self.typed_here
        return (Frame(charters, self._host or self._vault.profile.name),) if charters else ()

    def of(self, group: str | None) -> Frame | None:
        """Give the frame of the circle with that id, or of the group of that name, else the first there is."""
        named = [frame for frame in self.all if group and group in (frame.id, frame.charters[-1].group)]
        return next(iter([*named, *self.all]), None)

    @property
    def _kickoffs(self) -> list:
        """What was sat with here, the oldest first; of somebody who left their circles, nothing."""
        if self._vault.circles.ever:
            return []
        sat = reversed(self._vault.sittings())
        return [sitting for sitting in sat if sitting.finished and sitting.guide in (KICKOFF, QUARTER)]

    @property
    def _host(self) -> str:
        """Whose computer this was said to be, in the last kickoff that was typed here."""
        from assistant.circle.agreed import host

        sat = [sitting for sitting in self._kickoffs if sitting.guide == KICKOFF][-1:]
        return next((host(self._library.guide(KICKOFF), self._vault.turns(sitting.id)) for sitting in sat), "")

    @property
    def typed_here(self) -> tuple[Charter, ...]:
        """The charters that were agreed at this screen and are in no room yet."""
        if not (sat := self._kickoffs):
            return ()
        from assistant.circle.agreed import agreed

        charters: tuple[Charter, ...] = ()
        for sitting in sat:
            before = charters[-1] if charters and sitting.guide == QUARTER else None
            guide = self._library.guide(sitting.guide)
            if charter := agreed(guide, self._vault.turns(sitting.id), self._vault.profile.lang, before):
                charters = (*charters, charter) if before else (charter,)
        return charters

    def keep_only_mine(self) -> None:
        """Erase here what the others said in the kickoffs that were typed at this screen, once it stands in a room: it
        is theirs, and goes with them.

        Raises:
            Trouble: `forgotten_in_part` when it is erased, but the files could not be swept.
        """
        from assistant.circle.agreed import host, of_others

        if not self._vault.circles.ever:
            return
        mine = {self._vault.profile.name or "", *(circle.me.name for circle in self._circles())}
        for sitting in self._vault.sittings():
            if sitting.finished and sitting.guide in (KICKOFF, QUARTER):
                guide, turns = self._library.guide(sitting.guide), self._vault.turns(sitting.id)
                if steps := of_others(guide, turns, {*mine, host(guide, turns)}):
                    self._vault.take_out(sitting.id, [Turn("stands", step, at=turns[-1].at) for step in steps])

    # What the rest of Vidne goes by

    def add_to(self, facts: Facts, company: Company) -> Facts:
        """Add what the charters say of the member: the first learning point and daily practice there is.

        Two who meet are asked whether their group may know, if they have one.
        """
        if company == "pair" and self.all:
            facts = replace(facts, group=self.all[0].charters[-1].group or None)
        places = [frame.place for frame in self.all if frame.place]
        point = next((place.learning_point for place in places if place.learning_point), None)
        skill = next((place.daily_skill for place in places if place.daily_skill), None)
        return replace(facts, learning_point=point, daily_skill=skill)

    @property
    def allow_a_model(self) -> bool:
        """Whether every group said yes to a language model."""
        return all(frame.charters[-1].model_allowed for frame in self.all)

    @property
    def waits(self) -> bool:
        """Whether there is a room in which it is not known yet what was agreed."""
        return bool(self._vault.circles.belongings()) and not all(circle.view.charters for circle in self._circles())

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the groups know: their members', and those of the leaders who back them."""
        charters = [charter for frame in self.all for charter in frame.charters]
        rooms = self._circles() if self._vault.circles.belongings() else ()
        members = (member for circle in rooms for member in circle.view.members)
        known = [named.name for named in (*(place for charter in charters for place in charter.places), *members)]
        # The question asks for nothing but a name; where more was written, a large letter tells it from other words.
        leaders = (word for charter in charters for word in re.findall(r"\w[\w'’-]*", charter.champion))
        return tuple(dict.fromkeys([*known, *(word for word in leaders if word[0].isupper())]))

    @property
    def helplines_checked(self) -> date | None:
        """When a facilitator rang the help lines last."""
        days = (frame.charters[-1].helplines_checked for frame in self.all)
        return max((day for day in days if day), default=None)

    @property
    def helplines_own(self) -> tuple[str, ...]:
        """The organisations' own help."""
        own = (frame.charters[-1].helplines_own for frame in self.all)
        return tuple(line for line in own if line)


def in_order(offers: Sequence[Offer], is_there: bool) -> tuple[Offer, ...]:
    """Put the kickoff behind the rest if the frame `is_there`; until it is, there is nothing to look at again."""
    if not is_there:
        return tuple(offer for offer in offers if offer.guide != QUARTER)
    return tuple(sorted(offers, key=lambda offer: offer.guide == KICKOFF))


class Agreeing:
    """What a sitting needs that agrees a charter: what stands in the one before, and what becomes of it."""

    def __init__(
        self,
        guide: Guide,
        frame: Frame | None,
        found: Callable[[Charter, str], Circle],
        messages: Messages,
        name: str | None,
        forget: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare for a sitting of `guide`; `found` makes a circle of a charter, `name` is the member's own. `forget`
        erases here what the others said, when it stands in their room."""
        self._guide = guide
        self._frame = frame if guide.id == QUARTER else None
        self._found = found
        self._messages = messages
        self._name = name
        self._forget = forget

    def stands(self, step: str, member: str | None) -> tuple[str | None, str | None]:
        """Give what the charter says at a step, of `member` if one is asked, and what it said first."""
        if self._frame is None:
            return None, None
        from assistant.circle.agreed import first_words, stands

        asked = (self._frame.charters, step, member, (self._messages("talk.yes"), self._messages("talk.no")))
        return self._counted(step, stands(*asked)), self._counted(step, first_words(*asked))

    def _counted(self, step: str, text: str | None) -> str | None:
        """Say of a bare number what it counts."""
        is_bare = step == "months" and text is not None and text.strip().isdecimal()
        return self._messages("charter.count_months", count=text) if is_bare else text

    def became(self, step: str, turns: Sequence[Turn]) -> str:
        """Say that an answer is no line of the frame, or how many of its sentences are not, since they are about
        leaders; none is repeated."""
        said = latest_answers(turns).get(step, "")
        if said and not line(self._guide[step], said):
            return self._messages("charter.no_line")
        if base(step) not in TOLD:
            return ""
        from assistant.circle.agreed import stays_out

        stood = self._frame.charters[-1] if self._frame else None
        many = stays_out(self._guide, turns, step, self._messages.lang, stood)
        return self._messages("charter.left_out_1" if many == 1 else "charter.left_out", count=many) if many else ""

    def frame(self, state: State, steps: Sequence[str], turns: Sequence[Turn]) -> tuple[str, ...]:
        """Give the line of the frame that each of these steps became, as it would be kept now."""
        from assistant.circle.agreed import agreed
        from assistant.circle.whole import lines

        stood = self._frame.charters[-1] if self._frame else None
        charter = agreed(self._guide, turns, self._messages.lang, stood)
        if charter is None:
            return ()
        return lines(charter, self._guide, state, steps, self._messages, charter.agreed)

    def finished(self, turns: Sequence[Turn]) -> str:
        """Put what was agreed into the group's room, made for it if there is none, and say so."""
        from assistant.circle.agreed import agreed, host

        stood = self._frame.charters if self._frame else ()
        charter = agreed(self._guide, turns, self._messages.lang, stood[-1] if stood else None)
        if charter is None:
            return ""
        circle = self._frame.circle if self._frame else None
        try:
            if circle:
                circle.agree(charter)
            else:
                make_room((*stood, charter), self._found, host(self._guide, turns) or self._name)
        except Trouble as trouble:
            return f"{self._messages('charter.no_room')} {self._messages(trouble.key, **trouble.values)}"
        told = [self._messages("charter.agreed_again" if stood else "charter.founded")]
        told += [] if charter.dates else [self._messages("charter.undated")]
        try:
            self._forget()
        except Trouble as trouble:
            told.append(self._messages(trouble.key, **trouble.values))
        return " ".join(told)


def let_know(frames: Sequence[Frame], turns: Sequence[Turn], at: datetime, messages: Messages) -> str:
    """Let the circle know that a pair met, if they wrote who, and say so; it learns nothing else."""
    said = latest_answers(turns).get(WHO, "")
    if not said:
        return ""
    from assistant.circle.items import Pair

    for circle in (frame.circle for frame in frames if frame.circle):
        others = [_member(circle, person.name) for person in values.people(said)]
        if all(others) and 1 <= len({other.key for other in others}) == len(others) <= 2:
            keys = (circle.me.key, *(other.key for other in others))
            circle.met(Pair(month=f"{at:%Y-%m}", members=keys))
            return messages("pair.known", names=", ".join(other.name for other in others))
    return messages("pair.unknown")


def _member(circle: Circle, name: str) -> Member | None:
    """Give the member of that name, but for oneself."""
    named = (member for member in circle.view.here if member.name.casefold() == name.casefold())
    return next((member for member in named if member.key != circle.me.key), None)


def make_room(charters: Sequence[Charter], found: Callable[[Charter, str], Circle], name: str | None) -> None:
    """Make a circle of what was agreed, with all its wordings; its founder is the member of that name.

    Raises:
        Trouble: when it cannot be made.
    """
    place = place_of(charters[-1], name)
    circle = found(charters[0], place.name if place else name or charters[-1].places[0].name)
    for charter in charters[1:]:
        circle.agree(charter)


def place_of(charter: Charter, name: str | None) -> Place | None:
    """Give the place of the member of that name."""
    seats = [Seat(number, place.name) for number, place in enumerate(charter.places)]
    seat = find(seats, name) if name else None
    return charter.places[seat.number] if seat else None


def zone_here(at: datetime, messages: Messages) -> str:
    """Give the time zone of the clock, or of this computer, as people call it; else that of the language's capital."""
    named = getattr(at.tzinfo, "key", "") or os.environ.get("TZ", "").lstrip(":")
    with suppress(OSError):
        named = named or str(Path("/etc/localtime").resolve(strict=True)).partition("zoneinfo/")[2]
    known = values.zone(named) == named and not named.startswith("Etc/")
    named = named if known else {"da": "Europe/Copenhagen", "en": "Europe/London"}[messages.lang]
    spoken = understood.zone(named, messages)
    return spoken if values.zone(spoken) == named else named

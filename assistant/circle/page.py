"""The charter as a page: what stands in it under which heading, and later wordings beside the first. Pure.

What the group said of leaders was never written down, and the silent writing was on paper: neither can stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.circle.charter import Charter, Place
from assistant.guides.reading.understood import clock, zone
from assistant.messages import Messages

MEETING = ("monthly", "pairs", "working_time", "months", "first_meeting", "journal_day")
BEING = ("witnesses", "reminder", "confidentiality", "masking", "model")
KNOWING = ("mistakes", "change", "pressure")
BACKING = ("champion",)
HELP = ("helplines_own", "helplines_checked")
SECTIONS = {"meeting": MEETING, "being": BEING, "knowing": KNOWING, "backing": BACKING, "help": HELP}
"""What stands under which heading, in the page's order; the members' own stands between."""
MEMBER = ("learning_point", "daily_skill", "why_here")
"""What stands under a member's name."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What was said, and since when."""

    since: date
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was agreed."""

    label: str
    """What it is about; "" where the words say that themselves."""
    wordings: tuple[Wording, ...]
    """How it was worded, the first first; the last one holds."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page."""

    title: str
    entries: tuple[Entry, ...]
    level: int = 2
    """2, or 3 for a part of the one before."""


@dataclass(frozen=True, slots=True)
class CharterPage:
    """The page, in the language it is read in."""

    lang: str
    title: str
    group: str
    """The group's name; "" where it has none."""
    lead: tuple[str, ...]
    """When it was agreed and looked at, and who is in it."""
    sections: tuple[Section, ...]
    first: Callable[[date], str]
    """Says of a first wording since when it stood."""
    later: Callable[[date], str]
    """Says it of a later one."""


def page(charters: Sequence[Charter], messages: Messages, members: Sequence[str] = ()) -> CharterPage:
    """Give the page of a group's charters, the oldest first; there is at least one. `members` are the names of those
    who are in the group's room: who comes later has come then, and who has no place yet is named too."""
    return _Page(charters, messages, members).whole()


class _Page:
    def __init__(self, charters: Sequence[Charter], messages: Messages, members: Sequence[str]) -> None:
        self._charters = charters
        self._messages = messages
        self._inside = members

    def whole(self) -> CharterPage:
        latest, say = self._charters[-1], self._messages
        before, after = [], []
        for name, labels in SECTIONS.items():
            entries = tuple(entry for label in labels if (entry := self._entry(label)))
            if entries:
                (before if name in ("meeting", "being") else after).append(Section(say(f"charter.{name}"), entries))
        also = self._worded(lambda charter: charter.words.get("also", ""))
        if also:
            after.append(Section(say("charter.also"), (Entry("", also),)))
        return CharterPage(
            lang=say.lang,
            title=say("charter.title"),
            group=latest.group,
            lead=tuple(self._lead()),
            sections=(*before, *self._members(), *after, *self._own(before, after)),
            first=lambda day: say("charter.first", day=self._day(day)),
            later=lambda day: say("charter.later", day=self._day(day)),
        )

    def _lead(self) -> list[str]:
        first, *later = self._charters
        say = self._messages
        lines = [say("charter.agreed", day=self._day(first.agreed))]
        # What is decided about a date puts a charter beside the others, and is no look at the frame.
        if seen := dict.fromkeys(charter.agreed for charter in later if charter.agreed != first.agreed):
            lines.append(say("charter.seen", days=", ".join(map(self._day, seen))))
        places = self._charters[-1].places
        came = {name.casefold() for name in self._inside}
        here = [place.name for place in places if not place.away or place.name.casefold() in came]
        away = [place.name for place in places if place.away and place.name.casefold() not in came]
        seated = {place.name.casefold() for place in places}
        here += [name for name in self._inside if name.casefold() not in seated]
        lines.append(", ".join(here))
        return [*lines, say("charter.to_come", names=", ".join(away))] if away else lines

    def _members(self) -> list[Section]:
        shared = self._worded(lambda charter: charter.shared_skill)
        entries = (Entry(self._messages("charter.shared_skill"), shared),) if shared else ()
        sections = [Section(self._messages("charter.practising"), entries)]
        for place in self._charters[-1].places:
            own = tuple(
                Entry(self._messages(f"charter.{label}"), wordings)
                for label in MEMBER
                if (wordings := self._worded(lambda charter, label=label, place=place: _of(charter, place, label)))
            )
            sections += [Section(place.name, own, level=3)] if own else []
        return sections if len(sections) > 1 or shared else []

    def _own(self, *written: Sequence[Section]) -> list[Section]:
        """Give what a group's own steps asked: each under its step's name."""
        known = {*MEETING, *BEING, *KNOWING, *BACKING, *HELP, "also"}
        own = [step for step in self._charters[-1].words if step not in known]
        entries = tuple(
            Entry(step.replace("_", " ").replace("-", " "), wordings)
            for step in own
            if (wordings := self._worded(lambda charter, step=step: charter.words.get(step, "")))
        )
        return [Section(self._messages("charter.own"), entries)] if entries else []

    def _entry(self, label: str) -> Entry | None:
        if label == "witnesses":
            return Entry("", (Wording(self._charters[0].agreed, self._messages("charter.witnesses")),))
        wordings = self._worded(lambda charter: self._said(charter, label))
        return Entry(self._messages(f"charter.{label}"), wordings) if wordings else None

    def _said(self, charter: Charter, label: str) -> str:
        say = self._messages
        match label:
            case "reminder" | "champion" | "helplines_own":
                return getattr(charter, label)
            case "model":
                return say("charter.model_yes" if charter.model_allowed else "charter.model_no")
            case "helplines_checked":
                day = charter.helplines_checked
                return say("charter.checked", day=self._day(day)) if day else say("charter.unchecked")
            case "first_meeting":
                if charter.dates is None:
                    return ""
                first = charter.dates.first_meeting
                weekday = say(f"calendar.weekday_{first.weekday()}")
                month = say(f"month.{first.month}")
                day = say("understood.day_far", weekday=weekday, day=first.day, month=month, year=first.year)
                return say("charter.at", day=day, clock=clock(first.time(), say), zone=zone(charter.dates.zone, say))
        words = charter.words.get(label, "")
        return say("charter.count_months", count=words) if label == "months" and words.isdecimal() else words

    def _worded(self, of: Callable[[Charter], str]) -> tuple[Wording, ...]:
        """Give each wording once, with the day from which it stood."""
        wordings: list[Wording] = []
        for charter in self._charters:
            text = of(charter)
            if text and (not wordings or wordings[-1].text != text):
                wordings.append(Wording(charter.agreed, text))
        return tuple(wordings)

    def _day(self, day: date) -> str:
        month = self._messages(f"month.{day.month}")
        return self._messages("screen.day", day=day.day, month=month, year=day.year)


def _of(charter: Charter, member: Place, label: str) -> str:
    place = next((place for place in charter.places if place.name.casefold() == member.name.casefold()), None)
    return getattr(place, label) if place else ""

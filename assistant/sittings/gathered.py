"""Where a member's meetings meet the group's room: what a meeting is told of it, and how one stands there.

What was taken back is in neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from assistant.circle.items import Meeting as MeetingItem
from assistant.circle.items import is_key
from assistant.circle.notes import Found, Notes, Wished
from assistant.circle.rota import Held
from assistant.sittings.meetings import Group, following, held
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.circle.charter import Charter
    from assistant.circle.circle import Circle
    from assistant.circle.items import Passage
    from assistant.circle.view import Entry, View


def group(circle: Circle, typed: Sequence[Notes], charter: Charter | None, day: date) -> Group:
    """Give what the room knows of a group; `typed` are the meetings held at this screen, `charter` the one agreed
    here, where the room has none."""

    def carried(name: str, of: date) -> tuple[str, ...]:
        return tuple(entry.body.text for entry in passages(circle.view, name, of))

    def look() -> None:
        with suppress(Trouble):
            circle.sync()

    view = circle.view
    gone = {member.name for member in view.members} - {member.name for member in view.active}
    return Group(
        charter=view.charter or charter,
        held=history(view, typed),
        away=frozenset(_names(view, view.away.get(f"{day:%Y-%m}", ()))),
        gone=frozenset(gone),
        joined=tuple(member.name for member in view.active),
        carried=carried,
        look=look,
    )


def passages(view: View, name: str, day: date) -> list[Entry[Passage]]:
    """Give what a member carries to the meeting of a day, in the order it was shared: what no other meeting took up,
    though it was carried for another day than the one they met; of a meeting that was held, what it took up itself."""
    took_up = {entry.body.held: entry.body.passages for entry in view.meetings}
    mine = [entry for entry in view.passages if (member := view.member(entry.by)) and member.name == name]
    if day in took_up:
        return [entry for entry in mine if entry.id in took_up[day]]
    elsewhere = set().union(*took_up.values())
    return [entry for entry in mine if entry.id not in elsewhere]


def upcoming(view: View, today: date) -> date:
    """Give the day of the meeting that lines are carried to: today's or the next by the charter, or by what the last
    meeting said; else some day of this month, or of the next where this month's has been."""
    held_last = max((entry.body.held for entry in view.meetings), default=date.min)
    said = max(view.meetings, key=lambda entry: entry.body.held).body.next_meeting if view.meetings else None
    if said and said.date() >= today:
        return said.date()
    after = max(held_last, today - timedelta(days=1))
    if by_charter := following(view.charter, after):
        return by_charter.date()
    if (held_last.year, held_last.month) != (today.year, today.month):
        return today
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def history(view: View, typed: Sequence[Notes]) -> tuple[Held, ...]:
    """Give the meetings that were held, here or at another's screen, the oldest first."""
    here = {notes.held: held(notes) for notes in typed}
    there = {entry.body.held: held(notes_of(view, entry.body)) for entry in view.meetings}
    return tuple(meeting for _, meeting in sorted({**there, **here}.items()))


def notes_of(view: View, item: MeetingItem) -> Notes:
    """Give a meeting as it stands in the room: a word or a note that was taken back is not in it."""
    words = {entry.id: entry.body for entry in view.words}
    kept = {entry.id: entry.body for entry in view.notes}
    found = (words[word] for word in item.words if word in words)
    wished = (kept[note] for note in item.kept if note in kept)
    return Notes(
        held=item.held,
        present=_names(view, item.present),
        facilitator=_name(view, item.facilitator),
        words=tuple(Found(word.word, word.meaning, _name(view, word.by)) for word in found),
        agreements=item.agreements,
        kept=tuple(Wished(note.text, _name(view, note.by)) for note in wished),
        next_meeting=item.next_meeting,
        next_facilitator=_name(view, item.next_facilitator),
        next_pairs=tuple(_names(view, pair) for pair in item.next_pairs),
    )


def last_of(view: View, typed: Notes | None) -> Notes | None:
    """Give the last meeting there was; what the room has of it stands before what was typed here, since something in
    it may have been taken back."""
    last = max(view.meetings, key=lambda entry: entry.body.held, default=None)
    if last is None or (typed and typed.held > last.body.held):
        return typed
    return notes_of(view, last.body)


def _names(view: View, keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, (_name(view, key) for key in keys)))


def _name(view: View, person: str | None) -> str:
    """Give what somebody is called: a member of the circle, or one who only came to the meeting."""
    if not person:
        return ""
    member = view.member(person)
    return member.name if member else "" if is_key(person) else person


# The words of the group's own


def vocabulary(view: View | None, typed: Sequence[Notes]) -> tuple[tuple[date, Found], ...]:
    """Give each word with the day it was found, the newest first; one found again stands once, as it was put last."""
    words: dict[str, tuple[date, Found]] = {}
    for day, found in sorted((*_typed(typed, view), *_there_found(view)), key=lambda dated: dated[0]):
        words[found.word.casefold()] = (day, found)
    return tuple(sorted(words.values(), key=lambda word: word[0], reverse=True))


def _typed(typed: Sequence[Notes], view: View | None) -> Iterator[tuple[date, Found]]:
    """Give the words typed here at meetings that the room does not know of yet: there, one may have been taken back."""
    there = {entry.body.held for entry in view.meetings} if view else set()
    for notes in (notes for notes in typed if notes.held not in there):
        yield from ((notes.held, found) for found in notes.words)


def _there_found(view: View | None) -> Iterator[tuple[date, Found]]:
    for entry in view.words if view else ():
        yield entry.body.found, Found(entry.body.word, entry.body.meaning, _name(view, entry.body.by))

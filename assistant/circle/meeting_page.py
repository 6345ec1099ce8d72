"""The page of a monthly meeting: what each carried, words found, agreements, what members wished kept, dates. Pure.

What was taken back is not handed in, and so cannot stand here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.circle.notes import Found, Notes
from assistant.circle.page import CharterPage, Entry, Section, Wording
from assistant.guides.reading.understood import clock
from assistant.messages import Messages


def page(notes: Notes, carried: Mapping[str, Sequence[str]], messages: Messages, group: str = "") -> CharterPage:
    """Give the page; `carried` are the lines each member carried, those that still stand, by name."""

    def said(label: str, text: str) -> Entry:
        return Entry(label, (Wording(notes.held, text),))

    brought = [said(name, text) for name in carried for text in carried[name]]
    parts = {
        "carried": brought,
        "words": [word(found, messages, notes.held) for found in notes.words],
        "agreements": [said("", text) for text in notes.agreements],
        "kept": [said(wish.by, wish.text) for wish in notes.kept],
        "next": [said(messages(f"meeting.{name}"), text) for name, text in _next(notes, messages)],
    }
    day = messages("screen.day", day=notes.held.day, month=messages(f"month.{notes.held.month}"), year=notes.held.year)
    facilitator = (messages("meeting.led", name=notes.facilitator),) if notes.facilitator else ()
    return CharterPage(
        lang=messages.lang,
        title=messages("meeting.title", day=day),
        group=group,
        lead=(", ".join(notes.present), *facilitator),
        sections=tuple(Section(messages(f"meeting.{name}"), tuple(part)) for name, part in parts.items() if part),
        first=lambda day: "",
        later=lambda day: "",
    )


def word(found: Found, messages: Messages, day: date, dated: str = "") -> Entry:
    """Give a word of the group's: what it means, and who brought it; with its day, where one is given."""
    by = messages("meeting.by", name=", ".join(filter(None, (found.by, dated)))) if found.by or dated else ""
    about = "\n".join(filter(None, (found.meaning, by)))
    return Entry(found.word if about else "", (Wording(day, about or found.word),))


def vocabulary(words: Sequence[tuple[date, Found]], messages: Messages, group: str = "") -> CharterPage:
    """Give the group's own words as a page, the newest first."""
    entries = tuple(word(found, messages, day, _when(day, messages)) for day, found in words)
    return CharterPage(
        lang=messages.lang,
        title=messages("words.title"),
        group=group,
        lead=() if words else (messages("words.none"),),
        sections=(Section("", entries),) if entries else (),
        first=lambda day: "",
        later=lambda day: "",
    )


def _next(notes: Notes, messages: Messages) -> list[tuple[str, str]]:
    when = notes.next_meeting
    told = []
    if when:
        told.append(("next_meeting", _when(when.date(), messages)))
        if (when.hour, when.minute) != (0, 0):
            at = clock(when.time(), messages)
            told[-1] = ("next_meeting", messages("meeting.at", day=told[-1][1], clock=at))
    if notes.next_facilitator:
        told.append(("next_facilitator", notes.next_facilitator))
    if notes.next_pairs:
        told.append(("next_pairs", "\n".join(together(pair, messages) for pair in notes.next_pairs)))
    return told


def _when(day: date, messages: Messages) -> str:
    return messages("screen.day", day=day.day, month=messages(f"month.{day.month}"), year=day.year)


def together(names: Sequence[str], messages: Messages) -> str:
    """Give names as a person says them: "Anna, Bo og Carl"."""
    *others, last = names
    return messages("meeting.and", names=", ".join(others), last=last) if others else last

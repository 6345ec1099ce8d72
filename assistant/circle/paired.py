"""Who meets whom on their own: as the last meeting agreed it, and as the next one would propose it just now. Pure."""

from __future__ import annotations

from assistant.circle.meeting_page import together
from assistant.circle.page import Entry, Section, Wording
from assistant.circle.pairs import Groups, groups
from assistant.circle.view import View
from assistant.messages import Messages


def section(view: View, messages: Messages) -> Section | None:
    """Give the part of the dates page; None where nobody has anybody to meet, or there is no frame."""
    if view.charter is None:
        return None
    held = sorted(view.meetings, key=lambda entry: entry.body.held)
    agreed = [_named(view, entry.body.next_pairs) for entry in held]
    now = agreed[-1] if agreed else ()
    following = groups(_people(view), [those for those in agreed if those])
    since = view.charter.agreed
    told = (("pairs_now", now), ("pairs_then" if held else "pairs_first", following))
    entries = tuple(
        Entry(messages(f"calendar.{label}"), (Wording(since, "\n".join(together(pair, messages) for pair in those)),))
        for label, those in told
        if those
    )
    return Section(messages("calendar.page_pairs"), entries) if entries else None


def _named(view: View, pairs: Groups) -> Groups:
    names = ([member.name for key in pair if (member := view.member(key)) in view.here] for pair in pairs)
    return tuple(tuple(sorted(those)) for those in names if len(those) > 1)


def _people(view: View) -> set[str]:
    """Give those who are in, and those the frame has a place for who have not come in yet."""
    known = {member.name.casefold() for member in view.members}
    places = view.charter.places if view.charter else ()
    coming = {place.name for place in places if not place.away and place.name.casefold() not in known}
    return {member.name for member in view.active} | coming

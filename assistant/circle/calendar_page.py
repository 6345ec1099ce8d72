"""A group's dates as a page: when the next meetings are, when two meet and write, and what falls on days off. Pure."""

from __future__ import annotations

from datetime import date, datetime

from assistant.circle.calendar import LAST, Collision, Series, What, collisions, place, series
from assistant.circle.charter import Dates
from assistant.circle.holidays import KNOWN
from assistant.circle.page import CharterPage, Entry, Section, Wording
from assistant.guides.reading import understood
from assistant.messages import Messages

AHEAD = 12
"""How many meetings are shown."""
SHOWN: tuple[What, ...] = ("meeting", "pair")
"""What is named where it falls on a day off; the journal, which each writes alone, can be written on another."""


def page(dates: Dates, since: date, group: str, today: date, messages: Messages) -> CharterPage:
    """Give the page, as it is on a day."""
    say = messages
    sections = [_series(each, dates, today, say) for each in series(dates, since)]
    found = [each for each in collisions(dates, since) if each.what in SHOWN and each.at.date() >= today]
    return CharterPage(
        lang=say.lang,
        title=say("calendar.page"),
        group=group,
        lead=(understood.zone(dates.zone, say),),
        sections=(*filter(None, sections), _off(found, dates, today, say)),
        first=str,
        later=str,
    )


def fifth(dates: Dates, messages: Messages) -> str:
    """Say what becomes of a weekday that not every month has a fifth of; "" for any other."""
    if dates.meets_last or place(dates.first_meeting.date()) != LAST:
        return ""
    return messages("calendar.fifth", weekday=messages(f"calendar.weekday_{dates.first_meeting.weekday()}"))


def when(at: datetime, today: date, messages: Messages) -> str:
    """Say when something begins: `torsdag den 14. januar kl. 9.30`."""
    day = understood.day(at.date(), messages, today)
    return messages("calendar.at", day=day, clock=understood.clock(at.time(), messages))


def _series(each: Series, dates: Dates, today: date, say: Messages) -> Section | None:
    begins = sorted(at for start in each.starts if (at := each.moved.get(start, start)) and at.date() >= today)
    if not begins:
        return None
    if each.what == "meeting":
        lines = [when(at, today, say) for at in begins[:AHEAD]]
        lines += [text] if (text := fifth(dates, say)) else []
    elif each.what == "journal":
        lines = [say("calendar.every_week", what=when(begins[0], today, say))]
        early = today <= begins[0].date() < dates.first_meeting.date()
        lines += [say("calendar.journal_before")] if early else []
    else:
        often = understood.said(understood.Reading(_often(dates)), say, today)
        lines = [say("calendar.from", often=often, what=when(begins[0], today, say))]
    how_long = understood.said(understood.Reading(minutes=each.minutes), say, today)
    return Section(say(f"calendar.page_{each.what}"), (Entry(how_long, (Wording(today, "\n".join(lines)),)),))


def _often(dates: Dates) -> understood.Often:
    """Give how often two meet."""
    if dates.pair_weeks:
        return understood.Often(weeks=dates.pair_weeks)
    return understood.Often(1, dates.pair_months) if dates.pair_months > 1 else understood.Often(dates.pairs_per_month)


def _off(found: list[Collision], dates: Dates, today: date, say: Messages) -> Section:
    if dates.zone != KNOWN:
        texts = [say("calendar.only_danish")]
    elif not found:
        texts = [say("calendar.no_meetings_off")]
    else:
        texts = [_falling(what, found, today, say) for what in SHOWN]
    text = "\n\n".join(filter(None, texts))
    return Section(say("calendar.page_off"), (Entry("", (Wording(today, text),)),))


def _falling(what: What, found: list[Collision], today: date, say: Messages) -> str:
    """Say what of one kind falls on days off; "" for nothing."""
    lines = [falls(each, today, say) for each in found if each.what == what]
    if not lines:
        return ""
    return "\n".join([say(f"calendar.falls_{what}"), *lines, *([say("calendar.yours")] if what == "meeting" else [])])


def falls(each: Collision, today: date, say: Messages) -> str:
    """Say what falls on a day off, and what the group made of it."""
    line = say("calendar.falls", when=when(each.at, today, say), day=say(f"calendar.day_{each.day}"))
    match each.decision:
        case "moved" if each.to:
            return f"{line} {say('calendar.decided_moved', when=when(each.to, today, say))}"
        case "stands" | "left_out":
            return f"{line} {say(f'calendar.decided_{each.decision}')}"
    return line

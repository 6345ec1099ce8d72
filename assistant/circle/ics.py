"""A group's year as the file that calendar programs take in: local times that stay right across summer time.

A title and a reminder say how long it takes, or less, and never what for; nothing here knows what was done. icalendar
takes 38 ms to import, so whoever needs no file imports `calendar` alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from assistant.circle.calendar import Series
from assistant.text import clean
from assistant.trouble import Trouble

ALARMS = {"meeting": 15, "journal": 0}
"""How many minutes before it begins a calendar tells of it; a suggestion is not told of."""
_NAMES = uuid.UUID("5f0c7e52-6f0b-4f0a-9a53-0d5a6f1b7c11")
"""What the names of events are made in, so that a calendar taken in again replaces what it had."""


def ics(year: Sequence[Series], zone_name: str, circle: str, titles: Mapping[str, str], stamp: datetime) -> bytes:
    """Give the calendar of what comes again in a `year`.

    `circle` is the group's id, so that its events keep their names; `titles` says what each kind is called, in words
    that reveal nothing; `stamp` is the time now, with its zone.

    Raises:
        Trouble: when there is no such time zone.
    """
    zone = _zone(zone_name)
    calendar = Calendar()
    calendar.add("prodid", "-//Vidne//Vidne//DA")
    calendar.add("version", "2.0")
    if times := [at for each in year for at in (*each.starts, *filter(None, each.moved.values()))]:
        calendar.add_component(_timezone(zone, min(times).date(), max(times).date()))
    for each in year:
        uid = str(uuid.uuid5(_NAMES, f"{circle} {each.what}"))
        for event in _events(each, zone):
            event.add("uid", uid)
            event.add("dtstamp", stamp.astimezone(UTC))
            event.add("summary", titles[each.what])
            event.add("class", "PRIVATE")
            if each.what in ALARMS:
                event.add_component(_alarm(ALARMS[each.what], titles[each.what]))
            calendar.add_component(event)
    return calendar.to_ical()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name may also be no name, or a folder's
        raise Trouble("calendar_zone", zone=clean(name)[:40]) from None


def _events(each: Series, zone: ZoneInfo) -> Iterator[Event]:
    """Give the event that comes again, and one for each time that was moved."""
    master = _event(each, each.starts[0], zone)
    master.add("rrule", vRecur.from_ical(each.rule))
    for start, to in each.moved.items():
        if to is None:
            master.add("exdate", start.replace(tzinfo=zone))
    yield master
    for start, to in each.moved.items():
        if to not in (None, start):
            event = _event(each, to, zone)
            event.add("recurrence-id", start.replace(tzinfo=zone))
            yield event


def _event(each: Series, start: datetime, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("dtstart", start.replace(tzinfo=zone))
    event.add("dtend", (start + timedelta(minutes=each.minutes)).replace(tzinfo=zone))
    if each.what == "pair":  # a suggestion: nobody is taken for busy by it
        event.add("transp", "TRANSPARENT")
        event.add("status", "TENTATIVE")
    return event


def _alarm(minutes: int, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm


def _timezone(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """Give a zone's rules from a day to a year after another.

    Not icalendar's own `Timezone.from_tzinfo`: 7.3.2 lets summer time begin an hour late.
    """
    component = Timezone()
    component.add("tzid", zone.key)
    at = datetime.combine(first - timedelta(days=1), time.min, UTC)
    before = at
    end = datetime.combine(last + timedelta(days=366), time.min, UTC)
    while at < end:
        here = at.astimezone(zone)
        part = TimezoneDaylight() if here.dst() else TimezoneStandard()
        earlier = before.astimezone(zone).utcoffset()
        part.add("dtstart", (at + earlier).replace(tzinfo=None))
        part.add("tzoffsetfrom", earlier)
        part.add("tzoffsetto", here.utcoffset())
        part.add("tzname", here.tzname())
        component.add_component(part)
        before, at = at, _next_change(zone, at, end)
    return component


def _next_change(zone: ZoneInfo, at: datetime, end: datetime) -> datetime:
    """Give when the zone's offset changes next after `at`, to the minute; `end` if it does not before."""
    offset = at.astimezone(zone).utcoffset()
    for step in (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)):
        while at < end and (at + step).astimezone(zone).utcoffset() == offset:
            at += step
    return min(at + timedelta(minutes=1), end)

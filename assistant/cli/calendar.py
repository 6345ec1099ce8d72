"""`vidne calendar`: the group's dates as a file for any calendar program, and what of them falls on days off."""

import json
import re
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import click

from assistant.circle.calendar import Collision, begins, collisions
from assistant.circle.calendar_page import falls, when
from assistant.circle.calendar_page import fifth as told_fifth
from assistant.circle.charter import Dates
from assistant.circle.holidays import KNOWN
from assistant.cli.main import Command, house_of
from assistant.cli.which import of_circle, which
from assistant.guides import values
from assistant.messages import Messages
from assistant.sittings.frame import KINDS
from assistant.trouble import Trouble

HALF_A_YEAR = timedelta(days=182)
"""How far back from the day it is moved from a day may be, that is said without its year."""
_WRITTEN = re.compile(r"\s*\d{4}-\d{1,2}-\d{1,2}T?")
"""A day as a calendar writes it, with or without the time behind it."""
_HAS_CLOCK = re.compile(r"\bkl\b|\bklokken\b|\bat\b|:|\d ?[ap]m\b", re.IGNORECASE)
"""What tells a time of day from a date."""


@click.command(cls=Command)
@click.option("--collisions", "only_collisions", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.option("--move", "moved", nargs=2, default=None)
@click.option("--stands", default=None)
@click.option("--leave-out", "left_out", default=None)
@of_circle
@click.pass_context
def calendar(
    ctx: click.Context,
    only_collisions: bool,
    as_json: bool,
    moved: tuple[str, str] | None,
    stands: str | None,
    left_out: str | None,
    group: str | None,
) -> int:
    """Print the calendar, or what falls on days off, or write down what the group made of a day.

    Exit 1 where a meeting on a day off waits for the group.
    """
    house = house_of(ctx)
    messages = house.messages
    circle = which(house, group)
    frame = house.frame(circle.id if circle else None)
    if frame is None or frame.dates is None:
        raise Trouble("calendar_no_first_day" if frame else "calendar_no_dates")
    if moved or stands or left_out:
        click.echo(_decide(frame, *(moved or (stands or left_out, stands)), house.clock().date(), messages))
        return 0
    dates, today = frame.dates, house.clock().date()
    found = collisions(dates, frame.since)
    waiting = [each for each in found if each.what == "meeting" and each.decision == "open"]
    if only_collisions:
        click.echo(_as_json(dates, found) if as_json else _told(dates, found, today, messages))
        return 1 if waiting else 0
    content = frame.ics(house.clock(), messages)
    sys.stdout.buffer.write(content)  # as it is: a calendar's lines end in CR and LF on every system
    sys.stdout.buffer.flush()
    if fifth := told_fifth(dates, messages):
        click.echo(fifth, err=True)
    if waiting:
        click.echo(messages("calendar.waiting", count=len(waiting)), err=True)
    if dates.zone != KNOWN:
        click.echo(messages("calendar.only_danish"), err=True)
    return 0


def _decide(frame: Any, said_day: str, said_to: str | None, today: date, messages: Messages) -> str:
    """Let a day be moved, to another time, to the same one, or with None to nothing; and say so."""
    days = [_day(said_day, today), _day(said_day, frame.since)]  # without its year it may be one that has been
    day = next((day for day in days if begins(frame.dates, frame.since, day)), days[0])
    at = begins(frame.dates, frame.since, day) or time.min
    to = None if said_to is None else datetime.combine(_day(said_to, day - HALF_A_YEAR), _clock(said_to) or at)
    frame.decide(day, to)
    begins_at = when(datetime.combine(day, at), today, messages)
    return messages("calendar.decided", when=begins_at, what=_decided(day, at, to, today, messages))


def _decided(day: date, at: time, to: datetime | None, today: date, messages: Messages) -> str:
    if to is None:
        return messages("calendar.decided_left_out")
    if to == datetime.combine(day, at):
        return messages("calendar.decided_stands")
    return messages("calendar.decided_moved", when=when(to, today, messages))


def _day(said: str, today: date) -> date:
    """Read a day as people say it, or as `2026-07-08`."""
    found = values.day(said.partition("T")[0] if _WRITTEN.match(said) else said, today)
    if found is None:
        raise Trouble("calendar_day")
    return found


def _clock(said: str) -> time | None:
    """Read the time of day that stands behind a day, if one does."""
    written = _WRITTEN.match(said)
    return values.clock(said[written.end() :]) if written else values.clock(said) if _HAS_CLOCK.search(said) else None


def _told(dates: Dates, found: tuple[Collision, ...], today: date, messages: Messages) -> str:
    """Say what falls on days off: meetings one by one, with what the group made of them; the rest by the day."""
    lines = [fifth, ""] if (fifth := told_fifth(dates, messages)) else []
    if dates.zone != KNOWN:
        return "\n".join([*lines, messages("calendar.only_danish")])
    if not found:
        return "\n".join([*lines, messages("calendar.none")])
    for kind in KINDS:
        if of_kind := [each for each in found if each.what == kind]:
            lines += [
                messages(f"calendar.falls_{kind}"),
                *(f"  {falls(each, today, messages)}" for each in of_kind),
                "",
            ]
    return "\n".join([*lines, messages("calendar.nothing_moved")])


def _as_json(dates: Dates, found: tuple[Collision, ...]) -> str:
    rows: list[dict[str, Any]] = [
        {
            "what": each.what,
            "at": each.at.isoformat(),
            "day": each.day,
            "decision": each.decision,
            "to": each.to.isoformat() if each.to else None,
        }
        for each in found
    ]
    return json.dumps({"zone": dates.zone, "holidays": "DK" if dates.zone == KNOWN else None, "collisions": rows})

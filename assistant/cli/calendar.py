"""`vidne calendar`: the group's dates as a file for any calendar program, and what of them falls on days off."""

import json
import sys
from datetime import date
from typing import Any

import click

from assistant.circle.calendar import Collision, collisions
from assistant.circle.calendar_page import falls
from assistant.circle.calendar_page import fifth as told_fifth
from assistant.circle.charter import Dates
from assistant.circle.holidays import KNOWN
from assistant.cli.main import Command, house_of
from assistant.cli.which import of_circle, which
from assistant.messages import Messages
from assistant.sittings.days_off import day_meant, decide
from assistant.sittings.frame import KINDS
from assistant.trouble import Trouble


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
        said, to = moved or (stands or left_out, stands)
        today = house.clock().date()
        click.echo(decide(frame, day_meant(frame, said, today), to, today, messages))
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

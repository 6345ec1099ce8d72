"""`vidne circle`: make, enter and leave the group's room, and see how it stands. What is decided is decided inside."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from assistant.cli.main import Command, Group, house_of
from assistant.trouble import Trouble


@click.group(cls=Group)
def circle() -> None:
    """The group's room."""


def _circle(command: Callable) -> Callable:
    """Let a command say which circle it is about, and speak to machines."""
    command = click.option("--circle", "name", default=None)(command)
    return click.option("--json", "as_json", is_flag=True)(click.pass_context(command))


def _named(ctx: click.Context, option: click.Parameter, value: str | None) -> Path | None:
    if value == "":  # a folder of no name would be the one that happens to be stood in
        raise click.BadParameter("", param=option)
    return Path(value) if value else None


_FOLDER = click.option("--folder", callback=_named, default=None)


@circle.command(cls=Command)
@click.argument("group")
@click.option("--name", default=None)
@click.option("--with", "others", multiple=True)
@_FOLDER
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def new(
    ctx: click.Context, group: str, name: str | None, others: tuple[str, ...], folder: Path | None, as_json: bool
) -> None:
    """Make a circle without a kickoff."""
    house = _at_home(ctx)
    from assistant.sittings.circles import plain_charter

    mine = name or house.vault.profile.name or ""
    agreed = plain_charter(group, house.lang, house.clock().date(), (mine, *others))
    made = house.circles.found(agreed, mine, folder)
    place = str(made.folder.path)
    _say(house, as_json, {"id": made.id, "folder": place}, "made", group=made.name, folder=place)


@circle.command(cls=Command)
@click.argument("who")
@_circle
def invite(ctx: click.Context, who: str, name: str | None, as_json: bool) -> None:
    """Print an invitation; what to do with it stands beside it on standard error."""
    house = house_of(ctx)
    into = house.circles.named(name)
    text = house.circles.invite(into, who)
    if as_json:
        click.echo(json.dumps({"invitation": text}))
        return
    click.echo(house.messages("circle.invited", name=who.strip()), err=True)
    if not into.view.names(who):
        click.echo(house.messages("circle.invited_unnamed", name=who.strip()), err=True)
    if into.folder.private:
        click.echo(house.messages("circle.invited_private"), err=True)
    click.echo(text, nl=False)


@circle.command(cls=Command)
@click.argument("invitation")
@_FOLDER
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def join(ctx: click.Context, invitation: str, folder: Path | None, as_json: bool) -> None:
    """Come in by an invitation: a file, its text, or - for standard input."""
    text = _text(invitation)
    if not house_of(ctx).home_exists:
        from assistant.sittings.circles import must_be_sound

        must_be_sound(text, folder)
    house = _at_home(ctx)
    joined = house.circles.join(text, folder)
    _say(house, as_json, {"id": joined.id, "folder": str(joined.folder.path)}, "joined", group=joined.name)


@circle.command(cls=Command)
@click.option("--take", is_flag=True)
@click.option("--let-stay", is_flag=True)
@_circle
def leave(ctx: click.Context, name: str | None, take: bool, let_stay: bool, as_json: bool) -> None:
    """Leave, with what was shared or without it."""
    if take and let_stay:
        raise Trouble("circle_leave_how")
    house = house_of(ctx)
    left = house.circles.named(name)
    group = left.name
    if not (take or let_stay):
        if not sys.stdin.isatty():
            raise Trouble("circle_leave_how")
        chosen = click.prompt(house.messages("circle.leave_ask", group=group).strip(), prompt_suffix=" ").strip()
        if chosen not in ("1", "2"):
            raise Trouble("circle_leave_how")
        take = chosen == "1"
    left.leave(take)
    _say(house, as_json, {"left": left.id, "take": take}, "left_with" if take else "left_without", group=group)


@circle.command(cls=Command)
@_circle
def pause(ctx: click.Context, name: str | None, as_json: bool) -> None:
    """Step aside for a while."""
    house = house_of(ctx)
    paused = house.circles.named(name)
    paused.pause()
    _say(house, as_json, {"state": "paused"}, "paused", group=paused.name)


@circle.command(cls=Command)
@_circle
def back(ctx: click.Context, name: str | None, as_json: bool) -> None:
    """Be back."""
    house = house_of(ctx)
    entered = house.circles.named(name)
    entered.back()
    _say(house, as_json, {"state": "in"}, "back", group=entered.name)


@circle.command(cls=Command)
@_FOLDER
@_circle
def sync(ctx: click.Context, name: str | None, folder: Path | None, as_json: bool) -> None:
    """Bring what is mine to the folder, and take in what is new there."""
    house = house_of(ctx)
    synced = house.circles.named(name)
    if folder:
        synced = house.circles.move(synced, folder)
    news = synced.sync()
    house.ours.forget_taken_back()
    kinds = Counter(item.kind for item in news.new if item.kind not in ("welcome", "withdrawal"))
    if as_json:
        table = {
            "new": kinds,
            "withdrawn": news.withdrawn,
            "waiting": news.waiting,
            "swept": news.swept,
            "refused": _refusals(house, news.refused),
        }
        click.echo(json.dumps(table, ensure_ascii=False))
        return
    for kind, count in kinds.items():
        click.echo(f"{house.messages(f'circle.kind_{kind}')}: {count}")
    for key, count in (("withdrawn", news.withdrawn), ("waiting", news.waiting), ("left_out", len(news.refused))):
        if count:
            click.echo(house.messages(f"circle.{key}", count=count))
    if not news.swept:
        click.echo(house.messages("trouble.forgotten_in_part"), err=True)
    if not synced.admitted:
        click.echo(house.messages(_outside(synced)))
    elif not news.new:
        click.echo(house.messages("circle.nothing_new"))


@circle.command(cls=Command)
@_circle
def status(ctx: click.Context, name: str | None, as_json: bool) -> int:
    """Say who is here, of each circle or of one."""
    house = house_of(ctx)
    circles = (house.circles.named(name),) if name else house.circles.all()
    if as_json:
        click.echo(json.dumps({"circles": [_standing(one) for one in circles]}, ensure_ascii=False))
        return 0
    if not circles:
        click.echo(house.messages("circle.none"))
    for number, one in enumerate(circles):
        click.echo(("\n" if number else "") + one.name)
        if not one.admitted:
            click.echo(house.messages(_outside(one)))
        for member in one.view.members:
            you = house.messages("circle.you") if member.key == one.me.key else ""
            click.echo(f"  {member.name}{you}{house.messages(f'circle.state_{member.state}')}")
        click.echo(house.messages("circle.lies_in", folder=one.folder.path))
    return 0


@circle.command(cls=Command)
@_circle
def refused(ctx: click.Context, name: str | None, as_json: bool) -> None:
    """Say what in the folder is left out, and why."""
    house = house_of(ctx)
    asked = house.circles.named(name)
    left_out = (*asked.sync().refused, *asked.harmed())
    if as_json:
        click.echo(json.dumps({"refused": _refusals(house, left_out)}, ensure_ascii=False))
        return
    for refusal in left_out:
        click.echo(f"{_short(refusal.file)}  {house.messages(f'circle_refused.{refusal.reason}')}")
    if not left_out:
        click.echo(house.messages("circle.nothing_left_out"))


def _outside(one: Any) -> str:
    """Name what is said to somebody who cannot see the others."""
    return "circle.overtaken" if one.overtaken else "circle.not_admitted"


def _at_home(ctx: click.Context) -> Any:
    from assistant.cli.first_run import welcome

    house = house_of(ctx)
    if not house.home.exists:
        welcome(house)
    return house


def _say(house: Any, as_json: bool, table: dict[str, Any], sentence: str, **values: object) -> None:
    click.echo(json.dumps(table, ensure_ascii=False) if as_json else house.messages(f"circle.{sentence}", **values))


def _text(invitation: str) -> str:
    """Give the text that an invitation is looked for in."""
    from assistant.sittings.circles import MOST_TEXT, written_in

    if invitation == "-":
        return sys.stdin.buffer.read(MOST_TEXT).decode("utf-8", "replace")
    return written_in(invitation)


def _standing(one: Any) -> dict[str, Any]:
    return {
        "id": one.id,
        "group": one.name,
        "folder": str(one.folder.path),
        "me": one.me.name,
        "admitted": one.admitted,
        "members": [{"name": member.name, "state": member.state} for member in one.view.members],
    }


def _refusals(house: Any, left_out: tuple[Any, ...]) -> list[dict[str, str]]:
    return [
        {"file": one.file, "reason": one.reason, "why": house.messages(f"circle_refused.{one.reason}")}
        for one in left_out
    ]


def _short(name: str) -> str:
    """Give a file's name, shortened where it is a hash; someone else may have chosen it, so it comes out clean."""
    from assistant.text import clean

    whole = clean(name).replace("\n", " ")
    return whole if len(whole) <= 24 else f"{whole[:12]}…{whole[-8:]}"

"""`vidne practice`: the day's one line, kept at once; or, where nothing is given, asked for."""

import json
import sys
from typing import Any

import click

from assistant.cli.main import Command, house_of
from assistant.messages import Messages
from assistant.sittings.practice import GUIDE, Month, day_of
from assistant.trouble import Trouble


class LineCommand(Command):
    """A command that knows whether its words came after `--`, where a dash is only a dash."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options."""
        ctx.meta["literal"] = "--" in args
        return super().parse_args(ctx, args)


@click.command(cls=LineCommand)
@click.argument("text", nargs=-1)
@click.option("--missed", is_flag=True)
@click.option("--date", "said")
@click.option("--list", "listed", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def practice(
    ctx: click.Context, text: tuple[str, ...], missed: bool, said: str | None, listed: bool, as_json: bool
) -> None:
    """Keep a line, or a day without; with neither, ask for one at a terminal and read it from a pipe."""
    if as_json and not listed:
        raise click.UsageError("")
    if bool(text) + missed + listed > 1 or (listed and said):
        raise Trouble("practice_either")
    house = house_of(ctx)
    messages = house.messages
    today = house.clock().date()
    day = day_of(said, today)
    if not house.home_exists:
        from assistant.cli.first_run import welcome

        welcome(house)
    if listed:
        _list(house, as_json)
        return
    if not text and not missed and sys.stdin.isatty():
        _ask(house, day)
        return
    line = None if missed else _read(text, ctx.meta["literal"])
    kept = house.keep_practice(line, day)
    if kept.sealed:
        _show_help_lines(house, kept.sitting)
        return
    how = "missed" if missed else "kept"
    when = {} if day == today else {"day": _day(day, messages)}
    click.echo(messages(f"practice.{how}_day" if when else f"practice.{how}", **when))
    if kept.beside:
        click.echo(messages("practice.beside"))


def _read(text: tuple[str, ...], literal: bool) -> str:
    """Give the words of the command line, or, for none and for `-`, what standard input holds."""
    if text and (text != ("-",) or literal):
        return " ".join(text)
    from assistant.cli.talk import safe_streams

    safe_streams()
    return sys.stdin.read()


def _ask(house: Any, day: Any) -> None:
    from assistant.cli.plain import converse
    from assistant.cli.talk import safe_streams

    safe_streams()
    session = house.sittings.practice(day)
    title = f"{session.guide.title[house.lang]} · {_day(day, house.messages)}"
    converse(session, sys.stdin, sys.stdout, house.messages, title)


def _show_help_lines(house: Any, sitting: int) -> None:
    """Show the help lines, and let who sits at a terminal choose what becomes of the line."""
    if not sys.stdin.isatty():
        click.echo(house.card())
        return
    from assistant.cli.plain import choose

    choose(house.sittings.session(GUIDE, sitting), sys.stdin, sys.stdout, house.messages)


def _list(house: Any, as_json: bool) -> None:
    from assistant.cli.talk import safe_streams

    safe_streams()
    months = house.practice_months()
    if as_json:
        days = [{"day": str(day.day), "lines": list(day.lines)} for month in months for day in month.days]
        click.echo(json.dumps({"days": days}, ensure_ascii=False))
        return
    for month in reversed(months):
        click.echo(_month(month, house.messages))
    if not months:
        click.echo(house.messages("practice.nothing"))


def _month(month: Month, messages: Messages) -> str:
    name = messages(f"month.{month.first.month}")
    lines = [messages("screen.month", month=name, year=month.first.year), ""]
    for day in month.days:
        for number, text in enumerate(day.lines):
            margin = f"{day.day.day:>2}  " if not number else "    "
            lines += [margin + (text or messages("practice.without")).replace("\n", "\n    ")]
    return "\n".join([*lines, ""])


def _day(day: Any, messages: Messages) -> str:
    return messages("screen.day", day=day.day, month=messages(f"month.{day.month}"), year=day.year)

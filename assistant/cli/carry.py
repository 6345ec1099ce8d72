"""`vidne carry`: choose lines for the next meeting, see exactly what the others will see, and take them back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.main import Command, house_of
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.sittings.carrying import Choice


@click.command(cls=Command)
@click.option("--list", "listed", is_flag=True)
@click.option("--back", type=click.IntRange(1, 999), default=None)
@click.option("--ready", "state", flag_value="ready")
@click.option("--away", "state", flag_value="away")
@click.option("--sheet", is_flag=True)
@click.option("--html", "as_html", is_flag=True)
@click.pass_context
def carry(ctx: click.Context, listed: bool, back: int | None, state: str | None, sheet: bool, as_html: bool) -> None:
    """Carry lines to the next meeting."""
    from assistant.cli.talk import safe_streams

    safe_streams()
    house = house_of(ctx)
    desk = house.ours.desk()
    if state:
        everyone = desk.say(state)
        click.echo(house.messages(f"carry.said_{state}"))
        if everyone:
            click.echo(house.messages("carry.everyone"))
    elif sheet or as_html:
        from assistant.circle.printed import html, markdown

        click.echo((html if as_html else markdown)(desk.sheet()), nl=False)
    elif back is not None:
        desk.take_back(back - 1)
        click.echo(house.messages("carry.taken_back"))
    elif listed:
        _list(house, desk)
    else:
        _choose(house, desk)


def _list(house: Any, desk: Any) -> None:
    carried = desk.carried()
    for number, entry in enumerate(carried, 1):
        click.echo(f"{number}. {entry.body.text}\n")
    click.echo(house.messages("carry.how_back" if carried else "carry.nothing"))
    if desk.everyone:
        click.echo(house.messages("carry.everyone"))


def _choose(house: Any, desk: Any) -> None:
    """Go through the weeks; each passage is shown as others would see it, and shared on a yes only."""
    say = house.messages
    day = None
    lines = desk.lines
    if not lines:
        click.echo(say("carry.no_lines"))
        return
    click.echo(say("carry.purpose", day=desk.dated(desk.day)) + "\n")
    for number, line in enumerate(lines, 1):
        if line.day != day:
            day = line.day
            click.echo(f"## {desk.dated(day)}\n")
        click.echo(f"{number}. {line.text}\n")
    click.echo(say("carry.choose") + "\n")
    chosen = desk.chosen(_line())
    if chosen is None:
        click.echo(say("carry.none_chosen"))
        return
    for choice in chosen:
        _share(house, desk, choice)


def _share(house: Any, desk: Any, choice: Choice) -> None:
    say = house.messages
    while True:
        click.echo(f"{say('carry.others_see')}\n\n“{choice.text}”\n")
        for point in desk.points(choice.text):
            click.echo(f"{point}\n")
        click.echo(say("carry.sure") + "\n")
        answer = _line()
        said = house.ours.agrees(answer)
        if said:
            try:
                desk.share(choice)
            except Trouble as trouble:
                if trouble.key != "trouble.carry_danger":
                    raise
                click.echo(f"{say(trouble.key)}\n\n{house.card()}\n")
                return
            click.echo(say("carry.shared") + "\n")
            return
        old, equals, new = answer.partition("=")
        if equals and old.strip() and old.strip() in choice.text:
            choice = desk.put(choice, old.strip(), new.strip())
            continue
        click.echo(say("carry.not_shared") + "\n")
        return


def _line() -> str:
    if sys.stdin.isatty():
        click.echo("> ", nl=False)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        click.echo(f"> {line.rstrip()}\n")
    return line.rstrip("\n")


def written(file: Path | None, text: str, house: Any) -> None:
    """Print a page, or write it into a new file."""
    from assistant.cli.charter import write_new

    if file is None:
        click.echo(text, nl=False)
        return
    write_new(file, text)
    click.echo(house.messages("meeting.written", file=file))

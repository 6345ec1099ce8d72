"""`vidne carry`: choose lines for the next meeting, see exactly what the others will see, and take them back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.main import Command, house_of
from assistant.cli.which import of_circle, which
from assistant.text import is_blank
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.sittings.carrying import Choice


@click.command(cls=Command)
@click.argument("numbers", nargs=-1)
@click.option("--list", "listed", is_flag=True)
@click.option("--back", type=click.IntRange(1, 999), default=None)
@click.option("--ready", "state", flag_value="ready")
@click.option("--away", "state", flag_value="away")
@click.option("--sheet", is_flag=True)
@click.option("--html", "as_html", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@of_circle
@click.pass_context
def carry(
    ctx: click.Context,
    numbers: tuple[str, ...],
    listed: bool,
    back: int | None,
    state: str | None,
    sheet: bool,
    as_html: bool,
    as_json: bool,
    group: str | None,
) -> None:
    """Carry lines to the next meeting."""
    from assistant.cli.talk import safe_streams

    safe_streams()
    house = house_of(ctx)
    desk = house.ours.within(which(house, group)).desk()
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
    elif as_json:
        click.echo(_as_json(desk))
    elif listed:
        _list(house, desk)
    else:
        _choose(house, desk, " ".join(numbers) or None)


def _as_json(desk: Any) -> str:
    import json

    table = {
        "meeting": f"{desk.day}",
        "lines": [
            {"number": number, "written": f"{line.day}", "text": line.text} for number, line in enumerate(desk.lines, 1)
        ],
        "carried": [
            {"number": number, "written": f"{entry.body.written}", "text": entry.body.text}
            for number, entry in enumerate(desk.carried(), 1)
        ],
        "everyone_ready": desk.everyone,
    }
    return json.dumps(table, ensure_ascii=False, indent=2)


def _list(house: Any, desk: Any) -> None:
    carried = desk.carried()
    for number, entry in enumerate(carried, 1):
        click.echo(f"{number}. {entry.body.text}\n")
    click.echo(house.messages("carry.how_back" if carried else "carry.nothing"))
    if desk.everyone:
        click.echo(house.messages("carry.everyone"))


def _choose(house: Any, desk: Any, said: str | None) -> None:
    """Take the numbers of some lines; what others would see is shown, all of it, and shared on one yes only."""
    say = house.messages
    if not desk.lines:
        click.echo(say("carry.no_lines"))
        return
    asks = said is None
    if asks:
        _lay_out(house, desk)
        said = _line()
    chosen = desk.chosen(said)
    if chosen is None:
        click.echo(
            say("carry.none_chosen" if is_blank(said) else "carry.no_such_lines", many=len(desk.lines)), err=not asks
        )
        click.get_current_context().exit(0 if asks else 1)
    if agreed := _agreed(house, desk, chosen):
        _share(house, desk, agreed)
    else:
        click.echo(say("carry.not_shared"))


def _lay_out(house: Any, desk: Any) -> None:
    say = house.messages
    click.echo(f"{say('carry.purpose', day=desk.dated(desk.day))}\n")
    day = None
    for number, line in enumerate(desk.lines, 1):
        if line.day != day:
            click.echo(f"{'' if day is None else chr(10)}## {desk.dated(line.day)}\n")
            day = line.day
        click.echo(f"{number}. {' '.join(line.text.split())}")
    click.echo(f"\n{say('carry.choose')}\n")


def _agreed(house: Any, desk: Any, chosen: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Show what others would see until it is agreed to, with the words it was put in meanwhile; or give nothing."""
    say, said = house.messages, ""
    while True:
        click.echo(f"{say('carry.others_see')}\n")
        for choice in chosen:
            click.echo(f"“{choice.text}”\n")
        for point in desk.points("\n".join(choice.text for choice in chosen)):
            click.echo(f"{point}\n")
        click.echo(f"{said}{say('carry.sure')}\n")
        answer = _line()
        if house.ours.agrees(answer):
            return chosen
        old, equals, new = (part.strip() for part in answer.partition("="))
        if not (equals and old):
            return ()
        there = any(old in choice.text for choice in chosen)
        said = "" if there else f"{say('carry.not_there', words=old)}\n\n"
        chosen = tuple(desk.put(choice, old, new) for choice in chosen)


def _share(house: Any, desk: Any, agreed: tuple[Choice, ...]) -> None:
    say, shared = house.messages, 0
    for choice in agreed:
        try:
            desk.share(choice)
            shared += 1
        except Trouble as trouble:
            click.echo(f"“{choice.text}”\n\n{say(trouble.key, **trouble.values)}\n")
            if trouble.key == "trouble.carry_danger":
                click.echo(f"{house.card()}\n")
    if shared:
        click.echo(say("carry.shared"))


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

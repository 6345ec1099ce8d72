"""`vidne meeting`: the page of the last meeting; `vidne words`: the words that only this group uses."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.cli.carry import written
from assistant.cli.charter import printed
from assistant.cli.main import Command, house_of
from assistant.cli.which import of_circle, which
from assistant.trouble import Trouble


@click.command(cls=Command)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--html", "as_html", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@of_circle
@click.pass_context
def meeting(ctx: click.Context, file: Path | None, as_html: bool, as_json: bool, group: str | None) -> None:
    """Write the page of the meeting that is held, or was held last, as it stands now."""
    house = house_of(ctx)
    page = house.ours.within(which(house, group)).page()
    if page is None:
        raise Trouble("no_meeting")
    written(file, printed(page, file, as_html, as_json), house)


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True)
@of_circle
@click.pass_context
def words(ctx: click.Context, as_json: bool, group: str | None) -> int:
    """Print the group's own words, the newest first; exit 1 where there is none."""
    house = house_of(ctx)
    ours = house.ours.within(which(house, group))
    found = ours.words()
    if as_json:
        rows = [{"word": w.word, "meaning": w.meaning, "by": w.by, "found": day.isoformat()} for day, w in found]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return 0 if found else 1
    for day, word in found:
        click.echo(ours.told(day, word) + "\n")
    if not found:
        click.echo(house.messages("words.none"))
    return 0 if found else 1

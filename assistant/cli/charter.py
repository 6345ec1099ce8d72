"""`vidne charter`: our frame, to read, to keep beside other papers, or to print."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.main import Command, house_of
from assistant.cli.which import of_circle, which
from assistant.sittings.written import write_new
from assistant.trouble import Trouble


@click.command(cls=Command)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--html", "as_html", is_flag=True)
@of_circle
@click.pass_context
def charter(ctx: click.Context, file: Path | None, as_html: bool, group: str | None) -> None:
    """Write the charter as Markdown, or as HTML to print; to a file, if one is named."""
    house = house_of(ctx)
    circle = which(house, group)
    page = house.charter_page(circle.id if circle else None)
    if page is None:
        raise Trouble("charter_not_here" if house.has_charter else "no_charter")
    from assistant.circle.printed import html, markdown

    text = html(page) if as_html or (file and file.suffix.lower() in (".html", ".htm")) else markdown(page)
    if file is None:
        click.echo(text, nl=False)
        return
    write_new(file, text)
    click.echo(house.messages("charter.written", file=file))

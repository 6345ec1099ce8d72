"""`vidne charter`: our frame, to read, to keep beside other papers, or to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.main import Command, house_of
from assistant.cli.which import of_circle, which
from assistant.sittings.written import write_new
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.circle.page import CharterPage


def printed(page: CharterPage, file: Path | None, as_html: bool, as_json: bool) -> str:
    """Give a page as it was asked for; a file that ends in .html is HTML."""
    from assistant.circle import printed

    if as_html and as_json:
        raise click.UsageError("")
    if as_json:
        return printed.as_json(page)
    as_html = as_html or bool(file and file.suffix.lower() in (".html", ".htm"))
    return printed.html(page) if as_html else printed.markdown(page)


@click.command(cls=Command)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--html", "as_html", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@of_circle
@click.pass_context
def charter(ctx: click.Context, file: Path | None, as_html: bool, as_json: bool, group: str | None) -> None:
    """Write the charter as Markdown, or as HTML to print; to a file, if one is named."""
    house = house_of(ctx)
    circle = which(house, group)
    page = house.charter_page(circle.id if circle else None)
    if page is None:
        raise Trouble("charter_not_here" if house.has_charter else "no_charter")
    text = printed(page, file, as_html, as_json)
    if file is None:
        click.echo(text, nl=False)
        return
    write_new(file, text)
    click.echo(house.messages("charter.written", file=file))

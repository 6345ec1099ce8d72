"""`vidne search`: find a member's own words again."""

import click

from assistant.cli.main import Command, house_of


@click.command(cls=Command)
@click.argument("words", nargs=-1, required=True)
@click.pass_context
def search(ctx: click.Context, words: tuple[str, ...]) -> int:
    """Print where the words stand, newest first; exit 1 where they stand nowhere."""
    house = house_of(ctx)
    found = house.search(" ".join(words))
    for hit in found:
        marked = "".join(f"[{text}]" if is_hit else text for text, is_hit in hit.snippet)
        click.echo(f"{hit.day}  {' '.join(marked.split())}")
    if not found:
        click.echo(house.messages("search.nothing"))
    return 0 if found else 1

"""`vidne search`: find a member's own words again."""

import json

import click

from assistant.cli.main import Command, house_of


@click.command(cls=Command)
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def search(ctx: click.Context, words: tuple[str, ...], as_json: bool) -> int:
    """Print where the words stand, newest first; exit 1 where they stand nowhere."""
    house = house_of(ctx)
    found = house.search(" ".join(words))
    if as_json:
        rows = [
            {
                "day": str(hit.day),
                "guide": hit.guide,
                "step": hit.step,
                "text": "".join(text for text, _ in hit.snippet),
                "hits": [text for text, is_hit in hit.snippet if is_hit],
            }
            for hit in found
        ]
        click.echo(json.dumps({"found": rows}, ensure_ascii=False))
        return 0 if found else 1
    for hit in found:
        marked = "".join(f"[{text}]" if is_hit else text for text, is_hit in hit.snippet)
        click.echo(f"{hit.day}  {' '.join(marked.split())}")
    if not found:
        click.echo(house.messages("search.nothing"))
    return 0 if found else 1

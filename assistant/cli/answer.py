"""`vidne answer`: what members carry, and an answer to it in writing, in the four steps."""

from __future__ import annotations

import json

import click

from assistant.cli.main import Command, house_of
from assistant.cli.which import of_circle, which
from assistant.trouble import Trouble


@click.command(cls=Command)
@click.argument("number", required=False, type=click.IntRange(1, 9999))
@click.option("--read", "reads", type=click.IntRange(1, 9999), default=None)
@click.option("--back", type=click.IntRange(1, 9999), default=None)
@click.option("--json", "as_json", is_flag=True)
@of_circle
@click.pass_context
def answer(
    ctx: click.Context, number: int | None, reads: int | None, back: int | None, as_json: bool, group: str | None
) -> None:
    """List what is carried, answer it, read the answers, or take back one's own."""
    from assistant.cli.talk import safe_streams

    if (number and as_json) or (back and (number or reads or as_json)):
        raise click.UsageError("")
    safe_streams()
    house = house_of(ctx)
    circle = which(house, group)
    ours = house.ours.within(circle)
    carried = ours.carried()
    chosen = number or reads or back
    if chosen is None and as_json:
        rows = [
            {
                "number": at,
                "text": entry.body.text,
                "by": ours.by(entry),
                "mine": ours.is_mine(entry),
                "written": entry.body.written.isoformat(),
            }
            for at, entry in enumerate(carried, 1)
        ]
        click.echo(json.dumps({"carried": rows}, ensure_ascii=False))
        return
    if chosen is None:
        for at, entry in enumerate(carried, 1):
            name = house.messages("answer.mine") if ours.is_mine(entry) else ours.by(entry)
            click.echo(f"{at}. {entry.body.text}\n   ({name}, {ours.day(entry.body.written)})\n")
        click.echo(house.messages("answer.how" if carried else "answer.nothing"))
        return
    if chosen > len(carried):
        raise Trouble("answer_no_such")
    entry = carried[chosen - 1]
    if back:
        ours.take_back(entry)
        click.echo(house.messages("carry.taken_back"))
        return
    if reads:
        from assistant.cli.charter import printed

        click.echo(printed(ours.carried_page(entry), None, False, as_json), nl=False)
        return
    if ours.is_mine(entry):
        raise Trouble("answer_own")
    from assistant.cli.talk import converse_plainly

    converse_plainly(house, house.sittings.answer(entry.id, circle.id if circle else None))

"""`vidne answer`: what members carry, and an answer to it in writing, in the four steps."""

from __future__ import annotations

import click

from assistant.cli.main import Command, house_of
from assistant.cli.which import of_circle, which
from assistant.trouble import Trouble


@click.command(cls=Command)
@click.argument("number", required=False, type=click.IntRange(1, 9999))
@click.option("--read", "reads", type=click.IntRange(1, 9999), default=None)
@of_circle
@click.pass_context
def answer(ctx: click.Context, number: int | None, reads: int | None, group: str | None) -> None:
    """List what is carried, answer it, or read the answers."""
    from assistant.cli.talk import safe_streams

    safe_streams()
    house = house_of(ctx)
    circle = which(house, group)
    ours = house.ours.within(circle)
    carried = ours.carried()
    chosen = number or reads
    if chosen is None:
        for at, entry in enumerate(carried, 1):
            name = house.messages("answer.mine") if ours.is_mine(entry) else ours.by(entry)
            click.echo(f"{at}. {entry.body.text}\n   ({name}, {ours.day(entry.body.written)})\n")
        click.echo(house.messages("answer.how" if carried else "answer.nothing"))
        return
    if chosen > len(carried):
        raise Trouble("answer_no_such")
    entry = carried[chosen - 1]
    if reads:
        from assistant.circle.printed import markdown

        click.echo(markdown(ours.carried_page(entry)), nl=False)
        return
    if ours.is_mine(entry):
        raise Trouble("answer_own")
    from assistant.cli.talk import converse_plainly

    converse_plainly(house, house.sittings.answer(entry.id, circle.id if circle else None))

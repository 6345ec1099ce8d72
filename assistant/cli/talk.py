"""`vidne talk` and `vidne rehearse`: one conversation, kept or not."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from assistant.cli.main import Command, Readable, house_of
from assistant.cli.which import of_circle, which
from assistant.messages import LANGS


def safe_streams() -> None:
    """Read any bytes and write any text: a pipe may bring what is no UTF-8, and `clean` mends it.

    A closed one is as good as an empty one.
    """
    sys.stdin = sys.stdin or os.fdopen(os.open(os.devnull, os.O_RDONLY))
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")


@click.command(cls=Command)
@click.argument("guide")
@click.option("--plain", is_flag=True)
@click.option("--card", is_flag=True)
@click.option("--html", is_flag=True)
@of_circle
@click.pass_context
def talk(ctx: click.Context, guide: str, plain: bool, card: bool, html: bool, group: str | None) -> None:
    """Hold one conversation, and keep it; or print it as a card, and hold none."""
    from assistant.cli.first_run import welcome
    from assistant.sittings.frame import IN_A_CIRCLE

    house = house_of(ctx)
    if card or html:
        _print_card(house, guide, html)
        return
    house.prompts.library.guide(guide)
    circle = house.circles.named(group).id if group else None
    if not plain and sys.stdin.isatty() and sys.stdout.isatty():
        house.open_screen(guide, circle)
        return
    safe_streams()
    if not house.home.exists:
        welcome(house)
    unfinished = house.sittings.waiting(guide, circle)
    if not unfinished and not circle and guide in IN_A_CIRCLE and (meant := which(house, None)):
        circle = meant.id
    _converse(house, house.sittings.session(guide, unfinished.id if unfinished else None, circle), "title")


def _print_card(house: Any, guide: str, as_html: bool) -> None:
    from assistant.guides import card

    safe_streams()
    write = card.html if as_html else card.markdown
    sys.stdout.write(write(house.sittings.card(guide)))


@click.command(cls=Command)
@click.argument("guide")
@click.option("--week", type=click.IntRange(1, 520), default=1)
@click.option("--answers", type=Readable())
@click.option("--out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", type=int, default=1)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def rehearse(
    ctx: click.Context, guide: str, week: int, answers: Path | None, out: Path | None, seed: int, as_json: bool
) -> int:
    """Try a conversation, or a whole year of them, with a made-up member; nothing is kept."""
    house = house_of(ctx)
    if guide == "year":
        from assistant.cli.year import rehearse_year

        asked = ctx.find_root().obj.get("asked", {}).get("lang")
        return rehearse_year(house, (asked,) if asked else LANGS, answers, out, seed, as_json)
    safe_streams()
    _converse(house, house.sittings.rehearsal(guide, week), "rehearsal_title")
    return 0


def converse_plainly(house: Any, session: Any) -> None:
    """Hold one sitting line by line."""
    _converse(house, session, "title")


def _converse(house: Any, session: Any, title_name: str) -> None:
    from assistant.cli.plain import converse

    title = session.sentence(title_name, title=session.guide.title[house.lang], week=session.facts.week)
    converse(session, sys.stdin, sys.stdout, house.messages, title)

"""`vidne talk` and `vidne rehearse`: one conversation, kept or not."""

import sys
from typing import Any

import click

from assistant.cli.main import Command, house_of


def safe_streams() -> None:
    """Read any bytes and write any text: a pipe may bring what is no UTF-8, and `clean` mends it."""
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")


@click.command(cls=Command)
@click.argument("guide")
@click.option("--plain", is_flag=True)
@click.option("--card", is_flag=True)
@click.option("--html", is_flag=True)
@click.pass_context
def talk(ctx: click.Context, guide: str, plain: bool, card: bool, html: bool) -> None:
    """Hold one conversation, and keep it; or print it as a card, and hold none."""
    from assistant.cli.first_run import welcome

    house = house_of(ctx)
    if card or html:
        _print_card(house, guide, html)
        return
    house.library.guide(guide)
    if not plain and sys.stdin.isatty() and sys.stdout.isatty():
        house.open_screen(guide)
        return
    safe_streams()
    if not house.home.exists:
        welcome(house)
    unfinished = house.waiting(guide)
    _converse(house, house.session(guide, unfinished.id if unfinished else None), "title")


def _print_card(house: Any, guide: str, as_html: bool) -> None:
    from assistant.guides import card

    safe_streams()
    write = card.html if as_html else card.markdown
    sys.stdout.write(write(house.guide_card(guide)))


@click.command(cls=Command)
@click.argument("guide")
@click.option("--week", type=click.IntRange(1, 520), default=1)
@click.pass_context
def rehearse(ctx: click.Context, guide: str, week: int) -> None:
    """Try a conversation with a made-up member; nothing is kept."""
    safe_streams()
    house = house_of(ctx)
    _converse(house, house.rehearsal(guide, week), "rehearsal_title")


def _converse(house: Any, session: Any, title_name: str) -> None:
    from assistant.cli.plain import converse

    title = session.sentence(title_name, title=session.guide.title[house.lang], week=session.facts.week)
    converse(session, sys.stdin, sys.stdout, house.messages, title)

"""The first run without the full screen: the same few questions, or none where nobody is there to answer."""

import sys
from typing import Any

import click

from assistant.messages import LANGS


def welcome(house: Any) -> None:
    """Make a new home: by asking at a terminal; in a pipe without a question, and saying so on standard error."""
    if not sys.stdin.isatty():
        house.make_home(None, "key-file")
        click.echo(house.messages("first_run.made_quietly", folder=house.home.folder), err=True)
        return
    house.speak(click.prompt("Dansk eller English?", type=click.Choice(LANGS), default=house.lang))
    messages = house.messages
    name = click.prompt(messages("first_run.plain_name"), default="", show_default=False).strip()
    ways = ["key-file", "passphrase", *(["keyring"] if house.keyring() else [])]
    click.echo(messages("first_run.plain_protection"))
    for number, way in enumerate(ways, 1):
        click.echo(f"  {number}. {messages('first_run.plain_' + way.replace('-', '_'))}")
    chosen = ways[click.prompt(">", type=click.IntRange(1, len(ways)), default=1, prompt_suffix=" ") - 1]
    words = ""
    if chosen == "passphrase":
        words = click.prompt(messages("protect.passphrase"), hide_input=True, confirmation_prompt=True)
    house.make_home(name or None, chosen, words)

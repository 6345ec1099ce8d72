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
    house.speak(_ask(house, "lang", type=click.Choice(LANGS), default=house.lang))
    name = _ask(house, "name", default="", show_default=False).strip()
    ways = ["key-file", "passphrase", *(["keyring"] if house.keyring() else [])]
    about = [house.messages(f"first_run.keep_{way.replace('-', '_')}") for way in ways]
    for number, text in enumerate(about, 1):
        click.echo(f"{number}. {text}\n")
    protection = ways[_ask(house, "protection", type=click.IntRange(1, len(ways)), default=1) - 1]
    words = _passphrase(house) if protection == "passphrase" else ""
    house.make_home(name or None, protection, words)


def _ask(house: Any, question: str, **how: Any) -> Any:
    return click.prompt(house.messages(f"first_run.{question}"), prompt_suffix=" ", **how)


def _passphrase(house: Any) -> str:
    while True:
        words = _ask(house, "passphrase", hide_input=True)
        if words == _ask(house, "again", hide_input=True):
            return words
        click.echo(house.messages("first_run.not_the_same"))

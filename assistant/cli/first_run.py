"""The first run without the full screen: the same few questions, or none where nobody is there to answer."""

import sys
from typing import Any

import click

from assistant.messages import LANGS
from assistant.trouble import Trouble


def welcome(house: Any) -> None:
    """Make a new home: by asking at a terminal; in a pipe without a question, and saying so on standard error."""
    if not sys.stdin.isatty():
        try:
            house.make_home(None, "key-file")
        except Trouble as trouble:
            if trouble.key != "trouble.home_exists":  # another start made it a moment ago, and this one goes on in it
                raise
        else:
            click.echo(house.messages("first_run.made_quietly", folder=house.home.folder), err=True)
        return
    if not house.lang_is_given:
        house.speak(_ask(house, "lang", type=click.Choice(LANGS), default=house.lang))
    name = _ask(house, "name", default="", show_default=False).strip()
    ways = ["key-file", "passphrase", *(["keyring"] if house.keyring() else [])]
    about = [house.messages(f"first_run.keep_{way.replace('-', '_')}") for way in ways]
    for number, text in enumerate(about, 1):
        click.echo(f"{number}. {text}\n")
    protection = ways[_ask(house, "protection", type=click.IntRange(1, len(ways)), default=1) - 1]
    if protection == "passphrase":
        _lock(house, name or None)
    else:
        house.make_home(name or None, protection)


def _ask(house: Any, question: str, **how: Any) -> Any:
    return click.prompt(house.messages(f"first_run.{question}"), prompt_suffix=" ", **how)


def _lock(house: Any, name: str | None) -> None:
    """Ask for a passphrase twice, until the home is made with it."""
    while True:
        click.echo(house.messages("first_run.passphrase_about"))
        words = _ask(house, "passphrase", hide_input=True)
        if words != _ask(house, "again", hide_input=True):
            click.echo(house.messages("first_run.not_the_same"))
            continue
        try:
            house.make_home(name, "passphrase", words)
        except Trouble as trouble:
            if trouble.key != "trouble.passphrase_short":
                raise
            click.echo(house.messages(trouble.key, **trouble.values))
        else:
            return

"""`vidne model`: whether a language model is asked, by whom it is run, and what exactly it gets."""

import json
import shutil
import sys
import textwrap
import time
from typing import Any

import click

from assistant.cli.main import Command, Group, house_of
from assistant.messages import Messages
from assistant.text import clean
from assistant.trouble import Trouble


@click.group(cls=Group)
def model() -> None:
    """The optional language model."""


@model.command(cls=Command)
@click.argument("name", required=False)
@click.argument("address", required=False)
@click.pass_context
def on(ctx: click.Context, name: str | None, address: str | None) -> int:
    """Show who would get what, and turn the model on if the member says yes."""
    house = house_of(ctx)
    messages = house.messages
    if name:
        house.model.choose(name, address)
    _must_be_allowed(house)
    _must_be_chosen(house)
    # The receiver comes last: on a small screen it is what still stands there when the question is put.
    for part in (messages("model.what"), messages("model.example_is")):
        _say(f"{part}\n")
    _say(str(house.model.example_request()), "    ")
    click.echo()
    for line in _receiver(house):
        _say(line)
    if click.prompt(messages("model.ask"), prompt_suffix=" ").strip().casefold() != messages("model.yes"):
        _say(messages("model.stays_off"))
        return 1
    house.model.turn("on")
    _say(messages("model.turned_on"))
    return 0


@model.command(cls=Command)
@click.pass_context
def off(ctx: click.Context) -> None:
    """Turn the model off."""
    house = house_of(ctx)
    house.model.turn("off")
    _say(house.messages("model.turned_off"))


@model.command(cls=Command)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Say how it stands."""
    house = house_of(ctx)
    messages, settings, noted = house.messages, house.model.settings, house.model.noted
    asked = [note for note in noted if note.what == "asked"]
    if as_json:
        click.echo(json.dumps(_as_json(house, asked)))
        return
    _say(messages(f"model.is_{house.model.state}"))
    if settings:
        for line in _receiver(house):
            _say(line)
        kept = "key" if house.model.key() else "no_key" if settings.here else "no_key_yet"
        _say(messages(f"model.has_{kept}"))
    for note in (note for note in noted if note.what != "asked"):
        _say(messages(f"model.noted_{note.what}", day=_day(note.at, messages), receiver=note.receiver))
    if asked:
        times = "once" if len(asked) == 1 else "asked"
        _say(messages(f"model.noted_{times}", count=len(asked), day=_day(asked[-1].at, messages)))


@model.command(cls=Command)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def test(ctx: click.Context, as_json: bool) -> int:
    """Ask the model once, with made-up words, and say what came of it."""
    house = house_of(ctx)
    messages = house.messages
    _must_be_allowed(house)
    _must_be_chosen(house)
    if sys.stdout.isatty() and not as_json:
        _say(messages("screen.waiting"))
    outcome = house.model.try_out(time.monotonic)
    seconds = round(outcome.whole, 1)
    said = outcome.failed or ("answered" if outcome.shown else "unfit")
    what = messages(f"model.{said}", **({} if outcome.failed else {"seconds": _number(seconds, messages)}))
    well = said == "answered"
    if as_json:
        click.echo(json.dumps({"well": well, "came": said, "what": what, "seconds": seconds}))
    else:
        _say(what)
    return 0 if well else 1


@model.command(cls=Command)
@click.pass_context
def key(ctx: click.Context) -> None:
    """Keep the model's key in the keyring; it is typed, or comes through a pipe."""
    house = house_of(ctx)
    messages = house.messages
    _must_be_chosen(house)
    if sys.stdin.isatty():
        given = click.prompt(messages("model.key_prompt"), hide_input=True, default="", show_default=False)
    else:
        given = sys.stdin.readline()
    house.model.keep_key(given)
    _say(messages("model.key_kept" if given.strip() else "model.key_removed"))


def _must_be_allowed(house: Any) -> None:
    if (state := house.model.state) in ("vetoed", "unheard"):
        raise Trouble(f"model_{state}")


def _must_be_chosen(house: Any) -> None:
    if house.model.settings is None:
        raise Trouble("model_missing", file=house.home.config_file)


def _receiver(house: Any) -> list[str]:
    """Give who gets what is sent, how far that travels, and what stands in the way of it."""
    messages, settings = house.messages, house.model.settings
    lines = [f"{messages('model.receiver', receiver=settings.receiver)} {messages(f'model.{settings.stays}')}"]
    lines += [] if house.model.installed else [messages("model.not_installed")]
    return lines + [messages("talk.told_unread", file=clean(str(path))) for path in house.model.unread]


def _as_json(house: Any, asked: list[Any]) -> dict[str, object]:
    settings = house.model.settings
    chosen = {"name": settings.name, "address": settings.where, "stays_here": settings.here} if settings else None
    return {
        "state": house.model.state,
        "model": chosen,
        "key": bool(settings and house.model.key()),
        "installed": house.model.installed,
        "unread": [str(path) for path in house.model.unread],
        "noted": [
            {"what": note.what, "at": note.at.isoformat(), "receiver": note.receiver}
            for note in house.model.noted
            if note.what != "asked"
        ],
        "asked": {"times": len(asked), "last": asked[-1].at.isoformat() if asked else None},
    }


def _day(at: Any, messages: Messages) -> str:
    return messages("screen.day", day=at.day, month=messages(f"month.{at.month}"), year=at.year)


def _number(seconds: float, messages: Messages) -> str:
    return str(seconds).replace(".", messages("screen.decimal"))


def _say(text: str, before: str = "") -> None:
    """Print `text`, each line behind `before`; at a terminal no word is broken at the screen's edge."""
    width = max(20, shutil.get_terminal_size().columns - len(before))
    as_it_stands = {"expand_tabs": False, "replace_whitespace": False, "break_long_words": False}
    for line in text.split("\n"):
        folded = textwrap.wrap(line, width, break_on_hyphens=False, **as_it_stands) if sys.stdout.isatty() else [line]
        click.echo("\n".join(f"{before}{part}".rstrip() for part in folded or [""]))

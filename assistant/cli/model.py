"""`vidne model`: whether a language model is asked, by whom it is run, and what exactly it gets."""

import time
from typing import Any

import click

from assistant.cli.main import Command, Group, house_of
from assistant.messages import Messages
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
    settings = house.model.settings
    if house.model.state == "vetoed":
        raise Trouble("model_vetoed")
    if settings is None:
        raise Trouble("model_missing", file=house.home.config_file)
    click.echo(f"{_receiver(house)}\n\n{messages('model.what')}\n\n{messages('model.example_is')}\n")
    click.echo(_indented(str(house.model.example_request())))
    if click.prompt(messages("model.ask"), prompt_suffix=" ").strip().casefold() != messages("model.yes"):
        click.echo(messages("model.stays_off"))
        return 1
    house.model.turn("on")
    click.echo(messages("model.turned_on"))
    return 0


@model.command(cls=Command)
@click.pass_context
def off(ctx: click.Context) -> None:
    """Turn the model off."""
    house = house_of(ctx)
    house.model.turn("off")
    click.echo(house.messages("model.turned_off"))


@model.command(cls=Command)
@click.pass_context
def status(ctx: click.Context) -> None:
    """Say how it stands."""
    house = house_of(ctx)
    messages = house.messages
    click.echo(messages(f"model.is_{house.model.state}"))
    if house.model.settings:
        click.echo(_receiver(house))
        click.echo(messages("model.has_key" if house.model.key() else "model.has_no_key"))
    noted = house.vault.sendings()
    asked = [note for note in noted if note.what == "asked"]
    for note in (note for note in noted if note.what != "asked"):
        click.echo(messages(f"model.noted_{note.what}", day=_day(note.at, messages), receiver=note.receiver))
    if asked:
        click.echo(messages("model.noted_asked", count=len(asked), day=_day(asked[-1].at, messages)))


@model.command(cls=Command)
@click.pass_context
def test(ctx: click.Context) -> int:
    """Ask the model once, with made-up words, and say what came of it."""
    house = house_of(ctx)
    messages = house.messages
    if house.model.settings is None:
        raise Trouble("model_missing", file=house.home.config_file)
    outcome = house.model.try_out(time.monotonic)
    if outcome.failed:
        click.echo(messages(f"model.{outcome.failed}"))
        return 1
    click.echo(messages("model.answered" if outcome.shown else "model.unfit", seconds=round(outcome.whole, 1)))
    return 0 if outcome.shown else 1


@model.command(cls=Command)
@click.pass_context
def key(ctx: click.Context) -> None:
    """Keep the model's key in the keyring."""
    house = house_of(ctx)
    if house.model.settings is None:
        raise Trouble("model_missing", file=house.home.config_file)
    given = click.prompt(house.messages("model.key_prompt"), hide_input=True, default="", show_default=False)
    house.model.keep_key(given)
    click.echo(house.messages("model.key_kept" if given.strip() else "model.key_removed"))


def _receiver(house: Any) -> str:
    messages, settings = house.messages, house.model.settings
    return f"{messages('model.receiver', receiver=settings.receiver)} {messages(f'model.{settings.stays}')}"


def _day(at: Any, messages: Messages) -> str:
    return messages("screen.day", day=at.day, month=messages(f"month.{at.month}"), year=at.year)


def _indented(text: str) -> str:
    return "".join(f"    {line}".rstrip() + "\n" for line in text.splitlines())

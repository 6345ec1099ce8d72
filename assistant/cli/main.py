"""The command line: which commands there are, what they are given, and how an error is told. Nothing is decided here.

Each command's code is imported when it is called, so that a quick one stays quick.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from assistant.messages import Messages
from assistant.text import clean
from assistant.trouble import NO_ROOM, Trouble

COMMANDS = {
    "talk": "assistant.cli.talk:talk",
    "practice": "assistant.cli.practice:practice",
    "rehearse": "assistant.cli.talk:rehearse",
    "calendar": "assistant.cli.calendar:calendar",
    "search": "assistant.cli.search:search",
    "answer": "assistant.cli.answer:answer",
    "carry": "assistant.cli.carry:carry",
    "circle": "assistant.cli.circle:circle",
    "charter": "assistant.cli.charter:charter",
    "meeting": "assistant.cli.meeting:meeting",
    "words": "assistant.cli.meeting:words",
    "prompts": "assistant.cli.prompts:prompts",
    "model": "assistant.cli.model:model",
    "witness": "assistant.cli.witness:witness",
}
"""Each command's name, and where it lives."""


class Readable(click.Path):
    """A file that is there; `-` for standard input where `or_input`."""

    def __init__(self, or_input: bool = False) -> None:
        super().__init__(exists=True, dir_okay=False, allow_dash=or_input, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the file's path.

        Raises:
            Trouble: when no such file can be read.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            raise Trouble("no_such_file", file=clean(str(value))[:200]) from None


class Speaking:
    """A command whose help is written in the catalogue, in the language spoken, under `cli`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; a `--lang` after `--help` speaks too."""
        said = args[: args.index("--")] if "--" in args else args
        for name, value in pairwise(said):
            if name == "--lang":
                ctx.find_root().obj.setdefault("asked", {})["lang"] = value
        return super().parse_args(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        """Give the whole help text."""
        return house_of(ctx).messages(f"cli.{'_'.join(ctx.command_path.split()[1:]) or 'vidne'}").strip()


class Command(Speaking, click.Command):
    """A command that takes `--home` and `--lang` after its name too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(shared_options())


class Group(Speaking, click.Group):
    """A command with commands of its own."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(shared_options())

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command that is called.

        Raises:
            Trouble: when there is none of that name.
        """
        if self.get_command(ctx, args[0]) is None:
            raise Trouble("no_such_command", what=args[0])
        return super().resolve_command(ctx, args)


class Vidne(Group):
    """The command `vidne` itself, which finds its commands when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import and give a command."""
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        return getattr(importlib.import_module(module), attribute)


def shared_options() -> list[click.Option]:
    """Give the options that every command takes, before and after its name; the last one said counts."""
    return [
        click.Option(["--home"], expose_value=False, is_eager=True, callback=_remember),
        click.Option(["--lang"], expose_value=False, is_eager=True, callback=_remember),
    ]


def _remember(ctx: click.Context, option: click.Option, value: Any) -> None:
    if value == "":  # a folder of no name would be the one that happens to be stood in
        raise click.BadParameter("", param=option)
    if value is not None:
        ctx.find_root().obj.setdefault("asked", {})[option.name] = value


def house_of(ctx: click.Context) -> Any:
    """Give the house that the options ask for; built once."""
    root = ctx.find_root().obj
    if "house" not in root:
        asked = root.get("asked", {})
        lang = asked.get("lang")
        if lang is not None and lang not in root["langs"]:
            raise Trouble("no_such_language", lang=lang, langs=", ".join(root["langs"]))
        folder = asked.get("home") or os.environ.get("VIDNE_HOME")
        root["house"] = root["build"](Path(folder) if folder else None, lang, passphrase=_ask_passphrase(ctx))
    return root["house"]


def _ask_passphrase(ctx: click.Context) -> Callable[[], str]:
    def ask() -> str:
        if not sys.stdin.isatty():
            raise Trouble("passphrase_needs_terminal")
        return click.prompt(house_of(ctx).messages("protect.passphrase"), hide_input=True, err=True)

    return ask


@click.group(cls=Vidne, invoke_without_command=True)
@click.version_option(package_name="vidne", message="vidne %(version)s")
@click.pass_context
def vidne(ctx: click.Context) -> None:
    """Open the full-screen app, unless a command was named."""
    if ctx.invoked_subcommand is None:
        house_of(ctx).open_screen()


class Ended(SystemExit):
    """The system, or a window that closed, asked for the end."""


def end_when_told() -> None:
    """End as Ctrl+C does where the system asks for it: what waits to be kept is kept, and one sentence says so."""

    def end(*_: object) -> None:
        raise Ended

    for asked in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(asked) is signal.SIG_DFL:  # `nohup` lets a command outlive its window
            signal.signal(asked, end)


def run(arguments: Sequence[str], build: Callable[..., Any], langs: Sequence[str]) -> int:
    """Run one command line and give its exit code: 0 well, 1 a finding or a failure, 2 misuse.

    `build` makes the house from a folder and a language. An error is one sentence on standard error.
    """
    obj: dict[str, Any] = {"build": build, "langs": langs}
    code = 0
    if sys.stdin is None:  # closed by whoever started Vidne
        sys.stdin = Path(os.devnull).open()  # noqa: SIM115  it is there to the end
    try:
        code = vidne.main(list(arguments), prog_name="vidne", standalone_mode=False, obj=obj) or 0
        if sys.stdout is not None:
            sys.stdout.flush()  # while it can still be told that there was no room
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help(), err=True)
        code = 2
    except click.UsageError as error:
        code = _tell(obj, *_misuse(error), code=2)
    except Trouble as trouble:
        misused = trouble.key in MISUSES
        code = _tell(obj, trouble.key, trouble.values, code=2 if misused else 1)
    except (click.Abort, KeyboardInterrupt, Ended):
        code = _tell(obj, "trouble.stopped", {}, code=1)
    except BrokenPipeError:
        sys.stdout = None
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:  # the vault tells of its own
            sys.stdout = None
            code = _tell(obj, "trouble.no_room_out", {}, code=1)
        else:
            code = _tell(obj, "trouble.unexpected", {"kind": type(error).__name__}, code=1)
    finally:
        if "house" in obj:
            obj["house"].close()
    return code


MISUSES = {
    f"trouble.{key}"
    for key in (
        "no_such_command", "no_such_guide", "no_such_language", "no_such_text", "no_such_step", "no_such_phrasing",
        "no_such_folder", "no_such_file", "guide_name",
        "practice_blank", "practice_date", "practice_either", "practice_future", "practice_long_ago",
        "calendar_day",
        "circle_leave_how", "circle_which", "circle_no_such",
    )
}  # fmt: skip
"""Troubles that come from what was typed after `vidne`."""


def _misuse(error: click.UsageError) -> tuple[str, dict[str, str]]:
    match error:
        case click.NoSuchOption():
            return "trouble.no_such_option", {"what": error.option_name}
        case click.MissingParameter():
            return "trouble.missing", {"usage": error.ctx.get_help().strip().partition("\n")[0]}
        case click.BadParameter():
            return "trouble.bad_value", {"what": _shout(error.param)}
    return "trouble.misused", {}


def _shout(parameter: click.Parameter | None) -> str:
    """Name a parameter as the help does: an option as it is typed, an argument in capitals."""
    if isinstance(parameter, click.Option):
        return parameter.opts[-1]
    return (parameter.human_readable_name if parameter else "").upper()


def _tell(obj: dict[str, Any], key: str, values: dict[str, object], *, code: int) -> int:
    try:
        messages = obj["house"].messages
    except (KeyError, Trouble, OSError):
        lang = obj.get("asked", {}).get("lang")
        messages = Messages.load(lang if lang in obj["langs"] else obj["build"]().locale[0])
    with suppress(OSError):  # the window it would be told in may be gone
        click.echo(messages(key, **values), err=True)
    return code

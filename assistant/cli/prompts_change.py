"""The commands of `vidne prompts` that write: into the group's own folder, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.faults import tell
from assistant.cli.main import Command, Readable, house_of
from assistant.text import clean
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.guides.fault import Fault
    from assistant.messages import Messages


AS_JSON = click.option("--json", "as_json", is_flag=True)


def say_json(held: object) -> None:
    """Print something for a machine."""
    click.echo(json.dumps(held, ensure_ascii=False, default=str))


def meant(house: Any, words: Sequence[str]) -> tuple[str, ...]:
    """Give the texts that the words after a command mean."""
    from assistant.guides.workshop.files import names_meant

    return names_meant(words, house.lang, house.workshop.library)


@click.command(cls=Command)
@click.argument("words", nargs=-1, required=True)
@AS_JSON
@click.pass_context
def copy(ctx: click.Context, words: tuple[str, ...], as_json: bool) -> None:
    """Make copies of built-in texts in the group's own folder."""
    house = house_of(ctx)
    own = house.workshop.own
    made = {name: house.workshop.copy(name) is not None for name in meant(house, words)}
    if as_json:
        copied, there = ([name for name, is_new in made.items() if is_new == wanted] for wanted in (True, False))
        say_json({"folder": own, "copied": copied, "there": there})
        return
    for name, is_new in made.items():
        click.echo(house.messages("workshop.copied" if is_new else "workshop.has_copy", file=own / name))


@click.command(cls=Command)
@click.argument("words", nargs=-1)
@AS_JSON
@click.pass_context
def diff(ctx: click.Context, words: tuple[str, ...], as_json: bool) -> None:
    """Show what is changed."""
    house = house_of(ctx)
    workshop = house.workshop
    changed = {text.name: text.whose for text in workshop.texts() if text.whose != "built_in"}
    names = [name for name in (meant(house, words) if words else changed) if name in changed]
    lines = {name: workshop.diff(name) for name in names}
    if as_json:
        say_json({"changed": [{"name": name, "whose": changed[name], "diff": list(lines[name])} for name in names]})
        return
    for name in names:
        click.echo("\n".join(clean(line) for line in lines[name]))
    if not names:
        click.echo(house.messages("workshop.no_difference"))


@click.command(cls=Command)
@click.argument("words", nargs=-1)
@click.option("--all", "everything", is_flag=True)
@AS_JSON
@click.pass_context
def reset(ctx: click.Context, words: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Go back to what came with Vidne."""
    from assistant.guides.workshop.files import EARLIER

    house = house_of(ctx)
    workshop = house.workshop
    if bool(words) == everything:
        raise click.UsageError("")
    own = [text.name for text in workshop.texts() if text.whose == "changed"]
    was = {name: workshop.reset(name) for name in (own if everything else meant(house, words))}
    earlier = workshop.own / EARLIER
    if as_json:
        say_json({"reset": [name for name, is_reset in was.items() if is_reset], "earlier": earlier})
        return
    for name, is_reset in was.items():
        if is_reset:
            click.echo(house.messages("workshop.was_reset", name=name, earlier=earlier))
        elif len(words) > 1 or "/" in "".join(words):
            click.echo(house.messages("workshop.nothing_to_reset", name=name))
    if not own:
        click.echo(house.messages("workshop.no_difference"))


@click.command(cls=Command)
@click.argument("guide")
@click.option("--da", type=Readable())
@click.option("--en", type=Readable())
@click.option("--with", "company", type=click.Choice(("member", "pair", "circle")), default="member")
@AS_JSON
@click.pass_context
def new(ctx: click.Context, guide: str, da: Path | None, en: Path | None, company: str, as_json: bool) -> int:
    """Make a guide of one's own."""
    from assistant.guides.fault import Fault, Refused
    from assistant.guides.shelf import read
    from assistant.guides.workshop.making import new_guide, placed, read_round

    house = house_of(ctx)
    workshop, messages = house.workshop, house.messages
    if guide in workshop.library.names():
        raise Trouble("guide_exists", guide=guide)
    sources, rounds = {}, {}
    for lang, file in (("da", da), ("en", en)):
        if file is None:
            continue
        try:
            sources[lang] = read(file, file.resolve().parent)
        except Refused as refused:
            fault = Fault.of(refused.flaw, file, messages)
            raise Trouble("text_unreadable", file=clean(str(file)), what=fault.what, todo=fault.todo) from None
        rounds[lang] = read_round(sources[lang])
        if rounds[lang] is None:
            raise Trouble("no_round", file=clean(str(file)))
    files = new_guide(guide, company, rounds)
    if found := workshop.faults_in(guide, files):
        faults = placed(found, sources, {"da": da, "en": en}, workshop.own)
        return _refused(messages, faults, (workshop.own,), as_json, "workshop.not_made")
    for name, text in files.items():
        workshop.save(name, text)
    if as_json:
        say_json({"guide": guide, "folder": workshop.own / guide, "texts": sorted(files)})
        return 0
    click.echo(messages("workshop.made", guide=guide, folder=workshop.own / guide))
    for lang, said in rounds.items():
        if said.notes:
            click.echo(messages("workshop.notes_kept", name=f"{guide}/{lang}/q1.md"))
    if len(rounds) == 1:
        (other,) = {"da", "en"} - set(rounds)
        click.echo(messages("workshop.same_words", folder=workshop.own / guide / other))
    return 0


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@AS_JSON
@click.pass_context
def pack(ctx: click.Context, file: Path, as_json: bool) -> int:
    """Put the group's own texts in one file."""
    from assistant.guides.workshop import pack as packs

    house = house_of(ctx)
    workshop = house.workshop
    if workshop.own.is_dir() and (found := workshop.faults()):
        return _refused(house.messages, found, workshop.folders, as_json, "workshop.not_packed")
    names = packs.pack(workshop, file)
    if as_json:
        say_json({"file": file, "texts": names})
        return 0
    click.echo(house.messages("workshop.packed", count=len(names), file=clean(str(file))))
    return 0


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True)
@AS_JSON
@click.pass_context
def unpack(ctx: click.Context, file: Path, replace: bool, as_json: bool) -> int:
    """Take in another group's texts."""
    from assistant.guides.workshop import pack as packs
    from assistant.guides.workshop.files import EARLIER

    house = house_of(ctx)
    workshop, messages = house.workshop, house.messages
    texts = packs.read_pack(file)
    if found := packs.faults_in(texts, workshop, messages):
        return _refused(messages, found, (), as_json, "workshop.not_unpacked")
    what, earlier = packs.compare(texts, workshop), workshop.own / EARLIER
    refuses = bool(what.replaced) and not replace
    if as_json:
        if not refuses:
            packs.unpack(texts, workshop)
        say_json({"verdict": "would_replace" if refuses else "unpacked", **asdict(what), "earlier": earlier})
        return int(refuses)
    if refuses:
        click.echo(messages("workshop.would_replace", earlier=earlier))
        for name in what.replaced:
            click.echo(f"    {name}")
        return 1
    packs.unpack(texts, workshop)
    for name in what.added:
        click.echo(messages("workshop.added", name=name))
    for name in what.replaced:
        click.echo(messages("workshop.replaced", name=name, earlier=earlier))
    if what.same:
        click.echo(messages("workshop.unchanged", count=len(what.same)))
    return 0


def _refused(messages: Messages, found: Sequence[Fault], folders: Sequence[Path], as_json: bool, sentence: str) -> int:
    """Tell of faults, and that nothing was done; give the exit code."""
    tell(messages, found, folders, None, as_json)
    if not as_json:
        click.echo(messages(sentence))
    return 1

"""The commands of `vidne prompts` that write: into the group's own folder, and nowhere else."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from assistant.cli.faults import tell
from assistant.cli.main import Command, house_of
from assistant.text import clean
from assistant.trouble import Trouble


def meant(house: Any, words: Sequence[str]) -> tuple[str, ...]:
    """Give the texts that the words after a command mean."""
    from assistant.guides.workshop import names_meant

    return names_meant(words, house.lang, house.workshop.library)


@click.command(cls=Command)
@click.argument("words", nargs=-1, required=True)
@click.pass_context
def copy(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Make copies of built-in texts in the group's own folder."""
    house = house_of(ctx)
    for name in meant(house, words):
        path = house.workshop.copy(name)
        said = "workshop.copied" if path else "workshop.has_copy"
        click.echo(house.messages(said, file=path or house.workshop.own / name))


@click.command(cls=Command)
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def diff(ctx: click.Context, words: tuple[str, ...], as_json: bool) -> None:
    """Show what is changed."""
    house = house_of(ctx)
    workshop = house.workshop
    changed = {text.name: text.whose for text in workshop.texts() if text.whose != "built_in"}
    names = [name for name in (meant(house, words) if words else changed) if name in changed]
    lines = {name: workshop.diff(name) for name in names}
    if as_json:
        click.echo(json.dumps({"changed": [{"name": n, "whose": changed[n], "diff": list(lines[n])} for n in names]}))
        return
    for name in names:
        click.echo("\n".join(clean(line) for line in lines[name]))
    if not names:
        click.echo(house.messages("workshop.no_difference"))


@click.command(cls=Command)
@click.argument("words", nargs=-1)
@click.option("--all", "everything", is_flag=True)
@click.pass_context
def reset(ctx: click.Context, words: tuple[str, ...], everything: bool) -> None:
    """Go back to what came with Vidne."""
    from assistant.guides.workshop import EARLIER

    house = house_of(ctx)
    workshop = house.workshop
    if bool(words) == everything:
        raise click.UsageError("")
    own = [text.name for text in workshop.texts() if text.whose == "changed"]
    for name in own if everything else meant(house, words):
        was = workshop.reset(name)
        said = "workshop.was_reset" if was else "workshop.nothing_to_reset"
        if was or len(words) > 1 or "/" in "".join(words):
            click.echo(house.messages(said, name=name, earlier=workshop.own / EARLIER))
    if not own:
        click.echo(house.messages("workshop.no_difference"))


@click.command(cls=Command)
@click.argument("guide")
@click.option("--da", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--en", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--with", "company", type=click.Choice(("member", "pair", "circle")), default="member")
@click.pass_context
def new(ctx: click.Context, guide: str, da: Path | None, en: Path | None, company: str) -> int:
    """Make a guide of one's own."""
    from assistant.guides.fault import Fault, Refused
    from assistant.guides.making import new_guide, placed, read_round
    from assistant.guides.shelf import read

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
        tell(messages, placed(found, sources, {"da": da, "en": en}, workshop.own), (workshop.own,), None)
        click.echo(messages("workshop.not_made"))
        return 1
    for name, text in files.items():
        workshop.save(name, text)
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
@click.pass_context
def pack(ctx: click.Context, file: Path) -> int:
    """Put the group's own texts in one file."""
    from assistant.guides import pack as packs

    house = house_of(ctx)
    workshop = house.workshop
    if workshop.own.is_dir() and (found := workshop.faults()):
        tell(house.messages, found, workshop.folders, None)
        click.echo(house.messages("workshop.not_packed"))
        return 1
    names = packs.pack(workshop, file)
    click.echo(house.messages("workshop.packed", count=len(names), file=clean(str(file))))
    return 0


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True)
@click.pass_context
def unpack(ctx: click.Context, file: Path, replace: bool) -> int:
    """Take in another group's texts."""
    from assistant.guides import pack as packs
    from assistant.guides.workshop import EARLIER

    house = house_of(ctx)
    workshop, messages = house.workshop, house.messages
    texts = packs.read_pack(file)
    if found := packs.faults_in(texts, workshop, messages):
        tell(messages, found, (), None)
        click.echo(messages("workshop.not_unpacked"))
        return 1
    what, earlier = packs.compare(texts, workshop), workshop.own / EARLIER
    if what.replaced and not replace:
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

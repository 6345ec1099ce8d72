"""`vidne prompts`: the facilitators' workshop on the command line. It parses and prints; the work is in `guides`."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli import prompts_change
from assistant.cli.faults import tell
from assistant.cli.main import Command, Group, house_of
from assistant.cli.prompts_change import AS_JSON, meant, say_json
from assistant.text import clean
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.guides.workshop.overview import StepView
    from assistant.guides.workshop.texts import Workshop
    from assistant.messages import Messages

GIST = 40
"""How many characters of a question are listed."""
MARKS = {"built_in": " ", "changed": "*", "own": "+"}


@click.group(cls=Group)
def prompts() -> None:
    """The prompts, as facilitators work on them."""
    sys.stdout.reconfigure(errors="replace")


@prompts.command("list", cls=Command)
@click.argument("guide", required=False)
@AS_JSON
@click.pass_context
def list_(ctx: click.Context, guide: str | None, as_json: bool) -> None:
    """Show guides and steps, and what is changed."""
    from assistant.guides.workshop import overview

    house = house_of(ctx)
    workshop, messages = house.workshop, house.messages
    guides, beside = overview.guides(workshop, guide), overview.beside(workshop)
    own = [text.name for text in workshop.texts() if text.whose != "built_in"]
    if as_json:
        held = {"folder": str(workshop.own), "guides": [asdict(view) for view in guides], "own": own, "beside": beside}
        say_json(held)
        return
    click.echo(messages("workshop.folder" if own else "workshop.nothing_own", folder=workshop.own))
    if own:
        click.echo(messages("workshop.legend"))
    for view in guides:
        by = messages("workshop.by", minutes=view.minutes, company=messages(f"workshop.company_{view.company}"))
        click.echo(f"\n{MARKS[view.whose]} {view.id} · {clean(view.title)} · {by}")
        if view.is_faulty:
            click.echo(f"    {messages('workshop.faulty', guide=view.id)}")
        for step in view.steps:
            click.echo(_row(step, messages))
    if beside and not guide:
        click.echo("\n" + messages("workshop.beside"))
        for name in beside:
            click.echo(f"{MARKS['own']}   {clean(name)}")


def _row(step: "StepView", messages: "Messages") -> str:
    """Give a step on one line: its id, its first words, and when it comes."""
    gist = step.gist if len(step.gist) <= GIST else f"{step.gist[: GIST - 1].rstrip()}…"
    ways = messages("workshop.ways" if step.ways != 1 else "workshop.way", count=step.ways)
    kind = [step.kind] if step.kind != "ask" else []
    when = ", ".join([*kind, *step.stages, *([step.needs] if step.needs else [])])
    langs = f"  ({', '.join(step.changed)})" if step.changed else ""
    return f"{MARKS[step.whose]}   {step.id:16} {clean(gist):{GIST}}  {ways:9} {when}{langs}".rstrip()


@prompts.command(cls=Command)
@click.argument("words", nargs=-1, required=True)
@click.option("--original", is_flag=True)
@AS_JSON
@click.pass_context
def show(ctx: click.Context, words: tuple[str, ...], original: bool, as_json: bool) -> None:
    """Show a text as it stands."""
    house = house_of(ctx)
    workshop = house.workshop
    names = meant(house, words)
    name = f"{words[0]}/guide.toml" if len(words) == 1 and "/" not in words[0] else names[0]
    text = workshop.original(name) if original else workshop.read(name)
    if text is None:
        raise Trouble("no_such_text", name=name)
    if as_json:
        say_json({"name": name, "whose": workshop.whose(name), "text": text})
    else:
        click.echo(clean(text), nl=not text.endswith("\n"))


@prompts.command(cls=Command)
@click.argument("what", required=False)
@AS_JSON
@click.pass_context
def check(ctx: click.Context, what: str | None, as_json: bool) -> int:
    """Look for all that is wrong. Exit 1 on a finding."""
    from assistant.guides.proof.folder import check as look
    from assistant.prompts import builtin_prompts

    house = house_of(ctx)
    workshop = house.workshop
    folder, shown = workshop.folders[0], None
    if what is None:
        found = workshop.faults()
    elif _is_guide(what, workshop):
        found = workshop.faults(what)
    else:
        folder = shown = Path(what)
        if not folder.is_dir():
            raise Trouble("no_such_folder", folder=clean(what)[:200])
        same = folder.resolve() == builtin_prompts()
        found = look((folder,) if same else (folder, builtin_prompts()), house.messages)
    tell(house.messages, found, (folder, builtin_prompts()), shown, as_json)
    if not found and not as_json:
        click.echo(house.messages("workshop.well"))
    return 1 if found else 0


def _is_guide(what: str, workshop: "Workshop") -> bool:
    """Say whether a word names a guide; a folder that stands here and is no guide itself goes before."""
    here = Path(what)
    return what in workshop.library.names() and not (here.is_dir() and not (here / "guide.toml").exists())


@prompts.command(cls=Command)
@click.argument("guide")
@click.argument("step")
@click.option("--week", type=click.IntRange(1, 520), default=1)
@click.option("--phrasing", type=click.IntRange(min=1))
@click.option("--name")
@click.option("--why", is_flag=True)
@AS_JSON
@click.pass_context
def preview(
    ctx: click.Context,
    guide: str,
    step: str,
    week: int,
    phrasing: int | None,
    name: str | None,
    why: bool,
    as_json: bool,
) -> None:
    """Show a question as a made-up member sees it."""
    house = house_of(ctx)
    workshop = house.workshop
    facts = house.made_up(week, guide, step, name)
    text = workshop.preview(guide, step, facts, phrasing - 1 if phrasing else None)
    reason = workshop.library.why(guide, step)
    if as_json:
        held = {"guide": guide, "step": step, "week": week, "text": text, "why": reason}
        say_json(held)
        return
    click.echo(text)
    if why:
        click.echo(f"\n{house.messages('workshop.why_here')} {reason}")


@prompts.command("variables", cls=Command)
@AS_JSON
@click.pass_context
def variables_(ctx: click.Context, as_json: bool) -> None:
    """Show all that a text can show and ask about."""
    from assistant.guides.sandbox.walk import FILTERS, LOOP, TESTS
    from assistant.guides.workshop.variables import variables

    messages = house_of(ctx).messages
    known = variables(messages)
    if as_json:
        rows = [asdict(variable) for variable in known]
        say_json({"variables": rows, "filters": list(FILTERS), "tests": list(TESTS), "loop": list(LOOP)})
        return
    click.echo(messages("variables.intro"))
    for variable in known:
        kind = messages(f"variables.kind_{variable.kind}")
        absent = f", {messages('variables.may_be_absent')}" if variable.may_be_absent else ""
        click.echo(f"\n{variable.name}  ({kind}{absent})\n    {variable.about}")
        for sample in variable.samples:
            click.echo("".join(f"      {line}\n" for line in sample.split("\n")), nl=False)
    click.echo()
    click.echo(messages("variables.filters", names=", ".join(FILTERS)))
    click.echo(messages("variables.tests", names=", ".join(TESTS)))
    click.echo(messages("variables.loop", names=", ".join(f"loop.{name}" for name in LOOP)))
    click.echo(messages("variables.pieces", sample='{% include "_hello.md" %}'))


for changing in (prompts_change.copy, prompts_change.diff, prompts_change.reset, prompts_change.new,
                 prompts_change.pack, prompts_change.unpack):  # fmt: skip
    prompts.add_command(changing)

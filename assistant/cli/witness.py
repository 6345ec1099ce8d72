"""`vidne witness`: the guard on one text, or on a labelled file, with figures."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from assistant.cli.main import Group, Readable, house_of
from assistant.trouble import Trouble
from assistant.witness.encoder import encoder
from assistant.witness.evaluate import VERDICTS, evaluate

MOST = 10_000_000
"""Characters of a member's that are read from a file."""
AS = ("gate", "wording", "nudge", "crisis")


@click.group(cls=Group)
def witness() -> None:
    """The guard: what may be said back, and when a person should hear "we are witnesses"."""


@witness.command()
@click.option("--as", "check", type=click.Choice(AS), default="gate")
@click.option("--member", default="")
@click.option("--member-file", "file", type=Readable(or_input=True))
@click.option("--json", "as_json", is_flag=True)
@click.argument("text")
@click.pass_context
def check(ctx: click.Context, check: str, member: str, file: Path | None, as_json: bool, text: str) -> int:
    """Judge one text; `-` reads it, or the member's words, from standard input, where no process list shows it. Exit 1
    on a finding."""
    if file and (member or text == str(file) == "-"):
        raise click.UsageError("")
    house = house_of(ctx)
    text = _read(Path("-")) if text == "-" else text
    member = _read(file) if file else member
    findings = house.judge(check, house.lang)(text, member)
    verdict = VERDICTS[check][bool(findings)]
    if as_json:
        click.echo(json.dumps({"verdict": verdict, "findings": [asdict(finding) for finding in findings]}))
    else:
        click.echo(verdict)
        for finding in findings:
            click.echo(f"{finding.start}-{finding.end} {finding.rule}: {finding.why}")
    return 1 if findings else 0


def _read(file: Path) -> str:
    """Give what a file says, or for `-` standard input; bytes that are no text hide nothing from the guard."""
    if str(file) == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        return sys.stdin.read()
    try:
        with file.open(encoding="utf-8", errors="replace") as said:
            return said.read(MOST)
    except OSError:
        raise Trouble("labels_unread", file=file) from None


@witness.command()
@click.argument("file", type=Readable())
@click.option("--json", "as_json", is_flag=True)
@click.option("--wrong", is_flag=True)
@click.pass_context
def eval(ctx: click.Context, file: Path, as_json: bool, wrong: bool) -> int:
    """Judge a labelled file, and give figures by check and language. Exit 0 whatever they are."""
    house = house_of(ctx)
    result = evaluate(file, house.judge)
    if encoder() is None:
        click.echo(house.messages("cli.words_alone"), err=True)
    if as_json:
        click.echo(json.dumps({"figures": result.figures, "rows": result.rows}))
        return 0
    for figure in result.figures:
        click.echo(_line(figure))
    if wrong:
        for row in result.wrong:
            click.echo(json.dumps(row, ensure_ascii=False))
    return 0


def _line(figure: dict[str, Any]) -> str:
    """One figure as a line; a dash where there is nothing to divide by."""
    shares = (f"{name} {'-' if figure[name] is None else format(figure[name], '.3f')}" for name in RATES)
    return f"{figure['check']:7} {figure['lang']}  n {figure['n']:4}  {'  '.join(shares)}"


RATES = ("recall", "precision", "false_alarms")

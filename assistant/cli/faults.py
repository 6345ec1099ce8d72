"""How faults are told on the command line: where, what, what to do, and the words marked; or as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from assistant.guides.fault import Fault, Refused
from assistant.guides.shelf import read
from assistant.messages import Messages
from assistant.text import clean


def tell(
    messages: Messages, found: Sequence[Fault], folders: Sequence[Path], shown: Path | None, as_json: bool = False
) -> None:
    """Print faults: the file as `shown` names its folder, line and column, the sentences, and the words marked."""
    if as_json:
        rows = [
            {**asdict(fault), "file": _name(fault, folders, shown), "rule": fault.key, "message": fault.what}
            for fault in found
        ]
        click.echo(json.dumps({"verdict": "faulty" if found else "well", "findings": rows}, ensure_ascii=False))
        return
    for fault in found:
        click.echo(f"{_name(fault, folders, shown)}:{fault.line}:{fault.column}: {fault.what} {fault.todo}")
        if line := _line(fault):
            start = max(0, fault.column - 61)
            click.echo(f"    {line[start : start + 110]}")
            before = fault.column - 1 - start
            click.echo(f"    {' ' * before}{'^' * min(fault.width, 110 - before)}")
    if found:
        click.echo(messages("workshop.fault" if len(found) == 1 else "workshop.faults", count=len(found)))


def _name(fault: Fault, folders: Sequence[Path], shown: Path | None) -> str:
    for folder in folders:
        if fault.file.is_relative_to(folder.resolve()):
            inside = fault.file.relative_to(folder.resolve())
            return clean(str((shown if folder == folders[0] and shown else folder) / inside))
    return clean(str(fault.file))


def _line(fault: Fault) -> str:
    """Give the line that a fault marks words in."""
    if not fault.width or not fault.file.is_file():
        return ""
    try:
        lines = read(fault.file, fault.file.parent.resolve()).split("\n")
    except (Refused, OSError):
        return ""
    return lines[fault.line - 1].replace("\t", " ") if fault.line <= len(lines) else ""

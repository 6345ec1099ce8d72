"""What a group adds to the guard is proved before it is used: its rules, its help lines, what a language model is told.

A group may add to the guard and never weaken it. So a rule file may hold rules and hints and nothing else, each rule
must do what it says it does, and one that speaks at ordinary sentences is refused: everyone would meet it all day.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from assistant.guides.fault import Fault, Flaw, Refused, nearest
from assistant.guides.instruction import TOLD, instruction
from assistant.guides.places import Places, short
from assistant.guides.proof.guide import built_in_judge
from assistant.guides.proof.lines import help_line_flaws, model_flaws, word_list_flaws
from assistant.guides.proof.rules import CHECKS, Patience, rule_flaws
from assistant.guides.proof.spoken import coaching
from assistant.guides.proof.told import told_flaws
from assistant.guides.shelf import FOLDERS, read, walk
from assistant.messages import LANGS, Lang, Messages
from assistant.prompts import builtin_prompts
from assistant.text import clean
from assistant.trouble import Trouble
from assistant.witness.crisis import Crisis
from assistant.witness.cues import is_copy
from assistant.witness.gate import CATEGORIES, Gate
from assistant.witness.nudge import Nudge, reminders_in
from assistant.witness.rules import BadRule

LONGEST = 256 * 1024
"""Bytes a rule file may hold; the longest that came with Vidne holds an eighth of it."""


def prove_guard(folder: Path, names: Sequence[str], messages: Messages) -> tuple[Fault, ...]:
    """Give all that is wrong with the files `names` of a group's `folder` that stand beside its guides."""
    folder = folder.resolve()
    found = []
    patience = Patience()
    for name in names:
        path, original = folder / name, builtin_prompts() / name
        try:
            if not (path.is_file() and original.is_file() and is_copy(path, folder, builtin_prompts())):
                found += [Fault.of(flaw, path, messages) for flaw in _flaws(name, path, folder, patience)]
        except Refused as refused:
            found.append(Fault.of(refused.flaw, path, messages))
        except OSError as error:
            flaw = Flaw("unreadable", {"error": error.strerror or type(error).__name__})
            found.append(Fault.of(flaw, path, messages))
    if not found and any(name.startswith("witness/") for name in names):
        found += [Fault.of(flaw, folder / "witness", messages) for flaw in _together(folder)]
    return tuple(sorted(set(found)))


def proved(folder: Path, messages: Messages) -> None:
    """Prove what a group adds to the guard, as it is now.

    Raises:
        Trouble: when something is wrong with it; it names the first fault.
    """
    for fault in prove_guard(folder, _names(folder), messages):
        raise Trouble("guard_faulty", file=clean(str(fault.file)), line=fault.line, what=fault.what, todo=fault.todo)


def digest(folder: Path) -> str:
    """Give a fingerprint of what a group adds to the guard: it changes when one of the files does."""
    total = sha256()
    for name in _names(folder):
        path = folder / name
        with suppress(OSError):
            total.update(sha256(name.encode(errors="replace")).digest())
            with path.open("rb") if path.is_file() else nullcontext() as file:
                total.update(sha256(file.read(LONGEST) if file else b"").digest())
    return total.hexdigest()


def _names(folder: Path) -> list[str]:
    return [name for name in walk(folder) or () if "/" in name and name.split("/")[0] in FOLDERS]


def _together(folder: Path) -> Iterator[Flaw]:
    """Give what only shows when all rules are read at once, as they are for a sitting."""
    folders = (folder, builtin_prompts())
    try:
        Crisis.load(folders)
        for lang in LANGS:
            Gate.load(folders, lang)
            Nudge.load(folders, lang)
    except BadRule as bad:
        yield Flaw("rules_together", {"error": short(str(bad))})


def _flaws(name: str, path: Path, folder: Path, patience: Patience) -> Iterator[Flaw]:
    match name.split("/"):
        case ["witness", lang, "reminders.toml"] if lang in LANGS:
            yield from _reminders(path, folder, lang)
        case ["witness", lang, file] if lang in LANGS and file.removesuffix(".toml") in (*CATEGORIES, *CHECKS):
            yield from rule_flaws(read(path, folder, LONGEST), lang, file.removesuffix(".toml"), patience)
        case ["witness", lang, check, file] if lang in LANGS and check in CHECKS and file.endswith(".toml"):
            yield from rule_flaws(read(path, folder, LONGEST), lang, check, patience)
        case ["crisis", file] if re.fullmatch(r"[a-z]{2}\.toml", file):
            yield from help_line_flaws(read(path, folder))
        case ["crisis", file] if file.endswith(".md") and file.removesuffix(".md").removesuffix(".together") in LANGS:
            if "{lines}" not in read(path, folder):
                yield Flaw("card_without_lines")
        case ["carry", file] if file.endswith(".toml") and file.removesuffix(".toml") in LANGS:
            yield from word_list_flaws(read(path, folder))
        case ["model", "model.toml"]:
            yield from model_flaws(read(path, folder))
        case ["model", lang, file] if lang in LANGS and file.removesuffix(".md") in TOLD and file.endswith(".md"):
            yield from told_flaws(instruction(path, folder), lang, built_in_judge(lang))
        case _:
            original = builtin_prompts() / name
            known = (str(at.relative_to(builtin_prompts())) for at in builtin_prompts().glob("*/*/**/*.toml"))
            yield Flaw("only_built_in" if original.is_file() else "read_nowhere", {"nearest": nearest(name, known)})


def _reminders(path: Path, folder: Path, lang: Lang) -> Iterator[Flaw]:
    text = read(path, folder)
    try:
        reminders_in(path)
    except BadRule as bad:
        yield Flaw("bad_reminders", {"error": short(str(bad).partition(": ")[2])})
        return
    place = Places(text)
    for reminder in reminders_in(path):
        for finding in built_in_judge(lang)(reminder):
            said = coaching(reminder, finding)
            yield replace(place.flaw_at("coaching", "", 0, said["words"], said), lang=lang)

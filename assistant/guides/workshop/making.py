"""A guide of a group's own, made from a few words: Vidne's sample, or the plain text that a round is held with now.

What is made is proved before a file of it is written. A plain text is read as people write one: its first line is the
title, numbered lines are the questions, a greeting goes before the first of them, and the rest are notes to whoever
holds the round: they are kept in the file, and nobody is asked them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.guides import structure
from assistant.guides.facts import CASES
from assistant.guides.fault import Fault
from assistant.guides.guide import Company
from assistant.guides.shelf import FOLDERS
from assistant.messages import LANGS, Lang, Messages
from assistant.prompts import builtin_prompts
from assistant.text import clean
from assistant.trouble import Trouble

RESERVED = ("year", *FOLDERS)
"""What no guide may be called: `vidne rehearse year` is something else."""
_NUMBERED = re.compile(r"\s*(?:\d{1,2}[.)]|[-*•–])\s+(?=\S)")
_MINUTES = re.compile(r"\b(\d{1,3}) min")
_SHOWN = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
_MOST = 20
"""How many questions a plain text may hold."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a plain text says."""

    title: str
    minutes: int
    questions: tuple[str, ...]
    """In order, the greeting before the first."""
    notes: str
    """What is for whoever holds the round."""


def read_round(text: str) -> Round | None:
    """Read a plain text; None where there is no question in it."""
    lines = clean(text).split("\n")
    title = next((line for line in lines if line.strip()), "").strip("# \t:")[:80]
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", "\n".join(lines[1:] if lines else []))]
    blocks = [block for block in blocks if block.strip()]
    numbered = any(_NUMBERED.match(line) for block in blocks for line in block.split("\n"))
    questions: list[str] = []
    others: list[str] = []
    lead: list[str] = []
    for block in blocks:
        asked = _numbered(block) if numbered else [line for line in block.split("\n") if line.rstrip().endswith("?")]
        if asked and not questions:
            lead, others = _lead(others)
        questions += asked
        if not asked:
            others.append(block)
    if not questions or not title:
        return None
    minutes = _MINUTES.search(text)
    questions[0] = "\n\n".join([*lead, questions[0]])
    filled = tuple(_with_known_names(question) for question in questions[:_MOST])
    return Round(title, int(minutes[1]) if minutes else 2 * len(filled), filled, "\n\n".join(others))


def _numbered(block: str) -> list[str]:
    """Give the numbered lines of a block, each with the lines that go on with it."""
    found: list[str] = []
    for line in block.split("\n"):
        if match := _NUMBERED.match(line):
            found.append(line[match.end() :].rstrip())
        elif found:
            found[-1] += "\n" + line.strip()
    return found


def _lead(blocks: list[str]) -> tuple[list[str], list[str]]:
    """Divide what stands before the first question into what is said, from the greeting on, and notes."""
    greets = [n for n, block in enumerate(blocks) if "{{" in block]
    if greets:
        return blocks[greets[0] :], blocks[: greets[0]]
    return (blocks[-1:], blocks[:-1]) if blocks and blocks[-1].rstrip().endswith(":") else ([], blocks)


def _with_known_names(text: str) -> str:
    """Let `{{ member.name }}` mean the fact `name`; a line with one that may be absent is only said where it is."""

    def known(line: str) -> str:
        absent: list[str] = []

        def name(match: re.Match) -> str:
            last = match[1].split(".")[-1]
            if match[1] in CASES or last not in CASES:
                last = match[1]
            absent.extend([last] if last in CASES and None in CASES[last] else [])
            return f"{{{{ {last} }}}}"

        line = _SHOWN.sub(name, line)
        if not absent:
            return line
        # Jinja2 takes the line end after a condition away, so each stands on a line of its own.
        return f"{{% if {' and '.join(dict.fromkeys(absent))} %}}\n{line}\n{{% endif %}}"

    return "\n".join(map(known, text.split("\n")))


def new_guide(guide_id: str, company: Company, rounds: Mapping[Lang, Round] | None = None) -> dict[str, str]:
    """Give the files of a new guide by name: of Vidne's sample, or of what `rounds` say.

    Where there is no round in a language, it says what the other one does.

    Raises:
        Trouble: when no guide can have that name.
    """
    if not structure.ID.fullmatch(guide_id) or guide_id in RESERVED:
        raise Trouble("guide_name", guide=clean(guide_id)[:40])
    files = {}
    asked: list[tuple[str, dict[Lang, str], dict[Lang, str]]] = []
    spoken = {lang: Messages.load(lang) for lang in LANGS}
    if rounds:
        of = {lang: rounds.get(lang) or next(iter(rounds.values())) for lang in LANGS}
        titles, minutes = {lang: of[lang].title for lang in LANGS}, max(said.minutes for said in of.values())
        if len({len(said.questions) for said in of.values()}) > 1:
            raise Trouble("rounds_differ")
        for n in range(len(of["da"].questions)):
            texts = {lang: _with_notes(of[lang], n) for lang in LANGS}
            asked.append((f"q{n + 1}", texts, {lang: spoken[lang]("sample.why_own") for lang in LANGS}))
    else:
        titles, minutes = {lang: spoken[lang]("sample.title") for lang in LANGS}, 5
        for step in ("arriving", "notice"):
            texts = {lang: spoken[lang](f"sample.{step}") for lang in LANGS}
            asked.append((step, texts, {lang: spoken[lang](f"sample.{step}_why") for lang in LANGS}))
    for step, texts, whys in asked:
        for lang in LANGS:
            files[f"{guide_id}/{lang}/{step}.md"] = texts[lang].strip() + "\n"
            files[f"{guide_id}/{lang}/{step}.why.md"] = whys[lang] + "\n"
    for name in (f"{lang}/free{why}.md" for lang in LANGS for why in ("", ".why")):
        files[f"{guide_id}/{name}"] = (builtin_prompts() / "weekly" / name).read_text("utf-8")
    files[f"{guide_id}/guide.toml"] = _toml(titles, company, minutes, [step for step, *_ in asked])
    return files


def placed(
    found: Iterable[Fault], sources: Mapping[Lang, str], files: Mapping[Lang, Path | None], own: Path
) -> tuple[Fault, ...]:
    """Give faults of a guide that was not written as faults of the plain text that it was made from.

    Each is led to the line that holds the same words; one that none holds, to the beginning.
    """
    said = []
    for fault in found:
        lang = next((lang for lang in sources if fault.file.parent.name == lang), next(iter(sources), None))
        if lang is None:
            continue
        words = re.findall(r'"([^"]+)"', fault.what)[:1]
        lines = sources[lang].split("\n")
        at = next(((n, line.find(word)) for word in words for n, line in enumerate(lines) if word in line), (0, 0))
        width = fault.width if at != (0, 0) else 0
        said.append(replace(fault, file=files[lang].resolve(), line=at[0] + 1, column=at[1] + 1, width=width))
    return tuple(sorted(set(said)))


def _with_notes(said: Round, n: int) -> str:
    if n or not said.notes:
        return said.questions[n]
    return f"{{# {said.notes.replace('#}', '# }')} #}}\n{said.questions[n]}"


def _toml(titles: Mapping[Lang, str], company: Company, minutes: int, steps: list[str]) -> str:
    quoted = {lang: title.replace("\\", "").replace('"', "'") for lang, title in titles.items()}
    head = [
        f'title = {{ da = "{quoted["da"]}", en = "{quoted["en"]}" }}',
        f'with = "{company}"',
        f"minutes = {min(max(minutes, 1), 480)}",
    ]
    tables = [f'[[step]]\nid = "{step}"' for step in steps]
    tables.append('# Something else fills the member: nothing is asked here.\n[[step]]\nid = "free"\nkind = "free"')
    return "\n".join(head) + "\n\n" + "\n\n".join(tables) + "\n"

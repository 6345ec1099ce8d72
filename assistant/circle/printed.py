"""The charter's page as Markdown, as HTML that prints well on a plain printer, and as JSON for machines. Nothing in it
comes from outside.

A member's words are words here too: whatever would be markup in them is written so that it is none.
"""

import json
import re
from dataclasses import asdict
from html import escape
from pathlib import Path

from assistant.circle.page import CharterPage, Entry, Section, Wording

_MARKS = re.compile(r"([\\`*_\[\]<>#|~&!])")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
"""What would make a line code."""
_LINE_START = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))", re.MULTILINE)


def markdown(page: CharterPage) -> str:
    """Give the page as Markdown."""
    head = f"# {page.title}" + (f": {_plain(page.group)}" if page.group else "")
    lead = "  \n".join(_plain(line) for line in page.lead)
    parts = [head, *filter(None, [lead])]
    for section in page.sections:
        parts += [f"{'#' * section.level} {_plain(section.title)}"] if section.title else []
        parts += [_entry(entry, page) for entry in section.entries]
    return "\n\n".join(parts) + "\n"


def as_json(page: CharterPage) -> str:
    """Give the page as JSON: `lang`, `title`, `group`, `lead`, and `sections` of `entries` of `wordings`, which have a
    day, `since`, and a `text`."""
    sections = [asdict(section) for section in page.sections]
    table = {"lang": page.lang, "title": page.title, "group": page.group, "lead": page.lead, "sections": sections}
    return json.dumps(table, ensure_ascii=False, default=str) + "\n"


def _entry(entry: Entry, page: CharterPage) -> str:
    label = [f"**{_plain(entry.label)}**"] if entry.label else []
    if len(entry.wordings) == 1:
        return "\n\n".join([*label, _quoted(entry.wordings[0])])
    worded = [f"*{_since(entry, wording, page)}*\n\n{_quoted(wording)}" for wording in entry.wordings]
    return "\n\n".join([*label, *worded])


def _since(entry: Entry, wording: Wording, page: CharterPage) -> str:
    return (page.first if wording == entry.wordings[0] else page.later)(wording.since)


def _quoted(wording: Wording) -> str:
    lines = _plain(wording.text).split("\n")
    return "\n".join(f"> {line}" + ("  " if at < len(lines) - 1 and line else "") for at, line in enumerate(lines))


def _plain(text: str) -> str:
    return _LINE_START.sub(_kept, _MARKS.sub(r"\\\1", _INDENT.sub("", text)))


def _kept(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if not found[2].isdecimal() else f"{found[1]}{found[2]}\\"


def html(page: CharterPage) -> str:
    """Give the page as one HTML file, with its print sheet in it."""
    group = f'<p class="group">{escape(page.group)}</p>' if page.group else ""
    lead = "".join(f"<p>{escape(line)}</p>" for line in page.lead)
    body = "\n".join(_section(section, page) for section in page.sections)
    style = (Path(__file__).parent / "print.css").read_text("utf-8")
    return (
        f'<!doctype html>\n<html lang="{page.lang}">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(' · '.join(filter(None, (page.title, page.group))))}</title>\n<style>\n{style}</style>\n"
        f'</head>\n<body>\n{group}<h1>{escape(page.title)}</h1>\n<div class="lead">{lead}</div>\n'
        f"{body}\n</body>\n</html>\n"
    )


def _section(section: Section, page: CharterPage) -> str:
    title = f"<h{section.level}>{escape(section.title)}</h{section.level}>"
    return "\n".join([title, *(_block(entry, page) for entry in section.entries)])


def _block(entry: Entry, page: CharterPage) -> str:
    label = f'<p class="label">{escape(entry.label)}</p>' if entry.label else ""
    words = [f'<p class="words">{escape(wording.text)}</p>' for wording in entry.wordings]
    if len(words) > 1:
        worded = (
            f'<div><p class="since">{escape(_since(entry, wording, page))}</p>{text}</div>'
            for wording, text in zip(entry.wordings, words, strict=True)
        )
        words = [f'<div class="beside">{"".join(worded)}</div>']
    return f'<div class="entry">{label}{"".join(words)}</div>'


def plain(page: CharterPage) -> str:
    """Give what stands in the page as paragraphs, for a screen."""
    return "\n\n".join(filter(None, map(_told, page.sections)))


def _told(section: Section) -> str:
    lines = (f"{entry.label}: {entry.wordings[-1].text}" if entry.label else entry.wordings[-1].text
             for entry in section.entries)  # fmt: skip
    return "\n".join([section.title, *(f"– {line}".replace("\n", "\n  ") for line in lines)])

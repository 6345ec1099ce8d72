"""A guide as a card, for paper or for a phone: its texts in order, each with its minutes. Pure; no screen, no clock.

The texts are the guide's own, so a group that changes its prompts has its own card.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

_MARKS = re.compile(r"([\\`*_\[\]<>#|~&!])")


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the conversation."""

    minutes: float
    """How long it takes."""
    text: str
    """What is said of it, as plain paragraphs; a line that begins with `- ` is one of a list."""


@dataclass(frozen=True, slots=True)
class Card:
    """A conversation on one card."""

    lang: str
    title: str
    minutes: int
    """How long it takes in all."""
    rows: tuple[Row, ...]


def markdown(card: Card) -> str:
    """Give the card as Markdown."""
    parts = [f"# {_plain(card.title)} · {card.minutes} min"]
    parts += [f"**{_number(row.minutes)} min**\n\n{_plain(row.text)}" for row in card.rows]
    return "\n\n".join(parts) + "\n"


def html(card: Card) -> str:
    """Give the card as one HTML file that fits a phone and half a sheet of paper; nothing in it comes from outside."""
    rows = "\n".join(
        f"<section><p class=minutes>{_number(row.minutes)} min</p><div>{_paragraphs(row.text)}</div></section>"
        for row in card.rows
    )
    return (
        f'<!doctype html>\n<html lang="{card.lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(card.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(card.title)}</h1>\n<p class=minutes>{card.minutes} min</p>\n{rows}\n</body>\n</html>\n"
    )


_STYLE = """
@page { size: A5; margin: 11mm }
body { margin: 0 auto; padding: 1.2rem; max-width: 34rem; font: 1.05rem/1.45 Georgia, serif }
body { color: #2a2622; background: #f4efe6 }
h1 { margin: 0; font-size: 1.4rem; color: #8a4a24 }
section { display: flex; gap: 1rem; padding: .7rem 0; border-top: 1px solid #ddd3c3; break-inside: avoid }
section > div { flex: 1 }
.minutes { flex: 0 0 4.2rem; margin: 0; color: #6a6057; font-size: .95rem }
h1 + .minutes { margin: .2rem 0 1rem }
section p, section ul { margin: 0 0 .5rem }
section ul { padding-left: 1.1rem }
@media print { body { padding: 0; font-size: 9.5pt; background: none } section { padding: .35rem 0 } }
"""


def _paragraphs(text: str) -> str:
    return "".join(map(_block, re.split(r"\n\s*\n", text.strip())))


def _block(block: str) -> str:
    lines = block.split("\n")
    if all(line.startswith("- ") for line in lines):
        return f"<ul>{''.join(f'<li>{escape(line[2:])}</li>' for line in lines)}</ul>"
    return f"<p>{'<br>'.join(map(escape, lines))}</p>"


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _number(minutes: float) -> str:
    return f"{minutes:g}"

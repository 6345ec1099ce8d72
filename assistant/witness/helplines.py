"""The help lines of a country, from its data file, as the card shows them. Vidne invents no number and calls nobody."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line to call."""

    name: str
    number: str
    country: str
    """The country it answers in, as its own people call it in the member's language."""
    about: str
    """What it is for."""
    hours: str
    """When it answers; "" where nobody has said."""
    checked: str
    """The date somebody last called it, or ""."""

    def __str__(self) -> str:
        hours = f" ({self.hours})" if self.hours else ""
        return f"{self.number} · {self.name}, {self.country}: {self.about}{hours}"


_parsed = lru_cache(8)(tomllib.loads)
"""Gives what a country's file says: each sitting has its card ready, and the file is mostly as it was."""


def card(
    folders: Sequence[Path],
    lang: str,
    territory: str | None,
    unchecked: str,
    checked: str = "",
    own: Sequence[str] = (),
    together: bool = False,
) -> str:
    """Give the help-lines card in `lang`, with the lines of the member's country first.

    `folders` are prompts folders, nearest first; a country's nearest file wins. `territory` is the two letters of
    the member's country, if it is known. `unchecked` is said last, while one of the lines has no date; `checked`
    instead, if a facilitator rang them. `own` is the organisations' own help. `together` speaks to several around one
    screen.
    """
    found = lines(folders, lang, territory)
    text = _nearest(folders, f"{lang}.together.md" if together else f"{lang}.md").read_text("utf-8").strip()
    card = text.replace("{lines}", "\n".join([*map(str, found), *own]))
    last = checked or ("" if all(line.checked for line in found) else unchecked)
    return f"{card}\n\n{last}" if last else card


def lines(folders: Sequence[Path], lang: str, territory: str | None) -> list[HelpLine]:
    """Give the lines of the member's country; where Vidne knows none or not which, of where the language is spoken."""
    countries = {path.stem for folder in folders for path in (folder / "crisis").glob("??.toml")}
    own = (territory or "").lower()
    spoken = {"da": ("dk",), "en": ("gb", "ie", "us", *sorted(countries))}[lang]
    order = [own] if own in countries else [each for each in dict.fromkeys(spoken) if each in countries]
    return [line for country in order for line in _read(_nearest(folders, f"{country}.toml"), lang)]


def _read(path: Path, lang: str) -> list[HelpLine]:
    data = _parsed(path.read_text("utf-8"))
    return [
        HelpLine(
            name=line["name"],
            number=line["number"],
            country=data["country"][lang],
            about=line["about"][lang],
            hours=line.get("hours", {}).get(lang, ""),
            checked=line.get("checked", ""),
        )
        for line in data["line"]
    ]


def _nearest(folders: Sequence[Path], name: str) -> Path:
    return next(path for folder in folders if (path := folder / "crisis" / name).is_file())

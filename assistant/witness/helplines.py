"""The help lines of a country, from its data file, as the card shows them. Vidne invents no number and calls nobody."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
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
    the member's locale. `unchecked` is said below the lines while one of them has no date; `checked` instead, if
    a facilitator rang them. `own` is the organisations' own help. `together` speaks to several around one screen.
    """
    found = lines(folders, lang, territory)
    text = _nearest(folders, f"{lang}.together.md" if together else f"{lang}.md").read_text("utf-8")
    numbers = "\n".join([*map(str, found), *own])
    if checked or not all(line.checked for line in found):
        numbers += f"\n\n{checked or unchecked}"
    return text.replace("{lines}", numbers).strip()


def lines(folders: Sequence[Path], lang: str, territory: str | None) -> list[HelpLine]:
    """Give the lines of one country, where the language or the locale tells which; else of all, each named."""
    countries = {path.stem for folder in folders for path in (folder / "crisis").glob("??.toml")}
    local = (territory or "").lower()
    own = "dk" if lang == "da" or local == "dk" else local
    rest = sorted(countries - {own}) if lang != "da" else []
    order = [country for country in [own, *rest] if country in countries]
    return [line for country in order for line in _read(_nearest(folders, f"{country}.toml"), lang)]


def _read(path: Path, lang: str) -> list[HelpLine]:
    data = tomllib.loads(path.read_text("utf-8"))
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

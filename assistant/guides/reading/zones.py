"""Which time zone is meant, as people say it: `dansk tid`, `EST`, a city, a country. Pure; what is unclear gives None.

A zone that is said as one wins over a place that is mentioned; of two places, neither is meant.
"""

import re
from functools import cache
from itertools import pairwise

from assistant.guides.reading.quantities import READ, words

NAMES = {
    "Europe/Copenhagen": ("dansk danish", "danmark denmark københavn aarhus århus odense aalborg", "cet cest"),
    "Europe/London": ("britisk british engelsk english uk",
                      "uk gb britain england storbritannien skotland scotland wales", "gmt bst"),
    "Europe/Dublin": ("irsk irish", "irland ireland", ""),
    "Europe/Oslo": ("norsk norwegian", "norge norway", ""),
    "Europe/Stockholm": ("svensk swedish", "sverige sweden", ""),
    "Europe/Helsinki": ("finsk finnish", "finland", ""),
    "Europe/Berlin": ("tysk german", "tyskland germany", ""),
    "Europe/Amsterdam": ("hollandsk dutch", "holland nederlandene netherlands", ""),
    "Europe/Paris": ("fransk french", "frankrig france", ""),
    "Atlantic/Faroe": ("færøsk faroese", "færøerne faroe faroes", ""),
    "Atlantic/Reykjavik": ("islandsk icelandic", "island iceland", ""),
    "America/Nuuk": ("grønlandsk greenlandic", "grønland greenland", ""),
    "America/New_York": ("eastern", "", "est edt"),
    "America/Chicago": ("central", "", "cst cdt"),
    "America/Denver": ("mountain", "", "mst mdt"),
    "America/Los_Angeles": ("pacific", "", "pst pdt"),
    "UTC": ("", "", "utc"),
}  # fmt: skip
"""What people call a zone before "time", the country and the towns it is in, and its letters."""


def zone(text: str) -> str | None:
    """Read a time zone: its IANA name, the city in it, or what people call it."""
    said, names = text.strip().strip(".").casefold()[:READ], _places()
    wanted = said.replace(" ", "_")
    if found := next((name for name in names if wanted in (name.casefold(), name.casefold().rpartition("/")[2])), None):
        return found
    spoken = words(said)
    called = _said_as_zone(spoken) | ({"America/New_York"} if re.search(r"\bET\b", text) else set())
    if not called:
        plain = f" {' '.join(spoken)} "
        cities = {name for name in names if f" {' '.join(words(name.rpartition('/')[2].replace('_', ' ')))} " in plain}
        called = _named(spoken, 1) | _named(spoken, 0) | _one_each(cities)
    return called.pop() if len(called) == 1 else None


@cache
def _places() -> list[str]:
    """Give the zones that are named after a place; it takes 5 ms, and only where a zone is asked for."""
    from zoneinfo import available_timezones

    return sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))


def _said_as_zone(spoken: list[str]) -> set[str]:
    """Give the zones that are named by their letters, or with "time" behind them."""
    before_time = [word for word, after in pairwise(spoken) if after in ("tid", "time")]
    return _named(spoken, 2) | _named(before_time, 0)


def _named(spoken: list[str], how: int) -> set[str]:
    return {name for name, ways in NAMES.items() if not set(spoken).isdisjoint(ways[how].split())}


def _one_each(cities: set[str]) -> set[str]:
    """Give one name for each city: some have several, such as `America/Buenos_Aires`."""
    return set({name.rpartition("/")[2]: name for name in sorted(cities, reverse=True)}.values())

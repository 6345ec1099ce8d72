"""Which country a member is in. A computer's clock knows better than its language: many speak American everywhere."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path


def country(environment: Mapping[str, str], clock: Path = Path("/etc/localtime")) -> str | None:
    """Give the two small letters of the country that the time zone lies in, else of the locale's; None if none is told.

    `environment` is the process's; `clock` is the link that names the computer's time zone.
    """
    return _of_zone(_zone(environment, clock)) or _of_locale(environment)


def _zone(environment: Mapping[str, str], clock: Path) -> str:
    if named := environment.get("TZ", "").lstrip(":"):
        return named.rpartition("zoneinfo/")[2]
    with suppress(OSError):
        return str(clock.readlink()).rpartition("zoneinfo/")[2]
    return ""


@cache
def _of_zone(zone: str) -> str | None:
    if "/" not in zone:
        return None
    from importlib.resources import files  # 4 ms, with the table: only where the help lines are made ready

    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0].lower() for row in rows if row[2] == zone), None)


def _of_locale(environment: Mapping[str, str]) -> str | None:
    name = next((environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), "")
    territory = name.partition(".")[0].partition("@")[0].partition("_")[2]
    return territory.lower() if len(territory) == 2 else None

"""A group's own help lines stand instead of the built-in ones, so they are looked at closely; and so are its veto and
its words for what somebody suffers from."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date

from assistant.guides.fault import Flaw, nearest
from assistant.guides.places import Places, no_toml, short
from assistant.guides.proof.rules import is_line
from assistant.messages import LANGS

_LINE_KEYS = ("name", "number", "for", "about", "hours", "checked")


def help_line_flaws(text: str) -> Iterator[Flaw]:
    """Give what is wrong with the help lines of a country. A group's file stands instead of the built-in one."""
    try:
        top = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        yield no_toml(error, text)
        return
    place = Places(text)
    for key in top:
        if key not in ("country", "line"):
            values = {"key": short(key), "nearest": nearest(key, ("country", "line"))}
            yield place.flaw("unknown_key", "", 0, key, values)
    if not _both(top.get("country")):
        yield place.flaw("bad_line", "", 0, "country", {"key": "country"}, todo="write_both")
    lines = top.get("line")
    if not (isinstance(lines, list) and all(isinstance(line, dict) for line in lines) and len(lines) > 1):
        yield place.flaw("too_few_lines", "line", 0, "", {})
        return
    for n, line in enumerate(lines):
        for key in line:
            if key not in _LINE_KEYS:
                values = {"key": short(key), "nearest": nearest(key, _LINE_KEYS)}
                yield place.flaw("unknown_key", "line", n, key, values)
        for key in ("name", "number"):
            if not is_line(line.get(key)) or (key == "number" and not re.search(r"\d", line[key])):
                yield place.flaw("bad_line", "line", n, key, {"key": key}, todo=f"write_{key}")
        for key in ("about", "hours"):
            if (key == "about" or key in line) and not _both(line.get(key)):
                yield place.flaw("bad_line", "line", n, key, {"key": key}, todo="write_both")
        if not _is_date(line.get("checked", "")):
            yield place.flaw("bad_line", "line", n, "checked", {"key": "checked"}, todo="write_date")


def _both(value: object) -> bool:
    return isinstance(value, dict) and set(value) == set(LANGS) and all(map(is_line, value.values()))


def _is_date(value: object) -> bool:
    if value == "":
        return True
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def model_flaws(text: str) -> Iterator[Flaw]:
    """Give what is wrong with the file that says whether there may be a language model."""
    try:
        top = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        yield no_toml(error, text)
        return
    place = Places(text)
    for key in top:
        if key != "allowed":
            yield place.flaw("unknown_key", "", 0, key, {"key": short(key), "nearest": "allowed"})
    if "allowed" not in top:
        yield place.flaw("missing_key", "", 0, "", {"key": "allowed"}, todo="write_whether")
    elif not isinstance(top["allowed"], bool):
        values = {"key": "allowed", "value": short(top["allowed"])}
        yield place.flaw("bad_value", "", 0, "allowed", values, todo="write_whether")


def word_list_flaws(text: str) -> Iterator[Flaw]:
    """Give what is wrong with a list of words that point at somebody who is not in the room: see `witness.telling`."""
    try:
        top = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        yield no_toml(error, text)
        return
    place, known = Places(text), ("diagnoses", "whole", "no_names", "no", "no_along")
    for key, words in top.items():
        if key not in known:
            yield place.flaw("unknown_key", "", 0, key, {"key": short(key), "nearest": nearest(key, known)})
        elif not (
            isinstance(words, list) and all(is_line(word) and len(word.strip()) > (key != "no_along") for word in words)
        ):
            yield place.flaw("bad_value", "", 0, key, {"key": key, "value": short(words)}, todo="write_word_list")

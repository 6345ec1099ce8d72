"""A rule that a group adds does what it says it does, and speaks at no ordinary sentence; else it is not used."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from time import monotonic
from typing import Any

from assistant.guides.fault import Flaw, nearest
from assistant.guides.places import Places, no_toml, short
from assistant.messages import Lang
from assistant.prompts import builtin_prompts
from assistant.text import is_blank
from assistant.witness import cues
from assistant.witness.ear import Ear, Heard, plain_of
from assistant.witness.gate import CATEGORIES
from assistant.witness.rules import BadRule, Plain, Rule, compile_pattern, load

CHECKS = ("crisis", "nudge")
"""The checks that have files of their own beside the gate's categories."""
SECONDS = 6.0
"""How long proving all rules of a group may take; fifty take a third of a second."""
MOST = 300
"""How many rules a file may hold; the longest that came with Vidne holds a third of it."""
TOO_OFTEN = 0.05
"""The share of ordinary sentences past which a rule speaks nearly everywhere."""
KEYS = ("id", "category", "why", "pattern", "catches", "leaves")
"""What a rule holds; its category is its file's name, unless it says another."""

Listens = Callable[[str], list[tuple[int, int]]]
"""Gives the places in a text where a rule speaks."""
Caught = Callable[["Patience"], int]
"""Gives at how many ordinary sentences it speaks."""


class Patience:
    """Time that goes by while rules are proved, for all files together: a stranger's patterns may be slow."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """Let `seconds` go by from now on."""
        self._until = monotonic() + seconds

    def wait(self) -> None:
        """Go on.

        Raises:
            TooSlow: when the time is over.
        """
        if monotonic() > self._until:
            raise TooSlow


class TooSlow(Exception):
    """Rules take longer than somebody waits."""


def rule_flaws(text: str, lang: Lang, check: str, patience: Patience) -> Iterator[Flaw]:
    """Give what is wrong with the rules of one file, which belong to a category of the gate, or to another check."""
    try:
        top = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        yield no_toml(error, text)
        return
    place = Places(text)
    kinds = ("rule", "hint") if check in CHECKS else ("rule",)
    for key in top:
        if key not in kinds:
            weakens = key in ("cover", "words", "spelling", "fold") and check in CHECKS
            values = {"key": short(key), "nearest": nearest(key, kinds)}
            yield place.flaw("may_not_weaken" if weakens else "unknown_key", key, 0, "", values)
    seen: set[str] = set()
    for kind in kinds:
        tables = top.get(kind, [])
        if not (isinstance(tables, list) and all(isinstance(table, dict) for table in tables)):
            yield place.flaw("bad_value", kind, 0, "", {"key": kind, "value": short(tables)}, todo="write_rules")
            continue
        if len(tables) > MOST:
            yield place.flaw("too_many_rules", kind, MOST, "", {"most": str(MOST)})
            continue
        for n, table in enumerate(tables):
            flaws = list(_form(table, kind, n, place, check))
            if not flaws and table["id"] in seen:
                flaws.append(place.flaw("duplicate_rule", kind, n, "id", {"id": table["id"]}))
            if not flaws:
                seen.add(table["id"])
                try:
                    flaws = list(_proof(table, kind, n, place, lang, check, patience))
                except TooSlow:
                    yield place.flaw("rules_too_slow", kind, n, "id", {"id": table["id"], "seconds": f"{SECONDS:g}"})
                    return
            yield from flaws


def _form(table: Mapping[str, Any], kind: str, n: int, place: Places, check: str) -> Iterator[Flaw]:
    """Give what is wrong with the keys of a rule and with each value by itself."""
    known = tuple(key for key in KEYS if key != "category" or check not in CHECKS)
    forms = {"id": (is_line, "write_line"), "why": (is_line, "write_line"), "catches": (_is_lines, "write_lines"),
             "leaves": (_is_lines, "write_lines"), "pattern": (_is_pattern, "write_lines"),
             "category": (lambda value: value in CATEGORIES, "write_one_of")}  # fmt: skip
    for key, value in table.items():
        if key not in known:
            yield place.flaw("unknown_key", kind, n, key, {"key": short(key), "nearest": nearest(key, known)})
        elif not forms[key][0](value):
            values = {"key": key, "value": short(value), "choices": ", ".join(CATEGORIES)}
            yield place.flaw("bad_value", kind, n, key, values, todo=forms[key][1])
    for key in known:
        if key not in table and key != "category":
            proof = key in ("catches", "leaves")
            yield place.flaw("rule_without_proof" if proof else "missing_key", kind, n, "", {"key": key},
                             todo="rule_without_proof_todo" if proof else forms[key][1])  # fmt: skip


def is_line(value: object) -> bool:
    """Say whether something is a sentence on one line."""
    return isinstance(value, str) and not is_blank(value) and "\n" not in value and len(value) <= 400


def _is_lines(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(is_line, value))


def _is_pattern(value: object) -> bool:
    patterns = value if isinstance(value, list) else [value]
    return bool(patterns) and all(isinstance(pattern, str) and not is_blank(pattern) for pattern in patterns)


def _proof(
    table: Mapping[str, Any], kind: str, n: int, place: Places, lang: Lang, check: str, patience: Patience
) -> Iterator[Flaw]:
    """Give where a rule does not do what it says, and whether it speaks at ordinary sentences."""
    patterns = tuple([table["pattern"]] if isinstance(table["pattern"], str) else table["pattern"])
    try:
        listens, caught = (_ear if check in CHECKS else _gate)(table, kind, patterns, lang, check)
    except _BadPattern as bad:
        yield place.flaw_at("bad_pattern", kind, n, bad.pattern, {"error": bad.said})
        return
    patience.wait()
    for marked in table["catches"]:
        patience.wait()
        text = marked.replace("[", "").replace("]", "")
        places = listens(text)
        bare = bool(places) and "[" not in marked
        if not bare and marked not in {f"{text[:a]}[{text[a:b]}]{text[b:]}" for a, b in places}:
            elsewhere = ", ".join(f'"{text[a:b]}"' for a, b in places)
            key = "catches_elsewhere" if places else "catches_not"
            yield place.flaw_at(key, kind, n, marked, {"id": table["id"], "where": elsewhere})
    for text in table["leaves"]:
        patience.wait()
        if places := listens(text):
            start, end = places[0]
            yield place.flaw_at("leaves_not", kind, n, text, {"id": table["id"], "words": text[start:end]})
    of = len(_ordinary(lang))
    if (often := caught(patience)) > of * TOO_OFTEN:
        values = {"id": table["id"], "caught": str(often), "of": str(of)}
        yield place.flaw("catches_everything", kind, n, "pattern", values)


class _BadPattern(Exception):
    def __init__(self, pattern: str, said: str) -> None:
        self.pattern = pattern
        self.said = short(said.removeprefix("b'").removesuffix("'"))  # RE2's messages are bytes


def _gate(
    table: Mapping[str, Any], kind: str, patterns: Sequence[str], lang: Lang, check: str
) -> tuple[Listens, Caught]:
    """Give where a rule of the gate speaks, as a function of a text."""
    compiled = []
    for pattern in patterns:
        try:
            compiled.append(compile_pattern(pattern))
        except Exception as error:  # RE2 has one error for a pattern, and others for what is no text
            raise _BadPattern(pattern, str(error)) from None
    rule = Rule(table["id"], check, table["why"], tuple(compiled), (), ())

    def listens(text: str) -> list[tuple[int, int]]:
        return [(finding.start, finding.end) for finding in rule.findings(Plain(text))]

    def caught(patience: Patience) -> int:
        heard = (rule.findings(plain) for plain in _ordinary_plain(lang) if patience.wait() is None)
        return sum(any(True for _ in findings) for findings in heard)

    return listens, caught


def _ear(
    table: Mapping[str, Any], kind: str, patterns: Sequence[str], lang: Lang, check: str
) -> tuple[Listens, Caught]:
    """Give where a rule of the crisis check or the nudge speaks beside all the built-in ones; a hint, by itself."""
    built_in = _built_in(lang, check)
    cue = cues.Cue(f"{lang}.{check}.{table['id']}", kind, check, table["why"], tuple(patterns))
    listeners = [cues.Listener(cue, pattern, built_in.words) for pattern in patterns]
    for listener in listeners:
        try:
            listener.compiled()
        except BadRule as bad:
            raise _BadPattern(listener.pattern, str(bad).partition(": ")[2]) from None
        except Exception as error:
            raise _BadPattern(listener.pattern, str(error)) from None
    names = (built_in.words, built_in.spelling, built_in.fold, built_in.wakes)
    ear = Ear(cues.Cues((*built_in.cues, cue), *names))

    def listens(text: str) -> list[tuple[int, int]]:
        heard = ear.covered(plain_of(text))
        return [heard.span(place) for listener in listeners for place in heard.places(listener)]

    def caught(patience: Patience) -> int:
        return sum(_speaks(listeners, heard) for heard in _ordinary_heard(lang, check) if patience.wait() is None)

    return listens, caught


def _speaks(listeners: Iterable[cues.Listener], heard: Heard) -> bool:
    return any(True for listener in listeners for _ in heard.places(listener))


@cache
def _built_in(lang: Lang, check: str) -> cues.Cues:
    return cues.load([builtin_prompts()], lang, check)


@cache
def _ordinary(lang: Lang) -> tuple[str, ...]:
    """Give ordinary sentences: those that the built-in rules are proved to leave alone."""
    home = builtin_prompts() / "witness" / lang
    left = [text for name in CATEGORIES for rule in load(home / f"{name}.toml") for text in rule.leaves]
    heard = cues.load([builtin_prompts()], lang, "crisis", proofs=True).cues
    left += [text for cue in heard if cue.kind != "cover" for text in cue.leaves]
    return tuple(dict.fromkeys(left))


@cache
def _ordinary_plain(lang: Lang) -> tuple[Plain, ...]:
    return tuple(map(Plain, _ordinary(lang)))


@cache
def _ordinary_heard(lang: Lang, check: str) -> tuple[Heard, ...]:
    """Give the ordinary sentences without what the built-in covers hide: that takes as long as proving fifty rules."""
    ear = Ear(_built_in(lang, check))
    return tuple(ear.covered(plain_of(text)) for text in _ordinary(lang))

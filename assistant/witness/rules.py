"""Rules are data with their proof beside them; this file reads them and finds where they speak.

A pattern is written over the *plain form* of a text: lower-case words and marks, one space between and around
them, curly quotes and apostrophes made straight. So `du (burde|bør) (\\S+ ){0,3}hvile` needs no word boundaries, and
`" "` is never in doubt; one that begins with `^` speaks at the beginning of a sentence only. Patterns are RE2's: they
cannot look around, and no text makes one backtrack.
"""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path

import re2

from assistant.text import clean, let_in

_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_TOGETHER = re2.Options()
_TOGETHER.log_errors = False
_TOGETHER.max_mem = 64 << 20  # with RE2's own 8 MiB a hundred patterns at once are begun anew for every other text
_STRAIGHT = str.maketrans("“”„‟«»‘’‚‛´`", '""""""' + "''''''")
# Python's own `re`, five times as quick here: every character can be read in one way only, so nothing backtracks.
_TOKEN = re.compile(r"[\w\u0300-\u036f]+(?:['’.:/-][\w\u0300-\u036f]+)*|[^\s\w\u0300-\u036f]")
_OPENS = "[.!?:;,…–—-]"
_KEYS = frozenset(("id", "category", "why", "pattern", "catches", "leaves"))
_NEEDED = ("id", "why", "pattern", "catches", "leaves")


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a text where a rule speaks."""

    rule: str
    """The rule's id, such as `da.advice.burde`."""
    category: str
    """The category of PRACTICE, such as `advice`."""
    start: int
    """Where it begins, in characters of the text as given."""
    end: int
    """Where it ends; never past the text."""
    why: str
    """One sentence for the person who reads the finding."""


Judge = Callable[[str, str], tuple[Finding, ...]]
"""Gives what is found in a text, by what the member said."""


def at_the_door(judge: Judge) -> Judge:
    """Have `judge` look at what is let in of a text; the places are those of the text as given."""

    def judged(text: str, member: str) -> tuple[Finding, ...]:
        inside, places = let_in(text)
        return tuple(
            replace(
                found,
                start=places[found.start],
                end=places[max(found.end - 1, found.start)] + (found.end > found.start),
            )
            for found in judge(inside, clean(member))
        )

    return judged


class Plain:
    """A text in its plain form, with the way back to the characters it came from."""

    def __init__(self, text: str) -> None:
        self.given = text
        """The text as given."""
        self.words: list[str] = []
        """Lower-case words and marks, in order."""
        self.spans: list[tuple[int, int]] = []
        """Each word's place in the text as given."""
        for match in _TOKEN.finditer(text):
            word = match.group()
            self.words.append((word if word.isalnum() else word.translate(_STRAIGHT)).lower())
            self.spans.append(match.span())
        self.text = f" {' '.join(self.words)} "
        """The plain form: ` du burde hvile . `"""

    @cached_property
    def bytes(self) -> bytes:
        """The plain form as RE2 reads it: turned into bytes once, however often it is searched."""
        return self.text.encode("utf-8", "replace")

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(word.encode("utf-8", "replace")) + 1 for word in self.words[:-1]), initial=1))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the place, in the text as given, of the words from the byte `start` to `end` of the plain form."""
        if not self.words:
            return 0, 0
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_left(self._starts, end) - 1, first)
        return self.spans[first][0], self.spans[last][1]


plain_form = lru_cache(4)(Plain)
"""Gives a text in its plain form; the gate asks twice for the same one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be wrong with a text, why, and the sentences that prove the rule."""

    id: str
    category: str
    why: str
    patterns: tuple[re2._Regexp, ...]
    catches: tuple[str, ...]
    """Sentences it must find; brackets mark the words where it speaks: `[Du burde] hvile.`"""
    leaves: tuple[str, ...]
    """Near misses it must leave alone."""

    def findings(self, plain: Plain) -> Iterator[Finding]:
        """Give each place in `plain` where the rule speaks."""
        for pattern in self.patterns:
            at = 0
            while match := pattern.search(plain.bytes, at):
                start, end = match.span(1)
                yield Finding(self.id, self.category, *plain.span(start, end), self.why)
                at = max(end, start + 1)


class BadRule(ValueError):
    """A rule that cannot be used; the message says which, in which file, and what to do."""


class Rulebook:
    """Many rules at once: one look tells whether any of them speaks, and mostly none does."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        patterns = [pattern.pattern for rule in self.rules for pattern in rule.patterns]
        try:
            self._any = re2.compile("|".join(patterns), _TOGETHER) if patterns else None
        except re2.error as error:
            raise BadRule(f"{len(patterns)} patterns are too many together: {error}") from None

    @cached_property
    def _each(self) -> re2.Set:
        """Tells which rules speak; where a text is too much for it, it tells of none."""
        each = re2.Set.SearchSet(_TOGETHER)
        for rule in self.rules:
            each.Add("|".join(pattern.pattern for pattern in rule.patterns))
        each.Compile()
        return each

    @classmethod
    def load(cls, folders: Sequence[Path], lang: str, names: Iterable[str]) -> "Rulebook":
        """Read the files `names` of `lang` in every prompts folder: a group's rules are added, and none is taken away.

        Raises:
            BadRule: when a file cannot be used.
        """
        paths = [folder / "witness" / lang / f"{name}.toml" for folder in reversed(folders) for name in names]
        return cls(rule for path in paths if path.is_file() for rule in load(path))

    def findings(self, text: str) -> tuple[Finding, ...]:
        """Give every finding in `text`, in its order."""
        plain = plain_form(text)
        if self._any is None or not self._any.search(plain.bytes):
            return ()
        speaking = self._each.Match(plain.bytes) or range(len(self.rules))
        found = {finding for number in speaking for finding in self.rules[number].findings(plain)}
        return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.rule)))


def compile_pattern(pattern: str) -> re2._Regexp:
    """Compile a pattern over the plain form; it begins and ends at whole words, which are the match's first group.

    Raises:
        re2.error: when RE2 refuses it.
    """
    if pattern.startswith("^"):
        return re2.compile(f"(?:^|{_OPENS}) ({pattern[1:]}) ", _OPTIONS)
    return re2.compile(f" ({pattern}) ", _OPTIONS)


def load(path: Path) -> tuple[Rule, ...]:
    """Read the rules of one file.

    Raises:
        BadRule: when the file is no TOML, a rule lacks its proof or has a key that no rule has, or a pattern cannot be
            used.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("rule", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRule(f"{path.name}: {error}") from None
    return tuple(_rule(table, path) for table in tables)


def _rule(table: dict, path: Path) -> Rule:
    name = table.get("id", "?")
    if missing := [key for key in _NEEDED if not table.get(key)]:
        raise BadRule(f"{path.name}: rule {name} lacks {', '.join(missing)}")
    if unknown := sorted(table.keys() - _KEYS):
        raise BadRule(f"{path.name}: rule {name} has {', '.join(unknown)}, which no rule has")
    patterns = table["pattern"] if isinstance(table["pattern"], list) else [table["pattern"]]
    try:
        compiled = tuple(compile_pattern(pattern) for pattern in patterns)
    except re2.error as error:
        raise BadRule(f"{path.name}: rule {name}: {error}") from None
    return Rule(
        id=f"{path.parent.name}.{path.stem}.{name}",
        category=table.get("category", path.stem),
        why=table["why"],
        patterns=compiled,
        catches=tuple(table["catches"]),
        leaves=tuple(table["leaves"]),
    )


def find(rules: Iterable[Rule], text: str) -> tuple[Finding, ...]:
    """Give every finding of `rules` in `text`, in the text's order."""
    return Rulebook(rules).findings(text)

"""How rules listen to a person's own words: a *rule* speaks alone, a *hint* only where a different hint stands near it,
and a *cover* (an idiom, a quote, a time and place) hides its own words and nothing else. So a text is never switched
off by something in it: it is heard word by word, and what is said beside an idiom still counts.

Every file is TOML in three kinds of table, and two of names: `[spelling]`, how people type in a hurry, and `[words]`,
which stand as `{name}` in the patterns. A pattern is RE2 over the plain form (see `rules`) with `¶` at both ends and at
blank lines. `{..3}` is up to three words of the same sentence, `{edge}` is a mark or an end.

Compiling every pattern would take a quarter of a second, so `wakes.json` beside the files names, for each pattern, bits
of which one stands in whatever it finds: a pattern that nothing wakes is never compiled, which is most of them. The
file is worked out by `python -m tests.wakes`; a pattern that is new or changed has no entry there and is always awake.
"""

import json
import re
import tomllib
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import re2

from assistant.witness.rules import BadRule, Finding, Plain

NEAR = 40
"""How many words may lie between two hints that are heard as one."""

_LONG = 20_000
"""Past so many characters, searching for every pattern costs less than looking for all that could wake one."""

_START = 3
"""A wake is looked for where its first characters stand in the text: most of them never are."""

_COVERED = "▒"
_GAP = r"(?:[^ .!?;¶▒]+ )"
_EDGE = r" ?[^ \pL\pN▒]+"
_NAME = re.compile(r"\{(?:\.\.(\d+)|([a-z_]+))\}")
_PROOFS = re.compile(r"^(catches|leaves) = \[\n(?:    .*\n)*\]$", re.MULTILINE)
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False


@dataclass(frozen=True, slots=True)
class Cue:
    """One table of a file: what it listens for, why, and the sentences that prove it."""

    id: str
    """Language, check and name, such as `da.crisis.not-wake`."""
    kind: str
    """`rule`, `hint` or `cover`."""
    category: str
    """What kind of thing it is: the name of its file, such as `violence`."""
    why: str
    """One sentence for the person who reads the finding."""
    patterns: tuple[str, ...]
    """With every `{name}` still in it."""
    words: dict[str, str]
    """What the names stand for."""
    catches: tuple[str, ...]
    """Sentences it must find, with brackets where; empty unless loaded with proofs."""
    leaves: tuple[str, ...]
    """Near misses it must leave alone; empty unless loaded with proofs."""



@dataclass(frozen=True, slots=True)
class Listener:
    """One pattern of a cue: what is woken, compiled and searched for on its own."""

    cue: Cue
    pattern: str
    """As it stands in the file."""
    key: str
    """What it is known by in `wakes.json`: it changes when the pattern or the names change."""

    def spelled_out(self) -> str:
        """Give the pattern in RE2, every name spelled out, from word to word.

        Raises:
            BadRule: when a name is unknown.
        """
        return f" (?:{_spell_out(self.pattern, self.cue.words, self.cue.id)}) "


def _spell_out(pattern: str, words: dict[str, str], cue: str) -> str:
    def meaning(match: re.Match) -> str:
        gap, name = match.groups()
        if gap:
            return f"{_GAP}{{0,{gap}}}"
        if name == "edge":
            return _EDGE
        if name not in words:
            raise BadRule(f"{cue}: {{{name}}} is not in [words]")
        return f"(?:{words[name]})"

    while _NAME.search(pattern):
        pattern = _NAME.sub(meaning, pattern)
    return pattern


@lru_cache(maxsize=2048)
def _compiled(pattern: str, cue: str) -> re2._Regexp:
    try:
        return re2.compile(pattern.encode(), _OPTIONS)
    except re2.error as error:
        raise BadRule(f"{cue}: {error}") from None


class Heard:
    """A text as the cues of one language hear it: plain words, spelled as the patterns have them."""

    def __init__(self, plain: Plain, folds: dict[str, str], spelling: dict[str, str]) -> None:
        text = " ".join(["¶", *plain.words, "¶"])
        for typed, meant in folds.items():
            text = text.replace(typed, meant)
        self.words = [spelling.get(word, word) for word in text.split(" ")]
        self._spans = plain.spans
        self._settle()

    def _settle(self) -> None:
        self.text = f" {' '.join(self.words)} "
        self.bytes = self.text.encode()
        self._starts: list[int] = []

    def places(self, listener: Listener) -> Iterator[tuple[int, int]]:
        """Give each place where the pattern stands, as word numbers, the end not included."""
        pattern, at = _compiled(listener.spelled_out(), listener.cue.id), 0
        while match := pattern.search(self.bytes, at):
            start, end = match.span()
            yield self._word(start + 1), self._word(end - 2) + 1
            at = max(end - 1, start + 1)

    def _word(self, byte: int) -> int:
        if not self._starts:
            lengths = (len(word.encode()) + 1 for word in self.words[:-1])
            self._starts = list(accumulate(lengths, initial=1))
        return bisect_right(self._starts, byte) - 1

    def cover(self, places: Sequence[tuple[int, int]]) -> None:
        """Hide the words of these places from every cue that listens later."""
        for first, end in places:
            self.words[first:end] = [_COVERED] * (end - first)
        if places:
            self._settle()

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Give a place's characters in the text as given."""
        last = len(self._spans) - 1
        first, end = min(max(first - 1, 0), last), min(max(end - 2, 0), last)
        return (self._spans[first][0], self._spans[end][1]) if self._spans else (0, 0)


class Ear:
    """All cues of one check in one language."""

    def __init__(self, cues: Sequence[Cue], names: dict[str, dict], wakes: dict[str, list[str]]) -> None:
        self.cues = tuple(cues)
        self.listeners = tuple(_listeners(self.cues))
        self._names = names
        self._sleepless = [number for number, listener in enumerate(self.listeners) if listener.key not in wakes]
        self._by_start: dict[str, list[tuple[str, int]]] = {}
        for number, listener in enumerate(self.listeners):
            for wake in wakes.get(listener.key, ()):
                self._by_start.setdefault(wake[:_START], []).append((wake, number))

    @classmethod
    def load(cls, folders: Sequence[Path], lang: str, check: str, proofs: bool = False) -> "Ear":
        """Read a check's cues in one language from prompts folders, nearest first, the built-in one last.

        The built-in cues all hold; the folders before it, a group's own, may add rules and hints and take nothing away.
        Proofs are left unread unless asked for: they are most of a file, and only a check or a test reads them.

        Raises:
            BadRule: when a file cannot be used, or the built-in folder has none.
        """
        names: dict[str, dict] = {"fold": {}, "spelling": {}, "words": {}}
        cues: list[Cue] = []
        for folder in reversed(folders):
            built_in = folder is folders[-1]
            files = _files(folder / "witness" / lang, check)
            if built_in and not files:
                raise BadRule(f"{folder}: no rules for {check} in {lang}")
            tables = [(path, _read(path, proofs)) for path in files]
            if built_in:
                for path, table in tables:
                    _take_names(names, table, path)
            for path, table in tables:
                cues += _cues(table, path, f"{lang}.{check}", names["words"], built_in)
        return cls(cues, names, _wakes(folders[-1] / "witness" / lang / check / "wakes.json"))

    def heard(self, text: str) -> Heard:
        """Give `text` as the cues hear it."""
        return Heard(plain_of(text), self._names["fold"], self._names["spelling"])

    def findings(self, plain: Plain) -> tuple[Finding, ...]:
        """Give each place where a rule speaks, or a hint in company, in the text's order."""
        heard = Heard(plain, self._names["fold"], self._names["spelling"])
        awake = self._awake(heard.text)
        heard.cover([place for place, _ in _found(heard, awake, "cover")])
        spoken = [*_found(heard, awake, "rule"), *_in_company(list(_found(heard, awake, "hint")))]
        return tuple(
            Finding(cue.id, cue.category, *heard.span(*place), cue.why)
            for place, cue in sorted(spoken, key=lambda found: (found[0], found[1].id))
        )

    def _awake(self, text: str) -> Sequence[Listener]:
        if len(text) > _LONG:
            return self.listeners
        starts = {text[at : at + _START] for at in range(len(text))}
        woken = (pair for start in starts & self._by_start.keys() for pair in self._by_start[start])
        numbers = {number for wake, number in woken if wake in text} | set(self._sleepless)
        return [self.listeners[number] for number in sorted(numbers)]


def _found(heard: Heard, awake: Sequence[Listener], kind: str) -> Iterator[tuple[tuple[int, int], Cue]]:
    for listener in awake:
        if listener.cue.kind == kind:
            for place in heard.places(listener):
                yield place, listener.cue


def plain_of(text: str) -> Plain:
    """Give the plain form with a mark at each blank line, so that no pattern reaches over one; any text will do."""
    return Plain(text.encode("utf-8", "replace").decode().replace("\n\n", "¶\n"))


def _in_company(hinted: list[tuple[tuple[int, int], Cue]]) -> list[tuple[tuple[int, int], Cue]]:
    heard: dict[tuple[tuple[int, int], str], Cue] = {}
    latest: dict[str, tuple[tuple[int, int], Cue]] = {}
    for place, cue in sorted(hinted, key=lambda found: (found[0], found[1].id)):
        for other, (earlier, its_cue) in latest.items():
            if other != cue.id and 0 <= place[0] - earlier[1] <= NEAR:
                heard[earlier, other] = its_cue
                heard[place, cue.id] = cue
        latest[cue.id] = place, cue
    return [(place, cue) for (place, _), cue in heard.items()]


def _files(folder: Path, check: str) -> list[Path]:
    whole = folder / f"{check}.toml"
    return ([whole] if whole.is_file() else []) + sorted((folder / check).glob("*.toml"))


def _read(path: Path, proofs: bool) -> dict:
    try:
        text = path.read_text("utf-8")
        return tomllib.loads(text if proofs else _PROOFS.sub(r"\1 = 'unread'", text))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRule(f"{path.name}: {error}") from None


def _wakes(path: Path) -> dict[str, list[str]]:
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def _take_names(names: dict[str, dict], table: dict, path: Path) -> None:
    for kind, known in names.items():
        taken = set(known) & set(table.get(kind, {}))
        if taken:
            raise BadRule(f"{path.name}: {sorted(taken)[0]} is named already; choose another name")
        known.update(table.get(kind, {}))


def _listeners(cues: Sequence[Cue]) -> Iterator[Listener]:
    named: dict[int, int] = {}
    for cue in cues:
        names = named.setdefault(id(cue.words), zlib.crc32(repr(sorted(cue.words.items())).encode()))
        for pattern in cue.patterns:
            yield Listener(cue, pattern, f"{zlib.crc32(pattern.encode(), names):08x}")


def _cues(table: dict, path: Path, check: str, words: dict[str, str], built_in: bool) -> Iterator[Cue]:
    known = {"rule", "hint"} | ({"cover", "fold", "spelling", "words"} if built_in else set())
    if unknown := sorted(set(table) - known):
        raise BadRule(f"{path.name}: {unknown[0]} cannot stand here; a group's own file may have rule and hint")
    for kind in ("rule", "hint", "cover"):
        for entry in table.get(kind, []):
            name = entry.get("id", "?")
            missing = [key for key in ("id", "why", "pattern", "catches", "leaves") if not entry.get(key)]
            if missing:
                raise BadRule(f"{path.name}: {kind} {name} lacks {', '.join(missing)}")
            unknown = set(entry) - {"id", "why", "pattern", "catches", "leaves"}
            if unknown:
                raise BadRule(f"{path.name}: {kind} {name} has an unknown key, {sorted(unknown)[0]}")
            pattern = entry["pattern"]
            cue = Cue(
                id=f"{check}.{name}",
                kind=kind,
                category=path.stem,
                why=entry["why"],
                patterns=(pattern,) if isinstance(pattern, str) else tuple(pattern),
                words=words,
                catches=tuple(entry["catches"]) if entry["catches"] != "unread" else (),
                leaves=tuple(entry["leaves"]) if entry["leaves"] != "unread" else (),
            )
            if not built_in:
                for listener in _listeners((cue,)):
                    _compiled(listener.spelled_out(), cue.id)
            yield cue

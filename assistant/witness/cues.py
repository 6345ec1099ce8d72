"""What an ear listens for, as a prompts folder has it, and the file that has it ready.

Every file is TOML in three kinds of table, `[[rule]]`, `[[hint]]`, `[[cover]]`, and three of names: `[spelling]`, how
people type in a hurry; `[fold]`, how they type a letter that their keyboard lacks; and `[words]`, which stand as
`{name}` in the patterns. A pattern is RE2 over the plain form (see `rules`) with `¶` at both ends and at blank lines.
`{..3}` is up to three words of the same sentence, `{edge}` is a mark or an end. A table carries its proof: what it
catches, with brackets where, and what it leaves.

Reading them takes twenty milliseconds, and compiling every pattern a quarter of a second. So `ready.json` beside the
files holds them as they were read, and for each pattern bits of text of which one stands in whatever it finds: a
pattern that nothing wakes is never compiled, which is most of them. `python -m tests.ready` writes it. When a file has
changed since, it is not used: the same is heard, later.
"""

import json
import re
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import re2

from assistant.witness.rules import BadRule

COVERED = "▒"
"""What stands where a cover hid a word; no pattern reaches over it."""
START = 3
"""A wake is looked for where its first characters stand in a text: most of them never are."""

_GAP = r"(?:[^ .!?;¶▒]+ )"
_EDGE = r" ?[^ \pL\pN▒]+"
_NAME = re.compile(r"\{(?:\.\.(\d+)|([a-z_]+))\}")
_PROOFS = re.compile(r"^(catches|leaves) = \[(?:.*|\n(?:    .*\n)*)\]$", re.MULTILINE)
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
    catches: tuple[str, ...] = ()
    """Sentences it must find, with brackets where; empty unless loaded with proofs."""
    leaves: tuple[str, ...] = ()
    """Near misses it must leave alone; empty unless loaded with proofs."""


@dataclass(frozen=True, slots=True)
class Listener:
    """One pattern of a cue: what is woken, compiled and searched for on its own."""

    cue: Cue
    pattern: str
    """As it stands in the file."""
    words: dict[str, str]
    """What the names in it stand for."""

    def spelled_out(self) -> str:
        """Give the pattern in RE2, every name spelled out, from word to word.

        Raises:
            BadRule: when a name is unknown.
        """

        def meaning(match: re.Match) -> str:
            gap, name = match.groups()
            if gap:
                return f"{_GAP}{{0,{gap}}}"
            if name == "edge":
                return _EDGE
            if name not in self.words:
                raise BadRule(f"{self.cue.id}: {{{name}}} is not in [words]")
            return f"(?:{self.words[name]})"

        pattern = self.pattern
        while _NAME.search(pattern):
            pattern = _NAME.sub(meaning, pattern)
        return f" (?:{pattern}) "

    def compiled(self) -> re2._Regexp:
        """Give the pattern ready to search bytes with.

        Raises:
            BadRule: when RE2 refuses it, or a name is unknown.
        """
        return _compiled(self.spelled_out(), self.cue.id)


@cache
def _compiled(pattern: str, cue: str) -> re2._Regexp:
    try:
        return re2.compile(pattern.encode(), _OPTIONS)
    except re2.error as error:
        raise BadRule(f"{cue}: {error}") from None


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues of one check in one language."""

    cues: tuple[Cue, ...]
    words: dict[str, str]
    """What the names in patterns stand for."""
    spelling: dict[str, str]
    """A word as it is typed in a hurry, and as the patterns have it."""
    fold: dict[str, str]
    """A letter, and what is typed where a keyboard lacks it."""
    wakes: dict[str, list[list]] = field(default_factory=dict)
    """Bits of text by their first characters, each with the number of the listener it wakes."""
    theirs: frozenset[str] = frozenset()
    """The ids of cues that a group added."""

    def listeners(self) -> Iterator[Listener]:
        """Give every pattern, in the order of the cues."""
        return (Listener(cue, pattern, self.words) for cue in self.cues for pattern in cue.patterns)


def load(folders: Sequence[Path], lang: str, check: str, proofs: bool = False) -> Cues:
    """Read a check's cues in one language from prompts folders, nearest first, the built-in one last.

    The built-in cues all hold; the folders before it, a group's own, may add rules and hints and take nothing away.
    Proofs are left unread unless asked for: they are most of a file, and only a check or a test reads them.

    Raises:
        BadRule: when a file cannot be used, or the built-in folder has none.
    """
    built_in = _built_in(folders[-1] / "witness" / lang, check, proofs)
    added: list[Cue] = []
    for folder in reversed(folders[:-1]):
        for path in _files(folder / "witness" / lang, check):
            if is_copy(path, folder, folders[-1]):
                continue
            added += _cues(_read(path, proofs), path, ("rule", "hint"))
    for cue in added:
        for pattern in cue.patterns:
            Listener(cue, pattern, built_in.words).compiled()
    theirs = frozenset(cue.id for cue in added)
    return replace(built_in, cues=(*built_in.cues, *added), theirs=theirs)


def is_copy(path: Path, folder: Path, built_in: Path) -> bool:
    """Say whether a file of a group's `folder` is the built-in one unchanged: it adds nothing."""
    original = built_in / path.relative_to(folder)
    return (
        original.is_file()
        and original.stat().st_size == path.stat().st_size
        and original.read_bytes() == path.read_bytes()
    )


def ready_file(folder: Path, lang: str, check: str) -> Path:
    """Give where the file stands that has a built-in check's cues ready."""
    return folder / "witness" / lang / check / "ready.json"


def as_ready(cues: Cues, folder: Path, lang: str, check: str) -> str:
    """Give what that file should hold for `cues`, as they were read from `folder`."""
    held = {
        "made_of": _made_of(_files(folder / "witness" / lang, check)),
        "cues": [[cue.id, cue.kind, cue.category, cue.why, cue.patterns] for cue in cues.cues],
        "words": cues.words,
        "spelling": cues.spelling,
        "fold": cues.fold,
        "wakes": cues.wakes,
    }
    return json.dumps(held, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


@cache
def _built_in(folder: Path, check: str, proofs: bool) -> Cues:
    """Read what comes with Vidne, once: it is the most by far, and every sitting asks for it."""
    files, ready = _files(folder, check), folder / check / "ready.json"
    if not files:
        raise BadRule(f"{folder}: no rules for {check}")
    if not proofs and ready.is_file():
        held = json.loads(ready.read_bytes())
        if held.pop("made_of") == _made_of(files):
            cues = tuple(Cue(*cue[:4], tuple(cue[4])) for cue in held.pop("cues"))
            return Cues(cues, **held)
    names: dict[str, dict[str, str]] = {"words": {}, "spelling": {}, "fold": {}}
    cues: list[Cue] = []
    for path in files:
        table = _read(path, proofs)
        for kind, known in names.items():
            _add_names(known, table.pop(kind, {}), path)
        cues += _cues(table, path, ("rule", "hint", "cover"))
    return Cues(tuple(cues), **names)


def _made_of(files: Sequence[Path]) -> int:
    made_of = 0
    for path in files:
        made_of = zlib.crc32(path.read_bytes(), zlib.crc32(path.name.encode(), made_of))
    return made_of


def _files(folder: Path, check: str) -> list[Path]:
    whole = folder / f"{check}.toml"
    return ([whole] if whole.is_file() else []) + sorted((folder / check).glob("*.toml"))


def _read(path: Path, proofs: bool) -> dict:
    try:
        text = path.read_text("utf-8")
        return tomllib.loads(text if proofs else _PROOFS.sub(r"\1 = 'unread'", text))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRule(f"{path.name}: {error}") from None


def _add_names(known: dict[str, str], added: dict[str, str], path: Path) -> None:
    for name in sorted(set(known) & set(added)):
        raise BadRule(f"{path.name}: {name} is named already; choose another name")
    known.update(added)


def _cues(table: dict, path: Path, kinds: Sequence[str]) -> Iterator[Cue]:
    if unknown := sorted(set(table) - set(kinds)):
        raise BadRule(f"{path.name}: {unknown[0]} cannot stand here; a table is one of {', '.join(kinds)}")
    of_check = path if path.parent.name in ("da", "en") else path.parent
    for kind in kinds:
        for entry in table.get(kind, []):
            name = entry.get("id", "?")
            missing = [key for key in ("id", "why", "pattern", "catches", "leaves") if not entry.get(key)]
            if missing:
                raise BadRule(f"{path.name}: {kind} {name} lacks {', '.join(missing)}")
            if unknown := sorted(set(entry) - {"id", "why", "pattern", "catches", "leaves"}):
                raise BadRule(f"{path.name}: {kind} {name} has an unknown key, {unknown[0]}")
            pattern, proofs = entry["pattern"], (entry["catches"], entry["leaves"])
            yield Cue(
                f"{of_check.parent.name}.{of_check.stem}.{name}",
                kind,
                path.stem,
                entry["why"],
                (pattern,) if isinstance(pattern, str) else tuple(pattern),
                *(() if proof == "unread" else tuple(proof) for proof in proofs),
            )

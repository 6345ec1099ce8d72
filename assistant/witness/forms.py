"""The forms a witness has: phrases around what is grounded, sentences that are whole in themselves, open questions.

They are data, `prompts/witness/LANG/witnessing.toml`: what is not of one of these forms is not shown.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import re2

_SLOT = r"(\S(?:.*?\S)??)"
_NAME = re.compile(r"\{([a-z_]+)\}")
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.longest_match = True
_LAZY = re2.Options()
_LAZY.log_errors = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A kind of phrase that may stand around what is grounded."""

    name: str
    pattern: re2._Regexp
    needs: str
    """`question` where the member must have asked one; else nothing."""
    later: bool
    """Whether what follows it must come after what went before."""
    loose: bool
    """Whether what stands with it is named and not claimed: a question, two sides, a list of options."""
    opens: bool
    """Whether it is one only where it opens a part: `first`, but not `at first`."""
    bag: bool
    """Whether what follows it is a question handed back, whose words may come in any order."""
    names: bool
    """Whether a few words right beside it, with nobody in them, are named and not claimed."""


class Forms:
    """All forms of one language, over the plain form of a sentence without its commas."""

    def __init__(self, table: dict[str, Any]) -> None:
        macros = table["macros"]
        self.frames = tuple(
            Frame(
                frame["name"],
                re2.compile(_joined(frame["patterns"], macros), _OPTIONS),
                frame.get("needs", ""),
                frame.get("later", False),
                frame.get("loose", False),
                frame.get("opens", False),
                frame.get("bag", False),
                frame.get("names", False),
            )
            for frame in table["frame"]
        )
        self._framing = re2.Set.SearchSet(_OPTIONS)
        for frame in table["frame"]:
            self._framing.Add(_joined(frame["patterns"], macros))
        self._framing.Compile()
        self.whys: dict[str, str] = table["why"]
        self._whole = re2.compile(_joined(table["whole"]["patterns"], macros), _OPTIONS)
        self._counts = tuple(
            re2.compile(f" (?:{_spelled(pattern, macros)}) ", _LAZY) for pattern in table["count"]["patterns"]
        )
        self._counting = re2.Set.FullMatchSet(_LAZY)
        for pattern in table["count"]["patterns"]:
            self._counting.Add(f" (?:{_spelled(pattern, macros)}) ")
        self._counting.Compile()
        self._questions = tuple(
            re2.compile(f" (?:{_spelled(pattern, macros)}) ", _LAZY) for pattern in table["question"]["patterns"]
        )
        self._asks = re2.Set.FullMatchSet(_LAZY)
        for pattern in table["question"]["patterns"]:
            self._asks.Add(f" (?:{_spelled(pattern, macros)}) ")
        self._asks.Compile()

    @classmethod
    def load(cls, path: Path) -> "Forms":
        """Read the forms of one language."""
        return cls(tomllib.loads(path.read_text("utf-8")))

    def counts(self, part: str) -> dict[str, tuple[int, int]] | None:
        """Give what `part` counts, by name: `word` or `name`, and `n` (else `again`); None when it counts nothing."""
        for number in sorted(self._counting.Match(part) or ()):
            pattern = self._counts[number]
            if match := pattern.fullmatch(part):
                return {name: match.span(n) for name, n in pattern.groupindex.items() if match.span(n) != (-1, -1)}
        return None

    def is_whole(self, sentence: str) -> bool:
        """Say whether `sentence` is whole in itself: a fixed saying of a witness's."""
        return self._whole.fullmatch(sentence) is not None

    def questions(self, sentence: str) -> list[list[tuple[int, int]]]:
        """Give, for each form of question that `sentence` has, the places in it that must be grounded."""
        found = []
        for number in self._asks.Match(sentence) or ():
            match = self._questions[number].fullmatch(sentence)
            groups = range(1, (match.re.groups if match else 0) + 1)
            found.append([match.span(group) for group in groups if match.span(group) != (-1, -1)])
        return found

    def places(
        self, sentence: str, without: frozenset[str] = frozenset()
    ) -> list[tuple[int, int, Frame, tuple[int, int] | None]]:
        """Give the phrases of `sentence` that are frames, in order, none overlapping; the longest wins."""
        found = []
        for frame in (self.frames[number] for number in sorted(self._framing.Match(sentence) or ())):
            if frame.name in without:
                continue
            at = 0
            while match := frame.pattern.search(sentence, at):
                start, end = match.span()
                slot = next((match.span(n) for n in range(1, match.re.groups + 1) if match.span(n) != (-1, -1)), None)
                found.append((start, end, frame, slot))
                at = max(end - 1, start + 1)
        found.sort(key=lambda place: (place[0] - place[1], place[0]))
        chosen: list[tuple[int, int, Frame, tuple[int, int] | None]] = []
        for start, end, frame, slot in found:
            if all(end - 1 <= begun or start >= ended - 1 for begun, ended, *_ in chosen):
                chosen.append((start, end, frame, slot))
        return sorted(chosen, key=lambda place: place[0])


def _joined(patterns: list[str], macros: dict[str, str]) -> str:
    return f" (?:{'|'.join(_spelled(pattern, macros) for pattern in patterns)}) "


def _spelled(pattern: str, macros: dict[str, str]) -> str:
    """Give a pattern with its names spelled out; commas go, since the sentence comes without."""
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda match: _SLOT if match[1] == "said" else macros[match[1]], pattern)
    return re.sub(" +", " ", pattern.replace(",? ?", " ").replace(",?", "").replace(",", ""))

"""How rules listen to a person's own words: a *rule* speaks alone, a *hint* only where a different hint stands near it,
and a *cover* (an idiom, a quote, a time and place) hides its own words and nothing else. So a text is never switched
off by something in it: it is heard word by word, and what is said beside an idiom still counts.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from assistant.witness.cues import COVERED, START, Cue, Cues, Listener, load
from assistant.witness.rules import Finding, Plain

NEAR = 40
"""How many words may lie between two hints that are heard as one."""

PART, OVERLAP = 1_000, 250
"""A longer text is heard in parts of so many words, each with so many of the next: what is searched for in a part is
only what that part could wake, so that a text of any length costs as many times more as it is longer."""
_SEEN = 14
"""How much of a wake is looked for: more would seldom tell more."""
_LETTERS = re.compile(r"[^\W\d_]+")

Place = tuple[int, int]
"""The numbers of a place's first word and of the one after its last."""


def plain_of(text: str) -> Plain:
    """Give the plain form with a mark at each blank line, so that no pattern reaches over one; any text will do."""
    return Plain(text.encode("utf-8", "replace").decode().replace("\n\n", "¶\n"))


class Heard:
    """A text as the cues of one language hear it: plain words, spelled as the patterns have them."""

    def __init__(self, plain: Plain, spelling: dict[str, str]) -> None:
        self.words = ["¶", *(spelling.get(word, word) for word in plain.words), "¶"]
        self._plain = plain

    def parts(self) -> Iterator["Part"]:
        """Give the text piece by piece, each in one string."""
        for first in range(0, max(len(self.words) - OVERLAP, 1), PART):
            yield Part(self.words[first : first + PART + OVERLAP], first)

    def places(self, listener: Listener) -> Iterator[Place]:
        """Give each place where the pattern stands."""
        for part in self.parts():
            yield from part.places(listener)

    def cover(self, places: Iterable[Place]) -> None:
        """Hide the words of these places from every cue that listens later."""
        for first, end in places:
            self.words[first:end] = [COVERED] * (end - first)

    def span(self, place: Place) -> tuple[int, int]:
        """Give a place's characters in the text as given."""
        spans = self._plain.spans
        last = len(spans) - 1
        first, end = min(max(place[0] - 1, 0), last), min(max(place[1] - 2, 0), last)
        return (spans[first][0], spans[end][1]) if spans else (0, 0)

    def given(self, place: Place) -> str:
        """Give a place's words as they were given."""
        return self._plain.given[slice(*self.span(place))]


class Part:
    """Some words of a text that are searched together."""

    def __init__(self, words: Sequence[str], first: int) -> None:
        self.text = f" {' '.join(words)} "
        self._words = words
        self._first = first
        self._bytes = self.text.encode()
        self._starts: list[int] = []

    def places(self, listener: Listener) -> Iterator[Place]:
        """Give each place where the pattern stands, in words of the whole text."""
        pattern, at = listener.compiled(), 0
        while match := pattern.search(self._bytes, at):
            start, end = match.span()
            yield self._first + self._word(start + 1), self._first + self._word(end - 2) + 1
            at = max(end - 1, start + 1)

    def _word(self, byte: int) -> int:
        if not self._starts:
            lengths = (len(word.encode()) + 1 for word in self._words[:-1])
            self._starts = list(accumulate(lengths, initial=1))
        return bisect_right(self._starts, byte) - 1


class Ear:
    """Listens for all cues of one check in one language."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues.cues
        self.theirs = cues.theirs
        self.listeners = tuple(cues.listeners())
        self._names = cues
        can_sleep = {number for wakes in cues.wakes.values() for _, number in wakes}
        self._sleepless = set(range(len(self.listeners))) - can_sleep

    @classmethod
    def load(cls, folders: Sequence[Path], lang: str, check: str, proofs: bool = False) -> "Ear":
        """Read what to listen for from prompts folders, nearest first, the built-in one last; see `cues.load`.

        Raises:
            BadRule: when a file cannot be used, or the built-in folder has none.
        """
        return cls(load(folders, lang, check, proofs))

    def heard(self, plain: Plain) -> Heard:
        """Give a text as the cues hear it."""
        has_folded = any(typed in word for typed in self._names.fold.values() for word in plain.words)
        return Heard(plain, self._spelling_with_folds if has_folded else self._names.spelling)

    @cached_property
    def _spelling_with_folds(self) -> dict[str, str]:
        """The spelling, and how the words of the patterns look when typed without their own letters: `doe` is `dø`."""
        patterns = [*(listener.pattern for listener in self.listeners), *self._names.words.values()]
        meant = {word for pattern in patterns for word in _LETTERS.findall(pattern)}
        return {_folded(word, self._names.fold): word for word in meant} | self._names.spelling

    def findings(self, plain: Plain) -> tuple[Finding, ...]:
        """Give each place where a rule speaks, or a hint in company, in the text's order."""
        return self.listen(plain)[0]

    def covered(self, plain: Plain, by: str = "") -> Heard:
        """Give a text without what the covers hide, or only those whose ids end so."""
        return self.listen(plain, by)[1]

    def listen(self, plain: Plain, by: str = "") -> tuple[tuple[Finding, ...], Heard]:
        """Give the findings of a text, and the text as `covered` gives it."""
        heard, partly = self.heard(plain), self.heard(plain)
        awake = [self._awake(part.text) for part in heard.parts()]
        covers = list(_found(heard, awake, "cover"))
        heard.cover(place for place, _ in covers)
        partly.cover(place for place, cue in covers if cue.id.endswith(by))
        hinted = set(_found(heard, awake, "hint"))
        spoken = {*_found(heard, awake, "rule"), *_in_company(hinted)}
        findings = tuple(
            Finding(cue.id, cue.category, *heard.span(place), cue.why)
            for place, cue in sorted(spoken, key=lambda found: (found[0], found[1].id))
        )
        return findings, partly

    def _awake(self, text: str) -> Sequence[Listener]:
        """Give the patterns that something in a part could wake."""
        wakes = self._names.wakes
        begun: dict[str, set[str]] = {}
        for at in range(len(text)):
            if (start := text[at : at + START]) in wakes:
                begun.setdefault(start, set()).add(text[at : at + _SEEN])
        woken = set(self._sleepless)
        for start, tails in begun.items():
            seen = "\n".join(tails)
            woken.update(number for wake, number in wakes[start] if wake[:_SEEN] in seen)
        return [self.listeners[number] for number in sorted(woken)]


def _folded(word: str, folds: dict[str, str]) -> str:
    for letter, typed in folds.items():
        word = word.replace(letter, typed)
    return word


def _found(heard: Heard, awake: Sequence[Sequence[Listener]], kind: str) -> Iterator[tuple[Place, Cue]]:
    for part, listeners in zip(heard.parts(), awake, strict=True):
        for listener in listeners:
            if listener.cue.kind == kind:
                for place in part.places(listener):
                    yield place, listener.cue


def _in_company(hinted: Iterable[tuple[Place, Cue]]) -> Iterator[tuple[Place, Cue]]:
    latest: dict[str, tuple[Place, Cue]] = {}
    for place, cue in sorted(hinted, key=lambda found: (found[0], found[1].id)):
        for other, (earlier, its_cue) in latest.items():
            if other != cue.id and 0 <= place[0] - earlier[1] <= NEAR:
                yield earlier, its_cue
                yield place, cue
        latest[cue.id] = place, cue

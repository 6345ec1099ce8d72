"""How rules listen to a person's own words: a *rule* speaks alone, a *hint* only where a different hint stands near it,
and a *cover* (an idiom, a quote, a time and place) hides its own words and nothing else. So a text is never switched
off by something in it: it is heard word by word, and what is said beside an idiom still counts.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from assistant.witness.cues import COVERED, START, Cue, Cues, Listener, load
from assistant.witness.rules import Finding, Plain

NEAR = 40
"""How many words may lie between two hints that are heard as one."""

_LONG = 20_000
"""Past so many characters, searching for every pattern costs less than looking for all that could wake one."""
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
        self._spans = plain.spans
        self._settle()

    def _settle(self) -> None:
        self.text = f" {' '.join(self.words)} "
        self._bytes = self.text.encode()
        self._starts: list[int] = []

    def places(self, listener: Listener) -> Iterator[Place]:
        """Give each place where the pattern stands."""
        pattern, at = listener.compiled(), 0
        while match := pattern.search(self._bytes, at):
            start, end = match.span()
            yield self._word(start + 1), self._word(end - 2) + 1
            at = max(end - 1, start + 1)

    def _word(self, byte: int) -> int:
        if not self._starts:
            lengths = (len(word.encode()) + 1 for word in self.words[:-1])
            self._starts = list(accumulate(lengths, initial=1))
        return bisect_right(self._starts, byte) - 1

    def cover(self, places: Sequence[Place]) -> None:
        """Hide the words of these places from every cue that listens later."""
        for first, end in places:
            self.words[first:end] = [COVERED] * (end - first)
        if places:
            self._settle()

    def span(self, place: Place) -> tuple[int, int]:
        """Give a place's characters in the text as given."""
        last = len(self._spans) - 1
        first, end = min(max(place[0] - 1, 0), last), min(max(place[1] - 2, 0), last)
        return (self._spans[first][0], self._spans[end][1]) if self._spans else (0, 0)


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
        heard, awake = self._covered(plain)
        spoken = [*_found(heard, awake, "rule"), *_in_company(list(_found(heard, awake, "hint")))]
        return tuple(
            Finding(cue.id, cue.category, *heard.span(place), cue.why)
            for place, cue in sorted(spoken, key=lambda found: (found[0], found[1].id))
        )

    def covered(self, plain: Plain, but: Sequence[str] = ()) -> Heard:
        """Give a text as the rules hear it: without what the covers hide, `but` those whose ids end so."""
        return self._covered(plain, but)[0]

    def _covered(self, plain: Plain, but: Sequence[str] = ()) -> tuple[Heard, Sequence[Listener]]:
        heard = self.heard(plain)
        awake = self._awake(heard.text)
        covers = [place for place, cue in _found(heard, awake, "cover") if not cue.id.endswith(tuple(but))]
        heard.cover(covers)
        return heard, awake

    def _awake(self, text: str) -> Sequence[Listener]:
        if len(text) > _LONG:
            return self.listeners
        starts = {text[at : at + START] for at in range(len(text))} & self._names.wakes.keys()
        woken = {number for start in starts for wake, number in self._names.wakes[start] if wake in text}
        return [self.listeners[number] for number in sorted(woken | self._sleepless)]


def _folded(word: str, folds: dict[str, str]) -> str:
    for letter, typed in folds.items():
        word = word.replace(letter, typed)
    return word


def _found(heard: Heard, awake: Sequence[Listener], kind: str) -> Iterator[tuple[Place, Cue]]:
    for listener in awake:
        if listener.cue.kind == kind:
            for place in heard.places(listener):
                yield place, listener.cue


def _in_company(hinted: list[tuple[Place, Cue]]) -> list[tuple[Place, Cue]]:
    heard: dict[tuple[Place, str], Cue] = {}
    latest: dict[str, tuple[Place, Cue]] = {}
    for place, cue in sorted(hinted, key=lambda found: (found[0], found[1].id)):
        for other, (earlier, its_cue) in latest.items():
            if other != cue.id and 0 <= place[0] - earlier[1] <= NEAR:
                heard[earlier, other] = its_cue
                heard[place, cue.id] = cue
        latest[cue.id] = place, cue
    return [(place, cue) for (place, _), cue in heard.items()]

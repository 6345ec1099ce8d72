"""Phrases of several words that say the same: `with the same words` a member's sentence is tried in another's.

Which they are is data, `[phrases]` in `words.toml`: each line a group, its phrases divided by `=`; what stands before
a `->` may be said of what stands after it, and not the other way. Only what says the same of the same person in the
same time belongs together there; what is proved afterwards is every word, as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.witness.lexicon import Token

_TRIES = 4
"""How many other wordings of a stretch are tried at most."""

Words = tuple[str, ...]


class Phrases:
    """The groups of one language."""

    def __init__(self, groups: Sequence[str]) -> None:
        self._others: dict[Words, list[Words]] = {}
        self._sizes: dict[str, set[int]] = {}
        for group in groups:
            told, _, said = group.partition("->")
            phrases = [tuple(phrase.split()) for phrase in told.split("=")]
            meant = [tuple(phrase.split()) for phrase in said.split("=")] if said else phrases
            for phrase in phrases:
                self._others.setdefault(phrase, []).extend(other for other in meant if other != phrase)
                self._sizes.setdefault(phrase[0], set()).add(len(phrase))

    def otherwise(self, stretch: Sequence[Token], said: frozenset[str]) -> list[list[Token]]:
        """Give the wordings of `stretch` with one phrase in it put as `said`, the member's words, may have it."""
        return [each for each, _ in zip(self._worded(stretch, said), range(_TRIES), strict=False)]

    def _worded(self, stretch: Sequence[Token], said: frozenset[str]) -> Iterator[list[Token]]:
        words = tuple(token.word for token in stretch)
        for at, word in enumerate(words):
            for size in self._sizes.get(word, ()):
                for other in self._others.get(words[at : at + size], ()):
                    if said.issuperset(each for each in other if each not in words):
                        first = stretch[at]
                        put = [replace(first, word=each, key=each, large=False) for each in other]
                        yield [*stretch[:at], *put, *stretch[at + size :]]

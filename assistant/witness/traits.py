"""What a learned voice weighs in the words of a sentence, each trait as the number of its slot among the weights.

Words are met again in other forms by their stems and by runs of letters. What they are about (a relative, a height, a
farewell) is met again in other words by their senses, alone, in order, and beside a stem; which word has which sense
stands in `senses/` in a prompts folder. How a sentence opens, and whether it asks, tells advice from a story.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import count, pairwise
from zlib import crc32

SLOTS = 1 << 18
"""How many weights there are; a power of two."""
LETTERS = SLOTS // 2
"""Letters have the slots from this one on, and everything else those before it."""
STEM = 5
"""How many characters of a word are its stem: enough to know it, few enough to meet it again in another form."""
REACH = 8
"""How many words may lie between two senses that are weighed together."""

_RUNS = (3, 4, 5)
_LONGEST_PHRASE = 4
_KEPT = 40
"""The letters of longer words are not remembered."""


@dataclass(frozen=True)
class Senses:
    """Which words are about what."""

    words: dict[str, str]
    """The senses of a word, one character for each."""
    starts: dict[str, str]
    """The senses of every word that begins so; the longest beginning counts."""
    phrases: dict[str, str]
    """The senses of some words in a row."""
    _known: dict[str, str] = field(default_factory=dict, compare=False)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.starts), default=0)

    @classmethod
    def of(cls, table: dict[str, str]) -> "Senses":
        """Make them from a name for each sense and its words; `*` ends a beginning, `_` joins the words of a phrase."""
        words, starts, phrases = {}, {}, {}
        for sense, listed in zip(map(chr, count(ord("À"))), table.values(), strict=False):
            for word in listed.split():
                if "_" in word:
                    kind, key = phrases, word.replace("_", " ")
                elif word[-1] == "*":
                    kind, key = starts, word[:-1]
                else:
                    kind, key = words, word
                kind[key] = kind.get(key, "") + sense
        return cls(words, starts, phrases)

    def of_each(self, words: Sequence[str]) -> list[str]:
        """Give the senses of each word, where it stands."""
        found = [self._known.get(word) or self._look_up(word) for word in words]
        for size in range(2, _LONGEST_PHRASE + 1):
            for at in range(len(words) - size + 1):
                if senses := self.phrases.get(" ".join(words[at : at + size])):
                    found[at] += senses
        return found

    def _look_up(self, word: str) -> str:
        longest = min(len(word), self._longest)
        start = next((word[:size] for size in range(longest, 1, -1) if word[:size] in self.starts), "")
        known = self.words.get(word, "") + self.starts.get(start, "")
        if len(self._known) < SLOTS:
            self._known[word] = known
        return known


def slots(words: Sequence[str], senses: Senses) -> list[int]:
    """Give the slots of everything that is weighed in the words of one sentence."""
    found = [crc32(trait.encode("utf-8", "replace")) & (LETTERS - 1) for trait in _traits(words, senses)]
    for word in words:
        found += _letters(word) if len(word) <= _KEPT else _letters.__wrapped__(word)
    return found


def _traits(words: Sequence[str], senses: Senses) -> Iterator[str]:
    stems = [word[:STEM] for word in words]
    yield from stems
    edged = ["^", *stems, "$"]
    yield from (f"{one} {other} {third}" for one, other, third in zip(edged, edged[1:], edged[2:], strict=False))
    yield from (f"{one} {other}" for one, other in pairwise(stems))
    yield from (f"{one} _ {other}" for one, other in zip(stems, stems[2:], strict=False))
    yield from _opening(stems)
    yield from _meant(stems, senses.of_each(words))


def _opening(stems: Sequence[str]) -> Iterable[str]:
    asks = "?" if "?" in stems else "."
    opening = stems[:3]
    yield from (f"^{number}{stem}" for number, stem in enumerate(opening))
    yield from (f"^{asks}{' '.join(opening[:size])}" for size in (0, 1, 2))


@lru_cache(1 << 12)
def _letters(word: str) -> Sequence[int]:
    """Give the slots of the runs of letters of a word; most words come again."""
    edged = f"<{word}>"
    runs = (edged[at : at + size] for size in _RUNS for at in range(len(edged) - size + 1))
    return [LETTERS + (crc32(run.encode("utf-8", "replace")) & (LETTERS - 1)) for run in runs]


def _meant(stems: Sequence[str], senses: Sequence[str]) -> Iterator[str]:
    meant = [(at, sense) for at, some in enumerate(senses) for sense in some]
    for number, (at, sense) in enumerate(meant):
        yield f"={sense}"
        for near in (at - 2, at - 1, at + 1, at + 2):
            if 0 <= near < len(stems):
                yield f"={sense}{near > at:d}{stems[near]}"
        for then, other in meant[number + 1 : number + 4 * REACH]:
            if then - at > REACH:
                break
            if then > at:
                yield f"={sense}>{other}"

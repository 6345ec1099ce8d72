"""Which of a member's words are worth giving back: the pieces an answer has, and what speaks for each.

A passage is always a piece of the answer as it was written: a sentence, two or three that belong together, or a
clause that stands by itself. It never loses a negation, a condition or a doubt that it stood with. The words that a
passage is known by are data, in `prompts/witness/LANG/passages.toml`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant.witness.sentences import WORD, Span, Words, cues, heard, quoted, sentences, without_stop

LONGEST = 25
"""How many words are given back at most."""
SHORT = 4
"""A sentence of at most this many words leans on the one before it."""
LONG = 16
"""A sentence of more words than this may be given back in part."""
_CONSIDERED = 60
"""How many sentences are considered, the last ones; a list of very many lines has little to give back."""
_LEFT_ALONE = 40
"""In an answer of more words than this, `I'd rather not` is part of a story, and no wish to be left alone."""
ENOUGH = 4
"""A passage with fewer points than this is not given back."""
WORTH = 2
"""A passage with fewer points than this is not worth quoting on another day."""

POINTS = {
    "not_but": 6, "image": 3, "own": 2, "turn": 2, "felt": 2, "torn": 2, "steps": 2, "tells": 2, "brief": 2,
    "does": 1, "middling": 1, "paired": 1, "alone": 1, "last": 1,
    "first": -1, "clause": -1, "names": -1, "others": -1, "quiet": -1, "long": -1, "all": -2, "hangs": -2,
    "figures": -2, "speech": -3, "replies": -3, "intends": -3, "private": -4, "empty": -4, "asks": -4, "asked": -6,
}  # fmt: skip
"""What speaks for a passage, and what against it; `_traits` says what each means."""

_WITHIN = ("own", "does", "turn", "felt", "image", "others", "private", "quiet", "asked", "intends")
"""Traits that a cue anywhere in a passage gives it; what is in quotation marks does not count."""
_OPENING = ("tells", "replies")
"""Traits that a cue at its beginning gives it."""
_NAME = re.compile(r"(?<=[^\s.!?…:]\s)[^\W\d_][^\W_]+")
_FACE = re.compile(r"[:;]-?[()]")
_PAIRS = (("(", ")"), ("»", "«"), ("[", "]"))
_ADDRESS = ("\n", "://", "www.", "@")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an answer, and what speaks for it."""

    text: str
    """The words as they were written."""
    start: int
    """Where it begins in the answer."""
    sentences: int
    """How many sentences it holds; 0 for a clause of one."""
    traits: frozenset[str]
    """What is true of it: names of `POINTS`."""

    @property
    def points(self) -> int:
        """How much speaks for it."""
        return sum(POINTS[trait] for trait in self.traits)


class Answer:
    """An answer, and what it falls into."""

    def __init__(self, text: str, lang: str) -> None:
        self.text = heard(text)
        """What is heard of it; every place is counted in this."""
        self.cues = cues(lang)
        self.quoted = quoted(self.text)
        """The places of quoted speech and brackets."""
        self.sentences = sentences(self.text, lang, self.quoted)
        """The places of its sentences."""

    @cached_property
    def words(self) -> Words:
        """All its words."""
        return Words(self.text)

    @cached_property
    def of_sentence(self) -> list[Words]:
        """The words of each sentence."""
        return [Words(self.text[start:end]) for start, end in self.sentences]

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing to give back: `nej`, `same as last week`, figures, or what is best left alone."""
        if self.cues["empty"].are(self.words):
            return True
        if len(self.words) <= _LEFT_ALONE and self.cues["leave"].within(self.words):
            return True
        flat = self.cues["empty"].single | self.cues["quiet"].single
        if all(word[0].isdigit() or word in flat for word in self.words):
            return True
        lines = [line for line in self.text.splitlines() if line.strip()]
        figures = sum(len(line) <= 100 and any(c.isdigit() for c in line) for line in lines)
        return len(lines) > 2 and figures * 2 > len(lines)

    def passages(self, longest: int = LONGEST) -> list[Passage]:
        """Give the passages that may be given back, the best first."""
        found = [
            Passage(self.text[start:end], start, held, self._traits(start, end, n, held))
            for start, end, n, held in self._pieces(longest)
            if _is_whole(self.text[start:end])
        ]
        return sorted(found, key=lambda passage: (-passage.points, -passage.sentences, -passage.start))

    def _pieces(self, longest: int) -> Iterator[tuple[int, int, int, int]]:
        """Give the place of each piece, the sentence it begins in, and how many sentences it holds; 0 for a clause."""
        for n in range(max(0, len(self.sentences) - _CONSIDERED), len(self.sentences)):
            (start, end), words = self.sentences[n], self.of_sentence[n]
            clings = self._follows(n) and self.cues["hedge"].opening(words)
            if len(words) <= longest and not clings and not self._is_taken_back(n):
                yield start, end, n, 1
            if len(words) > LONG:
                yield from ((*clause, n, 0) for clause in self._clauses(start, end))
            if not self.cues["others"].within(words) or self.cues["own"].within(words):
                yield from self._joined(n, longest)

    def _joined(self, n: int, longest: int) -> Iterator[tuple[int, int, int, int]]:
        """Give sentence `n` with the one, two or three after it that lean on it."""
        total = len(self.of_sentence[n])
        for last in range(n + 1, min(n + 4, len(self.sentences))):
            total += len(self.of_sentence[last])
            if total > longest or not self._leans_back(last):
                return
            if not self._is_taken_back(last):
                yield self.sentences[n][0], self.sentences[last][1], n, last - n + 1

    def _follows(self, n: int) -> bool:
        """Say whether sentence `n` stands after another on the same line."""
        return 0 < n < len(self.sentences) and "\n" not in self.text[self.sentences[n - 1][1] : self.sentences[n][0]]

    def _leans_back(self, n: int) -> bool:
        """Say whether sentence `n` belongs to the one before it: it is very short, or begins as a continuation."""
        words = self.of_sentence[n]
        continues = self.cues["joins"].opening(words) or self.cues["hedge"].opening(words)
        return self._follows(n) and (len(words) <= SHORT or continues > 0)

    def _is_taken_back(self, n: int) -> bool:
        """Say whether the sentence after `n` takes some of it back (`Or so I thought.`): it may not stand without."""
        if not self._follows(n + 1):
            return False
        words, hedge = self.of_sentence[n + 1], self.cues["hedge"]
        return hedge.opening(words) > 0 or (len(words) <= SHORT and hedge.within(words))

    def _clauses(self, start: int, end: int) -> Iterator[Span]:
        """Give the clauses of a long sentence that stand by themselves: after `and`, `but`, `so`, with a subject.

        A sentence with a condition, a doubt, an intention or a negated beginning is given whole or not at all.
        """
        words = Words(self.text[start:end])
        if self.cues["whole"].within(words) or self.cues["intends"].within(words):
            return
        tokens = list(WORD.finditer(self.text, start, end))
        if len(tokens) != len(words):
            return
        opens, begins = self.cues["opens"], self.cues["begins"].single
        cuts: list[Span] = []
        for at in range(1, len(words) - 1):
            taken = 2 if f" {words[at]} {words[at + 1]} " in opens.phrases.get(words[at], ()) else 1
            if words[at] in opens.single and at + taken < len(words) and words[at + taken] in begins:
                cuts.append((at, at + taken))
        if not cuts:
            return
        for (_, first), (last, _) in pairwise([(0, 0), *cuts, (len(words), 0)]):
            if last - first >= 3 and words[last - 1] not in opens.single:
                yield tokens[first].start(), end if last == len(words) else tokens[last - 1].end()

    def _traits(self, start: int, end: int, n: int, held: int) -> frozenset[str]:
        """Say what is true of the piece between `start` and `end`, which begins in sentence `n`."""
        piece, speech = self._apart(start, end)
        words = Words(piece)
        size = len(Words(self.text[start:end])) if speech else len(words)
        opens, ends, whole = n == 0, n + max(held, 1) == len(self.sentences), held == len(self.sentences)
        names = {word.lower() for word in _NAME.findall(piece) if word[0].isupper() and not word.isupper()}
        then = (self.cues["then"].opening(self.of_sentence[m]) for m in range(n + 1, n + held))
        truths = {
            **{name: self.cues[name].within(words) for name in _WITHIN},
            **{name: self.cues[name].opening(words) > 0 for name in _OPENING},
            "not_but": held > 1 and size <= 6 and words[:1] in (["ikke"], ["not"]),
            "torn": self.cues["sides"].within(words) or self._is_torn(words),
            "steps": held > 1 and size <= LONG and not speech and any(then),
            "empty": size <= 12 and self.cues["empty"].opening(words) > 0,
            "hangs": size < 3,
            "brief": 3 <= size <= 12,
            "middling": 12 < size <= 18,
            "long": size > 22,
            "paired": held > 1 and size <= 12 and not speech,
            "clause": held == 0,
            "alone": len(self.sentences) == 1,
            "all": whole and held > 1 and size > 10,
            "first": opens and not whole and len(self.sentences) > 2 and size > 8,
            "last": ends and len(self.sentences) > 1 and end == self.sentences[-1][1],
            "names": bool(names - self.cues["own"].single - self.cues["quiet"].single),
            "figures": sum(c.isdigit() for c in piece) >= 2,
            "speech": speech,
            "asks": "?" in piece,
        }
        return frozenset(name for name, true in truths.items() if true)

    def _apart(self, start: int, end: int) -> tuple[str, bool]:
        """Give the piece without what is in quotation marks, and whether anything was."""
        parts, at, speech = [], start, False
        for k in range(bisect_left(self.quoted, (start, start)), len(self.quoted)):
            opened, closed = self.quoted[k]
            if opened >= end:
                break
            if self.text[opened] != "(":
                parts.append(self.text[at:opened])
                at, speech = closed, True
        return " ".join((*parts, self.text[at:end])), speech

    def _is_torn(self, words: Words) -> bool:
        """Say whether the member stands on both sides of a `but`."""
        own, but = self.cues["own"].single, self.cues["but"].single
        cut = next((at for at, word in enumerate(words) if word in but), 0)
        return not own.isdisjoint(words[:cut]) and not own.isdisjoint(words[cut:])


def _is_whole(piece: str) -> bool:
    """Say whether quotation marks and brackets in `piece` come in pairs, and nothing in it is an address."""
    bare = _FACE.sub("", piece)
    paired = all(bare.count(left) == bare.count(right) for left, right in _PAIRS)
    curly = piece.count("“") + piece.count("„") == piece.count("”") or piece.count("„") == piece.count("“")
    return paired and curly and bare.count('"') % 2 == 0 and not any(mark in piece for mark in _ADDRESS)


def passage(text: str, lang: str, longest: int = LONGEST) -> str | None:
    """Give the one phrase of `text` worth quoting on another day, as it was written but for a last full stop.

    An answer of a few words is given whole. None for an answer that says nothing, and never an intention: an
    intention held up a week later is accountability (PRACTICE).
    """
    answer = Answer(text, lang)
    if not answer.words or answer.is_empty:
        return None
    if len(answer.words) <= 6 and "\n" not in answer.text.strip():
        whole = answer.text.strip()
        return without_stop(whole) if _is_whole(whole) and not answer.cues["intends"].within(answer.words) else None
    for candidate in answer.passages(longest):
        if candidate.points >= WORTH and candidate.traits.isdisjoint(("intends", "asks", "asked", "private")):
            return without_stop(candidate.text)
    return None

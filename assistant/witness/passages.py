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

from assistant.witness.sentences import WORD, Span, Words, cues, heard, quoted, sentences, without_stop

LONGEST = 36
"""How many words are given back at most."""
SHORT = 4
"""A sentence of at most this many words leans on the one before it."""
_LIGHT = 10
"""A sentence of at most this many words is better with the one before it than alone, whatever it says."""
_OPEN_ENDED = 10
"""In a sentence of at most this many words `I never do` and `anyway` speak of what the one before it has named."""
ENTIRE = 30
"""An answer of two to four sentences and at most this many words is one thought, and is best given back whole."""
_STEPS = 22
"""Two steps of at most this many words together are given back as what came first and what then."""
_HELLO = 5
"""A first sentence of at most this many words that begins with `hi` is a hello."""
_CONSIDERED = 60
"""How many sentences are considered, the last ones; a list of very many lines has little to give back."""
_DULL = 12
"""An answer of at most this many words that begins with `not much to tell` and has no `I` in it is empty."""
_LEFT_ALONE = 40
"""In an answer of more words than this, `I'd rather not` is part of a story, and no wish to be left alone."""
ENOUGH = 3
"""A passage with fewer points than this is not given back."""
WORTH = 2
"""A passage with fewer points than this is not worth quoting on another day."""

POINTS = {
    "not_but": 12, "entire": 5, "image": 4, "alone": 3, "own": 2, "turn": 2, "felt": 2, "torn": 2, "steps": 4,
    "tells": 2, "brief": 2, "last": 2, "does": 1, "middling": 1, "paired": 1,
    "clause": -1, "first": -2, "names": -1, "others": -1, "quiet": -1, "long": -1, "figures": -1, "speech": -1,
    "strung": -1, "light": -2, "turned": -3, "verdict": -3, "hangs": -2, "leans": -3,
    "intends": -3, "replies": -3, "ahead": -4, "private": -2, "empty": -4, "asks": -2, "asked": -3,
}  # fmt: skip
"""What speaks for a passage, and what against it; `_traits` says what each means."""

_WITHIN = ("own", "does", "turn", "felt", "others", "private", "quiet", "asked", "intends", "ahead", "verdict")
"""Traits that a cue anywhere in a passage gives it; what is in quotation marks does not count."""
_OF_THAT_DAY = ("intends", "asks", "asked", "private", "strung")
"""What a passage may not have that is quoted on another day."""
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
        self.sentences = self._finished(sentences(self.text, lang, self.quoted))
        """The places of its sentences."""

    @cached_property
    def words(self) -> Words:
        """All its words."""
        return Words(self.text)

    @cached_property
    def of_sentence(self) -> list[Words]:
        """The words of each sentence."""
        return [Words(self.text[start:end]) for start, end in self.sentences]

    def _finished(self, found: list[Span]) -> list[Span]:
        """Let an answer that stops in the middle, `and he came in and`, stop before the word that hangs."""
        if found and (begun := list(WORD.finditer(self.text, *found[-1]))):
            start, end = found[-1]
            if begun[-1].end() == end and begun[-1].group().lower() in self.cues["unfinished"].single:
                found[-1] = start, max(start + len(self.text[start : begun[-1].start()].rstrip(" ,")), start + 1)
        return found

    @cached_property
    def _first(self) -> int:
        """The first sentence that is more than a hello."""
        hello = len(self.sentences) > 1 and self.cues["hello"].opening(self.of_sentence[0]) > 0
        return int(hello and len(self.of_sentence[0]) <= _HELLO)

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing to give back: `nej`, `same as last week`, figures, or what is best left alone."""
        dull = self.cues["empty"].opening(self.words) > 1 and len(self.words) <= _DULL
        if self.cues["empty"].are(self.words) or (dull and not self.cues["own"].within(self.words)):
            return True
        if len(self.words) <= _LEFT_ALONE and self.cues["leave"].within(self.words):
            return True
        numbers = sum(word[0].isdigit() for word in self.words)
        flat = self.cues["empty"].single | self.cues["quiet"].single
        if 2 < numbers >= len(self.words) / 3 or all(word[0].isdigit() or word in flat for word in self.words):
            return True
        lines = [line for line in self.text.splitlines() if line.strip()]
        figures = sum(len(line) <= 100 and any(c.isdigit() for c in line) for line in lines)
        return len(lines) > 2 and figures * 2 > len(lines)

    def passages(self, longest: int = LONGEST) -> list[Passage]:
        """Give the passages that may be given back, the best first."""
        pieces = dict.fromkeys((*self._pieces(longest), *self._together(longest)))
        found = [
            Passage(self.text[start:end], start, held, self._traits(start, end, n, held))
            for start, end, n, held in pieces
            if _is_whole(self.text[start:end])
        ]
        return sorted(found, key=lambda passage: (-passage.points, -passage.sentences, -passage.start))

    def _pieces(self, longest: int) -> Iterator[tuple[int, int, int, int]]:
        """Give the place of each piece, the sentence it begins in, and how many sentences it holds; 0 for a clause."""
        for n in range(max(self._first, len(self.sentences) - _CONSIDERED), len(self.sentences)):
            (start, end), words = self.sentences[n], self.of_sentence[n]
            if self._follows(n) and self.cues["hedge"].opening(words):
                continue
            if len(words) <= longest and not self.is_taken_back(n):
                yield start, end, n, 1
            if len(words) > longest:
                yield from ((*clause, n, 0) for clause in self._last_clause(start, end))
            yield from self._joined(n, longest)

    def _together(self, longest: int) -> Iterator[tuple[int, int, int, int]]:
        """Give a short answer whole, though nothing but the line may hold its sentences together."""
        first, last = self._first, len(self.sentences) - 1
        follow = all(self._follows(n) for n in range(first + 1, last + 1))
        if 1 <= last - first <= 3 and follow and len(self.words) <= longest:
            yield self.sentences[first][0], self.sentences[last][1], first, last - first + 1

    def _joined(self, n: int, longest: int) -> Iterator[tuple[int, int, int, int]]:
        """Give sentence `n` with the one, two or three after it that lean on it."""
        total, own = len(self.of_sentence[n]), self.cues["own"]
        of_others = self.cues["others"].within(self.of_sentence[n]) and not own.within(self.of_sentence[n])
        for last in range(n + 1, min(n + 4, len(self.sentences))):
            total += len(self.of_sentence[last])
            light = self._follows(last) and len(self.of_sentence[last]) <= _LIGHT
            if total > longest or not (light or self._leans_back(last)):
                return
            if not self.is_taken_back(last) and (not of_others or own.within(self.of_sentence[last])):
                yield self.sentences[n][0], self.sentences[last][1], n, last - n + 1

    def _follows(self, n: int) -> bool:
        """Say whether sentence `n` stands after another on the same line."""
        return 0 < n < len(self.sentences) and "\n" not in self.text[self.sentences[n - 1][1] : self.sentences[n][0]]

    def _leans_back(self, n: int) -> bool:
        """Say whether sentence `n` belongs to the one before it: it is very short, or begins as a continuation."""
        words = self.of_sentence[n]
        leans = len(words) <= SHORT or self.cues["joins"].opening(words) > 0 or self._points_back(words)
        return self._follows(n) and (leans or self._answers(n))

    def _answers(self, n: int) -> bool:
        """Say whether sentence `n` stands right after a question: then it is its answer."""
        return self._follows(n) and self.text[self.sentences[n - 1][1] - 1] == "?"

    def _points_back(self, words: Words) -> bool:
        """Say whether a sentence speaks of something that stands before it: `That's how.`, `I never do.`"""
        if self.cues["leans"].opening(words) > 0 or self.cues["hedge"].opening(words) > 0:
            return True
        if len(words) <= SHORT and not self.cues["own"].within(words):
            return True
        wants = self.cues["wants"].within(words) or not self.cues["bare"].single.isdisjoint(words[-1:])
        return wants and len(words) <= _OPEN_ENDED

    def is_taken_back(self, n: int) -> bool:
        """Say whether the sentence after `n` takes some of it back (`Or so I thought.`): it may not stand without."""
        if not self._follows(n + 1):
            return False
        words, hedge = self.of_sentence[n + 1], self.cues["hedge"]
        return hedge.opening(words) > 0 or (len(words) <= SHORT and hedge.within(words))

    def _last_clause(self, start: int, end: int) -> Iterator[Span]:
        """Give the last clause of a long sentence, where it stands by itself: after `and`, `but`, `so`, with a subject.

        An earlier one could be turned by what comes after it. A sentence with a condition, a doubt, an intention or
        something reported is given whole or not at all.
        """
        words = Words(self.text[start:end])
        if self.cues["whole"].within(words) or self.cues["intends"].within(words):
            return
        tokens = list(WORD.finditer(self.text, start, end))
        if len(tokens) != len(words):
            return
        opens, begins = self.cues["opens"], self.cues["begins"].single
        for at in range(len(words) - 3, 0, -1):
            taken = 2 if f" {words[at]} {words[at + 1]} " in opens.phrases.get(words[at], ()) else 1
            if words[at] in opens.single and words[at + taken] in begins and words[at - 1] not in opens.single:
                if not self.cues["depends"].within(Words(" ".join(words[:at]))):
                    yield tokens[at + taken].start(), end
                return

    def _traits(self, start: int, end: int, n: int, held: int) -> frozenset[str]:
        """Say what is true of the piece between `start` and `end`, which begins in sentence `n`."""
        piece, speech = self._apart(start, end)
        words = Words(piece)
        size = len(Words(self.text[start:end])) if speech else len(words)
        ends, whole = n + max(held, 1) == len(self.sentences), n == self._first and n + held == len(self.sentences)
        names = {word.lower() for word in _NAME.findall(piece) if word[0].isupper() and not word.isupper()}
        later = [self.of_sentence[m] for m in range(n + 1, n + held)]
        then = (self.cues["then"].opening(each) and not self.cues["does"].single.isdisjoint(each[:4]) for each in later)
        begun = self.of_sentence[n] if held else words
        not_but = held > 1 and size <= 6 and words[:1] in (["ikke"], ["not"])
        joined = held > 1 and all(self._leans_back(m) for m in range(n + 1, n + held))
        truths = {
            **{name: self.cues[name].within(words) for name in _WITHIN},
            **{name: self.cues[name].opening(words) > 0 for name in _OPENING},
            "image": self.cues["image"].within(words) and not self._is_of_others(words),
            "not_but": not_but,
            "torn": self.cues["sides"].within(words) or self._is_torn(words),
            "steps": held > 1 and size <= _STEPS and not speech and any(then),
            "empty": size <= 12 and self.cues["empty"].opening(words) > 0,
            "hangs": size < 3,
            "brief": 3 <= size <= 12,
            "middling": 12 < size <= 18,
            "long": size > 22,
            "paired": held > 1 and size <= 12 and not speech,
            "clause": held == 0,
            "alone": len(self.sentences) == 1,
            "entire": whole and held > 1 and size <= ENTIRE and not self._has_better(words),
            "strung": held > 1 and not joined,
            "leans": ((self._follows(n) or held == 0) and self._points_back(begun) and not not_but) or self._answers(n),
            "light": held == 1 and self._follows(n) and size <= _LIGHT,
            "first": n == self._first and not whole and len(self.sentences) > 2,
            "turned": self._is_turned(n + max(held, 1)),
            "last": ends and len(self.sentences) > 1 and end == self.sentences[-1][1],
            "names": bool(names - self.cues["own"].single - self.cues["quiet"].single),
            "figures": sum(c.isdigit() for c in piece) >= 2,
            "speech": speech,
            "asks": piece.rstrip().endswith("?"),
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

    def _is_of_others(self, words: Words) -> bool:
        """Say whether an image is another's (`My boss says I'm like an old tractor`), or no image but an insult."""
        says = self.cues["says"]
        return self.cues["no_image"].within(words) or (
            says.within(Words(" ".join(words[:4]))) and words[0] not in self.cues["does"].single
        )

    def _is_turned(self, n: int) -> bool:
        """Say whether sentence `n`, right after a piece, goes on with `But` or `Then`: the piece stops before it."""
        return n < len(self.sentences) and self._follows(n) and self.cues["goes_on"].opening(self.of_sentence[n]) > 0

    def _has_better(self, words: Words) -> bool:
        """Say whether a short answer is told better by a part of it, or is best not given back at all."""
        torn = self._is_torn(words) and len(self.sentences) <= 2
        dull = self.cues["empty"].are(self.of_sentence[self._first])
        return torn or dull or self.cues["ahead"].within(words)

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
        if candidate.points >= WORTH and candidate.traits.isdisjoint(_OF_THAT_DAY):
            return without_stop(candidate.text)
    return None

"""How a reflection hangs on what was said, as traits that a learned voice can weigh (`assistant.witness.closeness`).

Each of its words is looked up among the member's. What stands nowhere there; what stands nearer, further off or the
other way round; which small words were lost and which came in; how its sentences open and what its proof doubts: none
of it decides alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant.witness.lexicon import Lexicon, Token
from assistant.witness.quotes import quotes
from assistant.witness.reading import Doubt, Piece, read
from assistant.witness.traits import STEM, Senses
from assistant.witness.trial import Trial

CONTENT = "C"
"""The kind of a word that no table knows: it says something."""
NUMBER = "#"
_QUOTE, _MARK = "Q", "."
_BOUND = "NO"
"""Kinds of words that turn what they stand beside: `not`, `maybe`, `only`."""
_NEAR = 3
"""How many words off something stands beside a word."""
_MOST = 5
"""Above this, a count is many."""
_PLACES = 12
"""A word that was said more often is looked for in so many places, so that the work stays linear."""
_BACK = 1000
_GAPS = ((1, "1"), (2, "2"), (3, "3"), (8, "8"), (_BACK - 1, "x"), (_BACK + 2, "-2"), (_BACK + 8, "-8"))
"""Names for how far on something stands, each up to so many words."""


def kinds(lexicon: Lexicon) -> dict[str, str]:
    """Give the kind of each word that a table knows, one character for each."""
    small = lexicon.free | lexicon.joins | lexicon.articles | lexicon.coordinators | lexicon.subordinators
    known = dict.fromkeys(small | lexicon.copulas | lexicon.helpers, "f")
    known |= dict.fromkeys(lexicon.prepositions, "p") | dict.fromkeys(lexicon.operators, "O")
    return known | dict.fromkeys(lexicon.negations, "N") | dict.fromkeys(lexicon.people, "P")


@dataclass(slots=True)
class Word:
    """A word of the reflection, beside what was said."""

    piece: Piece
    kind: str
    stands: Sequence[int] = ()
    """Where it stands in what was said, by the numbers of the words there."""
    at: int | None = None
    """The likeliest of these, as the reflection goes on."""
    after_mark: bool = False
    """Whether a mark stands before it."""


@dataclass(frozen=True)
class Beside:
    """A reflection beside what it answers, word by word."""

    trial: Trial
    sentences: Sequence[Sequence[Word]]
    """Its sentences; each quote is one word."""
    said: Sequence[Token]
    said_kinds: Sequence[str]

    @classmethod
    def of(cls, trial: Trial, known: Mapping[str, str]) -> "Beside":
        """Lay a reflection beside what it answers; `known` are the kinds of words."""
        spoken, lexicon = trial.spoken, trial.lexicon
        where: dict[str, list[int]] = defaultdict(list)
        for at, token in enumerate(spoken.tokens):
            for key in token.keys | {token.word, token.key}:
                if len(where[key]) < _PLACES:
                    where[key].append(at)

        def kind(token: Token) -> str:
            if token.is_mark:
                return _MARK
            return known.get(token.word) or (NUMBER if lexicon.is_number(token.key) else CONTENT)

        def beside_said(piece: Piece) -> Word:
            if piece.quote or piece.token.is_mark:
                return Word(piece, _QUOTE if piece.quote else _MARK)
            stands = {at for key in spoken.kin(piece.token.key) | {piece.word} for at in where.get(key, ())}
            return Word(piece, kind(piece.token), sorted(stands)[:_PLACES])

        sentences = [
            [beside_said(piece) for piece in pieces] for pieces in read(trial.text, quotes(trial.text), lexicon)
        ]
        for sentence in sentences:
            for before, word in pairwise(sentence):
                word.after_mark = before.kind == _MARK
        last = -1
        for each in (word for sentence in sentences for word in sentence if word.stands):
            each.at = last = min(each.stands, key=lambda at: abs(at - last - 1) + _NEAR * (at <= last))
        return cls(trial, sentences, spoken.tokens, [kind(token) for token in spoken.tokens])

    @cached_property
    def used(self) -> frozenset[int]:
        """What was said that the reflection gives back, by the numbers of the words."""
        return frozenset(word.at for sentence in self.sentences for word in sentence if word.at is not None)

    def brings_a_name(self) -> bool:
        """Whether a word has a capital within a sentence that stands nowhere in what was said."""
        return any(
            word.kind == CONTENT and not word.stands and word.piece.token.large
            for sentence in self.sentences
            for word in sentence[1:]
        )

    def counts_anew(self) -> bool:
        """Whether a number or a `times` that was not given stands beside a quote: `The word "five" comes up twice.`"""
        times = self.trial.lexicon.times
        return any(
            any(word.kind == _QUOTE for word in sentence)
            and any((word.kind == NUMBER or word.piece.word in times) and not word.stands for word in sentence)
            for sentence in self.sentences
        )


def traits(beside: Beside, number: int, doubts: Sequence[Doubt], senses: Senses) -> Iterator[str]:
    """Give all that is weighed of the sentence numbered `number`, with what its proof doubts."""
    sentence = beside.sentences[number]
    words = [word for word in sentence if word.kind != _MARK]
    yield from _opened(sentence, f"{number == len(beside.sentences) - 1:d}{number > 0:d}")
    yield from _brought(words, senses)
    yield from _paired(words)
    yield from _lost(words, beside)
    yield from _counted(words, beside)
    yield f"doubts {min(len(doubts), _MOST)}"
    for doubt in doubts:
        yield from _doubted(doubt, words)


def _stem(word: Word) -> str:
    return word.piece.word[:STEM]


def _opened(sentence: Sequence[Word], place: str) -> Iterator[str]:
    """Give how a sentence opens and asks, and how much of it was never said, alone and with its place in the text."""
    said = [word for word in sentence if word.kind not in (_MARK, _QUOTE)]
    new = sum(word.kind in (CONTENT, NUMBER) and not word.stands for word in said)
    small = sum(word.kind not in (CONTENT, NUMBER) and not word.stands for word in said)
    yield f"new {min(new, _MOST)}"
    yield f"new small {min(small, _MOST)}"
    yield f"new {place} {min(new, _MOST)}"
    yield f"new of {8 * new // max(len(said), 1)}"
    stems = [_stem(word) for word in said[:2]]
    yield f"^{' '.join(stems)}"
    yield f"^{' '.join(stems[:1])}"
    if sentence[-1].piece.word == "?":
        yield from (f"?{_stem(word)}" for word in said)


def _brought(words: Sequence[Word], senses: Senses) -> Iterator[str]:
    """Give the words that were never said, by stem, kind and sense; and every small word."""
    for word, about in zip(words, senses.of_each([word.piece.word for word in words]), strict=True):
        if word.kind not in (CONTENT, _QUOTE):
            yield f"={_stem(word)}"
        if word.kind != _QUOTE and not word.stands:
            yield f"+{word.piece.word[: STEM + 1]}"
            yield f"+{word.kind}"
            yield from (f"+{word.kind}={sense}" for sense in about)


def _paired(words: Sequence[Word]) -> Iterator[str]:
    """Give how far apart the words stood with the member that now stand together."""
    for one, other in pairwise(words):
        pair = f"{one.kind}{other.kind}{',' if other.after_mark else ''}"
        if not (one.stands and other.stands):
            yield f"{pair} {bool(one.stands):d}{bool(other.stands):d}"
            continue
        far = min(_far(here, there) for here in one.stands for there in other.stands)
        gap = next((name for most, name in _GAPS if far <= most), "x")
        yield f"{pair} {gap}"
        if far > 1:
            yield f"{gap}>{_stem(other)}"
            yield f"{gap}<{_stem(one)}"


def _far(here: int, there: int) -> int:
    """Give how far on a word stands; what stands before counts as further than all that comes after it."""
    return there - here if there > here else _BACK + here - there


def _lost(words: Sequence[Word], beside: Beside) -> Iterator[str]:
    """Give the words of doubt and denial that were left where they stood, and those that came in or were kept."""
    here = {word.at for word in words if word.at is not None}
    for at, kind in enumerate(beside.said_kinds):
        if kind in _BOUND and at not in beside.used:
            near = len(here.intersection(range(at - _NEAR, at + _NEAR + 1)))
            if near > 1:
                yield f"lost {beside.said[at].word}"
                yield f"lost by {near}"
    for number, word in enumerate(words):
        if word.kind in _BOUND:
            yield f"bound {word.piece.word} {bool(word.stands):d}"
            if word.at is not None:
                around = words[max(number - _NEAR, 0) : number + _NEAR + 1]
                near = sum(each.at is not None and abs(each.at - word.at) <= _NEAR + 1 for each in around) - 1
                yield f"bound by {near}"


def _counted(words: Sequence[Word], beside: Beside) -> Iterator[str]:
    """Give how much of it is quoted, and how often something is denied or caused, here and with the member."""
    lexicon, quoted = beside.trial.lexicon, [word.piece for word in words if word.kind == _QUOTE]
    length = sum(piece.token.end - piece.token.start for piece in quoted)
    yield f"quoted {4 * length // max(sum(len(word.piece.word) + 1 for word in words) + length, 1)}"
    yield f"quotes {min(len(quoted), _MOST)}"
    for name, some in (("not", lexicon.negations), ("cause", lexicon.causes)):
        here = sum(word.piece.word in some for word in words)
        there = sum(token.word in some for token in beside.said)
        yield f"{name} {min(here, _MOST)} {min(there, _MOST)}"


def _doubted(doubt: Doubt, words: Sequence[Word]) -> Iterator[str]:
    """Give what the proof doubts, by its words."""
    yield f"!{doubt.kind}"
    about = [n for n, word in enumerate(words) if doubt.start <= word.piece.token.start < doubt.end]
    yield f"!{doubt.kind} {min(len(about), _MOST)}"
    for n in about[:_MOST]:
        yield f"!{doubt.kind} {_stem(words[n])}"
        yield f"!{doubt.kind} {words[n].kind}{bool(words[n].stands):d}"
    if about and about[0]:
        yield f"!{doubt.kind}<{_stem(words[about[0] - 1])}"

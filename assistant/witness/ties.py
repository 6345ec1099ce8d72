"""How a reflection hangs on what was said, as traits that a learned voice can weigh (`assistant.witness.closeness`).

Each of its words is looked up among the member's. What stands nowhere there; what stands nearer, further off or the
other way round; which small words were lost and which came in; how its sentences open and what its proof doubts: none
of it decides alone.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.witness.lexicon import Lexicon, Token
from assistant.witness.reading import Doubt, Piece
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
_RETURN = 3
"""What it counts, in words, to go back in what was said."""
_MOST = 5
"""Above this, a count is many."""
_PLACES = 12
"""A word that was said more often is looked for in so many places, the nearest, so that the work stays linear."""
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
    """A word of the reflection, beside what was said; a quote is one word."""

    piece: Piece
    kind: str
    stands: Sequence[int] = ()
    """Where it stands in what was said, by the numbers of the words there; of a quote, of its first."""
    ends: Sequence[int] = ()
    """The same of a quote's last word."""
    at: int | None = None
    """The likeliest of the places, as the reflection goes on."""


@dataclass(frozen=True)
class Beside:
    """A reflection beside what it answers, word by word."""

    lexicon: Lexicon
    sentences: Sequence[Sequence[Word]]
    said: Sequence[Token]
    kinds: Mapping[str, str]
    """The kinds of the words that a table knows."""

    @classmethod
    def of(cls, trial: Trial, known: Mapping[str, str]) -> "Beside":
        """Lay a reflection beside what it answers; `known` are the kinds of words."""
        spoken, lexicon = trial.spoken, trial.lexicon
        where: dict[str, list[int]] = defaultdict(list)
        for sentence in spoken.sentences:
            for key, places in sentence.places.items():
                where[key] += [sentence.start + at for at in places]
        last = -1

        def beside_said(piece: Piece) -> Word:
            nonlocal last
            if piece.quote:
                places = spoken.standings(piece.quote.inside)[:_PLACES]
                stands, ends = [first for first, _ in places], [end for _, end in places]
            elif piece.token.is_mark:
                return Word(piece, _MARK)
            else:
                keys = spoken.kin(piece.token.key) | {piece.word}
                stands = ends = sorted({at for key in keys for at in _nearest(where.get(key, ()), last)})[:_PLACES]
            at = min(stands, key=lambda at: abs(at - last - 1) + _RETURN * (at <= last), default=None)
            last = last if at is None else ends[stands.index(at)]
            kind = _QUOTE if piece.quote else _kind(piece.token, known, lexicon)
            return Word(piece, kind, stands, ends, at)

        sentences = [[beside_said(piece) for piece in pieces] for pieces in trial.read]
        return cls(lexicon, sentences, spoken.tokens, known)

    @cached_property
    def used(self) -> frozenset[int]:
        """What was said that the reflection gives back, by the numbers of the words."""
        return frozenset(word.at for sentence in self.sentences for word in sentence if word.at is not None)

    @cached_property
    def lost(self) -> Sequence[tuple[int, str]]:
        """The words of doubt and denial that were said and not given back, each with its number before it."""
        kinds = ((at, token, _kind(token, self.kinds, self.lexicon)) for at, token in enumerate(self.said))
        return [(at, token.word) for at, token, kind in kinds if kind in _BOUND and at not in self.used]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often something was denied and how often something was a cause, with the member."""
        return {name: sum(token.word in some for token in self.said) for name, some in self.weighty.items()}

    @cached_property
    def weighty(self) -> Mapping[str, frozenset[str]]:
        """The words that deny and those that give a cause."""
        return {"not": self.lexicon.negations, "cause": self.lexicon.causes}

    def brings_a_name(self, doubts: Sequence[Doubt]) -> bool:
        """Whether a word that was not said has a capital within a sentence, or opens one and is doubted.

        What opens a sentence has a capital anyway; a noun with its article is no name, nor is a word that asks.
        """
        lexicon, doubted = self.lexicon, {doubt.start for doubt in doubts}
        return any(
            word.kind == CONTENT
            and not word.stands
            and (word.piece.token.large if at else word.piece.token.start in doubted)
            and (at or not (word.piece.word in lexicon.question_words or lexicon.has_article(word.piece.word)))
            for sentence in self.sentences
            for at, word in enumerate(sentence)
        )

    def counts_anew(self) -> bool:
        """Whether there is a number that was not given, or a `times`; a `first` may say what came before.

        `The word "five" comes up twice.`
        """
        return any(
            (word.kind == NUMBER or word.piece.word in self.lexicon.times)
            and not word.stands
            and word.piece.word not in self.lexicon.adverbs
            for sentence in self.sentences
            for word in sentence
        )


def _kind(token: Token, known: Mapping[str, str], lexicon: Lexicon) -> str:
    if token.is_mark:
        return _MARK
    return known.get(token.word) or (NUMBER if lexicon.is_number(token.key) else CONTENT)


def _nearest(places: Sequence[int], last: int) -> Sequence[int]:
    """Give those of many places that are nearest to the word after `last`."""
    at = bisect_left(places, last + 1)
    return places[max(at - _PLACES // 2, 0) : at + _PLACES]


def traits(beside: Beside, sentence: Sequence[Word], doubts: Sequence[Doubt], senses: Senses) -> Iterator[str]:
    """Give all that is weighed of a sentence, with what its proof doubts."""
    words = [word for word in sentence if word.kind != _MARK]
    yield from _opened(words, sentence[-1].piece.word == "?")
    yield from _brought(words, senses)
    yield from _paired(sentence)
    yield from _bound(words, beside)
    yield from _counted(words, beside)
    yield f"doubts {min(len(doubts), _MOST)}"
    for doubt in doubts:
        yield from _doubted(doubt, words)


def _stem(word: Word) -> str:
    return word.piece.word[:STEM]


def _opened(words: Sequence[Word], asks: bool) -> Iterator[str]:
    """Give how a sentence opens and asks, and how much of it was never said."""
    said = [word for word in words if word.kind != _QUOTE]
    new = sum(word.kind in (CONTENT, NUMBER) and not word.stands for word in said)
    small = sum(word.kind not in (CONTENT, NUMBER) and not word.stands for word in said)
    yield f"new {min(new, _MOST)}"
    yield f"new small {min(small, _MOST)}"
    yield f"new of {8 * new // max(len(said), 1)}"
    yield f"^{' '.join(map(_stem, said[:2]))}"
    yield f"^{' '.join(map(_stem, said[:1]))}"
    if asks:
        yield from (f"?{_stem(word)}" for word in said)


def _brought(words: Sequence[Word], senses: Senses) -> Iterator[str]:
    """Give the words that were never said, by stem, kind and sense; and every small word."""
    for word in words:
        if word.kind not in (CONTENT, _QUOTE):
            yield f"={_stem(word)}"
        if word.kind != _QUOTE and not word.stands:
            yield f"+{_stem(word)}"
            yield f"+{word.kind}"
            yield from (f"+{word.kind}={sense}" for sense in senses.of_each((word.piece.word,))[0])


def _paired(sentence: Sequence[Word]) -> Iterator[str]:
    """Give how far apart the words stood with the member that now stand together."""
    one, comma = None, ""
    for other in sentence:
        if other.kind == _MARK:
            comma = ","
            continue
        if one is not None:
            yield from _pair(one, other, f"{one.kind}{other.kind}{comma}")
        one, comma = other, ""


def _pair(one: Word, other: Word, pair: str) -> Iterator[str]:
    if not (one.stands and other.stands):
        yield f"{pair} {bool(one.stands):d}{bool(other.stands):d}"
        return
    far = min(_far(here, there) for here in one.ends for there in other.stands)
    gap = next((name for most, name in _GAPS if far <= most), "x")
    yield f"{pair} {gap}"
    if far > 1:
        yield f"{gap}>{_stem(other)}"
        yield f"{gap}<{_stem(one)}"


def _far(here: int, there: int) -> int:
    """Give how far on a word stands; what stands before counts as further than all that comes after it."""
    return min(there - here, _BACK - 1) if there > here else _BACK + here - there


def _bound(words: Sequence[Word], beside: Beside) -> Iterator[str]:
    """Give the words of doubt and denial that were left where they stood, and those that came in or were kept."""
    here = sorted(word.at for word in words if word.at is not None)
    for at, lost in beside.lost:
        near = bisect_left(here, at + _NEAR + 1) - bisect_left(here, at - _NEAR)
        if near > 1:
            yield f"lost {lost}"
            yield f"lost by {min(near, _MOST)}"
    for number, word in enumerate(words):
        if word.kind in _BOUND:
            yield f"bound {word.piece.word} {bool(word.stands):d}"
            if word.at is not None:
                around = words[max(number - _NEAR, 0) : number + _NEAR + 1]
                near = sum(each.at is not None and abs(each.at - word.at) <= _NEAR + 1 for each in around) - 1
                yield f"bound by {near}"


def _counted(words: Sequence[Word], beside: Beside) -> Iterator[str]:
    """Give how much of it is quoted, and how often something is denied or caused, here and with the member."""
    quoted = [word.piece.token for word in words if word.kind == _QUOTE]
    length = sum(token.end - token.start for token in quoted)
    yield f"quoted {4 * length // max(sum(len(word.piece.word) + 1 for word in words) + length, 1)}"
    yield f"quotes {min(len(quoted), _MOST)}"
    for name, some in beside.weighty.items():
        here = sum(word.piece.word in some for word in words)
        yield f"{name} {min(here, _MOST)} {min(beside.counts[name], _MOST)}"


def _doubted(doubt: Doubt, words: Sequence[Word]) -> Iterator[str]:
    """Give what the proof doubts: its kind, its first words, and the word before them."""
    yield f"!{doubt.kind}"
    about = [n for n, word in enumerate(words) if doubt.start <= word.piece.token.start < doubt.end]
    yield f"!{doubt.kind} {min(len(about), _MOST)}"
    for n in about[:_MOST]:
        yield f"!{doubt.kind} {_stem(words[n])}"
        yield f"!{doubt.kind} {words[n].kind}{bool(words[n].stands):d}"
    if about and about[0]:
        yield f"!{doubt.kind}<{_stem(words[about[0] - 1])}"

"""A third voice: reads a few sentences as a whole, where the words alone leave a check in doubt.

It is the lower part of multilingual-e5-small (Wang and others, 2024, "Multilingual E5 Text Embeddings"; MIT, see
`encoder.md`), with the pieces of words that Danish and English need, taught on this project's own labelled sentences
(`python -m tests.encoder`). It runs on this computer alone: what it reads goes nowhere and is written nowhere.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import inf, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

HEADS = ("crisis", "nudge", "gate")
"""What it was taught to answer: is this danger, is this drift, does this stray from what was said."""
WEIGHTS = Path(__file__).with_name("weights")
"""Where what was learned lies, an array to a file."""
PARTS = ("looking", "seen", "wide", "narrow")
"""The parts of a layer that have weights."""
AT_MOST = 120
"""How many pieces of a text are read."""
LETTERS = 1200
"""How many characters are looked at for them."""
SURE = 5.5
"""How far from nought an answer counts: beyond it, it is sure enough."""
_WORD = 48
"""A longer word is cut: no language has it, and cutting it into pieces takes time for each letter."""
_BEGIN, _END, _UNKNOWN = 0, 1, 2
_HEADS_OF_ATTENTION = 12


class Pieces:
    """The pieces that words are cut into, and what each costs."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces) if number > _UNKNOWN}
        self._scores = scores
        self._worst = min(scores) - 10
        self._longest = max(map(len, pieces))
        self._known = lru_cache(1 << 14)(self.cut)

    def numbers(self, texts: Iterable[str]) -> Iterator[int]:
        """Give the numbers of the pieces that texts are read as, each with its end."""
        yield _BEGIN
        for text in texts:
            words = unicodedata.normalize("NFKC", text[:LETTERS]).split()
            yield from [number for word in words for number in self._known(f"▁{word[:_WORD]}")][:AT_MOST]
            yield _END

    def are_read(self, text: str) -> bool:
        """Say whether a text is read to its end."""
        return len(text) <= LETTERS and sum(1 for _ in self.numbers([text])) < AT_MOST + 2

    def cut(self, word: str) -> tuple[int, ...]:
        """Cut a word into the pieces that are likeliest together (Kudo, 2018, "Subword Regularization")."""
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(-inf, 0, 0)] * len(word)
        for at in range(len(word)):
            for end in range(at + 1, min(at + self._longest, len(word)) + 1):
                number = self._numbers.get(word[at:end], _UNKNOWN)
                if number != _UNKNOWN or end == at + 1:
                    score = self._worst if number == _UNKNOWN else self._scores[number]
                    best[end] = max(best[end], (best[at][0] + score, at, number))
        cut, end = [], len(word)
        while end:
            _, end, number = best[end]
            cut.append(number)
        return tuple(reversed(cut))


class Encoder:
    """What was learned, as its arrays hold it: they stay where they lie and are small numbers until they are used."""

    def __init__(self, held: Mapping[str, np.ndarray]) -> None:
        self.pieces = Pieces(held["pieces"].tobytes().decode("utf-8").split("\n"), held["scores"].tolist())
        self._words, self._word_units = held["words"], held["word_units"]
        self._places, self._norms = held["places"], held["norms"]
        self._within, self._after = held["within"], held["after"]
        self._heads, self._offsets = held["heads"], held["offsets"]
        self._parts = {name: tuple(held[f"{name}{of}"] for of in ("", "_units", "_offsets")) for name in PARTS}

    def weigh(self, head: str, *texts: str) -> float:
        """Give how sure the answer to a head's question is a yes, as log odds, no further from nought than `SURE`."""
        numbers = list(self.pieces.numbers(texts))
        flow = _evened(self._embedded(numbers) + self._places[: len(numbers)], *self._norms)
        for layer in range(len(self._within)):
            flow = self._through(layer, flow)
        answer = HEADS.index(head)
        return max(-SURE, min(SURE, float(self._heads[answer] @ flow.mean(0) + self._offsets[answer])))

    def _embedded(self, numbers: list[int]) -> np.ndarray:
        """Give what the pieces stand for; two small numbers share a byte, and 32 have one unit."""
        import numpy as np

        halves = self._words[numbers].reshape(len(numbers), -1, 16)
        whole = np.concatenate((halves & 15, halves >> 4), axis=2).astype("f4") - 8
        return (whole * self._word_units[numbers].astype("f4")[:, :, None]).reshape(len(numbers), -1)

    def _through(self, layer: int, flow: np.ndarray) -> np.ndarray:
        """Give what a text has become after a layer, from what it was before: a row for each piece.

        Each piece looks at all others, and is then thought over by itself.
        """
        import numpy as np

        many, size = flow.shape
        looking = self._put("looking", layer, flow).reshape(many, 3, _HEADS_OF_ATTENTION, -1)
        asked, known, told = looking.transpose(1, 2, 0, 3)
        look = asked @ known.transpose(0, 2, 1) / sqrt(size / _HEADS_OF_ATTENTION)
        look = np.exp(look - look.max(2, keepdims=True))
        seen = (look / look.sum(2, keepdims=True)) @ told
        seen = seen.transpose(1, 0, 2).reshape(many, size)
        flow = _evened(flow + self._put("seen", layer, seen), *self._within[layer])
        wide = self._put("wide", layer, flow)
        wide *= 0.5 * (1 + np.tanh(0.7978845608 * wide * (1 + 0.044715 * wide * wide)))
        return _evened(flow + self._put("narrow", layer, wide), *self._after[layer])

    def _put(self, name: str, layer: int, flow: np.ndarray) -> np.ndarray:
        """Put what flows through the weights of a part; made large a few at a time, they need little room and time."""
        import numpy as np

        weights, units, offsets = (array[layer] for array in self._parts[name])
        return np.concatenate([flow @ some.astype("f4") for some in weights], axis=1) * units + offsets


def _evened(flow: np.ndarray, scale: np.ndarray, offset: np.ndarray) -> np.ndarray:
    apart = flow - flow.mean(1, keepdims=True)
    return apart / (apart * apart).mean(1, keepdims=True) ** 0.5 * scale + offset


@cache
def encoder() -> Encoder | None:
    """Give the encoder that Vidne comes with, opened once; most of the time goes to numpy.

    None where it cannot be had: numpy asks more of a processor than an old one has, and a file can be damaged. What it
    reckons with is small: more than one core would wait for each other.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        import numpy as np

        return Encoder({file.stem: np.asarray(np.load(file, mmap_mode="r")) for file in WEIGHTS.glob("*.npy")})
    except Exception:  # whatever it is: the guard listens on, by the words alone
        return None


@lru_cache(256)
def weigh(head: str, *texts: str) -> float | None:
    """Give what the encoder answers, or None where there is none; the languages of a check ask the same."""
    reads = encoder()
    return reads.weigh(head, *texts) if reads else None

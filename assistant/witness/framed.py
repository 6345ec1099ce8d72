"""The form a language model's words must have before the gate is asked: the member's passages, quoted, and no more.

A member can write anything into an answer, also what a model should say; so what stands in the answer proves nothing
about words that are not in quotation marks. In them stand whole passages only, which have lost no negation, condition
or doubt (`passages`); around them one of the frames that Vidne's own giving back has (`forms.toml`).
"""

import re
from functools import cache
from itertools import pairwise
from typing import Literal

from assistant.witness.echo import forms
from assistant.witness.passages import WORTH, Answer
from assistant.witness.quotes import EDGES, alike, quotes
from assistant.witness.sentences import quoted, sentences, without_stop

Kind = Literal["reflect", "gather"]

FRAMES = ("quote", "image", "contrast", "order")
"""The forms that a model may use; a count it could get wrong."""
LONGEST = 80
"""How many words a passage may have; a model may choose longer ones than the echo does."""
_QUOTE = "\ufffc"
"""How a quote stands among the words."""
_WORD = re.compile(rf"[^\W_]+|{_QUOTE}")
_MARKS = re.compile(rf"[^\w\s.,:{_QUOTE}]")


def is_framed(text: str, said: str, kind: Kind, lang: str) -> bool:
    """Say whether `text` is nothing but passages of `said`, in their order: framed, or gathered line by line."""
    found = quotes(text)
    whole = _passages(said, lang)
    if not found or any(alike(quote.inside).strip(EDGES) not in whole for quote in found):
        return False
    places = [alike(said).find(alike(quote.inside).strip(EDGES)) for quote in found]
    if any(after <= before for before, after in pairwise(places)):
        return False
    if kind == "gather":
        return [text[quote.start : quote.end] for quote in found] == text.split("\n")
    for quote in reversed(found):
        text = f"{text[: quote.start]}{_QUOTE}{text[quote.end :]}"
    spans = sentences(text, lang, quoted(text))
    return not _MARKS.search(text) and all(_words(text[start:end]) in _frames(lang) for start, end in spans)


def framed(text: str, said: str, kind: Kind, turn: int, lang: str) -> str:
    """Give `text` framed as a quote, if it is nothing but a passage of `said`: small models forget the marks.

    The frames go by turns: `turn` counts the sentences before.
    """
    bare = text.strip()
    if '"' in bare or alike(bare).strip(EDGES) not in _passages(said, lang):
        return text
    frames = forms(lang)["quote"]
    return f'"{bare}"' if kind == "gather" else frames[turn % len(frames)].replace("{quote}", without_stop(bare))


def _passages(said: str, lang: str) -> frozenset[str]:
    """Give the passages that are worth quoting, without the marks at their edges."""
    found = (passage for passage in Answer(said, lang).passages(LONGEST) if passage.points >= WORTH)
    return frozenset(alike(passage.text).strip(EDGES) for passage in found)


@cache
def _frames(lang: str) -> frozenset[tuple[str, ...]]:
    table = forms(lang)
    return frozenset(_words(re.sub(r'"?\{\w+\}"?', _QUOTE, frame)) for name in FRAMES for frame in table[name])


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))

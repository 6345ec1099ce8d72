"""What an answer falls into: words, quoted speech and sentences; and the lists of words that something is known by.

Everything here reads an answer once, from its beginning to its end. Sloppy writing is as welcome as neat: a sentence
need not begin with a large letter, and `kl. 7.15`, `1. august` and `fru H.` end none.
"""

import re
import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from assistant.prompts import builtin_prompts

HEARD = 6000
"""Of a longer answer the last so many characters are heard: a thousand words; a story's point is at its end."""

Span = tuple[int, int]
"""A place in a text: where it begins, where it ends."""

WORD = re.compile(r"[^\W_]+(?:['’/-][^\W_]+)*")
_ENDS = re.compile(r"[.!?…]+|\n+")
_MARKS = re.compile(r"[\"“”„«»()\n]|(?<![^\W_])['‘](?=[^\W_])|(?<=[^\s(\[])['’](?![^\W_])")
_CLOSES = {"“": "”", "„": "“”", "»": "«", "«": "»", '"': '"”', "(": ")", "'": "'’", "‘": "’'"}
_BULLET = re.compile(r"[-*•–]\s+|\d{1,3}[.)]\s+|#+\s+|>\s*")
_STARTERS = frozenset("\"“„«»'‘([-–*#•@/>~")


class Words(list[str]):
    """The words of a text in lower case, with straight apostrophes."""

    def __init__(self, text: str) -> None:
        super().__init__(WORD.findall(text.lower().replace("’", "'")))
        self.plain = f" {' '.join(self)} "


class Cues:
    """A list of words and phrases, all in lower case, that something is known by."""

    def __init__(self, cues: Iterable[str]) -> None:
        self.single = frozenset(cue for cue in cues if " " not in cue)
        self.phrases: dict[str, list[str]] = defaultdict(list)
        for cue in cues:
            if " " in cue:
                self.phrases[cue.split()[0]].append(f" {cue} ")

    def within(self, words: Words) -> bool:
        """Say whether one of them is among `words`."""
        if not self.single.isdisjoint(words):
            return True
        firsts = self.phrases.keys() & set(words)
        return any(phrase in words.plain for first in firsts for phrase in self.phrases[first])

    def opening(self, words: Words) -> int:
        """Give how many of `words` the longest of them takes at the beginning; 0 for none."""
        if not words:
            return 0
        held = (len(phrase.split()) for phrase in self.phrases.get(words[0], ()) if words.plain.startswith(phrase))
        return max(held, default=int(words[0] in self.single))

    def are(self, words: Words) -> bool:
        """Say whether `words` are one of them, and nothing else."""
        return words.plain[1:-1] in self.single or any(words.plain in held for held in self.phrases.values())


@cache
def cues(lang: str) -> Mapping[str, Cues]:
    """Give the lists of `lang` by name, from `prompts/witness/LANG/passages.toml`."""
    table = tomllib.loads((builtin_prompts() / "witness" / lang / "passages.toml").read_text("utf-8"))
    return {name: Cues(cue.split() if isinstance(cue, str) else cue) for name, cue in table.items()}


def heard(text: str) -> str:
    """Give what is heard of an answer: all of it, or the end of a very long one, from a sentence's beginning."""
    if len(text) <= HEARD:
        return text
    end = text[-HEARD:]
    begin = next((match.end() for match in _ENDS.finditer(end)), 0)
    return end[begin:] if begin < HEARD // 2 else end.split(maxsplit=1)[-1]


def quoted(text: str) -> list[Span]:
    """Give the places of quoted speech and brackets, marks and all; one that does not close on its line is none."""
    spans: list[Span] = []
    opened: tuple[int, str] | None = None
    for match in _MARKS.finditer(text):
        mark = match.group()
        if mark == "\n":
            opened = None
        elif opened and mark in _CLOSES[opened[1]]:
            spans.append((opened[0], match.end()))
            opened = None
        elif not opened and mark in _CLOSES:
            opened = (match.start(), mark)
    return spans


def sentences(text: str, lang: str, spans: list[Span]) -> list[Span]:
    """Give the place of each sentence of `text`, without the space around it; `spans` are its quoted places.

    A line's end ends a sentence; a mark within quoted speech or brackets does only where they end with it.
    """
    starts = [start for start, _ in spans]
    found: list[Span] = []
    begin = 0
    for match in _ENDS.finditer(text):
        start, end = match.span()
        if end <= begin:
            continue
        inside = bisect_right(starts, start) - 1
        if inside >= 0 and start < spans[inside][1]:
            if spans[inside][1] > end + 1 or not _new_sentence(text, spans[inside][1]):
                continue
            end = spans[inside][1]
        elif text[start] != "\n" and not _ends_here(text, start, end, lang):
            continue
        end = _with_marks(text, end)
        _add(found, text, begin, end)
        begin = end
    _add(found, text, begin, len(text))
    return found


def _new_sentence(text: str, at: int) -> bool:
    """After a quotation that ends with a mark, a new sentence begins with a large letter, but not with `I`."""
    rest = text[at : at + 8].split(maxsplit=1)
    return not rest or (text[at].isspace() and rest[0][0].isupper() and not rest[0].startswith("I"))


def _ends_here(text: str, start: int, end: int, lang: str) -> bool:
    """Say whether the mark at `start` ends a sentence: not in `14.30`, `kl. 4`, `1. august`, `fru H.`."""
    if end < len(text) and not text[end].isspace() and text[end] not in "\"”’'»)":
        return not text[end].isalnum() and text[end] not in ",;:-–/.&=_"
    after = text[end : end + 3].lstrip()[:1]
    if text[start:end] != ".":
        return not (text[start] in ".…" and after.islower())
    before = text[max(start - 12, 0) : start].split()
    word = before[-1].lstrip("(\"'") if before else ""
    if word.lower() in cues(lang)["abbreviations"].single:
        return after.isupper() and word.lower() in cues(lang)["ending"].single
    if word.isdigit() and after.islower():
        return False
    return not (len(word) == 1 and word.isupper() and word not in "IÅ")


def _with_marks(text: str, end: int) -> int:
    """Take along an emoji or a closing mark that stands after the sentence's end, on the same line."""
    at = end
    while at < len(text) and text[at] != "\n" and not text[at].isalnum() and text[at] not in _STARTERS:
        at += 1
    return at


def _add(found: list[Span], text: str, begin: int, end: int) -> None:
    piece = text[begin:end]
    begin += len(piece) - len(piece.lstrip())
    if bullet := _BULLET.match(text, begin, end):
        begin = bullet.end()
    end = begin + len(text[begin:end].rstrip())
    if end > begin:
        found.append((begin, end))


def without_stop(quote: str) -> str:
    """Leave out a last full stop, so that the sentence around a quote can have its own."""
    return quote[:-1] if quote.endswith(".") and not quote.endswith("..") else quote

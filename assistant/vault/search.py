"""Finding what was written, however it was spelled or inflected; nothing here changes what is kept.

The index holds the words as they were written and nothing else, so writing needs no lemmas and erasing leaves none.
The work is done on the way in: each word that is looked for is compared with every word this vault holds, and those
that are the same word, longer ones that begin with it, and compounds that end with it, are looked up instead.
"""

import functools
import json
import re
from collections.abc import Callable, Collection, Set
from dataclasses import dataclass
from datetime import date, datetime

from assistant.text import clean
from assistant.vault.driver import Connection

Lemmas = Callable[[str], Collection[str]]
"""Gives the dictionary forms that a lower-case word may be a form of: `gik` to `gå`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place where the words were found."""

    sitting: int
    turn_at: datetime | None
    """When it was written."""
    day: date | None
    """The day it is for: the one it was written on, unless it is a line for another day."""
    guide: str
    step: str
    snippet: tuple[tuple[str, bool], ...]
    """The passage in pieces, in order, and whether each piece is what was looked for. Plain text, never markup."""


MOST_WORDS = 16
"""How many different words are looked for at once; those after them are left out, so that a paste ends soon."""
AROUND = 80
"""How many characters of a passage are given on each side of the first hit, less the word that would be cut."""
PREFIX = 3
"""From how many letters a word also finds the longer ones that begin with it."""
TAIL = 4
"""From how many letters a word also finds the compounds that end with it."""

LONGEST = 100
"""Up to how many letters: what is longer is no compound, and its ends are very many."""

_WORD = re.compile(r"[^\W_]+")


def search(connection: Connection, words: str, lemmas: Lemmas) -> tuple[Found, ...]:
    """Find the passages with all of `words` in them, the newest first; no words find nothing."""
    sought = tuple(dict.fromkeys(_WORD.findall(clean(words).lower())))[:MOST_WORDS]
    if not sought:
        return ()
    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, found, row)")
    vocabulary = [word for (word,) in connection.execute("SELECT term FROM temp.vocabulary")]
    alike = [set(filter(_alike(word, lemmas), vocabulary)) for word in sought]
    if not all(alike):
        return ()
    places = set.intersection(*(_places(connection, group) for group in alike))
    rows = connection.execute(
        """SELECT turns.sitting, turns.at, coalesce(json_extract(sittings.facts, '$.day'), substr(turns.at, 1, 10)),
               sittings.guide, turns.step, turns.text
           FROM turns JOIN sittings ON sittings.id = turns.sitting
           WHERE turns.id IN (SELECT value FROM json_each(?)) ORDER BY turns.id DESC""",
        (json.dumps(list(places)),),
    )
    hits = set().union(*alike)
    return tuple(
        Found(
            sitting,
            datetime.fromisoformat(at) if at else None,
            date.fromisoformat(day) if day else None,
            guide,
            step,
            _snippet(text, hits),
        )
        for sitting, at, day, guide, step, text in rows
    )


def _places(connection: Connection, group: Set[str]) -> set[int]:
    """Give the turns that any of `group` is in: word by word, because one long OR takes the square of its length."""
    # These are words of the index, letters and digits only: nothing of what was typed reaches FTS5.
    ask = "SELECT rowid FROM found WHERE found MATCH ?"
    return {turn for word in group for (turn,) in connection.execute(ask, (word,))}


# FTS5's own snippet() takes five seconds for a megabyte with the word on every line: it weighs each hit with each.
def _snippet(text: str, hits: Set[str]) -> tuple[tuple[str, bool], ...]:
    """Cut out what stands around the first hit, in pieces."""
    first = next((word for word in _WORD.finditer(text) if word.group().lower() in hits), None)
    hit, after = first.span() if first else (0, 0)
    start = 0 if hit <= AROUND else text.find(" ", hit - AROUND, hit) + 1 or hit
    end = len(text) if len(text) <= after + AROUND else max(text.rfind(" ", after, after + AROUND), after)
    pieces = [("…" if start else "", False)]
    for word in _WORD.finditer(text, start, end):
        if word.group().lower() in hits:
            pieces += [(text[start : word.start()], False), (word.group(), True)]
            start = word.end()
    pieces += [(text[start:end], False), ("…" if end < len(text) else "", False)]
    return tuple((piece, is_hit) for piece, is_hit in pieces if piece)


# Which words are the same

_ACCENTS = str.maketrans("áéíóúý", "aeiouy")


def fold(word: str) -> str:
    """Give a lower-case word in the one spelling that all its spellings share: `moede` is `møde`, `idé` is `ide`."""
    folded = word.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")
    return folded if folded.isascii() else folded.translate(_ACCENTS)


@functools.lru_cache(maxsize=1 << 16)  # more words than ten years have; the next search takes a third of the time
def _known(word: str, lemmas: Lemmas) -> tuple[str, frozenset[str]]:
    """Give a lower-case word as it is folded, and what it has in common with all its forms."""
    folded = fold(word)
    forms = (word,) if word == folded else (word, folded)
    return folded, frozenset([folded, *(fold(lemma) for form in forms for lemma in lemmas(form))])


def _alike(sought: str, lemmas: Lemmas) -> Callable[[str], bool]:
    """Give the function that says whether a word of the vault is `sought`, begins with it or ends with it."""
    spelled, roots = _known(sought, lemmas)
    begins = len(spelled) >= PREFIX
    ends = TAIL <= len(spelled) <= LONGEST
    head = spelled[:PREFIX]

    def is_alike(word: str) -> bool:
        folded, its_roots = _known(word, lemmas)
        return (
            not roots.isdisjoint(its_roots)
            or (begins and folded.startswith(spelled))
            or (ends and len(folded) <= LONGEST and head in folded and is_tail(folded))
        )

    def is_tail(word: str) -> bool:
        at = word.find(head, 1)
        while at > 0 and len(word) - at >= TAIL:
            if word[at:] == spelled or not roots.isdisjoint(_known(word[at:], lemmas)[1]):
                return True
            at = word.find(head, at + 1)
        return False

    return is_alike


@functools.cache
def _dictionaries() -> tuple:
    # 0.7 s and 200 MB: only where something is looked for, and once; the gate has its lemmas from the same.
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY as SHARED

    return SHARED.get_dictionary("da"), SHARED.get_dictionary("en")


_MISSED = {
    form: lemma
    for lemma, forms in {
        "binde": "bundet", "bryde": "brød", "byde": "bød", "drage": "drog draget", "drikke": "drukket",
        "falde": "faldet", "finde": "fundet", "flyve": "fløj", "fryse": "frøs", "hedde": "hed", "lade": "lod ladet",
        "le": "lo", "lyve": "løj løjet", "løbe": "løb løbet", "nyde": "nød", "ryge": "røg", "skyde": "skød",
        "skære": "skåret", "tage": "tog", "tale": "talte", "vide": "ved", "dårlig": "værre værst", "far": "fædre",
        "god": "godt gode", "ko": "køer", "lille": "mindst", "mange": "flest", "svær": "svært svære", "tand": "tænder",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Everyday forms that the Danish dictionary lacks, or takes for another word only. "så" and "for" are left out: they
are nearly always that other word."""


_ENDING = re.compile(r"(?<=[^\W\d_]{5})(?:ernes?|enes?|ens?|ets?|ers?|es?|ing|ed)$|(?<=[^\W\d_]{3})s$")
"""What an unknown word is likely to end with beside its own letters: names and long compounds are in no dictionary."""


def lemmas(word: str) -> Collection[str]:
    """Give the dictionary forms that a lower-case Danish or English word may be a form of."""
    danish, english = _dictionaries()
    found = [lemma for lemma in (danish.get(word), english.get(word), _MISSED.get(word)) if lemma]
    if word.endswith("er") and word[:-1] in (danish.get(f"{word[:-2]}te"), danish.get(f"{word[:-2]}ede")):
        found.append(word[:-1])  # "spiser" is a noun to the dictionary, and then never a form of "spise"
    return found or [_ENDING.sub("", word)]

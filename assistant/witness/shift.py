"""A sentence of the member's with its person shifted, `jeg` to `du`, only where the grammar makes it certain.

Danish verbs don't agree with their subject, so the pronouns are all of it; in English `am` and `was` follow. Where a
sentence has quoted speech, a second person, an ambiguous `we`, or a verb whose subject cannot be seen, there is no
shift, and the words are quoted as they stand.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[\W_]")
_NO_SHIFT = re.compile("[\"“”„»«?‘]|['’](?![^\\W_])|(?<![^\\W_])['’]|[\n\r]")

_SHIFTED: dict[str, dict[str, str]] = {
    "da": {"jeg": "du", "mig": "dig", "min": "din", "mit": "dit", "mine": "dine"},
    "en": {
        "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
        "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll",
    },
}  # fmt: skip
_VERBS = {"am": "are", "was": "were", "wasn't": "weren't"}
"""What follows an English `I` and agrees with it; shifted beside it only."""
_SUBJECTS = frozenset(("i", "i'm", "i've", "i'd", "i'll"))
"""One of these is there, or `my` or `me` opens the sentence; else a subject was left out, as in `Told my boss.`"""
_THIRD = {
    *("he", "she", "it", "that", "this", "there", "what", "which", "who", "one"),
    *("nobody", "everybody", "everyone", "someone", "something", "nothing", "everything"),
}
"""Subjects after which `was` is certainly not the member's."""
_STOPS: dict[str, set[str]] = {
    "da": {"du", "dig", "din", "dit", "dine", "jer", "jeres", "vi", "os", "vores", "hinanden"},
    "en": {
        *("you", "your", "yours", "yourself", "you're", "you've", "you'd", "you'll", "im", "ive", "oh", "god", "gosh"),
        *("we", "us", "our", "ours", "ourselves", "we're", "we've", "we'd", "we'll", "let's"),
    },
}
"""Words with which no shift is certain; `im` and `ive` are typed that way, and would be mended in passing."""
_NOUN_MINE = {"a", "the", "coal", "gold", "of"}


def shift(sentence: str, lang: str) -> str | None:
    """Give `sentence` with the member as `du` or `you`, first letter large; None where that is not certain."""
    if _NO_SHIFT.search(sentence):
        return None
    pieces = _PIECE.findall(sentence)
    words = [piece.lower().replace("’", "'") for piece in pieces if piece[0].isalnum()]
    own = _SHIFTED[lang]
    if not own.keys() & set(words) or _STOPS[lang] & set(words) or not _CERTAIN[lang](pieces, words):
        return None
    if any(len(piece) > 1 and piece.isupper() for piece in pieces):
        return None
    shifted = "".join(_shifted(pieces, words, lang))
    return shifted[0].upper() + shifted[1:]


def _shifted(pieces: list[str], words: list[str], lang: str) -> Iterator[str]:
    at = -1
    for piece in pieces:
        if not piece[0].isalnum():
            yield piece
            continue
        at += 1
        new = _SHIFTED[lang].get(words[at])
        if new is None and lang == "en" and words[at] in _VERBS and "i" in words[max(at - 1, 0) : at + 2]:
            new = _VERBS[words[at]]
        if new is None:
            yield piece
            continue
        new = new.replace("'", "’") if "’" in piece else new
        yield new


def _certain_danish(pieces: list[str], words: list[str]) -> bool:
    """The subject is there, and neither `I` (you all) nor `De` nor `30 min` is among the words."""
    if "jeg" not in words:
        return False
    held = [piece for piece in pieces if piece[0].isalnum()]
    if any(word in ("I", "De", "Dem", "Deres") for word in held[1:]):
        return False
    return not any(word == "min" and before.isdecimal() for before, word in pairwise(words))


def _certain_english(pieces: list[str], words: list[str]) -> bool:
    """Each `am` and `was` has its subject beside it, and `I`, `my` and `mine` are the member."""
    if words[0] not in ("my", "me") and _SUBJECTS.isdisjoint(words):
        return False
    held = [piece for piece in pieces if piece[0].isalnum()]
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        if word == "i" and after == "e":
            return False
        if word == "am" and "i" not in (before, after):
            return False
        if word in ("was", "wasn't") and "i" not in (before, after) and before not in _THIRD:
            return False
        if word in ("was", "wasn't") and after == "i" and before not in ("", "so", "nor", "how", "why", "where"):
            return False
        if word == "mine" and before in _NOUN_MINE:
            return False
        if word in ("i", "me") and after in ("too", "either") and before in ("", "and"):
            return False
        if held[at] == "I" and before and held[at - 1][:1].isupper() and at > 1 and held[at - 1] in ("War", "Part"):
            return False
    return True


_CERTAIN = {"da": _certain_danish, "en": _certain_english}

"""What is said of leaders in a text for the frame, and the name of the one who backs it. Pure.

In doubt a sentence is left out: the frame is read by everybody, and by the leader too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.guides.reading import values
from assistant.witness.sentences import quoted, sentences

TOLD = ("why_here", "mistakes", "change", "pressure", "also")
"""The steps at which people tell freely: what is said of leaders there stays out."""
_LEADERS = re.compile(
    r"\b(?:\w*leder\w*|\w*ledels\w*|\w*chef\w*|direkt(?:ør|ion)\w*|boss\w*|\w*leader\w*|manag\w*|director\w*|executive\w*"
    r"|overlæge\w*|(?:over|afdelings|chef)sygepl\w*|supervisor\w*|c[efot]o|vp|head of|chief\w*|forem[ae]n\w*"
    r"|form[aæ]nd\w*|mester(?:en)?s?|rektor\w*|forstander\w*|inspektør\w*|dekan\w*|principals?"
    r"|head ?(?:teacher|master|mistress)\w*)\b",
    re.IGNORECASE,
)
_NAME_WORDS = 6
"""How many words a leader's name and title may have; what is longer says more than a name."""
_TITLE_WORDS = 3
"""How many of them may be the title behind a comma."""
_OURS = re.compile(rf"^(?:vores|min|our|my|the)\s+(?:{_LEADERS.pattern}\s*)*", re.IGNORECASE)
"""What may stand before a leader's name, and is none of it."""
_NOBODY = (
    "ingen",
    "intet",
    "ikke",
    "nej",
    "ved",
    "nogen",
    "nobody",
    "no",
    "none",
    "not",
    "nothing",
    "somebody",
    "don't",
)
"""First words of what is no name, though it may begin with a large letter."""
_EVERYDAY = frozenset(
    word
    for said in ("bo dag liv glad sten sol maj mark ask eik per bjørn",
                 "will may june april grace hope faith joy rose bill jack art sue pat rich drew dawn guy frank ray rob")
    for word in said.split()
)  # fmt: skip
"""Names that are everyday words too: they are names only with a large letter."""


def only_name(text: str) -> str:
    """Give the name, with its title, in what was written of who backs the frame; "" where none is.

    What else was said of them is left out.
    """
    line = next(iter(_OURS.sub("", text.strip()).splitlines()), "").strip()
    name, _, title = line.partition(",")
    if title and (len(title.split()) > _TITLE_WORDS or not _LEADERS.search(title)):
        line = name.strip()
    fits = len(line) <= values.NAME and len(line.split()) <= _NAME_WORDS and not values.is_told(line)
    nobody = next(iter(re.findall(r"[\w']+", line.casefold())), "") in _NOBODY
    return line if fits and line[:1].isupper() and not nobody else ""


def names_in(champion: str) -> tuple[str, ...]:
    """Give the words that name the one who backs the frame: without the title behind a comma."""
    name = champion.partition(",")[0]
    return tuple(word for word in re.findall(r"\w[\w'’-]*", name) if word[0].isupper())


def without_leaders(text: str, lang: str, names: Iterable[str] = ()) -> str:
    """Give `text` without its sentences about leaders, or about one of those who bear these `names`."""
    kept, at = [], 0
    for start, end in left_out(text, lang, names):
        kept.append(text[at:start])
        at = end
    return re.sub(r"[^\S\n]*\n\s*", "\n", "".join([*kept, text[at:]])).strip() if at else text.strip()


def left_out(text: str, lang: str, names: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Give the places of the sentences that stay out, each with the space behind it."""
    named = [pattern for word in _words(names) if (pattern := _named(word))]
    found = []
    for start, end in sentences(text, lang, quoted(text)):
        sentence = text[start:end]
        if _LEADERS.search(sentence) or any(pattern.search(sentence) for pattern in named):
            found.append((start, end + len(text[end:]) - len(text[end:].lstrip())))
    return found


def _words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in re.findall(r"\w[\w-]*", name) if len(word) > 1}


def _named(word: str) -> re.Pattern[str]:
    """Give what finds somebody of that name, genitive and all."""
    first = re.escape(word)
    if word.casefold() in _EVERYDAY:
        return re.compile(rf"(?<!\w){re.escape(word.capitalize())}(?:['’]?s|['’])?(?!\w)")
    return re.compile(rf"(?<!\w){first}(?:['’]?s|['’])?(?!\w)", re.IGNORECASE)

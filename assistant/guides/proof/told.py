"""What a language model is told may not ask it to coach: it is there to give somebody's words back, and no more.

Nothing that it writes otherwise would be shown, so this guards no member: it tells who wrote the instruction.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from assistant.guides.fault import Flaw
from assistant.guides.proof.spoken import coaching
from assistant.messages import Lang
from assistant.witness.rules import Finding
from assistant.witness.sentences import sentences

_MORE: dict[Lang, re.Pattern[str]] = {
    "da": re.compile(
        r"\b(?:gode? råd|råd(?:giv\w*)?|anbefal\w*|foreslå\w*|forslag|ros|ros(?:e|er)|anerkend\w*|opmuntr\w*|"
        r"motiver\w*|trøst\w*|berolig\w*|fortolk\w*|analyser\w*|forklar\w*|bedøm\w*|vurder\w*|coach\w*|løs(?:ning\w*)?|"
        r"handleplan\w*|næste skridt|diagno\w*)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:advice|advis\w+|recommend\w*|suggest\w*|prais\w*|applaud\w*|encourag\w*|motivat\w*|comfort\w*|"
        r"reassur\w*|interpret\w*|analy[sz]\w*|explain\w*|explanation\w*|assess\w*|evaluat\w*|coach\w*|solutions?|solve|"
        r"action plans?|next steps?|diagnos\w*)\b",
        re.IGNORECASE,
    ),
}
"""Words for what a witness does not do, in an instruction."""
_NOT: dict[Lang, re.Pattern[str]] = {
    "da": re.compile(r"\b(?:ikke|ingen|intet|aldrig|hverken|uden|undlad|undgå|heller)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:not|no|never|nothing|neither|nor|without|avoid)\b|n't\b", re.IGNORECASE),
}
"""What turns a sentence into one that forbids it."""


def told_flaws(text: str, lang: Lang, judge: Callable[[str], Iterable[Finding]]) -> Iterator[Flaw]:
    """Give what is wrong with an instruction; `judge` is the guard's look at fixed words."""
    found = [(f.start, f.end, "coaching", coaching(text, f)) for f in judge(text)]
    for start, end in sentences(text, lang, []):
        if not _NOT[lang].search(text, start, end):
            for more in _MORE[lang].finditer(text, start, end):
                found.append((*more.span(), "told_to_coach", {"words": more.group()}))
    for start, end, key, values in sorted(found, key=lambda place: place[:3]):
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        yield Flaw(key, values, line, column, end - start, lang=lang)

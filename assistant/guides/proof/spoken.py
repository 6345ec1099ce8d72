"""How a text sounds to who is asked: whether it coaches, whether it is one question, how long it takes to read aloud.

Each way a text is read is judged, and what is found is led back to where its words stand.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from math import ceil

from assistant.guides.fault import Flaw
from assistant.guides.sandbox.marked import Reading
from assistant.witness.quotes import quotes
from assistant.witness.rules import Finding
from assistant.witness.sentences import quoted, sentences

WORDS_A_MINUTE = 150
"""The pace of reading aloud, calmly, in a room."""
LONGEST_ALOUD = 40
"""How many seconds a text may take at that pace: a hundred words."""

Judge = Callable[[str], Iterable[Finding]]
"""The guard's look at fixed words: see `assistant.witness.gate.Gate.wording`."""
ASKS_A_NUMBER = {"da": "da.goal-push.skala", "en": "en.goal-push.scale"}
"""The rule that hears a number being asked for. A group may: the answer is kept as words and nothing is made of it."""
SEVERAL = {"da": "da.question-form.flere", "en": "en.question-form.several"}
"""The rule that hears several questions at once."""
BIDS = {"da": "da.advice.byder", "en": "en.advice.bid"}
"""The rule that hears somebody told to do something: "Sæt dig selv på en skala" asks for a number."""


def heard(
    readings: Iterable[Reading], sources: dict[str, str], lang: str, judge: Judge, asks: bool = True
) -> Iterator[Flaw]:
    """Give what is wrong with how a text sounds, each thing once.

    `sources` are the text, named "", and its pieces; `asks` says whether it is a question.
    """
    found: dict[tuple, Flaw] = {}
    for reading in readings:
        for flaw in _heard(reading, sources, lang, judge, asks):
            found.setdefault((flaw.key, flaw.values.get("rule"), flaw.piece, flaw.line, flaw.column), flaw)
    once = {flaw.key: flaw for flaw in reversed(found.values()) if flaw.key == "too_long_aloud"}
    yield from (flaw for flaw in found.values() if once.get(flaw.key, flaw) is flaw)


def seconds_aloud(text: str) -> int:
    """Give how long it takes to read a text aloud."""
    return ceil(len(text.split()) * 60 / WORDS_A_MINUTE)


def coaching(text: str, finding: Finding) -> dict[str, str]:
    """Give what a sentence about a finding of the guard says."""
    words = text[finding.start : finding.end]
    return {"words": words, "why": finding.why, "rule": finding.rule, "category": finding.category}


def _heard(reading: Reading, sources: dict[str, str], lang: str, judge: Judge, asks: bool) -> Iterator[Flaw]:
    text, forms = reading.text, False
    for finding in _unasked(text, list(judge(text)), lang):
        forms |= finding.category == "question-form"
        key = "two_questions" if finding.rule == SEVERAL[lang] else "coaching"
        flaw = _flaw(key, coaching(text, finding), reading, sources, finding.start, finding.end)
        yield replace(flaw, lang=lang)
    marks = _question_marks(text) if asks and not forms else []
    if len(marks) > 1:
        places = sentences(text, lang, quoted(text))
        begins = next((start for start, end in places if start <= marks[1] < end), marks[1])
        yield _flaw("two_questions", {}, reading, sources, begins, marks[1] + 1)
    if (seconds := seconds_aloud(text)) > LONGEST_ALOUD:
        values = {"seconds": str(seconds), "most": str(LONGEST_ALOUD), "pace": str(WORDS_A_MINUTE)}
        yield Flaw("too_long_aloud", values)


def _unasked(text: str, findings: list[Finding], lang: str) -> Iterator[Finding]:
    """Leave out what is found only because a number is asked for."""
    numbers = [finding for finding in findings if finding.rule == ASKS_A_NUMBER[lang]]
    places = [place for place in sentences(text, lang, quoted(text)) if numbers]
    asked = [place for place in places if any(place[0] <= number.start < place[1] for number in numbers)]
    for finding in findings:
        bid = finding.rule == BIDS[lang] and any(start <= finding.start < end for start, end in asked)
        if not bid and finding not in numbers:
            yield finding


def _question_marks(text: str) -> list[int]:
    """Give where the questions end that are Vidne's own: what stands in quotation marks is somebody's."""
    held = [(quote.start, quote.end) for quote in quotes(text)]
    marks = [at for at, letter in enumerate(text) if letter == "?" and text[at + 1 : at + 2] != "?"]
    return [at for at in marks if not any(start <= at < end for start, end in held)]


def _flaw(key: str, values: dict[str, str], reading: Reading, sources: dict[str, str], start: int, end: int) -> Flaw:
    piece, at, width = reading.place(start, end)
    before = sources.get(piece, "")[:at]
    line, column = before.count("\n") + 1, at - before.rfind("\n")
    return Flaw(key, values, line, column, width, piece=piece)

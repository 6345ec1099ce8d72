"""What of a member's earlier words a new sitting may show again: last week's thread, an older word, old lines.

Only answers come back, in their latest wording. What was written where something else filled the member, or near the
help lines, is of another kind of turn and never reaches this file's choices.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.guides.events import Turn
from assistant.guides.facts import Facts, OlderWords
from assistant.guides.guide import Guide
from assistant.messages import Messages
from assistant.witness.echo import passage

YEAR = timedelta(days=370)
"""How far back anything comes from: the year that a community follows, and a few days for a late last journal."""
THREAD_DAYS = 21
"""How old last week's words may be, in days; a holiday lies between sometimes."""
OLDER_DAYS = (60, 120)
"""How old an older word is, in days: at least, and about."""
OLD_LINES = 9
"""How many old lines a member picks from."""
OLD_LINE_WORDS = 25
"""How long an old line may be, in words."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier sitting: when it began, and the member's latest answer at each step."""

    began: datetime
    answers: Mapping[str, str]


def latest_answers(turns: Iterable[Turn]) -> dict[str, str]:
    """Give the latest answer at each step."""
    said = {turn.step: turn.text for turn in turns if turn.kind in ("answered", "skipped")}
    return {step: text for step, text in said.items() if text}


def year_week(began: date, today: date) -> tuple[int, int]:
    """Give the week and the month of a member's year, both counted from 1."""
    months = (today.year - began.year) * 12 + today.month - began.month - (today.day < began.day)
    return max(0, (today - began).days) // 7 + 1, max(0, months) + 1


def recall(
    guide: Guide,
    earlier: Sequence[Earlier],
    *,
    first: bool,
    name: str | None,
    began: date,
    at: datetime,
    messages: Messages,
) -> Facts:
    """Give the facts of a sitting of `guide` that begins at `at`.

    `earlier` are its sittings in the `YEAR` before, newest first; `first` says that there never was one.
    """
    week, month = year_week(began, at.date())
    return Facts(
        name=name,
        week=week,
        month=month,
        first=first,
        thread=_thread(guide, earlier, at, messages.lang),
        older=_older(earlier, at, messages),
        old_lines=_old_lines(guide, earlier, messages.lang) if _picks_old_lines(guide, month) else (),
    )


def _lines(guide: Guide, sitting: Earlier, lang: str) -> list[str]:
    """The passages of a sitting that can stand alone, the later steps' first: there the words are more settled."""
    steps = [step.id for step in guide.steps if step.reflect and step.kind == "ask"]
    answers = [sitting.answers[step] for step in reversed(steps) if sitting.answers.get(step)]
    return [line for answer in answers if (line := passage(answer, lang, OLD_LINE_WORDS))]


def _thread(guide: Guide, earlier: Sequence[Earlier], at: datetime, lang: str) -> str | None:
    if not earlier or at - earlier[0].began > timedelta(days=THREAD_DAYS):
        return None
    lines = _lines(guide, earlier[0], lang)
    return lines[0] if lines else None


def _older(earlier: Sequence[Earlier], at: datetime, messages: Messages) -> OlderWords | None:
    least, about = OLDER_DAYS
    old = [item for item in earlier if item.answers.get("naming") and (at - item.began).days >= least]
    for sitting in sorted(old, key=lambda sitting: (abs((at - sitting.began).days - about), sitting.began)):
        if words := passage(sitting.answers["naming"], messages.lang, OLD_LINE_WORDS):
            return OlderWords(month=messages(f"month.{sitting.began.month}"), words=words)
    return None


def _picks_old_lines(guide: Guide, month: int) -> bool:
    stage = guide.stage(month, {"old_lines": True})
    return any(step.needs == "old_lines" and (not step.stages or stage in step.stages) for step in guide.steps)


def _old_lines(guide: Guide, earlier: Sequence[Earlier], lang: str) -> tuple[str, ...]:
    """One line of each sitting, oldest first, spread evenly over the year."""
    firsts = [lines[0] for sitting in reversed(earlier) if (lines := _lines(guide, sitting, lang))]
    every = max(1, len(firsts) / OLD_LINES)
    return tuple(dict.fromkeys(firsts[int(n * every)] for n in range(min(OLD_LINES, len(firsts)))))

"""What a member carries to a meeting: lines they wrote, chosen one by one, word for word, and nothing unseen.

What was written where something else filled the member, or near the help lines, is no answer, and is never offered;
nor is an answer that is only a no.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from assistant.circle.items import Attendance, Passage
from assistant.sittings import practice
from assistant.sittings.gathered import passages, upcoming
from assistant.sittings.recollection import latest_answers
from assistant.text import clean, is_blank
from assistant.trouble import Trouble
from assistant.witness.sentences import quoted, sentences

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.circle.page import CharterPage
    from assistant.circle.view import Entry
    from assistant.messages import Messages
    from assistant.vault.vault import Vault
    from assistant.witness.telling import Telling

WEEKLY = "weekly"
BACK = timedelta(weeks=9)
"""How far back lines are offered from: a month, and the one before it, if that meeting was missed."""
MOST = 8000
"""Characters that one passage may have; four pages."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that may be carried."""

    day: date
    """The day it was written."""
    text: str
    answer: int
    """Which answer it stands in; lines of one answer that stand together are carried as they stand."""
    start: int
    """Where it begins in its answer."""
    end: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage that was chosen, and is not shared yet."""

    text: str
    """What others would see, word for word."""
    written: date


def offered(
    vault: Vault, lang: str, today: date, is_no: Callable[[str], bool] = is_blank
) -> tuple[tuple[Line, ...], Callable[[int], str]]:
    """Give the lines that may be carried, the latest week first, and each week in its own order; and a way to the
    whole of each answer. `is_no` says of an answer that there is nothing in it to carry."""
    answers: list[tuple[date, str]] = []
    since = today - BACK
    for sitting in vault.sittings(WEEKLY):
        day = sitting.began.date()
        if day >= since:
            said = latest_answers(vault.turns(sitting.id)).values()
            answers += [(day, text) for text in said if not is_no(text)]
    days = [(day, turn.text) for day, turn in vault.lines(practice.GUIDE) if day >= since and not is_no(turn.text)]
    answers += reversed(days)
    lines = [
        Line(day, text[start:end], number, start, end)
        for number, (day, text) in enumerate(answers)
        for start, end in sentences(text, lang, quoted(text))
    ]
    return tuple(lines), lambda number: answers[number][1]


def chosen(lines: Sequence[Line], numbers: Collection[int], whole: Callable[[int], str]) -> tuple[Choice, ...]:
    """Give the passages of the lines with these numbers, counted from 0: what stands together stays together."""
    found: list[list[Line]] = []
    for number in sorted(numbers):
        line = lines[number]
        if found and number - 1 in numbers and found[-1][-1].answer == line.answer:
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(Choice(whole(run[0].answer)[run[0].start : run[-1].end], run[0].day) for run in found)


def numbers(text: str, many: int) -> tuple[int, ...] | None:
    """Read which lines are meant, counted from 1: `3, 5-7`; None where it cannot be read. They come counted from 0."""
    found: set[int] = set()
    for part in text.replace(",", " ").replace("–", "-").split():
        first, dash, last = part.partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()) or len(part) > 9:
            return None
        begins, ends = int(first), int(last if dash else first)
        if not 1 <= begins <= ends <= many:
            return None
        found |= set(range(begins - 1, ends))
    return tuple(sorted(found)) if found else None


def share(circle: Circle, choice: Choice, month: str, danger: Callable[[str], object]) -> str:
    """Share a passage as it stands, and give its item.

    Raises:
        Trouble: when there is nothing in it, it is too long, or it speaks of danger: that goes to a human being, and
            not to a meeting. It is not shared then.
    """
    text = clean(choice.text).strip()
    if is_blank(text):
        raise Trouble("carry_blank")
    if len(text) > MOST:
        raise Trouble("carry_long", most=MOST)
    if danger(text):
        raise Trouble("carry_danger")
    return circle.share(Passage(text=text, month=month, written=choice.written)).id


def carried(circle: Circle, day: date) -> tuple[Entry[Passage], ...]:
    """Give what this member carries to the meeting of a day."""
    return tuple(entry for entry in passages(circle.view, circle.me.name, day) if entry.by == circle.me.key)


def ready(circle: Circle, month: str, state: str) -> bool:
    """Say of a meeting that this member is `ready`, or `away`; give whether everyone is ready now."""
    circle.attend(Attendance(month=month, state=state))
    return circle.view.everyone_ready(month)


class Desk:
    """A member's own desk before a meeting: what they may carry, what they carry, and how it looks to the others."""

    def __init__(
        self,
        circle: Circle,
        vault: Vault,
        messages: Messages,
        today: date,
        *,
        danger: Callable[[str], object],
        telling: Telling,
    ) -> None:
        """Sit down on a day; `danger` hears it in a text, and `telling` what tells of somebody else."""
        self._circle = circle
        self._messages = messages
        self._danger = danger
        self._telling = telling
        self.day = upcoming(circle.view, today)
        """The day of the meeting, as far as it is known."""
        self.lines, self._whole = offered(vault, messages.lang, today, telling.is_no)

    @property
    def month(self) -> str:
        """The meeting's month, as items name it."""
        return f"{self.day:%Y-%m}"

    def chosen(self, said: str | Collection[int]) -> tuple[Choice, ...] | None:
        """Give the passages of the lines that somebody named; None where that cannot be read."""
        which = numbers(said, len(self.lines)) if isinstance(said, str) else tuple(said)
        return chosen(self.lines, which, self._whole) if which else None

    def points(self, text: str) -> tuple[str, ...]:
        """Give, in sentences, what of a text may tell the others of somebody who is not in the room."""
        view = self._circle.view
        known = {member.name for member in view.members} | {
            place.name for place in (view.charter.places if view.charter else ())
        }
        found: dict[str, dict[str, None]] = {}
        for point in self._telling.points(text, self._messages.lang, known):
            found.setdefault(point.what, {})[point.words(text)] = None
        return tuple(self._messages(f"carry.point_{what}", words=", ".join(words)) for what, words in found.items())

    def put(self, choice: Choice, old: str, new: str) -> Choice:
        """Say something in a passage in another way, such as "a colleague" for a name."""
        return Choice(choice.text.replace(old, new), choice.written)

    def share(self, choice: Choice) -> str:
        """Share a passage.

        Raises:
            Trouble: when it was not.
        """
        return share(self._circle, choice, self.month, self._danger)

    def carried(self) -> tuple[Entry[Passage], ...]:
        """Give what the member carries."""
        return carried(self._circle, self.day)

    def take_back(self, number: int) -> None:
        """Take back what the member carries, by its number, counted from 0.

        Raises:
            Trouble: when there is no such passage, or a trace of it could not be removed yet.
        """
        entries = self.carried()
        if not 0 <= number < len(entries):
            raise Trouble("carry_no_such", many=len(entries))
        self._circle.withdraw(entries[number].id)

    def say(self, state: str) -> bool:
        """Say that the member is `ready`, or `away`; give whether everyone is ready."""
        return ready(self._circle, self.month, state)

    @property
    def everyone(self) -> bool:
        """Whether everyone is ready; who is not, nobody can ask."""
        return self._circle.view.everyone_ready(self.month)

    def dated(self, day: date) -> str:
        """Give a day as a person says it."""
        return self._messages("screen.day", day=day.day, month=self._messages(f"month.{day.month}"), year=day.year)

    def sheet(self) -> CharterPage:
        """Give what the member carries as a page: word for word, with the days it was written."""
        from assistant.circle.page import CharterPage, Entry, Section, Wording

        entries = tuple(
            Entry(self.dated(entry.body.written), (Wording(entry.body.written, entry.body.text),))
            for entry in self.carried()
        )
        return CharterPage(
            lang=self._messages.lang,
            title=self._messages("carry.sheet", day=self.dated(self.day)),
            group=self._circle.me.name,
            lead=(),
            sections=(Section(self._circle.name, entries),) if entries else (),
            first=lambda day: "",
            later=lambda day: "",
        )

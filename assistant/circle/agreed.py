"""What the kept turns of a kickoff, or of a quarter's look at the frame, amount to: a charter. Pure.

Only a step that says `charter` in its guide comes into it, in its latest wording. What was written near the help lines
is of another kind of turn and never comes here; a sentence about leaders is left out of what is said of the conditions.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from assistant.circle.charter import Charter, Dates, Place
from assistant.guides.events import Turn
from assistant.guides.guide import Guide, base
from assistant.guides.leaders import TOLD, left_out, names_in, only_name, without_leaders
from assistant.guides.reading import times, values
from assistant.guides.reading.understood import Often, rhythm
from assistant.guides.seats import Seat, number
from assistant.guides.state import State
from assistant.guides.wanted import line

FIELDS = ("champion", "model", "helplines", "helplines_own", "shared_skill", "zone", "first_day", "first_time")
"""The steps whose answer has a field of its own."""
BOSSES = "boss_who"
"""The step at which it is said who at the table decides over another; it is in no charter."""


def agreed(guide: Guide, turns: Sequence[Turn], lang: str, before: Charter | None = None) -> Charter | None:
    """Give the charter that a sitting of `guide` agreed, `before` it being the one that stood; None if nobody sat."""
    state = _folded(guide, turns)
    return _Agreed(guide, state, turns, before).charter(lang) if state.seats else None


def stays_out(guide: Guide, turns: Sequence[Turn], step: str, lang: str, before: Charter | None = None) -> int:
    """Give how many sentences of the answer at a step are not in the charter, since they are about leaders."""
    return _Agreed(guide, _folded(guide, turns), turns, before).left_out(step, lang)


def bosses(state: State) -> tuple[str, ...]:
    """Give the names of those at the table who decide over another, if somebody said so."""
    said = state.answers.get(BOSSES, "") if BOSSES in state.course else ""
    return tuple(person.name for person in values.people(said))


def host(guide: Guide, turns: Sequence[Turn]) -> str:
    """Give the name of whose computer a sitting was typed at; "" if nobody said."""
    return _folded(guide, turns).answers.get("host", "")


def of_others(guide: Guide, turns: Sequence[Turn], mine: Collection[str]) -> tuple[str, ...]:
    """Give the steps at which others than those called `mine` said something of their own, or somebody was named for
    the sake of the frame alone, as they are kept."""
    wanted = {name.casefold() for name in mine}
    seats = {seat.number for seat in _folded(guide, turns).seats if seat.name.casefold() in wanted}
    named = {step.id for step in guide.steps if step.kind == "members"}
    said = dict.fromkeys(turn.step for turn in turns if turn.text)
    return tuple(step for step in said if (step in named if number(step) is None else number(step) not in seats))


def _folded(guide: Guide, turns: Sequence[Turn]) -> State:
    state = State.begun(guide, [step.id for step in guide.steps])
    for turn in turns:
        state = state.after(turn)
    return state


class _Agreed:
    """One sitting's answers, beside what stood before it."""

    def __init__(self, guide: Guide, state: State, turns: Sequence[Turn], before: Charter | None) -> None:
        self._guide = guide
        self._state = state
        self._turns = turns
        self._before = before

    def charter(self, lang: str) -> Charter:
        before = self._before
        days = [turn.at.date() for turn in self._turns if turn.at]
        champion = self._champion
        return Charter(
            group=self._answer("group") or (before.group if before else ""),
            lang=lang,
            agreed=days[-1] if days else date.min,
            places=self._places(lang),
            words={**(before.words if before else {}), **self._words(lang, self._leaders(champion))},
            reminder=self._answer("reminder") or (before.reminder if before else ""),
            shared_skill=self._answer("shared_skill") or (before.shared_skill if before else ""),
            model_allowed=self._yes("model", before.model_allowed if before else False),
            champion=champion,
            helplines_checked=self._checked(),
            helplines_own=self._answer("helplines_own") or (before.helplines_own if before else ""),
            dates=self._dates(),
        )

    def _answer(self, step: str) -> str:
        """Give what was answered at a step, as far as it is a line of the frame."""
        said = self._state.answers.get(step, "")
        asked = next((each for each in self._guide.steps if each.id == base(step)), None)
        return line(asked, said) if asked else said.strip()

    def _yes(self, step: str, otherwise: bool) -> bool:
        said = values.yes(self._answer(step))
        return otherwise if said is None else said

    def _leaders(self, champion: str) -> tuple[str, ...]:
        """Give the names of those of whom nothing is said in the frame: who backs it, and who decides over another."""
        return (*names_in(champion), *bosses(self._state))

    def left_out(self, step: str, lang: str) -> int:
        """Give how many sentences of what was answered at a step stay out, since they are about leaders."""
        names = self._leaders(self._champion)
        return len(left_out(self._answer(step), lang, names)) if base(step) in TOLD else 0

    def _words(self, lang: str, leaders: Sequence[str]) -> dict[str, str]:
        steps = [step.id for step in self._guide.steps if step.charter and not step.each and step.id not in FIELDS]
        words = {step: self._answer(step) for step in steps}
        words |= {step: without_leaders(words[step], lang, leaders) for step in TOLD if step in words}
        return {step: text for step, text in words.items() if text}

    @property
    def _champion(self) -> str:
        named = only_name(self._answer("champion"))
        if named:
            return named
        return self._before.champion if self._before else ""

    def _places(self, lang: str) -> tuple[Place, ...]:
        """Give everybody's place: those who stood before in their order, with what they said now, and then the new."""
        seats = {seat.name.casefold(): seat for seat in self._state.seats}
        stood = self._before.places if self._before else ()
        places = [self._place(seats.pop(place.name.casefold(), None), place, lang) for place in stood]
        return (*places, *(self._place(seat, Place(name=seat.name), lang) for seat in seats.values()))

    def _place(self, seat: Seat | None, before: Place, lang: str) -> Place:
        if seat is None:
            return before
        said = {
            step.id: self._answer(f"{step.id}:{seat.number}")
            for step in self._guide.steps
            if step.each and step.charter and step.id in Place.model_fields
        }
        leaders = self._leaders(self._champion)
        said |= {step: without_leaders(said[step], lang, leaders) for step in TOLD if step in said}
        said = {step: text for step, text in said.items() if text}
        away = seat.away and not said and (before.away or self._before is None)
        return before.model_copy(update={"away": away, **said})

    def _checked(self) -> date | None:
        checked = self._before.helplines_checked if self._before else None
        asked_at = self._answered_at("helplines")
        return asked_at.date() if asked_at and values.yes(self._answer("helplines")) else checked

    def _dates(self) -> Dates | None:
        before = self._before.dates if self._before else None
        new = self._first_meeting()
        first = new or (before.first_meeting if before else None)
        zone = values.zone(self._answer("zone")) or (before.zone if before else None)
        if not first or not zone:
            return None
        # Where there were no dates, what they need may have been said then.
        stood = self._before.words if self._before and not before else {}
        monthly, pairs, months, journal = (
            self._answer(step) or stood.get(step, "") for step in ("monthly", "pairs", "months", "journal_day")
        )
        meet, two = self._rhythm("monthly"), self._rhythm("pairs")
        changed = {
            "first_meeting": first,
            "zone": zone,
            "meetings_per_month": meet.times,
            "meeting_months": meet.months,
            "meeting_weeks": meet.weeks,
            "meeting_minutes": values.amount(monthly, "minutes"),
            "meets_last": _is_last(monthly, first) if new else None,
            "months": values.amount(months, "months"),
            "journal_weekday": values.weekday(journal),
            "journal_time": values.clock(journal),
            "pairs_per_month": two.times,
            "pair_months": two.months,
            "pair_weeks": two.weeks,
            "pair_minutes": values.amount(pairs, "minutes"),
        }
        known = before.model_dump() if before else {"journal_weekday": None}
        return Dates(**known | {name: value for name, value in changed.items() if value is not None})

    def _rhythm(self, step: str) -> Often:
        """Give how often the words say that something is, the ones before where the new ones don't; else never."""
        before = self._before.words.get(step, "") if self._before else ""
        return rhythm(self._answer(step)) or rhythm(before) or Often(times=0)

    def _answered_at(self, step: str) -> datetime | None:
        """Give when a step was answered last."""
        at = [turn.at for turn in self._turns if turn.kind == "answered" and turn.step == step and turn.at]
        return at[-1] if at else None

    def _first_meeting(self) -> datetime | None:
        asked_at = self._answered_at("first_day")
        at = values.begins(self._state.answers, "first_day") or values.clock(self._answer("first_time"))
        day = values.day(self._answer("first_day"), asked_at.date()) if asked_at else None
        return datetime.combine(day, at) if day and at else None


def _is_last(monthly: str, first: datetime) -> bool:
    """Say whether the meetings are on the month's last of a weekday: by the words, where the first day is one."""
    return times.in_month(monthly) == (times.LAST, first.weekday()) and times.is_last(first.date())


def stands(charters: Sequence[Charter], step: str, member: str | None, yes_or_no: tuple[str, str]) -> str | None:
    """Give what the latest of `charters` says at a step, of `member` if one is asked; None where it says nothing."""
    return _said(charters[-1], step, member, yes_or_no) if charters else None


def first_words(charters: Sequence[Charter], step: str, member: str | None, yes_or_no: tuple[str, str]) -> str | None:
    """Give what it said first, if that was something else."""
    said = [_said(charter, step, member, yes_or_no) for charter in charters]
    first = next((text for text in said if text), None)
    return first if first and first != said[-1] else None


def _said(charter: Charter, step: str, member: str | None, yes_or_no: tuple[str, str]) -> str | None:
    if member is not None:
        place = next((place for place in charter.places if place.name.casefold() == member.casefold()), None)
        return getattr(place, step, None) or None
    if step == "people":
        return "\n".join(place.name for place in charter.places)
    if step == "model":
        return yes_or_no[0 if charter.model_allowed else 1]
    if step in ("reminder", "shared_skill", "champion"):
        return getattr(charter, step) or None
    return charter.words.get(step)

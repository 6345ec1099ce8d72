"""Opens sittings: a new one, one gone on with, one that is only rehearsed. Here it is gathered what a sitting is told
before it, what it goes by, and what becomes of it; what happens in it is the session's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from assistant.trouble import Trouble

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from assistant.backend.reflector import Reflector
    from assistant.guides.card import Card
    from assistant.guides.facts import Facts
    from assistant.guides.guide import Guide
    from assistant.guides.proved import Proved
    from assistant.messages import Lang, Messages
    from assistant.sittings.around import Around
    from assistant.sittings.circles import Circles
    from assistant.sittings.frame import Frames
    from assistant.sittings.language_model import LanguageModel
    from assistant.sittings.ours import Ours
    from assistant.sittings.session import Session
    from assistant.sittings.year import Year
    from assistant.vault.vault import Sitting, Vault
    from assistant.witness.guard import Guard

BLANK = "____"
"""Where a card has a name to be filled in."""


class Rooms(Protocol):
    """What sittings are opened from; each is asked for when it is needed, for some are slow to open."""

    vault: Vault
    """What the member kept."""
    prompts: Proved
    """What is asked, and the rules it goes by."""
    frames: Frames
    """What the member's groups agreed."""
    circles: Circles
    """The groups' rooms."""
    ours: Ours
    """What the group does together."""
    model: LanguageModel
    """The language model, which is off until it is asked for."""
    messages: Messages
    """The fixed sentences in the language spoken."""
    lang: Lang
    """The language spoken."""
    country: str | None
    """Whose help lines stand first."""

    def clock(self) -> datetime:
        """Tell the local time with its zone."""

    def card(self, together: bool = False, folders: tuple[Path, ...] | None = None) -> str:
        """Give the help-lines card."""


class Sittings:
    """Opens the sittings of one home."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def waiting(self, guide_id: str, circle: str | None = None) -> Sitting | None:
        """Give the sitting of a guide that may be gone on with; a meeting that stopped may be on the same day only, and
        where a circle is said by its id, only what is about that one."""
        unfinished = self._rooms.vault.unfinished(guide_id)
        if unfinished and circle and unfinished.facts.get("circle") not in (circle, None):
            return None
        if unfinished and unfinished.began.date() != self._rooms.clock().date():
            return None if self._rooms.prompts.library.guide(guide_id).has_turns else unfinished
        return unfinished

    def session(self, guide_id: str, sitting: int | None = None, circle: str | None = None) -> Session:
        """Give a new sitting of a guide, in the circle with that id if one was chosen; or go on with `sitting`."""
        from assistant.guides.facts import Facts
        from assistant.sittings.around import Kept, Marked
        from assistant.sittings.frame import IN_A_CIRCLE

        if sitting is None and guide_id == "answer":
            if not (passage := self._ours_in(circle).to_answer()):
                raise Trouble("answer_nothing")
            return self.answer(passage, circle)
        if sitting is None:
            if guide_id in IN_A_CIRCLE and self._rooms.ours.circle:
                circle = circle or self._rooms.ours.circle.id
            keeper = Marked(self._rooms.vault, circle=circle)
            return self._new(guide_id, keeper, circle, self._rooms.model.reflector())
        library, guard_prompts = self._rooms.prompts.going_on(guide_id)
        guide = library.guide(guide_id)
        earlier = self._rooms.vault.sitting(sitting)
        draft = self._rooms.vault.draft(sitting)
        written = (draft.text, draft.own) if draft else ()
        kept = Kept(sitting, self._rooms.vault.turns(sitting), *written)
        facts = Facts.from_plain(earlier.facts)
        asked = {step.id for step in guide.steps}
        plan = tuple(step for step in earlier.plan if step in asked) or guide.plan(facts.month, facts.as_plain())
        going_on = (kept, self._rooms.model.reflector(), library, guard_prompts)
        around = self._around(guide, facts, sitting, earlier.facts.get("circle"))
        return self._session(guide, plan, facts, self._rooms.vault, *going_on, around=around)

    def answer(self, passage: str, circle: str | None = None) -> Session:
        """Give a new sitting that answers what somebody carried, in the circle with that id.

        Raises:
            Trouble: when the member belongs to no circle.
        """
        from assistant.sittings.answering import GUIDE
        from assistant.sittings.around import Marked

        keeper = Marked(self._rooms.vault, passage=passage, circle=circle)
        return self._new(GUIDE, keeper, around=self._ours_in(circle).answering(passage))

    def practice(self, day: date) -> Session:
        """Give a new sitting for the line of a day."""
        from assistant.sittings.around import Marked
        from assistant.sittings.practice import GUIDE

        return self._new(GUIDE, Marked(self._rooms.vault, day=day.isoformat()))

    def rehearsal(self, guide_id: str, week: int = 1) -> Session:
        """Give a sitting of a guide in `week` of a made-up member's year, of which nothing is kept."""
        from assistant.sittings.around import Nowhere
        from assistant.sittings.rehearsal import made_up

        guide = self._rooms.prompts.guide(guide_id)
        facts = made_up(self._rooms.messages, week)
        facts = self._around_one_screen(guide, facts)
        plan = guide.plan(facts.month, facts.as_plain())
        return self._session(guide, plan, facts, Nowhere(), around=self._rehearsed(guide))

    def _rehearsed(self, guide: Guide) -> Around | None:
        from assistant.sittings.around import Around
        from assistant.sittings.frame import KICKOFF, QUARTER, Agreeing

        if guide.id in (KICKOFF, QUARTER):
            rooms = self._rooms  # where nothing is kept there may be no home, and so no circles
            agreeing = Agreeing(guide, None, lambda *agreed: rooms.circles.found(*agreed), rooms.messages, None)
            return Around(became=agreeing.became, frame=agreeing.frame)
        if not guide.timed:
            return None

        if not guide.has_turns:
            return Around(ticks=monotonic)
        from assistant.sittings.meetings import Group, Meeting

        return Meeting(guide, Group(), self._rooms.clock().date(), self._rooms.messages).around(monotonic)

    def year(
        self,
        hold: Callable[[Session, Any, str], str],
        dice: Callable[[str], Random],
        began: date,
        answers: Sequence[str] = (),
    ) -> Year:
        """Give a year of made-up sittings in the language spoken; each is held by `hold`, and nothing is kept.

        Raises:
            Trouble: when something is wrong with a guide.
        """
        from assistant.sittings.year import Heard, Year

        for name in self._rooms.prompts.library.names():
            self._rooms.prompts.guide(name)
        guard = self._rooms.prompts.guard()
        seat = partial(self._made_up_session, replace(guard, checks=Heard(guard.checks)), self._rooms.card())
        return Year(self._rooms.prompts.library, self._rooms.messages, seat, hold, dice, began, answers)

    def card(self, guide_id: str) -> Card:
        """Give a guide on a card; it asks what it would ask this week."""
        from assistant.guides.card import Card, Row
        from assistant.guides.facts import Facts

        guide = self._rooms.prompts.guide(guide_id)
        facts = Facts(week=self._rooms.clock().date().isocalendar().week, member=BLANK)
        asked = [guide[step] for step in guide.plan(1, Facts().as_plain())]
        rows = (Row(step.minutes, self._rooms.prompts.library.question(guide_id, step.id, facts)) for step in asked)
        return Card(self._rooms.lang, guide.title[self._rooms.lang], guide.minutes, tuple(rows))

    def _new(
        self,
        guide_id: str,
        keeper: Any,
        circle: str | None = None,
        reflector: Reflector | None = None,
        around: Around | None = None,
    ) -> Session:
        guide = self._rooms.prompts.guide(guide_id)
        facts = self._recall(guide, circle)
        plan = guide.plan(facts.month, facts.as_plain())
        around = around or self._around(guide, facts, circle=circle)
        return self._session(guide, plan, facts, keeper, None, reflector, around=around)

    def _made_up_session(
        self,
        guard: Guard,
        card: str,
        guide: Guide,
        plan: Sequence[str],
        facts: Facts,
        keeper: Any,
        wording: Any,
        clock: Callable[[], datetime],
    ) -> Session:
        from assistant.sittings.session import Session

        return Session(
            guide,
            plan,
            self._around_one_screen(guide, facts),
            wording=wording,
            witness=guard,
            keeper=keeper,
            messages=self._rooms.messages,
            card=card,
            clock=clock,
        )

    def _session(
        self,
        guide: Guide,
        plan,
        facts: Facts,
        keeper,
        kept=None,
        reflector=None,
        library=None,
        guard_prompts=None,
        around=None,
    ) -> Session:
        from assistant.sittings.session import Session

        guard_prompts = guard_prompts or self._rooms.prompts.guarded
        return Session(
            guide,
            plan,
            facts,
            wording=self._rooms.prompts.held(guide.id, library),
            witness=self._rooms.prompts.guard(guard_prompts),
            keeper=keeper,
            messages=self._rooms.messages,
            card=self._rooms.card(guide.company != "member", guard_prompts),
            clock=self._rooms.clock,
            kept=kept,
            reflector=reflector,
            around=around,
        )

    def _recall(self, guide: Guide, circle: str | None = None) -> Facts:
        from assistant.sittings.frame import QUARTER
        from assistant.sittings.recollection import YEAR, Earlier, latest_answers, recall

        at = self._rooms.clock()
        sittings = self._rooms.vault.sittings(guide.id)
        earlier = [
            Earlier(sitting.began, latest_answers(self._rooms.vault.turns(sitting.id)))
            for sitting in sittings
            if at - sitting.began < YEAR
        ]
        profile = self._rooms.vault.profile
        facts = recall(
            guide,
            earlier,
            first=not sittings,
            name=profile.name,
            began=profile.began,
            at=at,
            messages=self._rooms.messages,
        )
        if guide.id == "weekly" and (word := self._rooms.ours.word(facts.week)):
            facts = replace(facts, group_word=word)
        facts = self._rooms.frames.add_to(facts, guide.company)
        if guide.id == QUARTER:
            frame = self._rooms.frames.of(circle or facts.group)
            facts = replace(facts, undated=frame is not None and frame.dates is None)
        return self._around_one_screen(guide, facts)

    def _around_one_screen(self, guide: Guide, facts: Facts) -> Facts:
        """Add what a sitting of several people needs to know of this computer and its country."""
        if guide.company != "circle":
            return facts
        from assistant.sittings.frame import zone_here
        from assistant.witness.helplines import lines

        helplines = "\n".join(map(str, lines(self._rooms.prompts.guarded, self._rooms.lang, self._rooms.country)))
        return replace(facts, helplines=helplines, zone=zone_here(self._rooms.clock(), self._rooms.messages))

    def _around(
        self, guide: Guide, facts: Facts, sitting: int | None = None, circle: str | None = None
    ) -> Around | None:
        """Give what a sitting needs whose end means something, or that stands on others: what stood before it, what is
        known where it is, and what becomes of it. `circle` is the id of the circle it is about, if one was chosen."""
        from assistant.sittings import practice
        from assistant.sittings.around import Around
        from assistant.sittings.frame import KICKOFF, QUARTER, Agreeing, let_know

        here = self._rooms
        if guide.id == practice.GUIDE:
            return Around(finished=lambda turns: here.messages("practice.missed") if practice.is_without(turns) else "")
        if guide.company == "pair":
            known = lambda turns: let_know(here.frames.all, turns, here.clock(), here.messages)  # noqa: E731
            return Around(finished=known, ticks=monotonic)
        if guide.has_turns:
            ours = self._ours_in(circle)
            meeting = ours.meeting(guide, facts.group, sitting)
            return meeting.around(monotonic, lambda turns: ours.ended())
        if guide.id == "answer" and sitting is not None:
            return self._ours_in(circle).answering(str(here.vault.sitting(sitting).facts.get("passage", "")))
        if guide.id not in (KICKOFF, QUARTER):
            return None
        frame = here.frames.of(circle or facts.group)
        forget = lambda: here.frames.keep_only_mine()  # noqa: E731
        agreeing = Agreeing(guide, frame, here.circles.found, here.messages, facts.name, forget)
        return Around(agreeing.stands, finished=agreeing.finished, became=agreeing.became, frame=agreeing.frame)

    def _ours_in(self, circle: str | None) -> Ours:
        """Give what is done together in the circle with that id; in the first, where none was chosen."""
        ours = self._rooms.ours
        return ours.within(next((one for one in ours.circles if one.id == circle), None))

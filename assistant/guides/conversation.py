"""Everything that decides what comes next is in this file; nothing here knows the time, a file or a screen.

A conversation is sans-I/O, as h11 is: events come in, effects go out, and the state is a fold over the turns that
were kept. So resuming after a kill, going back, and replaying a transcript are one piece of code.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from assistant.guides import softclock, wanted
from assistant.guides.draft import TRIES, Draft
from assistant.guides.events import (
    Accepted,
    Answered,
    Ask,
    AskedToGather,
    Came,
    Chose,
    Corrected,
    Drafted,
    DraftFailed,
    Effect,
    Event,
    Explain,
    Finish,
    Forget,
    Forming,
    GiveBack,
    Held,
    Keep,
    LetGo,
    Passed,
    Paused,
    Reflect,
    ReflectKind,
    Remind,
    Signpost,
    Skipped,
    Stayed,
    Tell,
    Turn,
    Turned,
    Understood,
    Weighs,
    WentAway,
    WentBack,
    Witness,
    WonderedWhy,
)
from assistant.guides.guide import UNANSWERED, Guide, Step, base
from assistant.guides.reading import understood, values
from assistant.guides.seats import find
from assistant.guides.state import NO_WORDS_BACK, Phase, State
from assistant.guides.table import Table
from assistant.text import is_blank
from assistant.witness.said import Said

GIVEN_BACK = 3
"""How many times at most a sitting gives words back (PRACTICE)."""
IN_THE_FRAME = ("group", "reminder")
"""Steps that are lines of the frame in a place of their own."""
FAILURES = 3
"""After so many failures the language model is left alone for the sitting."""
SENT = 6000
"""An answer of more characters than this is not sent to a language model."""
_HOW: dict[ReflectKind, str] = {"reflect": "model", "gather": "gathered"}
"""The kind of giving back that a model's text is."""


class Conversation(Table):
    """One sitting: `begin` once, then `receive` events; each gives the effects to perform, in their order."""

    def __init__(
        self,
        guide: Guide,
        plan: Sequence[str],
        witness: Witness,
        old_lines: Sequence[str] = (),
        reflects: bool = False,
    ) -> None:
        """Prepare a sitting of `guide` that asks the steps of `plan`; `old_lines` are what a `pick` chooses from.

        If it `reflects`, a language model is asked where a member's words would be given back.
        """
        self._free = guide.first_of("free")
        self._stay = guide.first_of("stay")
        self.guide = guide
        self.witness = witness
        self.old_lines = tuple(old_lines)
        self.begun = self.state = State.begun(guide, plan)
        """Where the sitting began, and where it stands."""
        self.draft: Draft | None = None
        """What a language model is writing. It is not kept: after a kill the next question is asked."""
        self._gives_back = guide.company != "circle"
        """Where several sit around one screen nothing is given back: they are each other's witnesses."""
        self.reflects = reflects and guide.company == "member" and any(step.reflect for step in guide.steps)
        """Whether a language model is asked: of one member's words only, in a guide that gives words back."""
        self._requests = 0
        self._reminded: list[str] = []
        """The steps at which the writer was reminded; not kept, for it was only shown."""
        self._failures = 0

    def begin(self, turns: Sequence[Turn] = (), at: datetime | None = None) -> list[Effect]:
        """Fold the turns kept so far, and give what is shown first: a question, the help lines, or the end.

        `at` is the time now: an end that was come to without being kept is kept then.
        """
        for turn in turns:
            self.state = self.folded(self.state, turn)
        if self.state.phase is Phase.ENDED:
            return self._next(at) if at and turns and turns[-1].kind != "finished" else [Finish("done")]
        return [self._signpost("resumed")] if self.state.phase is Phase.SIGNPOST else [self._ask()]

    def receive(self, event: Event) -> list[Effect]:
        """Take what happened and give what is wanted. Every event is welcome in every phase."""
        if decide := DRAFTING.get(type(event)):
            return decide(self, self.draft, event) if self.draft else []
        settled = self._settle(self.draft, event.at) if self.draft else []
        decide = TRANSITIONS.get((self.state.phase, type(event)))
        return settled + (decide(self, event) if decide else [])

    def would_send(self, text: str) -> Reflect | None:
        """Give what a language model would be asked if `text` were answered now; None for nothing."""
        step = self.guide[self.state.step]
        new = self.state.phase is Phase.ASKING and text != self.state.answers.get(step.id) and not is_blank(text)
        if not new or self.witness.crisis(text) or not self._for_model(text, self._said(step, text)):
            return None
        return Reflect(self._requests + 1, "reflect", text)

    @property
    def picked(self) -> tuple[str, ...]:
        """The old lines the member picked in this sitting."""
        picks = [step.id for step in self.guide.steps if step.kind == "pick"]
        return tuple(line for step in picks for line in self.state.answers.get(step, "").splitlines())

    @property
    def mendable(self) -> tuple[str, ...]:
        """The steps whose answers are lines of the frame, in their order."""
        asked = ((step, self.guide[step]) for step in self.state.course)
        lines = (step for step, of in asked if of.charter or of.id in IN_THE_FRAME)
        return tuple(step for step in lines if self.guide[step].kind not in UNANSWERED)

    def folded(self, state: State, turn: Turn) -> State:
        """Give the state after a kept turn, in a guide that may have lost steps since: what was answered at one that
        went is passed over, the help lines it led to still stand, and each later answer belongs to its own step."""
        if base(turn.step) in {step.id for step in self.guide.steps}:
            astray = state.phase is Phase.ASKING and turn.kind in ("answered", "skipped")
            return (replace(state, step=turn.step) if astray else state).after(turn)
        if turn.kind in ("answered", "skipped", "said", "corrected", "back"):
            return state
        return state.after(replace(turn, how="corrected") if turn.kind == "sealed" else turn)

    # Deciding

    def _keep(self, turn: Turn) -> Keep:
        self.state = self.state.after(turn)
        return Keep(turn)

    def _ask(self) -> Ask:
        if self.state.phase is Phase.FREE and self._free:
            return Ask(self._free, id=self._free.id)
        if self.state.phase is Phase.STAYING and self._stay:
            return Ask(self._stay, id=self._stay.id)
        state = self.state
        return Ask(self.guide[state.step], state.answers.get(state.step, ""), state.step, state.weighs)

    def _signpost(self, rule: str) -> Signpost:
        return Signpost(rule, ("go_on", "stop") if self.state.erased else ("go_on", "stop", "delete"))

    def _next(self, at: datetime) -> list[Effect]:
        if self.state.phase is Phase.ENDED:
            return [self._keep(Turn("finished", self.state.step, at=at)), Finish("done")]
        return [self._ask()]

    def _sealed(self, event: Answered | Corrected) -> list[Effect] | None:
        """Keep what was written privately and show the help lines, if it speaks of danger."""
        rule = self.witness.crisis(event.text)
        if rule is None:
            return None
        how = "corrected" if isinstance(event, Corrected) else ""
        return [self._keep(Turn("sealed", self.state.step, event.text, event.at, how=how)), self._signpost(rule)]

    def _answered(self, event: Answered) -> list[Effect]:
        step = self.guide[self.state.step]
        if is_blank(event.text):
            leaves = step.kind in (*UNANSWERED, "frame") or self.state.needs_names
            return self._skipped(Skipped(event.at)) if leaves else [Tell("nothing_written")]
        if event.text == self.state.answers.get(self.state.step):
            return self._unchanged(event)
        if sealed := self._sealed(event):
            return sealed
        if step.kind == "frame":
            return self._mended(event)
        if step.kind in UNANSWERED and self.guide.timed:
            return [Tell("not_written_down")]
        text = event.text
        if step.kind == "pick" and (text := self._lines(event.text)) is None:
            return [Tell("pick_by_number")]
        one = {"member": self._member, "members": self._members}.get(step.kind)
        if one and (text := one(event.text)) is None:
            return [Tell("nobody_named_so")]
        if trouble := values.trouble(step, text, event.at.date()):
            return [Tell(trouble)]
        if weighs := self._weighs(step, text, event.at):
            return [self._keep(Turn("answered", self.state.step, text, event.at, how=weighs)), self._ask()]
        if reminder := self._reminder(step, text):
            return [Remind(reminder)]
        said, at = self._said(step, event.text), self.state.step
        kept = self._keep(Turn("answered", at, text, event.at))
        if self._for_model(event.text, said):
            return [kept, self._ask_model("reflect", at, event.text, said)]
        told = self._give_back(at, said, event.at) if said else [self._told(at, text, event.at)]
        return [kept, *told, *self._next(event.at)]

    def _mended(self, event: Answered) -> list[Effect]:
        """Go to the question of the line whose number was written; it is come back from to the whole frame."""
        said, lines = event.text.strip().rstrip("."), self.mendable
        if not (said.isdecimal() and len(said) < 4 and 1 <= int(said) <= len(lines)):
            return [Tell("frame_by_number")]
        return [self._keep(Turn("mended", self.state.step, lines[int(said) - 1], event.at)), self._ask()]

    def _told(self, where: str, text: str, at: datetime) -> Effect:
        """Give what is said of an answer that was kept."""
        step = self.guide[where]
        if understood.reads(step) or step.kind == "people":
            return Understood(step, text, at)
        return Tell("kept", where) if step.charter else Tell("kept")

    def _weighs(self, step: Step, text: str, at: datetime) -> Weighs:
        """Say why an answer is put again before it counts: once for each reason."""
        if step.has_floor and self.state.step not in self.state.told and self._is_below(step, text):
            return "below"
        if self.state.step not in self.state.asked_again and (unmet := wanted.unmet(step, text)):
            return unmet
        today = at.date()
        if understood.reads(step) and understood.is_unread(step, text, today):
            return "" if self.state.step in self.state.asked_again else "unread"
        return "elsewhere" if step.kind == "day" and self._is_elsewhere(text, today) else ""

    def _is_elsewhere(self, text: str, today: date) -> bool:
        """Say whether a first day is another than how often the group meets was said to be, and not told of yet."""
        day, weighed = values.day(text, today), self.state.answers.get(self.state.step, "")
        if self.state.weighs and values.day(weighed, today) == day:
            return False
        return bool(day and understood.elsewhere(day, self.state.answers.get(values.MEETING, ""), today))

    def _reminder(self, step: Step, text: str) -> str | None:
        """Give what the writer of a draft is reminded of: once at a step, and not at two that follow each other."""
        before = self.state.trail[-1:] or ("",)
        if not step.nudge or step.id in self._reminded or before[0] in self._reminded:
            return None
        reminder = self.witness.nudge(text, len(self._reminded))
        if reminder:
            self._reminded.append(step.id)
        return reminder

    def _is_below(self, step: Step, text: str) -> bool:
        if step.kind == "length":
            return softclock.falls_short(self.guide, self.state, values.amount(text, "minutes") or 0)
        return values.below(step, text)

    def _member(self, text: str) -> str | None:
        """Give the name of the member whose name or number was written."""
        here = self.state.here
        at = int(text.strip()) if text.strip().isdecimal() and len(text) < 4 else 0
        seat = here[at - 1] if 1 <= at <= len(here) else find(self.state.seats, text)
        return seat.name if seat else None

    def _members(self, text: str) -> str | None:
        """Give the names of those whose names or numbers were written, one a line."""
        marks = text.replace(",", " ").split()
        written = marks if all(map(str.isdecimal, marks)) else [person.name for person in values.people(text)]
        names = [self._member(mark) for mark in written]
        return None if None in names else "\n".join(dict.fromkeys(filter(None, names)))

    def _accepted(self, event: Accepted) -> list[Effect]:
        """Take the words that stand as an answer: the guide's, what the group agreed before, or what it weighed."""
        step = self.guide[self.state.step]
        if self.state.weighs:
            return self._unchanged(Answered(self.state.answers[self.state.step], event.at))
        if not (step.default or step.stays or step.kind == "member") or is_blank(event.text):
            return [Tell("nothing_written")]
        if trouble := values.trouble(step, event.text, event.at.date()):
            return [Tell(trouble)]
        if step.kind == "length" and step.id not in self.state.told and self._is_below(step, event.text):
            return [self._keep(Turn("answered", self.state.step, event.text, event.at, how="below")), self._ask()]
        told = self._told(self.state.step, event.text, event.at)
        kept = self._keep(Turn("answered", self.state.step, event.text, event.at, how="default"))
        return [kept, told, *self._next(event.at)]

    def _unchanged(self, event: Answered) -> list[Effect]:
        """An answer that was gone back to, or weighed, and left as it was is not kept a second time."""
        weighed = [self._told(self.state.step, event.text, event.at)] if self.state.weighs else []
        return [self._keep(Turn("skipped", self.state.step, event.text, event.at)), *weighed, *self._next(event.at)]

    def _lines(self, text: str) -> str | None:
        """Give the old lines that the numbers in `text` name; the text itself, if it holds words of the member's."""
        marks = text.replace(",", " ").split()
        if not all(mark.isdecimal() for mark in marks):
            return text
        numbers = dict.fromkeys(int(mark) for mark in marks)
        if not 1 <= len(numbers) <= 3 or not all(1 <= number <= len(self.old_lines) for number in numbers):
            return None
        return "\n".join(self.old_lines[number - 1] for number in numbers)

    def _said(self, step: Step, text: str) -> Said | None:
        """Find what may be said to an answer; what is written to somebody else asks Vidne nothing."""
        if not self._gives_back or step.nudge:
            return None
        may = step.reflect and self.state.given < GIVEN_BACK
        return self.witness.respond(text, self.state.said, may)

    def _give_back(self, step: str, said: Said, at: datetime) -> list[Effect]:
        return [self._keep(Turn("said", step, said.text, at, how=said.how)), GiveBack(said.text, said.how)]

    def _skipped(self, event: Skipped) -> list[Effect]:
        """Leave a question; what was answered there before is taken out, but for who sits here."""
        if self.state.needs_names:
            return [Tell("people_needed")]
        before, asks_who = self.state.answers.get(self.state.step, ""), self.state.step == self.state.people
        told = [Tell("taken_out", self.state.step)] if before and not asks_who else []
        kept = self._keep(Turn("skipped", self.state.step, before if asks_who else "", event.at))
        return [kept, *told, *self._next(event.at)]

    def _went_back(self, event: WentBack) -> list[Effect]:
        if self.state.phase is Phase.ASKING and not self.state.behind:
            return [Tell("first_question")]
        return [self._keep(Turn("back", self.state.step, at=event.at)), self._ask()]

    def _corrected(self, event: Corrected) -> list[Effect]:
        if is_blank(event.text):
            return [Tell("no_needs_words")]
        if sealed := self._sealed(event):
            return sealed
        if not self.state.open_said:
            return [Tell("nothing_said")]
        return [self._keep(Turn("corrected", self.state.step, event.text, event.at)), Tell("corrected")]

    def _turned(self, event: Turned) -> list[Effect]:
        if not self._free:
            return []
        return [self._keep(Turn("turned", self.state.step, at=event.at)), self._ask()]

    def _wrote_freely(self, event: Answered) -> list[Effect]:
        if is_blank(event.text):
            return [Tell("nothing_written")]
        if sealed := self._sealed(event):
            return sealed
        return [self._keep(Turn("free", self.state.step, event.text, event.at)), Tell("kept")]

    def _wrote_at_the_card(self, event: Answered) -> list[Effect]:
        """Words written instead of a choice are kept as privately as those before, and the card stays."""
        if is_blank(event.text):
            return [self._signpost("stays")]
        return [self._keep(Turn("sealed", self.state.step, event.text, event.at)), self._signpost("stays")]

    def _chose(self, event: Chose) -> list[Effect]:
        covered = self.state.sealed
        kept = self._keep(Turn("chose", self.state.step, event.choice, event.at))
        if event.choice == "delete":
            return [Forget(covered), kept, Tell("erased"), self._signpost("erased")]
        onward = self._next(event.at)
        if event.choice == "stop":
            return [kept, *(effect for effect in onward if isinstance(effect, Keep)), Finish("paused")]
        return [kept, *onward]

    def _explained(self, event: WonderedWhy) -> list[Effect]:
        asked = self._ask()
        return [Explain(asked.step)]

    def _paused(self, event: Paused) -> list[Effect]:
        """Stop here; a break that was taken is behind them when they go on."""
        taken = self.state.phase is Phase.ASKING and self.guide[self.state.step].kind == "break"
        kept = [self._keep(Turn("skipped", self.state.step, at=event.at))] if taken else []
        if self.guide.timed and not self.state.held and self.state.answers:
            kept.append(self._keep(Turn("held", self.state.step, at=event.at)))
        return [*kept, Finish("paused")]

    # The language model

    @property
    def _may_ask(self) -> bool:
        return self.reflects and self._failures < FAILURES and self.draft is None

    def _for_model(self, text: str, said: Said | None) -> bool:
        return self._may_ask and said is not None and said.how not in NO_WORDS_BACK and len(text) <= SENT

    def _ask_model(self, kind: ReflectKind, step: str, said: str, echo: Said | None = None) -> Reflect:
        self._requests += 1
        self.draft = Draft(self._requests, kind, step, said, echo)
        return Reflect(self._requests, kind, said)

    def _drafted(self, draft: Draft, event: Drafted) -> list[Effect]:
        if event.number != draft.number:
            return []
        self.draft = tried = draft.after(event.text, event.ended, self.witness)
        if tried.found is not None and not tried.passed and tried.tries < TRIES:
            self._requests += 1
            self.draft = replace(draft, number=self._requests, tries=draft.tries + 1)
            return [Reflect(self._requests, draft.kind, draft.said, tried.found)]
        if tried.over or tried.found is not None:
            return self._settle(tried, event.at, failed=not tried.passed)
        return [Forming(tried.passed)] if tried.passed != draft.passed else []

    def _draft_failed(self, draft: Draft, event: DraftFailed) -> list[Effect]:
        return self._settle(draft, event.at, failed=not draft.passed) if event.number == draft.number else []

    def _let_go(self, draft: Draft, event: LetGo) -> list[Effect]:
        return self._settle(draft, event.at)

    def _settle(self, draft: Draft, at: datetime, failed: bool = False) -> list[Effect]:
        """Wait no longer: what has passed is given back, else what would have been without a model."""
        self.draft = None
        effects: list[Effect] = []
        if failed:
            self._failures += 1
            effects.append(Tell("model_rests" if self._failures == FAILURES else "model_failed"))
        said = Said(draft.passed, _HOW[draft.kind]) if draft.passed else draft.echo
        if said:
            effects += self._give_back(draft.step, said, at)
        return effects + (self._next(at) if draft.kind == "reflect" else [])

    def _gathered(self, event: AskedToGather) -> list[Effect]:
        if not self.may_gather:
            return []
        return [self._ask_model("gather", self.state.step, self.to_gather)]

    @property
    def may_gather(self) -> bool:
        """Whether the sitting's words may be gathered now: once, at its last question, if there is something."""
        last = self.state.step in (*self.state.course[-1:], self.state.light) and self.state.phase is Phase.ASKING
        able = self._may_ask and not self.state.gathered
        return last and able and 0 < len(self.to_gather) <= SENT

    @property
    def to_gather(self) -> str:
        """The sitting's answers in their order, but those in which somebody was greeted or asked for advice."""
        answers = (self.state.answers.get(step, "") for step in self.state.course)
        return "\n\n".join(text for text in answers if text and not self.witness.respond(text, (), False))

    # The end

    def _done_writing(self, event: Paused) -> list[Effect]:
        return [self._keep(Turn("finished", self.state.step, at=event.at)), Finish("done")]


TRANSITIONS: dict[tuple[Phase, type], Callable[[Conversation, Event], list[Effect]]] = {
    (Phase.ASKING, Answered): Conversation._answered,
    (Phase.ASKING, Accepted): Conversation._accepted,
    (Phase.ASKING, Came): Conversation._came,
    (Phase.ASKING, WentAway): Conversation._went_away,
    (Phase.ASKING, Passed): Conversation._passed,
    (Phase.ASKING, Stayed): Conversation._stayed,
    (Phase.ASKING, Held): Conversation._held,
    (Phase.ASKING, Skipped): Conversation._skipped,
    (Phase.ASKING, WentBack): Conversation._went_back,
    (Phase.ASKING, Corrected): Conversation._corrected,
    (Phase.ASKING, Turned): Conversation._turned,
    (Phase.ASKING, WonderedWhy): Conversation._explained,
    (Phase.ASKING, Paused): Conversation._paused,
    (Phase.ASKING, AskedToGather): Conversation._gathered,
    (Phase.FREE, Answered): Conversation._wrote_freely,
    (Phase.FREE, WentBack): Conversation._went_back,
    (Phase.FREE, WonderedWhy): Conversation._explained,
    (Phase.FREE, Paused): Conversation._done_writing,
    (Phase.STAYING, Answered): Conversation._wrote_while_staying,
    (Phase.STAYING, Skipped): Conversation._went_on,
    (Phase.STAYING, Passed): Conversation._passed_while_staying,
    (Phase.STAYING, WentBack): Conversation._went_on,
    (Phase.STAYING, Came): Conversation._came,
    (Phase.STAYING, WentAway): Conversation._went_away,
    (Phase.STAYING, Held): Conversation._held,
    (Phase.STAYING, WonderedWhy): Conversation._explained,
    (Phase.STAYING, Paused): Conversation._paused,
    (Phase.SIGNPOST, Answered): Conversation._wrote_at_the_card,
    (Phase.SIGNPOST, Chose): Conversation._chose,
    (Phase.SIGNPOST, Paused): Conversation._paused,
}
"""What each event means in each phase; a pair that is not here changes nothing."""

DRAFTING: dict[type, Callable[[Conversation, Draft, Event], list[Effect]]] = {
    Drafted: Conversation._drafted,
    DraftFailed: Conversation._draft_failed,
    LetGo: Conversation._let_go,
}
"""What an event means while a language model writes; any other one means that nobody waits for it."""

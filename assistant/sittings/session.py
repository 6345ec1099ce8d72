"""Performs what a conversation asks for, and gives front ends what to show; it decides nothing and draws nothing.

What a conversation wants kept is kept before anything it says is handed out.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from assistant.guides import softclock
from assistant.guides.conversation import Conversation
from assistant.guides.events import (
    Accepted,
    Answered,
    Ask,
    Came,
    Corrected,
    Effect,
    Event,
    Explain,
    Finish,
    Forget,
    Forming,
    GiveBack,
    Keep,
    Reflect,
    Remind,
    Signpost,
    Tell,
    Turn,
    Understood,
    WentAway,
    Witness,
)
from assistant.guides.facts import Facts
from assistant.guides.guide import Guide, Step, base
from assistant.guides.reading import understood, values
from assistant.guides.seats import Seat, find, number
from assistant.guides.state import Phase, State
from assistant.messages import Messages
from assistant.sittings.around import Around, Keeper, Kept, Nowhere, Wording
from assistant.sittings.shown import Card, Coming, End, Line, Question, Reason, Shown, Waiting, Words
from assistant.text import clean, is_blank
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.backend.reflector import Reflector
    from assistant.backend.request import Request

STANDS_WEIGHED = ("below", "unread", "elsewhere")
"""Why an answer may be weighed that stands if it is left as it is."""


class Session:
    """One sitting, from its first question to its end; the same for every front end."""

    def __init__(
        self,
        guide: Guide,
        plan: Sequence[str],
        facts: Facts,
        *,
        wording: Wording,
        witness: Witness,
        keeper: Keeper,
        messages: Messages,
        card: str,
        clock: Callable[[], datetime],
        kept: Kept | None = None,
        reflector: "Reflector | None" = None,
        around: Around | None = None,
    ) -> None:
        """Prepare a sitting of `guide`, new or `kept`; `card` is the text of the help lines, `clock` tells the time.

        With a `reflector`, a language model is asked where words would be given back. `around` is for a sitting
        around one screen.
        """
        self.guide = guide
        self.facts = facts
        self.draft = kept.draft if kept else ""
        """The half-written answer, as it was kept last."""
        self.own = kept.own if kept else ""
        """The half-written "not quite", as it was kept last."""
        self._conversation = Conversation(guide, plan, witness, facts.old_lines, reflects=reflector is not None)
        self._wording = wording
        self._keeper = keeper
        self._messages = messages
        self._card = card
        self._clock = clock
        self._kept = kept
        self.turns = list(kept.turns) if kept else []
        """What was kept so far, in order."""
        self.reflector = reflector if self._conversation.reflects else None
        """Asks the language model, where the member has one turned on and words are given back."""
        self._wanted: Reflect | None = None
        self._sitting = kept.sitting if kept else None
        self._around = around or Around()
        self._moments: list[softclock.Moment] = []
        self._resumes = guide.timed and bool(self.turns)
        """Whether the clock stood since the last turn, so that it is written down when it goes on."""
        self._asked = ""
        self._default = ""

    def open(self) -> tuple[Shown, ...]:
        """Begin, or go on where the kept turns stop."""
        effects = self._conversation.begin(self._kept.turns if self._kept else (), self._clock())
        self._begin_clock()
        gives_back = self.together or any(step.reflect for step in self.guide.steps)
        kind = "_model" if self.reflector else "" if gives_back else "_quiet"
        first = f"opening_first{kind}" if self.facts.first else None
        opening = "resumed" if self._kept else first
        said = (self._line(opening),) if opening else ()
        return said + self._of_the_model() + self._perform(effects)

    def _of_the_model(self) -> tuple[Line, ...]:
        """Say that a language model is on, and what of the group's own it cannot be told."""
        if not self.reflector:
            return ()
        said = [Line("model_on", self.sentence("model_on", receiver=self.reflector.receiver))]
        said += [
            Line("told_unread", self.sentence("told_unread", file=clean(str(path))))
            for path in self.reflector.unread[:1]
        ]
        return tuple(said)

    def again(self) -> tuple[Shown, ...]:
        """Give once more what waits for the member: the question, the help lines or the end."""
        return self._perform(self._conversation.begin())

    def send(self, event: Event) -> tuple[Shown, ...]:
        """Hand on what happened, keep what is to be kept, and give what is shown next.

        Raises:
            Trouble: when something could not be kept; nothing is shown as kept then, and the sitting stands at the
                last turn that was. An answer that was not kept is kept as a draft, if anything can be.
        """
        if isinstance(event, Answered | Corrected):
            event = replace(event, text=clean(event.text))
        if isinstance(event, Came | WentAway):
            event = replace(event, name=clean(event.name))
        if isinstance(event, Answered) and is_blank(event.text) and self.phase is Phase.ASKING and self._default:
            event = Accepted(self._default, event.at)
        before = self._conversation.state
        standing = len(self.turns)
        self._resume()
        try:
            effects = self._conversation.receive(event)
            shown = self._perform(effects)
            if isinstance(event, Answered) and any(isinstance(effect, Remind) for effect in effects):
                self.keep_draft(event.text)
            self._tick()
            return shown
        except Exception:
            for turn in self.turns[standing:]:
                before = before.after(turn)
            self._conversation.state = before
            self._conversation.draft = None
            if isinstance(event, Answered) and len(self.turns) == standing:
                with suppress(Trouble):
                    self.keep_draft(event.text)
            raise

    def now(self) -> datetime:
        """Give the time, for the event that a front end is about to send."""
        return self._clock()

    def keep_draft(self, text: str, own: str = "") -> None:
        """Keep a half-written answer as it stands now, and the half-written "not quite" beside it."""
        text, own = clean(text), clean(own)
        if (text, own) == (self.draft, self.own) or (not (text or own) and self._sitting is None):
            return
        self._keeper.keep_draft(self._begun(), self._conversation.state.step, text, own)
        self.draft, self.own = text, own

    def sentence(self, name: str, **values: object) -> str:
        """Give one of the fixed sentences: as it is said in a rehearsal, or to several around one screen."""
        ways = [f"talk.{name}_rehearsed"] * self.is_rehearsal + [f"talk.{name}_together"] * self.together
        ways += [f"talk.{name}_to_another"] * any(step.nudge for step in self.guide.steps)
        said = next((way for way in ways if way in self._messages.sentences), f"talk.{name}")
        return self._messages(said, **values)

    @property
    def is_rehearsal(self) -> bool:
        """Whether nothing is kept."""
        return isinstance(self._keeper, Nowhere)

    @property
    def title(self) -> str:
        """What the sitting is called."""
        return self.sentence("title", title=self.guide.title[self._messages.lang], week=self.facts.week)

    @property
    def together(self) -> bool:
        """Whether several sit around one screen."""
        return self.guide.company != "member"

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Who sits around the screen, as far as it is known, and who of them is away."""
        return self._conversation.state.seats

    def turn_of(self, step: str) -> tuple[int, int]:
        """Give which of those who are here is asked at a step, counted from 1, and how many they are; 0 for nobody."""
        here = [seat.number for seat in self.state.here]
        asked = number(step)
        return (here.index(asked) + 1 if asked in here else 0), len(here)

    # The soft clock

    @property
    def clock(self) -> softclock.Reading | None:
        """What the soft clock says now; None where nothing is timed."""
        now = self._around.ticks()
        return softclock.read(self._moments, now, self.guide, self.state) if self._moments else None

    def _begin_clock(self) -> None:
        if not self.guide.timed:
            return
        self._opened = self._clock()
        state, states = self._conversation.begun, []
        for turn in self.turns:
            states.append(state := self._conversation.folded(state, turn))
        self._moments = list(softclock.before(self.turns, states, self.guide, self._around.ticks()))
        if self._resumes and self.state.held:
            self._conversation.state = replace(self.state, held=False)
        self._tick()

    def _tick(self) -> None:
        """Note where the sitting stands from now on."""
        if self.guide.timed:
            stood = softclock.moment(self._around.ticks(), self.guide, self.state)
            if not self._moments or replace(stood, seconds=self._moments[-1].seconds) != self._moments[-1]:
                self._moments.append(stood)

    def _resume(self) -> None:
        """Write down when the clock went on, before the first thing that happens after a pause or a kill."""
        if self._resumes:
            self._resumes = False
            self._perform([Keep(Turn("resumed", self.state.step, at=self._opened))])

    def look(self) -> None:
        """Look whether something that stands beside the question was taken back meanwhile, or came."""
        self._around.look()

    @property
    def beside(self) -> tuple[str, ...]:
        """What stands beside the question, as it is just now: what was taken back is not there."""
        return self._around.beside(self.state) if self.phase is Phase.ASKING else ()

    @property
    def reminder(self) -> str:
        """The group's own word for "now we are coaching"; "" where it has none."""
        return self.state.answers.get("reminder") or self._now_known(self.state.step).reminder or ""

    @property
    def witnesses(self) -> str:
        """What the room is shown when anyone says that they are witnesses: the group's own word for it, and no name."""
        word = self.reminder
        known = self._messages("meeting.witnesses" if word else "meeting.witnesses_no_word")
        return "\n\n".join(filter(None, (word, known)))

    @property
    def state(self) -> State:
        """Where the sitting stands."""
        return self._conversation.state

    @property
    def phase(self) -> Phase:
        """Where the sitting is."""
        return self._conversation.state.phase

    @property
    def may_correct(self) -> bool:
        """Whether the last thing said may still get the member's own wording."""
        return self._conversation.state.open_said

    # The language model

    @property
    def wanted(self) -> Reflect | None:
        """What a language model is asked for just now; None when nobody waits for one."""
        draft = self._conversation.draft
        return self._wanted if draft and self._wanted and draft.number == self._wanted.number else None

    @property
    def may_gather(self) -> bool:
        """Whether the language model may gather the sitting's words now."""
        return self._conversation.may_gather

    def request(self, text: str) -> "Request | None":
        """Give exactly what the language model would get if `text` were answered now; None for nothing."""
        wanted = self._conversation.would_send(clean(text))
        return self.reflector.request(wanted) if self.reflector and wanted else None

    @property
    def gather_request(self) -> "Request | None":
        """Give exactly what the language model would get if the sitting's words were gathered now; None for nothing."""
        if not (self.reflector and self.may_gather):
            return None
        return self.reflector.request(Reflect(0, "gather", self._conversation.to_gather))

    # Performing

    def _begun(self) -> int:
        """Begin the sitting in the vault at its first turn or draft, so that looking in leaves no trace."""
        if self._sitting is None:
            plan = self._conversation.state.plan
            self._sitting = self._keeper.begin(self.guide.id, self._clock(), plan, self.facts.as_plain())
        return self._sitting

    def _perform(self, effects: Sequence[Effect]) -> tuple[Shown, ...]:
        shown: list[Shown] = []
        for effect in effects:
            match effect:
                case Keep(turn):
                    asked = self._asked if turn.kind in ("answered", "sealed", "skipped") else ""
                    turn = replace(turn, asked=asked)
                    self._keeper.keep(self._begun(), turn)
                    self.turns.append(turn)
                    self.draft = self.own = ""
                case Forget(turns):
                    self._keeper.forget(self._begun(), turns)
                    sealed = [at for at, turn in enumerate(self.turns) if turn.kind == "sealed"][-turns:]
                    for at in sealed:
                        self.turns[at] = replace(self.turns[at], text="")
                case Ask():
                    shown.append(self._question(effect))
                case GiveBack(text, how):
                    shown.append(Words(text, how))
                case Reflect():
                    self._wanted = effect
                    shown.append(Waiting(effect))
                case Forming(text):
                    shown.append(Coming(text))
                case Tell(name, of):
                    shown.append(self._told(name, of))
                case Understood(step, text, at):
                    shown.append(self._understood(step, text, at.date()))
                case Remind(text):
                    shown.append(Line("nudge", f"{text}\n\n{self.sentence('nudge')}"))
                case Explain(step):
                    shown.append(Reason(self._wording.why(self.guide.id, step.id)))
                case Signpost(_, choices):
                    shown.append(Card(self._card, tuple((name, self._messages(f"crisis.{name}")) for name in choices)))
                case Finish("paused") if not (self.turns or self.draft or self.own):
                    shown.append(End("paused", self.sentence("left")))
                case Finish(how):
                    became = self._around.finished(self.turns) if self._around.finished and how == "done" else ""
                    said = how if how == "paused" or any(turn.text for turn in self.turns) else "done_empty"
                    shown.append(End(how, "\n\n".join(filter(None, (self.sentence(said), became)))))
        return tuple(shown)

    def _question(self, asked: Ask) -> Question:
        step, guide, wording, facts = asked.step, self.guide.id, self._wording, self._now_known(asked.step.id)
        self._asked = wording.question(guide, step.id, facts)
        self._default = self._standing(asked, facts)
        return Question(
            asked.id,
            step.kind,
            self._asked,
            self._conversation.state.place,
            asked.before,
            self._lines(step.kind),
            self._default,
            self._note(asked, facts),
            self.beside,
        )

    def _note(self, asked: Ask, facts: Facts) -> str:
        """Give what is told before a question is put again."""
        match asked.weighs:
            case "below":
                return self._wording.floor(self.guide.id, asked.step.id, facts)
            case "unread":
                pairs = self.guide.id in ("kickoff", "quarter") and asked.step.id == "pairs"
                return self.sentence("length_unread_pairs" if pairs else "length_unread")
            case "elsewhere":
                today = self._clock().date()
                day = values.day(asked.before, today)
                found = day and understood.elsewhere(day, self.state.answers.get(values.MEETING, ""), today)
                return understood.told_elsewhere(found, self._messages, today) if found else ""
            case "name" | "asked" | "unknown":
                return self.sentence(f"wanted_{asked.weighs}")
        return ""

    def _understood(self, step: Step, text: str, today: date) -> Line:
        """Say what an answer was read as, and what the calendar goes by where it says nothing."""
        if step.kind == "people":
            return self._names(step, text)
        read = understood.read(step, text, today, self.state.answers)
        settled = step.id == values.MEETING and not any(day in self.state.plan for day, _ in self.state.clocks)
        beside = [self._messages("understood.day_stays")] if settled and read != understood.amounts(read) else []
        read = understood.amounts(read) if settled else read
        facts = self._now_known(step.id)
        stands = (facts.stands or "") if step.stays else ""
        if step.default and not stands:
            stands = self._wording.default(self.guide.id, step.id, facts)
        what = understood.said(read, self._messages, today)
        standing = understood.missing(read, understood.read(step, stands, today))
        if step.id == values.MEETING or step.kind == "day":  # another step settled those
            standing = understood.amounts(standing)
        if step.often and not (step.stays and facts.stands):  # the guide's own words are no agreement to meet
            standing = replace(standing, often=None)
        rest = understood.unsaid(standing, self._messages, today)
        elsewhere = read.zone not in (None, understood.HOLIDAYS_OF)
        beside += [self._messages("understood.holidays")] if elsewhere else []
        beside += [self._messages("understood.no_rhythm")] if step.often and not (read.often or standing.often) else []
        beside += [self._messages("understood.excepted")] if step.often and values.excepts(text) else []
        if not (what or rest) or (not rest and what.casefold() == text.strip().casefold()):
            return Line("kept", " ".join([self.sentence("kept"), *beside]))
        way = "said_in_part" if what and rest else "said" if what else "not_said"
        known = {name: words for name, words in (("what", what), ("rest", rest)) if words}
        return Line("understood", " ".join([self._messages(f"understood.{way}", **known), *beside]))

    def _names(self, step: Step, text: str) -> Line:
        """Say who was understood to sit here, and what there is to say of how many they are."""
        named = values.people(text)
        names = ", ".join(self._messages("understood.away", name=who.name) if who.away else who.name for who in named)
        remark = values.remark(step, text)
        told = [self._messages("understood.names", names=names), *([self.sentence(remark)] if remark else [])]
        return Line("understood", " ".join(told))

    def _standing(self, asked: Ask, facts: Facts) -> str:
        """Give the words that stand if the field is left empty: "" where an answer is wanted."""
        step = asked.step
        if asked.before:
            return asked.before if asked.weighs in STANDS_WEIGHED else ""
        if step.stays and facts.stands:
            return facts.stands
        if step.kind == "member":
            seat = find(self.state.here, facts.name) if facts.name else None
            return seat.name if seat else ""
        return self._wording.default(self.guide.id, step.id, facts) if step.default else ""

    def _lines(self, kind: str) -> tuple[str, ...]:
        if kind == "choice":
            return self._messages("talk.yes"), self._messages("talk.no")
        if kind in ("member", "members"):
            return tuple(seat.name for seat in self.state.here)
        if kind == "stay":
            return tuple(seat.name for seat in self.state.givers)
        if kind == "frame":
            return self._around.frame(self.state, self._conversation.mendable, self.turns)
        return self._conversation.old_lines if kind == "pick" else ()

    def _now_known(self, step: str) -> Facts:
        """Give what a text may know now: the facts of the sitting, and what was answered in it."""
        state = self._conversation.state
        facts = replace(self.facts, picked=self._conversation.picked)
        if not self.together:
            return facts
        member = state.member.name if state.member else None
        stands, first = self._around.stands(step, member)
        known = {
            "member": member,
            "people": tuple(seat.name for seat in state.here),
            "group": state.answers.get("group") or facts.group,
            "reminder": state.answers.get("reminder") or facts.reminder,
            "stands": stands,
            "first_words": first,
        }
        return replace(facts, **{**known, **self._around.known(state)})

    def _told(self, name: str, of: str) -> Line:
        """Say one of the fixed sentences of what was answered at the step `of`."""
        if name == "taken_out" and self.guide[of].stays and self._around.stands(base(of), self._name_at(of))[0]:
            return Line(name, self.sentence("taken_out_stands"))
        if name == "kept" and of:
            return Line(name, " ".join(filter(None, (self.sentence(name), self._around.became(of, self.turns)))))
        return self._line(name)

    def _name_at(self, step: str) -> str | None:
        """Give who is asked at a step; None where nobody is asked by name."""
        return next((seat.name for seat in self.seats if seat.number == number(step)), None)

    def _line(self, name: str) -> Line:
        return Line(name, self.sentence(name))

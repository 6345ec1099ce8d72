"""A whole year of sittings with a made-up member, in seconds: what came, what came again too soon, and what never did.

Nothing is kept. The dice and the days come in as values, so the same year comes out of the same seed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from random import Random

from assistant.guides.events import Turn
from assistant.guides.facts import CASES, Facts
from assistant.guides.guide import ASIDE, UNANSWERED, WEEKS, Guide, Step, StepKind, base
from assistant.guides.library import Library
from assistant.guides.sandbox.apart import Steady
from assistant.guides.state import Phase
from assistant.messages import Lang, Messages
from assistant.sittings.around import Nowhere
from assistant.sittings.recollection import YEAR, Earlier, latest_answers, recall
from assistant.sittings.rehearsal import whole
from assistant.sittings.session import Session
from assistant.trouble import Trouble
from assistant.witness.crisis import Crisis

DAYS = 365
"""How long the year is."""
EVERY: dict[str, int] = {"kickoff": DAYS, "quarter": 91, "practice": 1}
"""How many days lie between two sittings of a guide; of any other, as many weeks as its company meets after."""
SOON = 28
"""A question that comes again in fewer days than this is told of."""
_LINES = 400
"""How many lines a sitting may take before it is given up."""
_ZONE = timezone(timedelta(hours=1))
_REMEMBERED = ("thread", "older", "old_lines", "first", "picked")
"""Facts that come from what was written, or in the sitting; all others are made up."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked once."""

    step: str
    at: date
    way: int
    """Which of its phrasings, from 0."""


@dataclass
class Came:
    """What came of one guide in one language."""

    guide: Guide
    lang: Lang
    sittings: int = 0
    asked: list[Asked] = field(default_factory=list)
    ways: dict[str, int] = field(default_factory=dict)
    """How many phrasings each step has."""
    troubles: list[tuple[date, Trouble]] = field(default_factory=list)
    """What broke, and when."""
    stuck: list[tuple[date, str]] = field(default_factory=list)
    """Steps that took no answer, and when."""

    @property
    def times(self) -> dict[str, list[int]]:
        """How often each phrasing of each step came."""
        counted = Counter((asked.step, asked.way) for asked in self.asked)
        return {step: [counted[step, way] for way in range(ways)] for step, ways in self.ways.items()}

    @property
    def never_asked(self) -> list[str]:
        """Steps that nobody came to."""
        came = {asked.step for asked in self.asked}
        return [step.id for step in self.guide.steps if step.id not in came]

    @property
    def unreachable(self) -> list[str]:
        """Steps that nobody came to, though there were sittings enough: only some come to what stands aside."""
        few = self.sittings < 3
        aside = {step.id for step in self.guide.steps if few and (step.kind in ASIDE or step.if_yes)}
        return [step for step in self.never_asked if step not in aside]

    @property
    def unused(self) -> list[tuple[str, int]]:
        """Phrasings that never came, of steps that did."""
        return [(step, way) for step, times in self.times.items() if any(times)
                for way, n in enumerate(times) if not n]  # fmt: skip

    @property
    def soon(self) -> dict[str, tuple[int, int]]:
        """Steps of which a phrasing came again within four weeks: how often, and after how few days."""
        found: dict[str, tuple[int, int]] = {}
        last: dict[tuple[str, int], date] = {}
        for asked in sorted(self.asked, key=lambda asked: asked.at):
            before = last.get((asked.step, asked.way))
            fixed = self.guide[asked.step].kind in UNANSWERED  # read aloud in the same words each time
            if before is not None and not fixed and 0 < (days := (asked.at - before).days) < SOON:
                times, least = found.get(asked.step, (0, SOON))
                found[asked.step] = (times + 1, min(least, days))
            last[asked.step, asked.way] = asked.at
        return found


class Heard:
    """The crisis check for a made-up member, who says the same few things all year: each is listened to once."""

    def __init__(self, crisis: Crisis) -> None:
        self.rule = cache(crisis.rule)


class Counting:
    """A library that notes what it was asked for, and reads each guide's files once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._of = cache(library.held)
        self._ways: dict[tuple[str, str], int] = {}
        self.came: Came | None = None
        """Where it is noted."""
        self.at = date.min
        self.step = ""
        """The step that was asked last."""

    def question(self, guide_id: str, step_id: str, facts: Facts) -> str:
        """Give a question, and note which phrasing it was."""
        step_id, library = base(step_id), self._of(guide_id)
        if (guide_id, step_id) not in self._ways:
            self._ways[guide_id, step_id] = len(library.ways(guide_id, step_id))
        self.step = step_id
        if self.came:
            self.came.ways[step_id] = self._ways[guide_id, step_id]
            self.came.asked.append(Asked(step_id, self.at, library.turn(guide_id, step_id, facts.week)))
        return library.question(guide_id, step_id, facts)

    def __getattr__(self, name: str) -> object:
        return getattr(self._library, name)


def schedule(guides: Sequence[Guide], began: date) -> list[tuple[date, Guide]]:
    """Give every sitting of the year, in the order of their days."""
    found = []
    for guide in guides:
        every = EVERY.get(guide.id, 7 * WEEKS[guide.company])
        found += [(began + timedelta(days=day), guide) for day in range(0, DAYS, every)]
    return sorted(found, key=lambda sitting: (sitting[0], sitting[1].id))


class Year:
    """A year in one language."""

    def __init__(
        self,
        library: Library,
        messages: Messages,
        seat: Callable[..., Session],
        hold: Callable[[Session, "Member", str], str],
        dice: Callable[[str], Random],
        began: date,
        answers: Sequence[str] = (),
    ) -> None:
        """Prepare a year that begins on `began`.

        `seat` makes a session of a guide, a plan, facts and where its words come from; `hold` holds it with a member
        under a title and gives its transcript. `dice` gives each guide its own, so that none changes another's year.
        `answers` are used in turn, where there are any.
        """
        self.at = began
        self._library, self._wording = library, Counting(library)
        self._messages = messages
        self._seat, self._hold = seat, hold
        self._answers = tuple(answers) or tuple(messages("year.answers").strip().split("\n"))
        self._given = bool(answers)
        self.guides = library.guides()
        self._began = began
        self.sittings = schedule(self.guides, began)
        """Every sitting there will be."""
        self._times = Counter(guide.id for _, guide in self.sittings)
        """How many sittings each guide has."""
        self._all_dice = {guide.id: dice(guide.id) for guide in self.guides}
        self._dice = Random(0)
        """Those of the sitting that is held."""
        self.came = {guide.id: Came(guide, messages.lang) for guide in self.guides}
        """What came of each guide."""
        self.transcripts: dict[str, list[str]] = {guide.id: [] for guide in self.guides}
        """What was said in each guide's sittings, in Markdown."""
        self._earlier: dict[str, list[Earlier]] = {guide.id: [] for guide in self.guides}
        self._next = 0

    def clock(self) -> datetime:
        """Give the time in the year."""
        return datetime.combine(self.at, time(15, 30), _ZONE)

    def run(self) -> Iterator[Guide]:
        """Hold every sitting, and give its guide when it has been held."""
        self._library.steady = Steady()
        try:
            for day, guide in self.sittings:
                self.at = day
                self._sit(guide)
                yield guide
        finally:
            self._library.steady.close()
            self._library.steady = None

    def _sit(self, guide: Guide) -> None:
        came = self.came[guide.id]
        came.sittings += 1
        self._dice = self._all_dice[guide.id]
        self._wording.came, self._wording.at = came, self.at
        facts = self._facts(guide)
        plan = guide.plan(facts.month, facts.as_plain())
        member = Member(self, guide)
        try:
            session = self._seat(guide, plan, facts, Nowhere(), self._wording, self.clock)
            member.session = session
            title = f"{guide.title[self._messages.lang]} · {self.at:%Y-%m-%d}"
            self.transcripts[guide.id].append(self._hold(session, member, title))
        except Trouble as trouble:
            came.troubles.append((self.at, trouble))
            return
        came.stuck += [(self.at, step) for step in member.stuck]
        self._earlier[guide.id].insert(0, Earlier(self.clock(), latest_answers(_plainly(session.turns))))

    def _facts(self, guide: Guide) -> Facts:
        now = self.clock()
        earlier = [sitting for sitting in self._earlier[guide.id] if now - sitting.began < YEAR]
        facts = recall(
            guide,
            earlier,
            first=not self._earlier[guide.id],
            name=self._messages("made_up.name"),
            began=self._began,
            at=now,
            messages=self._messages,
        )
        full = whole(self._messages, facts.week)
        others = {step.needs for step in guide.steps if step.needs and step.needs not in _REMEMBERED}
        return replace(facts, **{fact: getattr(full, fact) for fact in others if not getattr(facts, fact)})

    # What the member writes

    def words(self) -> str:
        """Give the next answer."""
        if self._given:
            self._next += 1
            return self._answers[(self._next - 1) % len(self._answers)]
        return " ".join(self._dice.sample(self._answers, self._dice.choice((1, 1, 2))))

    def roll(self, share: float) -> bool:
        """Say whether something happens that does so in this share of the times."""
        return self._dice.random() < share

    def comes(self, kind: StepKind, guide: Guide, share: float) -> bool:
        """Say whether a sitting comes to what only some come to; at one of the last nine it does, if it never has."""
        step, came = guide.first_of(kind), self.came[guide.id]
        left = self._times[guide.id] - came.sittings
        wanted = step is not None and left < 9 and step.id in came.never_asked
        return step is not None and (self.roll(share) or wanted)

    def day_ahead(self) -> str:
        """Give a day two weeks ahead, as it is written."""
        ahead = self.at + timedelta(days=14)
        month = self._messages(f"month.{ahead.month}")
        return self._messages("screen.day", day=ahead.day, month=month, year=ahead.year)

    def said(self, name: str) -> str:
        """Give one of the short things a made-up member writes."""
        return self._messages(f"year.{name}")


def _plainly(turns: Sequence[Turn]) -> list[Turn]:
    return [turn for turn in turns if base(turn.step) == turn.step]


class Member:
    """Who types: line by line, as in plain mode, by what is asked."""

    def __init__(self, year: Year, guide: Guide) -> None:
        self._year = year
        self._guide = guide
        self._flat = year.comes("light", guide, 0.12)
        """Whether it is a week with short answers."""
        self._turns = not self._flat and year.comes("free", guide, 0.06)
        """Whether something else fills the member."""
        self._stays = 8 if year.comes("stay", guide, 0.2) else 0
        """How often the group will say that it stays with a heavy turn, until one is heavy."""
        self._at_once = year.roll(0.5)
        """Whether it does at the first question, or some questions later."""
        self._waiting: list[str] = []
        self._before: tuple = ()
        self._tries = 0
        self._typed = 0
        self.session: Session | None = None
        self.stuck: list[str] = []
        """Steps that took none of the answers."""

    def isatty(self) -> bool:
        """Say that nobody sees what is typed."""
        return False

    def readline(self) -> str:
        """Give the next line, or "" when there is no more to say."""
        self._typed += 1
        if self._typed > _LINES:
            self.stuck.append(self._year._wording.step)
            return ""
        return f"{self._line()}\n"

    def _line(self) -> str:
        if self._waiting:
            return self._waiting.pop(0)
        if self.session.phase is Phase.SIGNPOST:
            return "1"
        if self.session.phase is Phase.FREE:
            self._waiting = ["/pause"]
            return self._year.words()
        if self.session.phase is Phase.STAYING:
            self._stays = 0
            return "/skip"
        if self._stays and self._typed > 5 and self._typed % 3 == 0:
            self._stays -= 1
            return "/stay"
        standing = (len(self.session.turns), self._year._wording.step)
        self._tries = self._tries + 1 if standing == self._before else 0
        self._before = standing
        step = self._guide[self._year._wording.step]
        if self._tries:
            others = self._others()
            if self._tries > len(others):
                self.stuck.append(step.id)
                return "/skip"
            return others[self._tries - 1]
        if self._turns and (self._typed > 2 or self._at_once):
            self._turns = False
            return "/else"
        first, *self._waiting = self._answer(step)
        return first

    def _others(self) -> list[str]:
        """Give what is tried where a question took none of what its kind of step usually takes."""
        year = self._year
        kinds = ("choice", "number", "clock", "weekday", "zone")
        return [CASES["people"][0][0], year.day_ahead(), *map(year.said, kinds), year.words(), "1"]

    def _answer(self, step: Step) -> list[str]:
        year = self._year
        if step.kind in (*UNANSWERED, "frame") or (step.default and year.roll(0.5)):
            return [""]
        match step.kind:
            case "pick":
                return ["1 2" if len(self.session.facts.old_lines) > 1 else "1"]
            case "people":
                names = CASES["people"][0]
                return [f"{name}\\" for name in names[:-1]] + [names[-1]]
            case "day":
                return [year.day_ahead()]
            case "choice" | "number" | "clock" | "weekday" | "zone":
                return [year.said(step.kind)]
        if self._flat:
            return [year.said("short")]
        if year.roll(0.06):
            return ["/skip"]
        return [year.words()]

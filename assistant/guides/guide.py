"""What a guide is: steps in an order, with no wording in it and no language. The wording lives in `library`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Company = Literal["member", "pair", "circle"]
"""Who sits with a guide."""
WEEKS: dict[Company, int] = {"member": 1, "pair": 2, "circle": 4}
"""How many weeks lie between two sittings of a guide, by who sits with it: the practice's rhythm."""
StepKind = Literal[
    "ask", "pick", "light", "free",
    "people", "member", "members", "choice", "number", "day", "clock", "weekday", "zone",
    "read", "silent", "break", "length", "stay", "frame",
]  # fmt: skip
"""`ask` takes an answer; `pick` chooses among old lines by number; `light` is the one question a flat week gets;
`free` is where something else fills a member: nothing is asked there, and nothing is made of it.

Where several sit around one screen: `people` takes who they are, one a line; `member` one of them, `members` one or
more; `choice` a yes or a no; `number`, `day`, `clock`, `weekday` and `zone` what their names say, in a person's words
(see `values`). `read` is a text to read aloud, `silent` a pause in which everyone writes on paper, and at a `break`
they may stop and go on a week later: all three want no answer. `length` takes how many minutes there are: a guide that
asks it has a soft clock, and what is said at its texts to read and its silences is never written down. `stay` is where
a turn is heavy and others offer theirs. At `frame` the whole frame is read line by line before it
is kept: the number of a line leads to its question and back, and an empty field goes on."""
ASIDE: frozenset[StepKind] = frozenset(("light", "free", "stay"))
"""The kinds of step that are in no plan: something leads to them."""
UNANSWERED: frozenset[StepKind] = frozenset(("read", "silent", "break"))
"""The kinds of step that want no answer."""
Wants = Literal["name", "own"]
"""What an answer must be: a `name`, or somebody's `own` words for something of theirs (see `wanted`)."""
Unit = Literal["minutes", "months", "times"]
"""What an amount is counted in."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the year, in which some of a guide's steps are asked."""

    id: str
    """Its name, which steps refer to: `first`, `middle`, `year`."""
    from_month: int
    """The month of a member's year, counted from 1, in which it begins; it lasts until the next begins."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a guide."""

    id: str
    """Its name, and the name of its Markdown file in each language."""
    kind: StepKind = "ask"
    """What sort of answer it takes."""
    reflect: bool = False
    """Whether words may be given back here."""
    carry: bool = False
    """Whether the answer is about what the others may hear."""
    stages: tuple[str, ...] = ()
    """The stages in which it is asked; none means all."""
    needs: str | None = None
    """A fact without which it is passed over, such as `thread`."""
    if_yes: str | None = None
    """The `choice` before it to which the group said yes; else it is passed over, and it isn't counted."""
    minutes: float = 1.0
    """About how long it takes."""
    each: bool = False
    """Whether it is asked once for every member, by name: for those whom the guide's `people` step names."""
    charter: bool = False
    """Whether the answer stands in the group's charter."""
    wants: Wants | None = None
    """What an answer must be to stand in the charter; another is put again once."""
    default: bool = False
    """Whether there are words that stand if the field is left empty: `STEP.default.md` in each language."""
    stays: bool = False
    """Whether what the charter says stands if the field is left empty."""
    unit: Unit | None = None
    """What an amount in the answer is counted in."""
    floor: int | None = None
    """An amount, in `unit`: a smaller one hears the reason once, `STEP.floor.md`, and then the group decides."""
    often: int | None = None
    """How many times a month at least: how often is read out of the answer too, and what is seldomer hears the
    reason."""
    floor_words: tuple[str, ...] = ()
    """Words, such as "slack", that hear the reason as a smaller amount does; "yes" or "no" for a `choice`."""
    nudge: bool = False
    """Whether the guard reads the draft before it is kept, because somebody else will read it; its writer decides."""
    phase: str | None = None
    """The step whose time it takes, where it is not its own: what is settled at the end takes that of `closing`."""

    @property
    def has_floor(self) -> bool:
        """Whether some answers hear a reason first."""
        return bool(self.floor or self.often or self.floor_words) or self.kind == "length"


def base(step_id: str) -> str:
    """Give the step whose file is meant where a member's turn at it is named: `learning_point:2`."""
    return step_id.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Guide:
    """A conversation's structure."""

    id: str
    """Its folder's name, and its name on the command line."""
    title: Mapping[str, str]
    """What people call it, by language."""
    company: Company
    """Who sits with it; `with` in guide.toml."""
    minutes: int
    """About how long a sitting takes."""
    stages: tuple[Stage, ...]
    """The parts of its year, earliest first; none means one that lasts."""
    steps: tuple[Step, ...]
    """Its questions, in order."""

    def __getitem__(self, step_id: str) -> Step:
        return next(step for step in self.steps if step.id == base(step_id))

    def first_of(self, kind: StepKind) -> Step | None:
        """Give the first step of a kind, if there is one."""
        return next((step for step in self.steps if step.kind == kind), None)

    @property
    def timed(self) -> bool:
        """Whether a sitting has a soft clock: where people take turns, each sees that they have the same."""
        return self.has_turns or self.company == "pair"

    @property
    def has_turns(self) -> bool:
        """Whether it is a meeting: its length is asked, and each who is there has a turn."""
        return self.first_of("length") is not None

    def stage(self, month: int, facts: Mapping[str, object]) -> str | None:
        """Give the stage of `month`, counted from 1: the last begun that has what its `pick` steps choose from.

        None for a guide without stages.
        """
        begun = [stage.id for stage in self.stages if stage.from_month <= month]
        wanting = {
            stage
            for step in self.steps
            if step.kind == "pick" and step.needs and not facts.get(step.needs)
            for stage in step.stages
        }
        ready = [stage for stage in begun if stage not in wanting]
        return ready[-1] if ready else None

    def plan(self, month: int, facts: Mapping[str, object]) -> tuple[str, ...]:
        """Give the ids of the steps asked in `month`, in order: those of its stage whose needed fact is there."""
        stage = self.stage(month, facts)
        return tuple(
            step.id
            for step in self.steps
            if step.kind not in ASIDE
            and (not step.stages or stage in step.stages)
            and (step.needs is None or facts.get(step.needs))
        )

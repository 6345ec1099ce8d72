"""What happens in a conversation, and what is wanted of it: small frozen values; nothing here acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

from assistant.guides.guide import Step
from assistant.guides.turn import Turn

if TYPE_CHECKING:
    from assistant.witness.rules import Finding
    from assistant.witness.said import Said

ReflectKind = Literal["reflect", "gather"]
"""What a language model may be asked for: a reflection on one answer, or the sitting's quotes gathered at its end."""

Weighs = Literal["", "below", "unread", "elsewhere", "name", "asked", "unknown"]
"""Why an answer is put again with its question: the practice has another, a calendar can read nothing in it, or it is
another day than how often the group meets was said to be; or it is no line of the frame yet (see `wanted`)."""

# Events: what happened


@dataclass(frozen=True, slots=True)
class Answered:
    """The member wrote something and sent it."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """The group let the words stand that stand where the field is left empty."""

    text: str
    """Those words, as they were shown."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Came:
    """A member came who had been away, or whom nobody had named before."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WentAway:
    """A member had to go; the others go on."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Passed:
    """The member whose turn it is has nothing to tell today; the next one's turn comes."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Stayed:
    """The turn is heavy: the group stays here, and nothing is asked meanwhile."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """The group holds the clock, or lets it go on."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    """The member left a question."""

    at: datetime


@dataclass(frozen=True, slots=True)
class WentBack:
    """The member went back to the question before, or out of what filled them."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Corrected:
    """ "Not quite": the member's own wording for what was said back."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Turned:
    """Something else fills the member."""

    at: datetime


@dataclass(frozen=True, slots=True)
class WonderedWhy:
    """The member asked why this question is asked."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Chose:
    """The member chose on the help-lines card."""

    choice: Literal["go_on", "stop", "delete"]
    at: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """The member leaves it here for now, or is done where something else filled them."""

    at: datetime


@dataclass(frozen=True, slots=True)
class AskedToGather:
    """The member wants the sitting's words gathered by the language model."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Drafted:
    """A language model wrote something."""

    number: int
    """The request it answers: see `Reflect`."""
    text: str
    """All it has written so far."""
    ended: bool
    """Whether that is all there is."""
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftFailed:
    """A language model did not answer, or stopped in the middle."""

    number: int
    why: str
    """What went wrong, by its name in the message catalogue, under `model`."""
    at: datetime


@dataclass(frozen=True, slots=True)
class LetGo:
    """The member doesn't want to wait for the language model."""

    at: datetime


Event = (
    Answered
    | Accepted
    | Came
    | WentAway
    | Passed
    | Stayed
    | Held
    | Skipped
    | WentBack
    | Corrected
    | Turned
    | WonderedWhy
    | Chose
    | Paused
    | AskedToGather
    | Drafted
    | DraftFailed
    | LetGo
)


# Effects: what is wanted


@dataclass(frozen=True, slots=True)
class Keep:
    """Write this turn, before anything else happens."""

    turn: Turn


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase the words of the sitting's last `sealed` turns."""

    turns: int


@dataclass(frozen=True, slots=True)
class Ask:
    """Put a step's question."""

    step: Step
    before: str = ""
    """What the member answered here earlier in the sitting, when they came back."""
    id: str = ""
    """The step as it is kept: with the member's number behind it, where each is asked."""
    weighs: Weighs = ""
    """What is told first, where the answer is weighed."""


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Show the member's own words, or a fixed answer that is made of them."""

    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Reflect:
    """Ask the language model, and hand on what it writes as `Drafted`; nothing is asked of the member meanwhile."""

    number: int
    """Counted from 1 in a sitting; what comes goes with it."""
    kind: ReflectKind
    said: str
    """What the member said: all of it that may be sent."""
    again: tuple[str, ...] | None = None
    """Why the first try could not be shown, in the gate's words; None for a first try."""


@dataclass(frozen=True, slots=True)
class Forming:
    """Show what of a reflection may be shown so far; more may come, or nothing more."""

    text: str


@dataclass(frozen=True, slots=True)
class Tell:
    """Say one of the fixed sentences, by its name in the message catalogue, under `talk`."""

    name: str
    step: str = ""
    """The step that it is said of, as it is kept, where more may be said of what became of it."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Say that an answer is kept, and what was read out of it."""

    step: Step
    text: str
    """The answer."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Explain:
    """Say why a step is asked."""

    step: Step


@dataclass(frozen=True, slots=True)
class Signpost:
    """Show the help lines and wait for a choice; nothing else is asked."""

    rule: str
    """The crisis rule that spoke, for `doctor` and the tests; never shown."""
    choices: tuple[str, ...] = ("go_on", "stop", "delete")


@dataclass(frozen=True, slots=True)
class Finish:
    """The sitting ends here: `done` for good, `paused` to go on another time."""

    how: Literal["done", "paused"]


@dataclass(frozen=True, slots=True)
class Remind:
    """Show the writer of a draft, and nobody else, what a witness can give; nothing is kept, and they decide."""

    text: str
    """One of the fixed reminders."""


Effect = Keep | Forget | Ask | GiveBack | Reflect | Forming | Tell | Understood | Explain | Signpost | Remind | Finish


# What the core asks of the witness


class Witness(Protocol):
    """What a conversation needs to know of the witness: pure questions about a text."""

    def crisis(self, text: str) -> str | None:
        """Give the id of the crisis rule that speaks, if one does."""

    def respond(self, text: str, said: Sequence[str], give_back: bool) -> Said | None:
        """Give what may be said to `text`: an answer to a greeting or to a question for advice, else, if
        `give_back`, the member's own words where there is something to give back. `said` was said before."""

    def nudge(self, text: str, number: int) -> str | None:
        """Give a reminder, the one of that `number`, where a draft to somebody else drifts from witnessing."""

    def judge(self, text: str, said: str) -> tuple[Finding, ...]:
        """Give what keeps a model's `text` from being shown to who said `said`; nothing means: show it."""

    def framed(self, text: str, said: str, kind: ReflectKind, turn: int) -> str:
        """Give a sentence of a model's with its quotation marks, where it forgot them; `turn` sentences came before."""

    def is_framed(self, text: str, said: str, kind: ReflectKind) -> bool:
        """Say whether a model's `text` has the form it must have, before it is judged."""

    def sentences(self, text: str) -> tuple[str, ...]:
        """Give the sentences of `text`."""

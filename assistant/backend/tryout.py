"""One reflection outside of any sitting, on made-up words: for `vidne model test` and the trial with a real model."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.backend.reflector import Reflector
from assistant.guides.conversation import Conversation
from assistant.guides.events import Answered, Drafted, DraftFailed, Effect, Forming, GiveBack, Reflect, Witness
from assistant.guides.guide import Guide, Stage, Step

_GUIDE = Guide("try", {}, "member", 1, (Stage("all", 1),), (Step("one", reflect=True), Step("two")))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    asked: int
    """How often the model was asked: twice where the gate stopped the first try; 0 where it would not be asked."""
    shown: str
    """What was shown of the model's words; "" where it was the echo."""
    echo: str
    """What was shown instead."""
    failed: str
    """What went wrong on the way, by its name under `model` in the message catalogue; "" for nothing."""
    wrote: tuple[str, ...]
    """What the model wrote, try by try: for the reader of a trial, never for a member."""
    first: float | None
    """When the first sentence was shown, in seconds from the answer."""
    whole: float
    """When all was over."""


def try_out(
    reflector: Reflector, witness: Witness, said: str, clock: Callable[[], datetime], ticks: Callable[[], float]
) -> Outcome:
    """Answer `said` in a conversation of one question; `clock` tells the time, and `ticks` counts seconds."""
    conversation = Conversation(_GUIDE, ("one", "two"), witness, reflects=True)
    began = ticks()
    conversation.begin()
    effects = conversation.receive(Answered(said, clock()))
    seen: list[Effect] = list(effects)
    wrote: list[str] = []
    failed, first = "", None
    while wanted := next((effect for effect in effects if isinstance(effect, Reflect)), None):
        wrote.append("")
        with reflector.asking(wanted) as coming:
            effects = []
            while conversation.draft and conversation.draft.number == wanted.number:
                event = coming()
                if isinstance(event, Drafted):
                    wrote[-1] = event.text
                elif isinstance(event, DraftFailed):
                    failed = event.why
                effects = conversation.receive(event)
                seen += effects
                if first is None and any(isinstance(e, Forming) or _is_models(e) for e in effects):
                    first = ticks() - began
    given = [effect for effect in seen if isinstance(effect, GiveBack)]
    shown = next((effect.text for effect in given if _is_models(effect)), "")
    echo = next((effect.text for effect in given if not _is_models(effect)), "")
    return Outcome(len(wrote), shown, echo, failed, tuple(wrote), first, ticks() - began)


def _is_models(effect: Effect) -> bool:
    return isinstance(effect, GiveBack) and effect.how == "model"

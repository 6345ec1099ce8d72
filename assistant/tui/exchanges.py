"""What is shown of the turns that were kept: questions, answers and words given back, as one reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.guides.events import Turn
from assistant.guides.state import WEIGHED


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it."""

    step: str
    """The step it was asked at; "" for what was written unasked."""
    asked: str
    """The question as it was read; "" where nothing was asked."""
    answer: str
    """What the member wrote; "" for a question left."""
    said: str = ""
    """What was said back."""
    how: str = ""
    """How that was found: see `assistant.witness.said.Said`."""
    own: str = ""
    """The member's own wording for it, which wins."""

    @property
    def shown(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.answer) or self.how == "gathered"


def exchanges(turns: Iterable[Turn]) -> tuple[Exchange, ...]:
    """Give the exchanges of a sitting in the order they stand: a question gone back to has left, until it returns."""
    standing: list[Exchange] = []
    latest: dict[str, Exchange] = {}
    unasked = weighed = mends = False
    for turn in turns:
        match turn.kind:
            case "answered" | "skipped":
                earlier = latest.get(turn.step)
                if turn.kind == "skipped" and earlier and earlier.answer == turn.text:
                    exchange = earlier
                else:
                    exchange = Exchange(turn.step, turn.asked, turn.text)
                latest[turn.step] = exchange
                if weighed:  # the answer that was weighed is given again, or another in its place
                    _leave(standing)
                if mends:  # its line has another place in the frame, and one on the page
                    standing[:] = [each for each in standing if each.step != turn.step]
                    mends = turn.how in WEIGHED
                weighed = turn.how in WEIGHED
                standing.append(exchange)
            case "stands":
                standing[:] = [replace(each, answer=turn.text) if each.step == turn.step else each for each in standing]
            case "said" if turn.how == "gathered":
                standing.append(Exchange("", "", "", turn.text, turn.how))
            case "said" if standing:
                standing[-1] = latest[turn.step] = replace(standing[-1], said=turn.text, how=turn.how)
            case "corrected":
                last = next((at for at in reversed(range(len(standing))) if standing[at].said), None)
                if last is not None:
                    standing[last] = replace(standing[last], own=turn.text)
                    latest[standing[last].step] = standing[last]
            case "back":
                if not (unasked or mends):
                    _leave(standing)
                unasked = weighed = mends = False
            case "mended":
                mends = True
            case "turned":
                unasked = True
            case "free":
                standing.append(Exchange("", "", turn.text))
            case "sealed":  # of no step: it stays whatever is answered there when its question is gone back to
                standing.append(Exchange("", turn.asked, turn.text))
    return tuple(standing)


def _leave(standing: list[Exchange]) -> None:
    """Take out what stands at the step asked last; what was written unasked stays."""
    step = next((exchange.step for exchange in reversed(standing) if exchange.step), None)
    standing[:] = [exchange for exchange in standing if not exchange.step or exchange.step != step]

"""The frame as it will be kept, line by line, to read together before it is: what has no line stands empty. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.circle.agreed import stands
from assistant.circle.charter import Charter
from assistant.guides.guide import Guide, Step, base
from assistant.guides.reading import understood
from assistant.guides.seats import number
from assistant.guides.state import State
from assistant.messages import Messages


def lines(
    charter: Charter, guide: Guide, state: State, steps: Sequence[str], messages: Messages, today: date
) -> tuple[str, ...]:
    """Give the line that each of `steps` became: what it is about, and what stands there."""
    names = {seat.number: seat.name for seat in state.seats}

    def one(step_id: str) -> str:
        step, name = guide[step_id], names.get(number(step_id) or 0)
        text = _text(charter, step, name, state.answers.get(step_id, ""), messages, today)
        label = messages.sentences.get(f"charter.{step.id}", step.id.replace("_", " ").replace("-", " "))
        label = f"{name} · {label}" if name else label
        return messages("charter.line", label=label, text=text or messages("charter.line_empty"))

    return tuple(map(one, steps))


def _text(charter: Charter, step: Step, name: str | None, said: str, messages: Messages, today: date) -> str:
    if base(step.id) in ("group", "helplines_own"):
        return getattr(charter, step.id)
    if step.id == "helplines":
        return messages("charter.unchecked" if charter.helplines_checked is None else "charter.line_checked")
    if step.kind in ("day", "clock", "weekday", "zone"):
        read = understood.read(step, said, today)
        if read.day and charter.dates:
            read = replace(read, clock=charter.dates.first_meeting.time())
        return understood.said(read, messages, today)
    if step.id == "months" and charter.words.get("months", "").isdecimal():
        return messages("charter.count_months", count=charter.words["months"])
    return stands([charter], step.id, name, (messages("talk.yes"), messages("talk.no"))) or ""

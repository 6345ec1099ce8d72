"""Answering in writing what somebody carried, in the four steps; private until its writer has seen it and says yes.

What is answered is asked for each time it is shown and is kept nowhere with the answer: once it is taken back, there is
nothing to read and nothing to answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.circle.items import Response
from assistant.guides.guide import base
from assistant.guides.reading import values
from assistant.sittings.around import Around
from assistant.sittings.recollection import latest_answers
from assistant.text import is_blank
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.circle.items import Passage
    from assistant.circle.page import CharterPage
    from assistant.circle.view import Entry, View
    from assistant.guides.state import State
    from assistant.guides.turn import Turn
    from assistant.messages import Messages

GUIDE = "answer"
STEPS = ("expression", "image", "resonance", "transport")
"""The four steps, as the guide and an item name them."""
SHARE = "share"
"""The step at which the whole of it is seen, and a yes shares it."""


def to_answer(view: View, me: str) -> tuple[Entry[Passage], ...]:
    """Give what others carried, and I have not answered, the latest first."""
    answered = {entry.body.to for entry in view.responses if entry.by == me}
    return tuple(entry for entry in reversed(view.passages) if entry.by != me and entry.id not in answered)


def answers_to(view: View, passage: str) -> tuple[Entry[Response], ...]:
    """Give the answers to a passage."""
    return tuple(entry for entry in view.responses if entry.body.to == passage)


def page(view: View, entry: Entry[Passage], messages: Messages) -> CharterPage:
    """Give what somebody carried, and the answers to it, as a page."""
    from assistant.circle.page import CharterPage, Section, Wording
    from assistant.circle.page import Entry as Said

    def said(label: str, text: str) -> Said:
        return Said(label, (Wording(entry.body.written, text),))

    sections = [Section("", (said("", entry.body.text),))]
    for answer in answers_to(view, entry.id):
        steps = tuple(said(messages(f"answer.{step}"), text) for step in STEPS if (text := getattr(answer.body, step)))
        sections.append(Section(name_of(view, answer.by), steps))
    return CharterPage(
        lang=messages.lang,
        title=messages("answer.carried", name=name_of(view, entry.by)),
        group="",
        lead=(),
        sections=tuple(sections),
        first=lambda day: "",
        later=lambda day: "",
    )


def name_of(view: View, key: str) -> str:
    """Give what a member is called."""
    member = view.member(key)
    return member.name if member else ""


class Answering:
    """One answer: what its sitting is told, and what becomes of it."""

    def __init__(self, circle: Circle, passage: str, messages: Messages) -> None:
        """Prepare to answer a passage."""
        self._circle = circle
        self._passage = passage
        self._messages = messages

    def around(self) -> Around:
        """Give what the session needs."""
        return Around(beside=self.beside, finished=self.finished)

    def beside(self, state: State) -> tuple[str, ...]:
        """Give what is answered, as long as it stands; and at the end the whole answer, as the others will see it."""
        entry = self._circle.view.entry(self._passage)
        if entry is None:
            return (self._messages("answer.taken_back"),)
        carried = f"“{entry.body.text}”"
        if base(state.step) != SHARE:
            return (carried,)
        said = (f"{self._messages(f'answer.{step}')}\n{text}" for step in STEPS if (text := state.answers.get(step)))
        return (carried, *said)

    def finished(self, turns: Sequence[Turn]) -> str:
        """Share the answer if its writer said yes, and say what became of it."""
        answers = latest_answers(turns)
        said = {step: answers[step] for step in STEPS if not is_blank(answers.get(step, ""))}
        if values.yes(answers.get(SHARE, "")) is not True or not said:
            return self._messages("answer.private")
        if any(turn.kind == "sealed" for turn in turns):
            return self._messages("answer.private")
        try:
            self._circle.respond(Response(to=self._passage, **said))
        except Trouble as trouble:
            return self._messages(trouble.key, **trouble.values)
        return self._messages("answer.shared")

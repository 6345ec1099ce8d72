"""What a front end shows of a sitting: words, each with what it is, and nothing of how it looks."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.guides.events import Reflect


@dataclass(frozen=True, slots=True)
class Question:
    """A question to put; it waits for an answer."""

    step: str
    """The step's id."""
    kind: str
    """The step's kind: `ask`, `pick`, `light` or `free`."""
    text: str
    """What is asked, as plain paragraphs."""
    place: tuple[int, int]
    """Which question this is, counted from 1, and of how many."""
    before: str = ""
    """What the member answered here before, to be put in the answer field."""
    lines: tuple[str, ...] = ()
    """The old lines to pick from, by number."""
    default: str = ""
    """The words that stand if the field is left empty."""
    note: str = ""
    """What is told before the question is put again: why the practice has another answer."""
    beside: tuple[str, ...] = ()
    """What stands beside the question: the words a teller carried, or the page as it will be kept. It is asked for
    anew each time (see `Session.beside`), and kept nowhere."""


@dataclass(frozen=True, slots=True)
class Line:
    """One of Vidne's fixed sentences."""

    name: str
    """Its name in the message catalogue, under `talk`."""
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """The member's own words, given back; or an answer to a greeting or to a question for advice."""

    text: str
    how: str
    """How they were found: see `assistant.witness.said.Said`; `model` or `gathered` for a language model's words."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A language model is asked: the front end has the reflector ask, and sends what comes, until nothing is wanted."""

    wanted: Reflect
    """What the model is asked for; see `Session.wanted`."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What of a language model's words may be shown so far; the whole of it comes as `Words`."""

    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a question is asked."""

    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """The help lines; they wait for a choice."""

    text: str
    choices: tuple[tuple[str, str], ...]
    """What may be chosen, and its label, in the order of their numbers."""


@dataclass(frozen=True, slots=True)
class End:
    """The sitting ends here."""

    how: str
    """`done` or `paused`."""
    text: str


Shown = Question | Line | Words | Waiting | Coming | Reason | Card | End

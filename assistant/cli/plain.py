"""A conversation line by line, for pipes, screen readers and tests: one line is one answer.

What is printed is a transcript in Markdown: questions as paragraphs, answers as quotes. Reading lines and commands is
all that is decided here.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from assistant.guides import seats
from assistant.guides.events import (
    Answered,
    AskedToGather,
    Came,
    Chose,
    Corrected,
    Event,
    Held,
    LetGo,
    Passed,
    Paused,
    Skipped,
    Stayed,
    Turned,
    WentAway,
    WentBack,
    WonderedWhy,
)
from assistant.guides.guide import ASIDE, UNANSWERED
from assistant.guides.state import Phase
from assistant.messages import Messages
from assistant.sittings.session import Session
from assistant.sittings.shown import Card, End, Line, Question, Reason, Shown, Waiting, Words
from assistant.text import clean, is_blank

if TYPE_CHECKING:
    from assistant.guides.softclock import Reading

EVENTS: dict[str, Callable] = {
    "/skip": Skipped,
    "/back": WentBack,
    "/else": Turned,
    "/pause": Paused,
    "/why": WonderedWhy,
}
"""What a line says when it is, whole and exactly, one of these. `/no TEXT`, `/help` and `/quit` are read beside them,
and where a language model is on, `/request TEXT` and `/gather`."""

AT_A_MEETING: dict[str, Callable] = {"/pass": Passed, "/stay": Stayed, "/hold": Held}
"""What a line says where a sitting has a soft clock; `/witness` and `/clock` are read beside them."""

ABOUT_A_MEMBER: dict[str, Callable] = {"/here": Came, "/away": WentAway}
"""What a line says of the member whose name stands behind it, where several sit around the screen."""


def converse(session: Session, source: TextIO, out: TextIO, messages: Messages, title: str) -> None:
    """Hold `session` with the lines of `source` until it ends, or they do.

    Answers are written back as quotes where nobody sees them typed, so that the output can be read alone.
    """
    typed = source.isatty()
    talk = _Talk(session, out, messages)
    if session.reflector:
        session.reflector.prepare()
    talk.heading(title)
    talk.show(session.open())
    if session.draft:
        talk.say(session.sentence("draft", draft=session.draft))
    for line in _answers(source, session, out if typed else None):
        if not typed:
            talk.quote(line)
        if line == "/quit" or talk.take(line):
            return


def choose(session: Session, source: TextIO, out: TextIO, messages: Messages) -> None:
    """Show the help lines that a kept sitting stopped at, and take what the lines of `source` choose."""
    talk = _Talk(session, out, messages)
    talk.show(tuple(item for item in session.open() if isinstance(item, Card)))
    for line in _answers(source, session, out if source.isatty() else None):
        if talk.take(line):
            return


def _answers(source: TextIO, session: Session, prompt: TextIO | None) -> Iterator[str]:
    """Give whole answers: a trailing backslash continues one, and what there is of it is kept as a draft."""
    begun: list[str] = []
    while True:
        if prompt:
            prompt.write("> ")
            prompt.flush()
        line = source.readline()
        if not line:
            if begun:
                yield "\n".join(begun)
            return
        line = clean(line.rstrip("\n").removesuffix("\r"))
        if line.endswith("\\"):
            begun.append(line[:-1])
            session.keep_draft("\n".join([session.draft, *begun] if session.draft and len(begun) == 1 else begun))
            continue
        yield "\n".join([*begun, line])
        begun = []


def minutes(reading: "Reading") -> dict[str, str]:
    """Give what the soft clock says, in minutes and seconds."""
    names = ("spent", "of", "whole", "of_whole")
    return {name: f"{getattr(reading, name) // 60}:{getattr(reading, name) % 60:02}" for name in names}


class _Talk:
    """One conversation's output, and what its lines mean."""

    def __init__(self, session: Session, out: TextIO, messages: Messages) -> None:
        self._session = session
        self._out = out
        self._messages = messages
        self._choices: tuple[str, ...] = ()
        self._carried: tuple[int, tuple[str, ...]] | None = None
        """Whose carried words were said last, and which."""
        self._before = ""
        """What was answered before at the question that waits."""

    def _help(self) -> str:
        """Give the commands of this sitting: in a rehearsal they keep nothing, and there is nothing to go on with."""
        together = "_together" * self._session.together
        how = ("pause_rehearsed", "quit_rehearsed") if self._session.is_rehearsal else ("pause", f"quit{together}")
        pause, leave = (self._messages(f"help.{name}") for name in how)
        return self._messages(f"help.plain{together}", pause=pause, quit=leave)

    def take(self, line: str) -> bool:
        """Act on one line, and say whether the sitting ended with it."""
        if line == "/help":
            self.say(self._help())
            if self._session.guide.timed:
                turns = self._session.guide.has_turns
                self.say(self._messages("help.plain_meeting" if turns else "help.plain_clock"))
            if self._session.reflector:
                self.say(self._messages("help.plain_model"))
            return False
        if line == "/clock" and (reading := self._session.clock):
            self.say(self._messages("talk.clock", **minutes(reading)))
            return False
        if line == "/witness" and self._session.together:
            self.say(self._session.witnesses)
            return False
        if self._session.reflector and (line == "/request" or line.startswith("/request ")):
            self.say(self._request(line[9:]))
            return False
        shown = self._session.send(self._event(line))
        self.show(shown or (Line("not_here", self._messages("talk.not_here")),))
        shown += self._hear()
        return any(isinstance(item, End) for item in shown)

    def _hear(self) -> tuple[Shown, ...]:
        """Wait for the language model, for as long as one is asked; Ctrl+C waits no longer."""
        heard: list[Shown] = []
        while (wanted := self._session.wanted) and self._session.reflector:
            with self._session.reflector.asking(wanted) as coming:
                while self._session.wanted == wanted:
                    try:
                        event = coming()
                    except KeyboardInterrupt:
                        event = LetGo(self._session.now())
                    shown = self._session.send(event)
                    self.show(shown)
                    heard += shown
        return tuple(heard)

    def _request(self, answer: str) -> str:
        """Give what the language model would get for an answer, or for gathering where none is written."""
        request = self._session.request(answer) if answer else self._session.gather_request
        return str(request) if request else self._messages("model.nothing_sent")

    def _event(self, line: str) -> Event:
        at = self._session.now()
        if line in EVENTS:
            return EVENTS[line](at)
        if line in AT_A_MEETING and self._session.guide.timed:
            return AT_A_MEETING[line](at)
        if line == "/gather" and self._session.reflector:
            return AskedToGather(at)
        if self._session.phase is Phase.SIGNPOST and (choice := self._choice(line)):
            return Chose(choice, at)
        if line == "/no" or line.startswith("/no "):
            return Corrected(line[4:], at)
        command, _, name = line.partition(" ")
        if command in ABOUT_A_MEMBER and self._session.seats:
            return ABOUT_A_MEMBER[command](name, at)
        if is_blank(line) and self._session.draft:
            return Answered(self._session.draft, at)
        if is_blank(line) and self._before and self._session.phase is Phase.ASKING:
            return Answered(self._before, at)
        return Answered(line, at)

    def _choice(self, line: str) -> str | None:
        number = line.strip().rstrip(".")
        if number.isdecimal() and 1 <= int(number) <= len(self._choices):
            return self._choices[int(number) - 1]
        labels = {self._messages(f"crisis.{choice}").casefold(): choice for choice in self._choices}
        return labels.get(line.strip().casefold())

    def show(self, shown: tuple[Shown, ...]) -> None:
        """Print what the session shows."""
        for item in shown:
            match item:
                case Question():
                    self._ask(item)
                case Words(text, how) if how not in ("greeting", "handback"):
                    name = {"model": "model_words", "gathered": "gathered_words"}.get(how, "your_words")
                    self.say(f"*{self._messages(f'talk.{name}')}* {text}")
                case Waiting(wanted) if wanted.again is None:
                    self.say(self._messages("talk.waiting"))
                case Words(text) | Line(_, text) | Reason(text) | End(_, text):
                    self.say(text)
                case Card(text, choices):
                    self._choices = tuple(name for name, _ in choices)
                    self.say(text)
                    labels = [f"{n}. {label}" for n, (_, label) in enumerate(choices, 1)]
                    self.say("\n".join([self._messages("crisis.choose"), *labels]))

    def _ask(self, question: Question) -> None:
        self._before = question.before
        number, of = question.place
        if question.note:
            self.say(question.note)
        bare = question.kind in ASIDE or self._session.guide.has_turns
        self.say(question.text if bare else f"**{number}/{of}** {question.text}")
        whose = seats.number(question.step)
        if whose is None:
            self.say_each(question.beside)
        elif (whose, question.beside) != self._carried:  # once in a turn
            self._carried = whose, question.beside
            self.say_each(f"“{words}”" for words in question.beside)
        if question.lines:
            self.say("\n".join(f"{n}. {line}" for n, line in enumerate(question.lines, 1)))
        if question.before and question.before != question.default:
            self.say(self._session.sentence("before", answer=question.before))
        if question.default:
            shown = question.default in question.text
            self.say(self._messages("talk.stays" if shown else "talk.default", answer=question.default))
        elif self._session.guide.timed and question.kind in UNANSWERED:
            self.say(self._messages("talk.onward"))
        elif question.kind == "stay":
            self.say(self._messages("talk.stay" if question.lines else "talk.stay_on"))
        elif question.kind in UNANSWERED:
            self.say(self._messages(f"talk.{question.kind}"))

    def heading(self, title: str) -> None:
        """Print the transcript's title."""
        self._out.write(f"# {title}\n\n")

    def say(self, text: str) -> None:
        """Print a paragraph."""
        self._out.write(f"{text}\n\n")
        self._out.flush()

    def say_each(self, texts: Iterable[str]) -> None:
        """Print paragraphs."""
        for text in texts:
            self.say(text)

    def quote(self, answer: str) -> None:
        """Print what was answered, as a Markdown quote."""
        self._out.write("".join(f"> {line}\n" for line in answer.split("\n")) + "\n")

"""A meeting on the one screen that everyone sees: who tells, what part it is, their carried words, and the soft clock.

It is read across the room, so there is little on it. What was taken back is gone with the next beat of the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assistant.guides.events import Answered, Held, Passed, Skipped, Stayed
from assistant.guides.guide import base
from assistant.guides.state import Phase
from assistant.messages import Messages
from assistant.sittings.meetings import LOOK
from assistant.sittings.session import Session
from assistant.sittings.shown import Question
from assistant.tui.screens.together import TogetherScreen
from assistant.tui.widgets.answer import Answer
from assistant.tui.widgets.big import Big
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.page import Page
from assistant.tui.widgets.poster import Poster, sign_of
from assistant.tui.wiring import Wiring

LOOKS = 3
"""Every how many seconds it is looked whether something came, where nothing is carried; where it is, every second."""
GRAND = 50
"""Rows of a screen on which the part is drawn too, beside the name."""
READ, WRITTEN = 1.0, 0.4
"""How much of the height the question and a teller's words may take: all of it, or the less that a sheet leaves."""


class MeetingScreen(TogetherScreen):
    """One meeting. Where there is nothing to write, a letter is a key; anyone may press one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "onward"),
        Binding("v", "witness", "witness"),
        Binding("w", "witness", "witness", show=False),
        Binding("f8", "witness_too", "witness"),
        Binding("p", "pass", "pass"),
        Binding("s", "stay", "stay"),
        Binding("space", "hold", "hold"),
        Binding("h", "hide", "hide"),
        *(key for key in TogetherScreen.BINDINGS if isinstance(key, Binding) and key.key not in ("enter", "pagedown")),
        Binding("enter", "new_line", "new_line"),
        Binding("pagedown", "read_below", "read_on"),
    ]

    def __init__(self, session: Session, wiring: Wiring) -> None:
        """Prepare to hold `session`."""
        super().__init__(session, wiring)
        self.add_class("meeting")
        self._beats = 0
        self._beside: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the part and the clock, who tells, what is asked, what was carried; and a sheet where one writes."""
        with Horizontal(id="above"):
            yield Static(id="part")
            yield Static(id="whole")
        with Horizontal(id="top"):
            yield Big(id="who")
            yield Static(id="sign")
            with Vertical(id="time"):
                yield Big(id="clock")
                yield Static(id="of")
        with Vertical(id="desk"):
            yield Poster(id="poster")
            yield Page(self._messages)
            yield Answer(id="own", written=self._on_written)
            yield Answer(id="answer", written=self._on_written, chooses=self._chooses)
        yield Static(id="place")
        yield Static(id="notice")
        yield Hints(self._messages)

    def on_mount(self) -> None:
        """Begin, and look at the clock every second."""
        super().on_mount()
        self.set_interval(1, self.beat)

    def on_screen_resume(self) -> None:
        """Lay out what was said while another screen lay above."""
        self._poster.refresh(layout=True)
        self.refresh_bindings()

    @property
    def _poster(self) -> Poster:
        return self.query_one(Poster)

    # What is shown

    def _ask(self, question: Question) -> None:
        super()._ask(question)
        if self._session.turns:
            self._page.introduce("")
        rest, lines = ("", ()) if self._reading else (_parted(question.text)[1], question.lines)
        self._page.ask(rest, lines, self._standing(question))
        if question.note:
            self._page.explain(question.note)
        self.set_class(self._session.phase is Phase.STAYING, "-staying")
        self.remove_class("-hidden")
        self._place(question)
        self._lay(question.beside)
        self._tell_time()

    def _place(self, question: Question) -> None:
        part = "stay" if self._session.phase is Phase.STAYING else base(question.step)
        name = f"meeting_part.{part}"
        title = self._messages(name) if name in self._messages.sentences else ""
        member = self._session.state.member
        self.query_one("#who", Big).say(member.name if member else title)
        title = title if member else self._session.title
        sign = sign_of(title, self.app.size.width // 3) if self.app.size.height >= GRAND else ""
        self.query_one("#sign", Static).update(Content(sign))
        self.query_one("#part", Static).update(Content("" if sign else title))

    def _lay(self, beside: tuple[str, ...]) -> None:
        """Lay out the question, and below it a teller's words, or the page as it will be kept."""
        self._beside = beside
        asked, lines = (self._question.text, self._question.lines) if self._question else ("", ())
        if not self._reading:
            self._poster.say(_parted(asked)[0], (), WRITTEN)
            return
        told = self._session.state.member is not None
        words = tuple(f"“{words}”" for words in beside) if told else _parts(beside)
        words = () if self.has_class("-hidden") else words
        self._poster.say("\n\n\n".join(filter(None, (asked, _numbered(lines)))), words, READ)

    def beat(self) -> None:
        """Tell the time; every few seconds, look whether something was taken back."""
        if not self.is_current or not self.is_mounted:
            return
        self._beats += 1
        if self._beside or self._beats % LOOKS == 0:
            self._session.look()
        if (beside := self._session.beside) != self._beside:
            self._lay(beside)
            self.refresh_bindings()
        self._tell_time()

    def _tell_time(self) -> None:
        reading, say = self._session.clock, self._messages
        clock, of = self.query_one("#clock", Big), self.query_one("#of", Static)
        whole = self.query_one("#whole", Static)
        if reading is None:
            for place in (of, whole):
                place.update(Content(""))
            clock.say("")
            return
        over = reading.left < 0
        clock.say(f"{'+' if over else ''}{_minutes(abs(reading.left))}")
        held = "" if reading.runs else say("meeting.held")
        of.update(Content(held or say("meeting.over" if over else "meeting.left", of=_minutes(reading.of))))
        whole.update(Content(say("meeting.whole", whole=reading.whole // 60, of=reading.of_whole // 60)))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key works just now; its hint is shown only then."""
        session, reading = self._session, self._reading
        staying = session.phase is Phase.STAYING
        if session.phase is Phase.SIGNPOST:
            return False
        match action:
            case "onward":
                return reading or staying
            case "new_line":
                return not reading and super().check_action(action, parameters)
            case "witness":
                return reading or staying
            case "witness_too":
                return not reading
            case "pass":
                return (reading or staying) and session.state.member is not None
            case "stay":
                return reading and not staying and bool(session.seats)
            case "hold":
                return reading and session.clock is not None
            case "read_above":
                return self.is_mounted and (self._poster.may_turn(-1) or self._page.max_scroll_y > 0)
            case "read_below":
                return self.is_mounted and (self._poster.may_turn(1) or self._page.max_scroll_y > 0)
            case "hide":
                return reading and bool(self._beside) and session.state.member is not None
            case "seats":
                return bool(session.seats)
            case "back" | "why" | "pause" if staying:
                return True
        return super().check_action(action, parameters)

    def action_witness(self) -> None:
        """Show the room its own word for it; nobody is named."""
        self.app.push_screen(WitnessScreen(self._session.reminder, self._session.witnesses, self._messages))

    action_witness_too = action_witness

    def action_pass(self) -> None:
        """Let the turn go on to the next."""
        self._send(Passed(self._session.now()))

    def action_stay(self) -> None:
        """Stay here."""
        self._send(Stayed(self._session.now()))

    def action_hold(self) -> None:
        """Hold the clock, or let it go on."""
        self._send(Held(self._session.now()))
        self._tell_time()

    def action_read_above(self) -> None:
        """Turn back in what was carried, or scroll up through the page."""
        self._turn(-1, self._page.scroll_page_up)

    def action_read_below(self) -> None:
        """Turn over in what was carried, or scroll down through the page."""
        self._turn(1, self._page.scroll_page_down)

    def _turn(self, by: int, scroll: Callable[..., None]) -> None:
        if self._poster.may_turn(by):
            self._poster.turn(by)
            self.refresh_bindings()
        else:
            scroll(animate=False)

    def action_hide(self) -> None:
        """Take the carried words off the screen, or show them again."""
        self.toggle_class("-hidden")
        self._lay(self._beside)

    def action_onward(self) -> None:
        """Go on; the page that will be kept is seen to its end first."""
        if self._question and base(self._question.step) == LOOK and self._poster.may_turn(1):
            self._turn(1, self._page.scroll_page_down)
            return
        staying = self._session.phase is Phase.STAYING
        at = self._session.now()
        self._send(Skipped(at) if staying else Answered("", at))


def _parts(page: Sequence[str]) -> tuple[str, ...]:
    """Part the page that will be kept where an empty line stands: a part at a time is seen."""
    return tuple(part for text in page for part in text.split("\n\n"))


def _numbered(lines: Sequence[str]) -> str:
    return "\n".join(f"{n}  {line}" for n, line in enumerate(lines, 1))


def _parted(asked: str) -> tuple[str, str]:
    """Part what is asked of the room from what is said to whoever writes: its first paragraph from the others."""
    question, _, rest = asked.partition("\n\n")
    return question, rest.strip()


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


class WitnessScreen(Screen[None]):
    """The group's own word for "now we are coaching", for the room; any key goes back."""

    def __init__(self, word: str, words: str, messages: Messages) -> None:
        """Prepare to show the group's `word`, or where it has none, the `words` alone."""
        super().__init__(classes="witness")
        self._word = word
        self._words = words
        self._messages = messages

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical(id="reminder"):
            yield Big(id="word")
            yield Static(Content(self._words.removeprefix(self._word).strip()), id="words")
        yield Static(Content(self._messages("meeting.any_key")), classes="quiet")

    def on_mount(self) -> None:
        """Say the word."""
        self.query_one(Big).say(self._word)

    def on_key(self) -> None:
        """Go back."""
        self.dismiss()

"""A meeting on the one screen that everyone sees: who tells, what part it is, their carried words, and the soft clock.

It is read across the room, so there is little on it. What was taken back is gone with the next beat of the clock.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from assistant.guides.events import Answered, Came, Held, Passed, Skipped, Stayed, WentAway
from assistant.guides.guide import base
from assistant.guides.state import Phase
from assistant.messages import Messages
from assistant.sittings.session import Question, Session
from assistant.tui.screens.together import SeatsScreen, TogetherScreen
from assistant.tui.widgets.answer import Answer
from assistant.tui.widgets.big import Big
from assistant.tui.widgets.choices import Choice, Choices
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.page import Page
from assistant.tui.wiring import Wiring

LOOKS = 3
"""Every how many seconds it is looked whether something was taken back."""
IN_A_TURN = ("pass", "stay")
"""Keys that are for a member's turn."""


class MeetingScreen(TogetherScreen):
    """One meeting. Where there is nothing to write, a letter is a key; anyone may press one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "onward"),
        Binding("v", "witness", "witness"),
        Binding("w", "witness", "witness", show=False),
        Binding("f8", "witness_too", "witness"),
        Binding("p", "pass", "pass"),
        Binding("s", "stay", "stay"),
        Binding("g", "give", "give"),
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
            with Vertical(id="time"):
                yield Big(id="clock")
                yield Static(id="of")
        with Vertical(id="desk"):
            yield Page(self._messages)
            with VerticalScroll(id="carried", can_focus=False):
                yield Static(id="beside")
            yield Answer(id="own", written=self._on_written)
            yield Answer(id="answer", written=self._on_written)
        yield Static(id="place")
        yield Static(id="notice")
        yield Hints(self._messages)

    def on_mount(self) -> None:
        """Begin, and look at the clock every second."""
        super().on_mount()
        self.set_interval(1, self.beat)

    # What is shown

    def _ask(self, question: Question) -> None:
        super()._ask(question)
        if self._session.turns:
            self._page.introduce("")
        self.set_class(self._session.phase is Phase.STAYING, "-staying")
        self.remove_class("-hidden")
        self._place(question)
        self._lay_beside(question.beside)
        self._tell_time()

    def _place(self, question: Question) -> None:
        part = "stay" if self._session.phase is Phase.STAYING else base(question.step)
        name = f"meeting_part.{part}"
        title = self._messages(name) if name in self._messages.sentences else ""
        member = self._session.state.member
        self.query_one("#who", Big).say(member.name if member else title)
        self.query_one("#part", Static).update(Content(title if member else self._session.title))

    def _lay_beside(self, beside: tuple[str, ...]) -> None:
        self._beside = beside
        member = self._session.state.member
        words = "\n\n".join(f"“{words}”" for words in beside) if member else "\n\n".join(beside)
        self.query_one("#beside", Static).update(Content(words))
        self.query_one("#carried").display = bool(words) and not self.has_class("-hidden")

    def beat(self) -> None:
        """Tell the time; every few seconds, look whether something was taken back."""
        if not self.is_current or not self.is_mounted:
            return
        self._beats += 1
        if self._beats % LOOKS == 0:
            self._session.look()
        if (beside := self._session.beside) != self._beside:
            self._lay_beside(beside)
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
                return reading and not staying and session.state.member is not None
            case "stay":
                return reading and not staying and bool(session.seats)
            case "give":
                return staying and session.state.member is not None
            case "hold":
                return reading and session.clock is not None
            case "read_above" | "read_below":
                return self.is_mounted and self.query_one("#carried").max_scroll_y > 0
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
        """Scroll up through what stands beside."""
        self.query_one("#carried", VerticalScroll).scroll_page_up(animate=False)

    def action_read_below(self) -> None:
        """Scroll down through what stands beside."""
        self.query_one("#carried", VerticalScroll).scroll_page_down(animate=False)

    def action_hide(self) -> None:
        """Take the carried words off the screen, or show them again."""
        self.toggle_class("-hidden")
        self._lay_beside(self._beside)

    def action_onward(self) -> None:
        """Go on."""
        staying = self._session.phase is Phase.STAYING
        at = self._session.now()
        self._send(Skipped(at) if staying else Answered("", at))

    def action_give(self) -> None:
        """Choose who gives their turn."""
        state = self._session.state
        ahead = [seat.name for seat in state.seats if seat != state.member and not seat.away and state.ahead(seat)]
        self.app.push_screen(GiveScreen(ahead, self._messages), self._given)

    def _given(self, name: str | None) -> None:
        if name:
            self._send(Answered(name, self._session.now()))

    def action_seats(self) -> None:
        """Say who goes, who comes, and whose turn comes after all."""
        self.app.push_screen(SeatsScreen(self._session.seats, self._messages), self._seated)

    def _seated(self, name: str | None) -> None:
        state = self._session.state
        seat = next((seat for seat in state.seats if seat.name == name), None)
        if seat and self._keep_draft():
            at = self._session.now()
            comes = seat.away or state.passed_by(seat)
            self._send(Came(seat.name, at) if comes else WentAway(seat.name, at))


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


class GiveScreen(Screen[str]):
    """Who still has a turn to give; gives back a name, "" for nobody."""

    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, names: list[str], messages: Messages) -> None:
        """Prepare to offer `names`."""
        super().__init__(classes="list")
        self._names = names
        self._messages = messages

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        say = self._messages
        yield Static(Content(say("meeting.giving" if self._names else "meeting.none_to_give")), classes="name")
        yield Choices(Choice(str(at), name) for at, name in enumerate(self._names))
        yield Hints(say)

    def action_choose(self) -> None:
        """Take who is pointed at."""
        self.query_one(Choices).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give back who it was."""
        self.dismiss(self._names[int(event.option_id or 0)])

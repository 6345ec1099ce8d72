"""A sitting: the page, the sheet to write on, the keys. What is sent goes to the session; what it gives is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from assistant.guides.events import (
    Answered,
    AskedToGather,
    Chose,
    Corrected,
    Drafted,
    DraftFailed,
    Event,
    LetGo,
    Paused,
    Reflect,
    Skipped,
    Turn,
    Turned,
    WentBack,
    WonderedWhy,
)
from assistant.guides.guide import UNANSWERED
from assistant.guides.state import Phase
from assistant.sittings.session import Session
from assistant.sittings.shown import Card, Coming, End, Line, Question, Reason, Shown, Waiting, Words
from assistant.text import is_blank
from assistant.trouble import Trouble
from assistant.tui.exchanges import exchanges
from assistant.tui.screens.card import CardScreen
from assistant.tui.widgets.answer import Answer
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.page import Page, size_of

if TYPE_CHECKING:
    from assistant.backend.asking import Asking
    from assistant.tui.wiring import Wiring

AT_ONCE = 20_000
"""A draft up to this many characters is kept at every key (0.3 ms); a longer one after a rest of `REST`."""
REST = 0.3
"""Seconds without a key."""

NUMBERS = [Binding(f"{n}", f"number({n})", "number", show=n == 1, key_display="1–9") for n in range(1, 10)]
"""Where one of some numbered lines is the answer, its number is enough: the same as in any list."""
ONE_OF = ("choice", "member", "stay")
"""The kinds of question that are answered with one of their lines."""

WORKS: dict[str, tuple[Phase, ...]] = {
    "send": (Phase.ASKING, Phase.FREE),
    "skip": (Phase.ASKING,),
    "new_line": (Phase.ASKING, Phase.FREE),
    "back": (Phase.ASKING,),
    "why": (Phase.ASKING, Phase.FREE),
    "turn": (Phase.ASKING,),
    "not_quite": (Phase.ASKING,),
    "pause": (Phase.ASKING,),
    "return": (Phase.FREE,),
    "done": (Phase.FREE,),
    "request": (Phase.ASKING,),
    "gather": (Phase.ASKING,),
}
"""In which phases of a sitting a key works."""


class ConversationScreen(Screen[str]):
    """One sitting; it ends with what is said at its end."""

    AUTO_FOCUS = "#answer"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Ctrl+D reaches a program from every terminal; Ctrl+S stops some of them, and Shift+Enter is Enter in most.
        Binding("ctrl+d", "send", "send"),
        Binding("enter", "new_line", "new_line"),
        Binding("escape", "let_go", "let_go"),
        Binding("escape", "close", "close"),
        Binding("escape", "return", "return"),
        Binding("ctrl+p", "done", "done"),
        Binding("escape", "pause", "pause"),
        Binding("ctrl+t", "not_quite", "not_quite"),
        Binding("ctrl+n", "skip", "skip"),
        Binding("ctrl+g", "back", "back"),
        Binding("ctrl+r", "why", "why"),
        Binding("ctrl+o", "turn", "turn"),
        Binding("f2", "request", "request"),
        Binding("f4", "gather", "gather"),
        Binding("pageup", "read_above", "read_above"),
        *NUMBERS,
        Binding("pagedown", "read_below", "read_on"),
    ]

    def __init__(self, session: Session, wiring: Wiring) -> None:
        """Prepare to hold `session`."""
        super().__init__(classes="conversation")
        self._session = session
        self._messages = wiring.messages
        self._question: Question | None = None
        self._unsent: dict[str, str] = {}
        """What was written at a question that was left without sending it, by step."""
        self._sure = ""
        """The action that was warned of: once more, and it is done."""
        self._held = ""
        """What was held beside the field when it was last looked at."""
        self._rest: Timer | None = None
        self._asking: Asking | None = None
        self._ahead = False
        """Whether what stands in the field was written before the question that comes next."""

    # Layout

    def compose(self) -> ComposeResult:
        """Lay out title and place, page, sheet, notice and keys."""
        session = self._session
        with Horizontal(id="header"):
            yield Static(Content(session.title), id="title")
            yield Static(id="place")
        with Vertical(id="desk"):
            yield Page(self._messages)
            yield Static(Content(self._messages("screen.own")), id="own-label")
            yield Answer(id="own", written=self._on_written)
            yield Answer(id="answer", written=self._on_written, chooses=self._chooses)
        yield Static(id="notice", classes="-silent")
        yield Hints(self._messages)

    @property
    def _page(self) -> Page:
        return self.query_one(Page)

    @property
    def _answer(self) -> Answer:
        return self.query_one("#answer", Answer)

    @property
    def _own(self) -> Answer:
        return self.query_one("#own", Answer)

    @property
    def _correcting(self) -> bool:
        return self.has_class("-correcting")

    # What the session gives

    def on_mount(self) -> None:
        """Begin, or go on where it stopped, with the half-written answer in its place."""
        if self._session.reflector:
            self._session.reflector.prepare()
        draft, own = self._session.draft, self._session.own
        shown = self._session.open()
        self._page.introduce("\n\n".join(item.text for item in shown if isinstance(item, Line)))
        self._show(tuple(item for item in shown if not isinstance(item, Line)))
        if draft:
            self._answer.put(draft)
        if own and self._session.may_correct:
            self._correct(own)

    def _send(self, event: Event) -> bool:
        """Hand on what happened and show what comes of it; False when it could not be kept."""
        known, waited = len(self._session.turns), self._session.wanted
        try:
            self._show(self._session.send(event))
        except Trouble as trouble:
            what = self._messages(trouble.key, **trouble.values)
            moved = len(self._session.turns) > known
            lost = moved or waited or self._session.phase is Phase.SIGNPOST
            self._show(self._session.again() if lost else (), what)
            return moved
        return True

    def _show(self, shown: tuple[Shown, ...], trouble: str = "") -> None:
        said = " ".join([trouble, *(item.text for item in shown if isinstance(item, Line))]).strip()
        if said or any(isinstance(item, Question | Words) for item in shown):
            self._notice(said)
        self._page.tell(exchanges(self._told))
        for item in shown:
            match item:
                case Question():
                    self._ask(item)
                case Waiting(wanted):
                    self._wait_for(wanted)
                case Coming(text):
                    self._page.form(text)
                case Reason(text):
                    self._page.explain(text)
                case Card():
                    self._answer.put("")
                    self._close()
                    self.app.push_screen(CardScreen(item, said, self._messages), self._choose)
                case End(_, text):
                    self._stop_resting()
                    self.dismiss(text)
        if not self._session.wanted:
            self._wait_no_more()
        self.refresh_bindings()

    def _ask(self, question: Question) -> None:
        self._question = question
        number, of = question.place
        asked = question.kind != "free"
        at, many = self._session.turn_of(question.step)
        place = "screen.place_each" if at else "screen.place"
        place = self._messages(place, number=number, of=of, at=at, many=many) if asked else ""
        self.query_one("#place", Static).update(Content(place))
        beside = () if question.kind in UNANSWERED else question.beside
        self._page.ask("\n\n".join((*beside, question.text)), question.lines, self._standing(question))
        newcomer = self._session.facts.first and not self._session.turns
        self._answer.placeholder = self._messages("screen.how_to_write") if newcomer else ""
        if self._ahead and self._answer.whole:
            self._keep_draft()  # it went with the turn that was kept
        else:
            self._answer.put(self._unsent.pop(question.step, question.before))
        self._ahead = False
        self._answer.focus()

    def _standing(self, question: Question) -> str:
        """Say what stands if the field is left empty."""
        if not question.default or question.default == question.before:
            return ""
        shown = question.default in question.text
        return self._messages("screen.stays" if shown else "screen.default", answer=question.default)

    @property
    def _told(self) -> Sequence[Turn]:
        """The turns that stand on the page."""
        return self._session.turns

    # The language model

    class Heard(Message):
        """Something came from the language model."""

        def __init__(self, event: Drafted | DraftFailed) -> None:
            """Bring `event` from the thread it came in."""
            super().__init__()
            self.event = event

    def _wait_for(self, wanted: Reflect) -> None:
        """Have the model asked, and ask nothing meanwhile; where the week is gathered, the question stands.

        What is written before the next question has come is not lost: it stands in the field then.
        """
        self._wait_no_more()
        if wanted.kind == "reflect" and wanted.again is None:
            self._answer.put("")
            self._ahead = True
            self._page.wait()
        self._notice(self._messages("screen.waiting"))
        if reflector := self._session.reflector:
            self._asking = reflector.ask(wanted, lambda event: self.post_message(self.Heard(event)))

    @on(Heard)
    def _on_heard(self, heard: Heard) -> None:
        if self._session.wanted and heard.event.number == self._session.wanted.number:
            self._send(heard.event)

    def _wait_no_more(self) -> None:
        """Stop the model's work, if it works."""
        if self._asking:
            self._asking.stop()
            self._asking = None
        self._page.form("")

    def action_let_go(self) -> None:
        """Wait for the model no longer."""
        self._notice("")
        self._send(LetGo(self._session.now()))

    def action_gather(self) -> None:
        """Have the model gather what was written."""
        self._send(AskedToGather(self._session.now()))

    def action_request(self) -> None:
        """Show exactly what the model would get if what is written were sent now, or stop showing it."""
        if self._page.explained:
            self._page.explain("")
            return
        session, messages = self._session, self._messages
        request = session.request(self._answer.whole) or session.gather_request
        if request and session.reflector:
            receiver = messages("model.receiver", receiver=session.reflector.receiver)
            self._page.explain(f"{receiver}\n\n{request}")
        else:
            self._page.explain(messages("model.nothing_sent"))

    def _choose(self, choice: str | None) -> None:
        if choice:
            self._send(Chose(choice, self._session.now()))

    def _notice(self, text: str) -> None:
        notice = self.query_one("#notice", Static)
        notice.update(Content(text))
        notice.set_class(not text, "-silent")

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key works just now; its hint is shown only then."""
        if self._session.wanted or action == "let_go":
            reads = action in ("read_above", "read_below") and self._may_read(action)
            return (action == "let_go" or reads) and self._session.wanted is not None
        if action in ("close", "send", "new_line") and self._correcting:
            return True
        if action in WORKS:
            return not self._correcting and self._session.phase in WORKS[action] and self._has_use(action)
        if action == "number":
            return self._takes(*parameters)
        if action == "close":
            return False
        if action in ("read_above", "read_below"):
            return self._may_read(action)
        return True

    def _takes(self, number: int = 1) -> bool:
        """Say whether a number chooses just now: nothing is written, or what was answered before stands there."""
        question = self._question
        if question is None or self._correcting or question.kind not in ONE_OF or self._session.wanted:
            return False
        asks = self._session.phase in (Phase.ASKING, Phase.STAYING)
        return asks and number <= len(question.lines) and self._answer.whole.strip() in ("", question.before.strip())

    def _chooses(self, key: str) -> bool:
        return len(key) == 1 and key in "123456789" and self._takes(int(key))

    def action_number(self, number: int) -> None:
        """Answer with the line of that number."""
        if self._question:
            self._send(Answered(self._question.lines[number - 1], self._session.now()))

    def _may_read(self, action: str) -> bool:
        """Say whether there is more to read; below, as long as it is not the end that is in sight."""
        if not self.is_mounted:
            return False
        seen = self._page.scroll_offset.y if action == "read_below" else 0
        return self._page.max_scroll_y > seen

    def _has_use(self, action: str) -> bool:
        if action == "not_quite":
            return self._session.may_correct
        if action == "request":
            return self._session.reflector is not None
        if action == "gather":
            return self._session.may_gather
        if action == "turn":
            return self._session.guide.first_of("free") is not None
        if action == "skip":
            return not self._session.state.needs_names
        if action == "back" and self._question:
            return bool(self._session.state.behind)
        return True

    def action_send(self) -> None:
        """Send what is written: an answer, or the member's own wording."""
        if self._correcting:
            written = self._own.whole
            if self._send(Corrected(written, self._session.now())) and not is_blank(written):
                self._close()
                self._keep_draft()  # of the answer below it, which went with the turn that was kept
        else:
            self._answered()

    def _answered(self) -> bool:
        written = self._answer.whole
        sent = self._send(Answered(written, self._session.now()))
        if sent and self._session.phase is Phase.FREE and not is_blank(written):
            self._answer.put("")  # no question follows that would take its place
        return sent

    def action_skip(self) -> None:
        """Leave the question; an answer that is taken out so comes back into the field with it."""
        question = self._question
        if question and question.before and self._answer.whole == question.before:
            self._unsent[question.step] = question.before
        self._leave("skip", Skipped(self._session.now()))

    def action_back(self) -> None:
        """Go back to the question before."""
        self._leave("back", WentBack(self._session.now()))

    def action_turn(self) -> None:
        """Something else fills the member."""
        self._leave("turn", Turned(self._session.now()))

    def _leave(self, action: str, event: Event) -> None:
        """Leave a question; what is written and not sent is warned of once, and comes back with the question."""
        question, written = self._question, self._answer.whole
        unsent = question is not None and not is_blank(written) and written != question.before
        if unsent and self._sure != action:
            self._sure = action
            self._notice(self._session.sentence("unsent"))
            return
        if unsent and question:
            self._unsent[question.step] = written
        self._send(event)

    def action_why(self) -> None:
        """Say why this is asked, or stop saying it."""
        if self._page.explained:
            self._page.explain("")
        else:
            self._send(WonderedWhy(self._session.now()))

    def action_not_quite(self) -> None:
        """Open a small field for the member's own wording."""
        self._correct("")

    def _correct(self, begun: str) -> None:
        self.add_class("-correcting")
        self._own.put(begun)
        self._own.focus()
        self.refresh_bindings()

    def action_close(self) -> None:
        """Leave what was given back as it is."""
        self._close()

    def _close(self) -> None:
        self.remove_class("-correcting")
        self._own.put("")
        self._answer.focus()
        self.refresh_bindings()

    def action_pause(self) -> None:
        """Leave the sitting here; it goes on another time."""
        if self._keep_draft():
            self._send(Paused(self._session.now()))

    def action_return(self) -> None:
        """Go back to the question from where something else filled the member; what stands in the field is kept."""
        self._leave_free(WentBack)

    def action_done(self) -> None:
        """End the sitting where something else filled the member; what stands in the field is kept."""
        self._leave_free(Paused)

    def _leave_free(self, event: type[WentBack | Paused]) -> None:
        sent = is_blank(self._answer.whole) or self._answered()
        if sent and self._session.phase is Phase.FREE:
            self._send(event(self._session.now()))

    def action_new_line(self) -> None:
        """Begin a new line in the field."""
        (self._own if self._correcting else self._answer).new_line()

    def action_read_above(self) -> None:
        """Scroll up through what was said so far."""
        self._page.scroll_page_up(animate=False)
        self.call_after_refresh(self.refresh_bindings)

    def action_read_below(self) -> None:
        """Scroll down again."""
        self._page.scroll_page_down(animate=False)
        self.call_after_refresh(self.refresh_bindings)

    # The draft

    def _on_written(self) -> None:
        """Keep the draft at every change: when a letter is seen, it is kept."""
        answer = self._own if self._correcting else self._answer
        self._sure = ""
        if answer.held:
            self._notice(self._messages("screen.held", size=size_of(answer.held, self._messages)))
        elif (answer.text or self._held) and not self._session.wanted:
            self._notice("")
        rests = len(answer.whole) > AT_ONCE and answer.held == self._held
        self._held = answer.held
        self._stop_resting()
        if rests:
            self._rest = self.set_timer(REST, self._keep_draft)
        else:
            self._keep_draft()

    def _stop_resting(self) -> None:
        if self._rest:
            self._rest.stop()
            self._rest = None

    def _keep_draft(self) -> bool:
        self._stop_resting()
        try:
            self._session.keep_draft(self._answer.whole, self._own.whole if self._correcting else "")
        except Trouble as trouble:
            self._notice(self._messages(trouble.key, **trouble.values))
            return False
        return True

    def on_unmount(self) -> None:
        """Keep what was still resting, however the screen is left."""
        if self._rest:
            self._keep_draft()
        if self._asking:
            self._asking.stop()

    def on_resize(self, event: events.Resize) -> None:
        """Bring the question in sight again."""
        self._page.settle()

"""What I carry: lines to choose, what is carried already, and a look at exactly what the others will see."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.sittings.carrying import Choice
from assistant.trouble import Trouble
from assistant.tui.screens.card import CardScreen
from assistant.tui.widgets.answer import Answer
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.marks import Line, Marks

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.messages import Messages
    from assistant.sittings.carrying import Desk
    from assistant.tui.wiring import Wiring


class CarryScreen(Screen[str]):
    """A member goes through their weeks, and chooses lines."""

    AUTO_FOCUS = "#lines"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "mark"),
        Binding("ctrl+d", "preview", "preview"),
        Binding("tab", "app.focus_next", "other_list"),
        Binding("delete", "take_back", "take_back"),
        Binding("ctrl+r", "ready", "ready"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, wiring: Wiring, circle: Circle | None = None) -> None:
        """Sit down at the desk of the house, before the meeting of a circle."""
        super().__init__(classes="carry")
        self._wiring = wiring
        self._messages = wiring.messages
        self._desk: Desk = wiring.ours.within(circle).desk()
        self._waiting: list[Choice] = []

    def compose(self) -> ComposeResult:
        """Lay out what there is to choose from, and what is carried."""
        say, desk = self._messages, self._desk
        yield Static(Content(say("carry.title")), classes="name")
        yield Static(Content(say("carry.purpose", day=desk.dated(desk.day))), classes="quiet about")
        yield Static(Content(say("carry.offered" if desk.lines else "carry.no_lines")), classes="label")
        yield Marks((Line(line.text, desk.dated(line.day)) for line in desk.lines), id="lines")
        yield Static(Content(say("carry.mine")), classes="label")
        yield OptionList(id="mine", markup=False)
        yield Static(id="notice")
        yield Hints(say)

    def on_mount(self) -> None:
        """Show what is carried."""
        self._show_mine()
        if self._desk.everyone:
            self._notice(self._messages("carry.everyone"))

    def _show_mine(self) -> None:
        mine = self.query_one("#mine", OptionList)
        mine.clear_options()
        carried = self._desk.carried()
        mine.add_options([Option(Content(entry.body.text), id=str(at)) for at, entry in enumerate(carried)])
        if not carried:
            mine.add_option(Option(Content(self._messages("carry.nothing")), disabled=True))
        self.refresh_bindings()

    def _notice(self, text: str) -> None:
        self.query_one("#notice", Static).update(Content(text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key works just now; its hint is shown only then."""
        if not self.is_mounted:
            return False
        if action == "mark":
            return bool(self._desk.lines) and self.focused is self.query_one("#lines")
        if action == "preview":
            return bool(self.query_one(Marks).marked)
        if action == "take_back":
            return self.focused is self.query_one("#mine") and bool(self._desk.carried())
        return True

    def on_descendant_focus(self) -> None:
        """Hint at the keys of the list that is used, and point at what is carried."""
        mine = self.query_one("#mine", OptionList)
        if self.focused is mine and mine.highlighted is None and self._desk.carried():
            mine.highlighted = 0
        self.refresh_bindings()

    def action_mark(self) -> None:
        """Mark a line."""
        self.query_one(Marks).action_mark()

    def on_marks_changed(self) -> None:
        """Hint at what can be done with what is marked."""
        self._notice("")
        self.refresh_bindings()

    def action_preview(self) -> None:
        """Look at each chosen passage as the others will see it."""
        chosen = self._desk.chosen(self.query_one(Marks).marked)
        if not chosen:
            self._notice(self._messages("carry.none_chosen"))
            return
        self._waiting = list(chosen)
        self._next()

    def _next(self) -> None:
        if self._waiting:
            choice = self._waiting.pop(0)
            self.app.push_screen(PreviewScreen(choice, self._desk, self._messages), self._decided)
            return
        self.query_one(Marks).unmark()
        self._show_mine()

    def _decided(self, choice: Choice | None) -> None:
        if choice is None:
            self._notice(self._messages("carry.not_shared"))
            self._next()
            return
        try:
            self._desk.share(choice)
            self._notice(self._messages("carry.shared"))
        except Trouble as trouble:
            what = self._messages(trouble.key, **trouble.values)
            self._notice(what)
            if trouble.key == "trouble.carry_danger":
                self.app.push_screen(CardScreen(self._wiring.help_card(), what, self._messages), lambda _: self._next())
                return
        self._next()

    def action_take_back(self) -> None:
        """Take back what is pointed at."""
        at = self.query_one("#mine", OptionList).highlighted
        if at is None:
            return
        try:
            self._desk.take_back(at)
            self._notice(self._messages("carry.taken_back"))
        except Trouble as trouble:
            self._notice(self._messages(trouble.key, **trouble.values))
        self._show_mine()

    def action_ready(self) -> None:
        """Say that this member is ready."""
        try:
            everyone = self._desk.say("ready")
        except Trouble as trouble:
            self._notice(self._messages(trouble.key, **trouble.values))
            return
        self._notice(self._messages("carry.everyone" if everyone else "carry.said_ready"))


class PreviewScreen(Screen[Choice]):
    """A passage exactly as the others will see it; it can be reworded. Gives it back to be shared, or None."""

    AUTO_FOCUS = "#answer"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+d", "send", "share"),
        Binding("escape", "dismiss(None)", "unshare"),
    ]

    def __init__(self, choice: Choice, desk: Desk, messages: Messages) -> None:
        """Prepare to show `choice`."""
        super().__init__(classes="preview")
        self._choice = choice
        self._desk = desk
        self._messages = messages

    def compose(self) -> ComposeResult:
        """Lay out the passage, and what may tell of somebody else."""
        yield Static(Content(self._messages("carry.edit")), classes="name")
        yield Answer(id="answer", written=self._look)
        with VerticalScroll(id="points", can_focus=False):
            yield Static(id="pointed")
        yield Hints(self._messages)

    def on_mount(self) -> None:
        """Put the passage."""
        self.query_one(Answer).put(self._choice.text)
        self._look()

    def _look(self) -> None:
        points = self._desk.points(self.query_one(Answer).whole)
        self.query_one("#pointed", Static).update(Content("\n".join(points)))
        self.query_one("#points").display = bool(points)

    def action_send(self) -> None:
        """Share it, as it stands."""
        self.dismiss(Choice(self.query_one(Answer).whole, self._choice.written))

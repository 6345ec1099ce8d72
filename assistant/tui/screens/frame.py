"""Our frame and what belongs to it: to read, the dates, to save for a printer or a calendar, and to let somebody in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from assistant.sittings.written import place_for, write_new
from assistant.text import clean, is_blank
from assistant.trouble import Trouble
from assistant.tui.screens.charter import CharterScreen
from assistant.tui.screens.which import with_circle
from assistant.tui.widgets.choices import Choice, Choices
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.line import Line

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.circle.page import CharterPage
    from assistant.messages import Messages
    from assistant.sittings.frame import Frame
    from assistant.tui.wiring import Wiring


class FrameScreen(Screen[str]):
    """A list of what can be done with the frame."""

    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, wiring: Wiring) -> None:
        """Prepare to offer what there is."""
        super().__init__(classes="list")
        self._wiring = wiring
        self._messages = wiring.messages
        self._circle: Circle | None = None

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Static(Content(self._messages("charter.title")), classes="name")
        yield Choices()
        yield Static(id="notice")
        yield Hints(self._messages)

    def on_mount(self) -> None:
        """Ask which circle, where there are several, and offer what it has."""
        with_circle(self, self._wiring, self._enter)

    def _enter(self, circle: Circle | None) -> None:
        self._circle = circle
        self.query_one(Choices).offer(Choice(name, self._messages(f"charter.do_{name}")) for name in self._offered())

    def _offered(self) -> Iterator[str]:
        frame = self._frame
        yield "read"
        if frame and frame.dates:
            yield "dates"
        if frame:
            yield "print"
        if frame and frame.dates:
            yield "calendar"
        if frame and frame.circle:
            yield "invite"

    @property
    def _frame(self) -> Frame | None:
        return self._wiring.frame(self._circle.id if self._circle else None)

    def action_choose(self) -> None:
        """Open what is pointed at."""
        self.query_one(Choices).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        self._say("")
        try:
            getattr(self, f"_{event.option_id}")()
        except Trouble as trouble:
            self._say(self._messages(trouble.key, **trouble.values))

    def _say(self, text: str) -> None:
        self.query_one("#notice", Static).update(Content(text))

    def _read(self) -> None:
        self.app.push_screen(ReadScreen(self._wiring, lambda: self._page))

    def _dates(self) -> None:
        self.app.push_screen(
            ReadScreen(self._wiring, lambda: self._frame.calendar(self._wiring.clock(), self._messages))
        )

    @property
    def _page(self) -> CharterPage | None:
        return self._wiring.charter_page(self._circle.id if self._circle else None)

    # To a file

    def _print(self) -> None:
        def whole() -> str:
            from assistant.circle.printed import html

            return html(self._page)

        self._save("charter.file", "charter.written", whole)

    def _calendar(self) -> None:
        clock = self._wiring.clock
        self._save("calendar.file", "calendar.written", lambda: self._frame.ics(clock(), self._messages))

    def _save(self, name: str, said: str, content: Callable[[], str | bytes]) -> None:
        """Ask where to, and write it there."""
        say = self._messages
        place = place_for(say(name), Path.home())

        def write(path: str) -> str:
            file = Path(path).expanduser()
            write_new(file, content())
            return say(said, file=file)

        self._ask(say("charter.where"), "", str(place), write)

    # Letting somebody in

    def _invite(self) -> None:
        """Ask for the folder that is shared, once, and then whom the invitation is for."""
        circle, say = self._circle, self._messages
        if circle.folder.private:
            self._ask(say("circle.which_folder"), say("circle.which_folder_about"), "", self._move)
            return
        here = {member.name for member in circle.view.here}
        places = (place.name for place in circle.view.charter.places) if circle.view.charter else ()
        named = next((name for name in places if name not in here), "")
        self._ask(say("circle.whom"), say("circle.whom_about"), named, self._write_invitation)

    def _move(self, path: str) -> str:
        self._circle = self._wiring.circles.move(self._circle, Path(path))
        self._circle.sync()
        self.call_later(self._invite)
        return ""

    def _write_invitation(self, name: str) -> str:
        text = self._wiring.circles.invite(self._circle, name)
        file = place_for(self._messages("circle.file"), Path.home())
        write_new(file, text)
        return self._messages("circle.invited_file", name=name.strip(), file=file)

    def _ask(self, question: str, about: str, value: str, do: Callable[[str], str]) -> None:
        """Ask for one line, and do something with it; what is said of it stands under the list."""
        self.app.push_screen(LineScreen(question, about, value, do, self._messages), lambda said: self._say(said or ""))


class ReadScreen(CharterScreen):
    """A page about the frame, to read."""

    def __init__(self, wiring: Wiring, read: Callable[[], CharterPage | None]) -> None:
        """Prepare to show what `read` gives."""
        self._reads = read
        super().__init__(wiring)

    def _read(self, wiring: Wiring) -> CharterPage | None:
        return self._reads()


class LineScreen(Screen[str]):
    """Asks for one line and has something done with it; what cannot be done is told, and the line stays to mend."""

    AUTO_FOCUS = "Line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "onward"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, question: str, about: str, value: str, do: Callable[[str], str], messages: Messages) -> None:
        """Prepare to ask `question`; `do` gives what is said when it is done."""
        super().__init__(classes="asking")
        self._question, self._about, self._value = question, about, value
        self._do, self._messages = do, messages

    def compose(self) -> ComposeResult:
        """Lay out the question and its field."""
        yield Static(Content(self._question), classes="name")
        if self._about:
            yield Static(Content(self._about), classes="quiet about")
        yield Line(self._value, max_length=1000)
        yield Static(id="notice")
        yield Hints(self._messages)

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Do it."""
        self.action_take()

    def action_take(self) -> None:
        """Do it, and go back; or say why that cannot be."""
        written = clean(self.query_one(Line).value).strip()
        if is_blank(written):
            return
        try:
            self.dismiss(self._do(written))
        except Trouble as trouble:
            text = self._messages(trouble.key, **trouble.values)
            self.query_one("#notice", Static).update(Content(text))

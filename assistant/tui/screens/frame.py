"""Our frame and what belongs to it: to read, the dates, to save for a printer or a calendar, and to let somebody in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.sittings.written import place_for, write_new
from assistant.tui.screens.charter import CharterScreen
from assistant.tui.screens.days_off import DaysOffScreen
from assistant.tui.screens.join import JoinScreen
from assistant.tui.screens.line import LineScreen
from assistant.tui.screens.listed import ListScreen
from assistant.tui.screens.which import with_circle
from assistant.tui.widgets.choices import Choice, Choices

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.circle.page import CharterPage
    from assistant.sittings.frame import Frame
    from assistant.tui.wiring import Wiring


class FrameScreen(ListScreen):
    """A list of what can be done with the frame."""

    def __init__(self, wiring: Wiring) -> None:
        """Prepare to offer what there is."""
        super().__init__(wiring.messages("charter.title"), wiring.messages)
        self._wiring = wiring
        self._circle: Circle | None = None
        self._invited: set[str] = set()
        """Whom invitations were written for while this list stood here; the next one is for somebody else."""

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
        if frame and frame.days_off(self._wiring.clock().date()):
            yield "days_off"
        if frame and frame.circle:
            yield "invite"
        yield "join"

    @property
    def _frame(self) -> Frame | None:
        return self._wiring.frame(self._circle.id if self._circle else None)

    def _chosen(self, name: str) -> None:
        """Do it."""
        getattr(self, f"_{name}")()

    def _read(self) -> None:
        self.app.push_screen(ReadScreen(self._wiring, lambda: self._page))

    def _dates(self) -> None:
        self.app.push_screen(
            ReadScreen(self._wiring, lambda: self._frame.calendar(self._wiring.clock(), self._messages))
        )

    def _days_off(self) -> None:
        self.app.push_screen(DaysOffScreen(self._frame, self._wiring.clock().date(), self._messages))

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

    # Letting somebody in, and coming in elsewhere

    def _join(self) -> None:
        self.app.push_screen(JoinScreen(self._wiring), lambda said: self._say(said or ""))

    def _invite(self) -> None:
        """Ask for the folder that is shared, once, and then whom the invitation is for."""
        circle, say = self._circle, self._messages
        if circle.folder.private:
            self._ask(say("circle.which_folder"), say("circle.which_folder_about"), "", self._move)
            return
        here = {member.name for member in circle.view.here} | self._invited
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
        self._invited.add(name.strip())
        say, name = self._messages, name.strip()
        told = [] if self._circle.view.names(name) else [say("circle.invited_unnamed", name=name)]
        return " ".join([say("circle.invited_file", name=name, file=file), *told])

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

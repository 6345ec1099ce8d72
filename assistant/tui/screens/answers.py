"""What members carry, the answers to it, and a way to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from assistant.trouble import Trouble
from assistant.tui.screens.charter import CharterScreen, OursPageScreen
from assistant.tui.screens.conversation import ConversationScreen
from assistant.tui.screens.listed import ListScreen
from assistant.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.circle.items import Passage
    from assistant.circle.page import CharterPage
    from assistant.circle.view import Entry
    from assistant.tui.wiring import Wiring


class AnswersScreen(ListScreen):
    """A list of what is carried, the latest first."""

    def __init__(self, wiring: Wiring, circle: Circle | None = None) -> None:
        """Prepare to list what is carried in a circle."""
        say, ours = wiring.messages, wiring.ours.within(circle)
        self._wiring, self._circle = wiring, circle
        self._carried = ours.carried()
        choices = (
            Choice(
                str(at),
                entry.body.text.split("\n")[0],
                aside=say("answer.mine") if ours.is_mine(entry) else ours.by(entry),
            )
            for at, entry in enumerate(self._carried)
        )
        super().__init__(say("answer.title"), say, choices, "" if self._carried else say("answer.nothing"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hint at opening where there is something to open."""
        return action != "choose" or bool(self._carried)

    def _chosen(self, name: str) -> None:
        """Open it."""
        self.app.push_screen(CarriedScreen(self._wiring, self._circle, self._carried[int(name)]), self._read)

    def _read(self, _: object) -> None:
        """List anew what is carried, if some of it was taken back."""
        if self._wiring.ours.within(self._circle).carried() != self._carried:
            self.app.switch_screen(AnswersScreen(self._wiring, self._circle))


class CarriedScreen(OursPageScreen):
    """What somebody carries, and the answers to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "answer", "answer"),
        Binding("delete", "take_back", "take_back"),
        *CharterScreen.BINDINGS,
    ]

    def __init__(self, wiring: Wiring, circle: Circle | None, entry: Entry[Passage]) -> None:
        """Prepare to show `entry`."""
        self._entry_shown = entry
        self._wiring = wiring
        self._circle = circle
        super().__init__(wiring, circle)

    def _read(self, wiring: Wiring) -> CharterPage | None:
        return self._ours.carried_page(self._entry_shown)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hint at answering what is another's, and at taking back what is one's own."""
        if action in ("answer", "take_back"):
            return self._ours.is_mine(self._entry_shown) == (action == "take_back")
        return super().check_action(action, parameters)

    def action_answer(self) -> None:
        """Answer it."""
        try:
            session = self._wiring.sittings.answer(self._entry_shown.id, self._circle.id if self._circle else None)
        except Trouble as trouble:
            self.app.notify(self._wiring.messages(trouble.key, **trouble.values), markup=False)
            return
        self.app.push_screen(ConversationScreen(session, self._wiring), self._answered)

    def action_take_back(self) -> None:
        """Take it back, also after the meeting it was carried to."""
        say = self._wiring.messages
        try:
            self._ours.take_back(self._entry_shown)
            said = say("carry.taken_back")
        except Trouble as trouble:
            said = say(trouble.key, **trouble.values)
        self.app.notify(said, markup=False, timeout=12)
        self.dismiss()

    def _answered(self, said: str | None) -> None:
        if said:
            self.app.notify(said, markup=False, timeout=12)
        self._page = self._read(self._wiring)
        self.refresh(recompose=True)

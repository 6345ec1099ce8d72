"""Every conversation there is to go on with or to begin, where home has no room for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from assistant.tui.widgets.choices import Choice, Choices
from assistant.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from assistant.messages import Messages
    from assistant.tui.wiring import Offer, Wiring


class GuidesScreen(Screen[str]):
    """Gives back the name of the choice that was made; "" for none."""

    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open"),
        Binding("escape", "dismiss('')", "back"),
    ]

    def __init__(self, choices: Iterable[Choice], messages: Messages) -> None:
        """Prepare to offer `choices`."""
        super().__init__(classes="list")
        self._choices = tuple(choices)
        self._messages = messages

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Static(Content(self._messages("home.more")), classes="name")
        yield Choices(self._choices)
        yield Hints(self._messages)

    def action_choose(self) -> None:
        """Take what is pointed at."""
        self.query_one(Choices).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give back what was chosen."""
        self.dismiss(event.option_id)


def guide_choices(wiring: Wiring) -> list[Choice]:
    """Give what can be done with the guides: first those to go on with, then those to begin.

    A choice's name is `go_on` or `begin`, a space, and the guide's id.
    """
    messages = wiring.messages
    waiting = [offer for offer in wiring.offers if wiring.sittings.waiting(offer.guide)]
    go_on = [Choice(f"go_on {offer.guide}", offer.title, aside=messages("home.go_on")) for offer in waiting]
    begin = [
        Choice(f"begin {offer.guide}", offer.title, aside=_beginning(offer, offer in waiting, messages))
        for offer in wiring.offers
    ]
    return go_on + begin


def _beginning(offer: Offer, waits: bool, messages: Messages) -> str:
    """Say of a guide how long it takes and with whom; or, where one waits, that this is another."""
    if waits:
        return messages("home.anew")
    return messages(f"home.minutes_{offer.company}", minutes=offer.minutes) if offer.minutes else ""

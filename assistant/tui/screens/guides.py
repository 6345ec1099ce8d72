"""What can be done with the guides: those to go on with, and those to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from assistant.messages import Messages
    from assistant.tui.wiring import Offer, Wiring


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

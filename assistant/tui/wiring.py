"""What the app needs of the house, and nothing else; it is handed in, so that the app knows no room by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime

    from assistant.circle.page import CharterPage
    from assistant.guides.events import Turn
    from assistant.guides.workshop.texts import Workshop
    from assistant.messages import Lang, Messages
    from assistant.sittings.circles import Circles
    from assistant.sittings.frame import Frame
    from assistant.sittings.ours import Ours
    from assistant.sittings.practice import Month
    from assistant.sittings.session import Session
    from assistant.sittings.shown import Card

Protection = Literal["key-file", "passphrase", "keyring"]
"""How the key of a home is kept."""


class Offer(Protocol):
    """A guide that may be sat down with: see `assistant.guides.offers.Offer`."""

    guide: str
    title: str
    company: str
    minutes: int


class Sitting(Protocol):
    """A sitting as it is listed."""

    id: int
    guide: str
    """The guide's id."""
    began: datetime
    facts: Mapping[str, Any]
    """What its questions were made from; `week` is one of them."""
    words: int
    """How many words the member wrote in it."""


class Found(Protocol):
    """A place where words were found."""

    sitting: int
    day: date | None
    snippet: Sequence[tuple[str, bool]]
    """Passages of the text in order, and whether each was looked for."""


class Draft(Protocol):
    """An answer half written."""

    text: str


class Vault(Protocol):
    """What was kept, as the app reads it."""

    def sittings(self) -> Sequence[Sitting]:
        """Give all sittings, newest first."""

    def turns(self, sitting: int) -> Sequence[Turn]:
        """Give the turns kept in a sitting, in order."""

    def draft(self, sitting: int) -> Draft | None:
        """Give the half-written answer of a sitting, if there is one."""


class Sittings(Protocol):
    """What opens a sitting."""

    def waiting(self, guide_id: str, circle: str | None = None) -> Sitting | None:
        """Give the sitting of a guide that may be gone on with, if there is one; in the circle with that id."""

    def session(self, guide_id: str, sitting: int | None = None, circle: str | None = None) -> Session:
        """Begin a sitting of a guide, in the circle with that id; or go on with one."""

    def answer(self, passage: str, circle: str | None = None) -> Session:
        """Begin a sitting that answers what somebody carried, in the circle with that id."""


class Wiring(Protocol):
    """The house, as the app sees it. Whatever goes wrong in it and may be told is raised as `Trouble`."""

    @property
    def messages(self) -> Messages:
        """The fixed sentences in the language spoken."""

    @property
    def theme(self) -> str | None:
        """The theme used last, as soon as it is known."""

    @property
    def home_exists(self) -> bool:
        """Whether there is a home; else the first run makes one."""

    @property
    def protection(self) -> Protection | None:
        """How the home's key is kept."""

    @property
    def week(self) -> int:
        """The week of the member's year, counted from 1."""

    def prepare(self) -> None:
        """Import what the rooms need; called once, in a thread."""

    def keyring(self) -> bool:
        """Say whether this computer has a keyring that a key could be kept in; called in a thread."""

    @property
    def lang_is_given(self) -> bool:
        """Whether the language was said when Vidne was started, so that nobody need be asked."""

    def speak(self, lang: Lang) -> None:
        """Speak `lang` from here on."""

    def make_home(self, name: str | None, protection: Protection, passphrase: str = "") -> None:
        """Make a home in the language spoken, and open it."""

    def unlock(self, passphrase: str | None) -> None:
        """Open the home."""

    @property
    def vault(self) -> Vault:
        """What was kept, once the home is open."""

    def practice_months(self) -> Sequence[Month]:
        """Give the days' lines by month, the latest first."""

    @property
    def has_charter(self) -> bool:
        """Whether the member's group agreed a frame."""

    def charter_page(self, group: str | None = None) -> CharterPage | None:
        """Give a group's charter as a page."""

    def frame(self, group: str | None = None) -> Frame | None:
        """Give what a group agreed."""

    @property
    def circles(self) -> Circles:
        """The circles that the member belongs to."""

    def sync_circles(self) -> None:
        """Bring and fetch what is new in every circle; a folder that is away waits."""

    def clock(self) -> datetime:
        """Tell the local time with its zone."""

    @property
    def ours(self) -> Ours:
        """What the member's group does together."""

    def help_card(self) -> Card:
        """Give the help lines, where nothing but going on is to be chosen."""

    def search(self, words: str) -> Sequence[Found]:
        """Find the member's words, newest first."""

    @property
    def offers(self) -> Sequence[Offer]:
        """The guides that fit the member, in the order they are offered."""

    @property
    def sittings(self) -> Sittings:
        """What opens a sitting."""

    @property
    def workshop(self) -> Workshop:
        """The prompts as a facilitator works on them."""

    def keep_theme(self, name: str) -> None:
        """Remember the theme for the next time."""

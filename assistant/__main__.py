"""The one place that builds objects and wires them; nothing else knows which room gives what to which.

Rooms are imported where they are first needed: a command that only writes one line pays for nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.messages import LANGS, Lang, Messages
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.backend.request import Backend
    from assistant.backend.settings import Settings
    from assistant.circle.page import CharterPage
    from assistant.guides.facts import Facts
    from assistant.guides.offers import Offer
    from assistant.guides.proved import Proved
    from assistant.guides.workshop.texts import Workshop
    from assistant.sittings import practice
    from assistant.sittings.circles import Circles
    from assistant.sittings.frame import Frame, Frames
    from assistant.sittings.language_model import LanguageModel
    from assistant.sittings.opening import Sittings
    from assistant.sittings.ours import Ours
    from assistant.sittings.shown import Card as HelpCard
    from assistant.vault.home import Home, Protection
    from assistant.vault.search import Found
    from assistant.vault.vault import Vault
    from assistant.witness.rules import Finding

COMPANIES = ("member", "pair", "circle")
"""With whom a member may sit: one screen is enough for several people."""


class House:
    """Vidne, built around one member's home; rooms open when they are asked for."""

    def __init__(
        self,
        folder: Path | None = None,
        lang: Lang | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        passphrase: Callable[[], str] | None = None,
    ) -> None:
        """Build around the home in `folder`, else the one of this user; `lang` speaks before the home's own.

        `clock` tells the local time with its zone; `passphrase` asks for it, where a home needs one.
        """
        self._folder = folder
        self._lang = lang
        self.lang_is_given = lang is not None
        """Whether the language was said when Vidne was started."""
        self._passphrase = passphrase
        self.clock = clock

    # Language and place

    @cached_property
    def home(self) -> Home:
        """The folder that everything of this member is in."""
        from assistant.vault.home import Home

        if self._folder:
            return Home(self._folder)
        import platformdirs  # 10 ms, and only where no folder was named

        return Home(Path(platformdirs.user_data_dir("vidne", appauthor=False)))

    @property
    def lang(self) -> Lang:
        """The language spoken: as asked for, else the home's, else the locale's, else English."""
        return self._lang or (self.home.lang if self.home.exists else None) or self.locale[0]

    @property
    def locale(self) -> tuple[Lang, str | None]:
        """The language and the territory of the locale, as far as Vidne speaks it."""
        name = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
        lang, _, territory = name.partition(".")[0].partition("_")
        return ("da" if lang == "da" else "en"), territory or None

    @property
    def country(self) -> str | None:
        """The country whose help lines stand first, in two letters: what the home says, else the computer."""
        from assistant.witness.country import country

        return (self.home.country if self.home.exists else None) or country(os.environ)

    def speak(self, lang: Lang) -> None:
        """Speak `lang` from here on."""
        self._lang = lang
        for spoken in ("messages", "prompts", "ours"):
            self.__dict__.pop(spoken, None)

    @cached_property
    def messages(self) -> Messages:
        """The fixed sentences in the language spoken."""
        return Messages.load(self.lang)

    @cached_property
    def prompts(self) -> Proved:
        """The prompts of this home in the language spoken."""
        from assistant.guides.proved import Proved

        return Proved(self.home.folder, self.messages, self.lang)

    # Rooms

    @cached_property
    def vault(self) -> Vault:
        """The member's vault, opened.

        Raises:
            Trouble: when it cannot be.
        """
        return self._opened(self._passphrase)

    def _opened(self, passphrase: Callable[[], str] | None) -> Vault:
        """Open the vault; a year that began under a clock that was wrong begins today."""
        from assistant.vault.vault import EARLIEST, Vault

        vault, today = Vault.open(self.home, passphrase), self.clock().date()
        if vault.profile.began < EARLIEST <= today:
            with suppress(Trouble):  # where nothing may be written, it is begun another day
                vault.keep_profile(replace(vault.profile, began=today))
        return vault

    @cached_property
    def circles(self) -> Circles:
        """The circles that the member belongs to."""
        from assistant.sittings.circles import Circles  # 130 ms: pydantic, and the keys

        return Circles(self.home, self.vault, lambda: os.urandom(32))

    def sync_circles(self) -> None:
        """Bring and fetch what is new in every circle, if the vault is open; a folder that is away waits."""
        if "vault" not in self.__dict__ or not self.vault.circles.belongings():
            return
        self.circles.sync()
        self.ours.forget_taken_back()

    def card(self, together: bool = False, folders: tuple[Path, ...] | None = None) -> str:
        """The help-lines card of the member's country; `together` speaks to several around one screen."""
        from assistant.witness.helplines import card

        frames = self.frames if self.home.exists else None
        rung, own = (frames.helplines_checked, frames.helplines_own) if frames else (None, ())
        checked = self.messages("crisis.checked", day=self._day(rung)) if rung else ""
        unchecked = self.messages("crisis.unchecked")
        return card(folders or self.prompts.guarded, self.lang, self.country, unchecked, checked, own, together)

    def _day(self, day: date) -> str:
        say = self.messages
        return say("screen.day", day=day.day, month=say(f"month.{day.month}"), year=day.year)

    @property
    def workshop(self) -> Workshop:
        """The prompts as a facilitator works on them; what they save holds from the next sitting on."""
        from assistant.guides.workshop.texts import Workshop

        return Workshop(self.home.folder / "prompts", self.messages, self.lang)

    def made_up(self, week: int, guide_id: str, step_id: str, name: str | None = None) -> Facts:
        """Give the facts of a made-up member, called `name`, with all that a step needs; "" is without a name."""
        from assistant.sittings.rehearsal import made_up_for

        steps = self.workshop.library.outline(guide_id)
        step = next((step for step in steps.steps if step.id == step_id), None) if steps else None
        return made_up_for(self.messages, week, step, name)

    def open_screen(self, guide: str | None = None, circle: str | None = None) -> None:
        """Open the full screen, at a conversation of `guide` if one is named, in the circle with that id.

        Raises:
            Trouble: when there is no terminal to open it in.
        """
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise Trouble("needs_terminal")
        from assistant.tui.app import VidneApp  # 165 ms, and nothing else needs it

        VidneApp(self, guide, circle).run()
        self.sync_circles()

    def close(self) -> None:
        """Close the vault, if it was opened."""
        if vault := self.__dict__.pop("vault", None):
            vault.close()

    # A member's home

    @property
    def home_exists(self) -> bool:
        """Whether there is a home; else the first run makes one."""
        return self.home.exists

    @property
    def protection(self) -> Protection | None:
        """What keeps the key of the home."""
        return self.home.protection if self.home.exists else None

    @property
    def week(self) -> int:
        """The week of the member's year, counted from 1."""
        from assistant.sittings.recollection import year_week

        return year_week(self.vault.profile.began, self.clock().date())[0]

    @property
    def theme(self) -> str | None:
        """The theme used last, if there is a home."""
        return self.home.theme if self.home.exists else None

    def keep_theme(self, name: str) -> None:
        """Remember the theme for the next time."""
        self.home.write_theme(name)

    def keyring(self) -> bool:
        """Say whether this computer has a keyring that a key could be kept in."""
        from assistant.vault.keys import Keyring

        return Keyring.available()

    def make_home(
        self, name: str | None, protection: Protection, passphrase: str = "", began: date | None = None
    ) -> None:
        """Make a home in the language spoken, and open it; the member's year begins today, unless `began` says.

        Raises:
            Trouble: when it cannot be made, or the passphrase is easily guessed.
        """
        from assistant.vault.keys import KeyFile, Keyring, Passphrase, must_be_hard_to_guess
        from assistant.vault.vault import Profile, Vault

        if protection == "passphrase":
            must_be_hard_to_guess(passphrase)
        kept_by = {"key-file": KeyFile, "keyring": Keyring, "passphrase": lambda: Passphrase(passphrase)}[protection]()
        profile = Profile(name, self.lang, began or self.clock().date())
        self.vault = Vault.create(self.home, profile, kept_by)

    def unlock(self, passphrase: str | None) -> None:
        """Open the vault with a passphrase, or with none.

        Raises:
            Trouble: when it cannot be opened.
        """
        self.vault = self._opened((lambda: passphrase) if passphrase is not None else None)

    def search(self, words: str) -> tuple[Found, ...]:
        """Find the member's own words, newest first."""
        return self.vault.search(words)

    def judge(self, check: str, lang: Lang) -> Callable[[str, str], tuple[Finding, ...]]:
        """Give one of the witness's checks, `gate`, `wording`, `nudge` or `crisis`, as a function of a text and of
        what the member said."""
        from assistant.witness.crisis import Crisis
        from assistant.witness.gate import Gate
        from assistant.witness.nudge import Nudge
        from assistant.witness.rules import at_the_door

        if check == "crisis":
            crisis = Crisis.load(self.prompts.guarded)
            return at_the_door(lambda text, _: crisis.findings(text))
        if check == "nudge":
            nudge = Nudge.load(self.prompts.guarded, lang)
            return at_the_door(lambda text, _: nudge.findings(text))
        gate = Gate.load(self.prompts.guarded, lang)
        return at_the_door(gate.judge if check == "gate" else lambda text, _: gate.wording(text))

    def prepare(self) -> None:
        """Import the rooms that a sitting needs: 200 ms, for a thread to spend while the first screen stands there."""
        from assistant.guides import library, offers  # noqa: F401
        from assistant.sittings import recollection, session  # noqa: F401
        from assistant.vault import vault  # noqa: F401
        from assistant.witness import guard  # noqa: F401

    # Sittings

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The guides that fit the member, in the order they are offered: once there is a frame, the kickoff last."""
        from assistant.guides.offers import offers
        from assistant.sittings.frame import in_order

        return in_order(offers(self.prompts.library, self.lang, COMPANIES), self.has_charter)

    @property
    def frames(self) -> Frames:
        """What the member's groups agreed."""
        from assistant.sittings.frame import Frames

        return Frames(self.vault, self.prompts.library, lambda: self.circles.all())

    @property
    def has_charter(self) -> bool:
        """Whether the member's group agreed a frame, or is about to."""
        return self.frames.any

    def frame(self, group: str | None = None) -> Frame | None:
        """Give what a group agreed, or the first there is; None before the kickoff."""
        if not self.home.exists or (frame := self.frames.of(group)) is None:
            return None
        if frame.circle is None:  # a kill came between the kickoff and its room
            from assistant.sittings.frame import make_room

            with suppress(Trouble):
                make_room(frame.charters, self.circles.found, frame.name)
                self.frames.keep_only_mine()
            frame = self.frames.of(group)
        return frame

    def charter_page(self, group: str | None = None) -> CharterPage | None:
        """Give the charter of a group, or of the first there is, as a page; None before the kickoff."""
        frame = self.frame(group)
        if frame is None:
            return None
        from assistant.circle.page import page

        room = frame.circle.view.here if frame.circle else ()
        return page(frame.charters, self.messages, [member.name for member in room])

    @cached_property
    def ours(self) -> Ours:
        """What the member's group does together."""
        from assistant.sittings.ours import Ours

        crisis = self.judge("crisis", self.lang)
        return Ours(
            self.vault,
            self.prompts.library,
            self.messages,
            lambda: self.frames,
            lambda: self.circles.all(),
            self.clock,
            self.prompts.folders,
            danger=lambda text: crisis(text, ""),
        )

    def help_card(self) -> HelpCard:
        """Give the help lines, where nothing but going on is to be chosen."""
        from assistant.sittings.shown import Card

        return Card(self.card(), (("go_on", self.messages("crisis.go_on")),))

    # The day's one line

    def keep_practice(self, text: str | None, day: date) -> practice.Kept:
        """Keep a line for a day, or with None a day without.

        Raises:
            Trouble: when it was not kept.
        """
        from assistant.sittings import practice

        return practice.keep(self.vault, self.prompts.guard().crisis, text, day, self.vault.profile.began, self.clock())

    def practice_months(self) -> tuple[practice.Month, ...]:
        """Give every line, by month, the latest first."""
        from assistant.sittings import practice

        return practice.months(self.vault.lines(practice.GUIDE))

    @cached_property
    def sittings(self) -> Sittings:
        """What opens a sitting."""
        from assistant.sittings.opening import Sittings

        return Sittings(self)

    @property
    def model(self) -> LanguageModel:
        """The language model, which is off until it is asked for."""
        from assistant.sittings.language_model import LanguageModel

        return LanguageModel(
            self.home.config_file,
            lambda: self.vault,
            self.frames,
            self.prompts.folders,
            self.prompts.guard,
            through_litellm,
            self.messages,
            self.lang,
            self.clock,
        )


def through_litellm(settings: Settings, key: Callable[[], str | None]) -> Backend:
    """Give what reaches the language model that `settings` name."""
    from assistant.backend.through_litellm import ThroughLitellm  # 30 ms: asyncio

    return ThroughLitellm(settings, key)


def main() -> None:
    """Run the command line."""
    from assistant.cli.main import end_when_told, run

    end_when_told()
    sys.exit(run(sys.argv[1:], House, LANGS))


if __name__ == "__main__":
    main()

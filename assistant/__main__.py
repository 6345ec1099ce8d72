"""The one place that builds objects and wires them; nothing else knows which room gives what to which.

Rooms are imported where they are first needed: a command that only writes one line pays for nothing else.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.messages import LANGS, Lang, Messages
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.backend.choice import State
    from assistant.backend.reflector import Reflector
    from assistant.backend.request import Request
    from assistant.backend.settings import Settings
    from assistant.backend.tryout import Outcome
    from assistant.circle.charter import Charter
    from assistant.circle.circle import Circle
    from assistant.circles import Circles
    from assistant.guides.facts import Facts
    from assistant.guides.guide import Guide
    from assistant.guides.library import Library
    from assistant.session import Session
    from assistant.vault.home import Home, Protection
    from assistant.vault.search import Found
    from assistant.vault.vault import Vault
    from assistant.witness.guard import Guard
    from assistant.witness.rules import Finding


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

    def speak(self, lang: Lang) -> None:
        """Speak `lang` from here on."""
        self._lang = lang
        for cached in ("messages", "library", "witness"):
            self.__dict__.pop(cached, None)

    @cached_property
    def messages(self) -> Messages:
        """The fixed sentences in the language spoken."""
        return Messages.load(self.lang)

    @cached_property
    def prompts(self) -> tuple[Path, ...]:
        """The prompts folders, nearest first: the group's own, and the built-in one."""
        from assistant.prompts import builtin_prompts

        own = self.home.folder / "prompts"
        return (own, builtin_prompts()) if own.is_dir() else (builtin_prompts(),)

    # Rooms

    @cached_property
    def vault(self) -> Vault:
        """The member's vault, opened.

        Raises:
            Trouble: when it cannot be.
        """
        from assistant.vault.vault import Vault

        return Vault.open(self.home, self._passphrase)

    @cached_property
    def library(self) -> Library:
        """The guides in the language spoken."""
        from assistant.guides.library import Library

        return Library(self.prompts, self.lang)

    @cached_property
    def witness(self) -> Guard:
        """The witness in the language spoken."""
        from assistant.witness.guard import Guard

        return Guard.load(self.prompts, self.lang)

    @cached_property
    def _circles(self) -> Circles:
        from assistant.circles import Circles  # 130 ms: pydantic, and the keys

        return Circles(self.home, self.vault)

    @property
    def circles(self) -> tuple[Circle, ...]:
        """The circles that the member belongs to, in the order they were joined."""
        return self._circles.all()

    def circle(self, name: str | None = None) -> Circle:
        """Give the circle called `name`, or the only one there is.

        Raises:
            Trouble: when there is none, or more than one that is meant.
        """
        return self._circles.named(name)

    def found_circle(self, charter: Charter, name: str, folder: Path | None = None) -> Circle:
        """Make a circle of what was agreed; its founder, this member, is called `name` there.

        Raises:
            Trouble: when it cannot be made.
        """
        return self._circles.found(os.urandom(16).hex(), charter, name, folder)

    def found_plain_circle(
        self, group: str, name: str | None, others: Sequence[str] = (), folder: Path | None = None
    ) -> Circle:
        """Make a circle without a kickoff; the charter holds the names, and no more.

        Raises:
            Trouble: when it cannot be made.
        """
        from assistant.circles import plain_charter

        mine = name or self.vault.profile.name or ""
        charter = plain_charter(group, self.lang, self.clock().date(), (mine, *others))
        return self.found_circle(charter, mine, folder)

    def join_circle(self, invitation: str, folder: Path | None = None) -> Circle:
        """Come into a circle by the text of an invitation.

        Raises:
            Trouble: when it is not whole, has been used, or leads where the member is already.
        """
        return self._circles.join(invitation, folder=folder)

    def move_circle(self, circle: Circle, folder: Path) -> Circle:
        """Keep a circle's files in another folder from here on.

        Raises:
            Trouble: when that cannot be.
        """
        return self._circles.move(circle, folder)

    def invite(self, circle: Circle, name: str) -> str:
        """Give an invitation as a text that can be handed to whoever is to join.

        Raises:
            Trouble: when someone of that name is in the circle, or the member cannot see the others yet.
        """
        return str(circle.invite(name, os.urandom(32)))

    def card(self) -> str:
        """The help-lines card of the member's country."""
        from assistant.witness.helplines import card

        return card(self.prompts, self.lang, self.locale[1], self.messages("crisis.unchecked"))

    def open_screen(self, guide: str | None = None) -> None:
        """Open the full screen, at a conversation of `guide` if one is named.

        Raises:
            Trouble: when there is no terminal to open it in.
        """
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise Trouble("needs_terminal")
        from assistant.tui.app import VidneApp  # 165 ms, and nothing else needs it

        VidneApp(self, guide).run()

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
        from assistant.recollection import year_week

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
        """Make a home in the language spoken, and open it; the member's year begins today, unless `began` says."""
        from assistant.vault.keys import KeyFile, Keyring, Passphrase
        from assistant.vault.vault import Profile, Vault

        kept_by = {"key-file": KeyFile, "keyring": Keyring, "passphrase": lambda: Passphrase(passphrase)}[protection]()
        profile = Profile(name, self.lang, began or self.clock().date())
        self.vault = Vault.create(self.home, profile, kept_by)

    def unlock(self, passphrase: str | None) -> None:
        """Open the vault with a passphrase, or with none.

        Raises:
            Trouble: when it cannot be opened.
        """
        from assistant.vault.vault import Vault

        self.vault = Vault.open(self.home, (lambda: passphrase) if passphrase is not None else None)

    def search(self, words: str) -> tuple[Found, ...]:
        """Find the member's own words, newest first."""
        return self.vault.search(words)

    def judge(self, check: str, lang: Lang) -> Callable[[str, str], tuple[Finding, ...]]:
        """Give one of the witness's checks, `gate`, `wording`, `nudge` or `crisis`, as a function of a text and of
        what the member said."""
        from assistant.witness.crisis import Crisis
        from assistant.witness.gate import Gate
        from assistant.witness.nudge import Nudge

        if check == "crisis":
            crisis = Crisis.load(self.prompts)
            return lambda text, _: crisis.findings(text)
        if check == "nudge":
            nudge = Nudge.load(self.prompts, lang)
            return lambda text, _: nudge.findings(text)
        gate = Gate.load(self.prompts, lang)
        return gate.judge if check == "gate" else lambda text, _: gate.wording(text)

    def prepare(self) -> None:
        """Import the rooms that a sitting needs: 200 ms, for a thread to spend while the first screen stands there."""
        from assistant import recollection, session  # noqa: F401
        from assistant.guides import library  # noqa: F401
        from assistant.vault import vault  # noqa: F401
        from assistant.witness import guard  # noqa: F401

    # Sittings

    def session(self, guide_id: str, sitting: int | None = None) -> Session:
        """Give a new sitting of a guide, or go on with `sitting`."""
        from assistant.guides.facts import Facts
        from assistant.session import Kept

        guide = self._guide(guide_id)
        if sitting is None:
            facts = self._recall(guide)
            plan = guide.plan(facts.month, facts.as_plain())
            return self._session(guide, plan, facts, self.vault, reflector=self.reflector())
        earlier = self.vault.sitting(sitting)
        draft = self.vault.draft(sitting)
        kept = Kept(sitting, self.vault.turns(sitting), draft.text if draft else "")
        facts = Facts.from_plain(earlier.facts)
        asked = {step.id for step in guide.steps}
        plan = tuple(step for step in earlier.plan if step in asked) or guide.plan(facts.month, facts.as_plain())
        return self._session(guide, plan, facts, self.vault, kept, self.reflector())

    def rehearsal(self, guide_id: str, week: int = 1) -> Session:
        """Give a sitting of a guide in `week` of a made-up member's year, of which nothing is kept."""
        from assistant.rehearsal import made_up
        from assistant.session import Nowhere

        guide = self._guide(guide_id)
        facts = made_up(self.messages, week)
        return self._session(guide, guide.plan(facts.month, facts.as_plain()), facts, Nowhere())

    def _session(self, guide: Guide, plan, facts: Facts, keeper, kept=None, reflector=None) -> Session:
        from assistant.session import Session

        return Session(
            guide,
            plan,
            facts,
            wording=self.library,
            witness=self.witness,
            keeper=keeper,
            messages=self.messages,
            card=self.card(),
            clock=self.clock,
            kept=kept,
            reflector=reflector,
        )

    def _guide(self, guide_id: str) -> Guide:
        """Give a guide; one that a group made its own is proved first, if a file of it changed since it last was.

        Raises:
            Trouble: when there is no such guide, or something is wrong with it.
        """
        if len(self.prompts) > 1:
            proved = self.home.folder / "proved.json"
            digests = json.loads(proved.read_text("utf-8")) if proved.exists() else {}
            name = f"{guide_id}/{self.lang}"
            digest = self.library.proved(guide_id, digests.get(name))
            if digests.get(name) != digest:
                proved.write_text(json.dumps({**digests, name: digest}), "utf-8")
        return self.library.guide(guide_id)

    def _recall(self, guide: Guide) -> Facts:
        from assistant.recollection import YEAR, Earlier, latest_answers, recall

        at = self.clock()
        sittings = self.vault.sittings(guide.id)
        earlier = [
            Earlier(sitting.began, latest_answers(self.vault.turns(sitting.id)))
            for sitting in sittings
            if at - sitting.began < YEAR
        ]
        profile = self.vault.profile
        return recall(
            guide,
            earlier,
            first=not sittings,
            name=profile.name,
            began=profile.began,
            at=at,
            messages=self.messages,
        )

    # The language model

    @property
    def model_settings(self) -> Settings | None:
        """Which language model there is, if the member has set one."""
        if not self.home.config_file.exists():
            return None
        from assistant.backend import settings

        return settings.read(self.home.config_file)

    @property
    def model_state(self) -> State:
        """Whether the language model is on, and if not, why."""
        from assistant.backend import choice

        settings = self.model_settings
        return choice.state(settings and settings.receiver, self.vault.sendings(), choice.allowed(self.prompts))

    def choose_model(self, name: str, address: str | None) -> None:
        """Set which language model there is; it is not turned on by that."""
        from assistant.backend import settings
        from assistant.vault.home import write_private

        content = settings.written(name, address)
        self.vault  # noqa: B018  a home must be there before its configuration
        write_private(self.home.config_file, content)

    def turn_model(self, what: Literal["on", "off"]) -> None:
        """Turn the language model on or off, and write down that it was."""
        from assistant.vault.vault import Sending

        settings = self.model_settings
        self.vault.note_sending(Sending(self.clock(), what, settings.receiver if settings else ""))

    def model_key(self) -> str | None:
        """Find the key to the language model."""
        from assistant.backend import secret

        return secret.find(self.model_settings.receiver)

    def keep_model_key(self, key: str) -> None:
        """Keep the key to the language model in the keyring; a blank one is removed.

        Raises:
            Trouble: when there is no keyring that keeps it safely.
        """
        from assistant.backend import secret
        if not secret.keep(self.model_settings.receiver, key):
            raise Trouble("model_keyring", variable=secret.VARIABLE)

    def reflector(self) -> Reflector | None:
        """Give what asks the language model, if the member has turned it on.

        What keeps it from being on keeps nobody from writing: `vidne model status` tells of it.
        """
        from assistant.vault.vault import Sending

        try:
            if not self.home.config_file.exists() or self.model_state != "on":
                return None
        except Trouble:
            return None
        receiver = self.model_settings.receiver
        return self._reflector(lambda: self.vault.note_sending(Sending(self.clock(), "asked", receiver)))

    def _reflector(self, sent: Callable[[], None]) -> Reflector:
        from assistant.backend.reflector import Reflector, instructions
        from assistant.backend.through_litellm import ThroughLitellm

        settings, name = self.model_settings, self.vault.profile.name or self.messages("made_up.name")
        return Reflector(
            ThroughLitellm(settings, self.model_key),
            instructions(self.prompts, self.lang),
            names=(name,),
            lang=self.lang,
            seconds=settings.seconds,
            receiver=settings.receiver,
            clock=self.clock,
            sent=sent,
        )

    def example_request(self) -> Request:
        """Give a whole request as it would be sent, for a made-up answer."""
        from assistant.guides.events import Reflect

        return self._reflector(lambda: None).request(Reflect(1, "reflect", self._example))

    def try_model(self, ticks: Callable[[], float]) -> Outcome:
        """Ask the language model once about a made-up answer; `ticks` counts seconds."""
        from assistant.backend.tryout import try_out

        return try_out(self._reflector(lambda: None), self.witness, self._example, self.clock, ticks)

    @property
    def _example(self) -> str:
        return self.messages("model.example", name=self.vault.profile.name or self.messages("made_up.name"))


def main() -> None:
    """Run the command line."""
    from assistant.cli.main import run

    sys.exit(run(sys.argv[1:], House, LANGS))


if __name__ == "__main__":
    main()

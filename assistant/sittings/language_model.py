"""The language model as a member meets it: which one there is, whether it is on, and what would be sent to it.

It is off until it is asked for, and any of the member's groups can say no for all in it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.backend import choice
from assistant.trouble import Trouble
from assistant.vault.vault import Sending

if TYPE_CHECKING:
    from assistant.backend.choice import State
    from assistant.backend.reflector import Reflector
    from assistant.backend.request import Backend, Request
    from assistant.backend.settings import Settings
    from assistant.backend.tryout import Outcome
    from assistant.messages import Lang, Messages
    from assistant.sittings.frame import Frames
    from assistant.vault.vault import Vault
    from assistant.witness.guard import Guard


class LanguageModel:
    """What a member decides about the language model, kept: the settings in a file, each yes and no in the vault."""

    def __init__(
        self,
        config: Path,
        vault: Callable[[], Vault],
        frames: Frames,
        prompts: tuple[Path, ...],
        guard: Callable[[], Guard],
        backend: Callable[[Settings, Callable[[], str | None]], Backend],
        messages: Messages,
        lang: Lang,
        clock: Callable[[], datetime],
    ) -> None:
        """Take the settings from `config`, a group's no and the instructions from the folders `prompts`; `backend` is
        what reaches the model that settings name, with the key that it may ask for."""
        self._config = config
        self._vault = vault
        self._frames = frames
        self._prompts = prompts
        self._guard = guard
        self._backend = backend
        self._messages = messages
        self._lang = lang
        self._clock = clock

    @property
    def settings(self) -> Settings | None:
        """Which language model there is, if the member has set one."""
        if not self._config.exists():
            return None
        from assistant.backend import settings  # 60 ms: pydantic, and most members have no model

        return settings.read(self._config)

    @property
    def state(self) -> State:
        """Whether the language model is on, and if not, why."""
        settings = self.settings
        allowed = choice.allowed(self._prompts, self._frames.allow_a_model)
        if allowed and settings and self._frames.waits:
            return "unheard"
        return choice.state(settings and settings.receiver, self.noted, allowed)

    @property
    def noted(self) -> tuple[Sending, ...]:
        """What was written down of it, oldest first: each yes and no, and each request, without a word of it."""
        return tuple(self._vault().sendings())

    @property
    def installed(self) -> bool:
        """Whether what asks language models is installed."""
        return choice.installed()

    @property
    def unread(self) -> tuple[Path, ...]:
        """The group's own instructions that cannot be used."""
        from assistant.backend.reflector import instructions

        return instructions(self._prompts, self._lang).unread

    def choose(self, name: str, address: str | None) -> None:
        """Set which language model there is, within the limits there are; it is not turned on by that."""
        from assistant.backend import settings
        from assistant.vault.home import write_private

        before = None
        with suppress(Trouble):
            before = self.settings
        content = settings.written(name, address, before)
        self._vault()  # a home must be there before its configuration
        write_private(self._config, content)

    def turn(self, what: Literal["on", "off"]) -> None:
        """Turn the language model on or off, and write down that it was."""
        settings = self.settings
        self._note(what, settings.receiver if settings else "")

    def key(self) -> str | None:
        """Find the key to the language model."""
        from assistant.backend import secret

        return secret.find(self.settings.receiver)

    def keep_key(self, key: str) -> None:
        """Keep the key to the language model in the keyring; a blank one is removed.

        Raises:
            Trouble: when there is no keyring that keeps it safely.
        """
        from assistant.backend import secret

        if not secret.keep(self.settings.receiver, key):
            raise Trouble("model_keyring", variable=secret.VARIABLE)

    def reflector(self) -> Reflector | None:
        """Give what asks the language model, if the member has turned it on.

        What keeps it from being on keeps nobody from writing: `vidne model status` tells of it.
        """
        try:
            if not self._config.exists() or self.state != "on":
                return None
        except Trouble:
            return None
        receiver = self.settings.receiver
        return self._reflector(lambda: self._note("asked", receiver))

    def example_request(self) -> Request:
        """Give a whole request as it would be sent, for a made-up answer."""
        from assistant.guides.events import Reflect

        return self._reflector(lambda: None).request(Reflect(1, "reflect", self._example))

    def try_out(self, ticks: Callable[[], float]) -> Outcome:
        """Ask the language model once about a made-up answer; `ticks` counts seconds, once all is prepared."""
        from assistant.backend.tryout import try_out

        reflector, guard = self._reflector(lambda: None), self._guard()
        reflector.prepare().join()
        return try_out(reflector, guard, self._example, self._clock, ticks)

    def _note(self, what: Literal["on", "off", "asked"], receiver: str) -> None:
        self._vault().note_sending(Sending(self._clock(), what, receiver))

    def _reflector(self, sent: Callable[[], None]) -> Reflector:
        from assistant.backend.reflector import Reflector, instructions

        settings = self.settings
        return Reflector(
            self._backend(settings, self.key),
            instructions(self._prompts, self._lang),
            names=tuple(dict.fromkeys((self._name, *self._frames.names))),
            lang=self._lang,
            seconds=settings.seconds,
            receiver=settings.receiver,
            clock=self._clock,
            sent=sent,
        )

    @property
    def _name(self) -> str:
        return self._vault().profile.name or self._messages("made_up.name")

    @property
    def _example(self) -> str:
        return self._messages("model.example", name=self._name)

"""The first run: which language, what name, what keeps the key, and the passphrase if that is it. Esc goes back."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static

from assistant.messages import LANGS
from assistant.text import clean, is_blank
from assistant.trouble import Trouble
from assistant.tui.widgets.choices import Choice, Choices
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.line import Line

if TYPE_CHECKING:
    from assistant.messages import Messages
    from assistant.tui.wiring import Protection, Wiring

OWN_NAMES = {"da": "Dansk", "en": "English"}
"""What a language calls itself."""
STEPS = ("lang", "name", "protection", "passphrase")
"""The questions, in order; the last is asked only where a passphrase was chosen."""


class FirstRunScreen(Screen[bool]):
    """Makes a home; gives back False if none was made."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "onward"),
        Binding("escape", "leave", "quit"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, wiring: Wiring) -> None:
        """Prepare to make the home of the house."""
        super().__init__(classes="asking")
        self._wiring = wiring
        self._called: str | None = None
        self._protection: Protection = "key-file"
        self._passphrase = ""
        self._first = STEPS[1] if wiring.lang_is_given else STEPS[0]
        self._step = self._first
        self._keyring = False

    @property
    def _messages(self) -> Messages:
        return self._wiring.messages

    def compose(self) -> ComposeResult:
        """Lay out the places; a question fills them."""
        yield Static(Content("vidne"), classes="name")
        yield Vertical(id="asked")
        yield Static(id="notice")
        yield Hints(self._messages)

    async def on_mount(self) -> None:
        """Ask the first question, and find out meanwhile whether there is a keyring."""
        await self._ask(self._first)
        self.run_worker(self._look_for_keyring, thread=True)  # importing keyring takes 60 ms

    def _look_for_keyring(self) -> None:
        self._keyring = self._wiring.keyring()

    # Asking

    async def _ask(self, step: str) -> None:
        self._step, self.app.fresh = step, monotonic()
        self._notice("")
        asked = self.query_one("#asked")
        before = tuple(asked.children)
        question = tuple(self._question(step))
        await asked.mount(*question)
        next(widget for widget in question if isinstance(widget, Choices | Line)).focus()
        await asked.remove_children(before)  # only now, for a key goes nowhere while nothing has the focus
        self.query_one(Hints).speak(self._messages)

    def _question(self, step: str) -> Iterator[Widget]:
        messages = self._messages
        yield Static(Content(messages(f"first_run.{step}")), classes="question")
        about = Static(Content(messages(f"first_run.{step}_about")), classes="quiet about")
        if step != "passphrase":
            yield about
        match step:
            case "lang":
                langs = sorted(LANGS, key=lambda lang: lang != messages.lang)
                yield Choices(Choice(lang, OWN_NAMES[lang]) for lang in langs)
            case "name":
                yield Line(self._called or "", select_on_focus=False)
            case "protection":
                offered = ["key-file", "passphrase", *(["keyring"] if self._keyring else [])]
                texts = (messages(f"first_run.keep_{name.replace('-', '_')}") for name in offered)
                yield Choices(Choice(name, *text.split("\n", 1)) for name, text in zip(offered, texts, strict=True))
            case "passphrase":
                yield Line(password=True)
                yield Static(Content(messages("first_run.again")), classes="quiet about")
                yield Line(password=True, id="again")
                yield about  # last, so that the fields are in sight on a low screen

    # Answering

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was chosen, and that once: a number and an Enter typed after it both choose."""
        if not (self.app.screen is self and event.option_list.has_focus):
            return
        if self._step == "lang":
            self._wiring.speak(event.option_id)
            await self._ask("name")
            return
        self._protection, self._passphrase = event.option_id, ""
        if event.option_id == "passphrase":
            await self._ask("passphrase")
        else:
            self._make()

    async def on_input_submitted(self) -> None:
        """Take what was written."""
        await self.action_onward()

    async def action_onward(self) -> None:
        """Take what was written."""
        if self._step == "name":
            name = clean(self.query_one(Line).value).strip()
            self._called = None if is_blank(name) else name
            await self._ask("protection")
        elif self._step == "passphrase":
            self._take_passphrase()

    def _take_passphrase(self) -> None:
        first, again = self.query(Line)
        if not again.value:
            again.focus()
        elif first.value != again.value:
            self._refuse(self._messages("first_run.not_the_same"))
        else:
            self._passphrase = first.value
            self._make()

    def _refuse(self, why: str) -> None:
        """Say why there is no home yet; a passphrase is written again from the first letter."""
        for field in reversed(self.query(Line)):
            field.clear()
            field.focus()
        self._notice(why)

    def _make(self) -> None:
        try:
            self._wiring.make_home(self._called, self._protection, self._passphrase)
        except Trouble as trouble:
            self._refuse(self._messages(trouble.key, **trouble.values))
        else:
            self.dismiss(True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key works just now: from the first question there is no way back, only out."""
        return action not in ("leave", "back") or (action == "leave") == (self._step == self._first)

    async def action_back(self) -> None:
        """Go to the question before."""
        await self._ask(STEPS[STEPS.index(self._step) - 1])

    def action_leave(self) -> None:
        """Leave without a home."""
        self.dismiss(False)

    def _notice(self, text: str) -> None:
        self.query_one("#notice", Static).update(Content(text))

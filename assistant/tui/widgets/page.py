"""The page above the answer field: what was said so far, and below it the question that waits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Static

from assistant.messages import Messages
from assistant.tui.exchanges import Exchange

LONG = 6_000
"""Of a longer answer the page shows only the beginning, so that it stays quick; the reading screen shows all of it."""
SHARE = 0.6
"""What part of the room a question may take before the answer field spares it more: a little less than in app.tcss."""
FIELD = 3
"""How many rows the answer field keeps, with the space around it, where there is more to read than a question."""
LABELS = {"greeting": "", "handback": "", "model": "model_words", "gathered": "gathered_words"}
"""Under which name in the catalogue something said back stands; what is not here is the member's own words."""


class Told(Vertical):
    """One exchange: question, answer, and what was said back."""

    def __init__(self, exchange: Exchange, messages: Messages, *, whole: bool, sought: Sequence[str] = ()) -> None:
        """Show `exchange`; if `whole`, however long its answer is. Words that are `sought` stand out."""
        super().__init__()
        self._sought = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sought)) if sought else None
        self._exchange = exchange
        self._messages = messages
        self._whole = whole

    def compose(self) -> ComposeResult:
        """Lay out what there is of it."""
        exchange = self._exchange
        if exchange.asked:
            yield Static(Content(exchange.asked), classes="asked")
        if exchange.answer:
            yield Static(self._marked(self._answer), classes="answered")
        if exchange.own:
            yield Said(exchange.own, "own", self._messages)
        elif exchange.said:
            yield Said(exchange.said, exchange.how, self._messages)

    def _marked(self, text: str) -> Content:
        content = Content(text)
        return content.highlight_regex(self._sought, style="bold $accent") if self._sought else content

    def sought_at(self) -> Offset | None:
        """Give where the first word that is sought stands, from the top; None where there is none."""
        for place in self.query(Static):
            text = str(place.content)
            if self._sought and (hit := self._sought.search(text)) and "asked" not in place.classes:
                above = Content(text[: hit.start()]).wrap(max(1, place.content_size.width))
                return Offset(0, place.virtual_region.y + max(0, len(above) - 1))
        return None

    @property
    def _answer(self) -> str:
        text = self._exchange.answer
        if self._whole or len(text) <= LONG:
            return text
        return f"{text[:LONG]} … {self._messages('screen.long', size=size_of(text, self._messages))}"


class Said(Vertical):
    """What was said back, under its name if it is the member's own words."""

    def __init__(self, text: str, how: str, messages: Messages) -> None:
        """Show `text`, found as `how` says."""
        super().__init__()
        self._text = text
        name = LABELS.get(how, "your_words")
        self._label = name and messages(f"screen.{name}")

    def compose(self) -> ComposeResult:
        """Lay it out."""
        if self._label:
            yield Static(Content(self._label), classes="label")
        yield Static(Content(self._text))


class Page(VerticalScroll, can_focus=False):
    """Scrolls; the question's beginning is always in sight when it is put."""

    def __init__(self, messages: Messages) -> None:
        """Make an empty page."""
        super().__init__()
        self._messages = messages
        self._told: list[tuple[Exchange, Told]] = []
        self._taken: int | None = None

    def compose(self) -> ComposeResult:
        """Lay out the places for what comes before the exchanges, and for the question."""
        yield Static(id="intro")
        yield Static(id="coming")
        yield Static(id="question")
        yield Static(id="lines")
        yield Static(id="standing")
        yield Static(id="why")

    def introduce(self, text: str) -> None:
        """Say something above everything else."""
        self._put("intro", text)

    def tell(self, exchanges: Iterable[Exchange]) -> None:
        """Show these exchanges instead of those that stand; what is the same stays as it is."""
        wanted = [exchange for exchange in exchanges if exchange.shown]
        standing = [exchange for exchange, _ in self._told]
        same = next((n for n, (a, b) in enumerate(zip(standing, wanted, strict=False)) if a != b), None)
        same = min(len(standing), len(wanted)) if same is None else same
        for _, told in self._told[same:]:
            told.remove()
        new = [(exchange, Told(exchange, self._messages, whole=False)) for exchange in wanted[same:]]
        self._told[same:] = new
        self.mount_all([told for _, told in new], before="#coming")
        self.settle()

    def wait(self) -> None:
        """Ask nothing for a while."""
        for place in ("question", "lines", "standing", "why"):
            self._put(place, "")

    def form(self, text: str) -> None:
        """Show what a language model says back, as far as it has come and may be shown."""
        self._put("coming", f"{self._messages('screen.model_words')}\n{text}" if text else "")
        self.settle()

    def ask(self, question: str, lines: Sequence[str] = (), standing: str = "") -> None:
        """Put a question, with the lines it chooses from, and what stands if nothing is written."""
        self._put("standing", standing)
        self._put("question", question)
        self._put("lines", "\n".join(f"{n}  {line}" for n, line in enumerate(lines, 1)))
        self.explain("")

    def explain(self, reason: str) -> None:
        """Say why it is asked, or stop saying it."""
        self._put("why", reason)
        self.settle()

    @property
    def explained(self) -> bool:
        """Whether it says why."""
        return self.query_one("#why").display

    def on_resize(self) -> None:
        """Keep the question in sight when what stands below it takes more room."""
        self.settle()

    def _make_room(self) -> None:
        """Take what the answer field can spare, where what is to be read goes on below the question."""
        read_on = any(self.query_one(f"#{place}").display for place in ("lines", "why"))
        needed = self.virtual_size.height - self.query_one("#question").virtual_region.y
        most = self.parent.size.height - FIELD
        taken = max(1, min(needed, most)) if read_on and needed > SHARE * most else None
        if taken != self._taken:  # whatever is set, even what stood there, has all laid out anew
            self._taken = self.styles.max_height = taken

    def settle(self) -> None:
        """Bring the question in sight, when the layout is known."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        for question in self.query("#question"):  # none, if the screen was left meanwhile
            self._make_room()
            self.call_after_refresh(self._scroll, question)

    def _scroll(self, question: Static) -> None:
        """Show the question from its beginning; or, where it is said why it is asked, that."""
        if not self.is_attached:
            return
        y = question.virtual_region.y if question.display and not self.explained else self.max_scroll_y
        self.scroll_to(y=min(self.max_scroll_y, y), animate=False, on_complete=self.screen.refresh_bindings)
        self.screen.refresh_bindings()

    def _put(self, place: str, text: str) -> None:
        widget = self.query_one(f"#{place}", Static)
        if text != str(widget.content):
            widget.update(Content(text))
        widget.display = bool(text)


def size_of(text: str, messages: Messages) -> str:
    """Say how long a text is."""
    number = f"{len(text) / 1_000_000:.1f} MB" if len(text) >= 100_000 else f"{len(text) // 1000} kB"
    return number.replace(".", messages("screen.decimal"))

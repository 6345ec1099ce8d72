"""What a member will see: the text in some week, in some phrasing, with a name or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.guides.shelf import FOLDERS
from assistant.guides.workshop.glance import Glance
from assistant.messages import Messages
from assistant.sittings.rehearsal import made_up_for

if TYPE_CHECKING:
    from assistant.guides.facts import Facts
    from assistant.guides.guide import Step
    from assistant.guides.workshop.glance import FactsOf
    from assistant.messages import Lang

LAST_WEEK = 56
"""The last week that is shown: the second year's questions have begun."""


class Seen(Vertical):
    """Shows a glance, and says of whom and when it is."""

    def __init__(self, messages: Messages) -> None:
        """Show the first week of somebody with a name."""
        super().__init__(id="show")
        self._messages = messages
        self.week = 1
        self.way: int | None = None
        """The phrasing that is wanted, from 0; None for the week's."""
        self.is_named = True
        self.glance = Glance("")

    def compose(self) -> ComposeResult:
        """Lay out what is seen, and what is said of it."""
        yield Static(Content(self._messages("bench.seen")), classes="label")
        yield Static(Content(self._messages("bench.about")), id="seen-about")
        with VerticalScroll(id="glance"):
            yield Static(id="seen")

    def turn_to(self, week: int) -> None:
        """Want another week, as it comes in it."""
        self.week, self.way = min(max(week, 1), LAST_WEEK), None

    def turn_way(self) -> None:
        """Want the next phrasing, whatever the week."""
        self.way = self.glance.way % max(self.glance.ways, 1)

    def facts_of(self, lang: Lang) -> FactsOf:
        """Give what is known of the member who sees it."""
        say, week, name = Messages.load(lang), self.week, None if self.is_named else ""

        def facts(step: Step | None) -> Facts:
            return made_up_for(say, week, step, name)

        return facts

    def wait(self) -> None:
        """Show nothing until the next look is done: what stands there is another text."""
        self.glance = Glance("")
        self.query_one("#seen-about", Static).update(Content("\n"))
        self.query_one("#seen", Static).update(Content(""))

    def show(self, glance: Glance, name: str, lang: Lang) -> None:
        """Show what one look at the text `name` saw."""
        self.glance = glance
        say = self._messages
        called = Messages.load(lang)("made_up.name")
        who = say("bench.with_name", name=called) if self.is_named else say("bench.without_name")
        values = {"week": self.week, "way": glance.way, "ways": glance.ways, "seconds": glance.seconds}
        about = say("bench.seen_at" if glance.ways > 1 else "bench.seen_one", **values)
        beside = name.split("/")[0] in FOLDERS
        self.query_one("#seen-about", Static).update(Content("" if beside else f"{about}\n{who}"))
        if beside:
            text = say(f"bench.seen_{name.split('/')[0]}")
        else:
            text = say("bench.unseen") if glance.seen is None else glance.seen or say("bench.nobody")
        self.query_one("#seen", Static).update(Content(text))
        self.query_one("#seen").set_class(beside or not glance.seen, "quiet")

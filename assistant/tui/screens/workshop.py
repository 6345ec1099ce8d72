"""The workshop: the texts, one of them on the sheet, how a member will see it, and what the check finds.

Everything is decided in `assistant.guides`. What takes time runs in a thread, one look at a time; the newest is shown.
What becomes of what is written is in `workshop_changes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.guides.phrasing import gist
from assistant.guides.shelf import FOLDERS
from assistant.guides.workshop.bench import Bench
from assistant.guides.workshop.files import step_of
from assistant.guides.workshop.glance import Glance, look
from assistant.messages import LANGS, Messages
from assistant.trouble import Trouble
from assistant.tui.screens.workshop_changes import Changes
from assistant.tui.screens.workshop_read import ReadableScreen, how_to_write
from assistant.tui.widgets.editor import Editor
from assistant.tui.widgets.found import Found, is_in
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.seen import Seen
from assistant.tui.widgets.texts import Texts

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.widgets import Tree

    from assistant.guides.fault import Fault
    from assistant.messages import Lang
    from assistant.tui.wiring import Wiring

PAUSE = 0.25
"""Seconds after a key in which what is written is kept as a draft and looked at; more keys do not put it off."""
WIDE = 120
"""From this many columns on there is room for all panes beside each other."""
PANES = ("list", "text", "seen")
TITLE = 48
"""Characters of a question that stand above its sheet."""


class WorkshopScreen(Changes):
    """A small screen shows one pane after the other: the list, the sheet, what is seen."""

    AUTO_FOCUS = "Texts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "to_text", "to_text"),
        Binding("plus", "step_down", "step_down"),
        Binding("minus", "step_up", "step_up"),
        Binding("n", "step_new", "step_new"),
        Binding("delete", "step_out", "step_out"),
        Binding("ctrl+s", "send", "save"),
        Binding("f1", "help", "how"),
        Binding("f6", "seen", "seen"),
        Binding("f2", "other_lang", "other_lang"),
        Binding("f3", "week_before", "week_before"),
        Binding("f4", "week_after", "week_after"),
        Binding("f5", "next_way", "next_way"),
        Binding("f7", "named", "named"),
        Binding("f8", "put_back", "put_back"),
        Binding("f9", "diff", "diff"),
        Binding("f10", "find_fault", "find_fault"),
        Binding("escape", "to_list", "to_list"),
        Binding("escape", "out", "back"),
        Binding("ctrl+q", "leave_vidne", "quit", show=False),
    ]

    def __init__(self, wiring: Wiring) -> None:
        """Go into the workshop of the house."""
        super().__init__(classes="workshop")
        self._messages: Messages = wiring.messages
        self._bench = Bench(wiring.workshop)
        self._lang: Lang = wiring.workshop.lang
        self._current = ""
        self._pause: Timer | None = None
        self._looking = self._again = self._is_small = False
        self._seen = Seen(wiring.messages)
        self._warned: dict[str, str] = {}

    # Layout

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        say = self._messages
        with Horizontal(id="panes"):
            with Vertical(id="side"):
                yield Static(Content(say("bench.title")), classes="label")
                yield Texts(self._bench, say)
                yield Static(Content(say("bench.legend")), id="legend")
            with Vertical(id="work"):
                yield Static(Content(say("bench.first")), id="called")
                yield Editor(id="sheet", written=self._written)
                yield Found(say)
            yield self._seen
        yield Static(id="notice")
        yield Hints(say)

    def on_mount(self) -> None:
        """List the texts, and say what was found again."""
        self._sheet.read_only = True
        self._texts.list_all(self._lang)
        self._show_pane("list")
        names = sorted(self._bench.unsaved)
        if names:
            self._say("found_again", names=", ".join(names))
        else:
            self._say("about")
        self._texts.call_after_refresh(self._texts.point, names[0] if names else "weekly")

    def on_resize(self) -> None:
        """Show what there is room for."""
        small = self.app.size.width < WIDE
        if small != self._is_small:
            self._is_small = small
            self.set_class(small, "-one")
            self.refresh_bindings()

    @property
    def _texts(self) -> Texts:
        return self.query_one(Texts)

    @property
    def _sheet(self) -> Editor:
        return self.query_one(Editor)

    @property
    def _found(self) -> Found:
        return self.query_one(Found)

    @property
    def _guide(self) -> str:
        return self._current.split("/")[0]

    def _show_pane(self, pane: str) -> None:
        self._be_at(pane)
        places = {"list": self._texts, "text": self._sheet, "seen": self.query_one("#glance")}
        if places[pane].focusable:
            self.set_focus(places[pane])
        else:
            self.call_after_refresh(self.set_focus, places[pane])  # what was not shown takes no focus before that
        self.refresh_bindings()

    def _be_at(self, pane: str) -> None:
        for other in PANES:
            self.set_class(other == pane, f"-at-{other}")

    def _at(self, pane: str) -> bool:
        return self.has_class(f"-at-{pane}")

    def on_descendant_focus(self) -> None:
        """Know where one is, however one came there."""
        places = {"texts": "list", "sheet": "text", "faults": "text", "glance": "seen"}
        pane = places.get(self.focused.id or "", "") if self.focused else ""
        if pane and not self._at(pane):
            self._be_at(pane)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key works just now; its hint is shown only then."""
        if not self.is_mounted or self._seen.parent is None:  # a query here takes a twelfth of its time
            return False
        here, in_sight = bool(self._current), not self._is_small or self._at("seen")
        match action:
            case "step_up" | "step_down" | "step_out":
                step = self._texts.step
                return self._at("list") and bool(step and step[1])
            case "step_new":
                return self._at("list") and bool(self._texts.step)
            case "to_text" | "out":
                return self._at("list")
            case "to_list":
                return not self._at("list")
            case "send":
                return bool(self._bench.unsaved)
            case "find_fault":
                return bool(self._found.faults)
            case "next_way":
                return self._seen.glance.ways > 1 and in_sight
            case "seen":
                return here and self._is_small
            case "diff":
                return here
            case "week_before" | "week_after" | "named":
                return here and in_sight and not self._is_beside
        return True

    @property
    def _is_beside(self) -> bool:
        return self._guide in FOLDERS

    def _say(self, sentence: str, **values: object) -> None:
        self._notice(self._messages(f"bench.{sentence}", **values))

    def _notice(self, text: str) -> None:
        self.query_one("#notice", Static).update(Content(text))

    def _tell(self, trouble: Trouble) -> None:
        self._notice(self._messages(trouble.key, **trouble.values))

    # Choosing a text

    def on_tree_node_selected(self, event: Tree.NodeSelected[str]) -> None:
        """Open a guide, or go to a text."""
        event.stop()
        name = event.node.data or ""
        if "/" not in name:
            event.node.toggle()
            return
        event.node.expand()
        self._open(name)
        self._show_pane("text")

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[str]) -> None:
        """Put what is pointed at on the sheet, and hint at what can be done with it."""
        event.stop()
        name = event.node.data or ""
        if "/" in name and self._at("list") and name == self._texts.pointed and not self._texts.is_listing:
            self._open(name)
        self.refresh_bindings()

    def action_to_text(self) -> None:
        """Go to what is pointed at."""
        self._texts.action_select_cursor()

    def action_to_list(self) -> None:
        """Go back to the list, and there to the text that one comes from."""
        self._show_pane("list")
        if self._current and self._texts.pointed != self._current:
            self._texts.point(self._current)

    def action_help(self) -> None:
        """Show how a text is written."""
        say = self._messages
        self.app.push_screen(ReadableScreen(say("bench.help_title"), "", how_to_write(say), say))

    def _open(self, name: str) -> None:
        self._keep()
        if name == self._current:
            return
        if name.count("/") > 1:
            self._lang = name.split("/")[1]
        self._current, self._seen.way = name, None
        self._put()

    def _put(self) -> None:
        """Put the text on the sheet as it is being written."""
        sheet = self._sheet
        sheet.kind = "toml" if self._current.endswith(".toml") else "md"
        sheet.read_only = False
        sheet.mark(())
        sheet.put(self._bench.text(self._current))
        sheet.move_cursor((0, 0))
        self._call()
        self._seen.wait()
        self._look()

    def _call(self) -> None:
        """Say which text it is: the words it begins with, where it stands, and whether it is saved."""
        mark = " ~" if self._current in self._bench.unsaved else ""
        is_question = step_of(self._current)[1] == ".md" and not self._is_beside
        words = gist(self._sheet.text) if is_question else ""
        shown = f"{words[:TITLE].rstrip()}… " if len(words) > TITLE else f"{words} " if words else ""
        called = Content.assemble(shown, (f"{self._current}{mark}", "$quiet" if shown else ""))
        self.query_one("#called", Static).update(called)

    # Writing and looking

    def _written(self) -> None:
        if self.is_mounted and self._current and self._pause is None:
            self._pause = self.set_timer(PAUSE, self._look)

    def _keep(self) -> None:
        """Keep what stands on the sheet as a draft."""
        if not self._current:
            return
        before = self._current in self._bench.unsaved
        try:
            changed = self._bench.write(self._current, self._sheet.whole)
        except Trouble as trouble:
            self._tell(trouble)
            return
        if changed:
            self._notice("")
            self._call()
            if before != (self._current in self._bench.unsaved) or self._current.endswith(".toml"):
                self._texts.list_all(self._lang)
            self.refresh_bindings()

    def _look(self) -> None:
        """Keep, and look; where a look is under way, once more when it is done."""
        if self._pause:
            self._pause.stop()
            self._pause = None
        self._keep()
        if not self._current:
            return
        if self._looking:
            self._again = True
            return
        self._looking, self._again = True, False
        self._found.wait()
        facts_of = self._seen.facts_of(self._lang)
        self._look_apart(self._current, self._bench.unsaved, self._lang, facts_of, self._seen.way)

    @work(thread=True, group="look")
    def _look_apart(self, name, unsaved, lang, facts_of, way) -> None:
        try:
            glance = look(self._bench.workshop, self._messages, name, unsaved, lang, facts_of, way)
        except Trouble as trouble:
            self.app.call_from_thread(self._tell, trouble)
            glance = Glance(None)
        self.app.call_from_thread(self._looked, name, glance)

    def _looked(self, name: str, glance: Glance) -> None:
        self._looking = False
        if not self.is_mounted or not self.query("#seen-about"):  # it closes, and its parts go first
            return
        if self._again:
            self._look()
        if name == self._current:
            self._seen.show(glance, name, self._lang)
            self._show_faults(glance.faults)
            self.refresh_bindings()

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        self._found.show(faults, self._current)
        here = [fault for fault in faults if is_in(fault, self._current)]
        self._sheet.mark((fault.line - 1, fault.column - 1, fault.width) for fault in here)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to where a fault stands."""
        event.stop()
        self._go_to(self._found.faults[int(event.option_id or 0)])

    def action_find_fault(self) -> None:
        """Go to the first fault behind the cursor, else to the first."""
        row, column = self._sheet.cursor_location
        faults = self._found.faults
        here = [fault for fault in faults if is_in(fault, self._current)]
        after = [fault for fault in here if (fault.line - 1, fault.column - 1) > (row, column)]
        self._go_to(next(iter(after or here or faults)))

    def _go_to(self, fault: Fault) -> None:
        for name in {*self._bench.unsaved, *(text.name for text in self._bench.workshop.texts(self._guide))}:
            if is_in(fault, name) and not is_in(fault, self._current):
                self._open(name)
        if is_in(fault, self._current):
            self._sheet.move_cursor((fault.line - 1, fault.column - 1))
        self._show_pane("text")

    # What a member sees

    def action_seen(self) -> None:
        """Go between the sheet and what is seen."""
        self._show_pane("text" if self._at("seen") else "seen")

    def action_other_lang(self) -> None:
        """Show the texts, and this one, in the other language."""
        self._keep()
        before, self._lang = self._lang, next(lang for lang in LANGS if lang != self._lang)
        other = self._current.replace(f"/{before}", f"/{self._lang}", 1)
        self._texts.list_all(self._lang)
        if self._current and other != self._current:
            self._current = ""  # what stands on the sheet is the other text, and is kept
            self._open(other)
            self._texts.call_after_refresh(self._texts.point, other)
        else:
            self._look()

    def action_week_before(self) -> None:
        """Show it as it is a week earlier."""
        self._seen.turn_to(self._seen.week - 1)
        self._look()

    def action_week_after(self) -> None:
        """Show it as it is a week later."""
        self._seen.turn_to(self._seen.week + 1)
        self._look()

    def action_next_way(self) -> None:
        """Show the next phrasing, whatever the week."""
        self._seen.turn_way()
        self._look()

    def action_named(self) -> None:
        """Show it to somebody with a name, or without."""
        self._seen.is_named = not self._seen.is_named
        self._look()

    def action_read_above(self) -> None:
        """Paging belongs to the sheet."""

    action_read_below = action_read_above

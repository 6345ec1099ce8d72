"""The workshop: the texts, one of them on the sheet, how a member will see it, and what the check finds.

Everything is decided in `assistant.guides`. What takes time runs in a thread, one look at a time; the newest is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.guides.bench import Bench
from assistant.guides.glance import Glance, look, step_of
from assistant.guides.workshop import EARLIER
from assistant.messages import LANGS, Messages
from assistant.sittings.rehearsal import made_up_for
from assistant.trouble import Trouble
from assistant.tui.screens.workshop_asks import AskScreen, DiffScreen, NameScreen
from assistant.tui.widgets.choices import Choice
from assistant.tui.widgets.editor import Editor
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer
    from textual.widgets import Tree

    from assistant.guides.fault import Fault
    from assistant.guides.guide import Step
    from assistant.messages import Lang
    from assistant.tui.wiring import Wiring

PAUSE = 0.25
"""Seconds after a key in which what is written is kept as a draft and looked at; more keys do not put it off."""
WIDE = 120
"""From this many columns on there is room for all panes beside each other."""
LAST_WEEK = 56
"""The last week that is previewed: the second year's questions have begun."""


class WorkshopScreen(Screen[str]):
    """A small screen shows one pane after the other: the list, the sheet, what is seen."""

    AUTO_FOCUS = "Texts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "to_text", "to_text"),
        Binding("plus", "step_down", "step_down"),
        Binding("minus", "step_up", "step_up"),
        Binding("n", "step_new", "step_new"),
        Binding("ctrl+s", "send", "save"),
        Binding("f6", "seen", "seen"),
        Binding("f2", "other_lang", "other_lang"),
        Binding("f3", "week_before", "week_before"),
        Binding("f4", "week_after", "week_after"),
        Binding("f5", "next_way", "next_way"),
        Binding("f7", "named", "named"),
        Binding("f8", "put_back", "put_back"),
        Binding("f9", "diff", "diff"),
        Binding("f10", "find_fault", "find_fault"),
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
        self._week, self._way, self._is_named = 1, None, True
        self._glance = Glance("")
        self._pause: Timer | None = None
        self._looking = self._again = self._is_small = False
        self._warned: dict[str, str] = {}
        """The unsaved texts as they were when somebody was told that they have faults."""

    # Layout

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        say = self._messages
        with Horizontal(id="panes"):
            with Vertical(id="side"):
                yield Texts(self._bench, say)
                yield Static(Content(say("bench.legend")), id="legend")
            with Vertical(id="work"):
                yield Static(Content(say("bench.first")), id="called")
                yield Editor(id="sheet", written=self._written)
                with Vertical(id="found"):
                    yield Static(id="verdict", classes="quiet")
                    yield OptionList(id="faults", markup=False)
            with Vertical(id="show"):
                yield Static(Content(say("bench.seen")), classes="label")
                yield Static(Content(say("bench.about")), id="seen-about")
                with VerticalScroll(id="glance"):
                    yield Static(id="seen")
        yield Static(id="notice")
        yield Hints(say)

    def on_mount(self) -> None:
        """List the texts, and say what was found again."""
        self._sheet.read_only = True
        self._texts.list_all(self._lang)
        self.query_one("#faults").display = False
        self._show_pane("list")
        if names := sorted(self._bench.unsaved):
            self._say("found_again", names=", ".join(names))
            self._texts.call_after_refresh(self._texts.point, names[0])
        else:
            self._texts.call_after_refresh(self._texts.point, "weekly")

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
    def _guide(self) -> str:
        return self._current.split("/")[0]

    def _show_pane(self, pane: str) -> None:
        for other in ("list", "text", "seen"):
            self.set_class(other == pane, f"-at-{other}")
        places = {"list": self._texts, "text": self._sheet, "seen": self.query_one("#glance")}
        if places[pane].focusable:
            self.set_focus(places[pane])
        else:
            self.call_after_refresh(self.set_focus, places[pane])  # what was not shown takes no focus before that
        self.refresh_bindings()

    def _at(self, pane: str) -> bool:
        return self.has_class(f"-at-{pane}")

    def on_descendant_focus(self) -> None:
        """Know where one is, however one came there."""
        places = {"texts": "list", "sheet": "text", "faults": "text", "glance": "seen"}
        pane = places.get(self.focused.id or "", "") if self.focused else ""
        if pane and not self._at(pane):
            for other in ("list", "text", "seen"):
                self.set_class(other == pane, f"-at-{other}")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key works just now; its hint is shown only then."""
        if not self.is_mounted:
            return False
        if action in ("step_up", "step_down", "step_new"):
            pointed = self._texts.pointed or ""
            is_step = step_of(pointed)[1] == ".md" if "/" in pointed else False
            return self._at("list") and (is_step or (action == "step_new" and bool(pointed)))
        if action == "to_text":
            return self._at("list")
        if action == "send":
            return bool(self._bench.unsaved)
        if action == "find_fault":
            return bool(self._glance.faults)
        if action == "next_way":
            return self._glance.ways > 1 and (not self._is_small or self._at("seen"))
        if action in ("diff", "seen", "week_before", "week_after", "named"):
            if action == "seen":
                return self._is_small and bool(self._current)
            return bool(self._current) and (action == "diff" or not self._is_small or self._at("seen"))
        return True

    def _say(self, sentence: str, **values: object) -> None:
        self._notice(self._messages(f"bench.{sentence}", **values))

    def _notice(self, text: str) -> None:
        self.query_one("#notice", Static).update(Content(text))

    def _tell(self, trouble: Trouble) -> None:
        self._notice(self._messages(trouble.key, **trouble.values))

    # Choosing a text

    def on_tree_node_selected(self, event: Tree.NodeSelected[str]) -> None:
        """Open a guide, or put a text on the sheet."""
        event.stop()
        name = event.node.data or ""
        if "/" not in name:
            event.node.toggle()
            return
        event.node.expand()
        self._open(name)
        self._show_pane("text")

    def on_tree_node_highlighted(self) -> None:
        """Hint at what can be done with it."""
        self.refresh_bindings()

    def action_to_text(self) -> None:
        """Open what is pointed at."""
        self._texts.action_select_cursor()

    def _open(self, name: str) -> None:
        self._keep()
        if name == self._current:
            return
        if name.count("/") > 1:
            self._lang = name.split("/")[1]
        self._current, self._way = name, None
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
        self._glance = Glance("")
        self._look()

    def _call(self) -> None:
        mark = " ~" if self._current in self._bench.unsaved else ""
        self.query_one("#called", Static).update(Content(f"{self._current}{mark}"))

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
        self.query_one("#verdict", Static).update(Content(self._messages("bench.looking")))
        say, week, name = Messages.load(self._lang), self._week, None if self._is_named else ""

        def facts(step: Step | None):
            return made_up_for(say, week, step, name)

        self._look_apart(self._current, self._bench.unsaved, facts, self._way)

    @work(thread=True, group="look")
    def _look_apart(self, name, unsaved, facts, way) -> None:
        try:
            glance = look(self._bench.workshop, self._messages, name, unsaved, self._lang, facts, way)
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
            self._glance = glance
            self._show_glance()
            self._show_faults(glance.faults)
            self.refresh_bindings()

    def _show_glance(self) -> None:
        say, glance = self._messages, self._glance
        values = {"week": self._week, "way": glance.way, "ways": glance.ways, "seconds": glance.seconds}
        called = Messages.load(self._lang)("made_up.name")
        who = say("bench.with_name", name=called) if self._is_named else say("bench.without_name")
        about = say("bench.seen_at" if glance.ways > 1 else "bench.seen_one", **values)
        self.query_one("#seen-about", Static).update(Content(f"{about}\n{who}"))
        text = say("bench.unseen") if glance.seen is None else glance.seen or say("bench.nobody")
        self.query_one("#seen", Static).update(Content(text))
        self.query_one("#seen").set_class(not glance.seen, "quiet")

    def _show_faults(self, faults: Sequence[Fault]) -> None:
        listed = self.query_one("#faults", OptionList)
        listed.clear_options()
        listed.add_options(Option(self._told(fault), id=str(at)) for at, fault in enumerate(faults))
        listed.display = bool(faults)
        many = "well" if not faults else "fault" if len(faults) == 1 else "faults"
        told = self._messages(f"bench.{many}", count=len(faults)) if faults else self._messages("bench.well")
        self.query_one("#verdict", Static).update(Content(told))
        here = [fault for fault in faults if self._is_here(fault)]
        self._sheet.mark((fault.line - 1, fault.column - 1, fault.width) for fault in here)

    def _is_here(self, fault: Fault) -> bool:
        return fault.file.as_posix().endswith(f"/{self._current}")

    def _told(self, fault: Fault) -> Content:
        file = "" if self._is_here(fault) else f"{fault.file.name} "
        place = f"{file}{fault.line}:{fault.column}"
        return Content.assemble((place, "$accent"), " ", fault.what, " ", (fault.todo, "$quiet"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to where a fault stands."""
        event.stop()
        self._go_to(self._glance.faults[int(event.option_id or 0)])

    def action_find_fault(self) -> None:
        """Go to the first fault behind the cursor, else to the first."""
        row, column = self._sheet.cursor_location
        faults = self._glance.faults
        here = [fault for fault in faults if self._is_here(fault)]
        after = [fault for fault in here if (fault.line - 1, fault.column - 1) > (row, column)]
        self._go_to(next(iter(after or here or faults)))

    def _go_to(self, fault: Fault) -> None:
        for name in {*self._bench.unsaved, *(text.name for text in self._bench.workshop.texts(self._guide))}:
            if fault.file.as_posix().endswith(f"/{name}") and not self._is_here(fault):
                self._open(name)
        if self._is_here(fault):
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
        other = self._current.replace(f"/{before}/", f"/{self._lang}/", 1)
        self._texts.list_all(self._lang)
        if self._current and other != self._current:
            self._current = ""  # what stands on the sheet is the other text, and is kept
            self._open(other)
            self._texts.call_after_refresh(self._texts.point, other)
        else:
            self._look()

    def action_week_before(self) -> None:
        """Show it as it is a week earlier."""
        self._see(max(1, self._week - 1))

    def action_week_after(self) -> None:
        """Show it as it is a week later."""
        self._see(min(LAST_WEEK, self._week + 1))

    def _see(self, week: int) -> None:
        self._week, self._way = week, None
        self._look()

    def action_next_way(self) -> None:
        """Show the next phrasing, whatever the week."""
        self._way = self._glance.way % max(self._glance.ways, 1)
        self._look()

    def action_named(self) -> None:
        """Show it to somebody with a name, or without."""
        self._is_named = not self._is_named
        self._look()

    def action_read_above(self) -> None:
        """Paging belongs to the sheet."""

    action_read_below = action_read_above

    # Changing

    def action_send(self) -> None:
        """Save what is unsaved in the guide, unless something is wrong with it; then only when asked twice."""
        self._keep()
        name = self._current if self._bench.of(self._guide) else next(iter(self._bench.unsaved), "")
        if not name:
            self._say("nothing_to_save")
            return
        self._say("looking")
        self._save_apart(name.split("/")[0], dict(self._bench.unsaved), "")

    @work(thread=True, group="save", exclusive=True)
    def _save_apart(self, guide_id: str, unsaved: dict[str, str], then: str) -> None:
        faults = self._bench.faults(guide_id)
        self.app.call_from_thread(self._proved, guide_id, unsaved, faults, then)

    def _proved(self, guide_id: str, unsaved: dict[str, str], faults: Sequence[Fault], then: str) -> None:
        if not self.is_mounted or unsaved != self._bench.unsaved:
            return
        if faults and self._warned != unsaved:
            self._warned = unsaved
            if guide_id == self._guide:
                self._glance = Glance(self._glance.seen, self._glance.way, self._glance.ways, tuple(faults))
                self._show_faults(faults)
            self._say("still_faulty")
            return
        try:
            self._bench.save(guide_id)
        except Trouble as trouble:
            self._tell(trouble)
            return
        self._say("saved", folder=self._bench.workshop.own / guide_id)
        self._call()
        self._texts.list_all(self._lang)
        self.refresh_bindings()
        if then and not self._bench.unsaved:
            self._go(then)
        elif then:
            self.action_send()

    def action_diff(self) -> None:
        """Show what is changed."""
        self._keep()
        lines = self._bench.workshop.diff(self._current, self._bench.text(self._current))
        self.app.push_screen(DiffScreen(self._current, lines, self._messages))

    def action_put_back(self) -> None:
        """Ask how far back to go."""
        self._keep()
        say, shop = self._messages, self._bench.workshop
        changed = self._current and (shop.whose(self._current) == "changed" or self._current in self._bench.unsaved)
        offered = {
            "saved": self._current in self._bench.unsaved,
            "original": changed and shop.original(self._current) is not None,
            "all": bool(self._bench.unsaved) or any(text.whose == "changed" for text in shop.texts()),
        }
        choices = [Choice(name, say(f"bench.put_back_{name}")) for name, fits in offered.items() if fits]
        if not choices:
            self._say("nothing_to_put_back")
            return
        ask = AskScreen(say("bench.put_back"), [*choices, Choice("", say("bench.leave_stay"))], say)
        self.app.push_screen(ask, self._put_back)

    def _put_back(self, how: str | None) -> None:
        if not how:
            return
        try:
            if how == "saved":
                self._bench.undo(self._current)
                self._say("was_undone")
            else:
                count = int(self._bench.put_back(self._current)) if how == "original" else self._bench.put_all_back()
                self._say("was_put_back", count=count, earlier=self._bench.workshop.own / EARLIER)
        except Trouble as trouble:
            self._tell(trouble)
        self._texts.list_all(self._lang)
        if self._current:
            self._put()

    def action_step_up(self) -> None:
        """Move the step that is pointed at one place up."""
        self._move(-1)

    def action_step_down(self) -> None:
        """Move the step that is pointed at one place down."""
        self._move(1)

    def _move(self, by: int) -> None:
        self._keep()
        name = self._texts.pointed or ""
        if self._try(lambda: self._bench.move(name.split("/")[0], step_of(name)[0], by), "moved", "not_moved"):
            self._reordered(name)

    def action_step_new(self) -> None:
        """Ask what a new step is called; it comes after the one that is pointed at."""
        self._keep()
        self.app.push_screen(NameScreen(self._messages), self._add_step)

    def _add_step(self, step_id: str | None) -> None:
        pointed = self._texts.pointed or ""
        guide_id = pointed.split("/")[0]
        after = step_of(pointed)[0] or None if "/" in pointed else None
        if step_id and self._try(lambda: self._bench.add_step(guide_id, step_id, after), "step_new", "step_name_wrong"):
            name = f"{guide_id}/{self._lang}/{step_id}.md"
            self._reordered(name)
            self._open(name)
            self._show_pane("text")

    def _try(self, change, well: str, ill: str) -> bool:
        try:
            done = change()
        except Trouble as trouble:
            self._tell(trouble)
            return False
        self._say(well if done else ill)
        return done

    def _reordered(self, name: str) -> None:
        """Show the order anew, and `name` in it."""
        if self._current.endswith("/guide.toml"):
            self._put()
        self._texts.list_all(self._lang)
        self._texts.call_after_refresh(self._texts.point, name)
        self.refresh_bindings()

    # Leaving

    def action_out(self) -> None:
        """Go back to the list, and from there out."""
        if self._at("list"):
            self._leave("out")
        else:
            self._show_pane("list")

    def action_leave_vidne(self) -> None:
        """Close Vidne, but not over something unsaved."""
        self._leave("quit")

    def _leave(self, then: str) -> None:
        self._keep()
        if not self._bench.unsaved:
            self._go(then)
            return
        say = self._messages
        choices = [Choice(name, say(f"bench.leave_{name}")) for name in ("save", "keep", "drop", "stay")]
        self.app.push_screen(AskScreen(say("bench.leave"), choices, say), lambda how: self._left(how or "stay", then))

    def _left(self, how: str, then: str) -> None:
        if how == "save":
            unsaved = dict(self._bench.unsaved)
            self._save_apart(next(iter(unsaved)).split("/")[0], unsaved, then)
            return
        if how == "drop":
            self._current = ""
            for name in self._bench.unsaved:
                self._bench.undo(name)
        if how != "stay":
            self._go(then)

    def _go(self, then: str) -> None:
        if then == "quit":
            self.app.exit()
        else:
            self.dismiss("")

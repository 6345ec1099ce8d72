"""What becomes of what is written in the workshop: saved, put back, put in another order; and how one leaves.

Nothing is lost on the way: each change is a draft until it is saved, and what it replaces is set aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.screen import Screen

from assistant.guides.workshop.files import EARLIER
from assistant.trouble import Trouble
from assistant.tui.screens.line import LineScreen
from assistant.tui.screens.listed import ListScreen
from assistant.tui.screens.workshop_read import ReadableScreen, changed
from assistant.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.guides.fault import Fault
    from assistant.guides.workshop.bench import Bench
    from assistant.messages import Lang, Messages
    from assistant.tui.widgets.texts import Texts


Done = TypeVar("Done")


class Changes(Screen[str]):
    """The half of the workshop that changes texts; what it does not define here, `WorkshopScreen` does."""

    _bench: Bench
    _messages: Messages
    _lang: Lang
    _texts: Texts
    _current: str
    """The text on the sheet; "" for none."""
    _warned: dict[str, str]
    """The unsaved texts as they were when somebody was told that they have faults."""

    # Saving and putting back

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

    def _proved(self, guide_id: str, unsaved: dict[str, str], faults: tuple[Fault, ...], then: str) -> None:
        if not self.is_mounted or unsaved != self._bench.unsaved:
            return
        if faults and self._warned != unsaved:
            self._warned = unsaved
            if guide_id == self._guide:
                self._show_faults(faults)
            self._say("still_faulty")
            return
        try:
            self._bench.save(guide_id)
        except Trouble as trouble:
            self._tell(trouble)
            return
        self._say("saved_faulty" if faults else "saved", folder=self._bench.workshop.own / guide_id)
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
        say, diff = self._messages, self._bench.workshop.diff(self._current, self._bench.text(self._current))
        about = say("bench.diff_about" if diff else "bench.no_diff")
        self.app.push_screen(ReadableScreen(self._current, about, changed(diff), say))

    def action_put_back(self) -> None:
        """Ask how far back to go."""
        self._keep()
        say, shop = self._messages, self._bench.workshop
        changed = self._current and (shop.whose(self._current) == "changed" or self._current in self._bench.unsaved)
        offered = {
            "saved": self._current in self._bench.unsaved,
            "original": changed and shop.original(self._current) is not None,
            "away": bool(self._current) and shop.original(self._current) is None and self._is_written,
            "all": bool(self._bench.unsaved) or any(text.whose == "changed" for text in shop.texts()),
        }
        choices = [Choice(name, say(f"bench.put_back_{name}")) for name, fits in offered.items() if fits]
        if not choices:
            self._say("nothing_to_put_back")
            return
        choices.append(Choice("", say("bench.leave_stay")))
        self.app.push_screen(ListScreen(say("bench.put_back"), say, choices), self._put_back)

    @property
    def _is_written(self) -> bool:
        """Whether the text on the sheet is there at all: a new rule file is not, before something is written in it."""
        return bool(self._bench.text(self._current).strip())

    def _put_back(self, how: str | None) -> None:
        if not how:
            return
        try:
            if how == "saved":
                self._bench.undo(self._current)
                self._say("was_undone")
            elif how == "away":
                self._bench.put_away(self._current)
                self._say("was_put_away", earlier=self._bench.workshop.own / EARLIER)
            else:
                count = int(self._bench.put_back(self._current)) if how == "original" else self._bench.put_all_back()
                self._say("was_put_back", count=count, earlier=self._bench.workshop.own / EARLIER)
        except Trouble as trouble:
            self._tell(trouble)
        self._texts.list_all(self._lang)
        if self._current:
            self._put()

    # The order of steps

    def action_step_up(self) -> None:
        """Move the step that is pointed at one place up."""
        self._move(-1)

    def action_step_down(self) -> None:
        """Move the step that is pointed at one place down."""
        self._move(1)

    def _move(self, by: int) -> None:
        self._keep()
        guide_id, step_id = self._texts.step or ("", None)
        if self._try(lambda: self._bench.move(guide_id, step_id or "", by), "moved", "not_moved"):
            self._reordered(self._texts.pointed)

    def action_step_out(self) -> None:
        """Take the step that is pointed at out of the guide; its texts stay."""
        self._keep()
        guide_id, step_id = self._texts.step or ("", None)
        if self._try(lambda: self._bench.leave_out(guide_id, step_id or ""), "left_out", "not_left_out"):
            self._current = ""
            self._reordered(f"{guide_id}/guide.toml")

    def action_step_new(self) -> None:
        """Ask what a new step is called; it comes after the one that is pointed at."""
        self._keep()
        say = self._messages
        called = LineScreen(say("bench.step_name"), say("bench.step_name_about"), "", str, say)
        self.app.push_screen(called, self._add_step)

    def _add_step(self, called: str | None) -> None:
        guide_id, after = self._texts.step or ("", None)
        if not called:
            return
        if step_id := self._try(lambda: self._bench.add_step(guide_id, called, after), "step_new", "step_name_wrong"):
            name = f"{guide_id}/{self._lang}/{step_id}.md"
            self._reordered(name)
            self._open(name)
            self._show_pane("text")

    def _try(self, change: Callable[[], Done], well: str, ill: str) -> Done | None:
        """Do something, and say how it went."""
        try:
            done = change()
        except Trouble as trouble:
            self._tell(trouble)
            return None
        self._say(well if done else ill)
        return done

    def _reordered(self, name: str | None) -> None:
        """Show the order anew, and `name` in it."""
        if self._current.endswith("/guide.toml"):
            self._put()
        self._texts.list_all(self._lang)
        self._texts.call_after_refresh(self._texts.point, name)
        self.refresh_bindings()

    # Leaving

    def action_out(self) -> None:
        """Go home."""
        self._leave("out")

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
        self.app.push_screen(ListScreen(say("bench.leave"), say, choices), lambda how: self._left(how or "stay", then))

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

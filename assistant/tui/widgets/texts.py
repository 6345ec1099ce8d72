"""The guides and their texts as a tree: what is changed bears a mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from assistant.guides.glance import Row, rows, step_of

if TYPE_CHECKING:
    from assistant.guides.bench import Bench
    from assistant.messages import Lang, Messages

MARKS = {"built_in": " ", "changed": "*", "own": "+"}
UNSAVED = "~"


class Texts(Tree[str]):
    """Each node's data is a text's name, or a guide's id."""

    def __init__(self, bench: Bench, messages: Messages) -> None:
        """Show what lies on `bench`."""
        super().__init__("", id="texts")
        self.show_root = False
        self.guide_depth = 2
        self.auto_expand = False
        self._bench = bench
        self._messages = messages

    def list_all(self, lang: Lang) -> None:
        """List the guides, and the texts of those that are open, in `lang`; what was pointed at still is."""
        pointed = self.pointed
        open_ = {node.data for node in self._every() if node.is_expanded}
        unsaved = self._bench.unsaved
        self.clear()
        library = self._bench.workshop.library
        for guide_id in library.names():
            guide = library.outline(guide_id)
            title = guide.title[self._bench.workshop.lang] if guide else guide_id
            found = rows(self._bench.workshop, guide_id, lang, unsaved)
            kinds = {row.whose for top in found for row in (top, *top.beside)}
            whose = "own" if kinds == {"own"} else "built_in" if kinds == {"built_in"} else "changed"
            mark = UNSAVED if self._bench.of(guide_id) else MARKS[whose]
            node = self.root.add(_label(mark, title), guide_id, expand=guide_id in open_)
            self._add(node, found, unsaved, open_)
        self.root.expand()
        self.call_after_refresh(self.point, pointed)

    def _add(self, node: TreeNode[str], found: Iterable[Row], unsaved: Mapping[str, str], open_: set) -> None:
        for row in found:
            mark = UNSAVED if row.name in unsaved else MARKS[row.whose]
            label = _label(mark, self._called(row.file))
            if row.beside:
                self._add(node.add(label, row.name, expand=row.name in open_), row.beside, unsaved, open_)
            else:
                node.add_leaf(label, row.name)

    def _called(self, file: str) -> str:
        if file == "guide.toml":
            return self._messages("bench.order")
        if file.startswith("_"):
            return self._messages("bench.piece", name=file.removesuffix(".md").lstrip("_"))
        step_id, end = step_of(f"/{file}")
        return step_id if end == ".md" else self._messages(f"bench.{end.split('.')[1]}_text")

    def _every(self, node: TreeNode[str] | None = None) -> Iterable[TreeNode[str]]:
        for child in (node or self.root).children:
            yield child
            yield from self._every(child)

    @property
    def pointed(self) -> str | None:
        """The name of what is pointed at."""
        return self.cursor_node.data if self.cursor_node else None

    def point(self, name: str | None) -> None:
        """Point at a text, its guide opened; a name that is not there leaves all as it is."""
        found = next((node for node in self._every() if node.data == name), None)
        if found is None:
            return
        above = found.parent
        while above is not None and above is not self.root:
            above.expand()
            above = above.parent
        self.call_after_refresh(self.move_cursor, found)


def _label(mark: str, name: str) -> Text:
    return Text.assemble((f"{mark} ", "bold"), name)

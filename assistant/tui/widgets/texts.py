"""The guides and their texts as a tree, by the words that a member sees; what is changed bears a mark."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from assistant.guides.guide import ASIDE
from assistant.guides.shelf import FOLDERS
from assistant.guides.workshop.files import step_of
from assistant.guides.workshop.glance import Row, rows, rows_beside

if TYPE_CHECKING:
    from assistant.guides.workshop.bench import Bench
    from assistant.messages import Lang, Messages

MARKS = {"built_in": " ", "changed": "*", "own": "+"}
UNSAVED = "~"
BESIDE = "beside"
"""What the node is called under which all stands that belongs to no guide."""


class Texts(Tree[str]):
    """Each node's data is a text's name, or a guide's id. The texts of a guide are listed when it is opened."""

    def __init__(self, bench: Bench, messages: Messages) -> None:
        """Show what lies on `bench`."""
        super().__init__("", id="texts")
        self.show_root = False
        self.guide_depth = 2
        self.auto_expand = False
        self._bench = bench
        self._messages = messages
        self._lang: Lang = messages.lang
        self.is_listing = False
        """Whether it is being listed anew: what the cursor passes then, nobody points at."""

    def list_all(self, lang: Lang) -> None:
        """List the guides, and the texts of those that are open, in `lang`; what was pointed at still is."""
        self._lang = lang
        pointed, self.is_listing = self.pointed, True
        open_ = {node.data for node in self._every() if node.is_expanded}
        self.clear()
        workshop = self._bench.workshop
        kinds: dict[str, set[str]] = {}
        for text in workshop.texts():
            kinds.setdefault(BESIDE if text.guide in FOLDERS else text.guide, set()).add(text.whose)
        for guide_id in workshop.library.names():
            guide = workshop.library.outline(guide_id)
            found = kinds.get(guide_id, set())
            whose = found.pop() if len(found) == 1 else "changed"
            mark = UNSAVED if self._bench.of(guide_id) else MARKS[whose]
            title = guide.title[workshop.lang] if guide else guide_id
            self._open(self.root.add(_label(mark, title), guide_id), open_)
        unsaved = any(name.split("/")[0] in FOLDERS for name in self._bench.unsaved)
        mark = UNSAVED if unsaved else "+" if kinds.get(BESIDE) else " "
        self._open(self.root.add(_label(mark, self._messages("bench.beside")), BESIDE), open_)
        self.root.expand()
        self.call_after_refresh(self.point, pointed)

    def _open(self, node: TreeNode[str], open_: set[str | None]) -> None:
        if node.data in open_:
            self._fill(node, open_)
            node.expand()

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[str]) -> None:
        """List the texts of a guide that is opened."""
        self._fill(event.node, set())

    def _fill(self, node: TreeNode[str], open_: set[str | None]) -> None:
        name = node.data or ""
        if node.children or "/" in name:
            return
        shop, unsaved = self._bench.workshop, self._bench.unsaved
        found = rows_beside if name == BESIDE else lambda *given: rows(given[0], name, *given[1:])
        self._add(node, found(shop, self._lang, unsaved), open_)

    def _add(self, node: TreeNode[str], found: Iterable[Row], open_: set[str | None]) -> None:
        unsaved = self._bench.unsaved
        for row in found:
            mark = UNSAVED if row.name in unsaved else MARKS[row.whose]
            label = _label(mark, *self._called(row))
            if row.beside:
                self._add(node.add(label, row.name, expand=row.name in open_), row.beside, open_)
            else:
                node.add_leaf(label, row.name)

    def _called(self, row: Row) -> tuple[str, str]:
        """Give what a text is called, and what is said of it quietly."""
        if row.name.split("/")[0] in FOLDERS:
            return row.name, ""
        if row.file == "guide.toml":
            return self._messages("bench.order"), ""
        if row.file.startswith("_"):
            return self._messages("bench.piece", name=row.file.removesuffix(".md").lstrip("_")), ""
        step_id, end = step_of(f"/{row.file}")
        if end != ".md":
            return self._messages(f"bench.{end.split('.')[1]}_text"), ""
        aside = f" · {self._messages(f'bench.kind_{row.kind}')}" if row.kind in ASIDE else ""
        return row.gist or step_id, f"{step_id}{aside}"

    def _every(self, node: TreeNode[str] | None = None) -> Iterable[TreeNode[str]]:
        for child in (node or self.root).children:
            yield child
            yield from self._every(child)

    @property
    def pointed(self) -> str | None:
        """The name of what is pointed at."""
        return self.cursor_node.data if self.cursor_node else None

    @property
    def step(self) -> tuple[str, str | None] | None:
        """The guide that is pointed at, or in which something is, and the step, if one is; None beside the guides."""
        guide_id, _, rest = (self.pointed or BESIDE).partition("/")
        if guide_id in (BESIDE, *FOLDERS):
            return None
        step_id, end = step_of(f"/{rest}") if rest else ("", "")
        return guide_id, step_id if end == ".md" else None

    def point(self, name: str | None) -> None:
        """Point at a text, its guide opened; a name that is not there leaves all as it is."""
        top = (name or "").split("/")[0]
        for node in self.root.children:
            if node.data == (BESIDE if top in FOLDERS else top) and node.data != name:
                self._fill(node, set())
        found = next((node for node in self._every() if node.data == name), None)
        if found is None:
            self.is_listing = False
            return
        above = found.parent
        while above is not None and above is not self.root:
            above.expand()
            above = above.parent
        self.call_after_refresh(self._arrive, found)

    def _arrive(self, node: TreeNode[str]) -> None:
        self.is_listing = False
        self.move_cursor(node)


def _label(mark: str, name: str, quiet: str = "") -> Text:
    return Text.assemble((f"{mark} ", "bold"), name, (f"  {quiet}" if quiet else "", "dim"))

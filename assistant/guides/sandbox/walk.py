"""What a template may do is in the tables of this file: show a fact, ask whether it is there, go through a list.

A text's tree is walked before it is compiled, and what the tables don't name is refused: calls, macros, assignments,
arithmetic, every attribute that is not a fact's part.
"""

from collections.abc import Callable, Iterable, Mapping

from jinja2 import nodes

from assistant.guides.facts import CASES, LISTS, PARTS
from assistant.guides.fault import Flaw, Refused, nearest

LONGEST = 20_000
"""Characters a text may have, and may become beside the facts' own: ten pages, where a question is some lines."""
NESTED = 2
"""How deep loops may stand in each other."""
NODES = 2_000
"""Parts a text may consist of: a page has some twenty."""
TOGETHER = 8
"""How many facts a text may ask for: it is proved with each of them there and not, in every combination."""

# What a filter does. They take text where text is meant, so that a mistake shows when a guide is proved.


def _capitalize(text: str) -> str:
    """Make the first letter a capital and leave the others, as in Anna-Marie."""
    return str.upper(text[:1]) + text[1:]


def _join(lines: list[str], between: str = "") -> str:
    if not isinstance(lines, list) or len(between) * len(lines) > LONGEST:
        raise TypeError
    return between.join(lines)


FILTERS: dict[str, tuple[Callable, int]] = {
    "capitalize": (_capitalize, 0),
    "default": (lambda value, otherwise: value or otherwise, 1),
    "first": (lambda items: items[0], 0),
    "join": (_join, 1),
    "last": (lambda items: items[-1], 0),
    "length": (len, 0),
    "lower": (str.lower, 0),
    "trim": (str.strip, 0),
    "upper": (str.upper, 0),
}
"""What may stand behind `|`, and how many arguments it may have."""
TESTS: dict[str, Callable] = {
    "even": lambda number: number % 2 == 0,
    "none": lambda value: value is None,
    "odd": lambda number: number % 2 == 1,
}
"""What may stand behind `is`."""
LOOP = ("index", "first", "last")
"""What a text may know of the loop it is in: `loop.index`."""


_PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr, nodes.Not, nodes.And, nodes.Or,
    nodes.Compare, nodes.Operand, nodes.Const, nodes.List, nodes.Tuple,
)  # fmt: skip
"""Parts of a tree that do no harm by themselves."""
_WRITTEN = {
    nodes.Call: "( )", nodes.Getitem: "[ ]", nodes.Slice: "[ : ]", nodes.Dict: "{ }", nodes.Concat: "~",
    nodes.Add: "+", nodes.Sub: "-", nodes.Neg: "-", nodes.Pos: "+", nodes.Mul: "*", nodes.Div: "/",
    nodes.FloorDiv: "//", nodes.Mod: "%", nodes.Pow: "**", nodes.Assign: "set", nodes.AssignBlock: "set",
    nodes.CallBlock: "call", nodes.FilterBlock: "filter", nodes.FromImport: "from", nodes.With: "with",
    nodes.ScopedEvalContextModifier: "autoescape",
}  # fmt: skip
"""How a facilitator writes what is refused; the others are written as their class is called: macro, block, import."""
_LIST = "list"
_TEXT = "text"
SCOPE = {name: PARTS.get(name, _LIST if name in LISTS else _TEXT) for name in CASES}
"""The facts, and what each is: the parts that it has, a list, or text."""
COUNTED = "counted"
"""The filter through which every loop goes round, and is counted."""


class Walk:
    """One way through a text's tree, which ends at the first part that may not be there."""

    def __init__(self, source: str, piece: str, pieces: Iterable[str]) -> None:
        self.mentioned: set[str] = set()
        """The facts it names."""
        self.included: set[str] = set()
        """The pieces it includes."""
        self._lines = source.split("\n")
        self._piece = piece
        self._pieces = tuple(pieces)
        self._left = NODES

    def take(self, node: nodes.Node, scope: Mapping[str, object], loops: int = 0) -> None:
        """Look at a part and all that is in it; `scope` says for each name which parts it has, or that it is a list."""
        self._left -= 1
        if self._left < 0:
            raise self.refuse(node, "too_long", parts=NODES)
        if type(node) in _PLAIN:
            for child in node.iter_child_nodes():
                self.take(child, scope, loops)
        elif take := self._TAKE.get(type(node)):
            take(self, node, scope, loops)
        else:
            written = _WRITTEN.get(type(node), type(node).__name__.lower())
            raise self.refuse(node, "not_allowed", at=written.split()[0], written=written)

    def refuse(self, node: nodes.Node, key: str, at: str = "", **values: object) -> Refused:
        """Give what to raise for `node`; `at` is what to look for in its line, to point at it."""
        line = self._lines[node.lineno - 1] if 0 < node.lineno <= len(self._lines) else ""
        shown = {name: str(value)[:80] for name, value in values.items()}
        found = line.find(at)
        return Refused(Flaw(key, shown, node.lineno, found + 1 or 1, len(at) if found >= 0 else 0, piece=self._piece))

    def _name(self, node: nodes.Name, scope: Mapping[str, object], _: int) -> None:
        if node.name not in scope:
            near = nearest(node.name, scope)
            raise self.refuse(node, "unknown_variable", at=node.name, name=node.name, nearest=near)
        self.mentioned.add(node.name)

    def _part(self, node: nodes.Getattr, scope: Mapping[str, object], _: int) -> None:
        if not isinstance(node.node, nodes.Name):
            raise self.refuse(node, "not_allowed", at=f".{node.attr}", written=f".{node.attr}")
        self._name(node.node, scope, _)
        parts, whole = scope[node.node.name], node.node.name
        if not isinstance(parts, tuple) and node.attr in scope:  # as in "member.name", where the name is meant
            values = {"name": f"{whole}.{node.attr}", "nearest": node.attr}
            raise self.refuse(node, "unknown_variable", at=f"{whole}.{node.attr}", **values)
        if not isinstance(parts, tuple):
            raise self.refuse(node, "no_parts", at=node.attr, name=whole, part=node.attr)
        if node.attr not in parts:
            near = f"{whole}.{nearest(node.attr, parts)}"
            raise self.refuse(node, "unknown_variable", at=node.attr, name=f"{whole}.{node.attr}", nearest=near)

    def _filter(self, node: nodes.Filter, scope: Mapping[str, object], loops: int) -> None:
        if node.node is None:
            raise self.refuse(node, "not_allowed", at="filter", written="filter")
        if node.name not in FILTERS:
            values = {"name": node.name, "nearest": nearest(node.name, FILTERS), "right": ", ".join(FILTERS)}
            raise self.refuse(node, "unknown_filter", at=node.name, **values)
        if len(node.args) > FILTERS[node.name][1] or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise self.refuse(node, "filter_arguments", at=node.name, name=node.name, number=FILTERS[node.name][1])
        for child in (node.node, *node.args):
            self.take(child, scope, loops)

    def _test(self, node: nodes.Test, scope: Mapping[str, object], loops: int) -> None:
        if node.name not in TESTS or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            values = {"name": node.name, "nearest": nearest(node.name, TESTS), "right": ", ".join(TESTS)}
            raise self.refuse(node, "unknown_test", at=node.name, **values)
        self.take(node.node, scope, loops)

    def _for(self, node: nodes.For, scope: Mapping[str, object], loops: int) -> None:
        if not isinstance(node.iter, nodes.Name) or scope.get(node.iter.name) != _LIST:
            raise self.refuse(node, "loop_over", at="for", lists=", ".join(LISTS))
        if not isinstance(node.target, nodes.Name) or node.recursive:
            raise self.refuse(node, "loop_plainly", at="for")
        if loops == NESTED:
            raise self.refuse(node, "loops_nested", at="for", depth=NESTED)
        self._name(node.iter, scope, loops)
        inner = {**scope, node.target.name: _TEXT, "loop": LOOP}
        for child in (*node.body, *([node.test] if node.test else ())):
            self.take(child, inner, loops + 1)
        for child in node.else_:
            self.take(child, scope, loops)
        node.iter = nodes.Filter(node.iter, COUNTED, [], [], None, None)

    def _include(self, node: nodes.Include, _: Mapping[str, object], __: int) -> None:
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if self._piece or not isinstance(name, str) or node.ignore_missing or not node.with_context:
            raise self.refuse(node, "include_plainly", at="include")
        if name not in self._pieces:
            raise self.refuse(node, "unknown_piece", at=name, name=name, nearest=nearest(name, self._pieces) or "-")
        self.included.add(name)

    _TAKE: Mapping[type, Callable] = {
        nodes.Name: _name,
        nodes.Getattr: _part,
        nodes.Filter: _filter,
        nodes.Test: _test,
        nodes.For: _for,
        nodes.Include: _include,
    }  # fmt: skip
    """Parts of a tree that may be there if they are as they should be."""

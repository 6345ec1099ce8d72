"""What a template may do is in the tables of this file: show a fact, ask whether it is there, go through a list.

A template is data from a stranger. Its tree is walked before it is compiled, at the one place through which every
text and every included piece goes, and what the tables don't name is refused: calls, macros, assignments, arithmetic,
every attribute that is not a fact's part. What runs then sees plain dicts, lists, strings and numbers, has no globals,
and stops at a bound. A text of a stranger's runs in a process of its own besides; see `apart`.

This imports Jinja2, 40 ms: import it only where something is to be filled in.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.guides.facts import CASES, LISTS, PARTS
from assistant.guides.fault import Flaw, Refused, nearest
from assistant.guides.marked import Marker, Run
from assistant.guides.phrasing import MARKS
from assistant.text import is_blank

LONGEST = 20_000
"""Characters a text may have, and may become beside the facts' own: ten pages, where a question is some lines."""
ROUNDS = 10_000
"""How often the loops of a text may go round, all together."""
NESTED = 2
"""How deep loops may stand in each other."""
NODES = 2_000
"""Parts a text may consist of: a page has some twenty."""
READINGS = 200
"""In how many cases a text is read through for its wording."""


@dataclass(frozen=True, slots=True)
class Job:
    """A text to render with each of `facts`, or to prove."""

    text: str
    pieces: dict[str, str] = field(default_factory=dict)
    """What the text may include, by name: `_greeting.md`."""
    facts: dict[str, object] | None = None
    """The facts to fill in; None to prove the text in every case there is."""
    needs: str | None = None
    """The fact that is always there when this text is shown."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a job."""

    text: str = ""
    """The rendered text; of one that was proved, nothing."""
    pieces: tuple[str, ...] = ()
    """The pieces that it included."""
    flaw: Flaw | None = None
    """Why it was refused."""
    readings: tuple[str, ...] = ()
    """Of a text that was proved, the different ways it is read, its own words marked as in `marked`."""
    runs: tuple[Run, ...] = ()
    """What the marks stand for."""


def answer(job: Job) -> Reply:
    """Do a job. No text whatever makes this raise, and no reply is longer than its bound."""
    try:
        template = Template(job.text, job.pieces)
        if job.facts is not None:
            return Reply(template.render(job.facts), template.included)
        template.prove(job.needs)
        readings, runs = _readings(job, template.included)
        return Reply("", template.included, None, readings, runs)
    except Refused as refused:
        return Reply(flaw=refused.flaw)


def _readings(job: Job, included: Sequence[str]) -> tuple[tuple[str, ...], tuple[Run, ...]]:
    """Give the different ways a text is read, and the runs of its own words that are marked in them."""
    marker = Marker()
    text = marker.mark(_tokens(job.text))
    pieces = {name: marker.mark(_tokens(job.pieces[name]), name) for name in included}
    cases = Template(text, pieces).cases(job.needs)
    return tuple(dict.fromkeys(rendered for _, rendered in islice(cases, READINGS))), tuple(marker.runs)


def _tokens(source: str) -> list[tuple[bool, str]]:
    """Give the parts of a source in order, and whether each is literal. Jinja2's trimming is not done: no words go."""
    if not any(mark in source for mark in MARKS):
        return [(True, source)]
    return [(kind == "data", text) for _, kind, text in Environment().lex(source)]


# What a filter and a test do. They take text where text is meant, so that a mistake shows when a guide is proved.


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


# The walk

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


class _Walk:
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
        node.iter = nodes.Filter(node.iter, _COUNTED, [], [], None, None)

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


# The environment

_COUNTED = "counted"
_SCOPE = {name: PARTS.get(name, _LIST if name in LISTS else _TEXT) for name in CASES}


class _TooMuch(Exception):
    """A text goes on past its bound."""


_TOO_MUCH = Flaw("too_much", {"characters": str(LONGEST), "rounds": str(ROUNDS)})


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 with nothing in it but the tables above, and the walk before every compilation."""

    def __init__(self, pieces: Mapping[str, str]) -> None:
        super().__init__(
            undefined=StrictUndefined,
            autoescape=False,  # the text is Markdown
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            finalize=_shown,
            loader=FunctionLoader(lambda name: (pieces[name], name, None) if name in pieces else None),
        )
        self.globals = {}
        self.filters = {name: does for name, (does, _) in FILTERS.items()} | {_COUNTED: self._counted}
        self.tests = dict(TESTS)
        self.mentioned: set[str] = set()
        self.included: set[str] = set()
        self.rounds_left = ROUNDS
        self._pieces = pieces

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse and walk: nothing is compiled that did not come through here."""
        if len(source) > LONGEST:
            raise _TooMuch
        tree = super()._parse(source, name, filename)
        walk = _Walk(source, name or "", self._pieces)
        walk.take(tree, _SCOPE)
        self.mentioned |= walk.mentioned & CASES.keys()
        self.included |= walk.included
        return tree

    def _counted(self, lines: list[str]) -> Iterator[str]:
        for line in lines:
            self.rounds_left -= 1
            if self.rounds_left < 0:
                raise _TooMuch
            yield line

    def getattr(self, obj: object, attribute: str) -> object:
        """Give a fact's part, or what a text may know of its loop; there are no attributes."""
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return obj[attribute] if type(obj) is dict and attribute in obj else self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """Give nothing: the walk lets none of these through."""
        return self.undefined(obj=obj, name=str(argument))

    def call(self, *_: object, **__: object) -> object:
        """Call nothing: the walk lets none of these through."""
        raise _TooMuch


def _shown(value: object) -> str:
    """Give what is written for a value: text and numbers; None and lists are a mistake, and so a flaw."""
    if type(value) not in (str, int, float):
        raise TypeError
    return str(value)


# The template


class Template:
    """A text that was walked and compiled, with every piece that it includes."""

    def __init__(self, text: str, pieces: Mapping[str, str]) -> None:
        """Prepare `text`.

        Raises:
            Refused: when it is no template, or one that may not run.
        """
        self._text, self._pieces = text, pieces
        self._sandbox = _Sandbox(pieces)
        try:
            self._template = self._sandbox.from_string(text)
            for piece in sorted(self._sandbox.included):
                self._sandbox.get_template(piece)
        except TemplateSyntaxError as error:
            values = {"error": _one_line(error.message or "")}
            raise Refused(Flaw("syntax", values, max(error.lineno, 1), piece=error.name or "")) from None
        except Refused:
            raise
        except _TooMuch:
            raise Refused(_TOO_MUCH) from None
        except Exception as error:  # nested too deep, a number too long, and what else no parser is ready for
            raise Refused(Flaw("unreadable_template", {"error": type(error).__name__})) from None
        self.included = tuple(sorted(self._sandbox.included))

    def render(self, facts: Mapping[str, object]) -> str:
        """Fill in `facts`.

        Raises:
            Refused: when a fact that is shown is not there, or the text goes on past its bound.
        """
        self._sandbox.rounds_left = ROUNDS
        left = LONGEST + _size(facts)
        parts = []
        try:
            for part in self._template.generate(dict(facts)):
                left -= len(part)
                if left < 0:
                    raise _TooMuch
                parts.append(part)
        except _TooMuch:
            raise Refused(_TOO_MUCH) from None
        except Exception as error:  # its message may hold words of the member's
            raise Refused(self._failed(error, facts)) from None
        return "".join(parts)

    def prove(self, needs: str | None) -> None:
        """Render in every case.

        Raises:
            Refused: when a case fails, or nothing is left to read in it.
        """
        for facts, rendered in self.cases(needs):
            if is_blank(rendered):
                raise Refused(Flaw("blank_when", {"absent": self._absent(facts)}))

    def cases(self, needs: str | None) -> Iterator[tuple[dict[str, object], str]]:
        """Give every case there is of the facts that are mentioned, rendered; the fact `needs` is always there.

        Raises:
            Refused: when a case fails.
        """
        fullest = {name: values[0] for name, values in CASES.items()}
        mentioned = sorted(self._sandbox.mentioned)
        values_of = [[value for value in CASES[name] if value or name != needs] for name in mentioned]
        for values in sorted(product(*values_of), key=lambda values: sum(not value for value in values)):
            facts = fullest | dict(zip(mentioned, values, strict=True))
            yield facts, self.render(facts)

    def _failed(self, error: Exception, facts: Mapping[str, object]) -> Flaw:
        line, piece = _place(error)
        absent = self._absent(facts)
        lines = (self._pieces[piece] if piece else self._text).split("\n")
        shown = re.compile(rf"\{{\{{[^}}]*?\b({'|'.join(absent.split(', '))})\b")
        if absent and (found := shown.search(lines[min(line, len(lines)) - 1])):
            return Flaw("fails_without", {"absent": absent}, line, found.start(1) + 1, len(found[1]), piece=piece)
        return Flaw("fails_without" if absent else "fails", {"absent": absent}, line, piece=piece)

    def _absent(self, facts: Mapping[str, object]) -> str:
        return ", ".join(sorted(name for name in self._sandbox.mentioned if facts.get(name) in (None, [])))


def _size(value: object) -> int:
    """Give how many characters the texts in `value` hold."""
    if isinstance(value, dict | list):
        return sum(map(_size, value.values() if isinstance(value, dict) else value))
    return len(value) if isinstance(value, str) else 0


def _place(error: Exception) -> tuple[int, str]:
    """Give the line of the text, or of the piece, in which rendering failed: Jinja2 writes it into the traceback."""
    line, piece = 1, ""
    trace = error.__traceback__
    while trace:
        frame = trace.tb_frame.f_code
        if frame.co_filename == "<template>" or frame.co_filename.startswith("_"):
            line, piece = trace.tb_lineno, frame.co_filename.removeprefix("<template>")
        trace = trace.tb_next
    return line, piece


def _one_line(text: str) -> str:
    printable = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text)
    return " ".join(printable.split())[:160]

"""A text is filled in, or proved in every case there is: within bounds, and only after it was walked.

A template is data from a stranger. Its tree is walked before it is compiled, at the one place through which every
text and every included piece goes; `walk` says what may stand in it. What runs then sees plain dicts, lists, strings
and numbers, has no globals, and stops at a bound. A text of a stranger's runs in a process of its own besides; see
`apart`.

This imports Jinja2, 40 ms: import it only where something is to be filled in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, product

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.guides.facts import CASES
from assistant.guides.fault import Flaw, Refused
from assistant.guides.phrasing import MARKS
from assistant.guides.sandbox.marked import Marker, Run
from assistant.guides.sandbox.syntax import syntax_flaw
from assistant.guides.sandbox.walk import COUNTED, FILTERS, LONGEST, LOOP, SCOPE, TESTS, TOGETHER, Walk
from assistant.text import is_blank

ROUNDS = 10_000
"""How often the loops of a text may go round, all together."""
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
        template = _prepared(job.text, tuple(job.pieces.items()))
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


# The environment


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
        self.filters = {name: does for name, (does, _) in FILTERS.items()} | {COUNTED: self._counted}
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
        walk = Walk(source, name or "", self._pieces)
        walk.take(tree, SCOPE)
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
            raise Refused(syntax_flaw(pieces[error.name] if error.name else text, error.name or "")) from None
        except Refused:
            raise
        except _TooMuch:
            raise Refused(_TOO_MUCH) from None
        except Exception:  # nested too deep, a number too long, and what else no parser is ready for
            raise Refused(Flaw("unreadable_template")) from None
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
                raise Refused(Flaw("blank_when", self._missing(facts)))

    def cases(self, needs: str | None) -> Iterator[tuple[dict[str, object], str]]:
        """Give every case there is of the facts that are mentioned, rendered; the fact `needs` is always there.

        Raises:
            Refused: when a case fails.
        """
        fullest = {name: values[0] for name, values in CASES.items()}
        mentioned = sorted(self._sandbox.mentioned)
        if len(mentioned) > TOGETHER:
            raise Refused(Flaw("too_many_facts", {"most": str(TOGETHER), "names": ", ".join(mentioned)}))
        values_of = [[value for value in CASES[name] if value or name != needs] for name in mentioned]
        for values in sorted(product(*values_of), key=lambda values: sum(not value for value in values)):
            facts = fullest | dict(zip(mentioned, values, strict=True))
            yield facts, self.render(facts)

    def _failed(self, error: Exception, facts: Mapping[str, object]) -> Flaw:
        line, piece = _place(error)
        values = self._missing(facts)
        if not values["fact"]:
            return Flaw("fails", {}, line, piece=piece)
        lines = (self._pieces[piece] if piece else self._text).split("\n")
        shown = re.compile(rf"\{{\{{[^}}]*?\b({values['absent'].replace(', ', '|')})\b")
        if found := shown.search(lines[min(line, len(lines)) - 1]):
            values["fact"] = found[1]
            return Flaw("fails_without", values, line, found.start(1) + 1, len(found[1]), piece=piece)
        return Flaw("fails_without", values, line, piece=piece)

    def _missing(self, facts: Mapping[str, object]) -> dict[str, str]:
        """Give the facts that are mentioned and not there, and the first of them."""
        absent = sorted(name for name in self._sandbox.mentioned if facts.get(name) in (None, []))
        return {"absent": ", ".join(absent), "fact": next(iter(absent), "")}


@lru_cache(64)
def _prepared(text: str, pieces: tuple[tuple[str, str], ...]) -> Template:
    """Prepare a text once: in a year the same few come again and again."""
    return Template(text, dict(pieces))


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

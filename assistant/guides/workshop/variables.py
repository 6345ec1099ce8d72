"""What a text may use is told by the model that checks it: every name comes from there, and every sample is proved.

A new fact is documented as soon as it exists: its sentence comes from the catalogue, `variables.NAME`, else from its
docstring in `facts`.
"""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, fields

from assistant.guides import facts
from assistant.guides.facts import CASES, LATER, PARTS, Facts
from assistant.messages import Messages


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing that a text may show or ask about."""

    name: str
    """As it is written: `thread`, `older.words`."""
    about: str
    """What it is, in a sentence."""
    kind: str
    """`text`, `number`, `whether`, `list` or `parts`."""
    may_be_absent: bool
    """Whether there may be nothing there, so that a text asks with `if` first."""
    samples: tuple[str, ...]
    """How it is used; each of them is a whole text that the check lets through."""


def variables(messages: Messages) -> tuple[Variable, ...]:
    """Give every variable that a text may use, in the order of `Facts`."""
    return tuple(_variables(messages))


def _variables(messages: Messages) -> Iterator[Variable]:
    said = _docstrings()
    for field in fields(Facts):
        name, cases = field.name, CASES[field.name]
        absent = any(case is None or case == [] for case in cases)
        about = messages.sentences.get(f"variables.{name}", said.get(name, ""))
        samples = _samples(name, cases[0], absent, messages)
        yield Variable(name, about, _kind(cases[0]), absent or name in LATER, samples)
        for part in PARTS.get(name, ()):
            whole = f"{name}.{part}"
            about = messages.sentences.get(f"variables.{name}_{part}", said.get(whole, ""))
            sample = f"{{% if {name} %}}{{{{ {whole} }}}}{{% else %}}…{{% endif %}}"
            yield Variable(whole, about, "text", absent, (sample,))


def _kind(value: object) -> str:
    kinds = {bool: "whether", int: "number", list: "list", dict: "parts"}
    return kinds.get(type(value), "text")


def _samples(name: str, full: object, absent: bool, messages: Messages) -> tuple[str, ...]:
    there, else_ = messages("variables.sample_there"), messages("variables.sample_else")
    match _kind(full):
        case "list":
            lines = f"{{% for line in {name} %}}– {{{{ line }}}}\n{{% endfor %}}\n{else_}"
            return (lines, f"{{% if {name} | length > 1 %}}{there}{{% else %}}{else_}{{% endif %}}")
        case "number" if not absent:
            return (f"{{{{ {name} }}}}", f"{{% if {name} <= 3 %}}{there}{{% else %}}{else_}{{% endif %}}")
        case "whether" | "parts":
            return (f"{{% if {name} %}}{there}{{% else %}}{else_}{{% endif %}}",)
    shown = f"{{{{ {name} }}}}"
    return (f"{{% if {name} %}}{shown}: {{% endif %}}{else_}",) if absent else (shown,)


def _docstrings() -> dict[str, str]:
    """Give the docstring under each field of `Facts` and of what it holds, as they stand in the source."""
    found = {}
    classes = {node.name: node for node in ast.parse(inspect.getsource(facts)).body if isinstance(node, ast.ClassDef)}
    for name, field in _documented(classes["Facts"]):
        found[name] = field
    for name in PARTS:
        held = getattr(Facts.__annotations__[name], "__args__", (Facts.__annotations__[name],))[0]
        for part, said in _documented(classes[held.__name__]):
            found[f"{name}.{part}"] = said
    return found


def _documented(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, after in zip(node.body, node.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            yield field.target.id, " ".join(str(after.value.value).split())

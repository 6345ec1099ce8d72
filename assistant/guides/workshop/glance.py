"""A look at a text while it is written: what a member will see, and what the check finds. It may take two seconds.

The words come the way they come to a conversation, through `Library`; what is written here stands before what is saved.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.guides.facts import Facts
from assistant.guides.fault import Fault, Flaw
from assistant.guides.guide import Guide, Step, StepKind
from assistant.guides.instruction import TOLD
from assistant.guides.library import Library
from assistant.guides.phrasing import phrasings, tidy
from assistant.guides.proof.spoken import seconds_aloud
from assistant.guides.sandbox.apart import Steady
from assistant.guides.shelf import FOLDERS, LONGEST
from assistant.guides.workshop.files import step_of
from assistant.guides.workshop.texts import Whose, Workshop
from assistant.messages import LANGS, Lang, Messages
from assistant.prompts import builtin_prompts
from assistant.trouble import Trouble

OFFERED = ("advice", "nudge", "crisis")
"""The rule files that are offered to be written; a group may have others."""

FactsOf = Callable[[Step | None], Facts]
"""The facts of a made-up member who is asked a step."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What one look saw."""

    seen: str | None
    """What a member sees; None where it cannot be shown until something is mended, "" where nobody sees it."""
    way: int = 0
    """Which phrasing it is, counted from 1; 0 where there are none to choose from."""
    ways: int = 0
    """How many there are."""
    faults: tuple[Fault, ...] = ()
    """What the check finds."""

    @property
    def seconds(self) -> int:
        """How long it takes to read aloud."""
        return seconds_aloud(self.seen or "")


@dataclass(frozen=True, slots=True)
class Row:
    """A text as the workshop lists it."""

    name: str
    """`weekly/da/notice.md`."""
    whose: Whose
    gist: str = ""
    """The first words of a step's question; "" for any other text."""
    kind: StepKind = "ask"
    """What sort of step it is."""
    beside: tuple["Row", ...] = ()
    """The further texts of the same step."""

    @property
    def file(self) -> str:
        """Its name without its folders."""
        return self.name.rsplit("/", 1)[1]


def rows(workshop: Workshop, guide_id: str, lang: Lang, unsaved: Mapping[str, str]) -> tuple[Row, ...]:
    """Give the texts of a guide in `lang`: its guide.toml, each step in order with its further texts, then the rest."""
    library = Library((workshop.own, builtin_prompts()), lang, unsaved)
    names = [name for name in library.files(guide_id) if name.startswith(f"{guide_id}/{lang}/")]
    guide = library.outline(guide_id)
    order = {step.id: step for step in guide.steps} if guide else {}
    texts = {name: workshop.whose(name) for name in names}
    found = [Row(f"{guide_id}/guide.toml", workshop.whose(f"{guide_id}/guide.toml"))]
    for step_id, step in order.items():
        name = f"{guide_id}/{lang}/{step_id}.md"
        mine = tuple(Row(other, texts[other]) for other in names if step_of(other)[0] == step_id and other != name)
        found.append(Row(name, texts.get(name, "own"), library.gist(guide_id, step_id), step.kind, mine))
    rest = [name for name in names if step_of(name)[0] not in order]
    # What came with Vidne for a step that the group's own order leaves out is no text of this guide.
    return (*found, *(Row(name, texts[name]) for name in rest if "/_" in name or texts[name] == "own"))


def rows_beside(workshop: Workshop, lang: Lang, unsaved: Mapping[str, str]) -> tuple[Row, ...]:
    """Give what a group may write beside the guides: its rules, its help lines, what a language model is told."""
    offered = {f"witness/{lang}/{check}.toml" for check in OFFERED} | {f"carry/{lang}.toml", "model/model.toml"}
    offered |= {f"model/{lang}/{told}.md" for told in TOLD} | {f"witness/{lang}/reminders.toml"}
    offered |= {f"crisis/{lang}{end}.md" for end in ("", ".together")}
    offered |= {f"crisis/{path.name}" for path in (builtin_prompts() / "crisis").glob("??.toml")}
    own = {text.name for text in workshop.texts() if text.guide in FOLDERS} | set(unsaved)
    theirs = {name for name in own if name.split("/")[0] in FOLDERS and _is_of(name, lang)}
    return tuple(Row(name, workshop.whose(name)) for name in sorted(offered | theirs))


def _is_of(name: str, lang: Lang) -> bool:
    """Say whether a text beside the guides is one of `lang`, or of no language."""
    return not {part.split(".")[0] for part in name.split("/")[1:]} & {other for other in LANGS if other != lang}


def look(
    workshop: Workshop,
    messages: Messages,
    name: str,
    unsaved: Mapping[str, str],
    lang: Lang,
    facts_of: FactsOf,
    number: int | None = None,
) -> Glance:
    """Look at the text `name` as it is in `unsaved`, else as it is saved; `number` is the phrasing wanted, from 0."""
    text = unsaved.get(name)
    if text is None:
        try:
            text = workshop.read(name)
        except Trouble:
            return Glance(None, faults=workshop.faults_of(name, None, unsaved))
    if len(text.encode(errors="replace")) > LONGEST:
        flaw = Flaw("too_big", {"kilobytes": str(LONGEST // 1024)})
        return Glance(None, faults=(Fault.of(flaw, workshop.own / name, messages),))
    faults = workshop.faults_of(name, text, unsaved)
    if any(fault.key in ("killed", "not_looked") for fault in faults):
        return Glance(None, faults=faults)  # it would be waited for once more
    library = Library((workshop.own, builtin_prompts()), lang, unsaved)
    try:
        with Steady() as library.steady:
            seen = _seen(library, name, text, facts_of, number)
    except Trouble:
        return Glance(None, faults=faults)
    return replace(seen, faults=faults)


def _seen(library: Library, name: str, text: str, facts_of: FactsOf, number: int | None) -> Glance:
    guide_id = name.split("/")[0]
    if guide_id in FOLDERS:
        return Glance("")
    guide = library.guide(guide_id)
    if name.endswith("/guide.toml"):
        return Glance(_sitting(library, guide, facts_of))
    step_id, end = step_of(name)
    step = next((step for step in guide.steps if step.id == step_id), None)
    if step is None:
        return Glance(_including(library, guide, Path(name).name, facts_of))
    facts = facts_of(step)
    if end == ".why.md":
        return Glance(library.why(guide_id, step_id))
    if end != ".md":
        return Glance((library.default if end == ".default.md" else library.floor)(guide_id, step_id, facts))
    ways = phrasings(text)
    way = library.turn(guide_id, step_id, facts.week) if number is None else number % len(ways)
    return Glance(library.question(guide_id, step_id, facts, way), way + 1, len(ways))


def _sitting(library: Library, guide: Guide, facts_of: FactsOf) -> str:
    """Give the questions of a week in the order they come."""
    facts = facts_of(None)
    steps = {step.id: step for step in guide.steps}
    plan = guide.plan(facts.month, facts.as_plain())
    asked = (library.question(guide.id, step_id, facts_of(steps[step_id])) for step_id in plan)
    return "\n\n".join(f"{number}. {question}" for number, question in enumerate(asked, 1))


def _including(library: Library, guide: Guide, piece: str, facts_of: FactsOf) -> str:
    """Give a question in which a piece is heard: the first that includes it."""
    for step in guide.steps:
        for number, way in enumerate(library.ways(guide.id, step.id)):
            if piece in way.text:
                return tidy(library.question(guide.id, step.id, facts_of(step), number))
    return ""

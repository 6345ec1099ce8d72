"""What the workshop lists: each guide with its steps, and beside each whose its texts are."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.guides.guide import Guide, Step
from assistant.guides.workshop.texts import Whose, Workshop
from assistant.messages import LANGS, Lang


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as it is listed."""

    id: str
    gist: str
    """The first words of its question."""
    kind: str
    stages: tuple[str, ...]
    needs: str | None
    ways: int
    """How many phrasings it has in the language of the workshop; 0 where its text cannot be read."""
    whose: Whose
    changed: tuple[Lang, ...]
    """The languages in which the group has a text of its own."""


@dataclass(frozen=True, slots=True)
class GuideView:
    """A guide as it is listed."""

    id: str
    title: str
    company: str
    minutes: int
    whose: Whose
    """Whose its guide.toml is."""
    is_faulty: bool
    """Whether the check finds something in it; one that came with Vidne and was not touched is not looked at."""
    steps: tuple[StepView, ...]


def guides(workshop: Workshop, only: str | None = None) -> tuple[GuideView, ...]:
    """Give every guide as it is listed, or the one named `only`.

    Raises:
        Trouble: when there is no such guide.
    """
    whose = {text.name: text.whose for text in workshop.texts()}
    names = (only,) if only else workshop.library.names()
    return tuple(_guide(workshop, guide_id, whose) for guide_id in names)


def beside(workshop: Workshop) -> tuple[str, ...]:
    """Give the names of the group's own files that belong to no guide."""
    names = set(workshop.library.names())
    return tuple(text.name for text in workshop.texts() if text.whose != "built_in" and text.guide not in names)


def _guide(workshop: Workshop, guide_id: str, whose: dict[str, Whose]) -> GuideView:
    guide: Guide | None = workshop.library.outline(guide_id)
    touched = any(kind != "built_in" for name, kind in whose.items() if name.startswith(f"{guide_id}/"))
    return GuideView(
        id=guide_id,
        title=guide.title[workshop.lang] if guide else guide_id,
        company=guide.company if guide else "member",
        minutes=guide.minutes if guide else 0,
        whose=whose.get(f"{guide_id}/guide.toml", "own"),
        is_faulty=guide is None or (touched and bool(workshop.faults(guide_id))),
        steps=tuple(_steps(workshop, guide, whose)) if guide else (),
    )


def _steps(workshop: Workshop, guide: Guide, whose: dict[str, Whose]) -> Iterator[StepView]:
    for step in guide.steps:
        theirs = {lang: _kinds(guide, step, lang, whose) for lang in LANGS}
        kinds = set().union(*theirs.values())
        yield StepView(
            id=step.id,
            gist=workshop.library.gist(guide.id, step.id),
            kind=step.kind,
            stages=step.stages,
            needs=step.needs,
            ways=workshop.library.count(guide.id, step.id),
            whose=kinds.pop() if len(kinds) == 1 else "changed",
            changed=tuple(lang for lang in LANGS if theirs[lang] != {"built_in"}),
        )


def _kinds(guide: Guide, step: Step, lang: Lang, whose: dict[str, Whose]) -> set[Whose]:
    return {whose.get(f"{guide.id}/{lang}/{step.id}{end}", "own") for end in (".md", ".why.md")}

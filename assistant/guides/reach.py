"""What of a guide never comes: its year is gone through at every turn, with all that can be known of a member there."""

from collections.abc import Iterator

from assistant.guides.facts import CASES, EARLIEST, LATER, REFLECTED
from assistant.guides.guide import ASIDE, Guide, Step

Never = tuple[str, str, str, str, dict[str, str]]
"""A sentence's key, `stage` or `step`, its id, the key of its table to point at, and what goes into the sentence."""


def never(guide: Guide) -> Iterator[Never]:
    """Give each stage and each step of a guide, otherwise right, that no member ever comes to; and why."""
    reached, asked, longest = _year(guide)
    for stage in guide.stages:
        if stage.id not in reached:
            yield "never_stage", "stage", stage.id, "from_month", {"stage": stage.id}
    for step in guide.steps:
        if step.kind in ASIDE:
            if step.stages or step.needs:
                at = "stages" if step.stages else "needs"
                yield "always_there", "step", step.id, at, {"kind": step.kind, "key": at}
            elif step.kind == "light" and longest < 2:
                yield "never_light", "step", step.id, "kind", {"id": step.id}
        elif step.kind == "pick" and step.needs != "old_lines":
            yield "pick_needs", "step", step.id, "needs" if step.needs else "kind", {"id": step.id}
        elif step.id not in asked:
            yield _why(step)
        elif step.needs in REFLECTED and not any(other.reflect and other.kind == "ask" for other in guide.steps):
            yield "never_kept", "step", step.id, "needs", {"id": step.id, "fact": step.needs}


def _why(step: Step) -> Never:
    if step.needs in LATER:
        return "never_needs", "step", step.id, "needs", {"id": step.id, "fact": step.needs}
    values = {
        "id": step.id,
        "fact": step.needs or "-",
        "month": str(EARLIEST.get(step.needs or "", 1)),
        "stages": ", ".join(step.stages) or "-",
    }
    return "never_step", "step", step.id, "needs" if step.needs else "stages", values


def _year(guide: Guide) -> tuple[set[str | None], set[str], int]:
    """Give the stages that are reached, the steps that are asked, and how many at most in one sitting."""
    begins = [stage.from_month for stage in guide.stages] or [1]
    turns = {1, *begins, *(month - 1 for month in begins), *EARLIEST.values(), max(begins) + max(EARLIEST.values())}
    reached, asked, longest = set(), set(), 0
    for month in sorted(turns - {0}):
        known = {name for name in CASES if name not in LATER and EARLIEST.get(name, 1) <= month}
        for facts in (known, *(known - {name} for name in known), set()):
            there = dict.fromkeys(facts, True)
            plan = guide.plan(month, there)
            reached.add(guide.stage(month, there))
            asked.update(plan)
            longest = max(longest, len(plan))
    return reached, asked, longest

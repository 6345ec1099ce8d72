"""A made-up member, for trying a guide without anyone's words: what they are called, and what they wrote before."""

from dataclasses import replace

from assistant.guides.facts import CASES, Facts, OlderWords
from assistant.guides.guide import Step
from assistant.messages import Messages

WEEKS_A_MONTH = 52 / 12


def made_up(messages: Messages, week: int) -> Facts:
    """Give the facts of a made-up member in `week` of their year, counted from 1."""
    month = int((week - 1) / WEEKS_A_MONTH) + 1
    lines = tuple(messages("made_up.lines").splitlines())
    return Facts(
        name=messages("made_up.name"),
        week=week,
        month=month,
        first=week == 1,
        thread=messages("made_up.thread") if week > 1 else None,
        older=OlderWords(messages(f"month.{(month + 9) % 12 + 1}"), messages("made_up.older")) if month > 3 else None,
        old_lines=lines if month > 3 else (),
    )


def whole(messages: Messages, week: int) -> Facts:
    """Give the facts of a made-up member of whom everything is known that can be."""
    facts = made_up(messages, week)
    rest = {name: full for name, (full, *_) in CASES.items() if not getattr(facts, name) and full and name != "older"}
    return replace(facts, **{name: tuple(full) if isinstance(full, list) else full for name, full in rest.items()})


def made_up_for(messages: Messages, week: int, step: Step | None, name: str | None = None) -> Facts:
    """Give the facts with which a step is previewed: what it needs is there, though it may be early in the year.

    `name` is what the member is called, "" for nothing, None for what made-up members are called.
    """
    facts = made_up(messages, week)
    full = whole(messages, max(week, 30))
    wanted = {fact for fact in (step.needs, "member" if step.each else None) if fact} if step else set()
    there = {fact: getattr(full, fact) for fact in wanted if not getattr(facts, fact)}
    picked = full.old_lines[:2] if step and step.needs == "old_lines" and step.kind != "pick" else ()
    called = facts.name if name is None else name or None
    return replace(facts, **there, name=called, picked=picked)

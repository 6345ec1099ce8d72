"""A made-up member, for trying a guide without anyone's words: what they are called, and what they wrote before."""

from assistant.guides.facts import Facts, OlderWords
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

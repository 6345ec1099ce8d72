"""How a day and a month are written, in the language spoken."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.messages import Messages

if TYPE_CHECKING:
    from assistant.tui.wiring import Sitting


def day(at: date, messages: Messages) -> str:
    """Write a day, or the day of a time."""
    return messages("screen.day", day=at.day, month=messages(f"month.{at.month}"), year=at.year)


def month_name(at: date, messages: Messages) -> str:
    """Write the month of a day."""
    return messages("screen.month", month=messages(f"month.{at.month}"), year=at.year)


def day_for(sitting: Sitting) -> date:
    """Give the day that a sitting is for: the one it began on, unless it is a line for another day."""
    said = sitting.facts.get("day")
    return date.fromisoformat(said) if said else sitting.began.date()

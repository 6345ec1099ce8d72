"""How a day is written, in the language spoken."""

from datetime import datetime

from assistant.messages import Messages


def day(at: datetime, messages: Messages) -> str:
    """Write the day of `at`."""
    return messages("screen.day", day=at.day, month=messages(f"month.{at.month}"), year=at.year)

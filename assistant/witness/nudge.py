"""When a person's draft to another member drifts into advice, fixing, judging or questioning: precision first.

In doubt it is silent (PRACTICE, "Doubt goes two ways"). The other's quoted words, advice somebody once got, one's own
life and times and rooms are covered. What is shown is never the finding: one of the fixed reminders, which name the
forms a witness has and never the person.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.witness.ear import Ear, plain_of
from assistant.witness.likeness import Likeness, spoken
from assistant.witness.rules import BadRule, Finding


@dataclass(frozen=True, slots=True)
class Nudge:
    """The look at a draft in one language, and the words that may be shown to its writer."""

    ear: Ear
    """What a drifting draft sounds like."""
    likeness: Likeness
    """The second voice, for what no rule foresaw."""
    reminders: tuple[str, ...]
    """The fixed reminders, in the order they come round."""

    @classmethod
    def load(cls, folders: Sequence[Path], lang: str) -> "Nudge":
        """Read the rules and the reminders from prompts folders, nearest first, the built-in one last.

        A group's own `reminders.toml` stands instead of the built-in one; its rules are added.

        Raises:
            BadRule: when a file cannot be used.
        """
        ear, likeness = Ear.load(folders, lang, "nudge"), Likeness.load(folders[-1], lang, "nudge")
        return cls(ear, likeness, _reminders(folders, lang))

    def findings(self, text: str) -> tuple[Finding, ...]:
        """Give each place where `text` drifts, in its order; none means: say nothing."""
        return spoken(self.ear, self.likeness, plain_of(text))

    def reminder(self, number: int) -> str:
        """Give one reminder; neighbouring numbers give different ones, and all come round."""
        return self.reminders[number % len(self.reminders)]


def _reminders(folders: Sequence[Path], lang: str) -> tuple[str, ...]:
    copies = (folder / "witness" / lang / "reminders.toml" for folder in folders)
    return reminders_in(next(path for path in copies if path.is_file()))


def reminders_in(path: Path) -> tuple[str, ...]:
    """Read the reminders of one file.

    Raises:
        BadRule: when it cannot be used.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRule(f"{path.name}: {error}") from None
    reminders = table.get("reminders")
    if set(table) != {"reminders"} or not isinstance(reminders, list) or not all(isinstance(r, str) for r in reminders):
        raise BadRule(f"{path.name}: reminders must be a list of sentences, and nothing else may stand there")
    if not reminders:
        raise BadRule(f"{path.name}: there is no reminder in the list; write at least one")
    return tuple(reminders)

"""The witness of one language, as a conversation knows it: the crisis check, and what may be said back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.witness import echo
from assistant.witness.crisis import Crisis
from assistant.witness.said import Said


@dataclass(frozen=True)
class Guard:
    """Answers a conversation's two questions about a text."""

    lang: str
    checks: Crisis

    @classmethod
    def load(cls, folders: Sequence[Path], lang: str) -> "Guard":
        """Read the rules in `folders`, prompts folders of which the nearest comes first."""
        return cls(lang, Crisis.load(folders))

    def crisis(self, text: str) -> str | None:
        """Give the id of the crisis rule that speaks, if one does; in any language, whatever `lang` is."""
        return self.checks.rule(text)

    def respond(self, text: str, said: Sequence[str], give_back: bool) -> Said | None:
        """Give what may be said to `text`, in `lang`."""
        return echo.respond(text, said, give_back, self.lang)

"""The witness of one language, as a conversation knows it: the crisis check, and what may be said back.

What a command that only writes does not need is imported where it is used: the echo 15 ms, the gate 20 ms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.witness.crisis import Crisis

if TYPE_CHECKING:
    from assistant.witness.framed import Kind
    from assistant.witness.gate import Gate
    from assistant.witness.nudge import Nudge
    from assistant.witness.rules import Finding
    from assistant.witness.said import Said


@dataclass(frozen=True)
class Guard:
    """Answers a conversation's questions about a text."""

    lang: str
    checks: Crisis
    folders: tuple[Path, ...]

    @classmethod
    def load(cls, folders: Sequence[Path], lang: str) -> Guard:
        """Read the rules in `folders`, prompts folders of which the nearest comes first."""
        return cls(lang, Crisis.load(folders), tuple(folders))

    def crisis(self, text: str) -> str | None:
        """Give the id of the crisis rule that speaks, if one does; in any language, whatever `lang` is."""
        return self.checks.rule(text)

    def respond(self, text: str, said: Sequence[str], give_back: bool) -> Said | None:
        """Give what may be said to `text`, in `lang`."""
        from assistant.witness import echo

        return echo.respond(text, said, give_back, self.lang)

    @cached_property
    def _gate(self) -> Gate:
        """The gate; only a language model's words need it."""
        from assistant.witness.gate import Gate

        return Gate.load(self.folders, self.lang)

    @cached_property
    def _nudge(self) -> Nudge:
        """The look at a draft to somebody else; only an answer to them needs it."""
        from assistant.witness.nudge import Nudge

        return Nudge.load(self.folders, self.lang)

    def nudge(self, text: str, number: int) -> str | None:
        """Give a reminder, the one of that `number`, where `text` drifts from witnessing."""
        return self._nudge.reminder(number) if self._nudge.findings(text) else None

    def judge(self, text: str, said: str) -> tuple[Finding, ...]:
        """Give what keeps a model's `text` from being shown to who said `said`; nothing means: show it."""
        return self._gate.judge(text, said)

    def framed(self, text: str, said: str, kind: Kind, turn: int) -> str:
        """Give a sentence of a model's with its quotation marks, where it forgot them; `turn` sentences came before."""
        from assistant.witness.framed import framed

        return framed(text, said, kind, turn, self.lang)

    def is_framed(self, text: str, said: str, kind: Kind) -> bool:
        """Say whether a model's `text` has the form it must have, before it is judged."""
        from assistant.witness.framed import is_framed

        return is_framed(text, said, kind, self.lang)

    def sentences(self, text: str) -> tuple[str, ...]:
        """Give the sentences of `text`."""
        from assistant.witness.sentences import quoted, sentences

        return tuple(text[start:end] for start, end in sentences(text, self.lang, quoted(text)))

"""When a person may be in danger: whoever it is, in whichever language, said straight out or almost.

The subject decides: a person, not a spreadsheet. Negation does not cancel, a third person counts, idioms are covered.
Nothing is concluded and nothing is asked: a finding only means that a human being should hear this (PRACTICE, "When
someone is in danger"). When in doubt it speaks: a card too many costs a key press.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.witness.ear import Ear, plain_of
from assistant.witness.likeness import Likeness, spoken
from assistant.witness.rules import Finding


@dataclass(frozen=True, slots=True)
class Crisis:
    """The crisis check, in every language a member may write in."""

    voices: tuple[tuple[Ear, Likeness], ...]
    """The rules and the second voice of each language; all of them listen to every text."""

    @classmethod
    def load(cls, folders: Sequence[Path], langs: Sequence[str] = ("da", "en")) -> "Crisis":
        """Read the signs from prompts folders, nearest first, the built-in one last.

        Raises:
            BadRule: when a file cannot be used.
        """
        voices = ((Ear.load(folders, lang, "crisis"), Likeness.load(folders[-1], lang, "crisis")) for lang in langs)
        return cls(tuple(voices))

    def findings(self, text: str) -> tuple[Finding, ...]:
        """Give each place in `text` that may mean danger, in the text's order; none means none was seen."""
        plain = plain_of(text)
        found = [finding for ear, likeness in self.voices for finding in spoken(ear, likeness, plain)]
        ruled = [finding for finding in found if finding.category != "likeness"]
        return tuple(sorted(ruled or found, key=lambda finding: (finding.start, finding.end, finding.rule)))

    def rule(self, text: str) -> str | None:
        """Give the id of the first sign in `text`, or None."""
        return next((finding.rule for finding in self.findings(text)), None)

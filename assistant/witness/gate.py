"""The gate: whether the assistant's own words may be shown. Doubt means no.

`judge` shows a reflection that can be *proved* to be witnessing: every sentence is made of exact quotes, of words that
stand in what was said, and of the forms a witness has; nothing else. `wording` judges fixed words, which cannot be
proved, by cues.
"""

from collections.abc import Sequence
from pathlib import Path

from assistant.witness.forms import Forms
from assistant.witness.lexicon import Lexicon
from assistant.witness.rules import Finding
from assistant.witness.trial import Trial


class Gate:
    """The guard of one language, loaded once."""

    def __init__(self, lang: str, lexicon: Lexicon, forms: Forms) -> None:
        self.lang = lang
        self.lexicon = lexicon
        self.forms = forms

    @classmethod
    def load(cls, folders: Sequence[Path], lang: str) -> "Gate":
        """Read the guard of `lang` from prompts folders, nearest first; the last is the built-in one."""
        home = folders[-1] / "witness" / lang
        return cls(lang, Lexicon.load(home / "words.toml", lang), Forms.load(home / "witnessing.toml"))

    def judge(self, text: str, said: str) -> tuple[Finding, ...]:
        """Give what keeps `text` from being shown to who said `said`; nothing means: show it."""
        return tuple(
            Finding(f"{self.lang}.gate.{doubt.kind}", "invented", doubt.start, doubt.end, self.forms.whys.get(doubt.kind, doubt.kind))
            for doubt in Trial(self.lexicon, self.forms, text, said).doubts()
        )

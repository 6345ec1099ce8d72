"""The gate: whether the assistant's own words may be shown. Doubt means no.

`judge` shows a reflection that can be *proved* to be witnessing: every sentence is made of exact quotes, of words that
stand in what was said, and of the forms a witness has; or it is what Vidne's own `echo` may say. What the proof only
doubts for its wording is shown if it follows what was said closely enough (`closeness`). `wording` judges fixed words,
which cannot be proved, by cues.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from assistant.witness.closeness import Closeness
from assistant.witness.echo import is_echo
from assistant.witness.forms import Forms
from assistant.witness.lexicon import Lexicon
from assistant.witness.quotes import quotes
from assistant.witness.reading import Doubt
from assistant.witness.rules import Finding, Rulebook
from assistant.witness.trial import Trial

CATEGORIES = (
    "advice", "advice-question", "advice-softened", "goal-push", "praise", "critique", "interpretation", "reassurance",
    "reframe", "invented", "question-form", "takeover", "asked-for-advice",
)  # fmt: skip
"""What the assistant never does, as PRACTICE names it: each is a file of rules."""
_EVEN_IN_OWN_WORDS = frozenset(("advice", "praise"))
"""What stays what it is when it is made of the member's own words, unless it is said whose words they are."""
_CUES = 3
"""How many cues are looked up among the member's words: so the work stays linear."""
_LONGEST = 600
"""How many characters a reflection may have at most, whatever it answers."""
_SHORTEST = 200
"""How many it may have in any case; above it, half as much again as what it answers."""


@cache
def _built_in(home: Path, lang: str) -> tuple[Lexicon, Forms, Closeness]:
    """Read what lets words through, once: it is the same for every gate of a language."""
    lexicon = Lexicon.load(home / "words.toml", lang)
    return lexicon, Forms.load(home / "witnessing.toml"), Closeness.load(home, lexicon)


class Gate:
    """The guard of one language, loaded once."""

    def __init__(self, lang: str, lexicon: Lexicon, forms: Forms, closeness: Closeness, cues: Rulebook) -> None:
        self.lang = lang
        self.lexicon = lexicon
        self.forms = forms
        self.closeness = closeness
        self.cues = cues

    @classmethod
    def load(cls, folders: Sequence[Path], lang: str) -> "Gate":
        """Read the guard of `lang` from prompts folders, nearest first; the last is the built-in one.

        What lets words through is read from the built-in folder alone; cues, which only block, from all of them.

        Raises:
            BadRule: when a file of cues cannot be used.
        """
        return cls(lang, *_built_in(folders[-1] / "witness" / lang, lang), Rulebook.load(folders, lang, CATEGORIES))

    def judge(self, text: str, said: str) -> tuple[Finding, ...]:
        """Give what keeps `text` from being shown to who said `said`; nothing means: show it."""
        text, said = (words.encode("utf-8", "replace").decode() for words in (text, said))
        if not text.strip():
            return (self._finding(Doubt("empty", 0, len(text))),)
        if len(text) > min(max(_SHORTEST, len(said) * 3 // 2), _LONGEST):
            return () if is_echo(text, said, self.lang) else (self._finding(Doubt("long", 0, len(text))),)
        trial = Trial(self.lexicon, self.forms, text, said)
        cues, given = self.wording(text), list(trial.doubts())
        if given and not said.strip():
            given.insert(0, Doubt("unsaid", 0, len(text)))
        elif given and are_members(trial, cues) and self.closeness.lifts(trial, given):
            given = []
        doubts = [self._finding(doubt) for doubt in given]
        if not doubts:
            cues = tuple(cue for cue in cues if _stays(trial, cue))
        found = (*cues, *doubts)
        return () if found and is_echo(text, said, self.lang) else found

    def wording(self, text: str) -> tuple[Finding, ...]:
        """Give the cues in fixed words; what stands in quotation marks is somebody's, and is left alone."""
        masked = list(text)
        for quote in quotes(text):
            masked[quote.start : quote.end] = "Q" + " " * (quote.end - quote.start - 1)
        return self.cues.findings("".join(masked))

    def _finding(self, doubt: Doubt) -> Finding:
        category = "question-form" if doubt.kind in ("question", "questions", "undone") else "invented"
        return Finding(f"{self.lang}.gate.{doubt.kind}", category, doubt.start, doubt.end, self.forms.whys[doubt.kind])


def are_members(trial: Trial, cues: Sequence[Finding]) -> bool:
    """Say whether cues are the member's own words, and so may stand in a reflection that is not proved; many are not.

    A goal must be told as theirs there: `you must tell Ann` is not lifted for `I don't know what I must tell Ann`.
    """
    return len(cues) <= _CUES and all(
        trial.is_said(cue.start, cue.end) and not _stays(trial, cue, _EVEN_IN_OWN_WORDS | {"goal-push"}) for cue in cues
    )


def _stays(trial: Trial, cue: Finding, categories: frozenset[str] = _EVEN_IN_OWN_WORDS) -> bool:
    """Say whether a cue stays what it is when it is the member's own words: it is not said whose they are."""
    return cue.category in categories and not any(start <= cue.start < end for start, end in trial.reported)

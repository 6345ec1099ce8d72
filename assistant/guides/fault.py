"""What is wrong with a guide is data: which sentence says it, where it stands, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from assistant.messages import Messages


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong, before anyone has put it into words."""

    key: str
    """The sentence that says what is wrong, under `prompts` in the message catalogue."""
    values: dict[str, str] = field(default_factory=dict)
    """What goes into the sentences."""
    line: int = 1
    """The line of the text it was found in, counted from 1."""
    column: int = 1
    """The character of the line, counted from 1."""
    width: int = 0
    """How many characters it takes, from there; 0 where no words are meant."""
    todo: str = ""
    """The sentence that says what to do; else it is `key` with `_todo` behind it."""
    piece: str = ""
    """The included piece in which it stands; "" for the text itself."""
    lang: str = ""
    """The language of its `why`, where a rule of the guard says why."""


class Refused(Exception):
    """Something that a facilitator wrote cannot be used."""

    def __init__(self, flaw: Flaw, path: Path | None = None) -> None:
        """Name the flaw, and the file if it is the file that is refused; no words of a member's go in."""
        super().__init__(flaw.key)
        self.flaw = flaw
        self.path = path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong with a guide, for the person who can put it right."""

    file: Path
    """The file it stands in, or the one that is missing."""
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1, in characters."""
    what: str
    """One sentence: what is wrong."""
    todo: str
    """One sentence: what to do."""
    width: int = 0
    """How many characters it takes, from its column on; 0 where no words are meant."""
    key: str = ""
    """What kind of fault it is, for a machine: the name of its sentence, or the rule of the guard that speaks."""

    @classmethod
    def of(cls, flaw: Flaw, file: Path, messages: Messages, first_line: int = 1) -> "Fault":
        """Put `flaw` into words; `first_line` is where the text that it was found in begins in its file."""
        what, todo = f"prompts.{flaw.key}", f"prompts.{flaw.todo or flaw.key + '_todo'}"
        line = flaw.line + first_line - 1
        values = {"file": file.name, **flaw.values}
        if "category" in flaw.values and flaw.lang != messages.lang:
            # The rule that says why speaks the language of the text, and the reader another.
            values["why"] = messages(f"prompts.why_{flaw.values['category'].replace('-', '_')}")
        said = messages(what, **values), messages(todo, **values)
        return cls(file, line, flaw.column, *said, flaw.width, flaw.values.get("rule", flaw.key))


def nearest(word: str, right: Iterable[str]) -> str:
    """Give the one of `right` that `word` is most like; "" when there is none at all."""
    return next(iter(get_close_matches(word[:80], list(right), n=1, cutoff=0.0)), "")

"""What a language model writes is tried here, sentence by sentence: what is shown has passed, and nothing else is.

The model's text is taken for hostile: a member's answer may have told it anything. It is text, it is judged by what
the member said, and no more of it is looked at than may be shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from assistant.guides.events import ReflectKind
from assistant.witness.said import Said

if TYPE_CHECKING:
    from assistant.witness.rules import Finding

MOST: dict[ReflectKind, int] = {"reflect": 3, "gather": 12}
"""How many sentences are shown at most; of a gathered week, lines."""
TRIES = 2
"""How often a model is asked for one reflection."""
_REASONS = 3
"""How many of the gate's reasons a model is told."""
_ODD = re.compile(r"[^\w\s.,;:!?'\"“”„»«’‘…–—()/&%-]|_")
"""What is in no plain sentence: markup, control characters, symbols. Where the member wrote it, it may be quoted."""


class Judge(Protocol):
    """What a draft is tried by."""

    def judge(self, text: str, said: str) -> tuple[Finding, ...]: ...

    def framed(self, text: str, said: str, kind: ReflectKind, turn: int) -> str: ...

    def is_framed(self, text: str, said: str, kind: ReflectKind) -> bool: ...

    def sentences(self, text: str) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A reflection that is being written."""

    number: int
    """Which request it comes from; what another one brings is not of it."""
    kind: ReflectKind
    step: str
    """The step it belongs to."""
    said: str
    """What the member said."""
    echo: Said | None
    """What is shown instead, if the model has nothing."""
    tries: int = 1
    """How often the model was asked for it."""
    heard: str = ""
    """What was tried of it so far, as it was written."""
    passed: str = ""
    """What may be shown of that."""
    count: int = 0
    """How many sentences those are."""
    found: tuple[str, ...] | None = None
    """Why the sentence after those may not be shown; None where there is none."""
    over: bool = False
    """Whether there is no more to come."""

    def after(self, text: str, ended: bool, judge: Judge) -> Draft:
        """Give the draft when `text` is all that was written so far, and if `ended`, all there is."""
        text = _plain(text, self.kind)
        if not text.startswith(self.heard):
            return replace(self, found=())
        draft = self
        rest = text[len(self.heard) :]
        pieces = rest.splitlines() if self.kind == "gather" else judge.sentences(rest)
        pieces = [piece.strip() for piece in pieces if piece.strip()]
        for piece in pieces if ended else pieces[:-1]:
            end = text.index(piece, len(draft.heard)) + len(piece)
            draft = replace(draft, heard=text[:end])._with(piece, judge)
            if draft.over or draft.found is not None:
                return draft
        return replace(draft, over=ended)

    def _with(self, piece: str, judge: Judge) -> Draft:
        between = "" if not self.passed else "\n" if self.kind == "gather" else " "
        whole = f"{self.passed}{between}{judge.framed(piece, self.said, self.kind, self.count)}"
        odd = any(mark not in self.said for mark in _ODD.findall(whole))
        if odd or not judge.is_framed(whole, self.said, self.kind):
            return replace(self, found=())
        if findings := judge.judge(whole, self.said):
            return replace(self, found=tuple(dict.fromkeys(finding.why for finding in findings))[:_REASONS])
        count = self.count + 1
        return replace(self, passed=whole, count=count, over=count == MOST[self.kind])


def _plain(text: str, kind: ReflectKind) -> str:
    """Give `text` with single spaces; the lines of a gathered week stay, without bullets."""
    if kind == "reflect":
        return " ".join(text.split())
    lines = (" ".join(line.split()).removeprefix("- ") for line in text.splitlines())
    return "\n".join(line for line in lines if line)

"""What is kept of a sitting. In a file of its own, so that a command that only writes builds no events: 8 ms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

TurnKind = Literal[
    "answered", "skipped", "back", "said", "corrected", "turned", "free", "sealed", "chose", "finished",
    "came", "went", "passed", "stayed", "gave", "went_on", "held", "resumed", "shared",
    "stands", "mended",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that happened in a sitting, as it is kept. Turns are only ever added."""

    kind: TurnKind
    """What happened. `said` is Vidne's giving back; `free` was written where something else filled the member;
    `sealed` was written where someone may be in danger: it is kept privately and never quoted. A member `came` who
    had been away, or `went`. A member `passed` their turn; the group `stayed` at a heavy one, a member `gave` theirs,
    and they `went_on`. The clock was `held`, and `resumed`. What is kept was `shared` with the group;
    where something of an answer was taken back since, this is what still `stands`. A line of the
    frame was to be `mended`."""
    step: str
    """The step at which it happened; a member's turn at a step that each is asked is `learning_point:2`."""
    text: str = ""
    """The words of it; a choice's name for `chose`, a member's for `came`, `went` and `gave`; an item for `shared`,
    a step for `mended`."""
    at: datetime | None = None
    """When, in local time with its zone."""
    asked: str = ""
    """The question as it was read, for an answer."""
    how: str = ""
    """The kind of giving back, for `said`: see `assistant.witness.said`; `model` or `gathered` for a model's.
    `corrected` for a `sealed` that came as a "not quite". For `answered`: `below` where the step's reason was told
    and the group weighs it, `unread` where nothing could be read in it and it is asked once more, `default` where the
    words that stand were left standing."""

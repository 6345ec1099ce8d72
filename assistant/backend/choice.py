"""Whether a language model may be asked: never before the member has said yes to this very receiver, nor if the group
has said no."""

import tomllib
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from os.path import lexists
from pathlib import Path
from typing import Literal, Protocol

from assistant.guides.fault import Refused
from assistant.guides.shelf import read
from assistant.trouble import Trouble

State = Literal["none", "vetoed", "unheard", "off", "moved", "on"]
"""There is no model; the group said no; what it said has not come yet; the member did not say yes; the yes was to
another receiver; it is on."""


class Noted(Protocol):
    """What was written down about a model: see `assistant.vault.vault.Sending`."""

    what: str
    receiver: str


def state(receiver: str | None, noted: Iterable[Noted], allowed: bool) -> State:
    """Say how it stands; `receiver` is who would be asked, `noted` what was written down, oldest first."""
    if not allowed:
        return "vetoed"
    if receiver is None:
        return "none"
    chosen = [note for note in noted if note.what in ("on", "off")]
    if not chosen or chosen[-1].what == "off":
        return "off"
    return "on" if chosen[-1].receiver == receiver else "moved"


def installed() -> bool:
    """Say whether litellm is, which asks models; finding it does not import it."""
    return find_spec("litellm") is not None


def allowed(folders: Sequence[Path], agreed: bool = True) -> bool:
    """Say whether every copy of `model/model.toml` in the prompts folders allows a model, and the groups' charters do:
    that is `agreed`.

    Raises:
        Trouble: when a copy cannot be read; nobody can tell then whether the group said no.
    """
    for folder in folders:
        path = folder / "model" / "model.toml"
        try:
            if lexists(path) and tomllib.loads(read(path, folder.resolve())).get("allowed") is not True:
                return False
        except (Refused, ValueError, RecursionError, OSError):
            raise Trouble("veto_unread", file=path) from None
    return agreed

"""What a group tells a language model in its own words: read whole and as it will be sent, or not at all."""

from pathlib import Path

from assistant.guides.fault import Flaw, Refused
from assistant.guides.shelf import read
from assistant.text import is_blank

TOLD = ("reflect", "gather", "again")
"""What a language model is told: for an answer, for a sitting's end, and before the reasons for being asked again."""
LONGEST = 8 * 1024
"""Bytes an instruction may hold: ten times the built-in one, and a long one makes a small model worse."""


def instruction(path: Path, folder: Path) -> str:
    """Give the instruction in the file `path` of the prompts `folder`.

    Raises:
        Refused: when it leads out of the folder, is no file, too long or empty, or holds what is no text.
        OSError: when it cannot be opened.
    """
    try:
        text = read(path, folder.resolve(), LONGEST).strip()
    except Refused as refused:
        if refused.flaw.key == "too_big":
            raise Refused(Flaw("too_big", refused.flaw.values, todo="write_short"), path) from None
        raise
    if is_blank(text):
        raise Refused(Flaw("empty_phrasing", todo="write_told"), path)
    return text

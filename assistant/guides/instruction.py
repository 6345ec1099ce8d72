"""What a group tells a language model in its own words: read whole and as it will be sent, or not at all."""

import re
from pathlib import Path

from assistant.guides.fault import Flaw, Refused
from assistant.guides.shelf import read
from assistant.text import is_blank

TOLD = ("reflect", "gather", "again")
"""What a language model is told: for an answer, for a sitting's end, and before the reasons for being asked again."""
LONGEST = 8 * 1024
"""Bytes an instruction may hold: ten times the built-in one, and a long one makes a small model worse."""

_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
"""Bytes that no text has: the file is something else, or was damaged."""


def instruction(path: Path, folder: Path) -> str:
    """Give the instruction in the file `path` of the prompts `folder`.

    Raises:
        Refused: when it is no file, leads out of the folder, is too long, empty, not UTF-8, or holds what is no text.
        OSError: when it cannot be opened.
    """
    if path.exists() and not path.is_file():
        raise Refused(Flaw("no_file"), path)
    try:
        text = read(path, folder.resolve(), LONGEST).strip()
    except Refused as refused:
        if refused.flaw.key == "too_big":
            raise Refused(Flaw("too_big", refused.flaw.values, todo="write_short"), path) from None
        raise
    if is_blank(text):
        raise Refused(Flaw("empty_phrasing", todo="write_told"), path)
    if odd := _NO_TEXT.search(raw := path.read_bytes()):
        raise Refused(Flaw("no_text", line=raw[: odd.start()].count(b"\n") + 1), path)
    return text

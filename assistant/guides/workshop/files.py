"""What a text of the prompts is called, and how one is written: whole or not at all, and only in its own folder."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from assistant.guides.library import Library
from assistant.messages import Lang
from assistant.text import clean
from assistant.trouble import Trouble

NAME = re.compile(r"[a-z0-9_][a-z0-9_-]{0,39}(?:/[a-z0-9_][a-z0-9_.-]{0,59}){1,3}")
"""What a text is called, from the prompts folder on: `weekly/da/notice.md`. None leads out of a folder."""
ENDS = (".why.md", ".default.md", ".floor.md", ".md")
"""How the files of a step end, the longest first."""
EARLIER = ".earlier"
"""The hidden folder in the group's own where a text is set aside."""


def right(name: str) -> str:
    """Give `name` if a text can have it.

    Raises:
        Trouble: when none can.
    """
    if not NAME.fullmatch(name) or not name.endswith((".md", ".toml")) or ".." in name:
        raise Trouble("no_such_text", name=clean(name)[:80])
    return name


def step_of(name: str) -> tuple[str, str]:
    """Give the step that a text belongs to and how its file ends; no step for a guide.toml or a piece."""
    file = name.rsplit("/", 1)[1]
    end = next((end for end in ENDS if file.endswith(end)), "")
    return (file.removesuffix(end), end) if end and not file.startswith("_") else ("", "")


def is_added(name: str) -> bool:
    """Say whether a group's text of this name stands beside the built-in one and not instead of it: its rules do."""
    top, _, rest = name.partition("/")
    return top == "witness" and not rest.endswith("/reminders.toml")


def names_meant(words: Sequence[str], lang: Lang, library: Library) -> tuple[str, ...]:
    """Give the texts that words on a command line mean: a name with slashes itself; `weekly` all of a guide; `weekly
    notice` a step's two texts in `lang`; `weekly guide` its guide.toml.

    Raises:
        Trouble: when there is no such guide or step.
    """
    if len(words) == 1 and "/" in words[0]:
        return (right(words[0]),)
    guide_id = words[0]
    if len(words) == 1:
        return tuple(library.files(guide_id))
    if words[1] in ("guide", "guide.toml"):
        return (f"{guide_id}/guide.toml",)
    step_id = words[1].removesuffix(".md")
    outline = library.outline(guide_id)
    if step_id not in {step.id for step in outline.steps} if outline else True:
        raise Trouble("no_such_step", step=clean(step_id)[:40], guide=guide_id)
    return (f"{guide_id}/{lang}/{step_id}.md", f"{guide_id}/{lang}/{step_id}.why.md")


def write(path: Path, raw: bytes, folder: Path) -> None:
    """Write a file whole or not at all, into `folder` and through no link out of it; for its owner only.

    Raises:
        OSError: when it cannot be written.
    """
    for parent in reversed(path.parents):  # `mkdir(parents=True)` would leave those between readable for others
        if not parent.exists():
            parent.mkdir(mode=0o700)
    if not path.parent.resolve().is_relative_to(folder.resolve()) or path.is_symlink():
        raise OSError(0, "link")
    coming = path.with_name(f".{path.name}.new")
    coming.unlink(missing_ok=True)
    with open(os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    coming.replace(path)

"""What a facilitator has written and not saved is kept beside the texts, in a hidden folder that no check reads.

A kill takes nothing then; whoever opens the workshop next finds it again.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from assistant.guides.fault import Refused
from assistant.guides.shelf import LONGEST, read
from assistant.guides.workshop.files import NAME, write
from assistant.text import clean
from assistant.trouble import unwritten

DRAFTS = ".draft"
"""The hidden folder in the group's own; each draft stands in it under its text's name."""


class Drafts:
    """The drafts of a prompts folder."""

    def __init__(self, own: Path) -> None:
        """Keep them in `own`, the group's prompts folder."""
        self._own = own

    def keep(self, name: str, text: str) -> None:
        """Keep a draft of the text `name`; as much of it as a text may hold.

        Raises:
            Trouble: when it cannot be kept.
        """
        try:
            write(self._own / DRAFTS / name, clean(text).encode()[:LONGEST], self._own)
        except OSError as error:
            raise unwritten("text_unwritable", self._own / DRAFTS / name, error) from None

    def drop(self, name: str) -> None:
        """Keep it no longer, and no folder for it either."""
        path = self._own / DRAFTS / name
        with suppress(OSError):
            path.unlink(missing_ok=True)
            for parent in path.parents[: len(Path(name).parts)]:
                parent.rmdir()

    def kept(self) -> dict[str, str]:
        """Give the drafts there are, by name; one that cannot be read is left where it is."""
        return dict(self._kept())

    def _kept(self) -> Iterator[tuple[str, str]]:
        folder = self._own / DRAFTS
        for path in sorted(folder.glob("*/**/*")) if folder.is_dir() and not folder.is_symlink() else ():
            name = path.relative_to(folder).as_posix()
            if path.is_file() and NAME.fullmatch(name) and path.suffix in (".md", ".toml"):
                with suppress(Refused, OSError):
                    yield name, read(path, folder.resolve())

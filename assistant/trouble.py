"""What went wrong, for the person it happened to: a sentence from the catalogue, and never a word of theirs."""

import errno

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""How a system says that there is no room for more."""


class Trouble(Exception):
    """Something that a person is told in one sentence: what happened, what was kept, and what to do."""

    def __init__(self, key: str, /, **values: object) -> None:
        """Name the sentence, under `trouble` in the message catalogue, and what goes into it."""
        super().__init__(key)
        self.key = f"trouble.{key}"
        self.values = values


def unwritten(key: str, file: object, error: OSError) -> Trouble:
    """Give the trouble of a file that could not be written: that there is no room, else what `key` says of it."""
    if error.errno in NO_ROOM:
        return Trouble("disk_full")
    return Trouble(key, file=file, error=error.strerror or type(error).__name__)

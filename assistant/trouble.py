"""What went wrong, for the person it happened to: a sentence from the catalogue, and never a word of theirs."""


class Trouble(Exception):
    """Something that a person is told in one sentence: what happened, what was kept, and what to do."""

    def __init__(self, key: str, /, **values: object) -> None:
        """Name the sentence, under `trouble` in the message catalogue, and what goes into it."""
        super().__init__(key)
        self.key = f"trouble.{key}"
        self.values = values

"""The shape of what may be said back; how it is found is in `echo`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Something that may be said back."""

    text: str
    """The whole of it, as it is shown."""
    how: str
    """`quote`, `shift`, `contrast`, `repeat`, `order`, `image`; or `greeting`, `handback`, which are answers."""

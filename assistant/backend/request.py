"""What a language model gets and what it gives: all that the rest of Vidne knows of any of them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One part of a request."""

    role: Literal["system", "user"]
    """`system` for Vidne's instruction, `user` for what the member wrote."""
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """All that is sent."""

    messages: tuple[Message, ...]

    def __str__(self) -> str:
        """Give it as it is shown to the member: every character that travels."""
        return "\n\n".join(message.text for message in self.messages)


class Unanswered(Exception):
    """No answer, or not a whole one. It carries no text of a library's and none of the member's."""

    def __init__(self, why: str) -> None:
        """Name the sentence, under `model` in the message catalogue, that says what went wrong."""
        super().__init__(why)
        self.why = why


class Backend(Protocol):
    """A language model."""

    def prepare(self) -> None:
        """Do what takes long and needs no request yet; called in a thread."""

    def loop(self) -> asyncio.AbstractEventLoop:
        """Make the loop that an answer is streamed in."""

    def stream(self, request: Request) -> AsyncIterator[str]:
        """Give the answer piece by piece; closing it stops the model's work.

        Raises:
            Unanswered: when there is none, or not all of it.
        """

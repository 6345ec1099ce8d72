"""An invitation is a text that can be handed over: for one person, once, into one circle, and whole or not at all."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.circle.envelope import Keys, check_inviter
from assistant.circle.items import CircleId, Key, Recipient, Refused, Ticket, canonical
from assistant.text import clean
from assistant.trouble import Trouble

_BEGINS, _ENDS = "vidne1(", ")"
_WIDTH = 64
_MOST = 8_000
"""How many characters an invitation may have; one from ten members has 1,900."""


class Invitation(BaseModel):
    """What someone needs to join."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    circle: CircleId
    group: Annotated[str, StringConstraints(max_length=500)]
    """The group's name, as its charter says it."""
    founder: Key
    """Whose joining every other goes back to."""
    ticket: Ticket
    secret: Key = Field(repr=False)
    """The one-time key's secret."""
    recipients: tuple[Recipient, ...] = Field(min_length=1, max_length=60)
    """What the joining is sealed to: everyone who was here when the invitation was written."""
    folder: Annotated[str, StringConstraints(max_length=1000)] = ""
    """Where the inviter has the folder, if it is a shared one: a hint, for it may have another name elsewhere."""

    @property
    def once(self) -> Keys:
        """The one-time keys; what is sealed to them tells whoever holds the invitation that it has been used."""
        return Keys.derive(bytes.fromhex(self.secret), self.circle, 0)

    @property
    def hosts(self) -> tuple[str, ...]:
        """What the joining is sealed to: everyone who was here, and whoever else holds the invitation."""
        return (*self.recipients, self.once.recipient)

    def __str__(self) -> str:
        """Write it so that it can be sent in a letter, and put together again however the letter breaks its lines."""
        packed = zlib.compress(canonical(self.model_dump(mode="json")), 9)
        text = base64.urlsafe_b64encode(packed + zlib.crc32(packed).to_bytes(4, "big")).decode()
        whole = f"{_BEGINS}{text}{_ENDS}"
        return "\n".join(whole[at : at + _WIDTH] for at in range(0, len(whole), _WIDTH)) + "\n"

    @classmethod
    def read(cls, text: str) -> Invitation:
        """Read an invitation from a text that it stands in.

        Raises:
            Trouble: when there is none in it, it is cut short or altered, or its inviter did not write it.
        """
        squeezed = re.sub(r"[\s>]+", "", text[: 10 * _MOST])  # a letter that was answered has > before its lines
        begins = squeezed.find(_BEGINS)
        if begins < 0:
            raise Trouble("invitation_none")
        coded, ends, _ = squeezed[begins + len(_BEGINS) :].partition(_ENDS)
        if not ends or len(coded) > _MOST:
            raise Trouble("invitation_cut_short")
        invitation = None
        try:
            content = base64.b64decode(coded.encode(), b"-_", validate=True)
            packed, check = content[:-4], content[-4:]
            if zlib.crc32(packed).to_bytes(4, "big") == check:
                invitation = cls.model_validate_json(_unpacked(packed))
        except (UnicodeError, binascii.Error, zlib.error, ValidationError):
            invitation = None
        if invitation is None or invitation.ticket.once != invitation.once.author:
            raise Trouble("invitation_altered")
        try:
            check_inviter(invitation.ticket, invitation.circle)
        except Refused:
            raise Trouble("invitation_elsewhere") from None
        return invitation.model_copy(update={"group": clean(invitation.group), "folder": clean(invitation.folder)})


def _unpacked(packed: bytes) -> bytes:
    """Unpack, but no more than an invitation can be."""
    opener = zlib.decompressobj()
    content = opener.decompress(packed, 8 * _MOST)
    if not opener.eof:
        raise zlib.error
    return content

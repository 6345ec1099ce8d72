"""Signed inside, sealed outside: who wrote an item is proved by the signature, who can read it is decided by age.

age by itself has no sender: anyone with the public keys could seal something "from Anna". The circle's id stands
inside what is signed, so that nothing can be carried over into another circle.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.circle.items import MOST_BYTES, Item, Joining, Refused, Ticket, canonical, parse, read

FORMAT = 1
MOST_SEALED = MOST_BYTES + 64 * 1024
"""How large a file may be: an item, its signature, and a stanza for each who can read it."""
_HEAD = re.compile(rb"vidne item ([0-9]{1,4}) ([0-9]{1,8})\n")
_SIGNED = b"vidne item 1\n"
_INVITED = b"vidne invitation 1\n"
_PROVED = b"vidne joining 1\n"


@dataclass(frozen=True)
class Keys:
    """One member's keys in one circle. No other circle's keys can be worked out from them."""

    signing: bytes
    """The secret ed25519 key."""
    sealing: bytes
    """The secret age key."""

    @classmethod
    def derive(cls, seed: bytes, circle: str, times: int) -> Keys:
        """Give the keys that belong to `seed` in `circle`, the `times`-th time its owner joins it."""
        return cls(*(_derive(seed, f"vidne {use} {circle} {times}") for use in ("signing", "sealing")))

    def __repr__(self) -> str:
        return "Keys(…)"

    @cached_property
    def author(self) -> str:
        """The public signing key, in hex."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        return self._signer.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    @cached_property
    def recipient(self) -> str:
        """The public age key."""
        return str(self.identity.to_public())

    @cached_property
    def identity(self) -> Any:
        """The secret age key, as age takes it."""
        from pyrage import x25519

        return x25519.Identity.from_str(_bech32("age-secret-key-", self.sealing).upper())

    @cached_property
    def _signer(self) -> Any:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # 20 ms

        return Ed25519PrivateKey.from_private_bytes(self.signing)

    def sign(self, content: bytes) -> str:
        """Sign, and give the signature in hex."""
        return self._signer.sign(content).hex()


@dataclass(frozen=True)
class Signed:
    """An item, with what proves who wrote it."""

    item: Item
    content: bytes
    """What was signed."""
    signature: str
    reached: frozenset[str] = frozenset()
    """The keys of the members that it is known to be sealed to."""


def sign(keys: Keys, content: bytes) -> Signed:
    """Sign a new item."""
    return Signed(read(content), content, keys.sign(_SIGNED + content))


def seal(signed: Signed, recipients: Iterable[str], reached: Iterable[str]) -> bytes:
    """Seal an item to `recipients`, whose signing keys are `reached`; give the bytes of a file.

    The names of those it reaches stand inside, so that nobody who has it seals it to them once more.
    """
    import pyrage

    table = {"item": signed.content.decode(), "signature": signed.signature, "to": sorted(reached)}
    sealed = pyrage.encrypt(canonical(table), [_recipient(one) for one in sorted(set(recipients))])
    return b"vidne item %d %d\n" % (FORMAT, len(sealed)) + sealed


def unseal(content: bytes, circle: str, identities: Sequence[Any]) -> Signed:
    """Open the bytes of a file, with everything proved that can be proved from it alone.

    Raises:
        Refused: with the reason. Whether its author is a member, the view decides.
    """
    import pyrage

    if len(content) > MOST_SEALED:
        raise Refused("too_big")
    head = _HEAD.match(content)
    if not head:
        raise Refused("cut_short" if b"vidne item 1".startswith(content[:12]) else "not_ours")
    if int(head[1]) > FORMAT:
        raise Refused("newer")
    if int(head[1]) < FORMAT:  # there is none older than the first
        raise Refused("altered")
    sealed = content[head.end() :]
    if len(sealed) < int(head[2]):
        raise Refused("cut_short")
    if len(sealed) > int(head[2]):
        raise Refused("altered")
    try:
        opened = pyrage.decrypt(sealed, identities)
    except pyrage.DecryptError as error:
        opened, reason = None, "not_for_us" if "No matching keys" in str(error) else "altered"
    if opened is None:
        raise Refused(reason)
    table = parse(opened)
    match table:
        case {"item": str(text), "signature": str(signature), "to": list(to), **rest} if not rest:
            return _proved(text.encode(), signature, circle, frozenset(key for key in to if isinstance(key, str)))
    raise Refused("altered")


def _proved(content: bytes, signature: str, circle: str, reached: frozenset[str]) -> Signed:
    if len(content) > MOST_BYTES:
        raise Refused("too_big")
    table = parse(content)
    author = table.get("author") if isinstance(table, dict) else None
    if canonical(table) != content or not verify(author, signature, _SIGNED + content):
        raise Refused("forged")
    if table.get("circle") != circle:
        raise Refused("wrong_circle")
    item = read(content)
    if isinstance(item.body, Joining):
        if not usable(item.body.recipient):  # one key that is none would keep everyone from sealing anything
            raise Refused("altered")
        if item.body.ticket:
            check_ticket(item.body.ticket, circle, item.author)
    return Signed(item, content, signature, reached)


def verify(author: object, signature: str, content: bytes) -> bool:
    """Say whether `author` signed `content`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(author)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


# Invitations


def ticket(inviter: Keys, circle: str, name: str, once: Keys, after: int) -> Ticket:
    """Give the part of an invitation that will stand in the joining; `once` are its one-time keys."""
    unsigned = Ticket(name=name, once=once.author, inviter=inviter.author, after=after, signature="0" * 128)
    return unsigned.model_copy(update={"signature": inviter.sign(_invited(unsigned, circle))})


def prove(given: Ticket, circle: str, once: Keys, joiner: str) -> Ticket:
    """Give the ticket as it stands in the joining of `joiner`."""
    return given.model_copy(update={"proof": once.sign(_PROVED + canonical([circle, joiner]))})


def check_inviter(given: Ticket, circle: str) -> None:
    """Raise `Refused` unless the inviter named in a ticket wrote it, for this circle."""
    if not verify(given.inviter, given.signature, _invited(given, circle)):
        raise Refused("forged")


def check_ticket(given: Ticket, circle: str, joiner: str) -> None:
    """Raise `Refused` unless a ticket was written by its inviter, for this circle, and was in the joiner's hands."""
    check_inviter(given, circle)
    if not verify(given.once, given.proof, _PROVED + canonical([circle, joiner])):
        raise Refused("forged")


def _invited(given: Ticket, circle: str) -> bytes:
    return _INVITED + canonical([circle, given.name, given.once, given.inviter, given.after])


# Keys


def _derive(seed: bytes, use: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length=32, salt=None, info=use.encode()).derive(seed)


def _recipient(text: str) -> Any:
    from pyrage import x25519

    return x25519.Recipient.from_str(text)


def usable(recipient: str) -> bool:
    """Say whether age can seal to `recipient`: the right letters may still be no key."""
    from pyrage import RecipientError

    try:
        _recipient(recipient)
    except RecipientError:
        return False
    return True


_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _bech32(prefix: str, content: bytes) -> str:
    """Write bytes as BIP 173 does, which is how age reads a key."""
    bits = int.from_bytes(content, "big") << 4  # 256 bits and 4 of padding are 52 groups of five
    groups = [bits >> shift & 31 for shift in range(255, -1, -5)]
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = 1
    for group in (*spread, *groups, *[0] * 6):
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ group
        for place, value in enumerate(_GENERATOR):
            check ^= value if top >> place & 1 else 0
    check ^= 1
    groups += [check >> shift & 31 for shift in range(25, -1, -5)]
    return f"{prefix}1{''.join(_LETTERS[group] for group in groups)}"


def digest(content: bytes) -> str:
    """Give the hash that a file is named by."""
    return hashlib.sha256(content).hexdigest()

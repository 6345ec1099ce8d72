"""An event loop that connects to nobody but whom the member was told of.

A server may send its client elsewhere, a proxy may stand in the environment, a library may call home: none of it gets
past here, since every connection of a library's asynchronous client is made by its loop.
"""

import asyncio
import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies


class Elsewhere(OSError):
    """A connection to somebody else was wanted."""


class Fence(asyncio.SelectorEventLoop):
    """Connects to one host only, or through a proxy to it; if that is this machine, to this machine only."""

    def __init__(self, address: str) -> None:
        """Let through what goes to `address`."""
        super().__init__()
        self._hosts = {urlsplit(address).hostname or ""}
        self._here = is_here(address)
        if not self._here:
            self._hosts |= {urlsplit(proxy).hostname or "" for proxy in getproxies().values()}
        self._known: set[str] = set()

    async def getaddrinfo(self, host: Any, port: Any, **options: Any) -> Any:
        """Find the numbers of a host that may be connected to."""
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name not in self._hosts and not self._is_open(name):
            raise Elsewhere("not the host that was agreed to")
        found = await super().getaddrinfo(host, port, **options)
        self._known |= {entry[4][0] for entry in found}
        return found

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Connect, where it may."""
        if not self._is_open(address[0]):
            raise Elsewhere("not the host that was agreed to")
        await super().sock_connect(sock, address)

    def _is_open(self, number: str) -> bool:
        return is_loopback(number) if self._here else number in self._known | self._hosts


def is_here(address: str) -> bool:
    """Say whether `address` is on this machine."""
    host = urlsplit(address).hostname or ""
    return host == "localhost" or is_loopback(host)


def is_loopback(number: str) -> bool:
    """Say whether `number` is one by which this machine reaches itself."""
    try:
        return ipaddress.ip_address(number).is_loopback
    except ValueError:
        return False

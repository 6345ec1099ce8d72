"""An event loop that connects to nobody but whom the member was told of.

A server may send its client elsewhere, a proxy may stand in the environment, a library may call home: none of it gets
past here, since every connection of a library's asynchronous client is made by its loop.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

_PORTS = {"http": 80, "https": 443}


class Elsewhere(OSError):
    """A connection to somebody else was wanted."""

    def __init__(self) -> None:
        """Name nobody: the address is told where it is shown anyway."""
        super().__init__("not the host that was agreed to")


class Fence(asyncio.SelectorEventLoop):
    """Connects to one host at one port only, or through a proxy to it; if that is this machine, to nobody else."""

    def __init__(self, address: str) -> None:
        """Let through what goes to `address`."""
        super().__init__()
        self._here = is_here(address)
        self._places = {_place(address)}
        if not self._here:
            self._places |= set(_proxies())
        self._known: set[tuple[str, int]] = set()

    async def getaddrinfo(self, host: Any, port: Any, **options: Any) -> Any:
        """Find the numbers of a host that may be connected to."""
        name = host.decode() if isinstance(host, bytes) else str(host)
        if (name, port) not in self._places and not self._is_open(name, port):
            raise Elsewhere
        found = await super().getaddrinfo(host, port, **options)
        self._known |= {entry[4][:2] for entry in found}
        return found

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Connect, where it may."""
        if not self._is_open(*address[:2]):
            raise Elsewhere
        await super().sock_connect(sock, address)

    def _is_open(self, number: str, port: int) -> bool:
        if self._here:
            return is_loopback(number) and port in {port for _, port in self._places}
        return (number, port) in self._known | self._places


def _proxies() -> Iterator[tuple[str, int]]:
    """Give where the proxies are that the environment names; one that cannot be read is none."""
    for kind, proxy in getproxies().items():
        with suppress(ValueError):
            if kind != "no":
                yield _place(proxy if "//" in proxy else f"http://{proxy}")


def _place(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    return parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 80)


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

"""The address guard: everything that goes out because somebody else said so passes here first.

A name is resolved once, every number it has is checked, and the connection goes to a checked number;
so an answer that changes between the check and the connection changes nothing. It opens no connection.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence

from watchers.errors import AddressRefused, FetchError
from watchers.fetchers.addresses import Target, inner_name, inner_number, refused, target

PORTS = frozenset({80, 443, 8080, 8443})
LOOPBACK = "this machine itself"

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


async def system_resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the numbers the operating system knows for a name, in its order of preference."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Decides which addresses may be asked, and which numbers may be connected to.

    `allowed` is the operator's own list of exceptions, as `host` (any port) or `host:port`; an allowed
    name may lead anywhere. `allow_loopback` lets this machine be asked at any port, for demos and tests.
    """

    def __init__(
        self,
        *,
        allowed: Iterable[str] = (),
        allow_loopback: bool = False,
        ports: Iterable[int] = PORTS,
        resolve: Resolve = system_resolve,
    ) -> None:
        self._allowed = frozenset(entry.lower() for entry in allowed)
        self._allow_loopback = allow_loopback
        self._ports = frozenset(ports)
        self._resolve = resolve

    def check(self, address: str) -> Target:
        """Read an address and refuse it if its letters alone say that it must not be asked."""
        leads_to = target(address)
        why = self._objection(leads_to)
        if why:
            raise refused(address, why)
        return leads_to

    async def numbers(self, host: str, port: int) -> tuple[str, ...]:
        """Return the checked numbers of a host, to be connected to as they are; resolve it once.

        Raises `AddressRefused` when any one of them is inner, `FetchError` when the name is unknown.
        """
        asked = Target("", host.lower().strip("[]"), port)
        why = self._objection(asked)
        if why:
            raise AddressRefused(f"{host}: refused, {why}")
        found = (asked.host,) if asked.literal else await self._look_up(asked)
        for number in found:
            self._check_number(asked, number)
        return found

    def _objection(self, asked: Target) -> str:
        """Say why a target must not be asked, before any name is resolved."""
        if self._is_allowed(asked):
            return ""
        inner = inner_number(asked.host) if asked.literal else inner_name(asked.host)
        if self._allow_loopback and (inner == LOOPBACK or asked.host == "localhost"):
            return ""
        if inner:
            return f"it leads to {inner}" if asked.literal else inner
        return "" if asked.port in self._ports else f"port {asked.port} is not one for web pages"

    async def _look_up(self, asked: Target) -> tuple[str, ...]:
        try:
            found = tuple(await self._resolve(asked.host, asked.port))
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{asked.host}: the name is not known, or name service is down", unreached=True) from error
        if not found:
            raise FetchError(f"{asked.host}: the name has no address")
        return found

    def _check_number(self, asked: Target, number: str) -> None:
        inner = inner_number(number)
        own = asked.literal or asked.host == "localhost"  # a stranger's name for this machine stays refused
        if not inner or self._is_allowed(asked) or (self._allow_loopback and inner == LOOPBACK and own):
            return
        raise AddressRefused(f"{asked.host}: refused, it leads to {inner} ({number})")

    def _is_allowed(self, asked: Target) -> bool:
        return asked.host in self._allowed or f"{asked.host}:{asked.port}" in self._allowed

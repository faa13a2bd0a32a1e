"""Manners towards a host: one at a time in a steady pace, and no return before the time it asked for.

Shared by all workers of a process. It fetches nothing and reads no robots.txt.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from watchers.errors import FetchError

REMEMBERED = 4096  # hosts, before those with nothing to remember are forgotten


@dataclass(slots=True)
class _Host:
    """What is remembered of a host; times are those of the clock."""

    seats: asyncio.Semaphore
    gap: float
    next_start: float = float("-inf")
    held_until: float = float("-inf")
    guests: int = field(default=0)


class Politeness:
    """Lets requests to one host in, at most `together` at once and one every `gap` seconds.

    A host that asked us to wait longer than `patience` seconds is not waited for: `FetchError` says when to return.
    """

    def __init__(
        self,
        *,
        gap: float = 1.0,
        together: int = 2,
        patience: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = gap
        self._together = together
        self._patience = patience
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for a turn with a host and hold it; raises `FetchError` when the host wants more patience."""
        host = self._host(name)
        self._check_patience(name, host)
        host.guests += 1
        try:
            async with host.seats:
                await self._wait(name, host)
                yield
        finally:
            host.guests -= 1

    def hold(self, name: str, seconds: float) -> None:
        """Remember that a host asked not to be asked again for so many seconds."""
        host = self._host(name)
        host.held_until = max(host.held_until, self._clock() + seconds)

    def slow_down(self, name: str, gap: float) -> None:
        """Leave at least so many seconds between two requests to a host, as its robots.txt asks."""
        host = self._host(name)
        host.gap = max(host.gap, gap)

    async def _wait(self, name: str, host: _Host) -> None:
        """Sleep until the pace and the host's own wish allow a request, and take that moment."""
        self._check_patience(name, host)
        now = self._clock()
        start = max(now, host.next_start, host.held_until)
        host.next_start = start + host.gap
        if start > now:
            await self._sleep(start - now)

    def _check_patience(self, name: str, host: _Host) -> None:
        left = host.held_until - self._clock()
        if left > self._patience:
            raise FetchError(f"{name}: asked us to stay away for another {left:.0f} seconds", retry_after=left)

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            if len(self._hosts) >= REMEMBERED:
                self._forget()
            self._hosts[name] = _Host(asyncio.Semaphore(self._together), self._gap)
        return self._hosts[name]

    def _forget(self) -> None:
        """Drop the hosts that nobody is at and that asked for nothing that still holds."""
        now = self._clock()
        self._hosts = {
            name: host
            for name, host in self._hosts.items()
            if host.guests or max(host.next_start, host.held_until) > now
        }

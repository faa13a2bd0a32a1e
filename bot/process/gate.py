"""The gate of a web server: how many connections there are at once, and how long each part of a request may take.

A request's head, its body and its answer have a time each, whatever dribbles in meanwhile. When all places are taken,
the connection that has waited longest for a head is closed: who asks at once always gets in. It reads no request.
"""

from __future__ import annotations

import asyncio
import resource
from collections import Counter
from collections.abc import Mapping
from enum import Enum
from ipaddress import ip_address
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

DESCRIPTORS = 65_536
"""So many open files are asked of the system, where it grants them; the usual 1,024 are soon taken."""

CONNECTIONS = 1_000
"""Connections at once, at most; never more than half of the descriptors: looks, chats and the database need theirs."""

FROM_ONE = 100
"""Connections from one public address; behind a proxy all come from its own, which is private."""


class Phase(Enum):
    """What a connection does."""

    HEAD = "head"  # from the first byte, or from the last answer, to the end of the head
    BODY = "body"
    ANSWER = "answer"  # until the last byte of it is taken


TIMES: Mapping[Phase, float] = {Phase.HEAD: 10.0, Phase.BODY: 20.0, Phase.ANSWER: 120.0}
"""The seconds each part of a request may take."""


class Gate:
    """Who is connected to one server."""

    def __init__(
        self, connections: int = CONNECTIONS, from_one: int = FROM_ONE, times: Mapping[Phase, float] = TIMES
    ) -> None:
        self.times = times
        self._most = connections
        self._from_one = from_one
        self._inside: set[Gated] = set()
        self._waiting: dict[Gated, None] = {}  # for a head, the longest first
        self._addresses: Counter[str] = Counter()

    def admits(self, one: Gated, address: str) -> bool:
        """Let a connection in, or not; the one that has waited longest makes room for it."""
        if _is_public(address) and self._addresses[address] >= self._from_one:
            return False
        if len(self._inside) >= self._most:
            if not self._waiting:
                return False
            oldest = next(iter(self._waiting))
            self.leaves(oldest)
            oldest.close()
        self._inside.add(one)
        self._addresses[address] += 1
        return True

    def waits(self, one: Gated, waits: bool) -> None:
        """Note whether a connection waits for a head."""
        self._waiting.pop(one, None)
        if waits and one in self._inside:
            self._waiting[one] = None

    def leaves(self, one: Gated) -> None:
        """Forget a connection."""
        self._waiting.pop(one, None)
        if one in self._inside:
            self._inside.remove(one)
            self._addresses[one.address] -= 1
            self._addresses += Counter()  # without those that are at nought


class Gated(H11Protocol):
    """One connection, with a time for each part of a request."""

    def __init__(self, gate: Gate, **given: Any) -> None:
        super().__init__(**given)
        self._gate = gate
        self._phase: Phase | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.address = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Come in, if there is room."""
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        if self._gate.admits(self, self.address):
            self._time()
        else:
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave."""
        self._rest()
        self._gate.leaves(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        super().data_received(data)
        self._time()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._time()

    def close(self) -> None:
        """Close at once, without a word."""
        self._rest()
        self.transport.abort()

    def _time(self) -> None:
        """Give the part of the request that begins its time; one that goes on has no more."""
        if self.transport.is_closing():
            return
        phase = _PHASES.get(self.conn.their_state, Phase.ANSWER)
        if phase is self._phase:
            return
        self._rest()
        self._phase = phase
        self._timer = self.loop.call_later(self._gate.times[phase], self.close)
        self._gate.waits(self, phase is Phase.HEAD)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


_PHASES = {h11.IDLE: Phase.HEAD, h11.SEND_BODY: Phase.BODY}


def room() -> int:
    """Have the system grant more open files where it does, and return how many connections that leaves room for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return min(CONNECTIONS, soft // 2)


def _is_public(address: str) -> bool:
    try:
        return ip_address(address.partition("%")[0]).is_global
    except ValueError:
        return False

"""The engine: who is called when there is work, after the transaction that made it, and one at a time a key.

The rows are the truth; an engine only carries the word that there is something to do, so a call that is
lost with its process is made again by the next tick. Two engines keep the same contract: `Pump` here, in
one process on SQLite, and `engines.procrastinate` in any number of processes on PostgreSQL.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

WIDTH = 8
"""Calls of one task that run side by side in a process, where nothing else is said."""

PATIENCE = 8.0
"""Seconds a running call gets to finish when we are told to stop; hosts kill after ten to thirty."""

Failed = Callable[["Call", Exception], None]


@dataclass(frozen=True, slots=True)
class Call:
    """A task to be called for a key. Calls of one task and key never run at the same time."""

    task: str
    key: str

    @property
    def lock(self) -> str:
        """Return what only one running call may hold."""
        return f"{self.task}:{self.key}"


@dataclass(frozen=True, slots=True)
class Task:
    """What is called: it is given the key (a host, a channel) and finds its work in the rows.

    `width` calls run side by side in a process. Each task has a lane of its own, so that looks which
    wait for slow sites hold up no delivery.
    """

    run: Callable[[str], Awaitable[object]]
    width: int = WIDTH


class Engine(Protocol):
    """Three methods: say that there is work, do it, and close."""

    async def call(self, connection: AsyncConnection, calls: Sequence[Call]) -> None:
        """Have tasks called once the transaction of this connection is committed, and never if it is undone.

        A call that is waiting already is not made twice; where the commit itself fails one may find nothing to do.
        """

    async def work(self, tasks: Mapping[str, Task], stop: asyncio.Event) -> None:
        """Call tasks until `stop` is set; then give the calls that run `PATIENCE` to finish, and return.

        A call that does not finish in time is broken off: a task leaves its rows so that this loses nothing.
        """

    async def close(self) -> None:
        """Let go of what it holds open."""


class Pump:
    """The embedded engine: calls wait in memory and run in this process."""

    def __init__(self, failed: Failed | None = None, *, patience: float = PATIENCE) -> None:
        self._waiting: defaultdict[str, dict[Call, None]] = defaultdict(dict)  # by task, in order
        self._running: dict[Call, asyncio.Task[None]] = {}
        self._failed = failed
        self._patience = patience
        self._woken = asyncio.Event()

    @property
    def busy(self) -> bool:
        """Tell whether a call waits or runs."""
        return bool(any(self._waiting.values()) or any(not task.done() for task in self._running.values()))

    async def call(self, connection: AsyncConnection, calls: Sequence[Call]) -> None:
        """Have tasks called once the transaction is committed."""
        sync = connection.sync_connection
        assert sync is not None

        def committed(_: object) -> None:
            for call in calls:
                self._waiting[call.task][call] = None
            self._woken.set()

        # the listener lives as long as the connection's checkout, so an undone transaction takes it along; it hears of
        # a commit just before, and what it calls waits in the database for the end of that transaction
        event.listen(sync, "commit", committed, once=True)

    async def work(self, tasks: Mapping[str, Task], stop: asyncio.Event) -> None:
        """Call tasks until told to stop."""
        stopping = asyncio.ensure_future(stop.wait())
        while not stop.is_set():
            self._woken.clear()
            self._start(tasks)
            woken = asyncio.ensure_future(self._woken.wait())
            await asyncio.wait({stopping, woken, *self._running.values()}, return_when=asyncio.FIRST_COMPLETED)
            woken.cancel()
            self._reap()
        stopping.cancel()
        await self._finish()

    async def close(self) -> None:
        """Hold nothing open."""

    async def _finish(self) -> None:
        if self._running:
            _, late = await asyncio.wait(self._running.values(), timeout=self._patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._reap()

    def _start(self, tasks: Mapping[str, Task]) -> None:
        busy = Counter(call.task for call in self._running)
        for name, waiting in self._waiting.items():
            free = tasks[name].width - busy[name]
            # a few wait for their like that runs: what is looked at is no more than what may run
            for call in list(islice((call for call in waiting if call not in self._running), free)):
                del waiting[call]
                self._running[call] = asyncio.ensure_future(self._run(tasks[name], call))

    async def _run(self, task: Task, call: Call) -> None:
        try:
            await task.run(call.key)
        except Exception as error:  # the rows still say what is due: the next tick calls again
            if self._failed is not None:
                self._failed(call, error)

    def _reap(self) -> None:
        self._running = {call: task for call, task in self._running.items() if not task.done()}

"""Errands: finds in the rows what is due, and has the engine call for it: a look a host, a telling a channel.

Nothing is looked at or sent here, and nothing is remembered: any number of processes may ask at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive import looks
from storage.database.connection import Database
from storage.deliveries import claims, webhooks
from storage.deliveries.engine import Call, Engine

LOOK, TELL, POST, TEND = "look", "tell", "post", "tend"
"""The tasks: look at a host, tell a channel, post to a webhook, tend the house (by the name of a chore)."""

MOST = 500
"""How many documents or channels one tick takes up; the next tick takes the others."""


class Errands:
    """Has tasks called for what is due."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine

    async def looks(self, now: datetime, limit: int = MOST) -> int:
        """Have the hosts looked at whose documents are due; return how many.

        The documents are taken for a while in the same transaction, so the next tick passes them over; if
        the call is lost they are due again.
        """
        async with self._database.write() as connection:
            hosts = await looks.take_hosts(connection, now, limit)
            await self._engine.call(connection, [Call(LOOK, host) for host in hosts])
        return len(hosts)

    async def tells(self, now: datetime, limit: int = MOST) -> int:
        """Have the channels told that something is due to; return how many."""
        async with self._database.read() as connection:
            channels = await claims.ready(connection, now, limit)
        if channels:
            async with self._database.write() as connection:
                await self._engine.call(connection, [Call(TELL, channel) for channel in channels])
        return len(channels)

    async def posts(self, now: datetime, limit: int = MOST) -> int:
        """Have posted to the webhooks that something is due to; return to how many."""
        async with self._database.read() as connection:
            due = await webhooks.ready(connection, now, limit)
        if due:
            async with self._database.write() as connection:
                await self._engine.call(connection, [Call(POST, webhook) for webhook in due])
        return len(due)

    async def tend(self, chores: Iterable[str]) -> None:
        """Have chores done: one process does each of them at a time."""
        async with self._database.write() as connection:
            await self._engine.call(connection, [Call(TEND, chore) for chore in chores])


async def call_about(connection: AsyncConnection, engine: Engine, subjects: Sequence[str]) -> None:
    """Have told and posted what this transaction has queued about these subjects, when it is committed.

    Very many are left to the next ticks.
    """
    channels = await claims.due_about(connection, subjects, MOST)
    posted = await webhooks.due_about(connection, subjects, MOST)
    await engine.call(connection, [*(Call(TELL, one) for one in channels), *(Call(POST, one) for one in posted)])

"""Many processes queue the same calls at once on PostgreSQL, in whatever order each of them comes upon them."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.connection import Database
from storage.deliveries.engine import Call
from storage.deliveries.engines.procrastinate import TRIES, Procrastinate
from tests.storage.queueing import queueing

WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
QUEUED = text("SELECT queueing_lock FROM procrastinate_jobs ORDER BY queueing_lock")


async def _until_waiting(database: Database, transactions: int) -> None:
    """Come back when so many transactions wait for another one."""
    async with asyncio.timeout(60):
        while True:
            async with database.read() as connection:
                if (await connection.execute(WAITING)).scalar() == transactions:
                    return


def _calls(*keys: str) -> list[Call]:
    return [Call("tell", key) for key in keys]


async def _call(database: Database, engine: Procrastinate, *keys: str) -> None:
    async with database.write() as connection:
        await engine.call(connection, _calls(*keys))


async def _queued(connection: AsyncConnection) -> list[str]:
    return list((await connection.execute(QUEUED)).scalars())


async def test_two_who_queue_the_same_calls_in_two_orders_do_not_wait_for_each_other(postgres_url: str) -> None:
    async with queueing(postgres_url) as (database, engine):
        async with database.engine.connect() as third:
            transaction = await third.begin()
            await engine.call(third, _calls("m", "n"))
            one = asyncio.ensure_future(_call(database, engine, "z", "m", "a"))
            await _until_waiting(database, 1)
            other = asyncio.ensure_future(_call(database, engine, "a", "n", "z"))
            await _until_waiting(database, 2)
            await transaction.rollback()  # each of the two may go on to what the other has queued already
        await asyncio.gather(one, other)
        async with database.read() as connection:
            assert await _queued(connection) == ["tell:a", "tell:m", "tell:n", "tell:z"]


@pytest.mark.parametrize("rivals", [1, TRIES, TRIES + 2])
async def test_what_others_queue_in_between_is_queued_once_and_the_rest_with_it(postgres_url: str, rivals: int) -> None:
    keys = [f"k{number}" for number in range(rivals)]
    async with queueing(postgres_url) as (database, engine), AsyncExitStack() as stack:
        others = [await stack.enter_async_context(database.engine.connect()) for _ in keys]
        for other, key in zip(others, keys, strict=True):
            await engine.call(other, _calls(key))
        calling = asyncio.ensure_future(_call(database, engine, *keys, "mine"))
        for other in others:  # it waits for one after the other, and each time finds the call queued
            await _until_waiting(database, 1)
            await other.commit()
        await calling
        async with database.read() as connection:
            assert await _queued(connection) == [*(f"tell:{key}" for key in keys), "tell:mine"]

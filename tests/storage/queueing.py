"""An engine on PostgreSQL whose queue is empty, for tests of queueing; what waits in it is for them to put there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from storage.database.connection import Database, open_database
from storage.deliveries.engines.procrastinate import Procrastinate


@asynccontextmanager
async def queueing(url: str) -> AsyncIterator[tuple[Database, Procrastinate]]:
    """Open the database there and an engine on it whose queue is empty; both are closed at the end."""
    database = await open_database(url)
    engine = Procrastinate(database.address)
    await engine.open()
    await empty(database)
    yield database, engine
    await engine.close()
    await database.close()


async def empty(database: Database) -> None:
    """Remove all jobs, as no test may meet those of the one before."""
    async with database.write() as connection:
        await connection.execute(text("TRUNCATE procrastinate_jobs RESTART IDENTITY CASCADE"))

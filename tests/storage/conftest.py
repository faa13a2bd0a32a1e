"""The stores the contract tests run on: each test with `world` runs on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import cache

import pytest
from sqlalchemy import text

from storage.archive.archive import Archive
from storage.archive.models import Row
from storage.audience.audience import Channel
from storage.audience.store import Audience
from storage.database.connection import Database, open_database
from storage.deliveries.ledger import Ledger
from tests.storage.world import MEMORY, NOON, PRIVACY, TERMS, Place, World, document, first, platform


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        database = await open_database("sqlite://")
    else:
        database = await open_database(request.getfixturevalue("postgres_url"))
        await emptied(database)
    yield database
    await database.close()


@pytest.fixture
def world(database: Database) -> World:
    return World(database, Archive(database, MEMORY), Ledger(database), Audience(database))


async def emptied(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(text(_truncate()))


@cache
def _truncate() -> str:
    return f"TRUNCATE {', '.join(each.name for each in Row.metadata.sorted_tables)} RESTART IDENTITY"


@pytest.fixture
async def channel(world: World) -> Channel:
    await world.archive.sync_catalogue((platform(document(PRIVACY), document(TERMS)),), NOON)
    await world.archive.record_many((first("One."), first("Une.", of=TERMS)))
    return await world.audience.channel(Place(), NOON)

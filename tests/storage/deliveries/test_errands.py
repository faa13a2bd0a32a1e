"""What is due is found in the rows and called for, a host and a channel at a time, however often somebody asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.archive.archive import Archive
from storage.archive.looks import LEASE as LEASE_OF_A_LOOK
from storage.database.connection import Database
from storage.deliveries.delivery import Retry
from storage.deliveries.engine import Engine, Task
from storage.deliveries.engines import open_engine
from storage.deliveries.errands import LOOK, POST, TELL, TEND, Errands
from storage.deliveries.ledger import LEASE
from storage.deliveries.webhooks import Webhooks
from tests.storage.queueing import empty
from tests.storage.world import MEMORY, NOON, Place, World, after, changed, document, first, platform

PRIVACY, TERMS, ELSEWHERE = "birdsong/privacy-policy", "birdsong/terms", "otter/terms"


@pytest.fixture
async def engine(database: Database) -> AsyncIterator[Engine]:
    engine = await open_engine(database)
    if not database.sqlite:
        await empty(database)
    yield engine
    await engine.close()


@pytest.fixture
async def errands(world: World, engine: Engine) -> Errands:
    documents = platform(document(PRIVACY), document(TERMS)), platform(document(ELSEWHERE), identity="otter")
    await world.archive.sync_catalogue(documents, NOON)
    return Errands(world.database, engine)


async def called(engine: Engine, wanted: int) -> list[str]:
    """Let the engine work until so much has been called, and return what it was."""
    keys: list[str] = []
    stop = asyncio.Event()

    def noting(task: str) -> Task:
        async def note(key: str) -> None:
            keys.append(f"{task} {key}")
            if len(keys) >= wanted:
                stop.set()

        return Task(note)

    async with asyncio.timeout(60):
        await engine.work({task: noting(task) for task in (LOOK, TELL, POST, TEND)}, stop)
    return sorted(keys)


async def test_a_host_is_called_once_for_all_that_is_due_on_it(errands: Errands, engine: Engine) -> None:
    assert await errands.looks(NOON) == 2
    assert await errands.looks(NOON) == 0
    assert await called(engine, 2) == ["look birdsong.example", "look otter.example"]


async def test_what_was_called_for_and_not_looked_at_is_due_again(errands: Errands, world: World) -> None:
    await errands.looks(NOON)
    assert await errands.looks(NOON + LEASE_OF_A_LOOK) == 2
    await world.archive.release()
    assert await errands.looks(NOON + LEASE_OF_A_LOOK + timedelta(seconds=1)) == 2


async def test_a_host_has_its_due_documents_and_no_others(errands: Errands, world: World) -> None:
    await errands.looks(NOON)
    assert [due.document.id for due in await world.archive.due_on("birdsong.example", NOON)] == [PRIVACY, TERMS]
    await world.archive.record(first("One."))
    assert [due.document.id for due in await world.archive.due_on("birdsong.example", NOON)] == [TERMS]
    assert await world.archive.due_on("nowhere.example", NOON) == ()


async def test_a_channel_is_called_in_the_transaction_of_what_it_is_due(
    errands: Errands, world: World, engine: Engine
) -> None:
    channel = await world.audience.channel(Place(), NOON)
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    archive = Archive(world.database, MEMORY, engine=engine)
    await archive.record(first("One."))
    await archive.record(changed("Two.", after(hours=1)))
    assert await called(engine, 1) == [f"tell {channel.id}"]


async def test_a_webhook_is_called_in_the_transaction_of_what_it_is_due_and_found_until_it_was_posted_to(
    errands: Errands, world: World, engine: Engine
) -> None:
    channel = await world.audience.channel(Place(), NOON)
    await world.audience.watch(channel.id, "birdsong", ping=False, now=NOON)
    webhooks = Webhooks(world.database)
    webhook, _ = await webhooks.add("console:home", "https://hooks.example/in", NOON)
    archive = Archive(world.database, MEMORY, engine=engine)
    await archive.record(first("One."))
    assert await errands.posts(after(hours=1)) == 0
    await archive.record(changed("Two.", after(hours=1)))
    assert await called(engine, 1) == [f"post {webhook.id}"]
    assert await errands.posts(after(hours=1)) == 1
    (posting,) = await webhooks.claim(after(hours=1), 1, webhook.id)
    assert await errands.posts(after(hours=1)) == 0
    await webhooks.settle(posting, Retry(after(hours=2), "busy"), after(hours=1))
    assert await errands.posts(after(hours=2)) == 1
    assert await webhooks.claim(after(hours=2), 1, "another") == ()


async def test_a_channel_is_found_until_it_was_told(errands: Errands, world: World, engine: Engine) -> None:
    channel = await world.audience.channel(Place(), NOON)
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.archive.record(first("One."))
    assert await errands.tells(after(hours=1)) == 0
    await world.archive.record(changed("Two.", after(hours=1)))
    assert await errands.tells(after(hours=1)) == 1
    assert await called(engine, 1) == [f"tell {channel.id}"]
    (taken,) = await world.ledger.claim(after(hours=1), 1, channel.id)
    assert await errands.tells(after(hours=1)) == 0
    assert await world.ledger.recover(after(hours=1) + LEASE, LEASE) == 1
    assert await errands.tells(after(hours=1) + LEASE) == 1
    assert (await world.ledger.claim(after(hours=2), 1, channel.id))[0].id == taken.id


async def test_only_the_channel_that_is_asked_for_is_claimed(errands: Errands, world: World) -> None:
    channels = [await world.audience.channel(Place(channel=name), NOON) for name in ("general", "legal")]
    for channel in channels:
        await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.archive.record(first("One."))
    await world.archive.record(changed("Two.", after(hours=1)))
    (claimed,) = await world.ledger.claim(after(hours=1), 5, channels[1].id)
    assert claimed.channel.id == channels[1].id


async def test_a_chore_that_waits_is_not_called_twice(errands: Errands, engine: Engine) -> None:
    await errands.tend(("digests",))
    await errands.tend(("digests", "roots"))
    assert await called(engine, 2) == ["tend digests", "tend roots"]

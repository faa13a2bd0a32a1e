"""A change is recalled the day before it takes effect, as long as the document still says so."""

from __future__ import annotations

from datetime import date

import pytest

from storage.audience.audience import Channel
from tests.storage.world import NOON, Place, World, after, changed, document, first, platform

DOCUMENT = "birdsong/privacy-policy"
DAY = after(days=10).date()
EVE = after(days=9, hours=1)


@pytest.fixture
async def channel(world: World) -> Channel:
    await world.archive.sync_catalogue((platform(document(DOCUMENT)),), NOON)
    await world.archive.record(first("One."))
    channel = await world.audience.channel(Place(), NOON)
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    return channel


async def announced(world: World, hour: float, text: str, effective: date | None) -> None:
    await world.archive.record(changed(text, after(hours=hour), effective=effective))


async def test_what_is_announced_last_is_recalled_whatever_was_announced_before(world: World, channel: Channel) -> None:
    await announced(world, 1, "Two.", after(days=3).date())
    await announced(world, 2, "Three.", DAY)
    assert await world.ledger.plan_recalls(after(days=2, hours=1)) == 0
    assert await world.ledger.plan_recalls(EVE) == 1


async def test_a_change_that_was_put_off_is_not_recalled_on_the_old_day(world: World, channel: Channel) -> None:
    await announced(world, 1, "Two.", DAY)
    await announced(world, 2, "Three.", after(days=30).date())
    assert await world.ledger.plan_recalls(EVE) == 0
    assert await world.ledger.plan_recalls(after(days=29, hours=1)) == 1


async def test_a_change_that_was_taken_back_is_not_recalled(world: World, channel: Channel) -> None:
    await announced(world, 1, "Two.", DAY)
    await announced(world, 2, "One.", None)
    assert await world.ledger.plan_recalls(EVE) == 0


async def test_later_words_that_leave_it_standing_do_not_keep_a_change_from_being_recalled(
    world: World, channel: Channel
) -> None:
    await announced(world, 1, "Two.", DAY)
    await announced(world, 2, "Three.", None)
    assert await world.ledger.plan_recalls(EVE) == 1


async def test_what_is_taken_back_after_a_recall_was_queued_holds_no_longer(world: World, channel: Channel) -> None:
    await announced(world, 1, "Two.", DAY)
    (change,) = await world.archive.changes()
    assert await world.ledger.plan_recalls(EVE) == 1
    assert await world.ledger.still_holds(change.id)
    await world.archive.record(changed("One.", after(days=9, hours=2)))
    assert not await world.ledger.still_holds(change.id)

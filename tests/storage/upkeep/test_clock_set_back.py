"""A clock that ran ahead and was set back: nothing is dropped by it, and nothing is left out of a digest after it."""

from __future__ import annotations

import pytest

from bot.process.tidying import tidy_up
from storage.audience.audience import Channel, Rhythm, Slot
from storage.deliveries.delivery import Kind
from tests.storage.world import NOON, Place, World, after, changed, document, first, look, platform
from watchers.model import Outcome

DOCUMENT = "birdsong/privacy-policy"


@pytest.fixture
async def channel(world: World) -> Channel:
    await world.archive.sync_catalogue((platform(document(DOCUMENT)),), NOON)
    await world.archive.record(first("One."))
    channel = await world.audience.channel(Place(), NOON)
    await world.audience.set_slot(channel.id, Slot(Rhythm.DAILY, 0, 9), NOON)
    return channel


async def test_changes_seen_after_it_was_set_back_are_in_the_next_digest(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.ledger.plan_digests(after(hours=22))
    await world.ledger.plan_digests(after(days=40))
    await world.ledger.recover(after(hours=23))
    await world.archive.record(changed("Two.", after(hours=24)))
    assert len((await world.ledger.digest_now(channel.id, after(hours=25))).told) == 1


async def test_a_day_it_brought_before_its_time_has_its_digest_when_it_comes(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.ledger.plan_digests(after(days=3))
    for hours in (1, 2):
        await world.ledger.recover(after(hours=hours))
    await world.archive.record(changed("Two.", after(days=2, hours=6)))
    assert await world.ledger.plan_digests(after(days=3)) == 1
    early, due = await world.ledger.of_channel(channel.id, Kind.DIGEST)
    assert early.day == due.day
    assert len((await world.ledger.digest(due)).told) == 1
    assert (await world.ledger.digest(early)).told == ()


async def test_the_slots_before_those_it_passed_are_not_left_out(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.ledger.plan_digests(after(days=3))
    await world.ledger.recover(after(hours=2))
    assert [await world.ledger.plan_digests(after(days=days)) for days in (0.5, 1, 2, 3)] == [0, 1, 1, 1]


async def test_a_day_it_brought_by_hours_has_no_second_digest(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.ledger.plan_digests(after(hours=22))
    await world.ledger.recover(after(hours=12))
    assert await world.ledger.plan_digests(after(hours=23)) == 0


async def test_a_watch_that_was_added_by_it_holds_from_now_on(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=after(days=40))
    await world.ledger.recover(after(hours=1))
    await world.archive.record(changed("Two.", after(hours=2)))
    assert len((await world.ledger.digest_now(channel.id, after(hours=3))).told) == 1


async def test_words_that_were_held_back_by_it_wait_no_longer_than_others(world: World, channel: Channel) -> None:
    await world.archive.record(look(Outcome.HELD, after(days=40), reading=changed("Two.", NOON).reading))
    await world.ledger.recover(after(hours=1))
    assert (await world.archive.past(DOCUMENT)).held_since == after(hours=1)


async def test_a_clock_that_jumps_ahead_ends_no_mute_and_forgets_nobody(world: World, channel: Channel) -> None:
    await world.audience.mute(channel.id, "birdsong", after(days=9), now=NOON)
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.audience.leave("console:home", after(hours=1))
    await world.archive.record(look(Outcome.UNCHANGED, after(hours=2)))
    assert "nothing yet" in await tidy_up(world.database, after(days=60))
    await world.archive.record(look(Outcome.UNCHANGED, after(days=60)))
    assert "nothing yet" in await tidy_up(world.database, after(days=60, hours=5))
    assert (await world.audience.watches(channel.id, after(days=1)))[0].muted_until == after(days=9)


async def test_a_clock_that_has_run_for_a_day_forgets_who_left_long_ago(world: World, channel: Channel) -> None:
    await world.audience.leave("console:home", after(hours=1))
    await world.archive.record(look(Outcome.UNCHANGED, after(days=39)))
    assert "forgotten workspaces: 1" in await tidy_up(world.database, after(days=40))

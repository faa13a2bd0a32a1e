"""Digests and recalls: due once a slot, holding what changed, losing nothing that nobody got."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from storage.audience.audience import Channel, Rhythm, Slot
from storage.deliveries.delivery import Dead, Kind, Paused, Sent, State
from tests.storage.world import (
    NOON,
    World,
    after,
    changed,
    claim_one,
    look,
    told,
    touch,
)
from watchers.model import Outcome, Significance


async def a_digest_planned(world: World, channel: Channel) -> None:
    """Let a digest be planned after 21 hours that holds one change, of which no ping was told."""
    await world.audience.watch(channel.id, "birdsong", ping=False, now=NOON)
    await world.audience.set_slot(channel.id, Slot(Rhythm.DAILY, 0, 9), NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    await world.ledger.plan_digests(after(hours=21))


async def test_a_digest_is_due_once_a_slot_and_holds_what_changed(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    daily = Slot(Rhythm.DAILY, 0, 9, 0, "Europe/Berlin")
    assert await world.audience.set_slot(channel.id, daily, NOON) == after(hours=20)
    await world.archive.record(changed("Two.", after(hours=1)))
    await world.ledger.settle((await claim_one(world)).id, Sent("m1"), after(hours=1))
    await world.archive.record(changed("Three.", after(hours=2), significance=Significance.COSMETIC))
    assert await world.ledger.plan_digests(after(hours=19)) == 0
    assert await world.ledger.plan_digests(after(hours=20)) == 1
    assert await world.ledger.plan_digests(after(hours=20)) == 0
    digest = await claim_one(world, 20)
    assert (digest.kind, digest.subject, digest.late) == (Kind.DIGEST, "2026-03-03", False)
    content = await world.ledger.digest(digest)
    assert [(each.pinged_at, each.acked_by) for each in content.told] == [(after(hours=1), "")]
    assert content.documents == 2
    await world.ledger.settle(digest.id, Sent("d1"), after(hours=20))
    assert await world.ledger.plan_digests(after(hours=44)) == 1
    assert (await world.ledger.digest(await claim_one(world, 44))).told == (), "each change is in one digest"


async def test_a_digest_moved_to_a_later_hour_of_its_day_comes_again_on_that_day(
    world: World, channel: Channel
) -> None:
    await world.audience.watch(channel.id, "birdsong", ping=False, now=NOON)
    await world.audience.set_slot(channel.id, Slot(Rhythm.DAILY, 0, 13), NOON)
    await world.ledger.plan_digests(after(hours=1))
    first = await claim_one(world, 1)
    await world.ledger.settle(first.id, Sent("d1"), after(hours=1))
    await world.archive.record(changed("Two.", after(hours=2)))
    assert await world.audience.set_slot(channel.id, Slot(Rhythm.DAILY, 0, 17), after(hours=3)) == after(hours=5)
    assert await world.ledger.plan_digests(after(hours=5)) == 1
    second = await claim_one(world, 5)
    assert (second.day, second.id == first.id) == (first.day, False)
    assert len((await world.ledger.digest(second)).told) == 1


async def test_a_day_that_comes_again_in_a_zone_further_west_has_its_digest_there(
    world: World, channel: Channel
) -> None:
    await world.audience.watch(channel.id, "birdsong", ping=False, now=NOON)
    await world.audience.set_slot(channel.id, Slot(Rhythm.DAILY, 0, 9, 0, "Pacific/Auckland"), NOON)
    await world.ledger.plan_digests(after(hours=9))
    first = await claim_one(world, 9)
    await world.ledger.settle(first.id, Sent("d1"), after(hours=9))
    await world.audience.set_slot(channel.id, Slot(Rhythm.DAILY, 0, 23, 0, "America/New_York"), after(hours=10))
    days = []
    for hours in (16, 40):
        assert await world.ledger.plan_digests(after(hours=hours)) == 1
        digest = await claim_one(world, hours)
        await world.ledger.settle(digest.id, Sent(f"d{hours}"), after(hours=hours))
        days.append(digest.day)
    assert days == [first.day - timedelta(days=1), first.day]


async def test_what_a_digest_held_that_nobody_got_is_in_the_next_one(world: World, channel: Channel) -> None:
    await a_digest_planned(world, channel)
    await world.ledger.settle((await claim_one(world, 21)).id, Dead("gave up"), after(hours=46))
    await world.ledger.plan_digests(after(hours=47))
    digest = await claim_one(world, 47)
    assert len((await world.ledger.digest(digest)).told) == 1


async def test_what_a_digest_held_is_not_lost_when_its_channel_was_closed_too_long(
    world: World, channel: Channel
) -> None:
    await a_digest_planned(world, channel)
    await world.audience.pause_channel(channel.id, "archived", after(hours=22))
    await world.audience.resume_channel(channel.id, after(days=9))
    assert len((await world.ledger.digest_now(channel.id, after(days=9))).told) == 1


async def test_a_digest_that_may_have_arrived_is_looked_for_however_long_its_channel_was_closed(
    world: World, channel: Channel
) -> None:
    await a_digest_planned(world, channel)
    digest = await claim_one(world, 21)
    await world.ledger.settle(digest.id, Paused("archived", doubtful=True), after(hours=21))
    await world.audience.resume_channel(channel.id, after(days=9))
    assert (await world.ledger.digest_now(channel.id, after(days=9))).told == (), "its changes keep their place in it"
    again = await claim_one(world, 9 * 24)
    assert (again.id, again.state) == (digest.id, State.UNCERTAIN)


@pytest.mark.parametrize("doubtful", [True, False])
async def test_what_a_digest_held_that_may_have_arrived_is_in_the_next_one_which_says_so(
    world: World, channel: Channel, doubtful: bool
) -> None:
    await world.audience.watch(channel.id, "birdsong", ping=False, now=NOON)
    await world.audience.set_slot(channel.id, Slot(Rhythm.DAILY, 0, 9), NOON)
    for number, hours in enumerate((21, 47, 69)):
        await world.archive.record(changed(f"Edition {number}.", after(hours=hours - 1)))
        await world.ledger.plan_digests(after(hours=hours))
        digest = await claim_one(world, hours)
        content = await world.ledger.digest(digest)
        assert (len(content.told), content.repeated) == ((1, False), (2, doubtful), (1, False))[number]
        outcome = Dead("gave up", doubtful=doubtful) if number == 0 else Sent(f"d{number}")
        await world.ledger.settle(digest.id, outcome, after(hours=hours + 1))


async def test_nobody_hears_of_a_recovery_who_no_longer_watches(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    for hour in range(1, 5):
        await world.archive.record(look(Outcome.FAILED, after(hours=hour), reason="the server does not answer"))
    await world.ledger.settle((await claim_one(world, 5)).id, Sent("b"), after(hours=5))
    await world.audience.unwatch(channel.id, "birdsong", now=after(hours=5))
    await world.archive.record(look(Outcome.UNCHANGED, after(hours=6)))
    assert await told(world, 7) == []


async def test_after_downtime_one_late_digest_comes(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, now=NOON)
    await world.audience.set_slot(channel.id, Slot(Rhythm.DAILY, 0, 9), NOON)
    assert await world.ledger.plan_digests(after(days=5)) == 1
    digest = await claim_one(world, 5 * 24)
    assert (digest.subject, digest.late) == ("2026-03-07", True)
    assert await world.audience.next_digest(channel.id) == after(days=5, hours=21)


async def test_a_look_written_down_after_a_digest_is_in_the_next_one(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, now=NOON)
    await world.audience.set_slot(channel.id, Slot(Rhythm.DAILY, 0, 9), NOON)
    await world.ledger.plan_digests(after(hours=21))
    await world.archive.record(changed("Two.", after(hours=20.9)))
    assert len((await world.ledger.digest_now(channel.id, after(hours=22))).told) == 1


async def test_a_channel_without_watches_gets_no_digest(world: World, channel: Channel) -> None:
    assert await world.ledger.plan_digests(after(days=8)) == 0
    assert await world.audience.next_digest(channel.id) == after(days=13, hours=21)


async def test_a_change_is_recalled_the_day_before_it_takes_effect_once(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.audience.set_slot(channel.id, Slot(Rhythm.WEEKLY, 0, 9, 0, "America/New_York"), NOON)
    await world.archive.record(changed("Two.", after(hours=1), effective=after(days=10).date()))
    await world.ledger.settle((await claim_one(world)).id, Sent("m1"), after(hours=1))
    assert await world.ledger.plan_recalls(after(days=9, hours=0.9)) == 0
    assert await world.ledger.plan_recalls(after(days=9, hours=1)) == 1
    assert await world.ledger.plan_recalls(after(days=9, hours=3)) == 0
    assert (await claim_one(world, 9 * 24 + 3)).kind is Kind.RECALL


async def test_a_change_that_takes_effect_at_once_is_not_recalled(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.archive.record(changed("Two.", after(hours=1), effective=after(days=1).date()))
    assert await world.ledger.plan_recalls(after(hours=2)) == 0


async def test_however_many_plan_at_once_a_slot_gives_one_digest(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, now=NOON)
    planned = await asyncio.gather(*(world.ledger.plan_digests(after(days=8)) for _ in range(6)))
    assert sum(planned) == 1


async def test_a_digest_of_a_provision_holds_no_change_that_does_not_touch_it(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, provision="ai_training", now=NOON)
    await world.archive.record(changed("Two.", after(hours=1), touches=(touch(),)))
    await world.archive.record(changed("Three.", after(hours=2), touches=(touch("arbitration"),)))
    assert len((await world.ledger.digest_now(channel.id, after(hours=3))).told) == 1

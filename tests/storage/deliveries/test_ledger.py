"""Nothing lost, nothing twice: who is told, in which order, and what a crash leaves behind."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.audience.audience import Channel
from storage.deliveries.delivery import Dead, Kind, Paused, Retry, Sent, Silent, State, Uncertain
from storage.deliveries.ledger import Ledger
from tests.storage.world import (
    NOON,
    PRIVACY,
    TERMS,
    Place,
    World,
    after,
    changed,
    claim_one,
    document,
    first,
    look,
    told,
    touch,
)
from watchers.model import Outcome, Significance, Tier, Turn


@pytest.mark.parametrize(
    ("order", "touches", "due"),
    [
        ({"platform": "birdsong"}, (), True),
        ({}, (), True),
        ({"platform": "birdsong", "document": PRIVACY}, (), True),
        ({"platform": "birdsong", "document": TERMS}, (), False),
        ({"platform": "otter"}, (), False),
        ({"platform": "birdsong", "ping": False}, (), False),
        ({"provision": "ai_training"}, (touch(),), True),
        ({"provision": "ai_training"}, (), False),
        ({"provision": "ai_training"}, (touch("arbitration"),), False),
        ({"provision": "ai_training"}, (touch(turn=Turn.MOVED),), False),
        ({"provision": "ai_training"}, (touch(turn=Turn.LEFT),), True),
    ],
)
async def test_a_change_is_told_to_those_who_asked(
    world: World, channel: Channel, order: dict[str, object], touches: tuple[object, ...], due: bool
) -> None:
    await world.audience.watch(channel.id, now=NOON, **order)  # type: ignore[arg-type]
    await world.archive.record(changed("Two.", after(hours=1), touches=touches))  # type: ignore[arg-type]
    assert await told(world) == ([(Kind.PING, "general")] if due else [])


async def test_what_is_only_possibly_substantive_is_pinged_only_where_that_is_wanted(
    world: World, channel: Channel
) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    for hour, wanted in ((1, False), (2, True)):
        await world.audience.set_doubtful_pings(channel.workspace, wanted)
        sure = changed(f"Words of hour {hour}.", after(hours=hour))
        assert sure.difference is not None
        await world.archive.record(replace(sure, difference=replace(sure.difference, tier=Tier.DIGEST)))
        assert await told(world, hour) == ([(Kind.PING, "general")] if wanted else [])
    (workspace,) = await world.audience.workspaces()
    assert workspace.doubtful_pings


async def test_a_channel_with_two_watches_on_one_change_is_told_once(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.audience.watch(channel.id, now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    assert await told(world) == [(Kind.PING, "general")]


async def test_a_cosmetic_change_is_told_to_nobody(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.archive.record(changed("Two.", after(hours=1), significance=Significance.COSMETIC))
    assert await told(world) == []


async def test_a_muted_platform_is_silent_until_the_mute_ends(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, now=NOON)
    await world.audience.mute(channel.id, "birdsong", after(hours=2))
    await world.archive.record(changed("Two.", after(hours=1)))
    assert await told(world) == []
    await world.archive.record(changed("Three.", after(hours=3)))
    assert await told(world, 3) == [(Kind.PING, "general")]


async def test_a_workspaces_own_document_is_told_to_it_alone(world: World, channel: Channel) -> None:
    await world.archive.add_document(document("birdsong/house-rules", owner="console:away"))
    away = await world.audience.channel(Place(workspace="away", channel="theirs"), NOON)
    for each in (channel, away):
        await world.audience.watch(each.id, now=NOON)
    await world.archive.record(first("One.", of="birdsong/house-rules"))
    await world.archive.record(changed("Two.", after(hours=1), of="birdsong/house-rules"))
    assert await told(world) == [(Kind.PING, "theirs")]


async def test_sending_is_written_before_the_taker_hears_of_it(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    delivery = await claim_one(world)
    assert (delivery.state, delivery.attempts) == (State.DUE, 1)
    kept = await world.ledger.delivery(delivery.id)
    assert kept is not None
    assert kept.state is State.SENDING
    assert await told(world) == [], "nobody else is given it"
    assert await world.ledger.settle(delivery.id, Sent("m1"), after(hours=1))
    assert [each.id for each in await world.ledger.by_receipt(channel.id, "m1")] == [delivery.id]
    assert await world.ledger.counts() == {"sent": 1}


async def test_one_of_a_channel_is_on_its_way_at_a_time_and_in_order(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    await world.archive.record(changed("Three.", after(hours=2)))
    one = await claim_one(world, 2)
    assert one.companions == (), "an hour apart is not together"
    assert await told(world, 2) == []
    await world.ledger.settle(one.id, Retry(after(hours=3), "rate limited"), after(hours=2))
    assert await told(world, 2.5) == [], "what waits for its next attempt holds up those behind it"
    again = await claim_one(world, 3)
    assert (again.id, again.state, again.attempts) == (one.id, State.RETRY, 2)
    await world.ledger.settle(again.id, Sent("m"), after(hours=3))
    assert await told(world, 3) == [], "a channel takes about one message a second"
    assert (await claim_one(world, 3.01)).id > one.id


async def test_pings_of_one_platform_that_are_due_together_share_a_message(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, now=NOON)
    await world.archive.record_many((changed("Two.", after(hours=1)), changed("Deux.", after(hours=1.1), of=TERMS)))
    delivery = await claim_one(world, 1.1)
    assert len(delivery.companions) == 1
    await world.ledger.settle(delivery.id, Retry(after(hours=2), "busy"), after(hours=1.1))
    await world.archive.record(changed("Three.", after(hours=1.15)))
    again = await claim_one(world, 2)
    assert again.companions[0].id == delivery.companions[0].id
    assert len(again.companions) == 1, "a message that was tried before must stay what it was"
    await world.ledger.settle(again.id, Sent("m1"), after(hours=2))
    assert len(await world.ledger.by_receipt(channel.id, "m1")) == 2


async def test_after_a_crash_what_was_on_its_way_is_uncertain_and_looked_for(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    taken = await claim_one(world)
    assert await world.ledger.recover(after(hours=1), timedelta(minutes=5)) == 0, "its taker may still be at it"
    assert await world.ledger.recover(after(hours=2)) == 1
    again = await claim_one(world, 2)
    assert (again.id, again.state) == (taken.id, State.UNCERTAIN)


async def test_a_taker_that_was_thought_gone_cannot_settle_what_another_took_but_may_bring_a_receipt(
    world: World, channel: Channel
) -> None:
    await world.audience.watch(channel.id, now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    slow = await claim_one(world)
    await world.ledger.recover(after(hours=2))
    await claim_one(world, 2)
    assert not await world.ledger.settle(slow.id, Dead("gave up"), after(hours=2), slow.attempts)
    assert await world.ledger.settle(slow.id, Sent("m1"), after(hours=2), slow.attempts)
    assert not await world.ledger.settle(slow.id, Sent("m2"), after(hours=2))


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Dead("refused"), State.DEAD),
        (Silent(), State.SENT),
        (Uncertain("timed out"), State.UNCERTAIN),
        (Paused("not in the channel"), State.PAUSED),
    ],
)
async def test_an_outcome_is_written_down(world: World, channel: Channel, outcome: object, state: State) -> None:
    await world.audience.watch(channel.id, now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    delivery = await claim_one(world)
    assert await world.ledger.settle(delivery.id, outcome, after(hours=1))  # type: ignore[arg-type]
    assert await world.ledger.counts() == {str(state): 1}


async def test_a_paused_channel_loses_nothing_and_is_told_when_it_opens(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    await world.ledger.settle((await claim_one(world)).id, Paused("not in the channel"), after(hours=1))
    found = await world.audience.find_channel(channel.id)
    assert found is not None
    assert found.paused == "not in the channel"
    await world.archive.record(changed("Three.", after(hours=2)))
    assert await told(world, 3) == []
    await world.audience.resume_channel(channel.id, after(hours=4))
    assert (await claim_one(world, 4)).companions == ()
    assert (await world.ledger.counts())["due"] == 1


async def test_a_ping_that_grew_old_in_a_paused_channel_is_left_to_the_digest(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    await world.audience.pause_channel(channel.id, "archived", after(hours=1))
    await world.audience.resume_channel(channel.id, after(days=9))
    assert await told(world, 9 * 24) == []
    assert len((await world.ledger.digest_now(channel.id, after(days=9))).told) == 1


async def test_blindness_is_told_once_and_recovery_too(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    for hour in range(1, 6):
        await world.archive.record(look(Outcome.FAILED, after(hours=hour), reason="the server does not answer"))
    news = await claim_one(world, 5)
    assert (news.kind, news.document, news.words) == (Kind.BLIND, PRIVACY, "the server does not answer")
    await world.ledger.settle(news.id, Sent("b"), after(hours=5))
    assert [seen.document for seen in await world.archive.blind()] == [PRIVACY]
    await world.archive.record(look(Outcome.UNCHANGED, after(hours=6)))
    assert await told(world, 7) == [(Kind.RECOVERED, "general")]
    await world.archive.record(look(Outcome.FAILED, after(hours=8)))
    await world.archive.record(look(Outcome.UNCHANGED, after(hours=9)))
    assert (await world.ledger.counts()).get("due", 0) == 0, "a short blindness is no news"


async def test_unwatching_drops_what_waits_and_undo_brings_it_back(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    ended = await world.audience.unwatch(channel.id, "birdsong", now=after(hours=1))
    assert await told(world) == []
    assert await world.audience.watches(channel.id) == ()
    assert len(await world.audience.undo(channel.id, [watch.id for watch in ended])) == 1
    assert await told(world) == [(Kind.PING, "general")]


async def test_the_first_ack_counts(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    delivery = await claim_one(world)
    await world.ledger.ack(delivery.id, "ada", after(hours=2))
    assert (await world.ledger.ack(delivery.id, "bob", after(hours=3))).person == "ada"
    assert (await world.ledger.acks([delivery.id]))[delivery.id].at == after(hours=2)


async def test_not_relevant_is_counted_once_a_person(world: World, channel: Channel) -> None:
    await world.archive.record(changed("Two.", after(hours=1)))
    (change,) = await world.archive.changes()
    for person in ("ada", "ada", "bob"):
        await world.ledger.report(change.id, channel.id, person, after(hours=2))
    assert await world.ledger.reports(NOON) == ((change.id, 2),)


async def test_however_many_ask_at_once_each_delivery_is_given_once(world: World, channel: Channel) -> None:
    for number in range(12):
        other = await world.audience.channel(Place(channel=f"room {number}"), NOON)
        await world.audience.watch(other.id, now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    taken = await asyncio.gather(*(world.ledger.claim(after(hours=1), 3) for _ in range(9)))
    again = await world.ledger.claim(after(hours=1), 99)
    ids = [delivery.id for some in (*taken, again) for delivery in some]
    assert len(ids) == len(set(ids)) == 12


async def test_a_delivery_that_is_given_up_is_told_to_the_operator_once(world: World, channel: Channel) -> None:
    operators = await world.audience.channel(Place(channel="operators"), NOON)
    ledger = Ledger(world.database, operators.id)
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    (ping,) = await ledger.claim(after(hours=1))
    assert await ledger.settle(ping.id, Dead("the chat is down"), after(hours=1), ping.attempts)
    assert not await ledger.settle(ping.id, Dead("the chat is down"), after(hours=1), ping.attempts)
    (word,) = await ledger.claim(after(hours=1))
    assert (word.kind, word.channel.id) == (Kind.NOTICE, operators.id)
    assert word.words.startswith("A ping for console:home/general is given up after 1 attempts")
    await ledger.settle(word.id, Dead("this one too"), after(hours=1), word.attempts)
    assert await ledger.claim(after(hours=2)) == ()


@pytest.mark.parametrize("doubtful", [True, False])
async def test_the_operator_hears_whether_what_is_given_up_may_have_arrived(
    world: World, channel: Channel, doubtful: bool
) -> None:
    operators = await world.audience.channel(Place(channel="operators"), NOON)
    ledger = Ledger(world.database, operators.id)
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    (ping,) = await ledger.claim(after(hours=1))
    await ledger.settle(ping.id, Dead("The chat is down.", doubtful), after(hours=1), ping.attempts)
    (word,) = await ledger.claim(after(hours=1))
    assert word.words.endswith("It may have arrived." if doubtful else "The chat is down.")


async def test_what_nobody_wanted_any_more_is_not_counted_as_given_up(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    await world.audience.mute(channel.id, "birdsong", after(days=3), "U1", after(hours=1))
    await world.archive.record(changed("Three.", after(days=4)))
    assert (await world.ledger.counts(), await world.ledger.stuck()) == ({"dead": 1, "due": 1}, ())
    assert await world.ledger.given_up(NOON) == 0
    (ping,) = await world.ledger.claim(after(days=4))
    await world.ledger.settle(ping.id, Dead("the chat is down"), after(days=4), ping.attempts)
    assert [each.id for each in await world.ledger.stuck()] == [ping.id]
    assert (await world.ledger.given_up(NOON), await world.ledger.given_up(after(days=5))) == (1, 0)


async def test_what_a_look_caused_can_be_asked_for(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.archive.record(changed("Two.", after(hours=1)))
    (ping,) = await world.ledger.claim(after(hours=1))
    assert await world.ledger.caused_by(PRIVACY, after(hours=1)) == (ping.subject, (ping.id,))
    assert await world.ledger.caused_by(PRIVACY, after(hours=2)) == ("", ())


async def test_a_clock_that_ran_ahead_and_was_set_back_leaves_nothing_waiting(world: World, channel: Channel) -> None:
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.archive.record(changed("Two.", after(days=40), next_look=after(days=41)))
    await world.ledger.plan_digests(after(days=40))
    await world.ledger.recover(after(hours=1))
    assert [delivery.kind for delivery in await world.ledger.claim(after(hours=2), 9)] == [Kind.PING]
    assert {due.document.id for due in await world.archive.claim_due(after(hours=2))} == {PRIVACY, TERMS}
    await world.archive.record(changed("Three.", after(hours=3)))
    assert len(await world.archive.changes()) == 2
    assert await world.ledger.plan_digests(after(days=8)) == 1

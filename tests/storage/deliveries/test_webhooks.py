"""Webhooks take the changes their workspace watches: each once, tried again until it is settled, lost nowhere."""

from datetime import timedelta

import pytest

from storage.deliveries.delivery import Dead, Paused, Retry, Sent
from storage.deliveries.webhooks import LEASE, MOST, Posting, Webhook, Webhooks
from tests.storage.world import NOON, Place, World, after, changed, document, first, platform
from watchers.errors import StoreError

TEXT = "# Privacy\n\nWe keep songs.\n"
MORE = "# Privacy\n\nWe keep songs.\n\nWe sell songs.\n"
ADDRESS = "https://hooks.example/changes"
OWN = "birdsong/own-page"


async def hooked(world: World, *, watches: bool = True) -> tuple[Webhooks, Webhook]:
    await world.archive.sync_catalogue((platform(),), NOON)
    channel = await world.audience.channel(Place(), NOON)
    if watches:
        await world.audience.watch(channel.id, "birdsong", now=NOON)
    webhooks = Webhooks(world.database)
    webhook, fresh = await webhooks.add("console:home", ADDRESS, NOON)
    assert fresh
    return webhooks, webhook


async def change(world: World) -> None:
    await world.archive.record(first(TEXT))
    await world.archive.record(changed(MORE, after(hours=1)))


async def claimed(webhooks: Webhooks, **later: float) -> Posting:
    (posting,) = await webhooks.claim(after(**later))
    return posting


async def test_a_change_is_posted_where_its_workspace_watches_it(world: World) -> None:
    webhooks, webhook = await hooked(world)
    await change(world)
    posting = await claimed(webhooks, hours=1)
    assert posting.webhook == webhook
    assert posting.attempts == 1
    assert await webhooks.settle(posting, Sent(""), after(hours=1))
    assert await webhooks.claim(after(days=9)) == ()


async def test_what_nobody_there_watches_is_not_posted(world: World) -> None:
    webhooks, _ = await hooked(world, watches=False)
    await change(world)
    assert await webhooks.claim(after(hours=1)) == ()


async def test_a_page_of_another_workspace_is_never_posted(world: World) -> None:
    webhooks, _ = await hooked(world)
    await world.archive.add_document(document(OWN, owner="console:away"))
    await world.archive.record(first(TEXT, of=OWN))
    await world.archive.record(changed(MORE, after(hours=1), of=OWN))
    assert await webhooks.claim(after(hours=2)) == ()


async def test_recording_twice_posts_once(world: World) -> None:
    webhooks, _ = await hooked(world)
    await change(world)
    await world.archive.record(changed(MORE, after(hours=1)))
    assert len(await webhooks.claim(after(hours=2))) == 1


async def test_one_that_failed_is_due_again_at_its_time_under_the_same_id(world: World) -> None:
    webhooks, _ = await hooked(world)
    await change(world)
    posting = await claimed(webhooks, hours=1)
    await webhooks.settle(posting, Retry(after(hours=2), "it answered 500"), after(hours=1))
    assert await webhooks.claim(after(hours=1, minutes=59)) == ()
    again = await claimed(webhooks, hours=2)
    assert (again.id, again.attempts) == (posting.id, 2)


async def test_what_a_crash_left_on_its_way_is_due_again_and_its_old_taker_settles_nothing(world: World) -> None:
    webhooks, _ = await hooked(world)
    await change(world)
    posting = await claimed(webhooks, hours=1)
    assert await webhooks.claim(after(hours=1) + LEASE - timedelta(seconds=1)) == ()
    (again,) = await webhooks.claim(after(hours=1) + LEASE)
    assert not await webhooks.settle(posting, Sent(""), after(hours=2))
    assert await webhooks.settle(again, Sent(""), after(hours=2))


async def test_a_webhook_that_rests_loses_nothing_and_goes_on_when_opened(world: World) -> None:
    webhooks, webhook = await hooked(world)
    await change(world)
    await webhooks.settle(await claimed(webhooks, hours=1), Paused("it answered 410"), after(hours=1))
    (resting,) = await webhooks.all("console:home")
    assert resting.paused == "it answered 410"
    assert await webhooks.claim(after(days=2)) == ()
    await webhooks.resume(webhook.id, after(days=2))
    assert (await claimed(webhooks, days=2)).attempts == 2


async def test_a_workspace_that_left_is_posted_nothing_and_forgetting_it_forgets_its_webhooks(world: World) -> None:
    webhooks, _ = await hooked(world)
    await change(world)
    await world.audience.leave("console:home", after(hours=1))
    assert await webhooks.claim(after(hours=2)) == ()
    await world.audience.forget("console:home")
    assert await webhooks.all() == ()
    assert await webhooks.counts() == {}


async def test_removing_a_webhook_drops_what_was_due_to_it(world: World) -> None:
    webhooks, webhook = await hooked(world)
    await change(world)
    assert await webhooks.remove(webhook.id)
    assert not await webhooks.remove(webhook.id)
    assert await webhooks.claim(after(hours=2)) == ()


async def test_the_same_address_is_one_webhook_and_there_is_a_most(world: World) -> None:
    webhooks, webhook = await hooked(world)
    assert await webhooks.add("console:home", ADDRESS, NOON) == (webhook, False)
    for number in range(MOST - 1):
        await webhooks.add("console:home", f"{ADDRESS}/{number}", NOON)
    with pytest.raises(StoreError, match="remove one first"):
        await webhooks.add("console:home", f"{ADDRESS}/more", NOON)
    with pytest.raises(StoreError, match="no workspace slack:none"):
        await webhooks.add("slack:none", ADDRESS, NOON)


async def test_a_dead_posting_is_counted_and_not_tried_again(world: World) -> None:
    webhooks, webhook = await hooked(world)
    await change(world)
    await webhooks.settle(await claimed(webhooks, hours=1), Dead("gone"), after(hours=1))
    assert await webhooks.counts() == {(webhook.id, "dead"): 1}
    assert await webhooks.claim(after(days=9)) == ()

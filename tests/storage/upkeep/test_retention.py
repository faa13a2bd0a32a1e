"""What may be dropped, and what never is."""

from __future__ import annotations

from storage.deliveries.delivery import Sent
from storage.upkeep.retention import tidy
from tests.storage.world import NOON, Place, World, after, changed, first, keep_secret, look, page, platform
from watchers.model import Health, Outcome, Verdict

DOCUMENT = "birdsong/privacy-policy"


async def test_quiet_looks_go_and_what_they_brought_stays(world: World) -> None:
    await world.archive.sync_catalogue((platform(),), NOON)
    await world.archive.record(first("One."))
    await world.archive.record(look(Outcome.UNCHANGED, after(hours=1)))
    same = look(Outcome.SAME_WORDS, after(hours=2), snapshots=(page("<b>One."),))
    await world.archive.record(same)
    await world.archive.record(changed("Two.", after(hours=3)))
    gone = await tidy(world.database, after(days=30))
    assert gone["quiet looks"] == 2
    assert [seen.outcome for seen in await world.archive.looks(DOCUMENT, noisy=False)] == ["first", "changed"]
    for note in await world.archive.versions(DOCUMENT):
        version = await world.archive.version(note.id)
        assert version is not None
        assert len(await world.archive.pages(version.snapshots)) == 1
    assert len(await world.archive.snapshots(DOCUMENT)) == 1


async def test_of_repeated_pages_the_latest_and_those_of_versions_stay(world: World) -> None:
    await world.archive.sync_catalogue((platform(),), NOON)
    await world.archive.record(first("One."))
    for day in (1, 2, 40):
        same = page(f"<p>One.<!-- {day} -->", after(days=day))
        await world.archive.record(look(Outcome.SAME_WORDS, after(days=day), snapshots=(same,)))
    assert (await tidy(world.database, after(days=30)))["repeated pages"] == 0
    assert (await tidy(world.database, after(days=100)))["repeated pages"] == 2
    assert (await tidy(world.database, after(days=100)))["repeated pages"] == 0
    assert [kept.body for kept in await world.archive.snapshots(DOCUMENT)] == [b"<p>One.<!-- 40 -->"]
    latest = await world.archive.latest(DOCUMENT)
    assert latest is not None
    assert [kept.body for kept in await world.archive.pages(latest.snapshots)] == [b"<p>One."]


async def test_the_first_page_of_a_blind_spell_is_kept_for_a_while(world: World) -> None:
    await world.archive.sync_catalogue((platform(),), NOON)
    await world.archive.record(first("One."))
    for hour in (1, 2):
        verdict = Verdict(Health.ERROR_PAGE, "an error page")
        oops = look(Outcome.BLIND, after(hours=hour), snapshots=(page(f"Oops {hour}"),), verdict=verdict)
        await world.archive.record(oops)
    assert (await tidy(world.database, after(days=30)))["blind pages"] == 0
    assert (await tidy(world.database, after(days=100)))["blind pages"] == 1
    assert [kept.body for kept in await world.archive.snapshots(DOCUMENT)] == [b"<p>One."]


async def test_deliveries_go_after_a_year_and_are_not_told_again(world: World) -> None:
    await world.archive.sync_catalogue((platform(),), NOON)
    channel = await world.audience.channel(Place(), NOON)
    await world.audience.watch(channel.id, now=NOON)
    await world.archive.record(first("One."))
    await world.archive.record(changed("Two.", after(hours=1)))
    (delivery,) = await world.ledger.claim(after(hours=1), 9)
    await world.ledger.settle(delivery.id, Sent("m"), after(hours=1))
    await world.ledger.ack(delivery.id, "ada", after(hours=1))
    assert (await tidy(world.database, after(days=300)))["deliveries"] == 0
    assert (await tidy(world.database, after(days=500)))["deliveries"] == 1
    assert await world.ledger.claim(after(days=500), 9) == ()
    assert (await world.archive.changes()) != ()


async def test_ended_watches_mutes_and_secrets_go_when_their_time_is_over(world: World) -> None:
    await world.archive.sync_catalogue((platform(),), NOON)
    channel = await world.audience.channel(Place(), NOON)
    await world.audience.watch(channel.id, "birdsong", now=NOON)
    await world.audience.unwatch(channel.id, "birdsong", now=NOON)
    await world.audience.mute(channel.id, "birdsong", after(days=1))
    await keep_secret(world.database, "state", after(minutes=10))
    gone = await tidy(world.database, after(days=31))
    assert (gone["watches"], gone["expired"]) == (1, 2)

"""What cannot be read of a platform is one message in a channel, redrawn as it grows and ends."""

from dataclasses import replace
from datetime import timedelta

from storage.deliveries.delivery import Kind
from tests.bot.cast import PRIVACY, TERMS
from tests.bot.conftest import HERE, World
from watchers.errors import DeliveryError
from watchers.model import Document, Health, Look, Outcome, Verdict

WALL = "the site asks for a login"


async def blind(world: World, *documents: Document, times: int = 3) -> None:
    for _ in range(times):
        world.clock.pass_by(hours=1)
        for document in documents:
            look = Look(document.id, world.clock(), Outcome.BLIND, WALL, Verdict(Health.LOGIN_WALL, WALL))
            await world.archive.record(replace(look, next_look=world.clock() + timedelta(hours=1)))


async def sees(world: World, document: Document) -> None:
    world.clock.pass_by(minutes=1)
    await world.archive.record(Look(document.id, world.clock(), Outcome.UNCHANGED))


async def test_documents_that_go_blind_together_share_a_message(watched: World) -> None:
    for document in (PRIVACY, TERMS):
        await watched.look(document)
    await blind(watched, PRIVACY, TERMS)
    (said,) = await watched.tell()
    assert "Tern: 2 documents cannot be read" in said


async def test_one_that_follows_joins_the_message_and_each_that_returns_is_struck_off_it(watched: World) -> None:
    for document in (PRIVACY, TERMS):
        await watched.look(document)
    await blind(watched, PRIVACY)
    assert "Tern Privacy Policy cannot be read" in (await watched.tell())[0]
    await blind(watched, TERMS)
    (said,) = await watched.tell()
    assert "Tern: 2 documents cannot be read" in said
    await sees(watched, PRIVACY)
    (said,) = await watched.tell()
    assert "Tern: 1 document cannot be read" in said
    await sees(watched, TERMS)
    (said,) = await watched.tell()
    assert "Tern: 2 documents can be read again" in said
    assert watched.chat.posts == 1


async def test_the_next_blindness_is_a_message_of_its_own(watched: World) -> None:
    await watched.look()
    await blind(watched, PRIVACY)
    await watched.tell()
    await sees(watched, PRIVACY)
    await watched.tell()
    await blind(watched, PRIVACY)
    old, new = await watched.tell()
    assert "can be read again" in old
    assert "cannot be read" in new


async def test_a_message_that_is_days_old_is_not_added_to(watched: World) -> None:
    await watched.look()
    await watched.look(TERMS)
    await blind(watched, PRIVACY)
    await watched.tell()
    watched.clock.pass_by(days=3)
    await blind(watched, TERMS)
    assert len(await watched.tell()) == 2


async def test_the_end_of_a_message_that_somebody_deleted_is_told_anew(watched: World) -> None:
    await watched.look()
    await blind(watched, PRIVACY)
    await watched.tell()
    watched.chat.posted[HERE].clear()
    await sees(watched, PRIVACY)
    (said,) = await watched.tell()
    assert "can be read again" in said


async def test_a_change_is_told_before_what_cannot_be_read_and_both_before_the_digest(watched: World) -> None:
    await watched.look(TERMS)
    await watched.say("digest daily 9:00 UTC")
    watched.clock.pass_by(days=1)
    await watched.ledger.plan_digests(watched.clock())
    await blind(watched, TERMS)
    await watched.change()
    order = []
    while claimed := await watched.ledger.claim(watched.clock(), 9):
        order += [one.kind for one in claimed]
        for one in claimed:
            await watched.notifier._settle(one, await watched.notifier._outcome(one))
        watched.clock.pass_by(seconds=2)
    assert order == [Kind.PING, Kind.BLIND, Kind.DIGEST]


async def test_a_digest_that_waits_for_its_chat_holds_up_no_ping(watched: World) -> None:
    await watched.look()
    await watched.say("digest daily 9:00 UTC")
    watched.chat.refusals.append((DeliveryError("Too many messages.", retry_after=3600), False))
    assert await watched.tell(days=1) == ()
    await watched.change()
    assert "changed its Privacy Policy" in (await watched.tell())[0]

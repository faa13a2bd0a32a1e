"""Nothing is lost, nothing is told twice unsaid, and whoever can mend something hears of it."""

from dataclasses import replace

import pytest

from bot.chats.port import Place
from bot.telling.patience import FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS, patience
from storage.deliveries.delivery import State
from tests.bot.cast import PRIVACY, TERMS
from tests.bot.conftest import HERE, World
from tests.bot.reading import whole
from watchers.errors import DeliveryError, StoreError
from watchers.model import Look, Outcome

GONE = DeliveryError("The channel was archived.", permanent=True)


BUSY = DeliveryError("Too many messages.", retry_after=20)


BROKEN = DeliveryError("The connection broke.", uncertain=True)


DOWN = DeliveryError("The chat does not answer.")


async def test_a_change_is_told_once(watched: World) -> None:
    await watched.change()
    (ping,) = await watched.tell()
    assert "Tern changed its Privacy Policy" in ping
    assert len(await watched.tell()) == 1


async def test_changes_of_one_platform_within_minutes_share_a_message(watched: World) -> None:
    await watched.look(PRIVACY)
    await watched.look(TERMS)
    await watched.change(PRIVACY)
    await watched.change(TERMS)
    (ping,) = await watched.tell()
    assert "Tern changed 2 documents" in ping


async def test_the_chat_that_is_busy_is_asked_again_when_it_says(watched: World) -> None:
    watched.chat.refusals.append((BUSY, False))
    await watched.change()
    assert await watched.tell() == ()
    assert await watched.tell(seconds=10) == ()
    assert len(await watched.tell(seconds=15)) == 1


async def test_a_chat_that_is_down_is_asked_with_growing_patience(watched: World) -> None:
    watched.chat.refusals += [(DOWN, False)] * 3
    await watched.change()
    told = [len(await watched.tell(minutes=1)) for _ in range(5)]
    assert told == [0, 0, 0, 0, 1]  # asked after 30 s, a minute and two minutes
    assert patience(1) == FIRST_WAIT
    assert patience(99) == LONGEST_WAIT


async def test_what_never_gets_through_is_dead_after_a_day_and_known(watched: World) -> None:
    watched.chat.refusals += [(DOWN, False)] * 99
    await watched.change()
    for _ in range(MOST_ATTEMPTS + 10):
        await watched.tell(hours=1)
    assert await watched.ledger.stuck() == (), "an outage of some hours loses nothing"
    for _ in range(4):
        await watched.tell(hours=1)
    (stuck,) = await watched.ledger.stuck()
    assert (stuck.state, stuck.reason) == (State.DEAD, "The chat does not answer.")


async def test_the_digest_after_one_that_was_given_up_though_it_had_arrived_says_so(watched: World) -> None:
    await watched.say("digest daily 9:00 UTC")
    await watched.change()
    await watched.tell()
    watched.chat.refusals.append((BROKEN, True))
    watched.chat.deaf += [DOWN] * 99
    await watched.tell(days=1)
    for _ in range(MOST_ATTEMPTS + 20):
        told = await watched.tell(hours=1)
    assert "Nothing changed" in told[-1], "the digest that was planned meanwhile"
    watched.chat.deaf.clear()
    (*_, again) = await watched.tell(days=1)
    assert "Digest" in again
    assert "Possibly repeated: whether the digest" in again


async def test_what_may_have_arrived_is_looked_for_and_not_sent_again(watched: World) -> None:
    watched.chat.refusals.append((BROKEN, True))
    await watched.change()
    assert len(await watched.tell()) == 1
    assert len(await watched.tell(minutes=2)) == 1
    assert await watched.ledger.counts() == {"sent": 1}


async def test_a_receipt_that_could_not_be_written_down_is_written_down_later(
    watched: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> bool:
        raise StoreError("The database does not answer.")

    await watched.change()
    notifier = watched.notifier
    with monkeypatch.context() as patched:
        patched.setattr(watched.ledger, "settle", away)
        with pytest.raises(StoreError):
            await notifier.tick()
    assert await watched.ledger.counts() == {"sending": 1}
    await notifier.settle_again()
    assert await watched.ledger.counts() == {"sent": 1}
    assert len(await watched.tell(minutes=5)) == 1


async def test_what_may_have_arrived_and_is_not_found_is_sent_again_and_says_so(watched: World) -> None:
    watched.chat.refusals.append((BROKEN, False))
    await watched.change()
    assert await watched.tell() == ()
    (ping,) = await watched.tell(minutes=2)
    assert "Possibly repeated" in ping


async def test_what_may_have_arrived_and_is_not_found_is_not_sent_again_when_it_was_muted_meanwhile(
    watched: World,
) -> None:
    watched.chat.refusals.append((BROKEN, False))
    await watched.change()
    assert await watched.tell() == ()
    await watched.say("mute tern 7d")
    assert await watched.tell(minutes=2) == ()
    assert await watched.ledger.counts() == {"dead": 1}


@pytest.mark.parametrize(("days", "told"), [(1, 1), (8, 0)])
async def test_a_blindness_that_may_have_arrived_is_no_news_after_a_week(watched: World, days: int, told: int) -> None:
    await watched.look()
    await watched.blind()
    watched.chat.refusals += [(BROKEN, False), (GONE, False)]
    assert await watched.tell() == ()
    assert await watched.tell(minutes=2) == ()
    watched.clock.pass_by(days=days)
    await watched.say("testpost")
    messages = [said for said in await watched.tell(minutes=2) if "cannot be read" in said]
    assert len(messages) == told
    assert all("Possibly repeated" in said for said in messages)


async def test_what_may_have_arrived_comes_back_with_its_watch_and_its_doubt(watched: World) -> None:
    watched.chat.refusals.append((BROKEN, False))
    await watched.change()
    assert await watched.tell() == ()
    ended = await watched.ask("unwatch tern")
    assert await watched.tell(minutes=2) == ()
    await watched.press(ended, "Undo")
    (ping,) = await watched.tell(minutes=2)
    assert "Possibly repeated" in ping


async def test_a_doubt_stays_while_the_chat_cannot_be_asked(watched: World) -> None:
    watched.chat.refusals.append((BROKEN, True))
    watched.chat.deaf += [DOWN, BUSY]
    await watched.change()
    for _ in range(4):
        assert len(await watched.tell(minutes=2)) == 1
    assert await watched.ledger.counts() == {"sent": 1}


async def test_a_doubt_outlives_a_refusal_and_says_so(watched: World) -> None:
    watched.chat.refusals += [(BROKEN, False), (DOWN, False)]
    await watched.change()
    await watched.tell()
    await watched.tell(minutes=2)
    assert "Possibly repeated" in (await watched.tell(minutes=5))[0]


async def test_a_chat_that_fails_in_its_own_way_may_have_taken_the_message(watched: World) -> None:
    watched.chat.refusals.append((ValueError("what?"), True))
    await watched.change()
    await watched.tell()
    assert len(await watched.tell(minutes=2)) == 1
    assert await watched.ledger.counts() == {"sent": 1}


async def test_a_doubt_that_rests_with_its_channel_is_looked_for_when_it_opens(watched: World) -> None:
    watched.chat.refusals += [(BROKEN, True), (GONE, False)]
    watched.chat.deaf.append(GONE)
    await watched.change()
    await watched.tell()
    await watched.tell(minutes=2)
    assert await watched.ledger.counts() == {"uncertain": 1}
    watched.chat.refusals.clear()
    await watched.say("testpost")
    assert len(await watched.tell(minutes=2)) == 2  # the ping that had arrived, and the test post
    assert await watched.ledger.counts() == {"sent": 1}


async def test_a_mute_silences_what_waits_to_be_told(watched: World) -> None:
    watched.chat.refusals.append((BUSY, False))
    await watched.change()
    await watched.tell()
    await watched.say("mute tern 7d")
    assert await watched.tell(minutes=5) == ()


async def test_a_crash_while_sending_is_recovered_from(watched: World) -> None:
    await watched.change()
    watched.clock.pass_by(seconds=5)
    (claimed,) = await watched.ledger.claim(watched.clock())
    await watched.chat.post(HERE, (await watched.ask("help")).message, str(claimed.id))
    await watched.ledger.recover(watched.clock())
    assert len(await watched.tell(minutes=1)) == 1
    assert await watched.ledger.counts() == {"sent": 1}


async def test_a_closed_channel_rests_and_who_added_its_watches_hears_of_it(watched: World) -> None:
    watched.chat.refusals.append((GONE, False))
    await watched.change()
    assert await watched.tell() == ()
    (word,) = watched.chat.in_place(HERE.beside("U1"))
    assert "Nothing can be posted in C1: The channel was archived." in whole(word)
    assert "paused, not deleted: Tern." in whole(word)
    assert "Nothing is posted here for now: The channel was archived. Once" in await watched.say("watches")


async def test_a_test_post_opens_a_channel_again_and_what_it_missed_is_told(watched: World) -> None:
    watched.chat.refusals.append((GONE, False))
    await watched.change()
    await watched.tell()
    assert "The test post is in the channel." in await watched.say("testpost")
    told = await watched.tell()
    assert "This is a test post" in told[0]
    assert "Tern changed its Privacy Policy" in told[1]


async def test_a_test_post_that_fails_says_why(watched: World) -> None:
    watched.chat.refusals.append((GONE, False))
    assert "did not get through: The channel was archived." in await watched.say("testpost")


async def test_a_test_post_that_may_have_arrived_opens_a_channel_that_was_paused(watched: World) -> None:
    watched.chat.refusals.append((GONE, False))
    await watched.change()
    await watched.tell()
    watched.chat.refusals.append((DeliveryError("No answer came in time.", uncertain=True), True))
    assert "tried again by itself" in await watched.say("testpost")
    assert "Tern changed its Privacy Policy" in (await watched.tell())[-1]


async def test_a_channel_that_still_refuses_a_test_post_stays_paused(watched: World) -> None:
    watched.chat.refusals.append((GONE, False))
    await watched.change()
    await watched.tell()
    watched.chat.refusals.append((GONE, False))
    await watched.say("testpost")
    assert "Nothing is posted here for now" in await watched.say("watches")


async def test_who_installed_it_is_greeted_alone(world: World) -> None:
    await world.notifier.greet("fake", "T1", "U5")
    await world.notifier.greet("fake", "T1", "")
    await world.notifier.greet("other", "T1", "U5")
    (greeting,) = world.chat.in_place(HERE.beside("U5"))
    assert "Three things to try" in whole(greeting)


async def test_a_channel_that_closes_is_paused_once(watched: World) -> None:
    await watched.notifier.closed(HERE, "The channel was deleted.")
    await watched.notifier.closed(HERE, "The channel was deleted.")
    assert len(watched.chat.in_place(HERE.beside("U1"))) == 1


async def test_blindness_and_recovery_are_told_once_each(watched: World) -> None:
    await watched.look()
    for hours in range(6):
        await watched.blind(1)
        told = await watched.tell()
        assert len(told) == (hours >= 2)
    assert "Tern Privacy Policy cannot be read since" in told[0]
    assert "cannot be read: the site asks for a login" in await watched.say("watches")
    watched.clock.pass_by(hours=1)
    await watched.archive.record(Look(PRIVACY.id, watched.clock(), Outcome.SAME_WORDS))
    assert "can be read again, after" in (await watched.tell())[0]


@pytest.mark.parametrize("refusal", [DOWN, BROKEN])
async def test_news_that_are_sent_again_say_what_they_said_and_not_why_they_did_not_arrive(
    watched: World, refusal: DeliveryError
) -> None:
    await watched.look()
    await watched.blind()
    watched.chat.refusals.append((refusal, False))
    assert await watched.tell() == ()
    (told,) = await watched.tell(minutes=2)
    assert "the site asks for a login" in told
    assert str(refusal) not in told


async def test_a_provision_watch_hears_only_of_its_provision(world: World) -> None:
    await world.say("watch all arbitration")
    await world.change()
    assert await world.tell() == ()
    await world.say("watch all ai-training")
    await world.change(text="# Privacy\n\nAnother wording.\n")
    assert len(await world.tell()) == 1


async def test_another_workspaces_page_is_told_to_nobody_else(world: World) -> None:
    own = replace(PRIVACY, id="tern/own", owner="fake:T1")
    await world.say("watch tern", Place("fake", "T2", "C1"))
    await world.say("watch tern")
    await world.archive.add_document(own)
    await world.change(own, "Secret.\n")
    assert len(await world.tell()) == 1
    assert not world.chat.in_place(Place("fake", "T2", "C1"))


async def test_times_are_told_in_the_zone_of_the_channel(watched: World) -> None:
    await watched.say("digest weekly mon 09:00 Asia/Tokyo")
    await watched.change()
    assert "Seen: 23 Nov 2026, 23:0" in (await watched.tell())[0]

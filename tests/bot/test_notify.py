"""Nothing is lost, nothing is told twice unsaid, and whoever can mend something hears of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.chats.port import Place, Request
from bot.newsroom import Newsroom
from bot.notify import FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS, patience
from bot.roster import Roster
from storage.delivery import State
from tests.bot.cast import PRIVACY, TERMS
from tests.bot.conftest import HERE, World
from tests.bot.reading import whole
from watchers.errors import DeliveryError, StoreError
from watchers.model import Health, Look, Outcome, Verdict

GONE = DeliveryError("The channel was archived.", permanent=True)
BUSY = DeliveryError("Too many messages.", retry_after=20)
BROKEN = DeliveryError("The connection broke.", uncertain=True)
DOWN = DeliveryError("The chat does not answer.")


@pytest.fixture
async def watched(world: World) -> World:
    await world.say("watch tern")
    return world


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


async def test_the_digest_comes_in_its_slot_and_repeats_no_ping(watched: World) -> None:
    await watched.change()
    await watched.tell()
    await watched.tell(days=7)
    told = await watched.tell()
    assert len(told) == 3  # the ping, the recall of what takes effect tomorrow, the digest
    assert "1 change told here already" in told[2]
    assert len(await watched.tell(hours=1)) == 3


async def test_a_digest_that_was_missed_is_sent_once_and_says_it_is_late(watched: World) -> None:
    await watched.say("digest weekly mon 09:00")
    (digest,) = await watched.tell(days=16)
    assert "Late: this digest was due 7 Dec 2026, 09:00 UTC." in digest


async def test_a_quiet_week_is_silent_where_that_is_wanted(watched: World) -> None:
    await watched.say("digest weekly quiet")
    assert await watched.tell(days=8) == ()


async def test_an_announced_change_is_recalled_the_day_before(watched: World) -> None:
    await watched.change()
    await watched.tell()
    await watched.say("digest off")
    assert len(await watched.tell(days=6)) == 1
    told = await watched.tell(hours=20)
    assert "takes effect tomorrow" in told[1]


async def test_a_recall_counts_the_days_as_people_there_count_them(watched: World) -> None:
    await watched.say("digest daily 08:00 Pacific/Auckland")
    await watched.change()
    told = [await watched.tell(hours=1) for _ in range(24 * 7)][-1]
    (recall,) = [said for said in told if "the change announced on" in said]
    assert "takes effect tomorrow" in recall


async def test_a_recall_that_could_not_be_posted_before_its_day_was_over_is_left_out(watched: World) -> None:
    await watched.change()
    await watched.tell()
    await watched.tell(days=6)
    watched.clock.pass_by(hours=20)
    await watched.ledger.plan_recalls(watched.clock())
    told = await watched.tell(days=3)
    assert not [said for said in told if "the change announced on" in said]


async def test_whatever_may_have_arrived_says_so_when_it_is_sent_again(watched: World) -> None:
    watched.chat.refusals.append((BROKEN, True))
    first = await watched.tell(days=7, minutes=3)
    watched.chat.deliveries.clear()  # as where a chat gives no right to look
    second = await watched.tell(minutes=5)
    assert "Possibly repeated" not in first[0]
    assert "Possibly repeated" in second[-1]


async def test_a_day_that_was_struck_from_the_page_is_not_recalled(watched: World) -> None:
    words = "These terms take effect on 30 November 2026."
    told = await watched.change()
    named = replace(told.difference.passages[0], after=words, after_start=11)
    said = replace(told.difference, passages=(named,), effective=date(2026, 11, 30))
    announced = await watched.change(text=f"# Privacy\n\n{words}\n\nStamps are free.\n", difference=said)
    newsroom = Newsroom(watched.archive, watched.ledger, Roster(watched.archive, watched.clock))
    assert await newsroom.holds(announced)
    await watched.change(text="# Privacy\n\nStamps cost something now.\n", difference=replace(said, effective=None))
    assert not await newsroom.holds(announced)


async def test_blindness_and_recovery_are_told_once_each(watched: World) -> None:
    await watched.look()
    for hours in range(6):
        watched.clock.pass_by(hours=1)
        verdict = Verdict(Health.LOGIN_WALL)
        blind = Look(PRIVACY.id, watched.clock(), Outcome.BLIND, "the site asks for a login", verdict)
        await watched.archive.record(replace(blind, next_look=watched.clock() + timedelta(hours=1)))
        told = await watched.tell()
        assert len(told) == (hours >= 2)
    assert "Tern Privacy Policy cannot be read since" in told[0]
    assert "cannot be read: the site asks for a login" in await watched.say("watches")
    watched.clock.pass_by(hours=1)
    await watched.archive.record(Look(PRIVACY.id, watched.clock(), Outcome.SAME_WORDS))
    assert "can be read again, after" in (await watched.tell())[1]


async def test_an_ack_names_who_was_first(watched: World) -> None:
    await watched.change()
    await watched.tell()
    ((receipt, _),) = watched.chat.posted[HERE].items()
    for person in ("U2", "U3"):
        reply = await watched.answer(Request(HERE, person, "ack", "", pressed=True, receipt=receipt))
        assert reply.replaces
        assert "✅ Acknowledged by U2" in whole(reply.message)
    elsewhere = Request(Place("fake", "T2", "C1"), "U9", "ack", "", pressed=True, receipt=receipt)
    assert "no longer known here" in whole((await watched.answer(elsewhere)).message)


async def test_not_relevant_is_shown_and_counted(watched: World) -> None:
    change = await watched.change()
    await watched.tell()
    pressed = Request(HERE, "U2", "notrelevant", change.id, pressed=True, receipt="r1")
    assert "Marked not relevant by U2" in whole((await watched.answer(pressed)).message)
    assert await watched.ledger.reports(change.seen_at) == ((change.id, 1),)


async def test_a_muted_platform_is_silent_until_the_mute_ends(watched: World) -> None:
    await watched.look()
    await watched.say("mute tern 7d")
    await watched.change()
    assert await watched.tell() == ()


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


async def test_a_ping_keeps_what_everybody_did_about_it(watched: World) -> None:
    change = await watched.change()
    await watched.tell()
    for person, action in (("U2", "notrelevant"), ("U3", "ack")):
        pressed = Request(HERE, person, action, change.id, pressed=True, receipt="r1")
        said = whole((await watched.answer(pressed)).message)
    assert "Marked not relevant by U2" in said
    assert "Acknowledged by U3" in said


async def test_a_ping_shows_who_muted_its_platform_and_no_longer_once_unmuted(watched: World) -> None:
    await watched.change()
    await watched.tell()
    pressed = Request(HERE, "U2", "mute", "tern", pressed=True, receipt="r1")
    muted = await watched.press(await watched.answer(pressed), "7 days", person="U3")
    assert muted.replaces
    assert "Muted by U3 until 30 Nov 2026" in (await watched.tell())[0]
    await watched.press(muted, "Unmute")
    assert "Muted" not in (await watched.tell())[0]


async def test_a_mute_cannot_be_shown_on_anothers_message(watched: World) -> None:
    await watched.change()
    await watched.tell()
    (ping,) = await watched.ledger.of_channel("fake:T1/C1")
    stranger = Request(Place("fake", "T2", "C1"), "U9", "mute", f"tern 7d @{ping.id}", pressed=True, receipt="r9")
    assert "No pings about Tern" in whole((await watched.answer(stranger)).message)
    assert "Muted" not in (await watched.tell())[0]


async def test_a_ping_is_amended_when_its_change_is_taken_back(watched: World) -> None:
    told = await watched.change()
    await watched.tell()
    back = replace(told.difference, reasons=("rolled back to an earlier version",))
    watched.clock.pass_by(days=1)
    await watched.change(text="# Privacy\n\nThe earlier words.\n", difference=back)
    first, second = await watched.tell()
    assert "Taken back since: on 24 Nov 2026 the earlier words were back." in first
    assert "Tern rolled back its Privacy Policy" in second


async def test_times_are_told_in_the_zone_of_the_channel(watched: World) -> None:
    await watched.say("digest weekly mon 09:00 Asia/Tokyo")
    await watched.change()
    assert "Seen: 23 Nov 2026, 23:0" in (await watched.tell())[0]

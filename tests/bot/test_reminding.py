"""Digests and recalls: in their slot, in the time of people there, once, and late rather than never."""

from dataclasses import replace
from datetime import date

from bot.facts.roster import Roster
from bot.telling.newsroom import Newsroom
from tests.bot.conftest import World
from watchers.errors import DeliveryError


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
    watched.chat.refusals.append((DeliveryError("The connection broke.", uncertain=True), True))
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

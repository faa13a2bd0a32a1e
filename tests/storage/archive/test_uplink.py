"""Nearly all hosts at once: that is us. One host, or half of them: that is theirs."""

from datetime import timedelta

import pytest

from storage.archive.archive import Archive
from storage.archive.uplink import HOSTS, Uplink
from storage.audience.store import Audience
from storage.deliveries.delivery import Kind
from storage.deliveries.ledger import Ledger
from tests.storage.world import MEMORY, NOON, Place, World, after, document, first, look, platform
from watchers.model import Outcome

HOSTED = [f"site{number}/terms" for number in range(15)]
OPERATOR = Place(channel="ops")


def uplink(answers: str) -> Uplink:
    made = Uplink()
    for number, answer in enumerate(answers):
        made.note(f"host{number}", NOON + timedelta(seconds=number), reached=answer == "+")
    return made


@pytest.mark.parametrize(
    ("answers", "before", "down"),
    [
        ("--", False, False),  # too few to say anything of us
        ("---", False, True),
        ("-" * 12, False, True),
        ("+----------", False, True),
        ("+++-----", False, False),
        ("++++++------", False, False),
        ("", True, True),  # after a restart what was thought stands
        ("++", True, True),
        ("-----++++", True, True),
        ("----++++", True, False),
    ],
)
def test_whose_fault_it_is_follows_from_the_last_hosts(answers: str, before: bool, down: bool) -> None:
    assert uplink(answers).down(before=before) is down


def test_a_host_that_is_asked_again_counts_once_and_old_ones_are_forgotten() -> None:
    made = uplink("+" * 30)
    assert len(made.hosts) == HOSTS
    for second in range(20):
        made.note("host29", NOON + timedelta(minutes=second), reached=False)
    assert not made.down(before=False)


@pytest.fixture
async def ours(world: World) -> World:
    """A world of fifteen sites whose operator listens, with a channel that watches everything."""
    documents = [platform(document(name), identity=name.partition("/")[0]) for name in HOSTED]
    archive = Archive(world.database, MEMORY, operator="console:home/ops")
    await archive.sync_catalogue(documents, NOON)
    made = World(world.database, archive, Ledger(world.database, "console:home/ops"), Audience(world.database))
    await made.audience.channel(OPERATOR, NOON)
    general = await made.audience.channel(Place(), NOON)
    await made.audience.watch(general.id, now=NOON)
    return made


async def round_of(world: World, hour: float, *, reached: bool = False, only: int = 15) -> None:
    for number, name in enumerate(HOSTED[:only]):
        at = after(hours=hour, seconds=number)
        if reached:
            await world.archive.record(first("One.", at, of=name))
        else:
            why = f"{name}: the name is not known, or name service is down"
            await world.archive.record(look(Outcome.FAILED, at, of=name, reason=why, unreached=True))


async def kinds(world: World, hour: float) -> list[tuple[Kind, str]]:
    claimed = await world.ledger.claim(after(hours=hour), 99)
    return sorted((each.kind, each.channel.foreign) for each in claimed)


async def test_our_own_outage_is_told_to_the_operator_once_and_to_no_channel(ours: World) -> None:
    for hour in range(6):
        await round_of(ours, hour)
    assert await kinds(ours, 6) == [(Kind.OFFLINE, "ops")]
    (outage,) = await ours.archive.outages(NOON, after(hours=9))
    assert (outage.since, outage.until) == (NOON, None)
    assert await ours.archive.blind() == ()


async def test_its_end_is_told_once_and_what_was_missed_is_due_at_once(ours: World) -> None:
    for hour in range(6):
        await round_of(ours, hour)
    (begun,) = await ours.ledger.claim(after(hours=6), 99)
    await round_of(ours, 7, reached=True, only=8)
    (outage,) = await ours.archive.outages(NOON, after(hours=9))
    assert outage.until is not None
    due = await ours.archive.claim_due(outage.until, 99)
    assert {each.document.id for each in due} >= set(HOSTED[8:])
    told = await ours.ledger.told(Kind.ONLINE, begun.subject)
    assert [each.channel.foreign for each in told] == ["ops"]


async def test_a_line_that_shakes_is_one_outage(ours: World) -> None:
    await round_of(ours, 0)
    await round_of(ours, 0.2, reached=True)
    await round_of(ours, 0.4)
    assert len(await ours.archive.outages(NOON, after(hours=9))) == 1
    assert len(await ours.ledger.told(Kind.OFFLINE, f"@{NOON.isoformat(timespec='seconds')}")) == 1


async def test_a_host_alone_that_is_not_reached_is_told_as_ever(ours: World) -> None:
    await round_of(ours, 0, reached=True)
    for hour in range(1, 4):
        await round_of(ours, hour, only=1)
    assert await kinds(ours, 4) == [(Kind.BLIND, "general"), (Kind.BLIND, "ops")]
    assert await ours.archive.outages(NOON, after(hours=9)) == ()

"""A smaller plan lets watches rest and deletes none; a larger one wakes them."""

import pytest

from bot import plans
from bot.planning import change_plan
from tests.bot.conftest import World
from watchers.errors import ClausewatchError

PLANS = plans.load()


@pytest.fixture
async def watching(world: World) -> World:
    for line in ("watch tern privacy", "watch kite", "watch tern ai-training", "watch all ai-training"):
        await world.say(line)
    return world


async def lower(world: World, plan: str) -> tuple[int, int]:
    done = await change_plan(world.audience, PLANS, "fake:T1", plan, world.clock())
    return len(done.resting), len(done.woken)


async def test_the_oldest_platforms_stay_and_nothing_is_deleted(watching: World) -> None:
    assert await lower(watching, "free") == (3, 0)
    watches = await watching.audience.watches_of("fake:T1", watching.clock())
    assert [(bool(one.paused), one.ping) for one in watches] == [
        (False, False),
        (True, False),
        (True, False),
        (True, False),
    ]
    assert "paused: the plan has no room for it" in await watching.say("watches")
    await watching.change()
    assert await watching.tell() == ()


async def test_a_larger_plan_wakes_what_rested(watching: World) -> None:
    await lower(watching, "free")
    assert await lower(watching, "watcher") == (0, 1)
    assert await lower(watching, "professional") == (0, 2)
    watches = await watching.audience.watches_of("fake:T1", watching.clock())
    assert all(one.ping and not one.paused for one in watches)


async def test_what_a_person_chose_survives_a_smaller_plan_and_a_larger_one(world: World) -> None:
    await world.say("watch tern quietly")
    await world.say("watch kite")
    await lower(world, "free")
    await lower(world, "professional")
    watches = await world.audience.watches_of("fake:T1", world.clock())
    assert [(one.platform, one.ping) for one in watches] == [("tern", False), ("kite-mail", True)]


async def test_what_was_chosen_under_the_plan_without_pings_holds_under_a_larger_one(
    world: World,
) -> None:
    await world.say("watch tern")
    assert await lower(world, "free") == (0, 0)
    await world.say("watch tern quietly")
    await lower(world, "watcher")
    await world.change()
    assert await world.tell() == ()
    await lower(world, "free")
    assert "You get: the digest only" in await world.say("watch tern")
    await world.change()
    assert await world.tell() == ()
    await lower(world, "watcher")
    assert "a ping on the day of a change" in await world.say("watch tern")


@pytest.mark.parametrize(
    ("workspace", "plan", "said"),
    [
        ("fake:T1", "gold", "The plans are: free, watcher, professional."),
        ("fake:T9", "free", "The workspaces are: fake:T1."),
    ],
)
async def test_what_nobody_knows_is_said_with_what_there_is(
    watching: World, workspace: str, plan: str, said: str
) -> None:
    with pytest.raises(ClausewatchError, match=said):
        await change_plan(watching.audience, PLANS, workspace, plan, watching.clock())

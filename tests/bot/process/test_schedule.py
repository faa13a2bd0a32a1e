"""The ticks are fired again and again; a broken one stops nothing, and stopping is bounded."""

import asyncio

from bot.process.schedule import Beat, Schedule


async def test_a_tick_that_fails_is_fired_again_and_stops_no_other() -> None:
    fired: list[str] = []
    enough = asyncio.Event()

    async def broken() -> None:
        fired.append("broken")
        raise RuntimeError("broken")

    async def well() -> None:
        fired.append("well")
        if fired.count("well") >= 2 and fired.count("broken") >= 2:
            enough.set()

    schedule = Schedule((Beat("broken", broken, 0.01), Beat("well", well, 0.01)))
    schedule.start()
    await asyncio.wait_for(enough.wait(), 60)
    await schedule.stop()


async def test_stopping_waits_for_what_runs_and_breaks_off_what_never_ends() -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    async def endless() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    schedule = Schedule((Beat("endless", endless, 0.01),))
    schedule.start()
    await asyncio.wait_for(started.wait(), 60)
    await schedule.stop(grace=0.01)
    assert ended.is_set()


async def test_what_is_due_when_a_process_starts_does_not_wait_for_the_first_interval() -> None:
    fired = asyncio.Event()

    async def tick() -> None:
        fired.set()

    schedule = Schedule((Beat("look", tick, 3600, at_once=True),))
    schedule.start()
    await asyncio.wait_for(fired.wait(), 60)
    await schedule.stop()

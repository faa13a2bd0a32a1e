"""Both engines keep one contract: called after the commit, never without it, one at a time a key."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from procrastinate.exceptions import ConnectorException
from sqlalchemy import text

from storage.database.connection import Database, open_database
from storage.deliveries.engine import Call, Engine, Pump, Task
from storage.deliveries.engines.procrastinate import Procrastinate
from tests.storage.queueing import queueing


@dataclass
class Bench:
    """An engine with its database, and what was called."""

    engine: Engine
    database: Database
    called: list[str] = field(default_factory=list)
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    wanted: int = 1

    async def look(self, key: str) -> None:
        self.called.append(key)
        if len(self.called) >= self.wanted:
            self.enough.set()
        if key == "broken":
            raise RuntimeError(key)

    async def call(self, *keys: str) -> None:
        async with self.database.write() as connection:
            await self.engine.call(connection, [Call("look", key) for key in keys])

    async def work(self, wanted: int, look: Callable[[str], Awaitable[None]] | None = None) -> None:
        """Work until so many calls were made."""
        self.wanted, stop = wanted, asyncio.Event()
        working = asyncio.ensure_future(self.engine.work({"look": Task(look or self.look)}, stop))
        await asyncio.wait_for(self.enough.wait(), 60)
        stop.set()
        await asyncio.wait_for(working, 60)


@pytest.fixture(params=["pump", "procrastinate"])
async def bench(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    if request.param == "pump":
        database = await open_database("sqlite://")
        yield Bench(Pump(), database)
        await database.close()
        return
    async with queueing(request.getfixturevalue("postgres_url")) as (database, engine):
        yield Bench(engine, database)


async def test_a_call_is_made_after_the_commit_and_once(bench: Bench) -> None:
    await bench.call("a", "a", "b")
    await bench.call("a")
    await bench.work(2)
    assert sorted(bench.called) == ["a", "b"]


async def test_a_call_of_an_undone_transaction_is_never_made(bench: Bench) -> None:
    with pytest.raises(RuntimeError):
        await _undone(bench)
    await bench.call("kept")
    await bench.work(1)
    assert bench.called == ["kept"]


async def _undone(bench: Bench) -> None:
    async with bench.database.write() as connection:
        await bench.engine.call(connection, [Call("look", "undone")])
        raise RuntimeError


async def test_calls_of_one_key_never_overlap_and_others_run_side_by_side(bench: Bench) -> None:
    running: list[str] = []
    again: list[str] = []
    overlapping: list[str] = []
    last_began = asyncio.Event()

    async def look(key: str) -> None:
        if key in running:
            overlapping.append(key)
        running.append(key)
        if key == "last":
            last_began.set()
        elif key not in bench.called:
            await bench.call(key)  # there is more work for it while it runs
            again.append(key)
            if len(again) == 3:
                await bench.call("last")  # to come to this one the engine has to pass over those that run
        await asyncio.wait_for(last_began.wait(), 60)
        running.remove(key)
        await bench.look(key)

    await bench.call("a", "b", "c")
    await bench.work(7, look)
    assert not overlapping
    assert sorted(bench.called) == ["a", "a", "b", "b", "c", "c", "last"]


async def test_a_task_that_fails_holds_up_nobody(bench: Bench) -> None:
    await bench.call("broken", "a")
    await bench.work(2)
    assert sorted(bench.called) == ["a", "broken"]


async def test_what_runs_is_finished_before_work_ends(bench: Bench) -> None:
    await bench.call("a")
    stop, began = asyncio.Event(), asyncio.Event()
    done: list[str] = []

    async def slow(key: str) -> None:
        began.set()
        for _ in range(50):
            await asyncio.sleep(0)
        done.append(key)

    working = asyncio.ensure_future(bench.engine.work({"look": Task(slow)}, stop))
    await asyncio.wait_for(began.wait(), 60)
    stop.set()
    await asyncio.wait_for(working, 60)
    assert done == ["a"]


async def test_the_queue_keeps_no_finished_jobs(bench: Bench) -> None:
    if isinstance(bench.engine, Pump):
        pytest.skip("the embedded engine keeps nothing")
    await bench.call("a", "b", "broken")
    await bench.work(3)
    assert isinstance(bench.engine, Procrastinate)
    assert await bench.engine.waiting() == 0


async def test_the_job_of_a_worker_that_is_gone_is_taken_by_another(bench: Bench) -> None:
    if isinstance(bench.engine, Pump):
        pytest.skip("what waited in memory is called again by the next tick")
    await bench.call("a")
    async with bench.database.write() as connection:
        gone = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        worker = (await connection.execute(text(gone))).scalar()
        taken = "UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker"
        await connection.execute(text(taken), {"worker": worker})
    assert isinstance(bench.engine, Procrastinate)
    assert await bench.engine.reap() == 1
    await bench.work(1)
    assert bench.called == ["a"]


async def test_a_job_that_ended_while_the_database_was_away_holds_up_nobody(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    if isinstance(bench.engine, Pump):
        pytest.skip("a call that ended is nowhere but in memory")
    assert isinstance(bench.engine, Procrastinate)

    broke = asyncio.Event()

    async def away(*_: object, **__: object) -> None:
        broke.set()
        raise ConnectorException("away")

    working = asyncio.ensure_future(bench.work(2))
    with monkeypatch.context() as patched:
        patched.setattr(bench.engine._app.job_manager, "finish_job", away)
        await bench.call("a")
        await asyncio.wait_for(broke.wait(), 60)
    await bench.call("a")
    for _ in range(2):  # one that has only just ended may still be on its way out
        await bench.engine.reap()
    await working
    assert bench.called == ["a", "a"]
    assert await bench.engine.waiting() == 0


async def test_a_worker_whose_connections_broke_goes_on_by_itself(bench: Bench) -> None:
    if isinstance(bench.engine, Pump):
        pytest.skip("the embedded engine has no connections")
    stop = asyncio.Event()
    engine = Procrastinate(bench.database.address)
    await engine.open()
    working = asyncio.ensure_future(engine.work({"look": Task(bench.look)}, stop))
    await bench.call("before")
    await asyncio.wait_for(bench.enough.wait(), 60)
    bench.enough.clear()
    await _cut_all_other_connections(bench)
    bench.wanted = 2
    await bench.call("after")
    await asyncio.wait_for(bench.enough.wait(), 60)
    stop.set()
    await asyncio.wait_for(working, 60)
    await engine.close()
    assert bench.called == ["before", "after"]


async def _cut_all_other_connections(bench: Bench) -> None:
    async with bench.database.write() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        await connection.execute(text(f"{others} pg_backend_pid()"))

"""The engine of many processes: Procrastinate on PostgreSQL, jobs deferred inside our own transaction.

A job is written by the same raw connection as the row that causes it, so either both are there or
neither. Finished jobs are removed, and those of a worker that is gone are taken by another.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from sqlalchemy import URL, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.address import shown
from storage.deliveries.engine import PATIENCE, Call, Failed, Task
from watchers.errors import StoreError

STALLED = 30.0
"""Seconds without a sign of life after which a worker is thought gone and its jobs go to others."""

POLLED = 1.0
"""Seconds a job may wait after the lock it needs is free, or after its word got lost."""

AGAIN = 2.0
"""Seconds after which a lane whose connection broke tries again."""

TRIES = 3
"""How often calls are queued at one go before they are queued one by one: others queue the same ones meanwhile."""

_WAITING = text(
    "SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock IN :locks"
).bindparams(bindparam("locks", expanding=True))

_DOING = "SELECT id FROM procrastinate_jobs WHERE status = 'doing' AND id = ANY(%(ids)s)"


class Procrastinate:
    """The engine on PostgreSQL. Any number of processes may `work` with it."""

    def __init__(
        self,
        address: URL,
        failed: Failed | None = None,
        *,
        stalled: float = STALLED,
        patience: float = PATIENCE,
    ) -> None:
        server = address.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connector = procrastinate.PsycopgConnector(conninfo=server, min_size=1, max_size=6, timeout=10.0)
        self._app = procrastinate.App(connector=self._connector)
        self._address = address
        self._failed = failed
        self._stalled = stalled
        self._patience = patience
        self._ended: dict[int, Job] = {}
        self._ended_before: dict[int, Job] = {}

    async def open(self) -> None:
        """Connect, and make the tables of the queue where they are missing; raise StoreError when that fails."""
        try:
            await self._app.open_async()
            known = await self._connector.execute_query_one_async("SELECT to_regclass('procrastinate_jobs') AS name")
            if known["name"] is None:
                await self._app.schema_manager.apply_schema_async()
        except ConnectorException as error:
            await self._app.close_async()
            why = error.__cause__ or error
            raise StoreError(f"The queue in {shown(self._address)} cannot be used: {why}") from error

    async def close(self) -> None:
        """Disconnect."""
        await self._app.close_async()

    async def call(self, connection: AsyncConnection, calls: Sequence[Call]) -> None:
        """Have tasks called once the transaction is committed; one that waits already is not queued twice."""
        driver = (await connection.get_raw_connection()).driver_connection
        for _ in range(TRIES):
            fresh = await _not_waiting(connection, calls)
            try:
                await self._defer(connection, driver, fresh)
            except AlreadyEnqueued:  # another process queued one of them in between: by now that can be seen
                continue
            return
        for call in fresh:
            with contextlib.suppress(AlreadyEnqueued):
                await self._defer(connection, driver, (call,))

    async def _defer(self, connection: AsyncConnection, driver: Any, calls: Sequence[Call]) -> None:
        if not calls:
            return
        jobs = [_job(call) for call in calls]
        async with connection.begin_nested():  # a refused insert would spoil the whole transaction
            await self._app.job_manager.batch_defer_jobs_async(jobs, connection=driver)

    async def work(self, tasks: Mapping[str, Task], stop: asyncio.Event) -> None:
        """Call tasks until told to stop, and see to the jobs of workers that are gone."""
        for name, task in tasks.items():
            self._register(name, task)
        reaper = asyncio.ensure_future(self._reap_again_and_again())
        try:
            await asyncio.gather(*(self._lane(name, task.width, stop) for name, task in tasks.items()))
        finally:
            reaper.cancel()
            await asyncio.gather(reaper, return_exceptions=True)

    async def reap(self) -> int:
        """Give the jobs of workers that are gone to others; return how many."""
        await self._remove_the_ended()
        manager = self._app.job_manager
        jobs = list(await manager.get_stalled_jobs(seconds_since_heartbeat=self._stalled))
        for job in jobs:
            try:
                await manager.retry_job(job, retry_at=datetime.now(UTC))
            except ConnectorException:  # the same call waits already, or another process was quicker
                with contextlib.suppress(ConnectorException):
                    await manager.finish_job(job, status=Status.FAILED, delete_job=True)
        return len(jobs)

    async def _remove_the_ended(self) -> None:
        """Remove jobs that ended some while ago and are still there: the database was away when they were to go.

        As long as their worker lives nobody else would, and their lock would keep all later ones waiting.
        """
        ended, self._ended_before, self._ended = self._ended_before, self._ended, {}
        try:
            left = await self._connector.execute_query_all_async(_DOING, ids=list(ended))
            for row in left:
                await self._app.job_manager.finish_job(ended[row["id"]], status=Status.SUCCEEDED, delete_job=True)
        except ConnectorException:
            self._ended_before |= ended
            raise

    async def waiting(self) -> int:
        """Return how many jobs the queue holds, of whatever state."""
        counted: dict[str, Any] = await self._connector.execute_query_one_async(
            "SELECT count(*) AS jobs FROM procrastinate_jobs"
        )
        return int(counted["jobs"])

    def _register(self, name: str, task: Task) -> None:
        async def run(context: JobContext, key: str) -> None:
            try:
                await task.run(key)
            except Exception as error:  # the rows still say what is due: the next tick calls again
                self._tell(Call(name, key), error)
            finally:
                if context.job.id is not None:
                    self._ended[context.job.id] = context.job

        if name not in self._app.tasks:
            self._app.task(name=name, queue=name, pass_context=True)(run)

    async def _lane(self, name: str, width: int, stop: asyncio.Event) -> None:
        """Work on one task; a worker that broke down with its connection is followed by another."""
        stopping = asyncio.ensure_future(stop.wait())
        while not stop.is_set():
            worker = asyncio.ensure_future(self._worker(name, width))
            await asyncio.wait({worker, stopping}, return_when=asyncio.FIRST_COMPLETED)
            broke = worker.done()
            worker.cancel()  # it finishes what it holds when it is cancelled
            (came,) = await asyncio.gather(worker, return_exceptions=True)
            if broke:
                self._tell(Call(name, ""), came if isinstance(came, Exception) else RuntimeError("the worker ended"))
                await asyncio.wait({stopping}, timeout=AGAIN)
        stopping.cancel()

    async def _worker(self, name: str, width: int) -> None:
        await self._app.run_worker_async(
            queues=[name],
            name=name,
            concurrency=width,
            delete_jobs="always",
            fetch_job_polling_interval=POLLED,
            install_signal_handlers=False,
            shutdown_graceful_timeout=self._patience,
            update_heartbeat_interval=self._stalled / 3,
            stalled_worker_timeout=self._stalled,
        )

    async def _reap_again_and_again(self) -> None:
        while True:
            try:
                await self.reap()
            except Exception as error:
                self._tell(Call("reap", ""), error)
            await asyncio.sleep(self._stalled / 2)

    def _tell(self, call: Call, error: Exception) -> None:
        if self._failed is not None:
            self._failed(call, error)


async def _not_waiting(connection: AsyncConnection, calls: Sequence[Call]) -> tuple[Call, ...]:
    """Return the calls that no job waits for yet, in the order in which everybody queues.

    A refused insert costs more than this question. The order matters: an insert waits for whoever is just queueing
    the same call, and two transactions that queue the same calls in two orders would wait for each other.
    """
    if not calls:
        return ()
    asked = await connection.execute(_WAITING, {"locks": [call.lock for call in calls]})
    waiting = set(asked.scalars())
    return tuple(sorted({call for call in calls if call.lock not in waiting}, key=lambda call: call.lock))


def _job(call: Call) -> Job:
    return Job(
        id=None,
        queue=call.task,
        lock=call.lock,
        queueing_lock=call.lock,
        task_name=call.task,
        task_kwargs={"key": call.key},
    )

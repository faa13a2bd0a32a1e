"""The engine of many processes: Procrastinate on PostgreSQL, jobs deferred inside our own transaction.

A job is written by the same raw connection as the row that causes it, so either both are there or
neither. Finished jobs are removed, and those of a worker that is gone are taken by another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Call, Failed, Task

QUEUE = "clausewatch"
STALLED = 30.0
"""Seconds without a sign of life after which a worker is thought gone and its jobs go to others."""

PATIENCE = 25.0
"""Seconds a running call gets to finish when we are told to stop; hosts kill after thirty."""


class Procrastinate:
    """The engine on PostgreSQL. Any number of processes may `work` with it, each `width` calls side by side."""

    def __init__(self, address: URL, width: int = 8, failed: Failed | None = None, *, stalled: float = STALLED) -> None:
        server = address.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connector = procrastinate.PsycopgConnector(conninfo=server, min_size=1, max_size=4)
        self._app = procrastinate.App(connector=self._connector)
        self._width = width
        self._failed = failed
        self._stalled = stalled

    async def open(self) -> None:
        """Connect, and make the tables of the queue where they are missing."""
        await self._app.open_async()
        known = await self._connector.execute_query_one_async("SELECT to_regclass('procrastinate_jobs') AS name")
        if known["name"] is None:
            await self._app.schema_manager.apply_schema_async()

    async def close(self) -> None:
        """Disconnect."""
        await self._app.close_async()

    async def call(self, connection: AsyncConnection, calls: Sequence[Call]) -> None:
        """Have tasks called once the transaction is committed; one that waits already is not queued twice."""
        driver = (await connection.get_raw_connection()).driver_connection
        for call in calls:
            job = self._app.configure_task(
                call.task, queue=QUEUE, lock=call.lock, queueing_lock=call.lock, connection=driver
            )
            try:
                async with connection.begin_nested():  # a refused insert would spoil the whole transaction
                    await job.defer_async(key=call.key)
            except AlreadyEnqueued:
                continue

    async def work(self, tasks: Mapping[str, Task], stop: asyncio.Event) -> None:
        """Call tasks until told to stop, and see to the jobs of workers that are gone."""
        for name, task in tasks.items():
            self._register(name, task)
        worker = asyncio.ensure_future(self._worker())
        reaper = asyncio.ensure_future(self._reap_again_and_again())
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({worker, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for running in (worker, reaper, stopping):  # the worker finishes what it holds when it is cancelled
            running.cancel()
        await asyncio.gather(worker, reaper, stopping, return_exceptions=True)

    async def reap(self) -> int:
        """Give the jobs of workers that are gone to others; return how many."""
        manager = self._app.job_manager
        jobs = list(await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=self._stalled))
        for job in jobs:
            try:
                await manager.retry_job(job, retry_at=datetime.now(UTC))
            except ConnectorException:  # the same call waits already
                await manager.finish_job(job, status=Status.FAILED, delete_job=True)
        return len(jobs)

    async def waiting(self) -> int:
        """Return how many jobs the queue holds, of whatever state."""
        counted: dict[str, Any] = await self._connector.execute_query_one_async(
            "SELECT count(*) AS jobs FROM procrastinate_jobs"
        )
        return int(counted["jobs"])

    def _register(self, name: str, task: Task) -> None:
        async def run(key: str) -> None:
            try:
                await task(key)
            except Exception as error:  # the rows still say what is due: the next tick calls again
                if self._failed is not None:
                    self._failed(Call(name, key), error)

        if name not in self._app.tasks:
            self._app.task(name=name, queue=QUEUE)(run)

    async def _worker(self) -> None:
        await self._app.run_worker_async(
            queues=[QUEUE],
            concurrency=self._width,
            delete_jobs="always",
            fetch_job_polling_interval=1.0,  # how long a job may wait after the lock it needs is free
            install_signal_handlers=False,
            shutdown_graceful_timeout=PATIENCE,
            update_heartbeat_interval=self._stalled / 3,
            stalled_worker_timeout=self._stalled,
        )

    async def _reap_again_and_again(self) -> None:
        while True:
            await self.reap()
            await asyncio.sleep(self._stalled / 2)

"""The ticks: what happens again and again, and APScheduler, which only fires them.

A tick holds no state: due-ness is a column, so a tick may be late, doubled or lost without harm.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger(__name__)

GRACE = 8.0
"""Seconds; hosts that send SIGTERM mostly kill after ten."""

Tick = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Beat:
    """A tick and how often it is fired, in seconds; `at_once`: first of all when the process has started."""

    name: str
    tick: Tick
    seconds: float
    at_once: bool = False


class Schedule:
    """Fires beats until it is stopped; a beat that still runs is not fired again, one that fails is logged."""

    def __init__(self, beats: tuple[Beat, ...]) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._running: set[asyncio.Task[None]] = set()
        for beat in beats:
            job = self._scheduler.add_job(
                self._fire, "interval", args=(beat,), seconds=beat.seconds, id=beat.name, max_instances=1, coalesce=True
            )
            if beat.at_once:
                job.modify(next_run_time=datetime.now(UTC))

    def start(self) -> None:
        """Start firing."""
        self._scheduler.start()

    async def stop(self, grace: float = GRACE) -> None:
        """Fire nothing more; wait `grace` seconds for what is running to finish, then break it off.

        What is broken off is lost nowhere: a look is taken again when its lease has run out, and a
        delivery that was being sent is looked for before it is sent again.
        """
        self._scheduler.pause()
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._scheduler.shutdown(wait=False)

    async def _fire(self, beat: Beat) -> None:
        task = asyncio.ensure_future(_logged(beat))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.shield(task)


async def _logged(beat: Beat) -> None:
    try:
        await beat.tick()
    except Exception:
        log.exception("a tick failed; the next one tries again", tick=beat.name)

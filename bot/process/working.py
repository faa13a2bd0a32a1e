"""Working: the ticks of a process and the tasks the engine calls in it, from the start until they are drained."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable

from bot.app import App
from bot.process.schedule import Beat, Schedule
from watchers.errors import ClausewatchError

PATIENCE = 3.0
"""Seconds a page that is being examined gets to be finished when we are told to stop; else it is looked at again."""


class Working:
    """What goes on in a process. One that does not `work` only has the beats it is given.

    `ended` is done when the work ends, which is an error unless it was told to stop.
    """

    def __init__(self, app: App, beats: tuple[Beat, ...], *, work: bool) -> None:
        self._app = app
        self._work = work
        counts = Beat("metrics", app.metrics.flush, 15)
        self._schedule = Schedule((*beats, counts, *(app.duties.beats() if work else ())))
        self._stop = asyncio.Event()
        self.ended: asyncio.Future[object]

    def start(self) -> None:
        """Begin."""
        engine = self._app.engine
        self.ended = asyncio.ensure_future(
            _done(engine.work(self._app.duties.tasks(), self._stop) if self._work else self._stop.wait())
        )
        self._schedule.start()

    async def stop(self) -> None:
        """Take nothing more; finish what is held, and break off what takes too long: it is lost nowhere."""
        self._app.watching.stop()
        self._stop.set()
        asyncio.get_running_loop().call_later(PATIENCE, self._app.examiner.shutdown)
        await asyncio.gather(self._schedule.stop(), self.ended, return_exceptions=True)
        with contextlib.suppress(ClausewatchError):  # counts are no reason to hang on to a database that is gone
            await self._app.metrics.flush()


async def _done(work: Awaitable[object]) -> object:
    return await work

"""Watching: a pass over what is due, by a fixed number of workers, each with a fetcher of its own.

Decides nothing about a page (`watchers/pipeline.py`) and tells nobody.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.examining.aside import Examiner
from bot.looking.look import Fetcher, Looker, Memory, Phrase
from bot.process.collector import give_back
from watchers.model import Due, Look, Outcome

log = structlog.get_logger(__name__)

QUIET = frozenset({Outcome.UNCHANGED, Outcome.SAME_BYTES, Outcome.SAME_WORDS})
UNREAD = frozenset({Outcome.UNCHANGED, Outcome.SAME_BYTES, Outcome.FAILED})
BATCH = 50
"""Quiet looks are recorded so many at a time: one transaction for each would cost more than the look."""

TIDY = 4
"""After so many pages that were read, free memory is given back."""

HELD = 1_000_000
"""Bytes of pages that quiet looks may wait with: fifty pages of a third of a megabyte are not kept in memory."""

CLAIM = 200
"""Documents taken at a time; they are given back if the process ends."""


class Archive(Memory, Protocol):
    """What watching needs of the archive."""

    async def claim_due(self, now: datetime, limit: int) -> tuple[Due, ...]:
        """Take documents whose look is due."""

    async def record(self, look: Look) -> object:
        """Write one look down, with all it causes."""

    async def due_on(self, host: str, now: datetime, limit: int) -> tuple[Due, ...]:
        """Return the documents of a host whose look is due."""

    async def record_many(self, looks: Sequence[Look]) -> object:
        """Write many looks down at once."""


class Watching:
    """Looks at everything that is due, and records it."""

    def __init__(
        self,
        archive: Archive,
        fetchers: Sequence[Fetcher],
        clock: Clock,
        examiner: Examiner,
        seen: Sequence[Callable[[Look], Awaitable[None]]] = (),
        phrase: Phrase | None = None,
        *,
        together: int = 2,
        count: Callable[[Due, Look], None] = lambda due, look: None,
    ) -> None:
        self._archive = archive
        self._lookers: asyncio.Queue[Looker] = asyncio.Queue()
        for fetcher in fetchers:
            self._lookers.put_nowait(Looker(fetcher, archive, clock, examiner, phrase))
        self._count = len(fetchers)
        self._together = together
        self._counts = count
        self._clock = clock
        self._seen = seen
        self._stopping = False
        self._read = 0

    async def tick(self) -> Counter[Outcome]:
        """Look at all that is due now, and return how many looks came to what."""
        outcomes: Counter[Outcome] = Counter()
        while not self._stopping:
            due = await self._archive.claim_due(self._clock(), CLAIM)
            if not due:
                break
            outcomes.update(await self.look_at(due))
        return outcomes

    async def look_on(self, host: str) -> None:
        """Look at all that is due on a host, as many documents at a time as it is asked side by side.

        This is a task of the engine, which makes sure that nobody else is with this host.
        """
        done: set[str] = set()
        while not self._stopping:
            due = await self._archive.due_on(host, self._clock(), BATCH)
            if not (fresh := [each for each in due if each.document.id not in done]):
                break  # also when a look could not be written down: that one waits for the next call
            await self.look_at(fresh, self._together)
            done.update(each.document.id for each in fresh)

    async def look_at(self, due: Sequence[Due], together: int | None = None) -> Counter[Outcome]:
        """Look at these documents side by side, at most `together` at once, and record what was seen."""
        waiting = list(reversed(due))
        quiet: list[Look] = []
        outcomes: Counter[Outcome] = Counter()
        side_by_side = min(len(waiting), together or self._count)
        try:
            async with asyncio.TaskGroup() as group:  # when one breaks none goes on behind our back
                for _ in range(side_by_side):
                    group.create_task(self._work(waiting, quiet, outcomes))
        except* Exception as several:
            raise several.exceptions[0] from None
        finally:
            await self._flush(quiet, 1)
        return outcomes

    def stop(self) -> None:
        """Take nothing more; what is being looked at is finished."""
        self._stopping = True

    async def _work(self, waiting: list[Due], quiet: list[Look], outcomes: Counter[Outcome]) -> None:
        while waiting and not self._stopping:
            due = waiting.pop()
            look = await self._look(due)
            outcomes[look.outcome] += 1
            if look.outcome in QUIET:
                quiet.append(look)
                await self._flush(quiet, BATCH)
            else:
                await self._record(look)
            self._counts(due, look)
            self._tidy(look)
            for hear in self._seen:
                await hear(look)

    def _tidy(self, look: Look) -> None:
        self._read += look.outcome not in UNREAD
        if self._read >= TIDY:
            self._read = 0
            give_back()

    async def _look(self, due: Due) -> Look:
        looker = await self._lookers.get()
        try:
            return await looker.look(due)
        finally:
            self._lookers.put_nowait(looker)

    async def _flush(self, quiet: list[Look], at_least: int) -> None:
        held = sum(len(page.body) for look in quiet for page in look.snapshots)
        if len(quiet) >= at_least or held > HELD:
            batch, quiet[:] = tuple(quiet), ()
            await self._archive.record_many(batch)

    async def _record(self, look: Look) -> None:
        log.info("looked", document=look.document, outcome=look.outcome, reason=look.reason)
        await self._archive.record(look)

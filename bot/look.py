"""Look: fetch a due document, have it examined, record what came of it.

Tells nobody: what is to be told is written with the look and read from there by `bot/notify.py`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

import structlog

from bot.clock import Clock
from watchers.errors import FetchError
from watchers.model import Due, Fetched, Health, Look, Outcome, Part, Past, Snapshot, Validators, Verdict
from watchers.pace import next_look
from watchers.pipeline import examine, glance

log = structlog.get_logger(__name__)

SETTLED = frozenset({Outcome.FIRST, Outcome.SAME_WORDS, Outcome.CHANGED})
"""Looks after which "unchanged since" may be asked. After the others the page must come in full again,
or the second look at a held change would hear "unchanged" and never confirm it."""


Phrase = Callable[[Due, Look], Awaitable[Look]]
"""May put a change's headline in other words; it gives the look back, whatever happens."""


class Fetcher(Protocol):
    """Whoever can bring a page."""

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        """Bring one part, or say that it did not change."""


class Memory(Protocol):
    """What looking needs of the archive."""

    async def past(self, document: str) -> Past:
        """Return what is remembered of a document."""

    async def snapshots(self, document: str) -> tuple[Snapshot, ...]:
        """Return the latest raw page of each part."""


@dataclass(frozen=True, slots=True)
class Looker:
    """Looks at one document at a time; any number may look side by side.

    Pages are examined in a thread of `examiner`, so that chats are answered meanwhile; one thread for all is best,
    as a second would only wait for the first and hold another page in memory.
    """

    fetcher: Fetcher
    memory: Memory
    clock: Clock
    phrase: Phrase | None = None
    examiner: Executor | None = None

    async def look(self, due: Due) -> Look:
        """Return the record of one look, whatever happens; it is never an error."""
        began = time.process_time()
        wait: float | None = None
        try:
            look = await self._look(due)
            if self.phrase is not None and look.outcome is Outcome.CHANGED:
                look = await self.phrase(due, look)
        except FetchError as error:
            look, wait = self._failed(due, str(error), error), error.retry_after
        except Exception as error:
            log.exception("a look failed inside our own rules", document=due.document.id)
            look = self._failed(due, f"our own rules could not read this page ({type(error).__name__})", error)
        spent = 1000 * (time.process_time() - began)
        announced = look.difference.effective if look.difference else None
        wanted = next_look(due, look.outcome, self.clock(), retry_after=wait, announced=announced)
        return replace(look, next_look=wanted, milliseconds=spent, against=due.version)

    async def _look(self, due: Due) -> Look:
        fetched = [
            await self.fetcher.fetch(part, known, language=due.document.language)
            for part, known in zip(due.document.parts, due.validators, strict=True)
        ]
        now = self.clock()
        validators = tuple(each.validators for each in fetched)
        if all(each.snapshot is None for each in fetched):
            return Look(due.document.id, now, Outcome.UNCHANGED, validators=validators)
        if self._same_bytes(due, fetched):
            return Look(due.document.id, now, Outcome.SAME_BYTES, validators=validators)
        pages = await self._pages(due, fetched)
        look = await self._examined(due, pages, now)
        return replace(look, validators=validators if look.outcome in SETTLED else due.validators)

    async def _examined(self, due: Due, pages: tuple[Snapshot, ...], now: datetime) -> Look:
        aside = partial(asyncio.get_running_loop().run_in_executor, self.examiner)
        if not due.version:
            return await aside(examine, due, pages, Past(), now)
        seen = await aside(glance, due, pages, now)
        if isinstance(seen, Look):
            return seen
        past = await self.memory.past(due.document.id)
        return await aside(examine, due, pages, past, now, seen)

    @staticmethod
    def _same_bytes(due: Due, fetched: Sequence[Fetched]) -> bool:
        known = due.body_sha256 or ("",) * len(fetched)
        return bool(due.version) and all(
            each.snapshot is None or each.snapshot.sha256 == sha for each, sha in zip(fetched, known, strict=True)
        )

    async def _pages(self, due: Due, fetched: Sequence[Fetched]) -> tuple[Snapshot, ...]:
        """Return one page a part: the one that came, or the archived one where the server said "unchanged"."""
        if all(each.snapshot for each in fetched):
            return tuple(each.snapshot for each in fetched if each.snapshot)
        kept = {page.address: page for page in await self.memory.snapshots(due.document.id)}
        return tuple(
            each.snapshot or kept[part.address] for each, part in zip(fetched, due.document.parts, strict=True)
        )

    def _failed(self, due: Due, reason: str, error: Exception) -> Look:
        gone = isinstance(error, FetchError) and error.permanent
        verdict = Verdict(Health.ERROR_PAGE, reason) if gone else Verdict(Health.GOOD)
        return Look(due.document.id, self.clock(), Outcome.FAILED, reason, verdict)

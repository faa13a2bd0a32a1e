"""Look: fetch a due document, have it examined, record what came of it.

Tells nobody: what is to be told is written with the look and read from there by `bot/telling/notify.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

import structlog

from bot.clock import Clock
from bot.examining.aside import Examiner, done
from bot.examining.box import BrokeInside, TooMuch
from bot.examining.jobs import examined, examined_coarsely, glanced
from watchers.errors import BotCheck, FetchError
from watchers.model import Due, Fetched, Health, Look, Outcome, Part, Past, Reading, Snapshot, Validators, Verdict
from watchers.pace import asks_anew, next_look
from watchers.reading.extract import rules_of

log = structlog.get_logger(__name__)

SETTLED = frozenset({Outcome.FIRST, Outcome.SAME_WORDS, Outcome.CHANGED})
"""Looks after which "unchanged since" may be asked. After the others the page must come in full again,
or the second look at a held change would hear "unchanged" and never confirm it."""

LONGEST_LOOK = 480.0
"""Seconds one look may take with all its parts, waits and attempts; the lease it is taken under lasts ten minutes."""

_A_DAY = timedelta(days=1).total_seconds()
BREAKS = 3
"""After so many looks in a row that were too much to be examined, a document waits a day."""

Phrase = Callable[[Due, Look], Awaitable[Look]]
"""May put a change's headline in other words; it gives the look back, whatever happens."""


class Fetcher(Protocol):
    """Whoever can bring a page."""

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        """Bring one part, or say that it did not change."""


class Memory(Protocol):
    """What looking needs of the archive."""

    async def past(self, document: str, rules: str = "") -> Past:
        """Return what is remembered of a document, without its pages where its words were read by these rules."""

    async def snapshots(self, document: str) -> tuple[Snapshot, ...]:
        """Return the latest raw page of each part."""


@dataclass(frozen=True, slots=True)
class Looker:
    """Looks at one document at a time; any number may look side by side.

    Pages are examined aside, by one examiner for all: a second would hold another page in memory.
    """

    fetcher: Fetcher
    memory: Memory
    clock: Clock
    examiner: Examiner
    phrase: Phrase | None = None
    longest: float = LONGEST_LOOK
    frozen: set[str] = field(default_factory=set)
    """Hosts whose validators are not to be trusted; forgotten at a restart, and found again within a week."""

    async def look(self, due: Due) -> Look:
        """Return the record of one look, whatever happens; it is never an error."""
        wait: float | None = None
        try:
            async with asyncio.timeout(self.longest):
                look = await self._look(due)
            if self.phrase is not None and look.outcome is Outcome.CHANGED:
                look = await self.phrase(due, look)
        except FetchError as error:
            look, wait = self._failed(due, str(error), error), error.retry_after
        except TimeoutError as error:
            look = self._failed(due, f"timed out after {self.longest:g} seconds; will try again", error)
        except TooMuch as error:
            look, wait = self._too_much(due, error), _A_DAY if due.blind_looks + 1 >= BREAKS else None
        except BrokeInside as error:
            log.error(
                "a look failed inside our own rules", document=due.document.id, error=str(error), trace=error.trace
            )
            look = self._failed(due, f"our own rules could not read this page ({error})", error)
        except Exception as error:
            log.exception("a look failed inside our own rules", document=due.document.id)
            look = self._failed(due, f"our own rules could not read this page ({type(error).__name__})", error)
        announced = look.difference.effective if look.difference else None
        wanted = next_look(due, look.outcome, self.clock(), retry_after=wait, announced=announced)
        return replace(look, next_look=wanted, against=due.version)

    async def _look(self, due: Due) -> Look:
        anew = asks_anew(due, self.clock())
        fetched = [
            await self.fetcher.fetch(
                part, Validators() if anew or _host(part) in self.frozen else known, language=due.document.language
            )
            for part, known in zip(due.document.parts, due.validators, strict=True)
        ]
        now = self.clock()
        self._note_frozen(due, fetched)
        validators = tuple(
            Validators() if _host(part) in self.frozen else each.validators
            for part, each in zip(due.document.parts, fetched, strict=True)
        )
        if all(each.snapshot is None for each in fetched):
            return Look(due.document.id, now, Outcome.UNCHANGED, validators=validators)
        if self._same_bytes(due, fetched):
            return Look(due.document.id, now, Outcome.SAME_BYTES, validators=validators)
        pages = await self._pages(due, fetched)
        look = await self._examined(due, pages, now)
        return replace(look, validators=validators if look.outcome in SETTLED else due.validators)

    def _note_frozen(self, due: Due, fetched: Sequence[Fetched]) -> None:
        """Note hosts that sent other bytes under the validators of the last ones: they are not asked with any again."""
        shas = due.body_sha256 or ("",) * len(fetched)
        for part, each, known, sha in zip(due.document.parts, fetched, due.validators, shas, strict=False):
            same = each.validators == known != Validators()
            if same and sha and each.snapshot is not None and each.snapshot.sha256 != sha:
                self.frozen.add(_host(part))
                log.warning("validators stand still while the page moves", host=_host(part), document=due.document.id)

    async def _examined(self, due: Due, pages: tuple[Snapshot, ...], now: datetime) -> Look:
        if not due.version:
            look, spent = await done(self.examiner, examined, due, pages, Past(), now, None)
            return replace(look, snapshots=pages, milliseconds=spent)
        seen, first = await done(self.examiner, glanced, due, pages, now)
        if isinstance(seen, Look):
            return replace(seen, snapshots=pages, milliseconds=first)
        usual = seen.rules if seen.rules == rules_of(due.document) else ""
        past = await self.memory.past(due.document.id, usual)
        look, spent = await self._compared(due, pages, past, now, seen)
        return replace(look, snapshots=pages, milliseconds=first + spent)

    async def _compared(
        self, due: Due, pages: tuple[Snapshot, ...], past: Past, now: datetime, seen: Reading
    ) -> tuple[Look, float]:
        """Examine what was read, coarsely where it is too much to be compared word by word."""
        try:
            return await done(self.examiner, examined, due, pages, past, now, seen)
        except TooMuch as error:
            log.warning("a change is told coarsely", document=due.document.id, reason=str(error))
            return await done(self.examiner, examined_coarsely, due, pages, past, now, seen)

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
        both = zip(fetched, due.document.parts, strict=True)
        return tuple([each.snapshot or kept.get(part.address) or await self._whole(due, part) for each, part in both])

    async def _whole(self, due: Due, part: Part) -> Snapshot:
        """Bring a page in full that the server calls unchanged and that we no longer have."""
        fetched = await self.fetcher.fetch(part, Validators(), language=due.document.language)
        if fetched.snapshot is None:
            raise FetchError(f"{part.address}: answered 304 Not Modified though it was not asked whether it was")
        return fetched.snapshot

    def _too_much(self, due: Due, error: TooMuch) -> Look:
        reason = f"this page is too large to read: {error}"
        log.warning("a page is too much to be read", document=due.document.id, reason=reason)
        return Look(due.document.id, self.clock(), Outcome.BLIND, reason, Verdict(Health.NOT_TEXT, reason))

    def _failed(self, due: Due, reason: str, error: Exception) -> Look:
        verdict, unreached = Verdict(_health(due, error), reason), isinstance(error, FetchError) and error.unreached
        return Look(due.document.id, self.clock(), Outcome.FAILED, reason, verdict, unreached=unreached)


def _host(part: Part) -> str:
    return urlsplit(part.address).netloc.lower()


def _health(due: Due, error: Exception) -> Health:
    """Return what kind of page there is where none could be brought; a passing trouble says nothing of it."""
    if isinstance(error, BotCheck):
        return Health.BOT_CHECK
    if not (isinstance(error, FetchError) and error.permanent):
        return Health.GOOD
    return Health.PART_MISSING if len(due.document.parts) > 1 else Health.ERROR_PAGE

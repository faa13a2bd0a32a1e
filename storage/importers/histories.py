"""Imports version histories: years of a document on the first day, each version with its source and licence.

Only what is older than our own first look is taken, nobody is told of it, and importing twice changes
nothing. A document's history is written in one transaction.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from storage.archive import declarations
from storage.archive.versions import MEMORY, Memory
from storage.database.connection import Database
from storage.importers import writing
from storage.importers.git import Blobs, commits
from storage.importers.names import Names, document_of
from storage.importers.orphans import end_with_parent
from storage.importers.records import Record, by_document, records
from storage.importers.replay import Examine, Moment, Replayed, Seen, replay
from watchers.model import Document, Past, Platform, Snapshot
from watchers.reading.language import language

SAMPLE = 9
"""In how many texts of a history its language is looked for, when nobody declared it."""


@dataclass(slots=True)
class Imported:
    """What an import came to: counts, and why records were passed over."""

    records: int = 0
    documents: int = 0
    versions: int = 0
    changes: int = 0
    known: int = 0
    passed_over: dict[str, int] = field(default_factory=dict)

    def pass_over(self, reasons: dict[str, int]) -> None:
        """Add counts of records that brought no version."""
        for reason, count in reasons.items():
            self.passed_over[reason] = self.passed_over.get(reason, 0) + count


@dataclass(frozen=True, slots=True)
class Source:
    """Where a history comes from, as it is shown beside its versions."""

    name: str
    licence: str = "ODC-By 1.0"

    def __str__(self) -> str:
        return f"{self.name} ({self.licence})"


@dataclass(frozen=True, slots=True)
class Task:
    """All that is needed to replay one document, in another process too."""

    document: Document
    name: str
    moments: tuple[Moment, ...]
    past: Past


class HistoryImporter:
    """Imports histories into a database. `workers` processes examine side by side; 0 examines here."""

    def __init__(
        self,
        database: Database,
        examine: Examine,
        source: Source,
        *,
        memory: Memory = MEMORY,
        workers: int = 2,
    ) -> None:
        self._database = database
        self._examine = examine
        self._memory = memory
        self._source = source
        self._workers = workers

    async def run(self, repository: Path, now: datetime, service: str = "") -> Imported:
        """Import a repository, or one service of it; raise StoreError when it cannot be read."""
        found = [record for record in records(commits(repository)) if service in ("", record.service)]
        imported = Imported(records=len(found))
        names = await self._names()
        pending: dict[asyncio.Future[Replayed], Task] = {}
        with Blobs(repository) as blobs, self._pool() as pool:
            # longest first: one history is one worker's, and the longest should not be alone in the end
            for (name, kind), history in sorted(by_document(found).items(), key=lambda each: -len(each[1])):
                task = await self._task(names, name, kind, history, blobs, imported)
                if task.moments:
                    replayed = pool.submit(_replay, task, self._examine, self._memory)
                    pending[asyncio.wrap_future(replayed)] = task
                while len(pending) > 2 * self._workers:  # texts wait in memory, so not too many may
                    await self._write_done(pending, now, imported)
            while pending:
                await self._write_done(pending, now, imported)
        return imported

    async def _names(self) -> Names:
        async with self._database.read() as connection:
            return Names(await declarations.platforms(connection, ""))

    async def _task(
        self, names: Names, service: str, kind: str, history: Sequence[Record], blobs: Blobs, imported: Imported
    ) -> Task:
        platform, document = document_of(names, service, kind, self._source.name, self._source.licence)
        async with self._database.read() as connection:
            document = await declarations.find(connection, document.id) or document
            known = await writing.known(connection, document.id)
        sound = [record for record in history if not record.broken]
        if len(sound) < len(history):
            imported.pass_over({"broken": len(history) - len(sound)})
        fresh = [record for record in sound if known.takes(record.at)]
        imported.known += len(sound) - len(fresh)
        last = {(record.at, record.part): record for record in fresh}
        if len(last) < len(fresh):
            imported.pass_over({"replaced in the same second": len(fresh) - len(last)})
        moments = tuple(_moments(tuple(last.values()), blobs))
        if not document.parts:
            document = replace(document, language=spoken(moments) or document.language)
        return Task(document, platform.name, moments, known.past if moments else Past())

    async def _write_done(
        self, pending: dict[asyncio.Future[Replayed], Task], now: datetime, imported: Imported
    ) -> None:
        """Write what is replayed, whichever it is, so that no worker waits for another's long history."""
        done, _ = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        for future in done:
            await self._write(pending.pop(future), future.result(), now, imported)

    async def _write(self, task: Task, replayed: Replayed, now: datetime, imported: Imported) -> None:
        imported.pass_over(replayed.passed_over)
        platform = Platform(task.document.platform, task.name)
        async with self._database.write() as connection:
            await declarations.put_new(connection, platform, task.document)
            written = await writing.write(
                connection, task.document, replayed.looks, str(self._source), now, self._memory
            )
        imported.documents += 1
        imported.versions += written.versions
        imported.changes += written.changes

    @contextmanager
    def _pool(self) -> Iterator[Executor]:
        if not self._workers:
            yield Here()
            return
        with ProcessPoolExecutor(self._workers, initializer=end_with_parent) as pool:
            yield pool


class Here(Executor):
    """Runs what is submitted at once, in this process."""

    def submit(self, task: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """Run it and return its outcome."""
        future: Future[Any] = Future()
        future.set_result(task(*given, **named))
        return future


def _moments(fresh: Sequence[Record], blobs: Blobs) -> Iterator[Moment]:
    """Yield texts as they are, and pages once there is one of each part; what is the same again is left out."""
    parts = sorted({record.part for record in fresh})
    latest: dict[str, Record] = {}
    bodies: dict[str, bytes] = {}
    for record in fresh:
        if record.part in latest and latest[record.part].blob == record.blob:
            continue
        latest[record.part] = record
        bodies[record.part] = blobs.get(record.blob)
        if len(latest) == len(parts):
            yield Moment(record.at, record.kind, _seen(tuple((latest[part], bodies[part]) for part in parts)))


def spoken(moments: Sequence[Moment]) -> str:
    """Return the language most of a history is in, from a few of its texts; empty when it is not text."""
    step = max(1, len(moments) // SAMPLE)
    texts = [moment.seen for moment in moments[::step] if isinstance(moment.seen, str)]
    found = Counter(filter(None, map(language, texts)))
    return found.most_common(1)[0][0] if found else ""


def _seen(pages: Sequence[tuple[Record, bytes]]) -> Seen:
    record, body = pages[0]
    if record.media_type == "text/markdown":
        return body.decode(errors="replace")
    return tuple(
        Snapshot(each.address, each.address, 200, (), each.media_type, page, each.at, each.fetcher or "import")
        for each, page in pages
    )


def _replay(task: Task, examine: Examine, memory: Memory) -> Replayed:
    return replay(task.document, task.name, task.moments, task.past, examine, memory)

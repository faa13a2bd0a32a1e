"""Proofs: the links of every chain with the heads that were kept, the roots of days, and a check of it all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.chain import Link, broken, root
from storage.archive.history import version as read_version
from storage.archive.models import RootRow, SnapshotRow, VersionRow, table
from storage.archive.snapshot_store import load
from storage.database.connection import Database
from watchers.errors import StoreError

VERSION, SNAPSHOT, ROOT = table(VersionRow), table(SnapshotRow), table(RootRow)
Linked = tuple[Link, str]


class Proofs:
    """What an archive can show for itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def links(self, document: str) -> tuple[Linked, ...]:
        """Return a document's chain: each link with the head kept for it, oldest first."""
        async with self._database.read() as connection:
            return await _links(connection, document)

    async def seal(self, now: datetime) -> int:
        """Write the root of every day that has ended and has none; return how many were written.

        Only days on which a version was recorded get one. Any number may ask, at any time.
        """
        async with self._database.write() as connection:
            days = await _unsealed(connection, now)
            for each in days:
                await _seal(connection, each)
        return len(days)

    async def roots(self) -> tuple[tuple[date, str], ...]:
        """Return the roots of all days, oldest first."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(ROOT.c.day, ROOT.c.root).order_by(ROOT.c.day))
            return tuple((row[0], row[1]) for row in rows)

    async def check(self) -> AsyncIterator[str]:
        """Read the whole archive and yield a sentence for everything that is not as it was written."""
        async with self._database.read() as connection:
            documents = (await connection.execute(select(VERSION.c.document).distinct())).scalars().all()
        for document in sorted(documents):
            async for wrong in self._check(document):
                yield wrong
        async for wrong in self._check_roots():
            yield wrong

    async def _check(self, document: str) -> AsyncIterator[str]:
        links = await self.links(document)
        place = broken(links)
        if place is not None:
            yield f"{document}: the chain breaks at version {place} ({links[place - 1][0].version})"
        for link, _ in links:
            async with self._database.read() as connection:
                if wrong := await _unreadable(connection, link):
                    yield f"{document}: {wrong}"

    async def _check_roots(self) -> AsyncIterator[str]:
        before = ""
        for day, kept in await self.roots():
            async with self._database.read() as connection:
                made = root(before, day, await _heads(connection, day))
            if made != kept:
                yield f"the root of {day.isoformat()} does not follow from the chains as they stood that day"
            before = kept


async def _links(connection: AsyncConnection, document: str) -> tuple[Linked, ...]:
    rows = await connection.execute(select(VERSION).where(VERSION.c.document == document).order_by(VERSION.c.ordinal))
    return tuple([(await _link(connection, row), row.chain) for row in rows.all()])


async def _link(connection: AsyncConnection, row: Any) -> Link:
    found = await connection.execute(select(SNAPSHOT.c.id, SNAPSHOT.c.sha256).where(SNAPSHOT.c.id.in_(row.snapshots)))
    hashes = {each.id: each.sha256 for each in found}
    pages = tuple(hashes[identity] for identity in row.snapshots if identity in hashes)
    return Link(row.document, row.ordinal, row.id, row.seen_at, row.sha256, row.rules, pages)


async def _unreadable(connection: AsyncConnection, link: Link) -> str:
    """Say what of a version cannot be read as it was written, or nothing."""
    try:
        version = await read_version(connection, link.version)
        if version is None or version.sha256 != link.text_sha256:
            return f"the words of version {link.version} are not those that were recorded"
        await load(connection, version.snapshots)
    except StoreError as error:
        return f"version {link.version}: {error}"
    return ""


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)


async def _unsealed(connection: AsyncConnection, now: datetime) -> list[date]:
    last = (await connection.execute(select(func.max(ROOT.c.day)))).scalar()
    after = _end(last) if last else datetime(1970, 1, 1, tzinfo=UTC)
    asked = select(VERSION.c.recorded_at).where(
        VERSION.c.recorded_at >= after, VERSION.c.recorded_at < _end(now.date())
    )
    moments = (await connection.execute(asked)).scalars()
    return sorted({moment.astimezone(UTC).date() for moment in moments} - {now.astimezone(UTC).date()})


async def _seal(connection: AsyncConnection, day: date) -> None:
    before = (await connection.execute(select(ROOT.c.root).order_by(ROOT.c.day.desc()).limit(1))).scalar() or ""
    heads = await _heads(connection, day)
    versions = (await connection.execute(_until(select(func.count()), day))).scalar_one()
    row = {"day": day, "root": root(before, day, heads), "documents": len(heads), "versions": versions}
    await connection.execute(insert(ROOT).values(row))


async def _heads(connection: AsyncConnection, day: date) -> list[tuple[str, str]]:
    """Return the head of every chain as it stood at the end of a day."""
    latest = _until(select(VERSION.c.document, func.max(VERSION.c.ordinal).label("ordinal")), day)
    last = latest.group_by(VERSION.c.document).subquery()
    same = (VERSION.c.document == last.c.document) & (VERSION.c.ordinal == last.c.ordinal)
    rows = await connection.execute(select(VERSION.c.document, VERSION.c.chain).join(last, same))
    return [(row[0], row[1]) for row in rows]


def _until(asked: Any, day: date) -> Any:
    return asked.select_from(VERSION).where(VERSION.c.recorded_at < _end(day))

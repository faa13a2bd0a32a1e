"""Writes an imported history down, beside what we may have seen ourselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive import looks, search, snapshot_store, versions
from storage.archive.models import VersionRow, table
from storage.archive.recording import save, sight_of
from storage.archive.state import Sight
from storage.archive.versions import Fresh, Memory
from watchers.model import Document, Look, Past

VERSION = table(VersionRow)


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a document already: what was imported, up to when, and when we began to look ourselves."""

    past: Past
    imported_until: datetime | None = None
    own_since: datetime | None = None

    def takes(self, at: datetime) -> bool:
        """Tell whether a record of that moment is new to us, and older than what we saw ourselves."""
        after = self.imported_until is None or at > self.imported_until
        return after and (self.own_since is None or at < self.own_since)


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written."""

    versions: int
    changes: int


async def known(connection: AsyncConnection, document: str) -> Known:
    """Return what is kept of a document."""
    imported = (VERSION.c.document == document, VERSION.c.source != "", VERSION.c.source != versions.UPGRADE)
    until = (await connection.execute(select(func.max(VERSION.c.seen_at)).where(*imported))).scalar()
    own = select(func.min(VERSION.c.seen_at)).where(VERSION.c.document == document, VERSION.c.source == "")
    since = (await connection.execute(own)).scalar()
    past = await looks.past_until(connection, document, until) if until else Past()
    return Known(past, until, since)


async def write(
    connection: AsyncConnection,
    document: Document,
    some: Sequence[Look],
    source: str,
    now: datetime,
    memory: Memory,
) -> Written:
    """Write the looks of a history down; where we looked ourselves already, ours stays the latest version."""
    found = await sight_of(connection, document.id)
    ours, before = found.sight, await known(connection, document.id)
    last = before.past.version
    sight = replace(ours, version="", text_sha256="", snapshots=(), body_sha256=())
    if last is not None:
        sight = replace(sight, version=last.id, text_sha256=last.sha256, snapshots=last.snapshots)
    changes, stands = 0, before.own_since is None
    for look in some:
        sight, told = await _one(connection, sight, look, found.addresses, source, now, memory, stands)
        changes += told
    if stands and some and some[-1].reading is not None:
        await search.index(connection, document.id, sight.version, some[-1].reading.text)
    if not stands:
        sight = replace(ours, chain=sight.chain, chained=sight.chained)
    await save(connection, (sight,))
    return Written(len(some), changes)


async def _one(
    connection: AsyncConnection,
    sight: Sight,
    look: Look,
    addresses: Sequence[str],
    source: str,
    now: datetime,
    memory: Memory,
    stands: bool,
) -> tuple[Sight, int]:
    assert look.reading is not None
    if look.snapshots:
        sight = await snapshot_store.keep(connection, sight, look, addresses, pinned=True)
    if look.reading.sha256 == sight.text_sha256:
        return sight, 0
    before = sight.version
    fresh = Fresh(look.reading, look.at, now, look.findings, look.recognised, source, stands)
    sight = await versions.add(connection, sight, fresh, memory)
    if not before or look.difference is None:
        return sight, 0
    change = versions.change_of(
        look.document, before, sight.version, look.at, look.difference, look.touches, look.headline
    )
    await versions.add_change(connection, change, imported=True)
    return replace(sight, last_change=look.at), 1

"""Finds what is due to be looked at, and what is remembered of a document when its words seem to differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive import snapshot_store
from storage.archive.declarations import to_document
from storage.archive.models import DocumentRow, PlatformRow, SightRow, VersionRow, table
from storage.archive.versions import VERSION_BY_ID, marks_of, recognised, to_version
from storage.database.columns import EPOCH
from watchers.model import Document, Due, Past, Snapshot, Validators

DOCUMENT, PLATFORM = table(DocumentRow), table(PlatformRow)
SIGHT, VERSION = table(SightRow), table(VersionRow)

LEASE = timedelta(minutes=10)
"""How long a look that was taken is left to its taker before somebody else may take it."""

RECENT = 6
"""How many of the last versions' hashes a blink is looked for in."""

_DUE = (
    select(DOCUMENT, PLATFORM.c.name.label("platform_name"), SIGHT)
    .join(DOCUMENT, DOCUMENT.c.id == SIGHT.c.document)
    .join(PLATFORM, PLATFORM.c.id == DOCUMENT.c.platform)
)


_SIGHT = select(SIGHT).where(SIGHT.c.document == bindparam("document"))
_MARKS = select(VERSION.c.sha256, VERSION.c.fingerprint, VERSION.c.marks)
_NEWEST_FIRST = (VERSION.c.seen_at.desc(), VERSION.c.ordinal.desc())
_EARLIER = _MARKS.where(VERSION.c.document == bindparam("document")).order_by(*_NEWEST_FIRST)


async def claim_due(connection: AsyncConnection, now: datetime, limit: int) -> tuple[Due, ...]:
    """Take documents whose look is due, longest due first; nobody else is given them before the lease ends."""
    free = or_(SIGHT.c.taken_until.is_(None), SIGHT.c.taken_until <= now)
    due_now = _DUE.where(SIGHT.c.next_look <= now, free, DOCUMENT.c.retired.is_(None))
    asked = due_now.order_by(SIGHT.c.next_look).limit(limit).with_for_update(of=SIGHT, skip_locked=True)
    taken = tuple(_due(row) for row in await connection.execute(asked))
    await _take(connection, [due.document.id for due in taken], now + LEASE)
    return taken


async def take_hosts(connection: AsyncConnection, now: datetime, limit: int) -> tuple[str, ...]:
    """Take documents whose look is due, as `claim_due` does, and return the hosts they lie on, longest due first."""
    free = or_(SIGHT.c.taken_until.is_(None), SIGHT.c.taken_until <= now)
    asked = (
        select(SIGHT.c.document, DOCUMENT.c.host)
        .join(DOCUMENT, DOCUMENT.c.id == SIGHT.c.document)
        .where(SIGHT.c.next_look <= now, free, DOCUMENT.c.retired.is_(None))
        .order_by(SIGHT.c.next_look)
        .limit(limit)
    )
    rows = (await connection.execute(asked.with_for_update(of=SIGHT, skip_locked=True))).all()
    await _take(connection, [row.document for row in rows], now + LEASE)
    return tuple(dict.fromkeys(row.host for row in rows))


async def due_on(connection: AsyncConnection, host: str, now: datetime, limit: int) -> tuple[Due, ...]:
    """Return the documents of a host whose look is due, taken or not, longest due first."""
    asked = _DUE.where(DOCUMENT.c.host == host, SIGHT.c.next_look <= now, DOCUMENT.c.retired.is_(None))
    return tuple(_due(row) for row in await connection.execute(asked.order_by(SIGHT.c.next_look).limit(limit)))


async def due(connection: AsyncConnection, documents: Sequence[str]) -> tuple[Due, ...]:
    """Return some documents as if their look were due, without taking them."""
    asked = _DUE.where(SIGHT.c.document.in_(documents)).order_by(SIGHT.c.document)
    return tuple(_due(row) for row in await connection.execute(asked))


async def release(connection: AsyncConnection, documents: Sequence[str] | None) -> None:
    """Give back documents that were taken and not looked at; None means all."""
    if documents is None:
        await connection.execute(update(SIGHT).where(SIGHT.c.taken_until.is_not(None)).values(taken_until=None))
        return
    await _take(connection, documents, None)


async def oldest_due(connection: AsyncConnection, now: datetime) -> datetime | None:
    """Return since when the longest waiting look is due, or None when none is.

    First looks are left out, and those at once because a document moved: nobody has waited for them.
    """
    waited = SIGHT.c.last_look.is_not(None), SIGHT.c.next_look > EPOCH
    asked = select(func.min(SIGHT.c.next_look)).where(SIGHT.c.next_look <= now, *waited)
    found: datetime | None = (await connection.execute(asked)).scalar()
    return found


async def past(connection: AsyncConnection, document: str, rules: str = "") -> Past:
    """Return what is remembered of a document, without its pages where its words were read by these `rules`."""
    sight = (await connection.execute(_SIGHT, {"document": document})).one_or_none()
    if sight is None or not sight.version:
        return Past()
    latest = (await connection.execute(VERSION_BY_ID, {"version": sight.version})).one()
    snapshots = sight.snapshots if not rules or latest.rules != rules else ()
    earlier = (await connection.execute(_EARLIER, {"document": document})).all()
    remembered = await _remembered(connection, latest, earlier, snapshots)
    return replace(remembered, held=sight.held, held_since=sight.held_since)


async def past_until(connection: AsyncConnection, document: str, moment: datetime) -> Past:
    """Return what was remembered of a document at a moment."""
    until = and_(VERSION.c.document == document, VERSION.c.seen_at <= moment)
    last = select(VERSION).where(until).order_by(*_NEWEST_FIRST).limit(1)
    latest = (await connection.execute(last)).one_or_none()
    if latest is None:
        return Past()
    earlier = (await connection.execute(_MARKS.where(until).order_by(*_NEWEST_FIRST))).all()
    return await _remembered(connection, latest, earlier, latest.snapshots)


async def _remembered(
    connection: AsyncConnection, latest: Any, earlier: Sequence[Any], snapshots: Sequence[str]
) -> Past:
    findings, rules = await recognised(connection, latest)
    return Past(
        await to_version(connection, latest),
        await snapshot_store.load(connection, snapshots),
        frozenset(row.fingerprint for row in earlier),
        marks_of(row.marks for row in earlier),
        tuple(row.sha256 for row in earlier[:RECENT]),
        findings=findings,
        recognised=rules,
    )


async def latest_pages(connection: AsyncConnection, document: str) -> tuple[Snapshot, ...]:
    """Return the latest good page of each part."""
    asked = select(SIGHT.c.snapshots).where(SIGHT.c.document == document)
    return await snapshot_store.load(connection, (await connection.execute(asked)).scalar() or ())


async def _take(connection: AsyncConnection, documents: Sequence[str], until: datetime | None) -> None:
    if documents:
        await connection.execute(update(SIGHT).where(SIGHT.c.document.in_(documents)).values(taken_until=until))


def _due(row: Any) -> Due:
    document = to_document(row)
    return Due(
        document,
        _validators(document, row.etags, row.modified),
        row.body_sha256 if len(row.body_sha256) == len(document.parts) else (),
        row.version,
        row.text_sha256,
        row.platform_name,
        row.last_look,
        row.last_change,
        row.announced,
        row.blind_looks,
        row.blind_since,
        row.steady_looks,
    )


def _validators(document: Document, etags: Sequence[str], modified: Sequence[str]) -> tuple[Validators, ...]:
    if len(etags) != len(document.parts):  # the document's parts were declared anew
        return (Validators(),) * len(document.parts)
    return tuple(Validators(etag, when) for etag, when in zip(etags, modified, strict=True))

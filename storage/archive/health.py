"""How a document is seen at the moment, for `/watches`, digests, status and the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.models import DocumentRow, LookRow, SightRow, table

SIGHT, LOOK, DOCUMENT = table(SightRow), table(LookRow), table(DocumentRow)


@dataclass(frozen=True, slots=True)
class Seen:
    """When a document was looked at and what came of it; `blind_since` set means it cannot be read now."""

    document: str
    last_look: datetime | None = None
    last_outcome: str = ""
    last_good: datetime | None = None
    last_change: datetime | None = None
    next_look: datetime | None = None
    blind_since: datetime | None = None
    blind_reason: str = ""
    blind_looks: int = 0
    announced: date | None = None
    version: str = ""
    versions: int = 0


@dataclass(frozen=True, slots=True)
class PastLook:
    """One look as it was written down; `health` is empty for a look nothing was wrong with."""

    document: str
    at: datetime
    outcome: str
    reason: str
    health: str
    milliseconds: float


async def seen(connection: AsyncConnection, documents: Sequence[str]) -> dict[str, Seen]:
    """Return how documents are seen, by id; those nobody declared are left out."""
    found = await connection.execute(select(SIGHT).where(SIGHT.c.document.in_(documents)))
    return {row.document: _seen(row) for row in found}


async def blind(connection: AsyncConnection) -> tuple[Seen, ...]:
    """Return every document whose blindness was told and lasts, longest first."""
    asked = select(SIGHT).where(SIGHT.c.blind_told).order_by(SIGHT.c.blind_since)
    return tuple(_seen(row) for row in await connection.execute(asked))


async def unread(connection: AsyncConnection) -> tuple[int, int]:
    """Return how many documents could not be read at their last look, and how many were looked at."""
    asked = (
        select(func.sum(case((SIGHT.c.blind_since.is_not(None), 1), else_=0)), func.count())
        .join(DOCUMENT, DOCUMENT.c.id == SIGHT.c.document)
        .where(SIGHT.c.last_look.is_not(None), DOCUMENT.c.retired.is_(None))
    )
    failed, looked = (await connection.execute(asked)).one()
    return failed or 0, looked


async def looks(connection: AsyncConnection, document: str, since: datetime, noisy: bool) -> tuple[PastLook, ...]:
    """Return the looks at a document since a moment, oldest first; `noisy` leaves out those that saw nothing new."""
    asked = select(LOOK).where(LOOK.c.document == document, LOOK.c.at >= since).order_by(LOOK.c.at)
    if noisy:
        asked = asked.where(LOOK.c.quiet.is_(False))
    return tuple(
        PastLook(row.document, row.at, row.outcome, row.reason, row.health, row.milliseconds)
        for row in await connection.execute(asked)
    )


def _seen(row: Any) -> Seen:
    return Seen(
        row.document,
        row.last_look,
        row.last_outcome,
        row.last_good,
        row.last_change,
        row.next_look,
        row.blind_since,
        row.blind_reason,
        row.blind_looks,
        row.announced,
        row.version,
        row.chained,
    )

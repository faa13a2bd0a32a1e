"""Keeps pages as served, and no more of them than are needed.

The pages a version was read from stay for good. Of pages whose words were the same one of each part
stays, a new one each week: it is what the next page is compared with when our own rules move. (Many pages
differ at every look by a nonce; to keep each of them would cost more than to read it.) Of pages that were
not the document the first of each blind spell stays, to show what was there instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import blobs, codec
from storage.chain import snapshot_id
from storage.models import SnapshotRow, table
from storage.sight import Sight, part_of, placed
from storage.statements import insert_new
from watchers.model import Health, Look, Snapshot

SNAPSHOT = table(SnapshotRow)


async def keep(
    connection: AsyncConnection, sight: Sight, look: Look, addresses: Sequence[str], pinned: bool = False
) -> Sight:
    """Keep the pages of a look that are not kept yet, and return the sight that points to them.

    `pinned`: a version was read from them, and from the latest page of each part that did not come.
    """
    replaced = []
    hashes = await _hashes(connection, sight.snapshots)
    for place, snapshot in enumerate(look.snapshots):
        part = part_of(snapshot, place, addresses)
        if snapshot.sha256 == hashes.get(at(sight.snapshots, part)):
            continue
        replaced.append(at(sight.snapshots, part))
        kept = await insert(connection, look.document, part, snapshot, snapshot.sha256)
        sight = replace(sight, snapshots=placed(sight.snapshots, part, kept))
    if pinned:
        await connection.execute(update(SNAPSHOT).where(SNAPSHOT.c.id.in_(sight.snapshots)).values(pinned=True))
    await drop(connection, [old for old in replaced if old and old not in sight.snapshots])
    return noted(sight, look, addresses)


def noted(sight: Sight, look: Look, addresses: Sequence[str]) -> Sight:
    """Return the sight that knows the pages of a look by their hash, so that the same bytes are not read again."""
    for place, snapshot in enumerate(look.snapshots):
        part = part_of(snapshot, place, addresses)
        sight = replace(sight, body_sha256=placed(sight.body_sha256, part, snapshot.sha256))
    return sight


def is_time(last: datetime | None, now: datetime) -> bool:
    """Tell whether the first look of a week keeps its page although its words are known."""
    return last is None or last.isocalendar()[:2] != now.isocalendar()[:2]


async def _hashes(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, str]:
    found = await connection.execute(select(SNAPSHOT.c.id, SNAPSHOT.c.sha256).where(SNAPSHOT.c.id.in_(ids)))
    return {row.id: row.sha256 for row in found}


async def keep_blind(connection: AsyncConnection, look: Look, addresses: Sequence[str]) -> None:
    """Keep pages that were not the document, as evidence of a blind spell."""
    for place, snapshot in enumerate(look.snapshots):
        part = part_of(snapshot, place, addresses)
        await insert(connection, look.document, part, snapshot, snapshot.sha256, look.verdict.health)


async def insert(
    connection: AsyncConnection,
    document: str,
    part: int,
    snapshot: Snapshot,
    sha256: str,
    health: Health = Health.GOOD,
) -> str:
    """Write a page down and return its id."""
    row = {
        "id": snapshot_id(document, part, snapshot.taken_at, sha256),
        "document": document,
        "part": part,
        "address": snapshot.address,
        "final_address": snapshot.final_address,
        "status": snapshot.status,
        "headers": codec.dumps(snapshot.headers),
        "media_type": snapshot.media_type,
        "fetcher": snapshot.fetcher,
        "taken_at": snapshot.taken_at,
        "sha256": sha256,
        "blob": await blobs.put_raw(connection, snapshot.body),
        "health": str(health),
        "pinned": False,
    }
    await connection.execute(insert_new(connection, SNAPSHOT).values(row))
    return str(row["id"])


async def drop(connection: AsyncConnection, ids: Sequence[str]) -> int:
    """Drop those of some pages that no version was read from, with their bytes; return how many."""
    if not ids:
        return 0
    gone = delete(SNAPSHOT).where(SNAPSHOT.c.id.in_(ids), SNAPSHOT.c.pinned.is_(False)).returning(SNAPSHOT.c.blob)
    unused = list((await connection.execute(gone)).scalars())
    await blobs.drop_unused(connection, unused)
    return len(unused)


async def load(connection: AsyncConnection, ids: Sequence[str]) -> tuple[Snapshot, ...]:
    """Return pages with their bytes, in the order asked for; those that are gone are left out."""
    found = await connection.execute(select(SNAPSHOT).where(SNAPSHOT.c.id.in_(ids)))
    rows = {row.id: row for row in found}
    return tuple([await _snapshot(connection, rows[one]) for one in ids if one in rows])


async def _snapshot(connection: AsyncConnection, row: Any) -> Snapshot:
    return Snapshot(
        row.address,
        row.final_address,
        row.status,
        codec.loads(tuple[tuple[str, str], ...], row.headers),
        row.media_type,
        await blobs.get(connection, row.blob),
        row.taken_at,
        row.fetcher,
    )


def at(values: Sequence[str], place: int) -> str:
    """Return the value of a part, or an empty string where there is none yet."""
    return values[place] if place < len(values) else ""

"""Keeps pages as served; which of them may go after a while is said in `retention`.

The pages a version was read from stay for good, and so does the latest page of each part: the next one is
compared with it when our own rules move. A page whose words were known is packed against the page those
words were first read from; many pages differ at every look by a nonce, and then take a kilobyte each. Of
pages that were not the document the first of each blind spell is kept, to show what was there instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive import blobs
from storage.archive.chain import snapshot_id
from storage.archive.models import SnapshotRow, table
from storage.archive.state import Sight, part_of, placed
from storage.database import codec
from storage.database.statements import insert_new
from watchers.model import Health, Look, Snapshot

SNAPSHOT = table(SnapshotRow)
_WHICH = SNAPSHOT.c.id.in_(bindparam("ids", expanding=True))
_PIN = update(SNAPSHOT).where(_WHICH).values(pinned=True)
_THESE = select(SNAPSHOT).where(_WHICH)
_ROOT = func.coalesce(blobs.BLOB.c.base, blobs.BLOB.c.id).label("root")
_LATEST = (
    select(SNAPSHOT.c.id, SNAPSHOT.c.sha256, _ROOT)
    .join(blobs.BLOB, blobs.BLOB.c.id == SNAPSHOT.c.blob)
    .where(SNAPSHOT.c.id.in_(bindparam("ids", expanding=True)))
)


async def keep(
    connection: AsyncConnection, sight: Sight, look: Look, addresses: Sequence[str], pinned: bool = False
) -> Sight:
    """Keep the pages of a look that are not kept yet, and return the sight that points to them.

    `pinned`: a version was read from them, and from the latest page of each part that did not come.
    """
    latest = await _latest(connection, sight.snapshots)
    for place, snapshot in enumerate(look.snapshots):
        part, sha256 = part_of(snapshot, place, addresses), snapshot.sha256
        before = latest.get(at(sight.snapshots, part))
        if before is None or sha256 != before.sha256:
            root = before.root if before and not pinned else None
            kept = await insert(connection, look.document, part, snapshot, sha256, root=root)
            sight = replace(sight, snapshots=placed(sight.snapshots, part, kept))
        sight = replace(sight, body_sha256=placed(sight.body_sha256, part, sha256))
    if pinned:
        await connection.execute(_PIN, {"ids": list(sight.snapshots)})
    return sight


async def _latest(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, Any]:
    """Return the SHA-256 of some pages, and the blob each is packed against (its own if against none)."""
    return {row.id: row for row in await connection.execute(_LATEST, {"ids": list(ids)})} if ids else {}


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
    root: int | None = None,
) -> str:
    """Write a page down, packed against the blob `root` if there is one, and return its id."""
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
        "blob": await blobs.put_raw(connection, snapshot.body, root),
        "health": str(health),
        "pinned": False,
    }
    await connection.execute(insert_new(connection, SNAPSHOT), row)
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
    if not ids:
        return ()
    found = await connection.execute(_THESE, {"ids": list(ids)})
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

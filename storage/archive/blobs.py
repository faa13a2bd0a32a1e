"""Keeps bytes once under their SHA-256 and gives them back only if they still have it.

How they are packed is `packing`'s matter; what they mean, the archive's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from storage.archive.models import BlobRow, SnapshotRow, table
from storage.archive.packing import KEY_LEVEL, TEXT_LEVEL, Packed, base_of, digest, pack, unpack
from storage.database.statements import Insert, insert_new
from watchers.errors import StoreError

RAW, TEXT = "raw", "text"
BLOB = table(BlobRow)


async def put_raw(connection: AsyncConnection, body: bytes, root: int | None = None) -> int:
    """Keep a page as served, packed against the page `root` where that is given, and return its blob."""
    if known := await _known(connection, body, RAW):
        return known
    if root is None:
        return await _insert(connection, RAW, body, None, 0, pack(body))
    return await _insert(connection, RAW, body, root, 1, pack(body, await get(connection, root)))


async def put_text(connection: AsyncConnection, body: bytes, after: int | None) -> int:
    """Keep a text that follows the blob `after` in its document, and return its blob."""
    if known := await _known(connection, body, TEXT):
        return known
    before = await chain(connection, after) if after else ()
    if not (base := base_of(before)):
        return await _insert(connection, TEXT, body, None, 0, pack(body, level=KEY_LEVEL))
    packed = pack(body, unpack(base), TEXT_LEVEL)
    return await _insert(connection, TEXT, body, base[-1].id, before[-1].place + 1, packed)


async def get(connection: AsyncConnection, blob: int) -> bytes:
    """Return the bytes of a blob; raise StoreError when it is gone or its hash is not the one it was kept under."""
    return (await get_all(connection, (blob,)))[blob]


async def get_all(connection: AsyncConnection, blobs: Collection[int]) -> dict[int, bytes]:
    """Return the bytes of some blobs by number, in one question; raise StoreError as `get` does."""
    chains = await _chains(connection, blobs)
    if missing := set(blobs) - chains.keys():
        raise StoreError(f"The archive is damaged: blob {min(missing)} is missing.")
    return {blob: unpack(links) for blob, links in chains.items()}


async def chain(connection: AsyncConnection, blob: int) -> Sequence[Packed]:
    """Return the links that lead from a key frame to a blob."""
    return (await _chains(connection, (blob,))).get(blob, ())


async def _chains(connection: AsyncConnection, blobs: Collection[int]) -> dict[int, list[Packed]]:
    chains: dict[int, list[Packed]] = {}
    for row in await connection.execute(_CHAINS, {"blobs": list(blobs)}):
        chains.setdefault(row[0], []).append(Packed(row[1], row[2], row[3], bytes(row[4]), bytes(row[5])))
    return chains


def _chains_of() -> Select[Any]:
    wanted = BLOB.c.id.in_(bindparam("blobs", expanding=True))
    own = select(BLOB.c.id.label("wanted"), BLOB.c.id, BLOB.c.base, literal(0).label("step")).where(wanted)
    walk = own.cte("walk", recursive=True)
    before = select(walk.c.wanted, BLOB.c.id, BLOB.c.base, walk.c.step + 1).where(BLOB.c.id == walk.c.base)
    walk = walk.union_all(before)
    columns = (walk.c.wanted, BLOB.c.id, BLOB.c.place, BLOB.c.size, BLOB.c.sha256, BLOB.c.packed)
    return select(*columns).join(walk, walk.c.id == BLOB.c.id).order_by(walk.c.step.desc())


_CHAINS = _chains_of()
_SAME = select(BLOB.c.id).where(BLOB.c.sha256 == bindparam("digest"), BLOB.c.kind == bindparam("sort"))


@cache
def _kept(new: Insert) -> ReturningInsert[Any]:
    """Return the insert of a blob that tells its number, built once."""
    return new.returning(BLOB.c.id)


async def drop_unused(connection: AsyncConnection, blobs: Sequence[int]) -> int:
    """Delete those raw pages among some blobs that no snapshot and no other blob needs any more; return how many."""
    snapshots, others = table(SnapshotRow), BLOB.alias()
    needed = exists().where(snapshots.c.blob == BLOB.c.id) | exists().where(others.c.base == BLOB.c.id)
    unused = and_(BLOB.c.id.in_(blobs), BLOB.c.kind == RAW, ~needed)
    return (await connection.execute(delete(BLOB).where(unused))).rowcount


async def _known(connection: AsyncConnection, body: bytes, kind: str) -> int | None:
    return (await connection.execute(_SAME, {"digest": digest(body), "sort": kind})).scalar()


async def _insert(
    connection: AsyncConnection, kind: str, body: bytes, base: int | None, place: int, packed: bytes
) -> int:
    row = {"sha256": digest(body), "kind": kind, "base": base, "place": place, "size": len(body), "packed": packed}
    blob: int | None = (await connection.execute(_kept(insert_new(connection, BLOB)), row)).scalar()
    if blob is None:  # another process kept the same bytes in between
        blob = await _known(connection, body, kind)
    assert blob is not None
    return blob

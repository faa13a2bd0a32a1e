"""Keeps what is declared: platforms and documents, the catalogue's, imported ones and those of workspaces.

A document that is no longer declared is retired, never deleted: its history stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Table, func, insert, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.models import DocumentRow, PlatformRow, SightRow, table
from storage.database import codec
from storage.database.columns import EPOCH
from storage.database.statements import insert_into, insert_new
from watchers.errors import StoreError
from watchers.model import Document, Part, Platform

PLATFORM, DOCUMENT, SIGHT = table(PlatformRow), table(DocumentRow), table(SightRow)
AT_ONCE = 500
"""Ids named in one statement: SQLite takes 32,766 values in one, and PostgreSQL 65,535."""


async def sync(connection: AsyncConnection, platforms: Sequence[Platform], now: datetime) -> None:
    """Make the catalogue's declarations those of the database; new and moved documents are due at once.

    What is declared already, word for word, costs no statement of its own: every start goes through here.
    """
    known = await _rows(connection, PLATFORM, [platform.id for platform in platforms])
    for platform in platforms:
        if not _same(known.get(platform.id), {**_platform_row(platform), "owner": ""}):
            await put_platform(connection, platform)
    documents = [document for platform in platforms for document in platform.documents]
    known = await _rows(connection, DOCUMENT, [document.id for document in documents])
    for document in documents:
        if not _same(known.get(document.id), _row(document)):
            await put_document(connection, document)
    await _retire(connection, {document.id for document in documents}, now)


async def _retire(connection: AsyncConnection, declared: Collection[str], now: datetime) -> None:
    ours = select(DOCUMENT.c.id).where(DOCUMENT.c.owner == "", DOCUMENT.c.source == "", DOCUMENT.c.retired.is_(None))
    gone = sorted(set((await connection.execute(ours)).scalars()).difference(declared))
    for some in _portions(gone):
        await connection.execute(update(DOCUMENT).where(DOCUMENT.c.id.in_(some)).values(retired=now))


async def _rows(connection: AsyncConnection, declared: Table, ids: Sequence[str]) -> dict[str, Any]:
    """Return the rows of some ids, by id."""
    rows: dict[str, Any] = {}
    for some in _portions(ids):
        found = await connection.execute(select(declared).where(declared.c.id.in_(some)))
        rows.update({row.id: row for row in found})
    return rows


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _same(known: Any, row: Mapping[str, Any]) -> bool:
    return known is not None and all(getattr(known, name) == value for name, value in row.items())


async def put_platform(connection: AsyncConnection, platform: Platform, owner: str = "") -> None:
    """Write a platform down, or what is declared of it now."""
    row = _platform_row(platform)
    new = insert_into(connection, PLATFORM).values(**row, owner=owner)
    # a platform a workspace added stays its own until the catalogue knows it; the other way round never
    changed = {**row, "owner": ""} if not owner else {"id": platform.id}
    await connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=changed))


async def put_document(connection: AsyncConnection, document: Document) -> None:
    """Write a document down, or what is declared of it now; raise StoreError when another workspace owns it."""
    found = await connection.execute(select(DOCUMENT).where(DOCUMENT.c.id == document.id))
    row, known = _row(document), found.one_or_none()
    if known is None:
        await connection.execute(insert(DOCUMENT).values(row))
        first_look = EPOCH if document.parts else None  # an imported history without an address is not looked at
        await connection.execute(insert_new(connection, SIGHT).values(document=document.id, next_look=first_look))
        return
    if document.owner and known.owner != document.owner:
        raise StoreError(f"The document {document.id} exists already.")
    if known.parts != row["parts"] or known.retired is not None:
        await _moved(connection, document.id)
    if not _same(known, row):
        await connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == document.id).values(row))


async def put_new(connection: AsyncConnection, platform: Platform, document: Document) -> None:
    """Write a platform and a document down unless they are declared already."""
    if await find(connection, document.id) is None:
        await connection.execute(insert_new(connection, PLATFORM).values(_platform_row(platform)))
        await put_document(connection, document)


async def _moved(connection: AsyncConnection, document: str) -> None:
    # The server's validators and the hashes of the bytes belong to the old address.
    fresh = {"etags": (), "modified": (), "body_sha256": (), "next_look": EPOCH}
    await connection.execute(update(SIGHT).where(SIGHT.c.document == document).values(fresh))


async def platforms(connection: AsyncConnection, workspace: str) -> tuple[Platform, ...]:
    """Return all platforms with the documents this workspace may know of, by name."""
    visible = select(DOCUMENT).where(seen_by(workspace), DOCUMENT.c.retired.is_(None)).order_by(DOCUMENT.c.id)
    by_platform: dict[str, list[Document]] = {}
    for row in await connection.execute(visible):
        by_platform.setdefault(row.platform, []).append(to_document(row))
    own = or_(PLATFORM.c.owner == "", PLATFORM.c.owner == workspace)
    found = await connection.execute(select(PLATFORM).where(own).order_by(PLATFORM.c.name))
    return tuple(
        Platform(row.id, row.name, row.aliases, row.sector, tuple(by_platform.get(row.id, ()))) for row in found
    )


async def owners(connection: AsyncConnection) -> frozenset[str]:
    """Return the workspaces that added platforms or documents of their own."""
    both = union(*(select(owned.c.owner).where(owned.c.owner != "") for owned in (PLATFORM, DOCUMENT)))
    return frozenset((await connection.execute(both)).scalars())


async def count(connection: AsyncConnection) -> int:
    """Return how many platforms everybody may know of."""
    return (await connection.execute(select(func.count()).where(PLATFORM.c.owner == ""))).scalar_one()


async def find(connection: AsyncConnection, identity: str) -> Document | None:
    """Return a document, also a retired one, or None."""
    row = (await connection.execute(select(DOCUMENT).where(DOCUMENT.c.id == identity))).one_or_none()
    return to_document(row) if row else None


def seen_by(workspace: str) -> ColumnElement[bool]:
    """Return the condition that a workspace may know of a document: everybody's, or its own."""
    return DOCUMENT.c.owner.in_(("", workspace))


def to_document(row: Any) -> Document:
    """Return a document as it was declared."""
    parts = codec.loads_all(Part, row.parts)
    return Document(row.id, row.platform, row.type, parts, row.language, row.owner, row.source, row.licence)


def _platform_row(platform: Platform) -> dict[str, Any]:
    return {"id": platform.id, "name": platform.name, "aliases": platform.aliases, "sector": platform.group}


def _row(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "platform": document.platform,
        "type": document.type,
        "parts": codec.dumps(document.parts),
        "host": urlsplit(document.parts[0].address).netloc if document.parts else "",
        "language": document.language,
        "owner": document.owner,
        "source": document.source,
        "licence": document.licence,
        "retired": None,
    }

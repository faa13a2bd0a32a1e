"""Forgets a workspace: everything that is kept of it, in one transaction. The catalogue is not touched."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Select, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive import search
from storage.archive.models import (
    BlobRow,
    ChangeRow,
    DocumentRow,
    LookRow,
    PlatformRow,
    SightRow,
    SnapshotRow,
    StandingRow,
    TouchRow,
    VersionRow,
    table,
)
from storage.audience.models import AckRow, MentionRow, MuteRow, ReportRow, SecretRow
from storage.audience.people import CHANNEL, DELIVERY, WATCH, WORKSPACE
from storage.deliveries import webhooks

DOCUMENT, CHANGE, BLOB = table(DocumentRow), table(ChangeRow), table(BlobRow)
SNAPSHOT, VERSION = table(SnapshotRow), table(VersionRow)


async def forget(connection: AsyncConnection, workspace: str) -> Mapping[str, int]:
    """Delete a workspace with its channels, watches, deliveries, secrets and own documents; count the rows."""
    counts: dict[str, int] = {}
    channels = select(CHANNEL.c.id).where(CHANNEL.c.workspace == workspace)
    deliveries = select(DELIVERY.c.id).where(DELIVERY.c.channel.in_(channels))
    await _delete(connection, counts, table(AckRow), "delivery", deliveries)
    for owned in (table(MentionRow), table(ReportRow), table(MuteRow), WATCH, DELIVERY):
        await _delete(connection, counts, owned, "channel", channels)
    counts["webhook"] = await webhooks.forget(connection, workspace)
    await _delete_documents(connection, counts, workspace)
    await _delete(connection, counts, CHANNEL, "workspace", select(WORKSPACE.c.id).where(WORKSPACE.c.id == workspace))
    for owned, column in ((table(SecretRow), "workspace"), (WORKSPACE, "id"), (table(PlatformRow), "owner")):
        counts[owned.name] = (await connection.execute(delete(owned).where(owned.c[column] == workspace))).rowcount
    return {name: count for name, count in counts.items() if count}


async def _delete_documents(connection: AsyncConnection, counts: dict[str, int], workspace: str) -> None:
    documents = select(DOCUMENT.c.id).where(DOCUMENT.c.owner == workspace)
    changes = select(CHANGE.c.id).where(CHANGE.c.document.in_(documents))
    blobs = await _blobs(connection, documents)
    for owned in (table(TouchRow), table(MentionRow), table(ReportRow), webhooks.POSTING):
        await _delete(connection, counts, owned, "change", changes)
    for document in (await connection.execute(documents)).scalars():
        await search.forget(connection, document)
    for owned in (table(StandingRow), CHANGE, VERSION, SNAPSHOT, table(LookRow), table(SightRow)):
        await _delete(connection, counts, owned, "document", documents)
    await _delete_blobs(connection, counts, blobs)
    counts["document"] = (await connection.execute(delete(DOCUMENT).where(DOCUMENT.c.owner == workspace))).rowcount


async def _blobs(connection: AsyncConnection, documents: Select[tuple[str]]) -> list[int]:
    own: set[int] = set()
    for column in (VERSION.c.text, VERSION.c.links, VERSION.c.findings):
        own |= set((await connection.execute(select(column).where(VERSION.c.document.in_(documents)))).scalars())
    own |= set((await connection.execute(select(SNAPSHOT.c.blob).where(SNAPSHOT.c.document.in_(documents)))).scalars())
    return sorted((blob for blob in own if blob is not None), reverse=True)


async def _delete_blobs(connection: AsyncConnection, counts: dict[str, int], blobs: list[int]) -> None:
    """Delete blobs nobody else points to, newest first, since a later one may be packed against an earlier."""
    counts["blob"] = 0
    for blob in blobs:
        needs = (
            select(VERSION.c.id).where(
                (VERSION.c.text == blob) | (VERSION.c.links == blob) | (VERSION.c.findings == blob)
            ),
            select(SNAPSHOT.c.id).where(SNAPSHOT.c.blob == blob),
            select(BLOB.c.id).where(BLOB.c.base == blob),
        )
        if not any([(await connection.execute(need.limit(1))).first() for need in needs]):
            counts["blob"] += (await connection.execute(delete(BLOB).where(BLOB.c.id == blob))).rowcount


async def _delete(
    connection: AsyncConnection,
    counts: dict[str, int],
    owned: Table,
    column: str,
    which: Select[tuple[str]] | Select[tuple[int]],
) -> None:
    gone = await connection.execute(delete(owned).where(owned.c[column].in_(which)))
    counts[owned.name] = counts.get(owned.name, 0) + gone.rowcount

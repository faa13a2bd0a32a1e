"""Findings of standing versions, made anew when our rules moved: a technical upgrade nobody is told of.

The words, the chain and the changes stay as they were written; only what is recognised in the words is replaced.
"""

from __future__ import annotations

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive import blobs
from storage.archive.declarations import to_document
from storage.archive.models import DocumentRow, SightRow, VersionRow, table
from storage.archive.shapes import pack_findings
from storage.archive.versions import VERSION_BY_ID, stand
from watchers.model import Document, Finding

DOCUMENT, SIGHT, VERSION = table(DocumentRow), table(SightRow), table(VersionRow)
_READ = (
    select(DOCUMENT)
    .join(SIGHT, SIGHT.c.document == DOCUMENT.c.id)
    .where(SIGHT.c.version != "", DOCUMENT.c.retired.is_(None))
    .order_by(DOCUMENT.c.id)
)
_STANDS = select(SIGHT.c.version).where(SIGHT.c.document == bindparam("document"))


async def read_documents(connection: AsyncConnection) -> tuple[Document, ...]:
    """Return all documents that were ever read and are still declared, of whatever workspace."""
    return tuple(to_document(row) for row in await connection.execute(_READ))


async def renew(
    connection: AsyncConnection, document: str, version: str, findings: tuple[Finding, ...], recognised: str
) -> bool:
    """Replace the findings of a version by those of other rules; false if it stands no more, and nothing is done."""
    if (await connection.execute(_STANDS, {"document": document})).scalar() != version:
        return False
    row = (await connection.execute(VERSION_BY_ID, {"version": version})).one()
    packed = await blobs.put_text(connection, pack_findings(findings, recognised), row.findings)
    await connection.execute(update(VERSION).where(VERSION.c.id == version).values(findings=packed))
    await stand(connection, document, version, findings, row.seen_at)
    return True

"""Writes versions and changes down, and reads them back with their words checked against their hash."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive import blobs
from storage.archive.chain import Link, change_id, head, version_id
from storage.archive.models import ChangeRow, SnapshotRow, StandingRow, TouchRow, VersionRow, table
from storage.archive.packing import pack, unpack_alone
from storage.archive.shapes import (
    pack_change,
    pack_findings,
    pack_links,
    unpack_change,
    unpack_findings,
    unpack_links,
    unpack_recognised,
)
from storage.archive.state import Sight
from storage.database.statements import insert_new
from watchers.comparing.history import fingerprint, sentence_marks
from watchers.model import Change, Difference, Exposure, Finding, Reading, Touch, Version

VERSION, CHANGE, TOUCH = table(VersionRow), table(ChangeRow), table(TouchRow)
STANDING, SNAPSHOT = table(StandingRow), table(SnapshotRow)
UPGRADE = "upgrade"
"""The source of a version that is the one before it, read again with newer rules: nobody is told of it."""
GRAVITY = {Exposure.LOW: 0, Exposure.MEDIUM: 1, Exposure.HIGH: 2}

VERSION_BY_ID = select(VERSION).where(VERSION.c.id == bindparam("version"))
_NEW_VERSION, _STANDS = insert(VERSION), insert(STANDING)
_MARKS = select(VERSION.c.marks).where(VERSION.c.document == bindparam("document"))
_HASHES = select(SNAPSHOT.c.id, SNAPSHOT.c.sha256).where(SNAPSHOT.c.id.in_(bindparam("snapshots", expanding=True)))
_SINCE = select(STANDING.c.provision, STANDING.c.since).where(STANDING.c.document == bindparam("key"))
_NO_MORE = delete(STANDING).where(STANDING.c.document == bindparam("key"))
"""Statements of a change are built once: building costs more than running them."""


@dataclass(frozen=True, slots=True)
class Memory:
    """How the words of a version are remembered: a fingerprint of all, and marks of its sentences."""

    fingerprint: Callable[[str], str]
    marks: Callable[[str], frozenset[int]]


MEMORY = Memory(fingerprint, sentence_marks)


@dataclass(frozen=True, slots=True)
class Fresh:
    """A version to be written: what was read, when it was seen, and what it was read from."""

    reading: Reading
    seen_at: datetime
    recorded_at: datetime
    findings: tuple[Finding, ...] = ()
    recognised: str = ""
    source: str = ""
    stands: bool = True  # it is what the document says now


async def add(connection: AsyncConnection, sight: Sight, fresh: Fresh, memory: Memory) -> Sight:
    """Write a version down and return the sight that has it as its latest.

    What takes long is reckoned beside the loop, which answers people meanwhile.
    """
    reading = fresh.reading
    sha256 = reading.sha256
    identity = version_id(sight.document, fresh.seen_at, sha256)
    before = await _row(connection, sight.version) if sight.version else None
    pages = await _hashes(connection, sight.snapshots)
    found = await asyncio.to_thread(pack_findings, fresh.findings, fresh.recognised)
    marks = await asyncio.to_thread(memory.marks, reading.text)
    link = Link(sight.document, sight.chained + 1, identity, fresh.seen_at, sha256, reading.rules, pages)
    linked = head(sight.chain, link)
    row = {
        "id": identity,
        "document": sight.document,
        "ordinal": link.ordinal,
        "seen_at": fresh.seen_at,
        "recorded_at": fresh.recorded_at,
        "sha256": sha256,
        "text": await blobs.put_text(connection, reading.text.encode(), before.text if before else None),
        "links": await _packed(connection, pack_links(reading.links), before.links if before else None),
        "findings": await _packed(connection, found, before.findings if before else None),
        "language": reading.language,
        "title": reading.title,
        "rules": reading.rules,
        "source": fresh.source,
        "fingerprint": memory.fingerprint(reading.text),
        "marks": await _new_marks(connection, sight.document, marks),
        "snapshots": sight.snapshots,
        "chain": linked,
    }
    await connection.execute(_NEW_VERSION, row)
    if fresh.stands:
        await stand(connection, sight.document, identity, fresh.findings, fresh.seen_at)
    return replace(sight, version=identity, text_sha256=sha256, chain=linked, chained=link.ordinal)


async def add_change(
    connection: AsyncConnection,
    change: Change,
    imported: bool = False,
) -> None:
    """Write a change down with the provisions it touches."""
    row = {
        "id": change.id,
        "document": change.document,
        "before": change.before,
        "after": change.after,
        "seen_at": change.seen_at,
        "significance": str(change.difference.significance),
        "tier": str(change.difference.tier),
        "effective": change.difference.effective,
        "headline": change.headline,
        "imported": imported,
        "difference": pack(pack_change(change.difference, change.touches)),
    }
    await connection.execute(insert_new(connection, CHANGE), row)
    touched = {(touch.provision, str(touch.turn)) for touch in change.touches}
    if touched:
        rows = [{"change": change.id, "provision": provision, "turn": turn} for provision, turn in sorted(touched)]
        await connection.execute(insert_new(connection, TOUCH), rows)


def change_of(
    document: str,
    before: str,
    after: str,
    seen_at: datetime,
    difference: Difference,
    touches: tuple[Touch, ...],
    headline: str,
) -> Change:
    """Return a change under its citable id."""
    return Change(change_id(before, after), document, before, after, seen_at, difference, touches, headline)


async def to_version(connection: AsyncConnection, row: Row[Any]) -> Version:
    """Return a version with its words and links; raise StoreError when they are not those that were kept."""
    bodies = await blobs.get_all(connection, {row.text, row.links} - {None})
    text = bodies[row.text].decode()
    links = unpack_links(bodies[row.links]) if row.links else ()
    return Version(row.id, row.document, row.seen_at, row.sha256, text, links, row.language, row.rules, row.snapshots)


def to_change(row: Row[Any]) -> Change:
    """Return a change as it was written down."""
    difference, touches = unpack_change(unpack_alone(row.difference))
    return change_of(row.document, row.before, row.after, row.seen_at, difference, touches, row.headline)


async def findings(connection: AsyncConnection, version: str) -> tuple[Finding, ...]:
    """Return what was recognised in a version."""
    row = await _row(connection, version)
    return unpack_findings(await blobs.get(connection, row.findings)) if row and row.findings else ()


async def rules_of_findings(connection: AsyncConnection, version: str) -> str:
    """Return by which rules the findings of a version were made; empty where that was not kept."""
    row = await _row(connection, version)
    return (await recognised(connection, row))[1] if row else ""


async def recognised(connection: AsyncConnection, row: Row[Any]) -> tuple[tuple[Finding, ...], str]:
    """Return what was recognised in the version of a row, and by which rules."""
    packed = await blobs.get(connection, row.findings) if row.findings else b""
    return unpack_findings(packed), unpack_recognised(packed)


def marks_of(packed: Iterable[bytes]) -> frozenset[int]:
    """Return all sentence marks of some versions."""
    marks = array("q")
    for some in packed:
        marks.frombytes(some)
    return frozenset(marks)


async def _new_marks(connection: AsyncConnection, document: str, marks: frozenset[int]) -> bytes:
    earlier = await connection.execute(_MARKS, {"document": document})
    return array("q", sorted(marks - marks_of(earlier.scalars()))).tobytes()


async def _packed(connection: AsyncConnection, body: bytes, before: int | None) -> int | None:
    return await blobs.put_text(connection, body, before) if body else None


async def _row(connection: AsyncConnection, version: str) -> Row[Any] | None:
    return (await connection.execute(VERSION_BY_ID, {"version": version})).one_or_none()


async def _hashes(connection: AsyncConnection, snapshots: Sequence[str]) -> tuple[str, ...]:
    if not snapshots:
        return ()
    found = await connection.execute(_HASHES, {"snapshots": list(snapshots)})
    hashes = {row.id: row.sha256 for row in found}
    return tuple(hashes[one] for one in snapshots if one in hashes)


async def stand(
    connection: AsyncConnection, document: str, version: str, findings: Sequence[Finding], seen_at: datetime
) -> None:
    """Let the latest version stand for the document's provisions; a provision that stays keeps its date."""
    found = await connection.execute(_SINCE, {"key": document})
    since = {row.provision: row.since for row in found}
    await connection.execute(_NO_MORE, {"key": document})
    worst: dict[str, Finding] = {}
    for finding in findings:
        kept = worst.setdefault(finding.provision, finding)
        if GRAVITY[finding.exposure] > GRAVITY[kept.exposure]:
            worst[finding.provision] = finding
    rows = [
        {
            "provision": provision,
            "document": document,
            "version": version,
            "exposure": str(finding.exposure),
            "since": since.get(provision, seen_at),
        }
        for provision, finding in worst.items()
    ]
    if rows:
        await connection.execute(_STANDS, rows)

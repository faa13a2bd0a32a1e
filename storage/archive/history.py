"""Asks the archive about versions, changes and provisions over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.declarations import seen_by
from storage.archive.models import ChangeRow, DocumentRow, SightRow, StandingRow, TouchRow, VersionRow, table
from storage.archive.versions import UPGRADE, to_change, to_version
from storage.database.columns import EPOCH
from watchers.model import Change, Exposure, Significance, Turn, Version

VERSION, CHANGE, TOUCH = table(VersionRow), table(ChangeRow), table(TouchRow)
DOCUMENT, SIGHT, STANDING = table(DocumentRow), table(SightRow), table(StandingRow)

_VERSION = select(VERSION).where(VERSION.c.id == bindparam("identity"))


@dataclass(frozen=True, slots=True)
class VersionNote:
    """A version without its words: for lists and timelines. `source` names an imported history."""

    id: str
    document: str
    seen_at: datetime
    sha256: str
    language: str
    rules: str
    source: str
    chain: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """A change without its passages: for timelines. `touches` are pairs of a provision and its turn."""

    id: str
    document: str
    before: str
    after: str
    seen_at: datetime
    significance: Significance
    headline: str
    effective: date | None
    touches: tuple[tuple[str, Turn], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A provision that stands in a document now: the gravest finding's exposure, and since when."""

    provision: str
    document: str
    version: str
    exposure: Exposure
    since: datetime


@dataclass(frozen=True, slots=True)
class StandsIn:
    """Where a provision stands; `findings` numbers what was found there, another number after our rules moved."""

    document: str
    version: str
    since: datetime
    findings: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Which changes are wanted. Empty means any; `workspace` sees its own documents beside everybody's.

    `words` must all stand in the headline, in any case. `type` is a terms type; `effective_from` and `effective_until`
    bound the announced date of effect, both included.
    """

    platform: str = ""
    document: str = ""
    provision: str = ""
    since: datetime | None = None
    until: datetime | None = None
    significance: str = ""
    workspace: str = ""
    words: tuple[str, ...] = ()
    type: str = ""
    effective_from: date | None = None
    effective_until: date | None = None


async def version(connection: AsyncConnection, identity: str) -> Version | None:
    """Return a version with its words, or None."""
    row = (await connection.execute(_VERSION, {"identity": identity})).one_or_none()
    return await to_version(connection, row) if row else None


async def latest(connection: AsyncConnection, document: str) -> Version | None:
    """Return the version that stands, or None when the document was never read."""
    asked = select(VERSION).join(SIGHT, SIGHT.c.version == VERSION.c.id).where(SIGHT.c.document == document)
    row = (await connection.execute(asked)).one_or_none()
    return await to_version(connection, row) if row else None


async def versions(connection: AsyncConnection, document: str, upgrades: bool) -> tuple[VersionNote, ...]:
    """Return a document's versions without their words, oldest first."""
    asked = select(VERSION).where(VERSION.c.document == document).order_by(VERSION.c.seen_at, VERSION.c.ordinal)
    if not upgrades:
        asked = asked.where(VERSION.c.source != UPGRADE)
    return tuple(_note(row) for row in await connection.execute(asked))


async def change(connection: AsyncConnection, identity: str) -> Change | None:
    """Return a change, or None."""
    row = (await connection.execute(select(CHANGE).where(CHANGE.c.id == identity))).one_or_none()
    return to_change(row) if row else None


async def changes(connection: AsyncConnection, asked: Asked, limit: int, offset: int) -> tuple[Change, ...]:
    """Return changes, newest first."""
    page = _which(select(CHANGE), asked).order_by(CHANGE.c.seen_at.desc(), CHANGE.c.id).limit(limit).offset(offset)
    return tuple(to_change(row) for row in await connection.execute(page))


async def notes(connection: AsyncConnection, document: str) -> tuple[ChangeNote, ...]:
    """Return all changes of a document without their passages, newest first."""
    touched: dict[str, list[tuple[str, Turn]]] = {}
    own = select(TOUCH).join(CHANGE, CHANGE.c.id == TOUCH.c.change).where(CHANGE.c.document == document)
    for row in await connection.execute(own.order_by(TOUCH.c.provision, TOUCH.c.turn)):
        touched.setdefault(row.change, []).append((row.provision, Turn(row.turn)))
    columns = [column for column in CHANGE.c if column.name != "difference"]
    asked = select(*columns).where(CHANGE.c.document == document).order_by(CHANGE.c.seen_at.desc(), CHANGE.c.id)
    return tuple(
        ChangeNote(
            *(row.id, row.document, row.before, row.after, row.seen_at),
            *(Significance(row.significance), row.headline, row.effective, tuple(touched.get(row.id, ()))),
        )
        for row in await connection.execute(asked)
    )


async def all_standing(connection: AsyncConnection, workspace: str) -> tuple[Standing, ...]:
    """Return every provision that stands in a document a workspace may know of."""
    asked = (
        select(STANDING)
        .join(DOCUMENT, DOCUMENT.c.id == STANDING.c.document)
        .where(seen_by(workspace), DOCUMENT.c.retired.is_(None))
        .order_by(STANDING.c.document, STANDING.c.provision)
    )
    return tuple(
        Standing(row.provision, row.document, row.version, Exposure(row.exposure), row.since)
        for row in await connection.execute(asked)
    )


async def count(connection: AsyncConnection, asked: Asked) -> int:
    """Return how many changes there are."""
    return int((await connection.execute(_which(select(func.count(CHANGE.c.id)), asked))).scalar_one())


async def count_versions(connection: AsyncConnection) -> int:
    """Return how many versions there are, of all documents."""
    return int((await connection.execute(select(func.count()).select_from(VERSION))).scalar_one())


async def standing(
    connection: AsyncConnection, provision: str, platforms: Sequence[str], workspace: str
) -> tuple[StandsIn, ...]:
    """Return every document that contains a provision now."""
    asked = (
        select(STANDING.c.document, STANDING.c.version, STANDING.c.since, VERSION.c.findings)
        .join(DOCUMENT, DOCUMENT.c.id == STANDING.c.document)
        .join(VERSION, VERSION.c.id == STANDING.c.version)
        .where(STANDING.c.provision == provision, seen_by(workspace), DOCUMENT.c.retired.is_(None))
        .order_by(STANDING.c.document)
    )
    if platforms:
        asked = asked.where(DOCUMENT.c.platform.in_(platforms))
    return tuple(StandsIn(*row) for row in await connection.execute(asked))


def _which(select_from: Select[Any], asked: Asked) -> Select[Any]:
    chosen = select_from.join(DOCUMENT, DOCUMENT.c.id == CHANGE.c.document).where(seen_by(asked.workspace))
    conditions: list[tuple[object, ColumnElement[bool]]] = [
        (asked.platform, DOCUMENT.c.platform == asked.platform),
        (asked.document, CHANGE.c.document == asked.document),
        (asked.significance, CHANGE.c.significance == asked.significance),
        (asked.type, DOCUMENT.c.type == asked.type),
        (asked.effective_from, CHANGE.c.effective >= (asked.effective_from or date.min)),
        (asked.effective_until, CHANGE.c.effective <= (asked.effective_until or date.max)),
        (asked.since, CHANGE.c.seen_at >= (asked.since or EPOCH)),
        (asked.until, CHANGE.c.seen_at < (asked.until or EPOCH)),
        (asked.provision, CHANGE.c.id.in_(select(TOUCH.c.change).where(TOUCH.c.provision == asked.provision))),
    ]
    conditions += [(word, CHANGE.c.headline.icontains(word, autoescape=True)) for word in asked.words]
    return chosen.where(*(condition for given, condition in conditions if given))


def _note(row: Any) -> VersionNote:
    return VersionNote(
        row.id, row.document, row.seen_at, row.sha256, row.language, row.rules, row.source, row.chain, row.ordinal
    )

"""What a digest holds: the changes that have their place in it, the documents it covers, and those that are blind.

Nothing is planned or sent here. The questions start from a channel's watches, so they cost by what it watches and
not by what there is; they are built once, since building them costs more than running them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.models import ChangeRow, DocumentRow, SightRow, TouchRow, table
from storage.archive.versions import to_change
from storage.audience.models import NUMBER, AckRow, MentionRow
from storage.audience.people import CHANNEL, DELIVERY, WATCH
from storage.database.columns import Moment
from storage.database.statements import insert_new
from storage.deliveries.delivery import Blindness, Delivery, DigestContent, Kind, State, Told
from storage.deliveries.outbox import TOLD
from watchers.model import Significance

CHANGE, DOCUMENT, SIGHT, TOUCH = table(ChangeRow), table(DocumentRow), table(SightRow), table(TouchRow)
MENTION, ACK = table(MentionRow), table(AckRow)
LOOK_BACK = timedelta(days=3)
"""How far before the last digest changes are looked for that were written down after it, or by a clock set back."""

THIS: BindParameter[str] = bindparam("this")
DIGEST: BindParameter[int] = bindparam("digest", type_=NUMBER)
SINCE = bindparam("since", type_=Moment())

ALL = WATCH.alias()
WATCHES_ALL = exists().where(ALL.c.channel == THIS, ALL.c.platform == "", ALL.c.document == "").correlate(None)
COVERS = (
    (WATCH.c.document != "", and_(DOCUMENT.c.id == WATCH.c.document, WATCH.c.platform.in_(("", DOCUMENT.c.platform)))),
    (and_(WATCH.c.document == "", WATCH.c.platform != ""), DOCUMENT.c.platform == WATCH.c.platform),
    (and_(WATCHES_ALL, WATCH.c.document == "", WATCH.c.platform == ""), true()),
)
"""The ways a watch covers documents, as (which watch, which documents): one question for all would use no index.

Whether a channel watches everything is asked apart, so that it is answered before anything is gone through.
"""


async def mention(connection: AsyncConnection, digests: Sequence[tuple[int, str, datetime]]) -> None:
    """Give the changes that are due their places in digests just queued, each as (delivery, channel, since)."""
    places = [{"digest": one, "this": channel, "since": since - LOOK_BACK} for one, channel, since in digests]
    for chosen in _PLACED:
        await connection.execute(
            insert_new(connection, MENTION).from_select(["channel", "change", "delivery"], chosen), places
        )


async def content(connection: AsyncConnection, delivery: Delivery) -> DigestContent:
    """Return what a planned digest holds."""
    assert delivery.since is not None
    assert delivery.until is not None
    told = await _told(connection, _HELD, {"this": delivery.channel.id, "digest": delivery.id})
    return await _content(connection, delivery.channel.id, delivery.since, delivery.until, told)


async def preview(connection: AsyncConnection, channel: str, now: datetime) -> DigestContent:
    """Return what the next digest would hold if it were planned now."""
    row = (await connection.execute(select(CHANNEL).where(CHANNEL.c.id == channel))).one_or_none()
    if row is None:
        return DigestContent(now, now, (), (), 0)
    since = row.told_until or row.created_at
    told = await _told(connection, _DUE_NOW, {"this": channel, "since": since - LOOK_BACK})
    return await _content(connection, channel, since, now, told)


async def _content(
    connection: AsyncConnection, channel: str, since: datetime, until: datetime, told: tuple[Told, ...]
) -> DigestContent:
    found = await connection.execute(_BLIND, {"this": channel})
    unseen = tuple(Blindness(row.document, row.blind_since, row.blind_reason) for row in found)
    documents = (await connection.execute(_COUNTED, {"this": channel})).scalar_one()
    repeated = bool(told) and (await connection.execute(_DOUBTED, {"this": channel, "since": since})).scalar_one()
    never, missed = (await connection.execute(_UNREAD, {"this": channel})).one()
    return DigestContent(since, until, told, unseen, documents, repeated, never or 0, missed or 0)


async def _told(connection: AsyncConnection, asked: Select[Any], values: dict[str, object]) -> tuple[Told, ...]:
    return tuple(
        Told(to_change(row), row.settled_at, row.person or "", row.at)
        for row in await connection.execute(asked, values)
    )


def _from_watches(cover: tuple[ColumnElement[bool], ColumnElement[bool]], *columns: ColumnElement[Any]) -> Select[Any]:
    """Return the question for columns of the documents a channel's digest covers, beside the watches that do."""
    which, documents = cover
    joined = WATCH.join(CHANNEL, CHANNEL.c.id == WATCH.c.channel).join(DOCUMENT, documents)
    stands = and_(WATCH.c.channel == THIS, WATCH.c.digest, WATCH.c.removed_at.is_(None), WATCH.c.paused == "")
    owner = func.coalesce(DOCUMENT.c.owner, "")  # kept from its index: nearly all documents have the same one, nobody
    may_know = or_(owner == "", owner == CHANNEL.c.workspace)
    return select(*columns).select_from(joined).where(which, stands, may_know)


def _due(cover: tuple[ColumnElement[bool], ColumnElement[bool]], *columns: ColumnElement[Any]) -> Select[Any]:
    """Return the question for changes that belong into a channel's next digest: all there are, and no later end."""
    touched = exists().where(
        TOUCH.c.change == CHANGE.c.id,
        TOUCH.c.provision == WATCH.c.provision,
        or_(*(TOUCH.c.turn == turn for turn in TOLD)),  # a list could not be asked for many digests at once
    )
    mentioned = exists().where(MENTION.c.channel == THIS, MENTION.c.change == CHANGE.c.id)
    asked = _from_watches(cover, *columns).join(CHANGE, CHANGE.c.document == DOCUMENT.c.id)
    return asked.where(
        CHANGE.c.significance == Significance.SUBSTANTIVE,
        CHANGE.c.imported.is_(False),
        CHANGE.c.seen_at > SINCE,
        or_(WATCH.c.provision == "", touched),
        WATCH.c.added_at <= CHANGE.c.seen_at,  # a ping was written at that very moment too
        ~mentioned,
    )


def _with_pings(asked: Select[Any]) -> Select[Any]:
    """Add to changes what the channel knows of them already."""
    pinged = and_(
        DELIVERY.c.channel == THIS,
        DELIVERY.c.kind == Kind.PING,
        DELIVERY.c.subject == CHANGE.c.id,
        DELIVERY.c.state == State.SENT,
    )
    known = asked.outerjoin(DELIVERY, pinged).outerjoin(ACK, ACK.c.delivery == DELIVERY.c.id)
    return known.add_columns(DELIVERY.c.settled_at, ACK.c.person, ACK.c.at).order_by(CHANGE.c.seen_at, CHANGE.c.id)


def _watched() -> CompoundSelect[Any]:
    """Return the question for the documents a channel's digest covers."""
    ways = [_from_watches(cover, DOCUMENT.c.id.label("document")) for cover in COVERS]
    return union(*(way.where(DOCUMENT.c.retired.is_(None)) for way in ways))


_PLACED = tuple(_due(cover, WATCH.c.channel, CHANGE.c.id, DIGEST.label("delivery")) for cover in COVERS)
_HELD = _with_pings(select(CHANGE).join(MENTION, MENTION.c.change == CHANGE.c.id).where(MENTION.c.delivery == DIGEST))
_DUE_NOW = _with_pings(select(CHANGE).where(CHANGE.c.id.in_(union(*(_due(cover, CHANGE.c.id) for cover in COVERS)))))
_COUNTED = select(func.count()).select_from(_watched().subquery())
_DOUBTED = select(
    exists().where(
        DELIVERY.c.channel == THIS, DELIVERY.c.kind == Kind.DIGEST, DELIVERY.c.doubtful, DELIVERY.c.until > SINCE
    )
)
_COVERED = _watched().subquery()
_READ = SIGHT.c.version != ""
_UNREAD = (
    select(
        func.sum(case((_READ, 0), else_=1)),
        func.sum(case((and_(_READ, SIGHT.c.blind_since.is_not(None)), 1), else_=0)),
    )
    .select_from(_COVERED.join(SIGHT, SIGHT.c.document == _COVERED.c.document))
    .where(SIGHT.c.blind_told.is_(False))
)
_BLIND = (
    select(SIGHT)
    .join(_COVERED, _COVERED.c.document == SIGHT.c.document)
    .where(SIGHT.c.blind_told)
    .order_by(SIGHT.c.document)
)

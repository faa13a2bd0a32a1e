"""Plans digests and recalls, and gathers what a digest holds.

A change gets its place in a digest when the digest is planned, under a key of (channel, change): it is in
one digest of a channel and in no second one, even where looks are written down a little after their time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import history
from storage.audience import Slot
from storage.audience_models import AckRow, MentionRow
from storage.delivery import Blindness, Delivery, DigestContent, Kind, State, Told
from storage.models import ChangeRow, DocumentRow, SightRow, TouchRow, table
from storage.outbox import TOLD, Subject, muted, watches
from storage.people import CHANNEL, DELIVERY, WATCH, WORKSPACE, open_to_us, to_channel
from storage.slots import Passed, last_slot, moment, next_slot
from storage.statements import insert_new
from storage.versions import to_change
from watchers.model import Change, Significance

CHANGE, DOCUMENT, SIGHT, TOUCH = table(ChangeRow), table(DocumentRow), table(SightRow), table(TouchRow)
MENTION, ACK = table(MentionRow), table(AckRow)
LOOK_BACK = timedelta(days=3)
"""How far before the last digest changes are looked for that were written down after it, or by a clock set back."""


async def plan(connection: AsyncConnection, now: datetime, limit: int) -> tuple[int, int]:
    """Queue digests of channels whose slot has passed; return how many slots passed and how many were queued."""
    asked = select(CHANNEL, _wants_digest().label("wanted")).where(CHANNEL.c.next_slot <= now)
    asked = asked.order_by(CHANNEL.c.next_slot, CHANNEL.c.id).limit(limit)
    asked = asked.with_for_update(of=CHANNEL, skip_locked=True)
    rows = (await connection.execute(asked)).all()
    passed = [(row, last) for row in rows if (last := last_slot(to_channel(row).slot, now)) and row.wanted]
    queued = await _queue(connection, passed, now)
    for row in rows:
        upcoming = next_slot(to_channel(row).slot, now)
        await connection.execute(update(CHANNEL).where(CHANNEL.c.id == row.id).values(next_slot=upcoming))
    return len(rows), queued


async def _queue(connection: AsyncConnection, passed: Sequence[tuple[Any, Passed]], now: datetime) -> int:
    rows = [
        {
            "channel": row.id,
            "kind": Kind.DIGEST,
            "subject": last.day.isoformat(),
            "due_at": now,
            "created_at": now,
            "since": row.told_until or row.created_at,
            "until": now,
            "late": last.late,
        }
        for row, last in passed
    ]
    if not rows:
        return 0
    new = insert_new(connection, DELIVERY).returning(DELIVERY.c.id, DELIVERY.c.channel)
    inserted = (await connection.execute(new, rows)).all()
    since = {row["channel"]: row["since"] for row in rows}
    for row in inserted:
        await _mention(connection, row.id, row.channel, since[row.channel])
        await connection.execute(update(CHANNEL).where(CHANNEL.c.id == row.channel).values(told_until=now))
    return len(inserted)


async def _mention(connection: AsyncConnection, delivery: int, channel: str, since: datetime) -> None:
    chosen = _due(channel, since).with_only_columns(
        literal(channel), CHANGE.c.id, literal(delivery), maintain_column_froms=True
    )
    values = insert_new(connection, MENTION).from_select(["channel", "change", "delivery"], chosen)
    await connection.execute(values)


async def content(connection: AsyncConnection, delivery: Delivery) -> DigestContent:
    """Return what a planned digest holds."""
    assert delivery.since is not None
    assert delivery.until is not None
    held = _changes().join(MENTION, MENTION.c.change == CHANGE.c.id).where(MENTION.c.delivery == delivery.id)
    told = await _told(connection, held, delivery.channel.id)
    return await _content(connection, delivery.channel.id, delivery.since, delivery.until, told)


async def preview(connection: AsyncConnection, channel: str, now: datetime) -> DigestContent:
    """Return what the next digest would hold if it were planned now."""
    row = (await connection.execute(select(CHANNEL).where(CHANNEL.c.id == channel))).one_or_none()
    if row is None:
        return DigestContent(now, now, (), (), 0)
    since = row.told_until or row.created_at
    told = await _told(connection, _due(channel, since), channel)
    return await _content(connection, channel, since, now, told)


async def _content(
    connection: AsyncConnection, channel: str, since: datetime, until: datetime, told: tuple[Told, ...]
) -> DigestContent:
    watched = _watched(channel)
    blind = select(SIGHT).where(SIGHT.c.document.in_(watched), SIGHT.c.blind_told).order_by(SIGHT.c.document)
    silent = select(func.count()).where(
        CHANGE.c.document.in_(watched),
        CHANGE.c.significance != Significance.SUBSTANTIVE,
        CHANGE.c.imported.is_(False),
        CHANGE.c.seen_at > since,
        CHANGE.c.seen_at <= until,
    )
    unseen = tuple(
        Blindness(row.document, row.blind_since, row.blind_reason) for row in await connection.execute(blind)
    )
    documents = (await connection.execute(select(func.count()).select_from(watched.subquery()))).scalar_one()
    cosmetic = (await connection.execute(silent)).scalar_one()
    return DigestContent(since, until, told, unseen, documents, cosmetic)


async def _told(connection: AsyncConnection, asked: Select[Any], channel: str) -> tuple[Told, ...]:
    pinged = and_(
        DELIVERY.c.channel == channel,
        DELIVERY.c.kind == Kind.PING,
        DELIVERY.c.subject == CHANGE.c.id,
        DELIVERY.c.state == State.SENT,
    )
    known = (
        asked.outerjoin(DELIVERY, pinged)
        .outerjoin(ACK, ACK.c.delivery == DELIVERY.c.id)
        .add_columns(DELIVERY.c.settled_at, ACK.c.person, ACK.c.at)
        .order_by(CHANGE.c.seen_at, CHANGE.c.id)
    )
    return tuple(
        Told(to_change(row), row.settled_at, row.person or "", row.at) for row in await connection.execute(known)
    )


async def plan_recalls(connection: AsyncConnection, now: datetime) -> int:
    """Queue the recall of changes that take effect tomorrow, by each channel's own clock."""
    today = now.date()
    queued = 0
    for change in await history.announced(connection, today, today + timedelta(days=2)):
        queued += await _recall(connection, change, now)
    return queued


async def _recall(connection: AsyncConnection, change: Change, now: datetime) -> int:
    declared = select(DOCUMENT).where(DOCUMENT.c.id == change.document)
    document = (await connection.execute(declared)).one()
    rows = [
        {
            "channel": channel,
            "kind": Kind.RECALL,
            "subject": change.id,
            "platform": document.platform,
            "due_at": now,
            "created_at": now,
        }
        for channel in await _to_recall(
            connection, Subject(document.id, document.platform, document.owner), change, now
        )
    ]
    if not rows:
        return 0
    new = insert_new(connection, DELIVERY).returning(DELIVERY.c.id)
    return len((await connection.execute(new, rows)).all())


async def _to_recall(connection: AsyncConnection, subject: Subject, change: Change, now: datetime) -> list[str]:
    effective = change.difference.effective
    assert effective is not None
    asked = (
        select(CHANNEL)
        .join(WORKSPACE, WORKSPACE.c.id == CHANNEL.c.workspace)
        .join(WATCH, WATCH.c.channel == CHANNEL.c.id)
        .where(watches(subject, {touch.provision for touch in change.touches if touch.turn in TOLD}))
        .where(open_to_us(), ~muted(subject.platform, now))
        .distinct()
    )
    channels = [to_channel(row) for row in await connection.execute(asked)]
    # A change that was announced only after that moment was told the day before anyway.
    return [
        one.id
        for one in channels
        if change.seen_at < recalled_at(one.slot, effective) <= now < _starts(one.slot, effective)
    ]


def recalled_at(slot: Slot, effective: date) -> datetime:
    """Return when a channel is reminded of a change: the day before it takes effect, at its digest's hour."""
    return moment(slot, effective - timedelta(days=1))


def _starts(slot: Slot, effective: date) -> datetime:
    return moment(replace(slot, hour=0, minute=0), effective)


def _changes() -> Select[Any]:
    return select(CHANGE).join(DOCUMENT, DOCUMENT.c.id == CHANGE.c.document)


def _due(channel: str, since: datetime) -> Select[Any]:
    """Return the question for changes that belong into a channel's next digest: all there are, and no later end."""
    touched = exists().where(
        TOUCH.c.change == CHANGE.c.id, TOUCH.c.provision == WATCH.c.provision, TOUCH.c.turn.in_(TOLD)
    )
    touched = touched.correlate(CHANGE, WATCH)  # by itself it would see any change: it stands two questions deep
    asked = exists().where(
        *_digested(channel),
        or_(WATCH.c.provision == "", touched),
        WATCH.c.added_at <= CHANGE.c.seen_at,  # a ping was written at that very moment too
    )
    mentioned = exists().where(MENTION.c.channel == channel, MENTION.c.change == CHANGE.c.id)
    return _changes().where(
        CHANGE.c.significance == Significance.SUBSTANTIVE,
        CHANGE.c.imported.is_(False),
        CHANGE.c.seen_at > since - LOOK_BACK,
        asked,
        ~mentioned,
    )


def _watched(channel: str) -> Select[Any]:
    """Return the question for the documents a channel's digest covers."""
    return select(DOCUMENT.c.id).where(exists().where(*_digested(channel)), DOCUMENT.c.retired.is_(None))


def _digested(channel: str) -> tuple[ColumnElement[bool], ...]:
    workspace = select(CHANNEL.c.workspace).where(CHANNEL.c.id == channel).scalar_subquery()
    return (
        WATCH.c.channel == channel,
        WATCH.c.digest,
        WATCH.c.removed_at.is_(None),
        WATCH.c.paused == "",
        or_(WATCH.c.platform == "", WATCH.c.platform == DOCUMENT.c.platform),
        or_(WATCH.c.document == "", WATCH.c.document == DOCUMENT.c.id),
        or_(DOCUMENT.c.owner == "", DOCUMENT.c.owner == workspace),
    )


def _wants_digest() -> ColumnElement[bool]:
    watched = exists().where(
        WATCH.c.channel == CHANNEL.c.id, WATCH.c.digest, WATCH.c.removed_at.is_(None), WATCH.c.paused == ""
    )
    # a subquery of its own, since a channel whose workspace rests must still have its slot moved on
    open_workspace = exists().where(
        WORKSPACE.c.id == CHANNEL.c.workspace, WORKSPACE.c.paused == "", WORKSPACE.c.left_at.is_(None)
    )
    return and_(watched, CHANNEL.c.paused == "", open_workspace)

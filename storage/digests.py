"""Plans digests and recalls; what a digest holds is in `digest_content`.

A change gets its place in a digest when the digest is planned, under a key of (channel, change): it is in
one digest of a channel and in no second one, even where looks are written down a little after their time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import digest_content, history
from storage.audience import Slot
from storage.delivery import Kind
from storage.models import DocumentRow, table
from storage.outbox import TOLD, Subject, muted, watches
from storage.people import CHANNEL, DELIVERY, WATCH, WORKSPACE, open_to_us, to_channel
from storage.slots import Passed, last_slot, moment, next_slot
from storage.statements import insert_new
from watchers.model import Change

DOCUMENT = table(DocumentRow)
_NEXT_SLOT = update(CHANNEL).where(CHANNEL.c.id == bindparam("one")).values(next_slot=bindparam("upcoming"))
_TOLD_UNTIL = update(CHANNEL).where(CHANNEL.c.id == bindparam("one")).values(told_until=bindparam("now"))


async def plan(connection: AsyncConnection, now: datetime, limit: int) -> tuple[int, int]:
    """Queue digests of channels whose slot has passed; return how many slots passed and how many were queued."""
    asked = select(CHANNEL, _wants_digest().label("wanted")).where(CHANNEL.c.next_slot <= now)
    asked = asked.order_by(CHANNEL.c.next_slot, CHANNEL.c.id).limit(limit)
    asked = asked.with_for_update(of=CHANNEL, skip_locked=True)
    rows = (await connection.execute(asked)).all()
    passed = [(row, last) for row in rows if (last := last_slot(to_channel(row).slot, now)) and row.wanted]
    queued = await _queue(connection, passed, now)
    if rows:
        upcoming = [{"one": row.id, "upcoming": next_slot(to_channel(row).slot, now)} for row in rows]
        await connection.execute(_NEXT_SLOT, upcoming)
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
    if inserted:
        since = {row["channel"]: row["since"] for row in rows}
        await digest_content.mention(connection, [(row.id, row.channel, since[row.channel]) for row in inserted])
        await connection.execute(_TOLD_UNTIL, [{"one": row.channel, "now": now} for row in inserted])
    return len(inserted)


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


def _wants_digest() -> ColumnElement[bool]:
    watched = exists().where(
        WATCH.c.channel == CHANNEL.c.id, WATCH.c.digest, WATCH.c.removed_at.is_(None), WATCH.c.paused == ""
    )
    # a subquery of its own, since a channel whose workspace rests must still have its slot moved on
    open_workspace = exists().where(
        WORKSPACE.c.id == CHANNEL.c.workspace, WORKSPACE.c.paused == "", WORKSPACE.c.left_at.is_(None)
    )
    return and_(watched, CHANNEL.c.paused == "", open_workspace)

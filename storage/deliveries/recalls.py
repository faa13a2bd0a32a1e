"""Plans recalls: each channel is reminded of a change on the day before it takes effect, by its own clock.

Only of what still holds: a change that was taken back since, or put off to another day, is not recalled.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.models import ChangeRow, DocumentRow, VersionRow, table
from storage.archive.versions import UPGRADE, to_change
from storage.audience.audience import Slot
from storage.audience.people import CHANNEL, DELIVERY, WATCH, WORKSPACE, open_to_us, to_channel
from storage.database.statements import insert_new
from storage.deliveries.delivery import Kind
from storage.deliveries.outbox import TOLD, Subject, muted, watches
from storage.deliveries.slots import moment
from watchers.model import Change, Significance

CHANGE, DOCUMENT, VERSION = table(ChangeRow), table(DocumentRow), table(VersionRow)


async def plan(connection: AsyncConnection, now: datetime) -> int:
    """Queue the recall of changes that take effect tomorrow, by each channel's own clock; return how many."""
    today = now.date()
    near = CHANGE.c.effective.between(today, today + timedelta(days=2))
    substantive = and_(CHANGE.c.imported.is_(False), CHANGE.c.significance == Significance.SUBSTANTIVE)
    asked = select(CHANGE).where(near, substantive, ~_put_off(), ~_taken_back()).order_by(CHANGE.c.id)
    changes = [to_change(row) for row in await connection.execute(asked)]
    return sum([await _recall(connection, change, now) for change in changes])


def holds(change: str) -> ColumnElement[bool]:
    """Return the condition that what a change announced was neither taken back nor put off."""
    return exists().where(CHANGE.c.id == change, ~_put_off(), ~_taken_back())


def _put_off() -> ColumnElement[bool]:
    """Return the condition that a later change of the document announced another day."""
    later = CHANGE.alias()
    other = and_(later.c.effective.is_not(None), later.c.effective != CHANGE.c.effective)
    substantive = later.c.significance == Significance.SUBSTANTIVE
    return (
        exists()
        .where(later.c.document == CHANGE.c.document, substantive, other)
        .where(_place(later.c.after) > _place(CHANGE.c.after))
        .correlate(CHANGE)
    )


def _taken_back() -> ColumnElement[bool]:
    """Return the condition that words from before a change were back after it."""
    back, earlier = VERSION.alias(), VERSION.alias()
    return (
        exists()
        .where(back.c.document == CHANGE.c.document, back.c.source != UPGRADE)
        .where(back.c.ordinal > _place(CHANGE.c.after))
        .where(earlier.c.document == CHANGE.c.document, earlier.c.sha256 == back.c.sha256)
        .where(earlier.c.ordinal <= _place(CHANGE.c.before))
        .correlate(CHANGE)
    )


def _place(version: ColumnElement[str]) -> ColumnElement[int]:
    one = VERSION.alias()
    # by itself it would correlate to the question right around it only, and `version` may stand further out
    return select(one.c.ordinal).where(one.c.id == version).correlate_except(one).scalar_subquery()


async def _recall(connection: AsyncConnection, change: Change, now: datetime) -> int:
    document = (await connection.execute(select(DOCUMENT).where(DOCUMENT.c.id == change.document))).one()
    rows = [
        {
            "channel": channel,
            "kind": Kind.RECALL,
            "subject": change.id,
            "platform": document.platform,
            "due_at": now,
            "created_at": now,
        }
        for channel in await _channels(connection, Subject(document.id, document.platform, document.owner), change, now)
    ]
    if not rows:
        return 0
    new = insert_new(connection, DELIVERY).returning(DELIVERY.c.id)
    return len((await connection.execute(new, rows)).all())


async def _channels(connection: AsyncConnection, subject: Subject, change: Change, now: datetime) -> list[str]:
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

"""Plans digests; what a digest holds is in `digest_content`.

A change gets its place in a digest when the digest is planned, under a key of (channel, change): it is in
one digest of a channel and in no second one, even where looks are written down a little after their time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, cast, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audience.people import CHANNEL, DELIVERY, WATCH, WORKSPACE, to_channel
from storage.database.statements import insert_new
from storage.deliveries import digest_content
from storage.deliveries.delivery import SET_APART, Kind
from storage.deliveries.slots import Passed, last_slot, next_slot

NUMBERED = DELIVERY.c.subject + SET_APART + cast(DELIVERY.c.id, String)
"""The subject of a digest that gives its day back to another."""

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


async def free_days(connection: AsyncConnection, channel: str, first: date) -> None:
    """Let the days from one on have their digest though they had one: its hour or its zone was moved.

    Those that were get their number behind their day, which no other digest has.
    """
    made = (DELIVERY.c.channel == channel, DELIVERY.c.kind == Kind.DIGEST, DELIVERY.c.subject >= first.isoformat())
    plain = DELIVERY.c.subject.not_like(f"%{SET_APART}%")
    await connection.execute(update(DELIVERY).where(*made, plain).values(subject=NUMBERED))


def _wants_digest() -> ColumnElement[bool]:
    watched = exists().where(
        WATCH.c.channel == CHANNEL.c.id, WATCH.c.digest, WATCH.c.removed_at.is_(None), WATCH.c.paused == ""
    )
    # a subquery of its own, since a channel whose workspace rests must still have its slot moved on
    open_workspace = exists().where(
        WORKSPACE.c.id == CHANNEL.c.workspace, WORKSPACE.c.paused == "", WORKSPACE.c.left_at.is_(None)
    )
    return and_(watched, CHANNEL.c.paused == "", open_workspace)

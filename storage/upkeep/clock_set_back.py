"""Mends what a clock that ran ahead and was set back has left: waits that reach further than any of ours does.

It judges no single wait; what is within the longest of its kind is left alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.models import SightRow, table
from storage.audience.audience import Rhythm
from storage.audience.models import ChannelRow, DeliveryRow, WatchRow
from storage.audience.people import to_channel
from storage.deliveries.delivery import Kind, State
from storage.deliveries.digests import NUMBERED
from storage.deliveries.slots import next_slot

CHANNEL, DELIVERY, SIGHT, WATCH = table(ChannelRow), table(DeliveryRow), table(SightRow), table(WatchRow)
OPEN = (State.DUE, State.RETRY, State.UNCERTAIN)
LONGEST_LOOK = timedelta(days=8)
"""A server may ask for a week."""

LONGEST_SLOT = {Rhythm.DAILY: timedelta(hours=25), Rhythm.WEEKLY: timedelta(days=7, hours=1)}
"""From one slot to the next, where the clocks are set back for winter between them."""

LOST_SIGHT_OF = timedelta(days=8)
"""How far a digest goes back whose channel had none by a true clock."""

LONGEST_RETRY = timedelta(hours=25)
LONGEST_BREATH = timedelta(minutes=1)
LONGEST_LEASE = timedelta(hours=1)
LONGEST_EARLY = timedelta(days=1)
"""A digest that came no earlier than this is the one of its day."""


async def mend(connection: AsyncConnection, now: datetime) -> int:
    """Make due now what waits impossibly long; return how many rows were mended."""
    mended = 0
    for row, column, longest, becomes in (
        (SIGHT, SIGHT.c.next_look, LONGEST_LOOK, now),
        (SIGHT, SIGHT.c.taken_until, LONGEST_LEASE, None),
        (SIGHT, SIGHT.c.held_since, LONGEST_LEASE, now),
        (CHANNEL, CHANNEL.c.quiet_until, LONGEST_BREATH, None),
    ):
        ahead = update(row).where(column > now + longest).values({column.name: becomes})
        mended += (await connection.execute(ahead)).rowcount
    waits = update(DELIVERY).where(DELIVERY.c.state.in_(OPEN), DELIVERY.c.due_at > now + LONGEST_RETRY)
    mended += (await connection.execute(waits.values(due_at=now))).rowcount
    mended += await _digests(connection, now)
    sending = update(DELIVERY).where(DELIVERY.c.state == State.SENDING, DELIVERY.c.sending_since > now + LONGEST_LEASE)
    return mended + (await connection.execute(sending.values(sending_since=now))).rowcount


async def _digests(connection: AsyncConnection, now: datetime) -> int:
    """Let digests go on where the last true one ended, and hold what is watched since a moment yet to come."""
    await _free_days(connection, now)
    ended = select(func.max(DELIVERY.c.until)).where(
        DELIVERY.c.channel == CHANNEL.c.id, DELIVERY.c.kind == Kind.DIGEST, DELIVERY.c.until <= now
    )
    ahead = [CHANNEL.c.told_until > now + LONGEST_LEASE]
    ahead += [and_(CHANNEL.c.rhythm == one, CHANNEL.c.next_slot > now + most) for one, most in LONGEST_SLOT.items()]
    rows = (await connection.execute(select(CHANNEL, ended.scalar_subquery().label("ended")).where(or_(*ahead)))).all()
    for row in rows:
        upcoming = next_slot(to_channel(row).slot, row.ended or now)
        until = row.told_until and min(row.told_until, row.ended or now - LOST_SIGHT_OF)
        mended = update(CHANNEL).where(CHANNEL.c.id == row.id).values(next_slot=upcoming, told_until=until)
        await connection.execute(mended)
    watched = update(WATCH).where(WATCH.c.added_at > now + LONGEST_LEASE).values(added_at=now)
    return len(rows) + (await connection.execute(watched)).rowcount


async def _free_days(connection: AsyncConnection, now: datetime) -> None:
    """Let the days of digests that came long before them have their own digest when they come.

    One that came early keeps its day and gets its number behind it, which no other digest has.
    """
    ahead = select(CHANNEL.c.id).where(CHANNEL.c.told_until > now + LONGEST_EARLY)  # few are gone through, all indexed
    early = update(DELIVERY).where(
        DELIVERY.c.channel.in_(ahead), DELIVERY.c.kind == Kind.DIGEST, DELIVERY.c.created_at > now + LONGEST_EARLY
    )
    await connection.execute(early.values(subject=NUMBERED, created_at=now))

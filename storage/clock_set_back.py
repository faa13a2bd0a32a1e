"""Mends what a clock that ran ahead and was set back has left: waits that reach further than any of ours does.

It judges no single wait; what is within the longest of its kind is left alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audience_models import ChannelRow, DeliveryRow, WatchRow
from storage.delivery import Kind, State
from storage.models import SightRow, table

CHANNEL, DELIVERY, SIGHT, WATCH = table(ChannelRow), table(DeliveryRow), table(SightRow), table(WatchRow)
OPEN = (State.DUE, State.RETRY, State.UNCERTAIN)
LONGEST_LOOK = timedelta(days=8)
"""A server may ask for a week."""

LONGEST_SLOT = timedelta(days=8)
LONGEST_RETRY = timedelta(hours=25)
LONGEST_BREATH = timedelta(minutes=1)
LONGEST_LEASE = timedelta(hours=1)


async def mend(connection: AsyncConnection, now: datetime) -> int:
    """Make due now what waits impossibly long; return how many rows were mended."""
    mended = 0
    for row, column, longest, becomes in (
        (SIGHT, SIGHT.c.next_look, LONGEST_LOOK, now),
        (SIGHT, SIGHT.c.taken_until, LONGEST_LEASE, None),
        (SIGHT, SIGHT.c.held_since, LONGEST_LEASE, now),
        (CHANNEL, CHANNEL.c.next_slot, LONGEST_SLOT, now),
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
    ended = select(func.max(DELIVERY.c.until)).where(
        DELIVERY.c.channel == CHANNEL.c.id, DELIVERY.c.kind == Kind.DIGEST, DELIVERY.c.until <= now
    )
    begun = func.coalesce(ended.scalar_subquery(), literal(now - LONGEST_SLOT, DELIVERY.c.until.type))
    ahead = update(CHANNEL).where(CHANNEL.c.told_until > now + LONGEST_LEASE).values(told_until=begun)
    watched = update(WATCH).where(WATCH.c.added_at > now + LONGEST_LEASE).values(added_at=now)
    return (await connection.execute(ahead)).rowcount + (await connection.execute(watched)).rowcount

"""Mends what a clock that ran ahead and was set back has left: waits that reach further than any of ours does.

It judges no single wait; what is within the longest of its kind is left alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audience_models import ChannelRow, DeliveryRow
from storage.delivery import State
from storage.models import SightRow, table

CHANNEL, DELIVERY, SIGHT = table(ChannelRow), table(DeliveryRow), table(SightRow)
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
        (CHANNEL, CHANNEL.c.next_slot, LONGEST_SLOT, now),
        (CHANNEL, CHANNEL.c.quiet_until, LONGEST_BREATH, None),
    ):
        ahead = update(row).where(column > now + longest).values({column.name: becomes})
        mended += (await connection.execute(ahead)).rowcount
    waits = update(DELIVERY).where(DELIVERY.c.state.in_(OPEN), DELIVERY.c.due_at > now + LONGEST_RETRY)
    mended += (await connection.execute(waits.values(due_at=now))).rowcount
    sending = update(DELIVERY).where(DELIVERY.c.state == State.SENDING, DELIVERY.c.sending_since > now + LONGEST_LEASE)
    return mended + (await connection.execute(sending.values(sending_since=now))).rowcount

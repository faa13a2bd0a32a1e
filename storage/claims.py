"""Which deliveries may be sent now: the first of each channel, if nothing of it is on its way.

The first is by the order of queueing, so a delivery that waits for its next attempt holds up those behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.delivery import Delivery, Kind, State
from storage.people import CHANNEL, DELIVERY, WORKSPACE, deliveries, open_to_us, to_delivery

TOGETHER = timedelta(minutes=10)
"""Pings about one platform that were queued this close together go into one message."""

READY = (State.DUE, State.RETRY, State.UNCERTAIN)


async def ready(connection: AsyncConnection, now: datetime, limit: int) -> tuple[str, ...]:
    """Return the channels something may be sent to now, longest due first."""
    firsts = _firsts(now).order_by(DELIVERY.c.due_at, DELIVERY.c.id).limit(limit)
    return tuple((await connection.execute(firsts.with_only_columns(DELIVERY.c.channel))).scalars())


async def claim(
    connection: AsyncConnection, now: datetime, limit: int, channel: str | None = None
) -> tuple[Delivery, ...]:
    """Take the first delivery of each channel (or of one) that may send, and mark it as being sent."""
    asked = _firsts(now, channel).order_by(DELIVERY.c.due_at, DELIVERY.c.id).limit(limit)
    asked = asked.with_for_update(of=DELIVERY, skip_locked=True)
    firsts = (await connection.execute(asked)).all()
    if not firsts:
        return ()
    others = await _companions(connection, firsts, now)
    await _mark(connection, firsts, others, now)
    return tuple(_taken(row, [other for other, lead in others if lead == row.id]) for row in firsts)


def _firsts(now: datetime, channel: str | None = None) -> Select[Any]:
    waiting = or_(
        DELIVERY.c.state.in_((State.SENDING, State.RETRY, State.UNCERTAIN)),
        and_(DELIVERY.c.state == State.DUE, DELIVERY.c.due_at <= now),
    )
    if channel is not None:
        waiting = and_(DELIVERY.c.channel == channel, waiting)
    first = select(func.min(DELIVERY.c.id)).where(waiting).group_by(DELIVERY.c.channel)
    rested = or_(CHANNEL.c.quiet_until.is_(None), CHANNEL.c.quiet_until <= now)
    return (
        deliveries()
        .join(WORKSPACE, WORKSPACE.c.id == CHANNEL.c.workspace)
        .where(DELIVERY.c.id.in_(first), DELIVERY.c.state.in_(READY), DELIVERY.c.due_at <= now)
        .where(open_to_us(), rested)
    )


async def _companions(connection: AsyncConnection, firsts: Sequence[Any], now: datetime) -> list[tuple[Any, int]]:
    """Return (row, its lead) of pings that go with a first one: those it carried before, else those due beside it."""
    pings = {row.channel_id: row for row in firsts if row.kind == Kind.PING}
    if not pings:
        return []
    due = and_(DELIVERY.c.state == State.DUE, DELIVERY.c.due_at <= now, DELIVERY.c.lead.is_(None))
    asked = (
        deliveries()
        .add_columns(DELIVERY.c.lead.label("carried_by"))
        .where(
            DELIVERY.c.channel.in_(pings),
            DELIVERY.c.kind == Kind.PING,
            DELIVERY.c.id.not_in([row.id for row in firsts]),
            or_(due, and_(DELIVERY.c.lead.in_([row.id for row in pings.values()]), DELIVERY.c.state.in_(READY))),
        )
    )
    found = (await connection.execute(asked.order_by(DELIVERY.c.id))).all()
    return [(row, lead.id) for row in found if _goes_with(row, lead := pings[row.channel_id])]


def _goes_with(row: Any, lead: Any) -> bool:
    if lead.state != State.DUE:  # a message that was tried before must stay what it was
        return bool(row.carried_by == lead.id)
    return bool(row.platform == lead.platform and row.created_at - lead.created_at <= TOGETHER)


async def _mark(
    connection: AsyncConnection, firsts: Sequence[Any], others: Sequence[tuple[Any, int]], now: datetime
) -> None:
    ids = [row.id for row in firsts] + [row.id for row, _ in others]
    sending = {"state": State.SENDING, "sending_since": now, "attempts": DELIVERY.c.attempts + 1}
    await connection.execute(update(DELIVERY).where(DELIVERY.c.id.in_(ids)).values(sending))
    for row, lead in others:
        await connection.execute(update(DELIVERY).where(DELIVERY.c.id == row.id).values(lead=lead))


def _taken(row: Any, others: Sequence[Any]) -> Delivery:
    carried = tuple(replace(to_delivery(other), attempts=other.attempts + 1) for other in others)
    return replace(to_delivery(row, carried), attempts=row.attempts + 1)

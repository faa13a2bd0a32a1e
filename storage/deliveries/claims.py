"""Which deliveries may be sent now: the first of each channel, if nothing of it is on its way.

Changes come before what cannot be read, and both before digests; within that by the order of queueing, so a
delivery that waits for its next attempt holds up those behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.models import OPEN
from storage.audience.people import CHANNEL, DELIVERY, WORKSPACE, deliveries, open_to_us, to_delivery
from storage.database.columns import Moment
from storage.deliveries.delivery import Delivery, Kind, State

TOGETHER = timedelta(minutes=10)
"""What is of one kind and about one platform and was queued this close together goes into one message."""

SHARED = (Kind.PING, Kind.BLIND, Kind.RECOVERED)

READY = (State.DUE, State.RETRY, State.UNCERTAIN)


TURNS = case(
    (DELIVERY.c.state == State.SENDING, 0),
    (DELIVERY.c.kind.in_((Kind.PING, Kind.RECALL)), 1),
    (DELIVERY.c.kind == Kind.DIGEST, 3),
    else_=2,
)
"""Whose turn it is in a channel; what is on its way comes first, and so holds up the others."""

SPACE = 1 << 48
"""More deliveries than there will ever be: a turn and a number go into one number."""

NOW = bindparam("now", type_=Moment())
LIMIT: BindParameter[int] = bindparam("limit", type_=Integer())


async def ready(connection: AsyncConnection, now: datetime, limit: int) -> tuple[str, ...]:
    """Return the channels something may be sent to now, longest due first."""
    return tuple((await connection.execute(_READY, {"now": now, "limit": limit})).scalars())


async def due_about(connection: AsyncConnection, subjects: Sequence[str], limit: int) -> tuple[str, ...]:
    """Return channels that something is due to about these subjects; what is due before it may hold it up."""
    return tuple((await connection.execute(_ABOUT, {"subjects": subjects, "limit": limit})).scalars())


async def claim(
    connection: AsyncConnection, now: datetime, limit: int, channel: str | None = None
) -> tuple[Delivery, ...]:
    """Take the first delivery of each channel (or of one) that may send, and mark it as being sent."""
    if channel is None:
        found = await connection.execute(_CLAIMED, {"now": now, "limit": limit})
    else:
        found = await connection.execute(_CLAIMED_OF_ONE, {"now": now, "limit": limit, "channel": channel})
    firsts = found.all()
    if not firsts:
        return ()
    others = await _companions(connection, firsts, now)
    await _mark(connection, firsts, others, now)
    return tuple(_taken(row, [other for other, lead in others if lead == row.id]) for row in firsts)


def _firsts(of_one: bool = False) -> Select[Any]:
    """Return the question for the first delivery of each channel, or of one."""
    waiting = and_(text(OPEN), or_(DELIVERY.c.state != State.DUE, DELIVERY.c.due_at <= NOW))
    if of_one:
        waiting = and_(DELIVERY.c.channel == bindparam("channel"), waiting)
    turn = func.min(cast(TURNS, BigInteger) * SPACE + DELIVERY.c.id)
    first = select(turn % SPACE).where(waiting).group_by(DELIVERY.c.channel)
    rested = or_(CHANNEL.c.quiet_until.is_(None), CHANNEL.c.quiet_until <= NOW)
    return (
        deliveries()
        .join(WORKSPACE, WORKSPACE.c.id == CHANNEL.c.workspace)
        .where(DELIVERY.c.id.in_(first), DELIVERY.c.state.in_(READY), DELIVERY.c.due_at <= NOW)
        .where(open_to_us(), rested)
        .order_by(TURNS, DELIVERY.c.due_at, DELIVERY.c.id)
        .limit(LIMIT)
    )


async def _companions(connection: AsyncConnection, firsts: Sequence[Any], now: datetime) -> list[tuple[Any, int]]:
    """Return (row, its lead) of those that go with a first one: those it carried before, else those due beside it."""
    leads = {row.channel_id: row for row in firsts if row.kind in SHARED}
    if not leads:
        return []
    asked = {
        "now": now,
        "channels": list(leads),
        "firsts": [row.id for row in firsts],
        "leads": [row.id for row in leads.values()],
    }
    found = (await connection.execute(_BESIDE, asked)).all()
    return [(row, lead.id) for row in found if _goes_with(row, lead := leads[row.channel_id])]


def _goes_with(row: Any, lead: Any) -> bool:
    if lead.state != State.DUE:  # a message that was tried before must stay what it was
        return bool(row.carried_by == lead.id)
    same = row.kind == lead.kind and row.platform == lead.platform
    return bool(same and row.created_at - lead.created_at <= TOGETHER)


async def _mark(
    connection: AsyncConnection, firsts: Sequence[Any], others: Sequence[tuple[Any, int]], now: datetime
) -> None:
    ids = [row.id for row in firsts] + [row.id for row, _ in others]
    await connection.execute(_MARKED, {"taken": ids, "now": now})
    if others:
        await connection.execute(_CARRIED, [{"carried": row.id, "by": lead} for row, lead in others])


def _taken(row: Any, others: Sequence[Any]) -> Delivery:
    carried = tuple(replace(to_delivery(other), attempts=other.attempts + 1) for other in others)
    return replace(to_delivery(row, carried), attempts=row.attempts + 1)


def _beside() -> Select[Any]:
    """Return the question for deliveries that may go with those that were taken first."""
    due = and_(DELIVERY.c.state == State.DUE, DELIVERY.c.due_at <= NOW, DELIVERY.c.lead.is_(None))
    carried = and_(DELIVERY.c.lead.in_(bindparam("leads", expanding=True)), DELIVERY.c.state.in_(READY))
    return (
        deliveries()
        .add_columns(DELIVERY.c.lead.label("carried_by"))
        .where(DELIVERY.c.channel.in_(bindparam("channels", expanding=True)), text(OPEN), DELIVERY.c.kind.in_(SHARED))
        .where(DELIVERY.c.id.not_in(bindparam("firsts", expanding=True)), or_(due, carried))
        .order_by(DELIVERY.c.id)
    )


_READY = _firsts().with_only_columns(DELIVERY.c.channel)
_ABOUT = (
    select(DELIVERY.c.channel)
    .where(DELIVERY.c.subject.in_(bindparam("subjects", expanding=True)), DELIVERY.c.state == State.DUE)
    .distinct()
    .limit(LIMIT)
)
_CLAIMED = _firsts().with_for_update(of=DELIVERY, skip_locked=True)
_CLAIMED_OF_ONE = _firsts(of_one=True).with_for_update(of=DELIVERY, skip_locked=True)
_BESIDE = _beside()
_MARKED = (
    update(DELIVERY)
    .where(DELIVERY.c.id.in_(bindparam("taken", expanding=True)))
    .values(state=State.SENDING, sending_since=NOW, attempts=DELIVERY.c.attempts + 1)
)
_CARRIED = update(DELIVERY).where(DELIVERY.c.id == bindparam("carried")).values(lead=bindparam("by"))
"""Statements are built once: building them costs more than running them."""

"""What becomes of a delivery: one function for each outcome, and what a crash leaves behind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.models import table
from storage.audience.models import MentionRow
from storage.audience.people import CHANNEL, DELIVERY
from storage.deliveries.delivery import (
    CLOSED,
    Dead,
    Dropped,
    Kind,
    Outcome,
    Paused,
    Retry,
    Sent,
    Silent,
    State,
    Uncertain,
)

MENTION = table(MentionRow)

BREATH = timedelta(seconds=1)
"""How long a channel rests after a message: chats take about one a second and channel."""

LOOK_AGAIN = timedelta(seconds=30)
"""How long after an uncertain sending its receipt is looked for, so that it can have arrived."""

STALE_NEWS = timedelta(days=7)
"""What is older than this is not sent when a channel opens again: its next digest holds the changes."""

GONE = "the program ended while this was being sent"


async def settle(
    connection: AsyncConnection, delivery: int, outcome: Outcome, now: datetime, attempt: int | None
) -> bool:
    """Write down what became of a delivery and those its message carries; tell whether it was still its taker's."""
    carried = or_(DELIVERY.c.id == delivery, DELIVERY.c.lead == delivery)
    mine = and_(carried, DELIVERY.c.state == State.SENDING)
    if attempt is not None:
        mine = and_(mine, DELIVERY.c.attempts == attempt)
    if isinstance(outcome, Sent):  # a receipt is a fact, whoever brings it
        mine = and_(carried, DELIVERY.c.state != State.SENT)
    settled = update(DELIVERY).where(mine).values(_values(outcome, now)).returning(DELIVERY.c.channel, DELIVERY.c.id)
    rows = (await connection.execute(settled)).all()
    if not rows:
        return False
    channels = [row.channel for row in rows]
    if isinstance(outcome, Dead):
        await _hand_on(connection, DELIVERY.c.id.in_([row.id for row in rows]))
    if isinstance(outcome, Paused):
        await pause(connection, channels[0], outcome.reason, now)
    elif not isinstance(outcome, Silent | Dropped):
        await connection.execute(update(CHANNEL).where(CHANNEL.c.id == channels[0]).values(quiet_until=now + BREATH))
    return True


async def recover(connection: AsyncConnection, before: datetime, now: datetime) -> int:
    """Mark as uncertain what was taken before a moment and never settled; return how many."""
    left = and_(DELIVERY.c.state == State.SENDING, DELIVERY.c.sending_since <= before)
    values = {"state": State.UNCERTAIN, "due_at": now, "reason": GONE}
    return (await connection.execute(update(DELIVERY).where(left).values(values))).rowcount


async def pause(connection: AsyncConnection, channel: str, reason: str, now: datetime) -> None:
    """Let a channel rest with all that is due to it, until somebody opens it again."""
    await connection.execute(
        update(CHANNEL).where(CHANNEL.c.id == channel, CHANNEL.c.paused == "").values(paused=reason, paused_at=now)
    )
    due = and_(DELIVERY.c.channel == channel, DELIVERY.c.state.in_((State.DUE, State.RETRY)))
    await connection.execute(update(DELIVERY).where(due).values(state=State.PAUSED))


async def resume(connection: AsyncConnection, channel: str, now: datetime) -> None:
    """Open a channel again: what was due to it is due now, but for what has grown old and certainly not arrived."""
    await connection.execute(update(CHANNEL).where(CHANNEL.c.id == channel).values(paused="", paused_at=None))
    resting = and_(DELIVERY.c.channel == channel, DELIVERY.c.state.in_((State.PAUSED, State.UNCERTAIN)))
    old = and_(resting, DELIVERY.c.state == State.PAUSED, DELIVERY.c.created_at < now - STALE_NEWS)
    await _hand_on(connection, old)
    dead = {"state": State.DEAD, "settled_at": now, "reason": CLOSED}
    await connection.execute(update(DELIVERY).where(old).values(dead))
    doubtful = case((DELIVERY.c.state == State.UNCERTAIN, State.UNCERTAIN.value), else_=State.DUE.value)
    await connection.execute(update(DELIVERY).where(resting).values(state=doubtful, due_at=now))


async def _hand_on(connection: AsyncConnection, given_up: ColumnElement[bool]) -> None:
    """Let the changes of digests that nobody will get have their place in the channel's next one."""
    asked = select(DELIVERY.c.id, DELIVERY.c.channel, DELIVERY.c.since).where(given_up, DELIVERY.c.kind == Kind.DIGEST)
    for row in (await connection.execute(asked)).all():
        await connection.execute(delete(MENTION).where(MENTION.c.delivery == row.id))
        later = and_(CHANNEL.c.id == row.channel, CHANNEL.c.told_until > row.since)
        await connection.execute(update(CHANNEL).where(later).values(told_until=row.since))


def _values(outcome: Outcome, now: datetime) -> dict[str, Any]:
    match outcome:
        case Sent(receipt):
            return {"state": State.SENT, "receipt": receipt, "settled_at": now, "reason": ""}
        case Retry(at, reason):
            return {"state": State.RETRY, "due_at": at, "reason": reason}
        case Uncertain(reason, at):
            return {"state": State.UNCERTAIN, "due_at": at or now + LOOK_AGAIN, "reason": reason}
        case Paused(reason, doubtful):
            # a doubt that rests: it is not taken while its channel is paused, and not sent unlooked-for after
            return {"state": State.UNCERTAIN if doubtful else State.PAUSED, "due_at": now, "reason": reason}
        case Dead(reason, doubtful):
            return {"state": State.DEAD, "settled_at": now, "reason": reason, "doubtful": doubtful}
        case Dropped(reason):
            return {"state": State.DEAD, "settled_at": now, "reason": reason}
        case Silent(reason):
            return {"state": State.SENT, "settled_at": now, "reason": reason}

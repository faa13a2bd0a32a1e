"""What becomes of a delivery: one function for each outcome, and what a crash leaves behind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.delivery import Dead, Outcome, Paused, Retry, Sent, Silent, State, Uncertain
from storage.people import CHANNEL, DELIVERY

BREATH = timedelta(seconds=1)
"""How long a channel rests after a message: chats take about one a second and channel."""

LOOK_AGAIN = timedelta(seconds=30)
"""How long after an uncertain sending its receipt is looked for, so that it can have arrived."""

STALE_NEWS = timedelta(days=7)
"""Pings older than this are not sent when a channel opens again: its next digest holds them."""

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
    settled = update(DELIVERY).where(mine).values(_values(outcome, now)).returning(DELIVERY.c.channel)
    channels = list((await connection.execute(settled)).scalars())
    if not channels:
        return False
    if isinstance(outcome, Paused):
        await pause(connection, channels[0], outcome.reason, now)
    elif not isinstance(outcome, Silent):
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
    """Open a channel again: what was due to it is due now, but for pings that have grown old."""
    await connection.execute(update(CHANNEL).where(CHANNEL.c.id == channel).values(paused="", paused_at=None))
    resting = and_(DELIVERY.c.channel == channel, DELIVERY.c.state == State.PAUSED)
    old = and_(resting, DELIVERY.c.created_at < now - STALE_NEWS)
    dead = {"state": State.DEAD, "settled_at": now, "reason": "the channel was closed too long"}
    await connection.execute(update(DELIVERY).where(old).values(dead))
    await connection.execute(update(DELIVERY).where(resting).values(state=State.DUE, due_at=now))


def _values(outcome: Outcome, now: datetime) -> dict[str, Any]:
    match outcome:
        case Sent(receipt):
            return {"state": State.SENT, "receipt": receipt, "settled_at": now, "reason": ""}
        case Retry(at, reason):
            return {"state": State.RETRY, "due_at": at, "reason": reason}
        case Uncertain(reason, at):
            return {"state": State.UNCERTAIN, "due_at": at or now + LOOK_AGAIN, "reason": reason}
        case Paused(reason):
            return {"state": State.PAUSED, "reason": reason}
        case Dead(reason):
            return {"state": State.DEAD, "settled_at": now, "reason": reason}
        case Silent(reason):
            return {"state": State.SENT, "settled_at": now, "reason": reason}

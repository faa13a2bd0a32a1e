"""Incidents: what cannot be read of one platform is one message in a channel, which grows and ends by being edited.

Reads only. Each document's blindness and recovery stay deliveries of their own; here they find their message.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audience.people import DELIVERY, deliveries, to_delivery
from storage.deliveries.delivery import Delivery, Kind, State

OF_SIGHT = (Kind.BLIND, Kind.RECOVERED)

JOINS = timedelta(days=1)
"""How old a message may be for another document to join it: who has read an older one would not see it."""


@dataclass(frozen=True, slots=True)
class Blinded:
    """One document of an incident: since when and why it could not be read, and when it could again."""

    subject: str
    since: datetime
    reason: str
    until: datetime | None = None

    @property
    def document(self) -> str:
        """Return the document."""
        return self.subject.rpartition("@")[0]


@dataclass(frozen=True, slots=True)
class Incident:
    """What one message says of a platform. `receipt`: that message, if it was posted; then it is edited."""

    documents: tuple[Blinded, ...]
    receipt: str = ""


async def incident(connection: AsyncConnection, delivery: Delivery, now: datetime) -> Incident:
    """Return the incident that a delivery about a document's sight belongs to, in its channel."""
    told = {one.subject: one for one in (delivery, *delivery.companions)}
    receipt = await _message(connection, delivery, now)
    beside = await _blinds(connection, delivery.channel.id, DELIVERY.c.receipt == receipt) if receipt else ()
    own = await _blinds(connection, delivery.channel.id, DELIVERY.c.subject.in_(list(told)))
    blind = {one.subject: one for one in (*beside, *own)}
    over = await _recovered(connection, delivery.channel.id, list(blind))
    if delivery.kind is Kind.RECOVERED:
        over |= {subject: one.created_at or now for subject, one in told.items()}
    some = (Blinded(subject, _since(one, now), one.words, over.get(subject)) for subject, one in sorted(blind.items()))
    last = {one.document: one for one in sorted(some, key=attrgetter("since"))}  # it may be blind again
    return Incident(tuple(last.values()), receipt)


async def _message(connection: AsyncConnection, delivery: Delivery, now: datetime) -> str:
    """Return the receipt of the message a delivery changes: where its blindness was told, or one that is still open."""
    channel = delivery.channel.id
    if delivery.kind is Kind.RECOVERED:
        told = await _blinds(connection, channel, DELIVERY.c.subject == delivery.subject)
        return told[0].receipt if told else ""
    lately = and_(DELIVERY.c.platform == delivery.platform, DELIVERY.c.settled_at >= now - JOINS)
    told = await _blinds(connection, channel, and_(lately, DELIVERY.c.state == State.SENT, DELIVERY.c.receipt != ""))
    over = await _recovered(connection, channel, [one.subject for one in told])
    last = [one for one in told if one.subject not in over]
    return last[-1].receipt if last else ""


async def _blinds(connection: AsyncConnection, channel: str, which: Any) -> tuple[Delivery, ...]:
    asked = deliveries().where(DELIVERY.c.channel == channel, DELIVERY.c.kind == Kind.BLIND, which)
    return tuple(to_delivery(row) for row in await connection.execute(asked.order_by(DELIVERY.c.id)))


async def _recovered(connection: AsyncConnection, channel: str, subjects: Sequence[str]) -> dict[str, datetime]:
    """Return when documents could be read again, by subject, as far as the channel was told."""
    asked = select(DELIVERY.c.subject, DELIVERY.c.created_at).where(
        DELIVERY.c.channel == channel,
        DELIVERY.c.kind == Kind.RECOVERED,
        DELIVERY.c.subject.in_(subjects),
        DELIVERY.c.state == State.SENT,
    )
    return {row.subject: row.created_at for row in await connection.execute(asked)}


def _since(delivery: Delivery, now: datetime) -> datetime:
    try:
        return datetime.fromisoformat(delivery.subject.rpartition("@")[2])
    except ValueError:
        return delivery.created_at or now

"""Who is told what: writes a delivery for every channel that is due, in the transaction of its cause.

Nothing is sent here. A delivery's natural key (channel, kind, subject) keeps it from being written twice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.models import table
from storage.archive.state import News
from storage.archive.uplink import Outage
from storage.audience.models import ChannelRow, DeliveryRow, MuteRow, WatchRow, WorkspaceRow
from storage.database.statements import insert_new
from storage.deliveries.delivery import SET_APART, Kind, State
from watchers.model import Change, Significance, Tier, Turn

CHANNEL, DELIVERY, MUTE = table(ChannelRow), table(DeliveryRow), table(MuteRow)
WATCH, WORKSPACE = table(WatchRow), table(WorkspaceRow)
TOLD = tuple(turn for turn in Turn if turn is not Turn.MOVED)
"""What has to happen to a provision before those who watch it are told: being moved is not enough."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The document something is told about. `owner`: only this workspace may know of it."""

    document: str
    platform: str
    owner: str = ""


async def pings(connection: AsyncConnection, subject: Subject, change: Change, at: datetime) -> None:
    """Queue the pings of a change: substantive ones, to channels that asked and have not muted them.

    What is only possibly substantive waits for the digest, but where the workspace wants a ping of it too.
    """
    if change.difference.significance is not Significance.SUBSTANTIVE:
        return
    provisions = {touch.provision for touch in change.touches if touch.turn in TOLD}
    asked = and_(watches(subject, provisions), WATCH.c.ping, WORKSPACE.c.pings, ~muted(subject.platform, at))
    if change.difference.tier is not Tier.PING:
        asked = and_(asked, WORKSPACE.c.doubtful_pings)
    await _queue(connection, Kind.PING, change.id, subject.platform, at, at, asked)


async def news(connection: AsyncConnection, subject: Subject, told: News, at: datetime, operator: str = "") -> None:
    """Queue the news that a document is blind or sees again, to all who watch it and to the operator's channel.

    A recovery is told only where the blindness was.
    """
    asked = and_(watches(subject), ~muted(subject.platform, at))
    if operator and not subject.owner:
        asked = or_(asked, CHANNEL.c.id == operator)
    if told.kind is Kind.RECOVERED:
        blindness = exists().where(
            DELIVERY.c.channel == CHANNEL.c.id,
            DELIVERY.c.kind == Kind.BLIND,
            DELIVERY.c.subject == told.subject,
            DELIVERY.c.state != State.DEAD,
        )
        asked = and_(asked, blindness)
    await _queue(connection, told.kind, told.subject, subject.platform, at, at, asked, told.reason)


async def outage(connection: AsyncConnection, told: Outage, at: datetime, operator: str) -> tuple[str, ...]:
    """Queue the news that we cannot reach the internet, or can again: the operator's alone. Return its subject."""
    subject = f"{SET_APART}{told.since.isoformat(timespec='seconds')}"
    kind = Kind.ONLINE if told.until else Kind.OFFLINE
    if not operator:
        return ()
    await _queue(connection, kind, subject, "", at, at, CHANNEL.c.id == operator, told.reason)
    return (subject,)


async def given_up(connection: AsyncConnection, delivery: int, reason: str, at: datetime, operator: str) -> None:
    """Queue the word that a delivery is given up, to the operator's channel, unless it was meant for that one."""
    row = (await connection.execute(select(DELIVERY).where(DELIVERY.c.id == delivery))).one()
    if row.channel == operator:
        return
    words = f"A {row.kind} for {row.channel} is given up after {row.attempts} attempts (delivery {delivery}): {reason}"
    words += " It may have arrived." if row.doubtful else ""
    await _queue(connection, Kind.NOTICE, f"dead@{delivery}", "", at, at, CHANNEL.c.id == operator, words)


def watches(subject: Subject, provisions: Collection[str] | None = None) -> ColumnElement[bool]:
    """Return the condition that a watch asks for a document; with `provisions`, for one of these or for any change."""
    conditions = [
        WATCH.c.removed_at.is_(None),
        WATCH.c.paused == "",
        WATCH.c.platform.in_(("", subject.platform)),
        WATCH.c.document.in_(("", subject.document)),
    ]
    if provisions is not None:
        conditions.append(WATCH.c.provision.in_(("", *sorted(provisions))))
    if subject.owner:
        conditions.append(CHANNEL.c.workspace == subject.owner)
    return and_(*conditions)


def muted(platform: str, at: datetime) -> ColumnElement[bool]:
    """Return the condition that a channel wants no pings about a platform for now."""
    return exists().where(MUTE.c.channel == CHANNEL.c.id, MUTE.c.platform.in_(("", platform)), MUTE.c.until > at)


async def _queue(
    connection: AsyncConnection,
    kind: Kind,
    subject: str,
    platform: str,
    created_at: datetime,
    due_at: datetime,
    asked: ColumnElement[bool],
    words: str = "",
) -> None:
    # What a paused channel misses is written down as paused, so that it can still be told when it opens again.
    state = case((CHANNEL.c.paused == "", State.DUE.value), else_=State.PAUSED.value)
    values: dict[str, ColumnElement[Any]] = {
        "channel": CHANNEL.c.id,
        "kind": literal(kind.value),
        "subject": literal(subject),
        "platform": literal(platform),
        "state": state,
        "due_at": literal(due_at, DELIVERY.c.due_at.type),
        "created_at": literal(created_at, DELIVERY.c.created_at.type),
        "attempts": literal(0),
        "receipt": literal(""),
        "reason": literal(""),
        "words": literal(words),
        "late": literal(False),
    }
    rows = _channels(values, asked)
    await connection.execute(insert_new(connection, DELIVERY).from_select(list(values), rows))


def _channels(values: dict[str, ColumnElement[Any]], asked: ColumnElement[bool]) -> Select[Any]:
    columns = [value.label(name) for name, value in values.items()]
    joined = CHANNEL.join(WORKSPACE, WORKSPACE.c.id == CHANNEL.c.workspace).outerjoin(
        WATCH, WATCH.c.channel == CHANNEL.c.id
    )
    open_to_us = and_(WORKSPACE.c.paused == "", WORKSPACE.c.left_at.is_(None))
    return select(*columns).select_from(joined).where(open_to_us, asked).distinct()

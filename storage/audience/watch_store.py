"""Writes watches and mutes down. A watch is ended softly, so that it can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.models import table
from storage.audience.audience import Watch
from storage.audience.models import MuteRow
from storage.audience.people import CHANNEL, DELIVERY, WATCH, WORKSPACE, to_watch
from storage.database.statements import insert_into
from storage.deliveries.delivery import MUTED, NOT_FOUND, UNWATCHED, Delivery, Kind, State

MUTE = table(MuteRow)
OF_WATCHES = (Kind.PING, Kind.RECALL, Kind.BLIND, Kind.RECOVERED)
"""What is told because a platform is watched."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a channel asks for; empty means every."""

    channel: str
    platform: str = ""
    document: str = ""
    provision: str = ""


async def add(
    connection: AsyncConnection, asked: Asked, ping: bool, digest: bool, person: str, now: datetime
) -> tuple[Watch, bool]:
    """Write a watch down, or wake the same one; return it and whether it was not standing before."""
    key = {
        "channel": asked.channel,
        "platform": asked.platform,
        "document": asked.document,
        "provision": asked.provision,
    }
    same = and_(*(WATCH.c[name] == value for name, value in key.items()))
    known = (await connection.execute(select(WATCH).where(same))).one_or_none()
    standing = known is not None and known.removed_at is None
    values: dict[str, Any] = {"ping": ping, "digest": digest}
    if not standing:
        values |= {"added_by": person, "added_at": now, "removed_at": None, "paused": ""}
    if known is None:
        await connection.execute(insert_into(connection, WATCH).values(**key, **values))
    else:
        await connection.execute(update(WATCH).where(same).values(values))
    return to_watch((await connection.execute(_watches().where(same))).one()), not standing


async def end(connection: AsyncConnection, asked: Asked, now: datetime) -> tuple[Watch, ...]:
    """End the watches that fall under what is asked: a platform's with all its documents and provisions."""
    under = [WATCH.c.channel == asked.channel, WATCH.c.platform == asked.platform]
    under += [WATCH.c.document == asked.document] if asked.document else []
    under += [WATCH.c.provision == asked.provision] if asked.provision else []
    return await _end(connection, asked.channel, and_(*under), now)


async def end_some(
    connection: AsyncConnection, channel: str, watches: Sequence[int], now: datetime
) -> tuple[Watch, ...]:
    """End some watches of a channel by number."""
    return await _end(connection, channel, and_(WATCH.c.channel == channel, WATCH.c.id.in_(watches)), now)


async def revive(connection: AsyncConnection, channel: str, watches: Sequence[int]) -> tuple[Watch, ...]:
    """Bring ended watches of a channel back, and the pings that were dropped with them."""
    which = and_(WATCH.c.channel == channel, WATCH.c.id.in_(watches))
    await connection.execute(update(WATCH).where(which).values(removed_at=None))
    back = await standing(connection, which, None)
    reasons = DELIVERY.c.reason.in_((UNWATCHED, NOT_FOUND))
    dropped = and_(DELIVERY.c.channel == channel, DELIVERY.c.state == State.DEAD, reasons)
    again = {"state": case((DELIVERY.c.reason == NOT_FOUND, State.UNCERTAIN.value), else_=State.DUE.value)}
    for watch in back:
        mine = and_(dropped, DELIVERY.c.platform == watch.platform) if watch.platform else dropped
        await connection.execute(update(DELIVERY).where(mine).values(again | {"settled_at": None, "reason": ""}))
    return back


async def standing(connection: AsyncConnection, which: ColumnElement[bool], now: datetime | None) -> tuple[Watch, ...]:
    """Return watches that stand, in the order they were added, with the mutes that last."""
    found = await connection.execute(_watches().where(which, WATCH.c.removed_at.is_(None)).order_by(WATCH.c.id))
    rows = found.all()
    asked = select(MUTE).where(MUTE.c.channel.in_({row.channel for row in rows}))
    mutes = {
        (row.channel, row.platform): row.until
        for row in await connection.execute(asked)
        if now is None or row.until > now
    }
    return tuple(to_watch(row, _muted_until(row, mutes)) for row in rows)


async def mute(
    connection: AsyncConnection, channel: str, platform: str, until: datetime, person: str, now: datetime
) -> None:
    """Mute a platform in a channel until a moment, in place of an earlier mute; what waits to be told goes too."""
    row = {"channel": channel, "platform": platform, "until": until, "person": person}
    new = insert_into(connection, MUTE).values(row)
    await connection.execute(new.on_conflict_do_update(index_elements=["channel", "platform"], set_=row))
    about = DELIVERY.c.platform == platform if platform else DELIVERY.c.platform != ""
    gone = {"state": State.DEAD, "settled_at": now, "reason": MUTED}
    await connection.execute(update(DELIVERY).where(*_waiting(channel), about).values(gone))


async def unmute(connection: AsyncConnection, channel: str, platform: str) -> bool:
    """End the mute of a platform, or all of a channel; tell whether there was one."""
    which = and_(MUTE.c.channel == channel, MUTE.c.platform == platform) if platform else MUTE.c.channel == channel
    return (await connection.execute(delete(MUTE).where(which))).rowcount > 0


async def _end(
    connection: AsyncConnection, channel: str, which: ColumnElement[bool], now: datetime
) -> tuple[Watch, ...]:
    ended = await standing(connection, which, now)
    ids = [watch.id for watch in ended]
    await connection.execute(update(WATCH).where(WATCH.c.id.in_(ids)).values(removed_at=now))
    await _drop_pings(connection, channel, {watch.platform for watch in ended}, now)
    return ended


async def _drop_pings(connection: AsyncConnection, channel: str, platforms: set[str], now: datetime) -> None:
    """Drop pings that wait for a channel in which nobody asks for their platform any more."""
    left = await connection.execute(
        select(WATCH.c.platform).where(WATCH.c.channel == channel, WATCH.c.removed_at.is_(None))
    )
    still = set(left.scalars())
    if "" in still:
        return
    waiting = [*_waiting(channel), DELIVERY.c.platform.not_in(still)]
    waiting += [] if "" in platforms else [DELIVERY.c.platform.in_(platforms)]
    gone = {"state": State.DEAD, "settled_at": now, "reason": UNWATCHED}
    await connection.execute(update(DELIVERY).where(*waiting).values(gone))


async def unwanted(connection: AsyncConnection, delivery: Delivery, now: datetime) -> str:
    """Say why a channel wants no more what may not have arrived: muted or unwatched since; or nothing."""
    of = ("", delivery.platform)
    quiet = select(MUTE.c.until).where(
        MUTE.c.channel == delivery.channel.id, MUTE.c.platform.in_(of), MUTE.c.until > now
    )
    if (await connection.execute(quiet)).first():
        return MUTED
    asked = select(WATCH.c.id).where(
        WATCH.c.channel == delivery.channel.id, WATCH.c.platform.in_(of), WATCH.c.removed_at.is_(None)
    )
    return "" if (await connection.execute(asked)).first() else NOT_FOUND


def _waiting(channel: str) -> list[ColumnElement[bool]]:
    """Return the conditions of a channel's pings and the like that have certainly not arrived."""
    return [
        DELIVERY.c.channel == channel,
        DELIVERY.c.kind.in_(OF_WATCHES),
        DELIVERY.c.state.in_((State.DUE, State.RETRY, State.PAUSED)),
    ]


def _watches() -> Select[Any]:
    """Return the question for watches; one asks for pings as long as the workspace's plan has them, too."""
    others = [column for column in WATCH.c if column.name != "ping"]
    joined = WATCH.join(CHANNEL, CHANNEL.c.id == WATCH.c.channel).join(WORKSPACE, WORKSPACE.c.id == CHANNEL.c.workspace)
    return select(*others, and_(WATCH.c.ping, WORKSPACE.c.pings).label("ping")).select_from(joined)


def _muted_until(row: Any, mutes: dict[tuple[str, str], datetime]) -> datetime | None:
    lasting = [until for key in {row.platform, ""} if (until := mutes.get((row.channel, key)))]
    return max(lasting, default=None)

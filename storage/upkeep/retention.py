"""What may be dropped, and when: quiet looks, settled deliveries, pages of old blind spells, repeated pages.

Never dropped: a page a version was read from, the latest page of a part, a version, a change, and what a
digest or an excerpt needs. Each rule is one function; `tidy` runs them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive import snapshot_store
from storage.archive.models import LookRow, SnapshotRow, table
from storage.audience.models import AckRow, DeliveryRow, MentionRow, MuteRow, SecretRow, WatchRow
from storage.database.connection import Database
from storage.deliveries import webhooks
from storage.deliveries.delivery import State

LOOK, SNAPSHOT = table(LookRow), table(SnapshotRow)
DELIVERY, WATCH = table(DeliveryRow), table(WatchRow)
CHUNK = 5000
KEPT_OVER = timedelta(days=4)
"""How long what has expired stays all the same: a clock that is a little ahead must not end a mute for good."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How long things are kept that may be dropped at all."""

    quiet_looks: timedelta = timedelta(days=14)
    blind_pages: timedelta = timedelta(days=90)
    repeated_pages: timedelta = timedelta(days=30)
    deliveries: timedelta = timedelta(days=400)
    undo: timedelta = timedelta(days=30)


async def tidy(database: Database, now: datetime, keep: Keep | None = None) -> Mapping[str, int]:
    """Drop what may go; return how many rows of what. A little at a time, so that nobody waits for it."""
    dropped: Counter[str] = Counter()
    while True:
        now_dropped = await _tidy_a_little(database, now, keep or Keep())
        dropped.update(now_dropped)
        if max(now_dropped.values()) < CHUNK:
            return dict(dropped)


async def has_run(database: Database, now: datetime) -> bool:
    """Tell whether a clock has run for a day: a quiet look was written down about a day before what it shows now.

    After one that jumps ahead, mutes would end and workspaces be forgotten that it is not yet time for. An
    installation that stood still for days waits a day, too.
    """
    about = LOOK.c.at.between(now - timedelta(days=3), now - timedelta(hours=20))
    async with database.read() as connection:
        return bool((await connection.execute(select(exists().where(LOOK.c.quiet, about)))).scalar())


async def _tidy_a_little(database: Database, now: datetime, keep: Keep) -> Mapping[str, int]:
    async with database.write() as connection:
        return {
            "quiet looks": await thin_looks(connection, now - keep.quiet_looks),
            "blind pages": await drop_blind_pages(connection, now - keep.blind_pages),
            "repeated pages": await drop_repeated_pages(connection, now - keep.repeated_pages),
            "deliveries": await drop_deliveries(connection, now - keep.deliveries),
            "postings": await webhooks.drop_settled(connection, now - keep.deliveries),
            "watches": await drop_watches(connection, now - keep.undo),
            "expired": await drop_expired(connection, now),
        }


async def thin_looks(connection: AsyncConnection, before: datetime) -> int:
    """Drop looks that saw nothing new; those that brought something, or failed, stay."""
    old = select(LOOK.c.document, LOOK.c.at).where(LOOK.c.quiet, LOOK.c.at < before).limit(CHUNK).subquery()
    which = select(old.c.document).where(old.c.document == LOOK.c.document, old.c.at == LOOK.c.at).exists()
    return (await connection.execute(delete(LOOK).where(LOOK.c.quiet, LOOK.c.at < before, which))).rowcount


async def drop_blind_pages(connection: AsyncConnection, before: datetime) -> int:
    """Drop pages that were not the document, once their spell is long past."""
    old = and_(SNAPSHOT.c.health != "good", SNAPSHOT.c.taken_at < before)
    ids = (await connection.execute(select(SNAPSHOT.c.id).where(old).limit(CHUNK))).scalars().all()
    return await snapshot_store.drop(connection, ids)


async def drop_repeated_pages(connection: AsyncConnection, before: datetime) -> int:
    """Drop pages no version was read from, but for the latest of each part: a later one said the same words."""
    later = SNAPSHOT.alias()
    good = and_(SNAPSHOT.c.health == "good", SNAPSHOT.c.pinned.is_(False), SNAPSHOT.c.taken_at < before)
    followed = exists().where(
        later.c.document == SNAPSHOT.c.document,
        later.c.part == SNAPSHOT.c.part,
        later.c.health == "good",
        later.c.taken_at > SNAPSHOT.c.taken_at,
    )
    ids = (await connection.execute(select(SNAPSHOT.c.id).where(good, followed).limit(CHUNK))).scalars().all()
    return await snapshot_store.drop(connection, ids)


async def drop_deliveries(connection: AsyncConnection, before: datetime) -> int:
    """Drop what was settled long ago: what caused it is older than any look that could cause it again."""
    old = and_(DELIVERY.c.state.in_((State.SENT, State.DEAD)), DELIVERY.c.settled_at < before)
    ids = (await connection.execute(select(DELIVERY.c.id).where(old).limit(CHUNK))).scalars().all()
    for beside in (table(AckRow), table(MentionRow)):
        await connection.execute(delete(beside).where(beside.c.delivery.in_(ids)))
    return (await connection.execute(delete(DELIVERY).where(DELIVERY.c.id.in_(ids)))).rowcount


async def drop_watches(connection: AsyncConnection, before: datetime) -> int:
    """Drop watches that were ended and can no longer be undone."""
    return (await connection.execute(delete(WATCH).where(WATCH.c.removed_at < before))).rowcount


async def drop_expired(connection: AsyncConnection, now: datetime) -> int:
    """Drop mutes and secrets whose time is over."""
    mute, secret = table(MuteRow), table(SecretRow)
    mutes = await connection.execute(delete(mute).where(mute.c.until < now - KEPT_OVER))
    secrets = await connection.execute(delete(secret).where(secret.c.expires_at < now))
    return mutes.rowcount + secrets.rowcount

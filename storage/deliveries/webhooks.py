"""Webhooks: which addresses take changes, what is due to them, and what became of it, in the ledger's manner.

Nothing is sent here. A posting is queued in the transaction of its change, marked as being sent before its
taker hears of it, and tried again under the same id: it arrives at least once.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.models import table
from storage.audience.people import CHANNEL, WATCH, WORKSPACE
from storage.database.connection import Database
from storage.database.statements import insert_new
from storage.deliveries.delivery import Dead, Paused, Retry, Sent, State
from storage.deliveries.outbox import TOLD, Subject, watches
from storage.deliveries.webhook_models import PostingRow, WebhookRow
from watchers.errors import StoreError
from watchers.model import Change, Significance, Tier

WEBHOOK, POSTING = table(WebhookRow), table(PostingRow)
MOST = 10
"""Webhooks of one workspace."""

LEASE = timedelta(minutes=5)
"""How long a posting may be on its way before its taker is thought to be gone."""

WAITING = (State.DUE, State.RETRY)


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes a workspace's changes. `paused`: why nothing is sent there, or empty."""

    id: str
    workspace: str
    address: str
    paused: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """A change on its way to a webhook. `id` is the same at every attempt, so that receivers can tell."""

    webhook: Webhook
    change: str
    attempts: int

    @property
    def id(self) -> str:
        """Return the id of the message."""
        return f"{self.webhook.id}_{self.change}"


async def queue(connection: AsyncConnection, subject: Subject, change: Change, at: datetime) -> None:
    """Queue a change for every webhook whose workspace watches it anywhere: the same changes that are pinged."""
    if change.difference.significance is not Significance.SUBSTANTIVE:
        return
    provisions = {touch.provision for touch in change.touches if touch.turn in TOLD}
    watched = exists(
        select(WATCH.c.id)
        .join(CHANNEL, CHANNEL.c.id == WATCH.c.channel)
        .where(CHANNEL.c.workspace == WEBHOOK.c.workspace, watches(subject, provisions))
        .correlate(WEBHOOK)
    )
    moment = literal(at, POSTING.c.due_at.type)
    values = {
        "webhook": WEBHOOK.c.id,
        "change": literal(change.id),
        "state": literal(State.DUE.value),
        "due_at": moment,
        "created_at": moment,
        "attempts": literal(0),
        "reason": literal(""),
    }
    columns = [value.label(name) for name, value in values.items()]
    wanted = [_open(), watched, *[WORKSPACE.c.doubtful_pings] * (change.difference.tier is not Tier.PING)]
    rows = select(*columns).join(WORKSPACE, WORKSPACE.c.id == WEBHOOK.c.workspace).where(*wanted)
    await connection.execute(insert_new(connection, POSTING).from_select(list(values), rows))


async def ready(connection: AsyncConnection, now: datetime, limit: int) -> tuple[str, ...]:
    """Return the webhooks something may be posted to now."""
    asked = _due(now).with_only_columns(WEBHOOK.c.id).order_by(None).distinct().limit(limit)
    return tuple((await connection.execute(asked)).scalars())


async def due_about(connection: AsyncConnection, changes: Sequence[str], limit: int) -> tuple[str, ...]:
    """Return the webhooks that something is due to about these changes."""
    about = and_(POSTING.c.change.in_(changes), POSTING.c.state == State.DUE)
    return tuple((await connection.execute(select(POSTING.c.webhook).where(about).distinct().limit(limit))).scalars())


class Webhooks:
    """The one door to webhooks for the bot."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, workspace: str, address: str, now: datetime) -> tuple[Webhook, bool]:
        """Write a webhook down; return it and whether it is new. StoreError: no such workspace, or too many."""
        async with self._database.write() as connection:
            if not (await connection.execute(select(WORKSPACE.c.id).where(WORKSPACE.c.id == workspace))).first():
                raise StoreError(f"There is no workspace {workspace}; `clausewatch plan list` shows all there are.")
            known = await _all(connection, workspace)
            if same := next((each for each in known if each.address == address), None):
                return same, False
            if len(known) >= MOST:
                raise StoreError(f"{workspace} has {MOST} webhooks, which is the most; remove one first.")
            fresh = Webhook(f"w{secrets.token_hex(6)}", workspace, address)
            row = {"id": fresh.id, "workspace": workspace, "address": address, "paused": "", "created_at": now}
            await connection.execute(WEBHOOK.insert().values(row))
        return fresh, True

    async def remove(self, webhook: str) -> bool:
        """Delete a webhook with what was due to it; tell whether there was one."""
        async with self._database.write() as connection:
            await connection.execute(delete(POSTING).where(POSTING.c.webhook == webhook))
            return bool((await connection.execute(delete(WEBHOOK).where(WEBHOOK.c.id == webhook))).rowcount)

    async def all(self, workspace: str = "") -> tuple[Webhook, ...]:
        """Return the webhooks of a workspace, or of all."""
        async with self._database.read() as connection:
            return await _all(connection, workspace)

    async def find(self, webhook: str) -> Webhook | None:
        """Return a webhook, or None."""
        return next((each for each in await self.all() if each.id == webhook), None)

    async def counts(self) -> dict[tuple[str, str], int]:
        """Return how many postings of each webhook are in each state."""
        asked = select(POSTING.c.webhook, POSTING.c.state, func.count()).group_by(POSTING.c.webhook, POSTING.c.state)
        async with self._database.read() as connection:
            return {(row[0], row[1]): row[2] for row in await connection.execute(asked)}

    async def claim(self, now: datetime, limit: int = 10, webhook: str = "") -> tuple[Posting, ...]:
        """Take postings that are due, oldest first (or those of one webhook), and mark them as being sent.

        What was taken and never settled is due again after LEASE.
        """
        async with self._database.write() as connection:
            due = _due(now).where(WEBHOOK.c.id == webhook) if webhook else _due(now)
            asked = due.limit(limit).with_for_update(of=POSTING, skip_locked=True)
            rows = (await connection.execute(asked)).all()
            for row in rows:
                mine = and_(POSTING.c.webhook == row.id, POSTING.c.change == row.change)
                taken = {"state": State.SENDING, "sending_since": now, "attempts": POSTING.c.attempts + 1}
                await connection.execute(update(POSTING).where(mine).values(taken))
        return tuple(Posting(_webhook(row), row.change, row.attempts + 1) for row in rows)

    async def settle(self, posting: Posting, outcome: Sent | Retry | Dead | Paused, now: datetime) -> bool:
        """Write down what became of a posting; tell whether it was still its taker's."""
        mine = and_(
            POSTING.c.webhook == posting.webhook.id,
            POSTING.c.change == posting.change,
            POSTING.c.state == State.SENDING,
            POSTING.c.attempts == posting.attempts,
        )
        async with self._database.write() as connection:
            settled = (await connection.execute(update(POSTING).where(mine).values(_values(outcome, now)))).rowcount
            if settled and isinstance(outcome, Paused):
                await _pause(connection, posting.webhook.id, outcome.reason)
        return bool(settled)

    async def resume(self, webhook: str, now: datetime) -> None:
        """Open a webhook again: what waited for it is due now."""
        waiting = and_(POSTING.c.webhook == webhook, POSTING.c.state.in_(WAITING))
        async with self._database.write() as connection:
            await connection.execute(update(WEBHOOK).where(WEBHOOK.c.id == webhook).values(paused=""))
            await connection.execute(update(POSTING).where(waiting).values(due_at=now))


async def forget(connection: AsyncConnection, workspace: str) -> int:
    """Delete a workspace's webhooks with their postings; return how many rows."""
    own = select(WEBHOOK.c.id).where(WEBHOOK.c.workspace == workspace)
    gone = (await connection.execute(delete(POSTING).where(POSTING.c.webhook.in_(own)))).rowcount
    return gone + (await connection.execute(delete(WEBHOOK).where(WEBHOOK.c.workspace == workspace))).rowcount


async def drop_settled(connection: AsyncConnection, before: datetime) -> int:
    """Drop postings that were settled long ago."""
    old = and_(POSTING.c.state.in_((State.SENT, State.DEAD)), POSTING.c.settled_at < before)
    return (await connection.execute(delete(POSTING).where(old))).rowcount


def _open() -> Any:
    return and_(WORKSPACE.c.paused == "", WORKSPACE.c.left_at.is_(None))


def _due(now: datetime) -> Select[Any]:
    waiting = and_(POSTING.c.state.in_(WAITING), POSTING.c.due_at <= now)
    stranded = and_(POSTING.c.state == State.SENDING, POSTING.c.sending_since <= now - LEASE)
    return (
        select(*WEBHOOK.c, POSTING.c.change, POSTING.c.attempts)
        .join(POSTING, POSTING.c.webhook == WEBHOOK.c.id)
        .join(WORKSPACE, WORKSPACE.c.id == WEBHOOK.c.workspace)
        .where(or_(waiting, stranded), _open(), WEBHOOK.c.paused == "")
        .order_by(POSTING.c.due_at, POSTING.c.created_at, POSTING.c.change)
    )


def _values(outcome: Sent | Retry | Dead | Paused, now: datetime) -> dict[str, Any]:
    match outcome:
        case Sent():
            return {"state": State.SENT, "settled_at": now, "reason": ""}
        case Retry(at, reason):
            return {"state": State.RETRY, "due_at": at, "reason": reason}
        case Dead(reason):
            return {"state": State.DEAD, "settled_at": now, "reason": reason}
        case Paused(reason):
            return {"state": State.RETRY, "due_at": now, "reason": reason}


async def _pause(connection: AsyncConnection, webhook: str, reason: str) -> None:
    await connection.execute(update(WEBHOOK).where(WEBHOOK.c.id == webhook).values(paused=reason))


async def _all(connection: AsyncConnection, workspace: str) -> tuple[Webhook, ...]:
    asked = select(WEBHOOK).order_by(WEBHOOK.c.workspace, WEBHOOK.c.created_at, WEBHOOK.c.id)
    rows: Sequence[Any] = (
        await connection.execute(asked.where(WEBHOOK.c.workspace == workspace) if workspace else asked)
    ).all()
    return tuple(_webhook(row) for row in rows)


def _webhook(row: Any) -> Webhook:
    return Webhook(row.id, row.workspace, row.address, row.paused)

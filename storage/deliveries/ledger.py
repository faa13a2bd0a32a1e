"""The ledger: takes what is due to be told, and writes down what became of it.

It sends nothing itself. A delivery is marked as being sent before its taker hears of it, only one of a
channel is on its way at a time, and in the order they were queued.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from storage.archive.models import ChangeRow, table
from storage.audience import watch_store
from storage.audience.models import AckRow, DeliveryRow, ReportRow
from storage.audience.people import deliveries, to_delivery
from storage.audience.responses import Done, done
from storage.database.connection import Database
from storage.database.statements import insert_new
from storage.deliveries import claims, digest_content, digests, incidents, outbox, recalls, settling
from storage.deliveries.delivery import LEFT, OUTDATED, Ack, Dead, Delivery, DigestContent, Kind, Outcome, State
from storage.deliveries.incidents import Incident
from storage.upkeep import clock_set_back

DELIVERY, ACK, REPORT, CHANGE = table(DeliveryRow), table(AckRow), table(ReportRow), table(ChangeRow)
LEASE = timedelta(seconds=90)
"""How long a delivery may be on its way before its taker is thought to be gone: longer than sending may take."""


PORTION = 100
"""Channels whose digests are planned in one transaction."""

GIVEN_UP = and_(DELIVERY.c.state == State.DEAD, DELIVERY.c.reason.not_in(LEFT))


class Ledger:
    """Deliveries: taking, settling, planning. Times are arguments; without one it is now.

    `operator` is a channel that hears of deliveries that are given up.
    """

    def __init__(self, database: Database, operator: str = "") -> None:
        self._database = database
        self._operator = operator

    async def claim(self, now: datetime, limit: int = 20, channel: str | None = None) -> tuple[Delivery, ...]:
        """Take deliveries that are due, one a channel (or of one); each is marked `sending` before this returns.

        One that is handed out as UNCERTAIN may have arrived: look for its receipt before sending it.
        Pings about one platform that are due together come as companions of the first.
        """
        async with self._database.write() as connection:
            return await claims.claim(connection, now, limit, channel)

    async def settle(
        self, delivery: int, outcome: Outcome, now: datetime | None = None, attempt: int | None = None
    ) -> bool:
        """Write down what became of a delivery and its companions.

        Returns False, and changes nothing, when it is no longer its taker's: somebody settled it, or took
        it again (`attempt` is not the one it was handed out with). A receipt is always written down.
        """
        now = now or datetime.now(UTC)
        async with self._database.write() as connection:
            mine = await settling.settle(connection, delivery, outcome, now, attempt)
            if mine and self._operator and isinstance(outcome, Dead):
                await outbox.given_up(connection, delivery, outcome.reason, now, self._operator)
        return mine

    async def recover(self, now: datetime, stale: timedelta = timedelta(0)) -> int:
        """Mark as uncertain what is on its way since longer than `stale`; return how many.

        What a clock that was set back has left waiting for too long is due again.

        At the start of the only process `stale` is nothing; among several, `LEASE`.
        """
        async with self._database.write() as connection:
            await clock_set_back.mend(connection, now)
            return await settling.recover(connection, now - stale, now)

    async def plan_digests(self, now: datetime, limit: int = PORTION) -> int:
        """Queue a digest for every channel whose slot has passed; return how many. Any number may ask, at any time.

        Each portion is a transaction of its own, with a breath after it: chats are answered meanwhile.
        """
        planned = 0
        while True:
            async with self._database.write() as connection:
                passed, queued = await digests.plan(connection, now, limit)
            planned += queued
            if passed < limit:
                return planned
            await asyncio.sleep(0)

    async def plan_recalls(self, now: datetime) -> int:
        """Queue the recall of changes that take effect on the next day; return how many."""
        async with self._database.write() as connection:
            return await recalls.plan(connection, now)

    async def still_holds(self, change: str) -> bool:
        """Tell whether what a change announced was neither taken back since nor put off to another day."""
        async with self._database.read() as connection:
            return bool((await connection.execute(select(recalls.holds(change)))).scalar())

    async def unwanted(self, delivery: Delivery, now: datetime) -> str:
        """Say why a channel does not want a delivery any more, or nothing. The operator's wants all."""
        if delivery.kind not in watch_store.OF_WATCHES or delivery.channel.id == self._operator:
            return ""
        if (
            delivery.kind in incidents.OF_SIGHT
            and delivery.created_at
            and now - delivery.created_at > settling.STALE_NEWS
        ):
            return OUTDATED
        async with self._database.read() as connection:
            return await watch_store.unwanted(connection, delivery, now)

    async def digest(self, delivery: Delivery) -> DigestContent:
        """Return what a planned digest holds: always the same, however often it is tried."""
        async with self._database.read() as connection:
            return await digest_content.content(connection, delivery)

    async def digest_now(self, channel: str, now: datetime) -> DigestContent:
        """Return what the channel's next digest would hold if it were due now."""
        async with self._database.read() as connection:
            return await digest_content.preview(connection, channel, now)

    async def delivery(self, delivery: int) -> Delivery | None:
        """Return a delivery as it stands, or None."""
        async with self._database.read() as connection:
            row = (await connection.execute(deliveries().where(DELIVERY.c.id == delivery))).one_or_none()
        return to_delivery(row) if row else None

    async def by_receipt(self, channel: str, receipt: str) -> tuple[Delivery, ...]:
        """Return the deliveries a posted message carries."""
        asked = deliveries().where(DELIVERY.c.channel == channel, DELIVERY.c.receipt == receipt)
        return await self._all(asked.order_by(DELIVERY.c.id))

    async def incident(self, delivery: Delivery, now: datetime) -> Incident:
        """Return what a channel is to read about a platform's documents that cannot, or could not, be read."""
        async with self._database.read() as connection:
            return await incidents.incident(connection, delivery, now)

    async def caused_by(self, document: str, seen_at: datetime) -> tuple[str, tuple[int, ...]]:
        """Return the change a look brought, and the deliveries it caused: how a log leads from one to the other."""
        made = select(CHANGE.c.id).where(CHANGE.c.document == document, CHANGE.c.seen_at == seen_at)
        async with self._database.read() as connection:
            change = (await connection.execute(made.limit(1))).scalar()
            caused = select(DELIVERY.c.id).where(DELIVERY.c.subject == change).order_by(DELIVERY.c.id)
            return change or "", tuple((await connection.execute(caused)).scalars()) if change else ()

    async def told(self, kind: Kind, subject: str) -> tuple[Delivery, ...]:
        """Return every delivery about a subject, as for editing the messages that told it."""
        return await self._all(
            deliveries().where(DELIVERY.c.kind == kind, DELIVERY.c.subject == subject).order_by(DELIVERY.c.id)
        )

    async def of_channel(self, channel: str, kind: Kind | None = None) -> tuple[Delivery, ...]:
        """Return every delivery to a channel, or those of one kind, in the order they were queued."""
        asked = deliveries().where(DELIVERY.c.channel == channel)
        return await self._all((asked.where(DELIVERY.c.kind == kind) if kind else asked).order_by(DELIVERY.c.id))

    async def stuck(self, limit: int = 100) -> tuple[Delivery, ...]:
        """Return deliveries somebody should look at: given up, uncertain or paused, newest first."""
        waiting = DELIVERY.c.state.in_((State.UNCERTAIN, State.PAUSED))
        asked = deliveries().where(or_(GIVEN_UP, waiting)).order_by(DELIVERY.c.id.desc()).limit(limit)
        return await self._all(asked)

    async def given_up(self, since: datetime) -> int:
        """Return how many deliveries were given up since a moment: nobody got them, and somebody wanted them."""
        asked = select(func.count()).where(GIVEN_UP, DELIVERY.c.settled_at >= since)
        async with self._database.read() as connection:
            return int((await connection.execute(asked)).scalar_one())

    async def ack(self, delivery: int, person: str, at: datetime) -> Ack:
        """Write down that somebody took note of a message; the first one counts and is returned."""
        async with self._database.write() as connection:
            await connection.execute(insert_new(connection, ACK).values(delivery=delivery, person=person, at=at))
            row = (await connection.execute(select(ACK).where(ACK.c.delivery == delivery))).one()
        return Ack(row.delivery, row.person, row.at)

    async def acks(self, some: Sequence[int]) -> dict[int, Ack]:
        """Return who took note of deliveries, by delivery."""
        async with self._database.read() as connection:
            found = await connection.execute(select(ACK).where(ACK.c.delivery.in_(some)))
        return {row.delivery: Ack(row.delivery, row.person, row.at) for row in found}

    async def done(self, carried: Sequence[Delivery], now: datetime) -> tuple[Done, ...]:
        """Return what people did about the deliveries that one message carries."""
        async with self._database.read() as connection:
            return await done(connection, carried, now)

    async def report(self, change: str, channel: str, person: str, at: datetime) -> None:
        """Write down that a change was not worth telling; saying it twice changes nothing."""
        row = {"change": change, "channel": channel, "person": person, "at": at}
        async with self._database.write() as connection:
            await connection.execute(insert_new(connection, REPORT).values(row))

    async def reports(self, since: datetime) -> tuple[tuple[str, int], ...]:
        """Return (change, how many said it was not relevant), most first: the operator's noise report."""
        count = func.count().label("count")
        asked = select(REPORT.c.change, count).where(REPORT.c.at >= since).group_by(REPORT.c.change)
        async with self._database.read() as connection:
            found = await connection.execute(asked.order_by(count.desc(), REPORT.c.change))
        return tuple((row[0], row[1]) for row in found)

    async def counts(self) -> dict[str, int]:
        """Return how many deliveries are in each state."""
        asked = select(DELIVERY.c.state, func.count()).group_by(DELIVERY.c.state)
        async with self._database.read() as connection:
            return {row[0]: row[1] for row in await connection.execute(asked)}

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Return since when the longest waiting delivery is due, or None when nothing waits."""
        states = (State.DUE, State.RETRY, State.UNCERTAIN)
        asked = select(func.min(DELIVERY.c.due_at)).where(DELIVERY.c.state.in_(states), DELIVERY.c.due_at <= now)
        async with self._database.read() as connection:
            found: datetime | None = (await connection.execute(asked)).scalar()
        return found

    async def _all(self, asked: Select[Any]) -> tuple[Delivery, ...]:
        async with self._database.read() as connection:
            return tuple(to_delivery(row) for row in await connection.execute(asked))

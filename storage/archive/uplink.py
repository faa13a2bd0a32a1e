"""Uplink: whether it is us who cannot reach the internet, judged by what the last looks at different hosts met.

One host that does not answer says nothing of us; nearly all of them at once do. Told and written elsewhere.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.models import SightRow, table
from storage.archive.outage_models import OutageRow
from storage.database.statements import insert_new

OUTAGE, SIGHT = table(OutageRow), table(SightRow)

HOSTS = 12
"""The last hosts that were asked, each by its last look."""

FEWEST = 3
"""So many hosts must have been asked before anything is said of us."""

DOWN, UP = 0.8, 0.5
"""An outage begins when of the last hosts this share was not reached, and ends when this share was."""

SAME = timedelta(hours=1)
"""An outage that begins this soon after the last one's end goes on with it: a shaky line is one trouble."""


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which we could not reach the internet; without an end it lasts."""

    since: datetime
    until: datetime | None = None
    reason: str = ""


@dataclass(slots=True)
class Uplink:
    """What one process has met lately. `troubled`: an outage may last, so the table is asked."""

    hosts: OrderedDict[str, tuple[bool, datetime]] = field(default_factory=OrderedDict)
    troubled: bool = True

    def note(self, host: str, at: datetime, *, reached: bool) -> None:
        """Note whether a host gave an answer of any kind."""
        self.hosts.pop(host, None)
        self.hosts[host] = reached, at
        while len(self.hosts) > HOSTS:
            self.hosts.popitem(last=False)

    def down(self, *, before: bool) -> bool:
        """Tell whether the fault is ours; `before` is what was thought so far and stands until enough speaks up."""
        asked = len(self.hosts)
        if asked < FEWEST:
            return before
        reached = sum(answered for answered, _ in self.hosts.values())
        return reached < UP * asked if before else asked - reached >= max(FEWEST, DOWN * asked)

    @property
    def since(self) -> datetime:
        """Return since when no host was reached, of those asked last."""
        return min(at for answered, at in self.hosts.values() if not answered)


async def open_outage(connection: AsyncConnection) -> Outage | None:
    """Return the outage that lasts, or None."""
    row = (await connection.execute(select(OUTAGE).where(OUTAGE.c.until.is_(None)).limit(1))).one_or_none()
    return Outage(row.since, row.until, row.reason) if row else None


async def outages(connection: AsyncConnection, since: datetime, until: datetime) -> tuple[Outage, ...]:
    """Return the outages of a time, oldest first."""
    within = or_(OUTAGE.c.until.is_(None), OUTAGE.c.until > since)
    asked = select(OUTAGE).where(within, OUTAGE.c.since < until).order_by(OUTAGE.c.since)
    return tuple(Outage(row.since, row.until, row.reason) for row in await connection.execute(asked))


async def begin(connection: AsyncConnection, since: datetime, reason: str) -> Outage:
    """Write down that an outage began, or that the last one goes on."""
    last = (await connection.execute(select(func.max(OUTAGE.c.since)))).scalar()
    going_on = update(OUTAGE).where(OUTAGE.c.since == last, OUTAGE.c.until > since - SAME)
    if last and (await connection.execute(going_on.values(until=None, reason=reason))).rowcount:
        return Outage(last, None, reason)
    row = {"since": since, "until": None, "reason": reason}
    await connection.execute(insert_new(connection, OUTAGE).values(row))
    return Outage(since, None, reason)


async def end(connection: AsyncConnection, outage: Outage, at: datetime) -> None:
    """Write down that an outage is over; what could not be looked at meanwhile is due now."""
    await connection.execute(update(OUTAGE).where(OUTAGE.c.since == outage.since).values(until=at))
    missed = update(SIGHT).where(SIGHT.c.blind_since >= outage.since, SIGHT.c.blind_told.is_(False))
    await connection.execute(missed.values(next_look=at))

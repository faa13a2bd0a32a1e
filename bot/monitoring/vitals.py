"""Vitals: how an installation is doing, for `/readyz`, `/metrics`, `clausewatch status` and the heartbeat.

Looks only; it mends nothing and tells nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.compose.words import clock, counted
from storage.archive.archive import Archive
from storage.archive.health import Seen
from storage.deliveries.delivery import Delivery, State
from storage.deliveries.ledger import Ledger

LATE_LOOK = timedelta(hours=3)
LATE_DELIVERY = timedelta(minutes=10)
"""From these lags on something is wrong: looks are spread over hours, deliveries are not."""

LATELY = timedelta(days=7)
"""How long a delivery that was given up is a complaint: by then its changes stood in a digest."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """How things stand now. A lag is zero when nothing waits."""

    look_lag: timedelta
    delivery_lag: timedelta
    deliveries: Mapping[str, int]
    blind: tuple[Seen, ...]
    stuck: tuple[Delivery, ...]
    given_up: int = 0  # lately: nobody got them, although they were wanted
    unread: int = 0  # documents that could not be read at their last look, of those `looked` at
    looked: int = 0
    offline: datetime | None = None  # since when we cannot reach the internet

    @property
    def complaints(self) -> tuple[str, ...]:
        """Say what is wrong, gravest first; nothing when all is well."""
        found = []
        if self.offline:
            found.append(f"Clausewatch cannot reach the internet since {clock(self.offline)}")
        if self.given_up:
            deliveries = counted(self.given_up, "delivery", "deliveries")
            found.append(f"{deliveries} given up within a week: nobody got what was wanted")
        if self.delivery_lag > LATE_DELIVERY:
            found.append(f"deliveries wait since {in_words(self.delivery_lag)}")
        if self.look_lag > LATE_LOOK:
            found.append(f"looks are late by {in_words(self.look_lag)}")
        if resting := self.deliveries.get(State.PAUSED, 0):
            found.append(f"{counted(resting, 'delivery', 'deliveries')} resting in channels that refuse them")
        if self.blind:
            found.append(f"{counted(len(self.blind), 'document')} cannot be read")
        if self.unread > len(self.blind):
            found.append(f"{self.unread:,} of {counted(self.looked, 'document')} could not be read at the last look")
        return tuple(found)

    @property
    def ready(self) -> bool:
        """Tell whether the process keeps up; blindness and refusing channels are not its fault."""
        return self.look_lag <= LATE_LOOK and self.delivery_lag <= LATE_DELIVERY


async def take(archive: Archive, ledger: Ledger, now: datetime) -> Vitals:
    """Return how things stand."""
    look, delivery = await archive.oldest_due(now), await ledger.oldest_due(now)
    (unread, looked), outages = await archive.unread(), await archive.outages(now, now + timedelta(seconds=1))
    return Vitals(
        now - look if look else timedelta(0),
        now - delivery if delivery else timedelta(0),
        await ledger.counts(),
        await archive.blind(),
        await ledger.stuck(20),
        await ledger.given_up(now - LATELY),
        unread,
        looked,
        next((one.since for one in outages if one.until is None), None),
    )


def in_words(span: timedelta) -> str:
    """Write a span for people, in its largest unit."""
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        count = int(span.total_seconds() // size)
        if count:
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "no time"

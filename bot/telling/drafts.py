"""Composes what a delivery is about: looks it up in the stores and hands it to the right page of `compose`.

It decides nothing about when, where or whether it is posted.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.compose import incident, replies, sight
from bot.compose.digest import digest
from bot.compose.message import Message
from bot.compose.news import News
from bot.compose.ping import REPEATED, ping
from bot.compose.words import a_zone
from bot.telling.newsroom import Newsroom
from storage.deliveries.delivery import Delivery, Kind
from storage.deliveries.incidents import OF_SIGHT, Incident
from storage.deliveries.slots import moment


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message, and the `receipt` of the one it takes the place of, if it is no new one."""

    message: Message
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Drafts:
    """Composes deliveries. `base` is where our pages are served, if they are."""

    newsroom: Newsroom
    base: str = ""

    async def draw(self, delivery: Delivery, now: datetime, *, repeated: bool = False) -> Drawn | None:
        """Compose a delivery; None when there is nothing to say (any more). `repeated`: it may have arrived before."""
        if delivery.kind is Kind.PING:
            message, receipt = await self._ping(delivery, now, repeated), ""
        elif delivery.kind in OF_SIGHT:
            told = await self.newsroom.ledger.incident(delivery, now)
            message, receipt = await self._incident(delivery, told, now), told.receipt
        else:
            message, receipt = await KINDS[delivery.kind](self, delivery, now), ""
        if message is None:
            return None
        if repeated and not receipt and delivery.kind is not Kind.PING:
            message = replace(message, blocks=(*message.blocks, REPEATED))
        return Drawn(message, receipt)

    async def _ping(self, delivery: Delivery, now: datetime, repeated: bool) -> Message | None:
        news = await self.newsroom.told((delivery, *delivery.companions))
        return pinged(delivery, news, now, self.base, repeated=repeated) if news else None

    async def again(self, carried: Sequence[Delivery], now: datetime) -> Message | None:
        """Compose a ping or recall that was posted, as it is now: with later facts, and who did what about it."""
        news = await self.newsroom.retold(carried, now)
        if not news:
            return None
        if carried[0].kind is Kind.RECALL:
            return sight.recall(news[0], now.astimezone(a_zone(carried[0].channel.slot.zone)), self.base)
        return pinged(carried[0], news, now, self.base)

    async def _recall(self, delivery: Delivery, now: datetime) -> Message | None:
        """Compose a recall; None when its day is over, or when what was announced holds no longer."""
        news, there = await self.newsroom.told((delivery,)), now.astimezone(a_zone(delivery.channel.slot.zone))
        when = news[0].change.difference.effective if news else None
        if when is None or when < there.date() or not await self.newsroom.holds(news[0].change):
            return None
        return sight.recall(news[0], there, self.base)

    async def _digest(self, delivery: Delivery, now: datetime) -> Message | None:
        channel = delivery.channel
        slot = moment(channel.slot, delivery.day)
        content = await self.newsroom.ledger.digest(delivery)
        issue = await self.newsroom.issue(content, channel, slot, now, late=delivery.late)
        return None if issue.empty and not channel.slot.quiet_line else digest(issue, self.base)

    async def _incident(self, delivery: Delivery, told: Incident, now: datetime) -> Message | None:
        """Compose what a channel reads of a platform's documents that cannot, or could not, be read."""
        known = await self.newsroom.known(delivery.channel.workspace)
        seen = await self.newsroom.archive.seen([one.document for one in told.documents])
        shown = [
            incident.Unseen(
                known[one.document][1],
                one.since,
                sight.why("", one.reason),
                one.until,
                one.document in seen and bool(seen[one.document].version),
            )
            for one in told.documents
            if one.document in known
        ]
        if not shown:
            return None
        return incident.unseen(known[shown[0].document.id][0], shown, now, self.base)

    async def _offline(self, delivery: Delivery, now: datetime) -> Message | None:
        ended = await self.newsroom.archive.outages(since(delivery, now), now)
        if ended and ended[0].until:
            return incident.online(ended[0].since, ended[0].until)
        return incident.offline(since(delivery, now), sight.why("", delivery.words))

    async def _online(self, delivery: Delivery, now: datetime) -> Message | None:
        """Compose the end of our outage; None when its beginning was told so late that it told the end too."""
        (ended,) = await self.newsroom.archive.outages(since(delivery, now), since(delivery, now)) or (None,)
        begun = await self.newsroom.ledger.told(Kind.OFFLINE, delivery.subject)
        end = (ended.until if ended else None) or delivery.created_at or now
        if any(one.settled_at and one.settled_at >= end for one in begun):
            return None
        return incident.online(since(delivery, now), end)

    async def _notice(self, delivery: Delivery, now: datetime) -> Message | None:
        return replies.line(delivery.words) if delivery.words else None


def pinged(delivery: Delivery, news: Sequence[News], now: datetime, base: str, *, repeated: bool = False) -> Message:
    """Compose a ping for its channel: the role it calls, the zone it reads times in."""
    channel = delivery.channel
    return ping(news, now, base, role=channel.role, repeated=repeated, zone=a_zone(channel.slot.zone))


Draft = Callable[[Drafts, Delivery, datetime], Awaitable[Message | None]]
KINDS: dict[Kind, Draft] = {
    Kind.DIGEST: Drafts._digest,
    Kind.RECALL: Drafts._recall,
    Kind.OFFLINE: Drafts._offline,
    Kind.ONLINE: Drafts._online,
    Kind.NOTICE: Drafts._notice,
}


def since(delivery: Delivery, now: datetime) -> datetime:
    """Return since when what a delivery is about cannot, or could not, be reached."""
    try:
        return datetime.fromisoformat(delivery.subject.rpartition("@")[2])
    except ValueError:
        return delivery.created_at or now

"""Composes what a delivery is about: looks it up in the stores and hands it to the right page of `compose`.

It decides nothing about when, where or whether it is posted.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.compose import replies, sight
from bot.compose.digest import digest
from bot.compose.message import Message
from bot.compose.news import News
from bot.compose.ping import REPEATED, ping
from bot.compose.words import a_zone
from bot.telling.newsroom import Newsroom
from storage.deliveries.delivery import Delivery, Kind
from storage.deliveries.slots import moment


@dataclass(frozen=True, slots=True)
class Drafts:
    """Composes deliveries. `base` is where our pages are served, if they are."""

    newsroom: Newsroom
    base: str = ""

    async def message(self, delivery: Delivery, now: datetime, *, repeated: bool = False) -> Message | None:
        """Compose a delivery; None when there is nothing to say (any more). `repeated`: it may have arrived before."""
        if delivery.kind is Kind.PING:
            return await self._ping(delivery, now, repeated)
        message = await KINDS[delivery.kind](self, delivery, now)
        return replace(message, blocks=(*message.blocks, REPEATED)) if message and repeated else message

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

    async def _blind(self, delivery: Delivery, now: datetime) -> Message | None:
        known = (await self.newsroom.known(delivery.channel.workspace)).get(delivery.document)
        reason = sight.why("", delivery.words)
        return sight.blind(*known, since(delivery, now), now, reason, self.base) if known else None

    async def _recovered(self, delivery: Delivery, now: datetime) -> Message | None:
        known = (await self.newsroom.known(delivery.channel.workspace)).get(delivery.document)
        return sight.recovered(*known, since(delivery, now), now, self.base) if known else None

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
    Kind.BLIND: Drafts._blind,
    Kind.RECOVERED: Drafts._recovered,
    Kind.NOTICE: Drafts._notice,
}


def since(delivery: Delivery, now: datetime) -> datetime:
    """Return since when the document of a delivery cannot, or could not, be read."""
    try:
        return datetime.fromisoformat(delivery.subject.rpartition("@")[2])
    except ValueError:
        return delivery.created_at or now

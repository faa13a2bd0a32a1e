"""Joins what the stores know into what messages are composed of: changes with names, digests with their content.

Reads only; nothing is laid out or sent here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.compose.digest import Issue, Unread
from bot.compose.news import Deed, Mark, News
from bot.compose.sight import why
from bot.compose.words import a_zone
from bot.roster import Roster
from storage.archive import Archive
from storage.audience import Channel
from storage.delivery import Delivery, DigestContent
from storage.ledger import Ledger
from watchers.model import Change, Document, Platform

Known = Mapping[str, tuple[Platform, Document]]


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Makes news of what the archive and the ledger hold, for one workspace at a time."""

    archive: Archive
    ledger: Ledger
    roster: Roster

    async def known(self, workspace: str) -> Known:
        """Return every document a workspace may know of, with its platform, by id."""
        return (await self.roster.page(workspace)).documents

    async def news(self, changes: Iterable[Change], workspace: str) -> tuple[News, ...]:
        """Join changes with their names; those of documents this workspace may not know are left out."""
        known = await self.known(workspace)
        return tuple(News(change, *known[change.document]) for change in changes if change.document in known)

    async def told(self, deliveries: Sequence[Delivery], marks: Sequence[Mark] = ()) -> tuple[News, ...]:
        """Return the news that deliveries of pings tell, with who acknowledged them."""
        changes = [await self.archive.change(delivery.subject) for delivery in deliveries]
        acks = await self.ledger.acks([delivery.id for delivery in deliveries])
        seen = tuple(Mark(Deed.ACKNOWLEDGED, ack.person, ack.at) for ack in list(acks.values())[:1])
        workspace = deliveries[0].channel.workspace if deliveries else ""
        news = await self.news([change for change in changes if change], workspace)
        last = len(news) - 1
        return tuple(
            News(one.change, one.platform, one.document, marks=(*seen, *marks) if place == last else ())
            for place, one in enumerate(news)
        )

    async def issue(
        self, content: DigestContent, channel: Channel, slot: datetime, now: datetime, *, late: bool = False
    ) -> Issue:
        """Make a digest's issue; `slot` is the moment it was due."""
        known = await self.known(channel.workspace)
        zone = a_zone(channel.slot.zone)
        news = [
            News(told.change, *known[told.change.document], told=told.pinged_at is not None)
            for told in content.told
            if told.change.document in known
        ]
        unread = [
            Unread(*known[blind.document], blind.since, why("", blind.reason))
            for blind in content.blind
            if blind.document in known
        ]
        since = content.since.astimezone(zone)
        return Issue(slot.astimezone(zone), now, since, tuple(news), tuple(unread), content.documents, late)

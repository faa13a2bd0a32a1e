"""Joins what the stores know into what messages are composed of: changes with names, digests with their content.

Reads only; nothing is laid out or sent here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.compose.digest import Issue, Unread
from bot.compose.news import Deed, Mark, News, rolled_back
from bot.compose.sight import why
from bot.compose.words import a_zone
from bot.facts.roster import Known, Roster
from storage.archive.archive import Archive
from storage.audience.audience import Channel
from storage.audience.responses import Done
from storage.deliveries.delivery import Delivery, DigestContent
from storage.deliveries.ledger import Ledger
from watchers.comparing.dates import takes_effect
from watchers.model import Change

LATER = 50  # changes of a document looked through for one that takes another back
DEEDS = {"ack": Deed.ACKNOWLEDGED, "report": Deed.NOT_RELEVANT, "mute": Deed.MUTED}


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

    async def told(self, deliveries: Sequence[Delivery]) -> tuple[News, ...]:
        """Return the news that the deliveries of one message tell."""
        changes = [await self.archive.change(delivery.subject) for delivery in deliveries]
        workspace = deliveries[0].channel.workspace if deliveries else ""
        return await self.news([change for change in changes if change], workspace)

    async def retold(self, deliveries: Sequence[Delivery], now: datetime) -> tuple[News, ...]:
        """Return the news of a message that was posted, with what became known since and what people did about it."""
        news = list(await self.told(deliveries))
        if not news:
            return ()
        workspace, deeds = deliveries[0].channel.workspace, await self.ledger.done(deliveries, now)
        news = [replace(one, undone=await self._undone(one.change, workspace)) for one in news]
        return (*news[:-1], replace(news[-1], marks=tuple(map(mark, deeds))))

    async def holds(self, change: Change) -> bool:
        """Tell whether what a change announced still stands: not taken back, not put off, not struck from the page."""
        if not await self.ledger.still_holds(change.id):
            return False
        when = change.difference.effective
        if when is None or not any(takes_effect(passage.after, when) for passage in change.difference.passages):
            return True
        latest = await self.archive.latest(change.document)
        return latest is None or takes_effect(latest.text, when)

    async def taken_back(self, change: str, workspace: str) -> tuple[str, ...]:
        """Return the ids of the changes that a change takes back: none unless it is a rollback."""
        found = await self.archive.change(change)
        if found is None or not rolled_back(found):
            return ()
        earlier = await self.archive.changes(document=found.document, workspace=workspace, limit=LATER)
        return tuple(each.id for each in earlier if each.after == found.before)

    async def _undone(self, change: Change, workspace: str) -> datetime | None:
        """Return when the words before a change were back, or None."""
        later = await self.archive.changes("", change.seen_at, change.document, workspace, LATER)
        back = [each.seen_at for each in later if each.before == change.after and rolled_back(each)]
        return min(back, default=None)

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
        held = (tuple(news), tuple(unread), content.documents)
        outages = await self.archive.outages(content.since, content.until)
        return Issue(
            *(slot.astimezone(zone), now, since, *held),
            late=late,
            repeated=content.repeated,
            never=content.never,
            missed=content.missed,
            outages=tuple((one.since.astimezone(zone), (one.until or now).astimezone(zone)) for one in outages),
        )


def mark(one: Done) -> Mark:
    """Show on a message what a person did about it."""
    return Mark(DEEDS[one.deed], one.person, one.at, one.at if one.deed == "mute" else None)

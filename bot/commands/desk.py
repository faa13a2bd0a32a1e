"""What commands ask of the stores, in the words of commands: names, news, rows, the next digest.

No command is understood here and no message is laid out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from bot.chats.port import Place, Request
from bot.clock import Clock
from bot.commands.order import Names, Order, understand
from bot.compose.lists import Row, provisions_of
from bot.compose.message import Picture
from bot.compose.sight import why
from bot.compose.words import a_zone, clock, counted, listed, title_of, weekday
from bot.facts.roster import Roster
from bot.facts.sources import Sources
from bot.pictures.painting import Painter
from bot.plans import Plan, Plans
from bot.telling.drafts import Drafts
from bot.telling.newsroom import Newsroom
from storage.archive.archive import Archive
from storage.archive.health import Seen
from storage.audience.audience import Channel, Rhythm, Watch, Workspace
from storage.audience.store import Audience
from storage.deliveries.ledger import Ledger
from storage.deliveries.slots import next_slot
from watchers.model import Document, Platform


@dataclass(frozen=True, slots=True)
class Introduced:
    """A page somebody wants watched, as it was found to be. `guessed`: nothing on it names its type of terms."""

    platform: Platform
    document: Document
    title: str = ""
    guessed: bool = False


Introduce = Callable[[str, str], Awaitable[Introduced]]
"""Find out what the page of an address is, for a workspace; raises FetchError."""
Post = Callable[[Place], Awaitable[None]]
"""Send a test post; raises DeliveryError."""
Redraw = Callable[[int], Awaitable[None]]
"""Redraw the message that carries a delivery, as it is now."""
SeenBy = Callable[[Place, str], Awaitable[frozenset[str] | None]]
"""Return the channels of a workspace that a person sees; None where all see all."""
Lacks = Callable[[Place], Awaitable[str]]
"""Say which right we lack to post in a place and how to give it, or nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with who and where it is about, looked up."""

    request: Request
    workspace: Workspace
    channel: Channel
    now: datetime
    names: Names
    order: Order

    @property
    def person(self) -> str:
        """Return the id of who asks."""
        return self.request.person

    @property
    def local(self) -> datetime:
        """Return the present moment in the zone the channel reads times in."""
        return self.now.astimezone(a_zone(self.channel.slot.zone))

    @property
    def words(self) -> str:
        """Return what was asked as one line, typed or put together from options."""
        return spoken(self.request).strip()


@dataclass(frozen=True)
class Desk:
    """The stores and data that commands work with. `base` is where our pages are served, if they are."""

    archive: Archive
    audience: Audience
    ledger: Ledger
    plans: Plans
    clock: Clock
    base: str = ""
    introduce: Introduce | None = None
    post: Post | None = None
    painter: Painter | None = None
    lacks: Lacks | None = None
    redraw: Redraw | None = None
    seen_by: SeenBy | None = None

    async def asked(self, request: Request, *, lasting: bool = False) -> Asked:
        """Look up who asks and where, and read the order; with `lasting` the channel is remembered from now on."""
        place = request.place
        now = self.clock()
        workspace = await self.audience.find_workspace(f"{place.chat}:{place.workspace}")
        workspace = workspace or await self.audience.workspace(place.chat, place.workspace, now=now)
        if named := request.options.get("channel"):
            place = replace(place, channel=named)
        channel = await (self.audience.channel(place, now) if lasting else self._glimpse(place))
        names = (await self.roster.page(workspace.id)).names
        return Asked(request, workspace, channel, now, names, understand(spoken(request), names))

    async def _glimpse(self, place: Place) -> Channel:
        """Return a channel without remembering it: asking for help leaves no trace."""
        key = f"{place.chat}:{place.workspace}/{place.channel}"
        known = await self.audience.find_channel(key)
        return known or Channel(key, f"{place.chat}:{place.workspace}", place.chat, place.channel)

    async def painted(self, paint: Callable[[Painter], tuple[Picture, ...]]) -> tuple[Picture, ...]:
        """Paint a picture beside the loop, where pictures are wanted."""
        return await asyncio.to_thread(paint, self.painter) if self.painter else ()

    def plan(self, asked: Asked) -> Plan:
        """Return the plan of the workspace that asks."""
        return self.plans.named(asked.workspace.plan)

    @cached_property
    def roster(self) -> Roster:
        """Return the platforms each workspace may know of."""
        return Roster(self.archive, self.clock)

    @cached_property
    def sources(self) -> Sources:
        """Return what reads documents and their rows in comparisons."""
        return Sources(self.archive)

    @cached_property
    def newsroom(self) -> Newsroom:
        """Return what joins the stores for messages."""
        return Newsroom(self.archive, self.ledger, self.roster)

    @cached_property
    def drafts(self) -> Drafts:
        """Return what composes messages that were posted anew."""
        return Drafts(self.newsroom, self.base)

    async def watched(self, workspace: str) -> set[str]:
        """Return the platforms that a workspace watches."""
        watches = await self.audience.watches_of(workspace, self.clock())
        every = {one.platform for one in watches if not one.paused}
        if "" in every:
            every |= {platform.id for platform in (await self.roster.page(workspace)).platforms}
        return every - {""}

    async def unread(self, platform: Platform, documents: Sequence[Document]) -> str:
        """Say what of a platform was never read or not at its last look, and why; nothing when all was."""
        known = await self.archive.seen([one.id for one in documents])
        never = [one for one in documents if one.id not in known or not known[one.id].version]
        failed = [known[one.id] for one in documents if one.id in known and known[one.id].blind_since]
        why_not = f": {why('', failed[0].blind_reason).rstrip('.')}" if failed else ""
        if never and len(never) == len(documents):
            untried = "has not been looked at yet" if not failed else f"has never been read{why_not}"
            return f"{platform.name} {untried}."
        if never:
            return f"{len(never)} of {counted(len(documents), 'document')} of {platform.name} were never read{why_not}."
        many = f"{len(failed)} of {counted(len(documents), 'document')} of {platform.name}"
        return f"{many} could not be read at the last look{why_not}." if failed else ""

    async def rows(self, watches: Sequence[Watch], names: Names) -> tuple[Row, ...]:
        """Describe watches: a row for each platform and provision, since what is watched of it may differ."""
        seen = await self.archive.seen([one.id for one in documents_of(watches, names)] if watches else [])
        grouped: dict[tuple[str, str], list[Watch]] = {}
        for watch in watches:
            grouped.setdefault((watch.platform, watch.provision), []).append(watch)
        return tuple(row_of(group, names, seen) for group in grouped.values())

    async def row(self, watches: Sequence[Watch], names: Names) -> Row:
        """Describe watches that were made together as one row."""
        seen = await self.archive.seen([one.id for one in documents_of(watches, names)])
        return row_of(watches, names, seen)

    def next_digest(self, channel: Channel, now: datetime) -> str:
        """Say when the channel's next digest is due, in its own time."""
        due = next_slot(channel.slot, now)
        if channel.slot.rhythm is Rhythm.OFF or due is None:
            return "none: digests are off here"
        local = due.astimezone(a_zone(channel.slot.zone))
        return f"{weekday(local)}, {clock(local).rpartition(', ')[2]}"


def spoken(request: Request) -> str:
    """Return what was asked as one line: the typed words, or the options that name something."""
    named = [request.options[name] for name in ("platform", "document", "provision") if request.options.get(name)]
    rest = [value for name, value in request.options.items() if name not in OPTIONS and value]
    return " ".join((*named, *rest)) if request.options else request.words


OPTIONS = frozenset({"platform", "document", "provision", "channel", "role"})


def row_of(watches: Sequence[Watch], names: Names, seen: Mapping[str, Seen]) -> Row:
    """Describe watches as a row under the name of the first one's platform."""
    platform = platform_of(watches[0], names)
    documents = documents_of(watches, names)
    sights = [seen[one.id] for one in documents if one.id in seen]
    blind = [sight for sight in sights if sight.blind_since]
    return Row(
        watches[0].id,
        platform.name if platform else watches[0].platform or "Every platform",
        documents_named(watches, documents),
        provisions_of(sorted({watch.provision for watch in watches})),
        any(watch.ping for watch in watches),
        min((sight.last_look for sight in sights if sight.last_look), default=None),
        max((sight.last_change for sight in sights if sight.last_change), default=None),
        blindness(blind, len(sights)),
        max((watch.muted_until for watch in watches if watch.muted_until), default=None),
        next((watch.paused for watch in watches if watch.paused), ""),
    )


def blindness(blind: Sequence[Seen], of: int) -> str:
    """Say what cannot be read."""
    if not blind:
        return ""
    said = why("", blind[0].blind_reason)
    return f"cannot be read: {said}" if of == 1 else f"{len(blind)} of {of:,} cannot be read: {said}"


def platform_of(watch: Watch, names: Names) -> Platform | None:
    """Return the platform a watch is about."""
    return next((platform for platform in names.platforms if platform.id == watch.platform), None)


def documents_of(watches: Sequence[Watch], names: Names) -> tuple[Document, ...]:
    """Return the documents that watches cover."""
    named = {watch.document for watch in watches if watch.document}
    whole = {watch.platform for watch in watches if not watch.document}
    return tuple(
        document
        for platform in names.platforms
        for document in platform.documents
        if document.id in named or platform.id in whole or "" in whole
    )


def documents_named(watches: Sequence[Watch], documents: Sequence[Document]) -> str:
    """Name the documents that watches of one platform cover."""
    if documents and any(not watch.document for watch in watches):
        return f"all ({len(documents):,})"
    return listed([title_of(document) for document in documents], most=3) or "none any more"

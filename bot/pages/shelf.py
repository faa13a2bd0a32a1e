"""The shelf: what pages show, fetched from the archive for one reader, who sees public documents and their own.

Nothing is rendered here.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from bot.clock import Clock, system_clock
from bot.examining.aside import Aside, Examiner
from bot.facts.sources import Sources
from storage.archive.archive import Archive
from storage.archive.health import Seen
from storage.archive.search import Hit, Search
from watchers.model import Change, Document, Finding, Platform, Version
from watchers.provisions.comparison import Row
from watchers.provisions.source import Source

FRESH = timedelta(seconds=15)
"""How long the list of platforms is kept: reading it anew costs more than the rest of a page."""

MOST_READERS = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A document with the platform it belongs to."""

    platform: Platform
    document: Document


@dataclass(frozen=True, slots=True)
class Told:
    """A change with everything its page shows."""

    change: Change
    place: Place
    before: Version
    after: Version
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What one reader may see, as it was read at a moment."""

    platforms: dict[str, Platform]
    places: dict[str, Place]
    read_at: datetime


@dataclass(frozen=True)
class Shelf:
    """Looks things up. Every method takes the reader's workspace; without one only public things are found."""

    archive: Archive
    search: Search
    clock: Clock = system_clock
    shared: Sources | None = None
    examiner: Examiner = field(default_factory=Aside)
    _known: OrderedDict[str, Known] = field(default_factory=OrderedDict)

    @cached_property
    def sources(self) -> Sources:
        """Return what reads documents: that of the commands where both are served by one process."""
        return self.shared or Sources(self.archive)

    async def known(self, workspace: str = "", *, anew: bool = False) -> Known:
        """Return what a reader may see, read within the last seconds; platforms by name."""
        now, known = self.clock(), self._known.get(workspace)
        if anew or known is None or not known.read_at <= now < known.read_at + FRESH:
            every = sorted(await self.archive.platforms(workspace), key=lambda platform: platform.name.casefold())
            places = {document.id: Place(platform, document) for platform in every for document in platform.documents}
            known = self._known[workspace] = Known({each.id: each for each in every}, places, now)
        self._known.move_to_end(workspace)
        if len(self._known) > MOST_READERS:
            self._known.popitem(last=False)
        return known

    async def platforms(self, workspace: str = "") -> tuple[Platform, ...]:
        """Return all platforms a reader may see, with their documents."""
        return tuple((await self.known(workspace)).platforms.values())

    async def places(self, workspace: str = "") -> dict[str, Place]:
        """Return all documents a reader may see with their platforms, by id."""
        return (await self.known(workspace)).places

    async def platform(self, identity: str, workspace: str = "") -> Platform | None:
        """Return a platform, or None when there is none this reader may see."""
        return (await self.known(workspace)).platforms.get(identity)

    async def place(self, document: str, workspace: str = "") -> Place | None:
        """Return a document with its platform, or None when there is none this reader may see.

        One that is no longer watched is found too: what was archived of it keeps its address.
        """
        known = await self.known(workspace)
        if document in known.places:
            return known.places[document]
        found = await self.archive.document(document)
        if found is None or found.owner not in ("", workspace):
            return None
        if found.platform not in known.platforms:  # it came within the last seconds
            known = await self.known(workspace, anew=True)
        platform = known.platforms.get(found.platform)
        return Place(platform, found) if platform else None

    async def seen(self, document: str) -> Seen | None:
        """Return when a document was looked at and what came of it."""
        return (await self.archive.seen([document])).get(document)

    async def told(self, change: str, workspace: str = "") -> Told | None:
        """Return a change with both versions, or None when there is none this reader may see."""
        found = await self.archive.change(change)
        place = await self.place(found.document, workspace) if found else None
        if found is None or place is None:
            return None
        before, after = await self.archive.version(found.before), await self.archive.version(found.after)
        if before is None or after is None:
            return None
        return Told(found, place, before, after, await self.archive.findings(after.id))

    async def source(self, place: Place, version: str = "") -> Source | None:
        """Return the version that stands (or a named one) with what was recognised in it."""
        return await self.sources.of(place.platform, place.document, version)

    async def rows(self, provision: str, workspace: str = "") -> tuple[Row, ...]:
        """Return what every platform says of a provision, one row each."""
        places = await self.places(workspace)
        known = {document: (place.platform, place.document) for document, place in places.items()}
        return await self.sources.rows(provision, known, workspace=workspace)

    async def find(self, words: str, workspace: str = "") -> tuple[tuple[Place, Hit], ...]:
        """Return the clauses that hold words, with where they stand."""
        places = await self.places(workspace)
        hits = await self.search(words, workspace=workspace, limit=40)
        return tuple((places[hit.document], hit) for hit in hits if hit.document in places)

"""The shelf: what pages show, fetched from the archive for one reader, who sees public documents and their own.

Nothing is rendered here.
"""

from __future__ import annotations

from dataclasses import dataclass

from storage.archive import Archive
from storage.health import Seen
from storage.search import Hit, Search
from watchers.model import Change, Document, Finding, Platform, Version
from watchers.provisions.card import Event, History, Source
from watchers.provisions.comparison import Row, by_platform, row
from watchers.reading.clauses import clauses

MOST_ROWS = 200


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
class Shelf:
    """Looks things up. Every method takes the reader's workspace; without one only public things are found."""

    archive: Archive
    search: Search

    async def platforms(self, workspace: str = "") -> tuple[Platform, ...]:
        """Return all platforms a reader may see, with their documents."""
        found = await self.archive.platforms(workspace)
        return tuple(sorted(found, key=lambda platform: platform.name.casefold()))

    async def platform(self, identity: str, workspace: str = "") -> Platform | None:
        """Return a platform, or None when there is none this reader may see."""
        return next((each for each in await self.platforms(workspace) if each.id == identity), None)

    async def place(self, document: str, workspace: str = "") -> Place | None:
        """Return a document with its platform, or None when there is none this reader may see."""
        for platform in await self.archive.platforms(workspace):
            for each in platform.documents:
                if each.id == document:
                    return Place(platform, each)
        return None

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
        found = await (self.archive.version(version) if version else self.archive.latest(place.document.id))
        if found is None:
            return None
        seen = await self.seen(place.document.id)
        blind = seen.blind_since if seen else None
        caveats = (
            (f"The page cannot be read since {blind:%Y-%m-%d}; this is the last version that was.",) if blind else ()
        )
        findings = await self.archive.findings(found.id)
        return Source(place.platform.name, place.document, found, clauses(found.text), findings, caveats)

    async def history(self, place: Place, provision: str) -> History:
        """Return how a document and one provision in it have moved."""
        versions = await self.archive.versions(place.document.id)
        changes = await self.archive.changes(document=place.document.id, limit=1000)
        events = tuple(_events(changes, provision))
        return History(versions[0].seen_at if versions else None, len(versions), len(changes), events)

    async def rows(self, provision: str, workspace: str = "") -> tuple[Row, ...]:
        """Return what every platform says of a provision, one row each."""
        places = {d.id: Place(p, d) for p in await self.archive.platforms(workspace) for d in p.documents}
        standing = await self.archive.standing(provision, (), workspace)
        rows: list[Row] = []
        for document, version, since in standing[:MOST_ROWS]:
            if document in places and (source := await self.source(places[document], version)):
                rows.append(row(provision, source, since))
        return by_platform(rows)

    async def find(self, words: str, workspace: str = "") -> tuple[tuple[Place, Hit], ...]:
        """Return the clauses that hold words, with where they stand."""
        places = {d.id: Place(p, d) for p in await self.archive.platforms(workspace) for d in p.documents}
        hits = await self.search(words, workspace=workspace, limit=40)
        return tuple((places[hit.document], hit) for hit in hits if hit.document in places)


def _events(changes: tuple[Change, ...], provision: str) -> list[Event]:
    return [
        Event(change.id, change.seen_at, touch.turn)
        for change in reversed(changes)
        for touch in change.touches
        if touch.provision == provision
    ]

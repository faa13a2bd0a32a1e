"""What stands in documents now, and the one row that each platform has in a comparison: for commands and for pages.

A platform is shown by the same document and sentence everywhere, whether somebody asks for its card or compares it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.compose.words import day
from bot.facts.roster import Known
from storage.archive.archive import Archive
from storage.archive.history import StandsIn
from watchers.model import Document, Platform
from watchers.provisions.comparison import Row, by_platform, row
from watchers.provisions.source import Source
from watchers.reading.clauses import clauses

MOST_KEPT = 1_000
"""Versions whose rows are kept, ten kilobytes each: more than the catalogue has documents."""


class Sources:
    """Reads versions with what was recognised in them; the rows of a version are made once for each set of findings."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._rows: OrderedDict[tuple[str, int], Mapping[str, Row]] = OrderedDict()

    async def of(self, platform: Platform, document: Document, version: str = "") -> Source | None:
        """Return the version of a document that stands, or a named one; None when it was never read."""
        found = await (self._archive.version(version) if version else self._archive.latest(document.id))
        if found is None:
            return None
        seen = (await self._archive.seen([document.id])).get(document.id)
        since = seen.blind_since if seen else None
        caveats = (f"The page cannot be read since {day(since)}; this is the last version that was.",) if since else ()
        findings = await self._archive.findings(found.id)
        return Source(platform.name, document, found, clauses(found.text), findings, caveats)

    async def of_all(self, platform: Platform, documents: Iterable[Document]) -> tuple[Source, ...]:
        """Return what stands in documents of a platform, without those that were never read."""
        read = [await self.of(platform, document) for document in documents]
        return tuple(source for source in read if source)

    async def rows(
        self, provision: str, known: Known, platforms: Sequence[str] = (), workspace: str = ""
    ) -> tuple[Row, ...]:
        """Return what each platform says of a provision, one row each; of all platforms when none is named."""
        rows = []
        for place in await self._archive.standing(provision, platforms, workspace):
            found = await self._rows_of(*known[place.document], place) if place.document in known else {}
            if provision in found:
                rows.append(replace(found[provision], since=place.since))
        return by_platform(rows)

    async def _rows_of(self, platform: Platform, document: Document, place: StandsIn) -> Mapping[str, Row]:
        """Return the row of each provision in a version."""
        key = (place.version, place.findings)
        if key not in self._rows:
            source = await self.of(platform, document, place.version)
            names = {finding.provision for finding in source.findings} if source else set()
            self._rows[key] = {name: row(name, source) for name in names} if source else {}
            await asyncio.sleep(0)  # a comparison makes hundreds; others are answered in between
        self._rows.move_to_end(key)
        if len(self._rows) > MOST_KEPT:
            self._rows.popitem(last=False)
        return self._rows.get(key, {})

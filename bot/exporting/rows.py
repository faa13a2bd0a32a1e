"""What an export holds: one kind of row a file, read from the archive a document at a time. Writes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from bot.pages.facts import change_facts, document_facts, finding_facts, passage_facts, version_facts
from storage.archive.archive import Archive
from watchers.errors import ClausewatchError
from watchers.model import Document, Platform

Json = dict[str, Any]
Row = tuple[str, Json]
KINDS = ("platforms", "documents", "versions", "changes", "passages", "provisions")
BATCH = 200

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "platforms": ("id", "name", "aliases"),
    "documents": ("id", "platform", "type", "language", "addresses", "source", "licence"),
    "versions": ("id", "document", "ordinal", "seen_at", "sha256", "language", "rules", "source", "chain"),
    "changes": (
        *("id", "document", "seen_at", "before", "after", "significance", "reasons", "headline", "effective"),
        "provisions",
    ),
    "passages": (
        *("change", "number", "kind", "significance", "direction", "path", "before_version", "before_start"),
        *("before", "after_version", "after_start", "after"),
    ),
    "provisions": (
        *("document", "version", "provision", "start", "end", "excerpt", "stance", "exposure", "confidence"),
    ),
}
"""The columns of each kind; the text of a version is in the JSON only."""


async def chosen(archive: Archive, platform: str, workspace: str) -> tuple[Platform, ...]:
    """Return the platforms to export, one or all; raises ClausewatchError when there is none of that id."""
    platforms = [each for each in await archive.platforms(workspace) if platform in ("", each.id)]
    if platform and not platforms:
        raise ClausewatchError(f"There is no platform {platform}; the ids are those of the pages, such as x or reddit.")
    return tuple(platforms)


async def rows(archive: Archive, platforms: tuple[Platform, ...]) -> AsyncIterator[Row]:
    """Yield (kind, row) of platforms, their documents, versions, changes with passages, and what stands in them."""
    for platform in platforms:
        yield "platforms", {"id": platform.id, "name": platform.name, "aliases": list(platform.aliases)}
        for document in platform.documents:
            async for row in _document(archive, document):
                yield row


async def _document(archive: Archive, document: Document) -> AsyncIterator[Row]:
    yield "documents", document_facts(document)
    for note in await archive.versions(document.id, upgrades=True):
        version = await archive.version(note.id)
        yield "versions", {**version_facts(note), "text": version.text if version else ""}
    async for row in _changes(archive, document):
        yield row
    latest = await archive.latest(document.id)
    for finding in await archive.findings(latest.id) if latest else ():
        assert latest is not None
        yield "provisions", {"document": document.id, "version": latest.id, **finding_facts(finding, latest)}


async def _changes(archive: Archive, document: Document) -> AsyncIterator[Row]:
    offset = 0
    while some := await archive.changes(document=document.id, workspace=document.owner, limit=BATCH, offset=offset):
        for change in some:
            yield "changes", change_facts(change)
            for number, passage in enumerate(change.difference.passages, 1):
                facts = passage_facts(passage, change.before, change.after)
                yield "passages", {"change": change.id, "number": number, **facts}
        offset += BATCH

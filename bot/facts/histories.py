"""How one provision in one document has moved since the first version kept, with the words before and after.

What was told of each change stands in the archive; nothing is compared or recognised anew here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from storage.archive.archive import Archive
from watchers.model import Change, Finding, Touch, Turn
from watchers.provisions.card import Event, History
from watchers.provisions.prominence import ranked
from watchers.provisions.touches import moved

MOST_CHANGES = 1000
MOST_QUOTED = 40  # the latest events that come with their words; reading two old versions takes about 3 ms


async def history_of(archive: Archive, document: str, provision: str, workspace: str = "") -> History:
    """Return the history of a provision in a document, oldest event first."""
    versions = await archive.versions(document)
    if not versions:
        return History()
    changes = await archive.changes(document=document, workspace=workspace, limit=MOST_CHANGES)
    first = await _best(archive, versions[0].id, provision)
    events = [event async for event in _events(archive, changes[::-1], provision)]
    return History(versions[0].seen_at, len(versions), len(changes), tuple(events), first)


async def _best(archive: Archive, version: str, provision: str) -> str:
    """Quote what a version says best of a provision, or nothing."""
    found = [one for one in await archive.findings(version) if one.provision == provision]
    first = await archive.version(version) if found else None
    return ranked(found, first.text)[0].excerpt(first.text) if first else ""


async def _events(archive: Archive, changes: Sequence[Change], provision: str) -> AsyncIterator[Event]:
    """Yield what became of the provision in each change, oldest first; the latest come with their words."""
    told = [(change, touch) for change in changes for touch in await _touches(archive, change, provision)]
    for left, (change, touch) in zip(range(len(told), 0, -1), told, strict=True):
        quoted = left <= MOST_QUOTED
        before = await _quoted(archive, change.before, touch.before) if quoted else ""
        after = await _quoted(archive, change.after, touch.after) if quoted else ""
        stands = touch.after or touch.before
        yield Event(change.id, change.seen_at, touch.turn, before, after, stands.exposure if stands else None)


async def _touches(archive: Archive, change: Change, provision: str) -> list[Touch]:
    """Return what a change did to the provision; one that only stands elsewhere now was moved."""
    touches = [touch for touch in change.touches if touch.provision == provision]
    if touches or not any(moved(change.difference)):
        return touches
    found = await archive.findings(change.after)
    spans = tuple(moved(change.difference))
    there = [one for one in found if one.provision == provision and any(a <= one.start < b for a, b in spans)]
    return [Touch(provision, Turn.MOVED, None, one) for one in there[:1]]


async def _quoted(archive: Archive, version: str, finding: Finding | None) -> str:
    found = await archive.version(version) if finding else None
    return finding.excerpt(found.text) if finding and found else ""

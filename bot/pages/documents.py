"""Pages of platforms, documents and versions. Looks things up on the shelf and renders them; no rule lives here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from bot.compose.news import News
from bot.compose.sight import why
from bot.compose.words import GRAVEST
from bot.pages.answering import Ask, Handing, NotFound, View, found
from bot.pages.changes import text_groups
from bot.pages.lanes import lanes
from bot.pages.rendering import render, shown
from bot.pages.shelf import Place, Shelf
from bot.pages.timelines import draw
from watchers.model import Change, ClauseKind
from watchers.provisions.card import absent
from watchers.provisions.source import Source
from watchers.provisions.taxonomy import PROVISIONS, TITLES

RECENT = 30
MOST_LISTED = 15
"""Versions beside the timeline, unless all are asked for."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A change beside the document it belongs to."""

    change: Change
    place: Place

    @property
    def line(self) -> str:
        """Say what changed, as messages do."""
        return line(self.change, self.place)


class DocumentPages:
    """Handlers. `base` is the public address of the site."""

    def __init__(self, shelf: Shelf, base: str) -> None:
        self._shelf = shelf
        self._base = base

    def views(self) -> tuple[View, ...]:
        """Return the pages."""
        return (
            View("/platforms", self.platforms),
            View("/platforms/{platform}", self.platform),
            View("/documents/{document:path}", self.document, ("versions",)),
            View("/versions/{version}", self.version, ("at",)),
        )

    def handings(self) -> tuple[Handing, ...]:
        """Return the files."""
        return (Handing("/versions/{version}/pages/{number:int}", self.raw),)

    async def platforms(self, ask: Ask) -> str:
        """Show all platforms."""
        platforms = await self._shelf.platforms(ask.workspace)
        documents = sum(len(platform.documents) for platform in platforms)
        return render("platforms.html", platforms=platforms, documents=documents)

    async def platform(self, ask: Ask) -> str:
        """Show a platform: documents, health, provisions, changes."""
        platform = found(await self._shelf.platform(ask.path["platform"], ask.workspace), "platform")
        places = {document.id: Place(platform, document) for document in platform.documents}
        seen = await self._shelf.archive.seen(list(places))
        changes = await self._shelf.archive.changes(platform=platform.id, workspace=ask.workspace, limit=RECENT)
        standing = [each for each in await self._shelf.archive.all_standing(ask.workspace) if each.document in places]
        best = {each.provision: each for each in sorted(standing, key=lambda s: -GRAVEST.index(s.exposure))}
        return render(
            "platform.html",
            platform=platform,
            seen=seen,
            whys={each: why("", at.blind_reason) for each, at in seen.items()},
            changes=[Listed(change, places[change.document]) for change in changes if change.document in places],
            standing=[best[name] for name in PROVISIONS if name in best],
            types={identity: place.document.type for identity, place in places.items()},
            titles=TITLES,
        )

    async def document(self, ask: Ask) -> str:
        """Show a document: its text with anchors and provisions, versions, timeline, health."""
        place = found(await self._shelf.place(ask.path["document"], ask.workspace), "document")
        document = place.document.id
        source = await self._shelf.source(place)
        versions = await self._shelf.archive.versions(document)
        changes = await self._shelf.archive.change_notes(document)
        looks = await self._shelf.archive.looks(document, noisy=True)
        seen = await self._shelf.seen(document)
        everything = ask.get("versions") == "all"
        drawing = None
        if source and versions:
            last = (seen.last_look if seen else None) or versions[-1].seen_at
            drawing = draw(lanes(versions, changes, looks), versions[0].seen_at, max(last, versions[-1].seen_at))
        return render(
            "document.html",
            place=place,
            source=source,
            seen=seen,
            why=why("", seen.blind_reason if seen else ""),
            versions=versions,
            listed=versions[::-1] if everything else versions[: -MOST_LISTED - 1 : -1],
            everything=everything,
            changes=changes,
            by_version={change.after: change for change in changes},
            drawing=drawing,
            provisions=_provisions([source] if source else []),
            absent=absent(source) if source else (),
            groups=text_groups(source) if source else (),
            headings=_headings(source) if source else (),
            titles=TITLES,
        )

    async def version(self, ask: Ask) -> str:
        """Show an archived version, with what it was read from, and the cited words on top when some are."""
        place, source = await self._version(ask)
        notes = await self._shelf.archive.versions(place.document.id)
        at = next((index for index, note in enumerate(notes) if note.id == source.version.id), None)
        changes = await self._shelf.archive.change_notes(place.document.id)
        start, end = cited(ask.get("at"), len(source.version.text))
        clause = next((each.id for each in source.clauses if each.start <= start < each.end), "")
        return render(
            "version.html",
            place=place,
            source=source,
            pages=await self._shelf.archive.pages(source.version.snapshots),
            groups=text_groups(source),
            earlier=notes[at - 1] if at else None,
            later=notes[at + 1] if at is not None and at + 1 < len(notes) else None,
            ordinal=at + 1 if at is not None else None,
            count=len(notes),
            chain=notes[at].chain if at is not None else "",
            history=notes[at].source if at is not None else "",
            change=next((each for each in changes if each.after == source.version.id), None),
            cited=source.version.text[start:end],
            start=start,
            end=end,
            clause=clause,
            titles=TITLES,
            base=self._base,
        )

    async def raw(self, ask: Ask) -> Response:
        """Hand out a page exactly as served, as plain text in a sandbox: other people's HTML is never live here."""
        _, source = await self._version(ask)
        pages = await self._shelf.archive.pages(source.version.snapshots)
        if not 0 < int(ask.path["number"]) <= len(pages):
            raise NotFound("page of this version")
        page = pages[int(ask.path["number"]) - 1]
        name = quote(f"{source.version.id}-{ask.path['number']}.txt")
        return Response(
            page.body,
            headers={
                "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
                "content-disposition": f'inline; filename="{name}"',
                "cache-control": "private, no-store" if ask.workspace else "public, max-age=86400",
            },
            media_type="text/plain",
        )

    async def _version(self, ask: Ask) -> tuple[Place, Source]:
        version = found(await self._shelf.archive.version(ask.path["version"]), "version")
        place = found(await self._shelf.place(version.document, ask.workspace), "version")
        return place, found(await self._shelf.source(place, version.id), "version")


def line(change: Change, place: Place) -> str:
    """Say what changed in a line: as messages do, or why it is cosmetic where nothing else can be said."""
    told = News(change, place.platform, place.document)
    return told.heading if change.headline else "; ".join(change.difference.reasons) or told.heading


def cited(typed: str, length: int) -> tuple[int, int]:
    """Read "120-180" as a place in a text of some length; an empty one for anything else."""
    start, _, end = typed.partition("-")
    digits = all(part.isascii() and part.isdecimal() and len(part) < 9 for part in (start, end))
    return (int(start), int(end)) if digits and int(start) < int(end) <= length else (0, 0)


def _provisions(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return the provisions recognised in some documents, in the order of the taxonomy."""
    names = {finding.provision for source in sources for finding in source.findings}
    return tuple(name for name in PROVISIONS if name in names)


def _headings(source: Source) -> tuple[object, ...]:
    """Return the headings for the contents."""
    text = source.version.text
    return tuple(shown(text, clause) for clause in source.clauses if clause.kind is ClauseKind.HEADING)

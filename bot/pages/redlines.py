"""Pages of changes: the list, the redline, the evidence as a file. Looks up and renders; no rule lives here."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from urllib.parse import urlencode

from starlette.responses import Response

from bot.compose.news import TURNS, News
from bot.compose.words import GRAVEST
from bot.evidence.bundle import files_of, packed
from bot.evidence.gather import gather
from bot.facts.versions import day_named
from bot.pages.answering import Ask, Handing, View, found, number
from bot.pages.changes import Entry, passages_of, whole_text
from bot.pages.documents import Listed
from bot.pages.rendering import render, spoken
from bot.pages.shelf import Place, Shelf
from storage.archive.history import Asked
from storage.archive.proofs import Proofs
from watchers.model import Change, Significance, Turn
from watchers.provisions.taxonomy import TITLES

PAGE = 50
FILTERS = ("page", "significance", "platform", "type", "provision", "exposure", "from", "to")
MOST_READ = 1000
"""Changes that are read to find those of one exposure."""
SLIGHT = (Turn.REWORDED, Turn.MOVED)


class ChangePages:
    """Handlers. `base` is the public address of the site; without `proofs` no evidence is handed out."""

    def __init__(self, shelf: Shelf, base: str, proofs: Proofs | None) -> None:
        self._shelf = shelf
        self._base = base
        self._proofs = proofs

    def views(self) -> tuple[View, ...]:
        """Return the pages."""
        return (
            View("/changes", self.changes, FILTERS),
            View("/changes/{change}", self.change, ("view", "whole"), lasting=True),
        )

    def handings(self) -> tuple[Handing, ...]:
        """Return the files."""
        return (Handing("/changes/{change}/evidence.zip", self.evidence),) if self._proofs else ()

    async def changes(self, ask: Ask) -> str:
        """List changes, newest first: the substantive ones, or all."""
        page = number(ask.get("page"))
        places = await self._shelf.places(ask.workspace)
        some = await self._wanted(wanted(ask), ask.get("exposure"), page, places)
        kept = {name: ask.get(name) for name in FILTERS if name != "page" and ask.get(name)}
        return render(
            "changes.html",
            changes=[Listed(change, places[change.document]) for change in some[:PAGE] if change.document in places],
            page=page,
            more=len(some) > PAGE,
            asked=kept,
            filters=urlencode(kept),
            ids=[(each.id, each.name) for each in await self._shelf.platforms(ask.workspace)],
            kinds=[(each, each) for each in sorted({place.document.type for place in places.values()})],
            titles=TITLES,
        )

    async def _wanted(self, asked: Asked, exposure: str, page: int, places: Mapping[str, Place]) -> tuple[Change, ...]:
        """Return the changes of one page and one more; how exposed one is by a change is found by reading it."""
        if exposure not in GRAVEST:
            return await self._shelf.archive.changes_that(asked, PAGE + 1, PAGE * (page - 1))
        every = await self._shelf.archive.changes_that(asked, MOST_READ)
        some = [each for each in every if each.document in places and _exposed(each, places[each.document]) == exposure]
        return tuple(some[PAGE * (page - 1) : PAGE * page + 1])

    async def change(self, ask: Ask) -> str:
        """Show a redline: side by side or inline, the passages or the whole document."""
        told = found(await self._shelf.told(ask.path["change"], ask.workspace), "change")
        whole = ask.get("whole") == "1"
        places = whole_text(told) if whole else ()
        entries = tuple(each.entry for each in places if each.entry) if whole else passages_of(told)
        return render(
            "change.html",
            told=told,
            heading=News(told.change, told.place.platform, told.place.document).heading,
            entries=entries,
            places=places,
            following={one.id: other.id for one, other in pairwise(entries)},
            tally=tally(entries),
            grave=[touch for touch in told.change.touches if touch.turn not in SLIGHT],
            slight=[touch for touch in told.change.touches if touch.turn in SLIGHT],
            view="inline" if ask.get("view") == "inline" else "side",
            whole=whole,
            titles=TITLES,
            turns=TURNS,
            base=self._base,
        )

    async def evidence(self, ask: Ask) -> Response:
        """Hand out the bundle of a change."""
        change = ask.path["change"]
        found(await self._shelf.told(change, ask.workspace), "change")
        assert self._proofs is not None
        exhibit = await gather(self._shelf, self._proofs, change, ask.workspace)
        body = await asyncio.to_thread(lambda: packed(files_of(exhibit)))
        headers = {
            "content-disposition": f'attachment; filename="evidence-{exhibit.told.change.id}.zip"',
            "cache-control": "private, no-store",
        }
        return Response(body, headers=headers, media_type="application/zip")


def wanted(ask: Ask) -> Asked:
    """Return which changes the query of a page asks for; what it does not understand is left out."""
    first, last = day_named(ask.get("from")), day_named(ask.get("to"))
    return Asked(
        platform=ask.get("platform"),
        type=ask.get("type"),
        provision=ask.get("provision"),
        since=datetime.combine(first, time(), UTC) if first else None,
        until=datetime.combine(last, time(), UTC) + timedelta(days=1) if last else None,
        significance="" if ask.get("significance") == "all" else Significance.SUBSTANTIVE,
        workspace=ask.workspace,
    )


def _exposed(change: Change, place: Place) -> str:
    return News(change, place.platform, place.document).exposure


def tally(entries: Sequence[Entry]) -> str:
    """Count passages by what became of them ("3 added, 2 reworded")."""
    counts = Counter(spoken(each.passage.kind) for each in entries)
    return ", ".join(f"{count} {kind}" for kind, count in counts.most_common())

"""The site: which address shows what. Looks things up on the shelf and renders them; no rule lives here.

A thing a reader may not see is answered like one that does not exist.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.pages.caching import Cache, answered
from bot.pages.changes import passages_of, text_groups, whole_text
from bot.pages.lanes import lanes
from bot.pages.rendering import render
from bot.pages.shelf import Place, Shelf
from bot.pages.timelines import draw
from watchers.model import Change
from watchers.provisions.card import Elsewhere, Source, absent, compose_card, ranked
from watchers.provisions.comparison import Row, elsewhere
from watchers.provisions.regulations import law
from watchers.provisions.taxonomy import PROVISIONS

T = TypeVar("T")
PAGE = 50
TITLES = {each.id: each.title for each in PROVISIONS.values()}
SORTS: dict[str, Callable[[Row], tuple[object, ...]]] = {
    "platform": lambda row: (row.platform.casefold(),),
    "exposure": lambda row: (["high", "medium", "low", None].index(row.exposure), row.platform.casefold()),
    "since": lambda row: (row.since is None, row.since, row.platform.casefold()),
    "stance": lambda row: (str(row.stance), row.platform.casefold()),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A change beside the document it belongs to."""

    change: Change
    place: Place


class NotFound(Exception):
    """There is nothing here that this reader may see."""


class Site:
    """Handlers of all pages. `reader` says which workspace a request belongs to, or nothing."""

    def __init__(self, shelf: Shelf, reader: Callable[[Request], str], cache: Cache) -> None:
        self._shelf = shelf
        self._reader = reader
        self._cache = cache

    def routes(self) -> list[BaseRoute]:
        """Return the routes of all pages."""
        pages: list[tuple[str, Callable[[Request], Awaitable[str]]]] = [
            ("/platforms", self.platforms),
            ("/platforms/{platform}", self.platform),
            ("/platforms/{platform}/provisions/{provision}", self.card),
            ("/documents/{document:path}", self.document),
            ("/versions/{version}", self.version),
            ("/changes", self.changes),
            ("/changes/{change}", self.change),
            ("/provisions", self.provisions),
            ("/provisions/{provision}", self.comparison),
            ("/search", self.search),
            ("/methodology", self.methodology),
        ]
        return [
            Route("/", lambda request: RedirectResponse("/platforms")),
            Route("/static/style.css", _style),
            *(Route(path, self._page(show)) for path, show in pages),
        ]

    def _page(self, show: Callable[[Request], Awaitable[str]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                return answered(request, HTMLResponse(await show(request)), private=bool(self._reader(request)))
            except NotFound as missing:
                return missing_page(str(missing))

        return answer

    async def platforms(self, request: Request) -> str:
        """Show all platforms."""
        return render("platforms.html", platforms=await self._shelf.platforms(self._reader(request)))

    async def platform(self, request: Request) -> str:
        """Show a platform: documents, health, provisions, changes."""
        workspace = self._reader(request)
        platform = _found(await self._shelf.platform(request.path_params["platform"], workspace), "platform")
        seen = await self._shelf.archive.seen([document.id for document in platform.documents])
        changes = await self._shelf.archive.changes(platform=platform.id, workspace=workspace, limit=PAGE)
        sources = [await self._shelf.source(Place(platform, document)) for document in platform.documents]
        names = _provisions(source for source in sources if source)
        places = {document.id: Place(platform, document) for document in platform.documents}
        listed = [Listed(change, places[change.document]) for change in changes if change.document in places]
        return render("platform.html", platform=platform, seen=seen, changes=listed, provisions=names, titles=TITLES)

    async def document(self, request: Request) -> str:
        """Show a document: its text with anchors and provisions, versions, timeline, health."""
        place = _found(await self._shelf.place(request.path_params["document"], self._reader(request)), "document")
        source = await self._shelf.source(place)
        versions = await self._shelf.archive.versions(place.document.id)
        changes = await self._shelf.archive.changes(
            document=place.document.id, limit=500, workspace=place.document.owner
        )
        looks = await self._shelf.archive.looks(place.document.id, noisy=True)
        drawing = None
        if source and versions:
            rows = lanes(versions, changes, looks)
            end = max(source.version.seen_at, *(look.at for look in looks)) if looks else source.version.seen_at
            drawing = draw(rows, versions[0].seen_at, end)
        return render(
            "document.html",
            place=place,
            source=source,
            seen=await self._shelf.seen(place.document.id),
            versions=versions,
            changes=changes,
            drawing=drawing,
            provisions=_provisions([source] if source else []),
            absent=absent(source) if source else (),
            groups=text_groups(source) if source else (),
            titles=TITLES,
        )

    async def version(self, request: Request) -> str:
        """Show an archived version, with what it was read from."""
        identity = request.path_params["version"]
        version = _found(await self._shelf.archive.version(identity), "version")
        place = _found(await self._shelf.place(version.document, self._reader(request)), "version")

        async def make() -> str:
            source = _found(await self._shelf.source(place, identity), "version")
            pages = await self._shelf.archive.pages(version.snapshots)
            groups = text_groups(source)
            return render("version.html", place=place, source=source, pages=pages, groups=groups, titles=TITLES)

        return await self._cache.get(("version", identity), make)

    async def changes(self, request: Request) -> str:
        """List changes, newest first."""
        page = _number(request.query_params.get("page"))
        significance = request.query_params.get("significance", "substantive")
        workspace = self._reader(request)
        found = await self._shelf.archive.changes(
            limit=PAGE + 1, offset=PAGE * (page - 1), workspace=workspace, significance=significance
        )
        places = {d.id: Place(p, d) for p in await self._shelf.platforms(workspace) for d in p.documents}
        listed = [Listed(change, places[change.document]) for change in found[:PAGE] if change.document in places]
        return render(
            "changes.html", changes=listed, page=page, more=len(found) > PAGE, significance=significance, titles=TITLES
        )

    async def change(self, request: Request) -> str:
        """Show a redline: side by side or inline, the passages or the whole document."""
        identity, workspace = request.path_params["change"], self._reader(request)
        view = "inline" if request.query_params.get("view") == "inline" else "side"
        whole = request.query_params.get("whole") == "1"
        told = _found(await self._shelf.told(identity, workspace), "change")

        async def make() -> str:
            groups = whole_text(told) if whole else ()
            passages = passages_of(told)
            return render(
                "change.html", told=told, passages=passages, view=view, whole=whole, groups=groups, titles=TITLES
            )

        return await self._cache.get(("change", identity, view, str(whole)), make)

    async def card(self, request: Request) -> str:
        """Show the whole card of a provision on a platform."""
        workspace = self._reader(request)
        provision = _provision(request)
        platform = _found(await self._shelf.platform(request.path_params["platform"], workspace), "platform")
        places = [Place(platform, document) for document in platform.documents]
        sources = [source for place in places if (source := await self._shelf.source(place))]
        source = _found(_saying_most(provision, sources), "version of this platform's documents")
        place = next(place for place in places if place.document.id == source.document.id)
        history = await self._shelf.history(place, provision)
        others: tuple[Elsewhere, ...] = elsewhere(await self._shelf.rows(provision, workspace), platform.name)
        card = compose_card(provision, source, history, others)
        return render("card.html", card=card, platform=platform)

    async def provisions(self, request: Request) -> str:
        """List the types of provisions."""
        return render("provisions.html", provisions=tuple(PROVISIONS.values()))

    async def comparison(self, request: Request) -> str:
        """Show one provision over all platforms."""
        provision, workspace = _provision(request), self._reader(request)
        rows = [row for row in await self._shelf.rows(provision, workspace) if row.excerpt]
        order = SORTS.get(request.query_params.get("sort", ""), SORTS["platform"])
        ids = {platform.name: platform.id for platform in await self._shelf.platforms(workspace)}
        return render("comparison.html", provision=PROVISIONS[provision], rows=sorted(rows, key=order), ids=ids)

    async def search(self, request: Request) -> str:
        """Find clauses by their words."""
        query = request.query_params.get("q", "").strip()[:200]
        hits = await self._shelf.find(query, self._reader(request)) if query else ()
        return render("search.html", query=query, hits=hits)

    async def methodology(self, request: Request) -> str:
        """Say how we capture, judge and recognise, and what we do not claim."""
        return render("methodology.html", law=law())


def missing_page(what: str, status: int = 404) -> Response:
    """Return a helpful page for something that is not there."""
    says = f"There is no such {what}, or it is not public. The address may be old or mistyped."
    return HTMLResponse(render("error.html", title="Not found", says=says), status)


def _found(thing: T | None, what: str) -> T:
    if thing is None:
        raise NotFound(what)
    return thing


def _provision(request: Request) -> str:
    name = str(request.path_params["provision"])
    if name not in PROVISIONS:
        raise NotFound("provision")
    return name


def _provisions(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return the provisions recognised in some documents, in the order of the taxonomy."""
    found = {finding.provision for source in sources for finding in source.findings}
    return tuple(name for name in PROVISIONS if name in found)


def _saying_most(provision: str, sources: Sequence[Source]) -> Source | None:
    """Return the document that says most about a provision, or the first one that was read."""
    speaking = [(ranked([f for f in source.findings if f.provision == provision]), source) for source in sources]
    spoken = [(found[0], source) for found, source in speaking if found]
    if not spoken:
        return sources[0] if sources else None
    best = ranked([found for found, _ in spoken])[0]
    return next(source for found, source in spoken if found is best)


def _number(typed: str | None) -> int:
    return min(max(1, int(typed)), 1000) if typed and typed.isdecimal() and len(typed) < 6 else 1


async def _style(request: Request) -> Response:
    sheet = resources.files("bot.pages").joinpath("static", "style.css").read_bytes()
    return answered(request, Response(sheet, media_type="text/css"), private=False)

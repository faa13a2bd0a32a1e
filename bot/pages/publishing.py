"""Publishing: the routes of feeds, and everything public put together for the web process."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.pages.access import Access
from bot.pages.answering import NotFound, found, missing_page
from bot.pages.caching import Cache, answered
from bot.pages.feeds import feed
from bot.pages.interface import Interface
from bot.pages.rate import Rate
from bot.pages.shelf import Shelf
from bot.pages.site import Site
from storage.archive.proofs import Proofs
from watchers.model import Change, Significance
from watchers.provisions.taxonomy import PROVISIONS

MOST_ENTRIES = 50
Asked = Callable[[Request], Awaitable[tuple[str, tuple[Change, ...]] | None]]


def site_routes(
    shelf: Shelf,
    base: str,
    access: Access | None = None,
    proofs: Proofs | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> list[BaseRoute]:
    """Return the routes of feeds, interface and pages. `base` is the public address of the site."""
    base, cache = base.rstrip("/"), Cache(clock)
    feeds, interface = Feeds(shelf, base, cache), Interface(shelf, Rate(clock))
    return [*feeds.routes(), *interface.routes(), *Site(shelf, access or Access(), cache, base, proofs).routes()]


class Feeds:
    """Handlers of the Atom feeds: all changes, a platform's, a document's, a provision's."""

    def __init__(self, shelf: Shelf, base: str, cache: Cache) -> None:
        self._shelf = shelf
        self._base = base
        self._cache = cache

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the feeds; they come before the pages', whose paths are wider."""
        table: list[tuple[str, Asked]] = [
            ("/feed.atom", self._all),
            ("/platforms/{platform}/feed.atom", self._platform),
            ("/documents/{document:path}/feed.atom", self._document),
            ("/provisions/{provision}/feed.atom", self._provision),
        ]
        return [Route(path, self._feed(asked)) for path, asked in table]

    def _feed(self, asked: Asked) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            async def make() -> bytes:
                title, changes = found(await asked(request), "feed")
                places = await self._shelf.places()
                entries = [(c, places[c.document]) for c in changes if c.document in places]
                return feed(title, f"{self._base}{request.url.path}", self._base, entries)

            try:
                kept = await self._cache.get(("feed", request.url.path), make)
            except NotFound:
                return missing_page("feed")
            return answered(request, kept, "application/atom+xml", seconds=300)

        return answer

    async def _all(self, request: Request) -> tuple[str, tuple[Change, ...]]:
        return "Clausewatch: all changes", await self._changes()

    async def _platform(self, request: Request) -> tuple[str, tuple[Change, ...]] | None:
        platform = await self._shelf.platform(request.path_params["platform"])
        return (f"Clausewatch: {platform.name}", await self._changes(platform=platform.id)) if platform else None

    async def _document(self, request: Request) -> tuple[str, tuple[Change, ...]] | None:
        place = await self._shelf.place(request.path_params["document"])
        if place is None:
            return None
        title = f"Clausewatch: {place.platform.name} {place.document.type}"
        return title, await self._changes(document=place.document.id)

    async def _provision(self, request: Request) -> tuple[str, tuple[Change, ...]] | None:
        name = request.path_params["provision"]
        if name not in PROVISIONS:
            return None
        return f"Clausewatch: {PROVISIONS[name].title}", await self._changes(provision=name)

    async def _changes(self, platform: str = "", document: str = "", provision: str = "") -> tuple[Change, ...]:
        return await self._shelf.archive.changes(
            platform,
            document=document,
            provision=provision,
            limit=MOST_ENTRIES,
            significance=str(Significance.SUBSTANTIVE),
        )

"""The site: which pages there are, and those that belong to no other room: search, methodology, style, nothing there.

A thing a reader may not see is answered like one that does not exist.
"""

from __future__ import annotations

from importlib import resources

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.pages.access import Access
from bot.pages.answering import Answering, Ask, View, missing_page
from bot.pages.caching import Cache, answered, pack
from bot.pages.documents import DocumentPages, Listed
from bot.pages.home import HomePages
from bot.pages.provisions import ProvisionPages
from bot.pages.redlines import ChangePages
from bot.pages.rendering import render
from bot.pages.shelf import Shelf
from storage.archive.proofs import Proofs
from storage.archive.search import terms
from watchers.provisions.law import law
from watchers.provisions.taxonomy import PROVISIONS

MOST_CHANGES = 10
STATIC = {"style.css": "text/css", "icon.svg": "image/svg+xml"}


class Site:
    """All pages. `base` is the public address, for links that must name it; `access` says who reads."""

    def __init__(self, shelf: Shelf, access: Access, cache: Cache, base: str, proofs: Proofs | None = None) -> None:
        self._shelf = shelf
        self._answering = Answering(access, cache)
        self._rooms = (DocumentPages(shelf, base), ChangePages(shelf, base, proofs), ProvisionPages(shelf))
        self._home = HomePages(shelf, base)

    def routes(self) -> list[BaseRoute]:
        """Return the routes of all pages; the last one takes what no other took."""
        documents, changes, provisions = self._rooms
        own = (View("/search", self.search, ("q",)), View("/methodology", self.methodology))
        views = (*self._home.views(), *documents.views(), *changes.views(), *provisions.views(), *own)
        handings = (*documents.handings(), *changes.handings(), *self._home.handings())
        return [
            Route("/static/{name}", _static),
            *map(self._answering.handing, handings),
            *map(self._answering.route, views),
            Route("/{rest:path}", lambda request: missing_page()),
        ]

    async def search(self, ask: Ask) -> str:
        """Find platforms, provisions and changes by name, and clauses by their words."""
        query = ask.get("q").strip()
        wanted = terms(query)
        platforms = await self._shelf.platforms(ask.workspace) if wanted else ()
        places = await self._shelf.places(ask.workspace)
        changes = (
            await self._shelf.archive.changes(workspace=ask.workspace, words=wanted, limit=MOST_CHANGES)
            if wanted
            else ()
        )
        return render(
            "search.html",
            query=query,
            named=[each for each in platforms if _called(query, (each.name, each.id, *each.aliases))],
            provisions=[each for each in PROVISIONS.values() if query and _called(query, (each.title, *each.aliases))],
            changes=[Listed(change, places[change.document]) for change in changes if change.document in places],
            hits=await self._shelf.find(query, ask.workspace) if wanted else (),
        )

    async def methodology(self, ask: Ask) -> str:
        """Say how we capture, judge and recognise, and what we do not claim."""
        return render("methodology.html", law=law())


def _called(query: str, names: tuple[str, ...]) -> bool:
    """Tell whether a query is a name, or begins one and is long enough to mean it."""
    asked = query.casefold()
    return any(asked == name.casefold() or (len(asked) > 2 and name.casefold().startswith(asked)) for name in names)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        return missing_page()
    body = resources.files("bot.pages").joinpath("static", name).read_bytes()
    return answered(request, pack(body), STATIC[name], seconds=3600)

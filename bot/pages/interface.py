"""The read-only JSON interface: platforms, documents, versions, changes, provisions, comparison; and its OpenAPI.

Public things only. Paged, with validators; every excerpt is given with its version, start and end.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.pages.caching import answered, pack
from bot.pages.facts import (
    change_facts,
    document_facts,
    finding_facts,
    passage_facts,
    platform_facts,
    version_facts,
)
from bot.pages.openapi import DESCRIPTION
from bot.pages.rate import Rate
from bot.pages.shelf import Place, Shelf
from storage.archive.history import Asked
from watchers.provisions.taxonomy import PROVISIONS

LIMIT, MOST = 50, 200
LONGEST = 200
Json = dict[str, Any]
T = TypeVar("T")


class Refused(Exception):
    """An answer that is no data: a status and a sentence."""

    def __init__(self, status: int, says: str) -> None:
        super().__init__(says)
        self.status = status


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for."""

    limit: int
    offset: int


class Interface:
    """Handlers of the interface. `rate` bounds how often one address may ask."""

    def __init__(self, shelf: Shelf, rate: Rate) -> None:
        self._shelf = shelf
        self._rate = rate

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the interface."""
        table: list[tuple[str, Callable[[Request], Awaitable[Json]]]] = [
            ("/api/v1/platforms", self.platforms),
            ("/api/v1/platforms/{platform}", self.platform),
            ("/api/v1/documents", self.documents),
            ("/api/v1/documents/{platform}/{name}", self.document),
            ("/api/v1/documents/{platform}/{name}/versions", self.versions),
            ("/api/v1/versions/{version}", self.version),
            ("/api/v1/changes", self.changes),
            ("/api/v1/changes/{change}", self.change),
            ("/api/v1/provisions", self.provisions),
            ("/api/v1/provisions/{provision}", self.comparison),
            ("/api/v1/openapi.json", self.description),
            ("/api/{rest:path}", self.nothing),
        ]
        return [Route(path, self._json(make)) for path, make in table]

    def _json(self, make: Callable[[Request], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            wait = self._rate.wait(request.client.host if request.client else "")
            if wait:
                says = {"error": f"too many requests; ask again in {wait} seconds"}
                return JSONResponse(says, 429, headers={"retry-after": str(wait)})
            try:
                return answered(request, pack(bytes(JSONResponse(await make(request)).body)), "application/json")
            except Refused as refused:
                return JSONResponse({"error": str(refused)}, refused.status)

        return answer

    async def platforms(self, request: Request) -> Json:
        """List platforms."""
        page = _page(request)
        found = await self._shelf.platforms()
        some = found[page.offset : page.offset + page.limit]
        return {"total": len(found), "platforms": [platform_facts(each) for each in some]}

    async def platform(self, request: Request) -> Json:
        """Return one platform."""
        return platform_facts(_found(await self._shelf.platform(request.path_params["platform"]), "platform"))

    async def documents(self, request: Request) -> Json:
        """List documents."""
        page = _page(request)
        found = [document for platform in await self._shelf.platforms() for document in platform.documents]
        some = found[page.offset : page.offset + page.limit]
        return {"total": len(found), "documents": [document_facts(each) for each in some]}

    async def document(self, request: Request) -> Json:
        """Return one document, and what was recognised in the version that stands."""
        place = await self._place(request)
        latest = await self._shelf.archive.latest(place.document.id)
        findings = await self._shelf.archive.findings(latest.id) if latest else ()
        seen = await self._shelf.seen(place.document.id)
        return {
            **document_facts(place.document),
            "latest": latest.id if latest else None,
            "last_look": seen.last_look.isoformat() if seen and seen.last_look else None,
            "blind_since": seen.blind_since.isoformat() if seen and seen.blind_since else None,
            "provisions": [finding_facts(each, latest) for each in findings if latest],
        }

    async def versions(self, request: Request) -> Json:
        """List the versions of a document, newest first, without their words."""
        page, place = _page(request), await self._place(request)
        found = (await self._shelf.archive.versions(place.document.id))[::-1]
        some = found[page.offset : page.offset + page.limit]
        return {"total": len(found), "versions": [version_facts(each) for each in some]}

    async def _place(self, request: Request) -> Place:
        identity = f"{request.path_params['platform']}/{request.path_params['name']}"
        place: Place = _found(await self._shelf.place(identity), "document")
        return place

    async def version(self, request: Request) -> Json:
        """Return one version with its words."""
        version = _found(await self._shelf.archive.version(request.path_params["version"]), "version")
        _found(await self._shelf.place(version.document), "version")
        findings = await self._shelf.archive.findings(version.id)
        return {
            "id": version.id,
            "document": version.document,
            "seen_at": version.seen_at.isoformat(),
            "sha256": version.sha256,
            "rules": version.rules,
            "language": version.language,
            "text": version.text,
            "provisions": [finding_facts(each, version) for each in findings],
        }

    async def changes(self, request: Request) -> Json:
        """List changes, newest first."""
        page, asked = _page(request), request.query_params
        significance = asked.get("significance", "")
        if "significance" in asked and significance not in ("substantive", "cosmetic"):
            raise Refused(400, "significance must be substantive or cosmetic")
        if "provision" in asked and asked["provision"] not in PROVISIONS:
            raise Refused(400, "there is no such provision; /api/v1/provisions lists them")
        for name in ("platform", "document"):
            if len(asked.get(name, "")) > LONGEST:
                raise Refused(400, f"{name} is longer than {LONGEST} characters")
        wanted = Asked(
            asked.get("platform", ""),
            asked.get("document", ""),
            asked.get("provision", ""),
            significance=significance,
        )
        found = await self._shelf.archive.changes(
            wanted.platform,
            document=wanted.document,
            limit=page.limit,
            offset=page.offset,
            provision=wanted.provision,
            significance=significance,
        )
        total = await self._shelf.archive.count_changes(wanted)
        return {"total": total, "changes": [change_facts(each) for each in found]}

    async def change(self, request: Request) -> Json:
        """Return one change with its passages."""
        told = _found(await self._shelf.told(request.path_params["change"]), "change")
        passages = [passage_facts(p, told.before.id, told.after.id) for p in told.change.difference.passages]
        return {**change_facts(told.change), "passages": passages}

    async def provisions(self, request: Request) -> Json:
        """List the types of provisions."""
        types = [
            {"id": each.id, "title": each.title, "group": each.group, "definition": each.definition}
            for each in PROVISIONS.values()
        ]
        return {"total": len(types), "provisions": types}

    async def comparison(self, request: Request) -> Json:
        """Return what each platform says of one provision."""
        name = request.path_params["provision"]
        if name not in PROVISIONS:
            raise Refused(404, "there is no such provision; /api/v1/provisions lists them")
        page = _page(request)
        every = [row for row in await self._shelf.rows(name) if row.citation]
        rows = every[page.offset : page.offset + page.limit]
        return {
            "provision": name,
            "total": len(every),
            "rows": [
                {
                    "platform": row.platform,
                    "document": row.document,
                    "excerpt": row.excerpt,
                    "version": row.citation.version if row.citation else None,
                    "start": row.citation.start if row.citation else None,
                    "end": row.citation.end if row.citation else None,
                    "stance": row.stance,
                    "exposure": row.exposure,
                    "since": row.since.isoformat() if row.since else None,
                }
                for row in rows
            ],
        }

    async def nothing(self, request: Request) -> Json:
        """Say that there is nothing at an address."""
        raise Refused(404, "there is nothing here; /api/v1/openapi.json describes what there is")

    async def description(self, request: Request) -> Json:
        """Return the OpenAPI description."""
        return DESCRIPTION


def _found(thing: T | None, what: str) -> T:
    """Return a thing that was looked up, or refuse."""
    if thing is None:
        raise Refused(404, f"there is no such {what}")
    return thing


def _page(request: Request) -> Page:
    return Page(_count(request, "limit", LIMIT, 1, MOST), _count(request, "offset", 0, 0, 1_000_000))


def _count(request: Request, name: str, default: int, least: int, most: int) -> int:
    typed = request.query_params.get(name)
    if typed is None:
        return default
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 9 and least <= int(typed) <= most):
        raise Refused(400, f"{name} must be a whole number from {least} to {most}")
    return int(typed)

"""Answering: how a page becomes a response. Who asks, what is kept, and a helpful page where there is none.

It knows no page; each gives its path, the parts of the query it reads, and how it is shown.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.pages.access import Access
from bot.pages.caching import FRESH, LASTING, Cache, answered
from bot.pages.rendering import render
from watchers.errors import StoreError

log = structlog.get_logger(__name__)
T = TypeVar("T")
LONGEST = 200
"""Characters of a query's part that are read."""


class NotFound(Exception):
    """There is nothing here that this reader may see; the message names what was looked for."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for: the parts of the path and of the query, and the reader's workspace (empty: anybody)."""

    path: Mapping[str, str]
    query: Sequence[tuple[str, str]]
    workspace: str = ""

    def get(self, name: str, default: str = "") -> str:
        """Return a part of the query."""
        return next((value for key, value in self.query if key == name), default)

    def all(self, name: str) -> tuple[str, ...]:
        """Return all parts of the query of one name, each once."""
        return tuple(dict.fromkeys(value for key, value in self.query if key == name))


@dataclass(frozen=True, slots=True)
class View:
    """A page: its path, how it is shown, which parts of the query it reads, and whether it never alters."""

    path: str
    show: Callable[[Ask], Awaitable[str]]
    query: tuple[str, ...] = ()
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Handing:
    """Something handed out as it is, such as a file: its path, and how it is made."""

    path: str
    make: Callable[[Ask], Awaitable[Response]]


class Answering:
    """Makes routes of views."""

    def __init__(self, access: Access, cache: Cache) -> None:
        self._access = access
        self._cache = cache

    def route(self, view: View) -> BaseRoute:
        """Return the route of a view."""

        async def page(request: Request) -> Response:
            ask = self._ask(request, view.query)
            key = (ask.workspace, request.url.path, *(f"{name}={value}" for name, value in ask.query))

            async def make() -> bytes:
                return (await view.show(ask)).encode()

            kept = await self._cache.get(key, make, LASTING if view.lasting else FRESH)
            return answered(request, kept, "text/html", private=bool(ask.workspace))

        return self._guarded(view.path, page)

    def handing(self, handing: Handing) -> BaseRoute:
        """Return the route of a file."""

        async def file(request: Request) -> Response:
            return await handing.make(self._ask(request, ()))

        return self._guarded(handing.path, file)

    def _ask(self, request: Request, names: tuple[str, ...]) -> Ask:
        given = request.query_params.multi_items()
        query = sorted((name, value[:LONGEST]) for name, value in given if name in names)
        return Ask(request.path_params, tuple(query), self._access.reader(request))

    def _guarded(self, path: str, answer: Callable[[Request], Awaitable[Response]]) -> BaseRoute:
        async def safe(request: Request) -> Response:
            try:
                return self._access.opened(request, expired_page) or await answer(request)
            except NotFound as missing:
                return missing_page(str(missing))
            except StoreError as error:
                log.error("a page could not be read from the archive", path=request.url.path, why=str(error))
                return error_page("It cannot be shown now", BROKEN, 503)
            except Exception:
                log.exception("a page could not be shown", path=request.url.path)
                return error_page("It cannot be shown", BROKEN, 500)

        return Route(path, safe)


BROKEN = "Something is wrong on our side and has been written down. Please try again in a few minutes."
EXPIRED = (
    "This link has run out, or it is not whole. Links from the chat open for 30 days: ask there again, for instance "
    "with /changes or /redline, and open the new one."
)


def missing_page(what: str = "page") -> Response:
    """Return a helpful page for something that is not there."""
    says = (
        f"There is no such {what}, or it is not public. The address may be old or mistyped. If your workspace added "
        "the page itself, open it with a link from its chat."
    )
    return error_page("Not found", says, 404)


def expired_page() -> Response:
    """Return a helpful page for a key that opens nothing."""
    return error_page("This link does not open any more", EXPIRED, 403)


def error_page(title: str, says: str, status: int) -> Response:
    """Return a page that says what is wrong and where to go on."""
    return HTMLResponse(render("error.html", title=title, says=says), status, {"cache-control": "no-store"})


def found(thing: T | None, what: str) -> T:
    """Return a thing that was looked up; raises NotFound when there is none."""
    if thing is None:
        raise NotFound(what)
    return thing


def number(typed: str, most: int = 1000) -> int:
    """Return a whole number from 1 on that was typed into an address, 1 for anything else."""
    return min(max(1, int(typed)), most) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1

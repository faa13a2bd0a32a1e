"""Pages on loopback: what a platform's web server would answer, with validators of its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.process.serving import Serving


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is served now."""

    body: bytes
    modified: datetime
    media_type: str = "text/html; charset=utf-8"

    @property
    def etag(self) -> str:
        """The page's own validator."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


class Pages:
    """A web server on 127.0.0.1 whose pages may be put up, replaced and taken down while it runs."""

    def __init__(self) -> None:
        self._pages: dict[str, Page] = {}
        self.asked = 0
        self._serving = Serving(Starlette(routes=[Route("/{path:path}", self._answer)]), "127.0.0.1", 0)

    async def start(self) -> None:
        """Start serving."""
        await self._serving.start()

    async def stop(self) -> None:
        """Stop serving."""
        await self._serving.stop()

    @property
    def host(self) -> str:
        """The host and port of the server."""
        return f"127.0.0.1:{self._serving.port}"

    def address(self, path: str) -> str:
        """Return the address that a page has, or would have."""
        return f"{self._serving.url}/{quote(path)}"

    def put(self, path: str, page: Page) -> None:
        """Put a page up, or replace it."""
        self._pages[path] = page

    def drop(self, path: str) -> None:
        """Take a page down."""
        self._pages.pop(path, None)

    async def _answer(self, request: Request) -> Response:
        self.asked += 1
        page = self._pages.get(unquote(request.path_params["path"]))
        if page is None:
            return Response("Not found", 404)
        headers = {"ETag": page.etag, "Last-Modified": format_datetime(page.modified, usegmt=True)}
        if request.headers.get("if-none-match") == page.etag:
            return Response(status_code=304, headers=headers)
        return Response(page.body, headers=headers, media_type=page.media_type)

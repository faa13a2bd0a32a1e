"""Caching: pages of archived things are rendered once, and browsers are told what they have already."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

LARGEST = 32_000_000
"""Bytes of rendered pages kept in memory."""


class Cache:
    """Keeps what was rendered of versions and changes, which never alter; the least used go first."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._kept: OrderedDict[tuple[str, ...], str] = OrderedDict()
        self._size = 0
        self._largest = largest

    async def get(self, key: tuple[str, ...], make: Callable[[], Awaitable[str]]) -> str:
        """Return what is kept under a key, made the first time."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        made = await make()
        self._kept[key] = made
        self._size += len(made)
        while self._size > self._largest and self._kept:
            _, dropped = self._kept.popitem(last=False)
            self._size -= len(dropped)
        return made


def answered(request: Request, response: Response, *, private: bool, seconds: int = 60) -> Response:
    """Add validators to an answer, or answer that nothing changed."""
    etag = f'"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": f"{'private' if private else 'public'}, max-age={seconds}"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response

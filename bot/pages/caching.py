"""Caching: what was rendered is kept for a while, packed once, and browsers are told what they have already.

It knows no page: a key says what was asked, and by which workspace.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

LARGEST = 32_000_000
"""Bytes of rendered pages kept in memory."""

SMALLEST_PACKED = 1_000
"""Bytes below which packing saves nothing."""

FRESH, LASTING = 30.0, 86_400.0
"""Seconds a page is kept: one that may change any time, and one of archived things, which never alter."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A body with its validator, as it is and packed."""

    body: bytes
    etag: str
    packed: bytes = b""

    @property
    def size(self) -> int:
        """Return the bytes it holds."""
        return len(self.body) + len(self.packed)


class Cache:
    """Keeps bodies; the least used go first. Whoever asks for what is being made waits for it.

    `clock` gives seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, largest: int = LARGEST) -> None:
        self._clock = clock
        self._largest = largest
        self._size = 0
        self._kept: OrderedDict[Key, tuple[Kept, float]] = OrderedDict()
        self._making: dict[Key, asyncio.Future[Kept]] = {}

    async def get(self, key: Key, make: Callable[[], Awaitable[bytes]], seconds: float = FRESH) -> Kept:
        """Return what is kept under a key, made when it is missing or older than some seconds."""
        found = self._kept.get(key)
        if found and self._clock() < found[1]:
            self._kept.move_to_end(key)
            return found[0]
        if key not in self._making:
            self._making[key] = asyncio.ensure_future(self._made(key, make, seconds))
        return await asyncio.shield(self._making[key])

    async def _made(self, key: Key, make: Callable[[], Awaitable[bytes]], seconds: float) -> Kept:
        try:
            kept = pack(await make())
        finally:
            del self._making[key]
        if old := self._kept.pop(key, None):
            self._size -= old[0].size
        self._kept[key] = (kept, self._clock() + seconds)
        self._size += kept.size
        while self._size > self._largest:
            _, (dropped, _) = self._kept.popitem(last=False)
            self._size -= dropped.size
        return kept


def pack(body: bytes) -> Kept:
    """Return a body ready to be sent."""
    packed = gzip.compress(body, 6, mtime=0) if len(body) >= SMALLEST_PACKED else b""
    return Kept(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"', packed)


def answered(request: Request, kept: Kept, media_type: str, *, private: bool = False, seconds: int = 60) -> Response:
    """Answer with a kept body, packed for those who take that, or say that nothing changed."""
    headers = {
        "etag": kept.etag,
        "cache-control": f"{'private' if private else 'public'}, max-age={0 if private else seconds}",
        "vary": "accept-encoding, cookie",
    }
    if kept.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if kept.packed and takes_gzip(request.headers.get("accept-encoding", "")):
        return Response(kept.packed, headers={**headers, "content-encoding": "gzip"}, media_type=media_type)
    return Response(kept.body, headers=headers, media_type=media_type)


def takes_gzip(accepted: str) -> bool:
    """Tell whether a header takes gzip, read as RFC 9110, section 12.5.3 has it."""
    for each in accepted.lower().split(","):
        name, _, weight = each.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False

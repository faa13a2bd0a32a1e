"""What a site's robots.txt asks of us (RFC 9309), read once a day for each site.

It only answers yes or no; whoever asks also fetches the file, through the same guard and manners.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from watchers.errors import FetchError
from watchers.fetchers.answers import Answer

FRESH = 24 * 3600.0  # seconds; RFC 9309, 2.4
TRY_AGAIN = 600.0  # seconds after which a file that could not be read is asked for again
SOON_AGAIN = 30.0  # the same where the site was not reached at all: nobody was bothered
READ = 500 * 1024  # bytes; RFC 9309, 2.5
LONGEST_GAP = 30.0  # seconds between two requests that we grant a Crawl-delay
REMEMBERED = 4096  # sites

_VERSION = re.compile(r"(?im)^([ \t]*user-agent[ \t]*:[ \t]*[a-z_-]+)/[\w.]+")

Get = Callable[[str], Awaitable[Answer]]


@dataclass(slots=True)
class _Site:
    """The rules of one site; None stands for a file that could not be read."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Protego | None = None
    until: float = float("-inf")
    trouble: str = ""
    unreached: bool = False


def read(body: bytes) -> str:
    """Return the text of a robots.txt: without a byte order mark, and names of robots without their versions.

    >>> read(b"\\xef\\xbb\\xbfUser-agent: clausewatch/1.0\\nDisallow: /")
    'User-agent: clausewatch\\nDisallow: /'
    """
    coding = "utf-16" if body.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return _VERSION.sub(r"\1", body[:READ].decode(coding, "replace"))


class Robots:
    """Keeps to robots.txt, but for the hosts in `ignored`, where the operator knows better (“*” for all)."""

    def __init__(
        self, user_agent: str, *, ignored: Iterable[str] = (), clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._token = user_agent.split("/")[0]
        self._ignored = frozenset(host.lower() for host in ignored)
        self._clock = clock
        self._sites: dict[str, _Site] = {}

    async def gap(self, address: str, get: Get) -> float:
        """Return the seconds a site wants between two requests; raises `FetchError` if it wants none at all."""
        place = urlsplit(address)
        if self._ignored & {"*", (place.hostname or "").lower()}:
            return 0.0
        site = await self._site(f"{place.scheme}://{place.netloc}".lower(), get)
        if site.rules is None and site.unreached:
            raise FetchError(site.trouble, retry_after=max(site.until - self._clock(), 0.0), unreached=True)
        if site.rules is None:
            raise FetchError(
                f"{address}: the site's robots.txt cannot be read ({site.trouble}), so it is not asked for now",
                retry_after=max(site.until - self._clock(), 0.0),
            )
        if not site.rules.can_fetch(address, self._token):
            raise FetchError(
                f"{address}: robots.txt asks {self._token} not to fetch it; "
                f"an operator who may can set {place.hostname} to be fetched all the same",
                permanent=True,
            )
        return min(site.rules.crawl_delay(self._token) or 0.0, LONGEST_GAP)

    async def _site(self, origin: str, get: Get) -> _Site:
        """Return a site's rules, fetched at most once for all who ask at the same time."""
        if origin not in self._sites and len(self._sites) >= REMEMBERED:
            self._sites = {name: site for name, site in self._sites.items() if site.until > self._clock()}
        site = self._sites.setdefault(origin, _Site())
        async with site.lock:
            if site.until <= self._clock():
                await self._read(site, f"{origin}/robots.txt", get)
        return site

    async def _read(self, site: _Site, address: str, get: Get) -> None:
        """Read the file. A site without one allows everything; one that fails keeps its last word."""
        try:
            answer = await get(address)
        except FetchError as error:
            self._fail(site, str(error).replace("/robots.txt", "", 1), unreached=error.unreached)
            return
        if answer.status >= 500 or answer.status == 429:
            self._fail(site, f"it answered {answer.status}")
            return
        text = read(answer.body) if answer.status == 200 else ""
        site.rules, site.trouble, site.until = Protego.parse(text), "", self._clock() + FRESH

    def _fail(self, site: _Site, trouble: str, *, unreached: bool = False) -> None:
        site.trouble, site.unreached = trouble, unreached
        site.until = self._clock() + (SOON_AGAIN if unreached else TRY_AGAIN)

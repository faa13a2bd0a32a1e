"""Fetching with a browser, for pages that only scripts put together: the page as it stands once its text is quiet.

Needs the extra `browser` (Playwright) and a Chromium of the system; nothing is downloaded. All it asks
for passes the guard twice: by its letters here, and by its numbers in `tunnel`, which carries every byte.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from watchers.errors import AddressRefused, FetchError
from watchers.fetchers.answers import Answer, media_type, objection
from watchers.fetchers.chromium import PATIENCE, Chromium, what_is_missing
from watchers.fetchers.guard import Guard
from watchers.fetchers.http import NOTHING_KNOWN, utc_now
from watchers.model import Fetched, Part, Snapshot, Validators

if TYPE_CHECKING:  # an extra, which may not be there
    from playwright.async_api import BrowserContext, Page, Response, Route

UNREAD = frozenset({"image", "media", "font", "websocket", "eventsource", "manifest", "texttrack"})
UNREACHED = (
    "NAME_NOT_RESOLVED",
    "INTERNET_DISCONNECTED",
    "ADDRESS_UNREACHABLE",
    "PROXY_CONNECTION",
    "TUNNEL_CONNECTION",
)
START = 60.0  # seconds for the browser itself; a page's own time begins when it is there

# The words that stand on the page, opened or not: their length is what must come to rest.
_WORDS = "() => document.body ? document.body.textContent.length : 0"


@dataclass(frozen=True, slots=True)
class BrowserLimits:
    """Seconds for one page in all and until its text must be quiet; how long quiet is; bytes; pages at once."""

    seconds: float = 60.0
    settle: float = 20.0
    quiet: float = 1.5
    size: int = 10_000_000
    together: int = 2


class BrowserFetcher:
    """Fetches pages with one Chromium, started at the first page and shared; close it in the end."""

    def __init__(
        self,
        guard: Guard,
        user_agent: str,
        *,
        executable: str = "",
        limits: BrowserLimits = BrowserLimits(),
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._guard = guard
        self._user_agent = user_agent
        self._limits = limits
        self._clock = clock
        self._chromium = Chromium(guard, executable)
        self._seats = asyncio.Semaphore(limits.together)
        self._inside = 0

    async def fetch(self, part: Part, known: Validators = NOTHING_KNOWN, *, language: str = "en") -> Fetched:
        """Bring one page as a reader would see it; raises `FetchError`. What is known cannot be asked about."""
        if missing := what_is_missing(self._chromium.executable):
            raise FetchError(f"{part.address}: it needs a browser, and {missing}", permanent=True)
        leads_to = self._guard.check(part.address)
        await self._guard.numbers(leads_to.host, leads_to.port)
        async with self._seats:
            self._inside += 1
            try:
                answer = await self._visit(part.address, language)
            finally:
                self._inside -= 1
        now = self._clock()
        if error := objection(part.address, answer, now):
            raise error
        kind = media_type(part.address, answer)
        return Fetched(
            Snapshot(part.address, answer.address, answer.status, answer.headers, kind, answer.body, now, "browser")
        )

    async def aclose(self) -> None:
        """Close the browser and all that belongs to it."""
        await self._chromium.aclose()

    async def _visit(self, address: str, language: str) -> Answer:
        """Open a page in a context of its own, so that nothing one page leaves behind is seen by another."""
        from playwright.async_api import Error

        known_refusals = set(map(id, self._chromium.tunnel.refused.values()))
        context = None
        try:
            async with asyncio.timeout(START):
                context = await self._context(language)
            async with asyncio.timeout(self._limits.seconds):
                return await self._read(await context.new_page(), address)
        except TimeoutError as error:
            raise FetchError(f"{address}: no quiet page within {self._limits.seconds:g} seconds") from error
        except Error as error:
            for refusal in self._chromium.tunnel.refused.values():
                if id(refusal) not in known_refusals:
                    raise AddressRefused(f"{address}: leads on to {refusal}") from error
            said = _first_line(error)
            unreached = any(code in said for code in UNREACHED)
            raise FetchError(f"{address}: the browser could not open it ({said})", unreached=unreached) from error
        finally:
            if context:
                await self._leave(context)

    async def _read(self, page: Page, address: str) -> Answer:
        """Go to an address, wait until the text is quiet, and take the page as it then stands."""
        last: list[Response] = []

        def keep(got: Response) -> None:
            if got.request.is_navigation_request() and got.frame == page.main_frame:
                last.append(got)

        page.on("response", keep)
        await page.goto(address, wait_until="domcontentloaded", timeout=1000 * self._limits.seconds)
        await self._until_quiet(page)
        body = (await page.content()).encode("utf8", "replace")
        if len(body) > self._limits.size:
            raise FetchError(f"{address}: the page is larger than {self._limits.size / 1e6:g} MB")
        if not last:
            raise FetchError(f"{address}: the browser was given no page")
        headers = _headers((header["name"], header["value"]) for header in await last[-1].headers_array())
        return Answer(page.url, last[-1].status, headers, body)

    async def _until_quiet(self, page: Page) -> None:
        """Wait until the length of the text has stood still for a while, or for as long as a page may take."""
        from playwright.async_api import Error

        step = self._limits.quiet / 3
        length, still = -1, 0
        for _ in range(int(self._limits.settle / step)):
            try:
                seen = await page.evaluate(_WORDS)
            except Error:  # the page is just leading itself elsewhere
                seen = 0
            still = still + 1 if seen == length and seen else 0
            if still == 3:
                return
            length = seen
            await asyncio.sleep(step)

    async def _context(self, language: str) -> BrowserContext:
        browser = await self._chromium.ready(alone=self._inside == 1)
        context = await browser.new_context(
            user_agent=self._user_agent,
            locale=language,
            accept_downloads=False,
            service_workers="block",
            reduced_motion="reduce",
        )
        await context.route("**/*", self._route)
        return context

    async def _route(self, route: Route) -> None:
        """Let a request of the page through if its kind holds words and its address may be asked."""
        request = route.request
        try:
            if request.resource_type in UNREAD:
                await route.abort("blockedbyclient")
                return
            self._guard.check(request.url)
            await route.continue_()
        except AddressRefused as error:
            if request.is_navigation_request():
                self._chromium.tunnel.refused[request.url] = error
            await route.abort("blockedbyclient")

    async def _leave(self, context: BrowserContext) -> None:
        """Close a context; a page that will not go takes its browser with it."""
        try:
            async with asyncio.timeout(PATIENCE):
                await context.close()
        except Exception:  # a page that hangs or crashed raises whatever it likes
            await self._chromium.drop()


def _headers(given: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the headers that still hold for the page as taken: text, in UTF-8, unpacked."""
    dropped = ("set-cookie", "content-encoding", "content-length", "transfer-encoding", "content-type", "etag")
    kept = [(name.lower(), value) for name, value in given]
    said = next((value for name, value in kept if name == "content-type"), "text/html").split(";")[0]
    return (*((name, value) for name, value in kept if name not in dropped), ("content-type", f"{said}; charset=utf-8"))


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0].split(" at http")[0][:200]

"""Fetching over HTTP: one part of a document in, its page or "not modified" or an error out.

It follows redirects by hand, the guard at each hop, and bounds size and time. Politeness, retries and
robots.txt are `polite`'s; what the page says is nobody's business here.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from zlib import crc32

import httpx

from watchers.errors import FetchError
from watchers.fetchers.addresses import join
from watchers.fetchers.answers import REDIRECTS, Answer, conditions, media_type, objection, refresh
from watchers.fetchers.decoding import Body, BodyRefused
from watchers.fetchers.guard import Guard
from watchers.fetchers.transport import GuardedTransport
from watchers.model import Fetched, Part, Snapshot, Validators

ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/*;q=0.8,*/*;q=0.1"

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time of day, aware and in UTC."""
    return datetime.now(UTC)


NOTHING_KNOWN = Validators()
UNREACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)
"""No name, no route, no TLS, no proxy: nothing the site itself has said."""

REFRESHES = 3  # pages in a row that lead on by a `meta` or a header instead of a redirect


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may take: seconds in all, to connect and between two bytes; bytes; hops."""

    seconds: float = 60.0
    connect: float = 10.0
    idle: float = 20.0
    size: int = 10_000_000
    redirects: int = 10


class HttpFetcher:
    """Fetches pages with clients of its own; make one for each worker and close it in the end.

    With several `proxies` each host always goes through the same one.
    """

    def __init__(
        self,
        guard: Guard,
        user_agent: str,
        *,
        proxies: Sequence[str] = (),
        limits: Limits = Limits(),
        http2: bool = False,
        tls: ssl.SSLContext | None = None,
        clock: Clock = utc_now,
    ) -> None:
        # Transports, not clients: a client would parse each redirect for itself, keep cookies, and double the cost.
        self._transports = tuple(
            GuardedTransport(guard, proxy=proxy, http2=http2, tls=tls) for proxy in proxies or (None,)
        )
        self._guard = guard
        self._headers = {"user-agent": user_agent, "accept": ACCEPT, "accept-encoding": "gzip, deflate"}
        timeout = httpx.Timeout(limits.idle, connect=limits.connect)
        self._extensions = {"timeout": timeout.as_dict()}
        self._limits = limits
        self._clock = clock

    async def fetch(self, part: Part, known: Validators = NOTHING_KNOWN, *, language: str = "en") -> Fetched:
        """Bring one page, or learn that it is still the known one; raises `FetchError`."""
        asked = part.address
        headers = {"accept-language": f"{language},en;q=0.7,*;q=0.3", **conditions(known.etag, known.last_modified)}
        answer = await self.get(asked, headers)
        if answer.status == 304:
            return self._unchanged(asked, answer, known)
        validators, hops = _validators(answer), 0
        while (leads_to := refresh(answer)) and hops < REFRESHES:
            answer = await self.get(join(answer.address, leads_to), {"accept-language": headers["accept-language"]})
            validators, hops = NOTHING_KNOWN, hops + 1  # they would be those of a page without words
        now = self._clock()
        if error := objection(asked, answer, now):
            raise error
        snapshot = Snapshot(
            asked, answer.address, answer.status, answer.headers, media_type(asked, answer), answer.body, now
        )
        return Fetched(snapshot, validators)

    async def get(self, address: str, headers: Mapping[str, str] = {}, *, first: int = 0) -> Answer:
        """Return the answer of an address after its redirects, whatever its status; raises `FetchError`.

        With `first` only so many bytes of its body are read, and a longer one is no error.
        """
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._follow(address, {**self._headers, **headers}, first)
        except TimeoutError as error:
            raise FetchError(f"{address}: no complete answer within {self._limits.seconds:g} seconds") from error
        except BodyRefused as error:
            raise FetchError(f"{address}: {error}") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise FetchError(f"{address}: {self._sentence(error)}", unreached=isinstance(error, UNREACHED)) from error

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._transports:
            await transport.aclose()

    async def __aenter__(self) -> HttpFetcher:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _follow(self, address: str, headers: Mapping[str, str], first: int) -> Answer:
        """Follow redirects by hand. Cookies live for one fetch only: some sites go in circles without them."""
        cookies = httpx.Cookies()
        been: set[tuple[str, str]] = set()
        while True:
            request = self._request(address, headers, cookies)
            place = (address, request.headers.get("cookie", ""))
            if place in been:
                raise FetchError(f"{address}: its redirects go in a circle")
            if len(been) > self._limits.redirects:
                raise FetchError(f"{address}: it redirects more than {self._limits.redirects} times")
            been.add(place)
            answer, leads_to = await self._ask(request, address, cookies, first)
            if not leads_to:
                return answer
            address = join(address, leads_to)

    def _request(self, address: str, headers: Mapping[str, str], cookies: httpx.Cookies) -> httpx.Request:
        self._guard.check(address)
        request = httpx.Request("GET", address.partition("#")[0], headers=headers, extensions=self._extensions)
        if cookies.jar:
            cookies.set_cookie_header(request)
        return request

    def _transport(self, request: httpx.Request) -> GuardedTransport:
        if len(self._transports) == 1:
            return self._transports[0]
        return self._transports[crc32(request.url.raw_host) % len(self._transports)]

    async def _ask(
        self, request: httpx.Request, address: str, cookies: httpx.Cookies, first: int
    ) -> tuple[Answer, str]:
        """Send one request; return its answer, and where it redirects to or an empty string."""
        response = await self._transport(request).handle_async_request(request)
        try:
            if "set-cookie" in response.headers:
                response.request = request
                cookies.extract_cookies(response)
            leads_to = response.headers.get("location", "") if response.status_code in REDIRECTS else ""
            unchanged = response.status_code == 304
            if unchanged and not _announces_words(response):
                await _heard_out(response)
            body = b"" if leads_to or unchanged else await self._body(response, first)
            return Answer(address, response.status_code, _headers(response), body), leads_to
        finally:
            await response.aclose()

    async def _body(self, response: httpx.Response, first: int) -> bytes:
        length = response.headers.get("content-length", "")
        if not first and length.isdigit() and int(length) > self._limits.size:
            raise BodyRefused(f"the page is larger than {self._limits.size / 1e6:g} MB")
        body = Body(response.headers.get("content-encoding", ""), first or self._limits.size, cut=bool(first))
        async for chunk in response.aiter_raw():
            body.feed(chunk)
            if body.full and first:
                break
        return body.end()

    def _unchanged(self, asked: str, answer: Answer, known: Validators) -> Fetched:
        if known == NOTHING_KNOWN:
            raise FetchError(f"{asked}: answered 304 Not Modified though it was not asked whether it was")
        fresh = _validators(answer)
        return Fetched(None, Validators(fresh.etag or known.etag, fresh.last_modified or known.last_modified))

    def _sentence(self, error: Exception) -> str:
        """Say in a person's words what went wrong between us and the server."""
        match error:
            case httpx.ConnectTimeout() | httpx.PoolTimeout():
                return f"no connection within {self._limits.connect:g} seconds"
            case httpx.TimeoutException():
                return f"the server fell silent for {self._limits.idle:g} seconds"
            case httpx.ConnectError() if _is_tls(error):
                return f"its TLS certificate is invalid ({error})"
            case httpx.ConnectError():
                return "the server cannot be reached"
            case httpx.ProxyError():
                return f"the proxy failed ({error})"
            case httpx.ProtocolError():
                return f"the server broke off or does not speak HTTP ({error})"
            case httpx.NetworkError():
                return "the connection was lost"
        return f"it cannot be fetched ({error})"


async def _heard_out(response: httpx.Response) -> None:
    """Hear that nothing comes: only an answer heard out leaves its connection to the next. What comes is not taken."""
    async for _ in response.aiter_raw():
        return


def _announces_words(response: httpx.Response) -> bool:
    """Tell whether an answer that has no body says it has one: some servers send it, and it would be in the way."""
    return "transfer-encoding" in response.headers or response.headers.get("content-length", "0") != "0"


def _validators(answer: Answer) -> Validators:
    return Validators(answer.header("etag"), answer.header("last-modified"))


def _headers(response: httpx.Response) -> tuple[tuple[str, str], ...]:
    """Return the headers to be kept; cookies name a session, and nobody's session is archived."""
    return tuple((name, value) for name, value in response.headers.multi_items() if name != "set-cookie")


def _is_tls(error: BaseException | None) -> bool:
    """Tell whether TLS is among the causes of an error."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error is not None

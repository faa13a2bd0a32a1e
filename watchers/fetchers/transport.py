"""Clients of httpx whose every connection passes the address guard, at each redirect anew.

Whoever talks to an address that somebody else named (pages, webhooks, heartbeat, summariser) takes a
client here. It decides nothing: `guard` and `addresses` hold the rules.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpcore
import httpx

from watchers.errors import AddressRefused, FetchError
from watchers.fetchers.guard import Guard
from watchers.fetchers.heads import TolerantStream

TRIED_NUMBERS = 4  # of a host with many, so that a dead one does not eat the time of all
CONNECTIONS = 8  # above that, the pool's own bookkeeping costs more than the requests


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to checked numbers only; the name stays with the request, for TLS and Host."""

    def __init__(self, guard: Guard, inner: httpcore.AsyncNetworkBackend | None = None) -> None:
        self._guard = guard
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve and check the host, then connect to the first of its numbers that answers."""
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for number in (await self._numbers(host, port, timeout))[:TRIED_NUMBERS]:
            try:
                return TolerantStream(
                    await self._inner.connect_tcp(number, port, timeout, local_address, socket_options)
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: a socket in the file system is never a page."""
        raise AddressRefused("a local socket: refused, only http and https are fetched")

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore asks between its own attempts."""
        await self._inner.sleep(seconds)

    async def _numbers(self, host: str, port: int, seconds: float | None) -> tuple[str, ...]:
        try:
            async with asyncio.timeout(seconds):
                return await self._guard.numbers(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time") from error


class GuardedTransport(httpx.AsyncHTTPTransport):
    """A transport that checks every address it is given and every number it connects to.

    Through a proxy the connection is the proxy's; the name is then resolved here as well, and refused
    when it leads inward, though the proxy may read it otherwise: it is the operator's and trusted.
    `tls` takes the place of the usual certificate authorities, for those who have their own.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        proxy: str | None = None,
        http2: bool = False,
        connections: int = CONNECTIONS,
        backend: httpcore.AsyncNetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
        super().__init__(verify=tls or _tls(), http2=http2, limits=limits, trust_env=False, proxy=proxy)
        self._guard = guard
        self._proxied = proxy is not None
        if not proxy:
            self._pool = httpcore.AsyncConnectionPool(
                ssl_context=tls or _tls(),
                max_connections=connections,
                max_keepalive_connections=connections,
                keepalive_expiry=5.0,
                http2=http2,
                network_backend=GuardedBackend(guard, backend),
            )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Check the address of a request before it is sent; raises `AddressRefused`."""
        leads_to = self._guard.check(str(request.url))
        if self._proxied:
            await self._check_behind_proxy(leads_to.host, leads_to.port)
        return await super().handle_async_request(request)

    async def _check_behind_proxy(self, host: str, port: int) -> None:
        try:
            await self._guard.numbers(host, port)
        except AddressRefused:
            raise
        except FetchError:
            return  # a name that only the proxy knows


class GuardedClient(httpx.AsyncClient):
    """A client that reads addresses strictly as they are written, before httpx mends them."""

    def __init__(self, guard: Guard, **options: Any) -> None:
        super().__init__(**options)
        self._guard = guard

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        """Check the address, then build the request; raises `AddressRefused`."""
        self._guard.check(str(url))
        return super().build_request(method, url, **options)


def guarded_client(
    guard: Guard,
    *,
    user_agent: str,
    timeout: httpx.Timeout | float = 10.0,
    proxy: str | None = None,
    http2: bool = False,
    connections: int = CONNECTIONS,
    backend: httpcore.AsyncNetworkBackend | None = None,
) -> httpx.AsyncClient:
    """Return a client behind the guard: no environment, no cookies kept, no redirect followed unasked.

    Its requests raise `AddressRefused` (and `FetchError` for an unknown name) besides the errors of httpx.
    Take one for each worker, not one for each request: it holds the connections.
    """
    return GuardedClient(
        guard,
        transport=GuardedTransport(guard, proxy=proxy, http2=http2, connections=connections, backend=backend),
        headers={"user-agent": user_agent, "accept-encoding": "gzip, deflate"},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        timeout=timeout,
        trust_env=False,
        follow_redirects=False,
    )


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """Return the one TLS context of the process: reading the certificates takes tens of milliseconds."""
    return httpx.create_ssl_context(trust_env=False)

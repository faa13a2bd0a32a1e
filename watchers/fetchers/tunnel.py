"""The only door of the browser: a proxy on this machine that lets it reach checked numbers only.

A browser resolves names and follows redirects by itself, so looking at its requests is not enough; with
every connection made here, a name is resolved once, checked, and connected to as checked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from watchers.errors import AddressRefused, FetchError
from watchers.fetchers.addresses import Target
from watchers.fetchers.guard import Guard

HEAD = 64 * 1024  # bytes of a request's head
PIECE = 64 * 1024
_DROPPED = (b"proxy-", b"connection:", b"keep-alive:")

Connect = Callable[[str, int], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


class Tunnel:
    """Listens on a free port of this machine for as long as it is open; refusals are kept in `refused` by host.

    One connection carries at most `size` bytes and stays open at most `seconds`.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        size: int = 30_000_000,
        seconds: float = 120.0,
        connect: Connect = asyncio.open_connection,
    ) -> None:
        self.refused: dict[str, AddressRefused] = {}
        self._guard = guard
        self._size = size
        self._seconds = seconds
        self._connect = connect
        self._server: asyncio.Server | None = None

    async def open(self) -> str:
        """Begin to listen; return the address to be set as proxy."""
        self._server = await asyncio.start_server(self._visit, "127.0.0.1", 0, limit=HEAD)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        """Stop listening."""
        if self._server:
            self._server.close()

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection of the browser from its head to its end."""
        troubles = (
            FetchError,
            OSError,
            ValueError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
            TimeoutError,
        )
        try:
            with suppress(*troubles):
                async with asyncio.timeout(self._seconds):
                    await self._serve(reader, writer)
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, address, version = head.split(b"\r\n", 1)[0].decode("latin1").split(" ")
        tunnelled = method == "CONNECT"
        leads_to = self._check(f"https://{address}/" if tunnelled else address)
        server, upstream = await self._reach(leads_to)
        try:
            if tunnelled:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                upstream.write(_forwarded(head, method, address, version))
            await self._both_ways(reader, writer, server, upstream)
        finally:
            upstream.close()

    def _check(self, address: str) -> Target:
        try:
            return self._guard.check(address)
        except AddressRefused as error:
            self._remember(address.split("/")[2] if "//" in address else address, error)
            raise

    async def _reach(self, leads_to: Target) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the first checked number of a host that answers."""
        try:
            numbers = await self._guard.numbers(leads_to.host, leads_to.port)
        except AddressRefused as error:
            self._remember(leads_to.host, error)
            raise
        for number in numbers[:-1]:
            with suppress(OSError):
                return await self._connect(number, leads_to.port)
        return await self._connect(numbers[-1], leads_to.port)

    def _remember(self, host: str, error: AddressRefused) -> None:
        if len(self.refused) > 1000:
            self.refused.clear()
        self.refused[host] = error

    async def _both_ways(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        server: asyncio.StreamReader,
        upstream: asyncio.StreamWriter,
    ) -> None:
        """Carry bytes in both directions until either side has no more."""
        ways = [
            asyncio.ensure_future(self._carry(reader, upstream)),
            asyncio.ensure_future(self._carry(server, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        left = self._size
        while left > 0 and (piece := await source.read(min(PIECE, left))):
            left -= len(piece)
            sink.write(piece)
            await sink.drain()


def _forwarded(head: bytes, method: str, address: str, version: str) -> bytes:
    """Return the head of a plain request as the server wants it: the path alone, and no word for a proxy."""
    path = "/" + address.split("//", 1)[1].partition("/")[2]
    lines = [line for line in head.split(b"\r\n")[1:-2] if not line.lower().startswith(_DROPPED)]
    return b"\r\n".join([f"{method} {path} {version}".encode("latin1"), *lines, b"connection: close", b"", b""])

"""A server on this machine that answers letter by letter what a test tells it to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest

from watchers.fetchers.guard import Guard
from watchers.fetchers.http import HttpFetcher, Limits
from watchers.model import Part

TERMS = b"<h1>Terms</h1><p>You agree to our terms.</p>"

Play = Callable[["Request", asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Request:
    """What came in: the path and the headers, names in lower case."""

    path: str
    headers: dict[str, str]


@dataclass
class Server:
    """A server whose answers are set path by path; it remembers what it was asked."""

    base: str = ""
    answers: dict[str, bytes | Play] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    def part(self, path: str) -> Part:
        return Part(self.base + path)


def page(body: bytes = b"<h1>Terms</h1>", status: str = "200 OK", **headers: str) -> bytes:
    """Return a whole answer; header names are written with underscores."""
    said = {"content_type": "text/html", "content_length": str(len(body)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in said.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


async def _serve_one(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    server.connections += 1
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while head := await reader.readuntil(b"\r\n\r\n"):
            first, *lines = head.decode("latin1").strip().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            request = Request(first.split()[1], headers)
            server.requests.append(request)
            answer = server.answers.get(request.path, page(b"gone", "404 Not Found"))
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
                if headers.get("connection") == "close":
                    break
            else:
                await answer(request, writer)
                break
    writer.close()


@asynccontextmanager
async def serving() -> AsyncIterator[Server]:
    server = Server()
    running = await asyncio.start_server(lambda r, w: _serve_one(server, r, w), "127.0.0.1", 0)
    server.base = f"http://127.0.0.1:{running.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        running.close()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving() as running:
        yield running


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    """A fetcher that may ask this machine, and takes no large pages."""
    limits = Limits(size=100_000)
    async with HttpFetcher(Guard(allow_loopback=True), "Clausewatch/test", limits=limits) as fetcher:
        yield fetcher


def moved(to: str, **headers: str) -> bytes:
    return page(b"", "302 Found", location=to, **headers)


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Play:
    """Send a head, then one piece after another until the other side has had enough."""

    async def play(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return play

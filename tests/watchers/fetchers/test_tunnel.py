"""The browser's only door: it leads to checked numbers, and to nothing else."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.watchers.fetchers.conftest import Server, page
from watchers.fetchers.guard import Guard
from watchers.fetchers.tunnel import Tunnel


class Network:
    """Name service from a table, and connections that all end at one server of ours but are written down."""

    def __init__(self, server: Server) -> None:
        self.port = int(server.base.rsplit(":", 1)[1])
        self.connected: list[tuple[str, int]] = []
        self.names = {
            "example.com": ["93.184.215.14"],
            "rebind.example.com": ["10.0.0.1"],
            "two.example.com": ["8.8.8.8", "93.184.215.14"],
        }

    async def resolve(self, host: str, port: int) -> list[str]:
        return self.names[host]

    async def connect(self, number: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self.connected.append((number, port))
        if number == "8.8.8.8":
            raise OSError("dead")
        return await asyncio.open_connection("127.0.0.1", self.port)


@pytest.fixture
def network(server: Server) -> Network:
    return Network(server)


@pytest.fixture
async def tunnel(network: Network) -> AsyncIterator[Tunnel]:
    tunnel = Tunnel(Guard(resolve=network.resolve), connect=network.connect, size=10_000, seconds=60)
    yield tunnel
    tunnel.close()


async def say(tunnel: Tunnel, *words: bytes) -> bytes:
    """Say words to the tunnel one after another, and return all that comes back."""
    door = await tunnel.open()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(door.rsplit(":", 1)[1]))
    heard = b""
    for said in words:
        writer.write(said)
        heard += await reader.read(10_000)
    async with asyncio.timeout(60):
        heard += await reader.read()
    writer.close()
    return heard


async def test_a_plain_request_is_passed_on_as_the_server_wants_it(
    tunnel: Tunnel, network: Network, server: Server
) -> None:
    server.answers["/terms?a=b"] = page(b"words")
    head = b"GET http://example.com/terms?a=b HTTP/1.1\r\nHost: example.com\r\nProxy-Connection: keep-alive\r\n\r\n"
    assert (await say(tunnel, head)).endswith(b"words")
    assert network.connected == [("93.184.215.14", 80)]
    assert server.requests[0].headers == {"host": "example.com", "connection": "close"}


async def test_a_tunnel_carries_bytes_as_they_are(tunnel: Tunnel, network: Network, server: Server) -> None:
    server.answers["/"] = page(b"secret", connection="close")
    connect = b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n"
    heard = await say(tunnel, connect, b"GET / HTTP/1.1\r\nconnection: close\r\n\r\n")
    assert heard.startswith(b"HTTP/1.1 200 Connection established\r\n\r\n")
    assert b"secret" in heard
    assert network.connected == [("93.184.215.14", 443)]


async def test_the_next_number_is_tried_when_the_first_is_dead(
    tunnel: Tunnel, network: Network, server: Server
) -> None:
    server.answers["/"] = page(b"words")
    assert (await say(tunnel, b"GET http://two.example.com/ HTTP/1.1\r\n\r\n")).endswith(b"words")
    assert [number for number, _ in network.connected] == ["8.8.8.8", "93.184.215.14"]


@pytest.mark.parametrize(
    ("head", "host"),
    [
        (b"CONNECT 127.0.0.1:443 HTTP/1.1", "127.0.0.1:443"),
        (b"CONNECT localhost:443 HTTP/1.1", "localhost:443"),
        (b"CONNECT [::1]:443 HTTP/1.1", "[::1]:443"),
        (b"CONNECT rebind.example.com:443 HTTP/1.1", "rebind.example.com"),
        (b"CONNECT example.com:25 HTTP/1.1", "example.com:25"),
        (b"CONNECT user@example.com:443 HTTP/1.1", "user@example.com:443"),
        (b"GET http://169.254.169.254/latest/ HTTP/1.1", "169.254.169.254"),
        (b"GET http://rebind.example.com/ HTTP/1.1", "rebind.example.com"),
        (b"GET ftp://example.com/ HTTP/1.1", "example.com"),
        (b"GET /terms HTTP/1.1", "/terms"),
    ],
)
async def test_what_the_guard_refuses_is_not_connected_to(
    tunnel: Tunnel, network: Network, head: bytes, host: str
) -> None:
    assert await say(tunnel, head + b"\r\n\r\n") == b""
    assert network.connected == []
    assert list(tunnel.refused) == [host]


@pytest.mark.parametrize(
    "head", [b"\r\n\r\n", b"GET\r\n\r\n", b"GET http://example.com/ HTTP/1.1 x\r\n\r\n", b"x" * 70_000]
)
async def test_nonsense_closes_the_door(tunnel: Tunnel, network: Network, head: bytes) -> None:
    assert await say(tunnel, head) == b""
    assert network.connected == []


async def test_a_connection_carries_no_more_than_its_bound(tunnel: Tunnel, server: Server) -> None:
    server.answers["/"] = page(b"x" * 50_000)
    assert len(await say(tunnel, b"GET http://example.com/ HTTP/1.1\r\n\r\n")) == 10_000


async def test_a_connection_does_not_stay_open_for_ever(network: Network, server: Server) -> None:
    async def silent(_: object, __: object) -> None:
        await asyncio.Event().wait()

    server.answers["/"] = silent
    tunnel = Tunnel(Guard(resolve=network.resolve), connect=network.connect, seconds=0.2)
    assert await say(tunnel, b"GET http://example.com/ HTTP/1.1\r\n\r\n") == b""
    tunnel.close()

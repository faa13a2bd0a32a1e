"""Everything that goes out because somebody else said so passes the guard: the whole table, for every client."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.monitoring.heartbeat import Heartbeat
from bot.monitoring.vitals import Vitals
from bot.telling.summariser import Summariser
from bot.telling.webhooks import Outgoing
from storage.deliveries.webhooks import Webhook
from tests.watchers.fetchers.hostile import RESOLVED, WRITTEN
from tests.watchers.fetchers.test_guard import World
from watchers.errors import AddressRefused, FetchError
from watchers.fetchers.browser import BrowserFetcher
from watchers.fetchers.guard import Guard
from watchers.fetchers.http import HttpFetcher
from watchers.fetchers.transport import GuardedTransport
from watchers.fetchers.tunnel import Tunnel
from watchers.model import Difference, Part, Significance

ROOT = Path(__file__).resolve().parents[3]
NAMES = dict(RESOLVED)
EVERY = [*WRITTEN, *(f"https://{host}/terms" for host in NAMES)]
PUBLIC = "93.184.215.14"
PLAIN = [address for address in EVERY if address.isprintable() and " " not in address and "#" not in address]


class Wire(World):
    """A network on which every packet is written down, for all kinds of client."""

    def __init__(self, answer: bytes = b"") -> None:
        super().__init__({**NAMES, "example.com": [PUBLIC]}, answer)
        self.guard = Guard(resolve=self.resolve)

    async def connect(self, number: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self.connected.append((number, port))
        raise OSError("nobody is there")

    def fetcher(self) -> HttpFetcher:
        made = HttpFetcher(self.guard, "Clausewatch/test")
        made._transports = (GuardedTransport(self.guard, backend=self.backend()),)
        return made


async def a_page(wire: Wire, address: str) -> None:
    with pytest.raises(AddressRefused):
        await wire.fetcher().fetch(Part(address))


async def a_page_by_browser(wire: Wire, address: str) -> None:
    with pytest.raises(FetchError):  # where Playwright is not installed it is not even begun
        await BrowserFetcher(wire.guard, "Clausewatch/test", executable="/bin/true").fetch(Part(address))


async def a_heartbeat(wire: Wire, address: str) -> None:
    async def well() -> Vitals:
        return Vitals(timedelta(), timedelta(), {}, (), ())

    assert not await Heartbeat(wire.client(), address, well).beat()


async def a_summary(wire: Wire, address: str) -> None:
    difference = Difference(True, False, Significance.SUBSTANTIVE)
    summariser = Summariser(wire.client(), address, "some-model", "some-key")
    assert await summariser.headline("The plain one.", "Tern", "Terms", difference, ()) == "The plain one."


async def a_webhook(wire: Wire, address: str) -> None:
    """What it is told of is never looked up: the address is refused before."""
    nothing: Any = None
    outgoing = Outgoing(nothing, nothing, wire.client(), b"secret", lambda: datetime(2026, 11, 23, tzinfo=UTC))
    with pytest.raises(AddressRefused):
        await outgoing.test(Webhook("w1", "slack:T1", address))


async def a_page_through_a_proxy(wire: Wire, address: str) -> None:
    """The proxy is the operator's own; what it is asked for is not. Were it asked, the error would be another."""
    async with HttpFetcher(wire.guard, "Clausewatch/test", proxies=("http://127.0.0.1:9",)) as fetcher:
        with pytest.raises(AddressRefused):
            await fetcher.fetch(Part(address))


CLIENTS: dict[str, Callable[[Wire, str], Awaitable[None]]] = {
    "a watched page": a_page,
    "a watched page by browser": a_page_by_browser,
    "a watched page through a proxy": a_page_through_a_proxy,
    "a heartbeat": a_heartbeat,
    "a summary": a_summary,
    "a webhook": a_webhook,
}


@pytest.mark.parametrize("client", CLIENTS)
async def test_no_client_sends_a_packet_to_any_address_of_the_table(client: str) -> None:
    for address in EVERY:
        wire = Wire()
        await CLIENTS[client](wire, address)
        assert wire.connected == [], address


async def test_no_redirect_leads_to_any_address_of_the_table() -> None:
    for address in PLAIN:
        if "://" not in address:
            continue  # without a scheme it is a place on the site that redirects
        moved = f"HTTP/1.1 302 Found\r\nlocation: {address}\r\ncontent-length: 0\r\n\r\n".encode()
        wire = Wire(moved)
        with pytest.raises(FetchError):  # one without a host is joined to the site's own, and goes in a circle
            await wire.fetcher().fetch(Part("http://example.com/"))
        assert set(wire.connected) == {(PUBLIC, 80)}, address


async def test_the_browsers_door_opens_to_no_address_of_the_table() -> None:
    wire = Wire()
    tunnel = Tunnel(wire.guard, connect=wire.connect, seconds=5)
    port = int((await tunnel.open()).rsplit(":", 1)[1])
    heads = [f"GET {address} HTTP/1.1" for address in PLAIN]
    heads += [f"CONNECT {host}:443 HTTP/1.1" for host in (*NAMES, "127.0.0.1", "[::1]", "2130706433", "0x7f.1", "[::]")]
    for head in heads:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode("latin1", "replace") + b"\r\n\r\n")
        assert await reader.read() == b"", head
        writer.close()
    tunnel.close()
    assert wire.connected == []


OPENERS = {
    *("httpx.AsyncClient", "httpx.Client", "httpx.get", "httpx.post", "httpx.AsyncHTTPTransport", "AsyncClient"),
    *("urllib.request.urlopen", "urlopen", "requests.get", "aiohttp.ClientSession", "ClientSession"),
    *("asyncio.open_connection", "socket.create_connection", "socket.socket", "WebhookClient", "AsyncWebhookClient"),
}
TRUSTED = {
    "watchers/fetchers/transport.py": "the guarded client itself",
    "watchers/fetchers/http.py": "transports behind the guard",
    "watchers/fetchers/tunnel.py": "connects to checked numbers",
    "bot/chats/slack/chat.py": "asks Slack's own address, which only the operator sets",
    "bot/process/serving.py": "listens, and asks nobody",
}


def openers(path: Path) -> set[str]:
    """Return what in a file could open a connection by itself."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf8"))))
    named = {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute | ast.Name)}
    made = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
    return (made | {name for name in named if name.endswith("open_connection")}) & OPENERS


def test_nothing_else_in_the_code_can_open_a_connection() -> None:
    floors = [path for floor in ("watchers", "storage", "bot") for path in (ROOT / floor).rglob("*.py")]
    found = {path.relative_to(ROOT).as_posix(): openers(path) for path in floors}
    assert {name: how for name, how in found.items() if how and name not in TRUSTED} == {}

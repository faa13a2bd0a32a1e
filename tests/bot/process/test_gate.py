"""A web server answers who asks, however many others only pretend to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.process.gate import TIMES, Gate, Phase
from bot.process.serving import Serving

ASKED = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
HALF = b"GET / HTTP/1.1\r\nHost: x\r\nX-a: "


async def _answer(request: Request) -> Response:
    return PlainTextResponse(f"{len(await request.body())} bytes")


@asynccontextmanager
async def served(gate: Gate) -> AsyncIterator[int]:
    web = Serving(Starlette(routes=[Route("/", _answer, methods=["GET", "POST"])]), "127.0.0.1", 0, gate)
    await web.start()
    yield web.port
    await web.stop()


async def asked(port: int, words: bytes, *, more: bool = False) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(words)
    await writer.drain()
    return reader, writer


async def answer(port: int, words: bytes = ASKED) -> bytes:
    reader, writer = await asked(port, words)
    told = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return told


async def closed(reader: asyncio.StreamReader) -> bytes:
    try:
        return await asyncio.wait_for(reader.read(), 10)
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (Phase.HEAD, HALF),
        (Phase.HEAD, b""),
        (Phase.BODY, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"),
    ],
)
async def test_a_request_that_does_not_go_on_is_closed(phase: Phase, words: bytes) -> None:
    async with served(Gate(times={**TIMES, phase: 0.05})) as port:
        reader, _ = await asked(port, words)
        assert await closed(reader) == b""


async def test_dribbling_does_not_buy_time() -> None:
    async with served(Gate(times={**TIMES, Phase.HEAD: 0.2})) as port:
        reader, writer = await asked(port, HALF)

        async def dribble() -> None:
            while True:
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(0)

        dribbling = asyncio.ensure_future(dribble())
        assert await closed(reader) == b""
        dribbling.cancel()


async def test_when_all_places_are_taken_who_asks_gets_the_place_of_who_waited_longest() -> None:
    async with served(Gate(connections=4)) as port:
        dribblers = [await asked(port, HALF) for _ in range(12)]
        for _ in range(5):
            assert b"200 OK" in await answer(port)
        assert await closed(dribblers[0][0]) == b""


async def test_a_connection_may_be_used_again_and_again() -> None:
    async with served(Gate()) as port:
        reader, writer = await asked(port, b"")
        for _ in range(3):
            writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nfour")
            assert b"200 OK" in await asyncio.wait_for(reader.readuntil(b"4 bytes"), 10)
        writer.close()


async def test_two_requests_sent_at_once_are_both_answered() -> None:
    async with served(Gate()) as port:
        told = await answer(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" + ASKED)
        assert told.count(b"200 OK") == 2


class Caller:
    """A connection that only has an address."""

    def __init__(self, address: str) -> None:
        self.address = address

    def close(self) -> None:
        raise AssertionError("nobody has to make room here")


def test_one_public_address_has_some_places_and_a_proxy_has_all() -> None:
    gate = Gate(from_one=2)
    for address, admitted in (("8.8.8.8", [True, True, False]), ("10.0.0.1", [True] * 3), ("::1", [True] * 3)):
        callers = [Caller(address) for _ in range(3)]
        assert [gate.admits(each, address) for each in callers] == admitted  # type: ignore[arg-type]
        gate.leaves(callers[0])  # type: ignore[arg-type]
        assert gate.admits(Caller(address), address)  # type: ignore[arg-type]

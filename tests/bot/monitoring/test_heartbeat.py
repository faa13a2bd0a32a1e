"""The heartbeat beats while all is well, and a deaf listener stops nothing."""

from datetime import timedelta

import httpx

from bot.monitoring.heartbeat import Heartbeat
from bot.monitoring.vitals import Vitals

WELL = Vitals(timedelta(0), timedelta(0), {}, (), ())
LATE = Vitals(timedelta(days=1), timedelta(0), {}, (), ())


def heartbeat(vitals: Vitals, status: int = 200) -> tuple[Heartbeat, list[str]]:
    heard: list[str] = []

    def listen(request: httpx.Request) -> httpx.Response:
        heard.append(str(request.url))
        if status == 0:
            raise httpx.ConnectError("nobody there")
        return httpx.Response(status)

    async def now() -> Vitals:
        return vitals

    client = httpx.AsyncClient(transport=httpx.MockTransport(listen))
    return Heartbeat(client, "https://beat.example/1", now), heard


async def test_it_beats_while_all_is_well() -> None:
    beating, heard = heartbeat(WELL)
    assert await beating.beat()
    assert heard == ["https://beat.example/1"]


async def test_it_is_silent_when_looks_are_late() -> None:
    beating, heard = heartbeat(LATE)
    assert not await beating.beat()
    assert heard == []


async def test_a_listener_that_refuses_or_is_away_stops_nothing() -> None:
    assert not await heartbeat(WELL, 500)[0].beat()
    assert not await heartbeat(WELL, 0)[0].beat()

"""The same tasks on both engines: a page that changes is looked at, and its channel told, by whoever is called."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App, Edges, open_app
from bot.chats.port import Place, Request
from bot.clock import SteppedClock
from bot.compose.message import Message
from bot.examining.aside import Aside
from bot.settings import Settings
from bot.worlds.demo import START, platform, put_up
from bot.worlds.pages import Pages
from storage.database.connection import open_database
from tests.bot.reading import whole
from tests.fakes import FakeChat
from tests.storage.conftest import emptied
from watchers.model import Look, Outcome

HERE = Place("fake", "T1", "C1")


@dataclass
class Listening(FakeChat):
    """A chat that says when something arrives."""

    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, place: Place, message: Message, delivery: str) -> str:
        """Keep it, and say so."""
        receipt = await super().post(place, message, delivery)
        self.arrived.set()
        return receipt


@dataclass
class World:
    """Some processes of one installation that share a chat and a clock."""

    apps: list[App]
    clock: SteppedClock
    pages: Pages
    chat: Listening
    looks: list[Look]
    seen: asyncio.Event = field(default_factory=asyncio.Event)

    async def look(self, wanted: int) -> None:
        """Let every process tick, and wait for so many looks."""
        before = len(self.looks)
        for app in self.apps:
            await app.duties.errands.looks(self.clock())
        async with asyncio.timeout(60):
            while len(self.looks) < before + wanted:
                self.seen.clear()
                await self.seen.wait()

    async def heard(self, look: Look) -> None:
        self.looks.append(look)
        self.seen.set()


@pytest.fixture(params=["sqlite", "postgresql"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    address = f"sqlite:///{tmp_path}/duties.db"
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres_url")
        await _cleared(address)
    pages, clock = Pages(), SteppedClock(START)
    await pages.start()
    for name in ("privacy-1", "terms-1"):
        put_up(pages, name, START)
    made = World([], clock, pages, Listening(), [])
    settings = Settings(_env_file=None, database_url=address, workers=2)
    edges = Edges(
        clock, (made.chat,), (platform(pages),), allow=(pages.host,), gap=0, examiner=Aside(), seen=(made.heard,)
    )
    async with AsyncExitStack() as closing:
        for _ in range(1 if request.param == "sqlite" else 2):
            made.apps.append(await closing.enter_async_context(open_app(settings, edges)))
        yield made
    await pages.stop()


async def _cleared(address: str) -> None:
    database = await open_database(address)
    await emptied(database)
    await database.close()


async def test_a_change_goes_from_the_page_to_the_channel_once(world: World) -> None:
    stop = asyncio.Event()
    working = [asyncio.ensure_future(app.engine.work(app.duties.tasks(), stop)) for app in world.apps]
    await world.apps[0].commands.answer(Request(HERE, "U1", "watch", "fernpost"))
    await world.look(2)
    world.clock.step(timedelta(days=1))
    put_up(world.pages, "privacy-3", world.clock())
    await world.look(2)
    await asyncio.wait_for(world.chat.arrived.wait(), 60)
    stop.set()
    await asyncio.gather(*working)
    assert sorted(look.outcome for look in world.looks)[:1] == [Outcome.CHANGED]
    (ping,) = world.chat.in_place(HERE)
    assert "Fernpost may now train AI models" in whole(ping)
    assert (await world.apps[0].ledger.counts()) == {"sent": 1}


async def test_every_chore_can_be_done_by_its_name(world: World) -> None:
    duties = world.apps[0].duties
    for chore in duties._chores():
        await duties.tasks()["tend"].run(chore)

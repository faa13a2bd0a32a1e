"""What `bench/kills.py` runs and kills: one process of the real path, and a chat that keeps what it received."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import update

import storage.deliveries.engines.procrastinate  # noqa: F401 - imported once, before anything is forked
from bot.app import App, Edges, open_app
from bot.chats.port import Answer, Place, Request, Suggest
from bot.compose.message import Message
from bot.process.logs import set_up_logs
from bot.process.working import Working
from bot.settings import Settings
from bot.worlds.pages import Page, Pages
from storage.archive.models import SightRow, table
from storage.database.columns import EPOCH
from watchers.model import Document, Part, Platform
from watchers.provisions import recogniser

SIGHT = table(SightRow)
WORDS = "Fernpost runs a place to share postcards, and these terms say what you may expect of it and it of you. " * 12
DOCUMENTS = 2  # on each host


class Keeping:
    """A chat that appends every delivery it takes to a file, and finds it there."""

    name = "console"

    def __init__(self, file: Path) -> None:
        self._file = file

    async def start(self, answer: Answer, suggest: Suggest) -> None:
        """Nobody types."""

    async def reach(self) -> None:
        """Nothing has to be opened."""

    async def stop(self) -> None:
        """Nothing is open."""

    async def post(self, place: Place, message: Message, delivery: str) -> str:
        """Take a message; the request and the answer take a while each, as over a network."""
        await asyncio.sleep(random.random() * 0.05)
        with self._file.open("a") as kept:
            kept.write(f"{delivery}\n")
        await asyncio.sleep(random.random() * 0.1)
        return delivery

    async def edit(self, place: Place, receipt: str, message: Message) -> None:
        """Nothing is edited."""

    async def find(self, place: Place, delivery: str) -> str | None:
        """Look among what was taken."""
        return delivery if self._file.exists() and delivery in self._file.read_text().split() else None


def places(count: int) -> list[Place]:
    """Return the channels that watch."""
    return [Place("console", "local", f"room-{number}") for number in range(count)]


def platforms(hosts: list[str]) -> tuple[Platform, ...]:
    """Return a platform for each host."""
    return tuple(
        Platform(
            f"fernpost-{n}",
            f"Fernpost {n}",
            documents=tuple(
                Document(f"fernpost-{n}/d{d}", f"fernpost-{n}", f"Terms {d}", (Part(f"http://{host}/d{d}"),))
                for d in range(DOCUMENTS)
            ),
        )
        for n, host in enumerate(hosts)
    )


def turn(pages: list[Pages], number: int) -> None:
    """Put up pages whose retention period is another one than before."""
    for served in pages:
        for d in range(DOCUMENTS):
            keep = f"We keep your photographs for {100 + number} days."
            body = f"<main><h1>Terms {d}</h1><p>{WORDS}</p><p>{keep}</p></main>"
            served.put(f"d{d}", Page(body.encode(), datetime.now(UTC)))


def opening(url: str, folder: Path, hosts: list[str]) -> tuple[Settings, Edges]:
    """Return how the installation is opened."""
    settings = Settings(_env_file=None, database_url=url, workers=4)
    edges = Edges(chats=(Keeping(folder / "received"),), platforms=platforms(hosts), allow=tuple(hosts), gap=0)
    return settings, edges


async def prepare(url: str, folder: Path, hosts: list[str], rooms: int) -> None:
    """Let every room watch everything."""
    settings, edges = opening(url, folder, hosts)
    async with open_app(settings, edges) as app:
        for place in places(rooms):
            await app.commands.answer(Request(place, "you", "watch", "all"))


def begin(url: str, folder: Path, hosts: list[str]) -> None:
    """Be one process, until killed or told to end."""
    asyncio.run(child(url, folder, hosts))


def begin_quietly(url: str, folder: Path, hosts: list[str]) -> None:
    """Be one process that looks when something is due, until told to end."""
    asyncio.run(child(url, folder, hosts, again=False))


async def child(url: str, folder: Path, hosts: list[str], *, again: bool = True) -> None:
    """Work without end, as `clausewatch up` or `worker` does; with `again` every document is due again at once."""
    set_up_logs("error")
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    settings, edges = opening(url, folder, hosts)
    async with open_app(settings, edges) as app:
        await app.take_up()
        working = Working(app, (), work=True)
        working.start()
        (folder / f"ready-{os.getpid()}").touch()
        while not told.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(told.wait(), 0.3 + random.random() * 0.3)
            if again:
                await _due_again(app)
        await working.stop()


async def _due_again(app: App) -> None:
    async with app.database.write() as connection:
        later = SIGHT.c.next_look > app.clock()
        await connection.execute(update(SIGHT).where(later).values(next_look=EPOCH, taken_until=None))
    await app.duties.errands.looks(app.clock())


recogniser.default()  # built once, before anything is forked

"""What `bench/outages.py` breaks: the processes, what they run against, and the judge of what was received."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text, update

from bench.processes import put, say, until
from bot.chats.port import Place
from bot.worlds.pages import Pages
from storage.archive.models import SightRow, table
from storage.audience.store import Audience
from storage.database.columns import EPOCH
from storage.database.connection import open_database
from tests.bot.chats.discord_stand_in import GUILD, TOKEN, DiscordStandIn
from watchers.errors import ClausewatchError

PORT, OPEN = 8972, "('due', 'sending', 'retry', 'uncertain')"


@dataclass
class World:
    """What runs, and what it runs against."""

    folder: Path
    server: Any
    discord: DiscordStandIn
    pages: Pages
    channels: int
    running: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)
    days: int = 30

    def environment(self, url: str) -> dict[str, str]:
        """Return the environment of the processes."""
        return {
            **os.environ,
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "DATABASE_URL": url,
            "PORT": str(PORT),
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": self.discord.api_url,
            "ALLOW_HOSTS": self.pages.host,
            "LOG_LEVEL": os.environ.get("LOG_LEVEL", "error"),
        }

    async def change(self, url: str) -> None:
        """Let the page change, and its look be due."""
        self.days += 1
        put(self.pages, self.days)
        database = await open_database(url, guest=True)
        async with database.engine.begin() as connection:
            sight = table(SightRow)
            mine = sight.c.version != ""
            await connection.execute(update(sight).where(mine).values(next_look=EPOCH, taken_until=None))
        await database.close()


async def ask(url: str, question: str) -> int:
    """Return a number from the database; -1 while it does not answer."""
    try:
        database = await open_database(url, readonly=True)
    except ClausewatchError:
        return -1
    try:
        async with database.read() as connection:
            return int((await connection.execute(text(question))).scalar() or 0)
    except ClausewatchError:
        return -1
    finally:
        await database.close()


async def prepare(world: World, url: str) -> None:
    """Let the first channel watch the page by a command, and the others everything; wait for the first look."""
    await world.discord.type("watch", platform=f"http://{world.pages.host}/terms")
    known = "SELECT count(*) FROM version JOIN document ON document.id = version.document WHERE owner <> ''"
    await until("/watch in Discord is answered, and the page is read", lambda: true(ask(url, known)))
    database = await open_database(url, guest=True)
    audience = Audience(database)
    for channel in world.discord.channels:
        there = await audience.channel(Place("discord", GUILD, channel))
        await audience.watch(there.id, "")
    await database.close()


async def true(asked: Awaitable[int]) -> bool:
    """Tell whether a question is answered with something."""
    return await asked > 0


async def until_settled(url: str, count: int, patience: float = 400) -> None:
    """Wait until so many deliveries are there and none is open."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        there, still = (
            await ask(url, "SELECT count(*) FROM delivery"),
            await ask(url, f"SELECT count(*) FROM delivery WHERE state IN {OPEN}"),
        )
        if there >= count and still == 0:
            return
        await asyncio.sleep(0.3)
    say(f"not settled after {patience:.0f} s")


async def judged(world: World, url: str) -> tuple[int, int, int]:
    """Return how many deliveries nobody received, how many came twice, and how many were taken up again."""
    received = Counter(mark for one in world.discord.posted.values() for mark in marks(one))
    database = await open_database(url, readonly=True)
    async with database.read() as connection:
        rows = (await connection.execute(text("SELECT id, lead, attempts FROM delivery"))).all()
    await database.close()
    lost = sum(str(row.lead or row.id) not in received for row in rows)
    return lost, sum(count > 1 for count in received.values()), sum(row.attempts > 1 for row in rows)


def marks(message: dict[str, Any]) -> list[str]:
    """Return the deliveries a message names in its footers."""
    footers = " ".join(embed.get("footer", {}).get("text", "") for embed in message["embeds"])
    return re.findall(r"ref (\d+)", footers)

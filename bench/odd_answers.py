"""What becomes of a look at a page that is no page: odd, hostile and broken answers, each through the real path.

    python -m bench.odd_answers [--only WORD]

A server on loopback gives one odd answer a document; the application (fetcher, reading, SQLite) looks at each alone,
with a bound of time, and must end with a recorded reason. Afterwards one honest page is looked at, by the same
workers, to show that none of them is stuck. The limits are a tenth of the usual ones, so that it ends soon.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import structlog

from bench.odd_pages import ANSWERS, HONEST, serve
from bot.app import App, Edges, open_app
from bot.clock import system_clock
from bot.settings import Settings
from watchers.fetchers.guard import Guard
from watchers.fetchers.http import HttpFetcher, Limits
from watchers.fetchers.polite import PoliteFetcher, Retry
from watchers.fetchers.politeness import Politeness
from watchers.fetchers.robots import Robots
from watchers.model import Document, Look, Part, Platform

LIMITS = Limits(seconds=4.0, connect=1.0, idle=2.0, size=10_000_000)
BOUND = 20.0
"""Seconds a look may take before we call it stuck: three attempts of four seconds, and reading."""


@asynccontextmanager
async def opened(platform: Platform, seen: list[Look]) -> AsyncIterator[App]:
    """Open the application on an empty database, with two workers that have no patience."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))

    async def hear(look: Look) -> None:
        seen.append(look)

    async with AsyncExitStack() as closing:
        folder = closing.enter_context(tempfile.TemporaryDirectory())
        https = [
            await closing.enter_async_context(HttpFetcher(GUARD, "clausewatch/bench", limits=LIMITS)) for _ in "ab"
        ]
        manners = (Politeness(gap=0, together=8), Robots("clausewatch", ignored=("*",)))
        fetchers = [PoliteFetcher(http, http.get, *manners, retry=Retry(2, 0.1, 0.2)) for http in https]
        settings = Settings(_env_file=None, database_url=f"sqlite:///{Path(folder) / 'bench.db'}")
        edges = Edges(system_clock, (), (platform,), fetchers=fetchers, seen=(hear,))
        yield await closing.enter_async_context(open_app(settings, edges))


GUARD = Guard(allow_loopback=True)


async def look_at(app: App, name: str, seen: list[Look]) -> tuple[Look | None, float]:
    """Look once at one document; return the look as recorded, or None if it did not end in time."""
    seen.clear()
    began = time.perf_counter()
    try:
        async with asyncio.timeout(BOUND):
            await app.watching.look_at(await app.archive.due((f"odd/{name}",)))
    except TimeoutError:
        return None, BOUND
    return seen[-1], time.perf_counter() - began


async def run(only: str) -> None:
    """Print a line for each answer."""
    names = [name for name in ANSWERS if only in name]
    seen: list[Look] = []
    async with serve() as base:
        asked = [*(name for name in names if name != HONEST), HONEST]
        addresses = {name: f"{base}/{name}" for name in names}
        addresses[HONEST] = (
            f"{base.replace('127.0.0.1', 'localhost')}/{HONEST}"  # another host: the last asked for a year
        )
        documents = tuple(
            Document(f"odd/{name}", "odd", "Terms of Service", (Part(address),)) for name, address in addresses.items()
        )
        async with opened(Platform("odd", "Odd", documents=documents), seen) as app:
            print("| answer | outcome | health | reason recorded | s |\n|---|---|---|---|---|")
            for name in asked:
                look, seconds = await look_at(app, name, seen)
                told = [look.outcome, look.verdict.health, look.reason] if look else ["STUCK", "", ""]
                told[2] = told[2].replace(base, "").replace("|", " ")
                print(f"| {name} | {' | '.join(told)} | {seconds:.1f} |")
                kept = (await app.archive.looks(f"odd/{name}", noisy=False))[-1:]
                if not kept:
                    print(f"NOT RECORDED: {name}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="only the answers with this word in their name")
    asyncio.run(run(parser.parse_args().only))

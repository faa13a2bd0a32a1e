"""What watching costs: CPU per document and memory, the whole way from the claim to what is recorded.

    python -m bench.watching SNAPSHOTS.git [--documents 200] [--rounds 3] [--scale 1000 10000]

The real application (SQLite in a temporary folder) looks at real pages on loopback, served gzipped by another
process. CPU is that of this process alone, all threads; a figure is the median of the rounds of a pass.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import multiprocessing as mp
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

import structlog
from sqlalchemy import update

from bench.watching_pages import GENERATED, Mode, PagesProcess
from bot.app import App, Edges, open_app
from bot.clock import SteppedClock
from bot.process.collector import collect_seldom
from bot.settings import Settings
from storage.archive import declarations
from storage.archive.models import SightRow, table
from watchers.model import Document, Outcome, Part, Platform

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
ALL_DUE = timedelta(hours=25)
REAL_FIRST_LOOKS = 1_000
"""Up to so many generated documents are looked at for the first time for real; more are set up as if they had been."""


class Pass(NamedTuple):
    """One pass over all documents."""

    milliseconds: float
    outcomes: Counter[Outcome]


class Scale(NamedTuple):
    """What so many generated documents cost: ms a document, and MB at the highest."""

    documents: int
    first: float | None
    unchanged: float
    megabytes: float


@asynccontextmanager
async def opened(port: int, platforms: tuple[Platform, ...], clock: SteppedClock) -> AsyncIterator[App]:
    """Open the application with these documents, on an empty database, as quiet as it is by default."""
    collect_seldom()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, database_url=f"sqlite:///{Path(folder) / 'bench.db'}")
        edges = Edges(clock, (), platforms, allow=(f"127.0.0.1:{port}",), gap=0)
        async with open_app(settings, edges) as app:
            yield app


def documents(port: int, folder: str, begin: int, end: int, types: tuple[str, ...]) -> tuple[Platform, ...]:
    """Declare the documents from `begin` up to `end`, ten a platform."""
    found = []
    for first in range(begin, end, 10):
        name = f"platform-{first // 10:05}"
        own = tuple(
            Document(f"{name}/d{n}", name, types[n % len(types)], (Part(f"http://127.0.0.1:{port}/{folder}{n}"),))
            for n in range(first, min(first + 10, end))
        )
        found.append(Platform(name, name, documents=own))
    return tuple(found)


async def tick(app: App, clock: SteppedClock) -> Pass:
    """Look at everything once, and return the CPU milliseconds a document."""
    clock.step(ALL_DUE)
    began = time.process_time()
    outcomes = await app.watching.tick()
    return Pass(1000 * (time.process_time() - began) / max(1, outcomes.total()), outcomes)


def megabytes() -> float:
    """Return the highest resident memory of this process so far, in MB."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


async def real(server: PagesProcess, rounds: int) -> None:
    """Print the passes over real pages."""
    clock = SteppedClock(MIDNIGHT)
    platforms = documents(server.port, "", 0, server.pages, ("Privacy Policy", "Terms of Service"))
    async with opened(server.port, platforms, clock) as app:
        _print("first look", [await tick(app, clock)])
        _print("304", [await tick(app, clock) for _ in range(rounds)])
        for name, modes in _passes(rounds).items():
            passes = []
            for mode in modes:
                server.serve(mode)
                passes.append(await tick(app, clock))
            _print(name, passes)
    print(f"resident memory at the highest: {megabytes():.0f} MB")


def _passes(rounds: int) -> dict[str, list[Mode]]:
    turns = range(1, rounds + 1)
    return {
        "same bytes": [Mode(validators=False) for _ in turns],
        "bytes differ, words do not": [Mode(0, turn, validators=False) for turn in turns],
        "one paragraph changed": [Mode(turn, rounds + turn, validators=False) for turn in turns],
    }


def _print(name: str, passes: list[Pass]) -> None:
    outcomes = sum((each.outcomes for each in passes), Counter[Outcome]())
    seen = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
    print(f"{name:28} {median(each.milliseconds for each in passes):7.2f} ms   ({seen})", flush=True)


def scale(port: int, count: int) -> Scale:
    """Measure so many generated documents, due in turn; in a process of its own for the sake of its memory."""
    return asyncio.run(_scale(port, count))


async def _scale(port: int, count: int) -> Scale:
    clock = SteppedClock(MIDNIGHT)
    async with opened(port, (), clock) as app:
        await _declare(app, port, count)
        first = (await tick(app, clock)).milliseconds if count <= REAL_FIRST_LOOKS else None
        if first is None:
            await _as_if_looked_at(app)
        unchanged = await tick(app, clock)
        assert unchanged.outcomes == {Outcome.UNCHANGED: count}, unchanged.outcomes
    return Scale(count, first, unchanged.milliseconds, megabytes())


async def _declare(app: App, port: int, count: int) -> None:
    """Declare generated documents a few at a time, so that the declarations themselves take no memory."""
    for first in range(0, count, 1000):
        some = documents(port, "generated/", first, min(count, first + 1000), ("Terms of Service",))
        async with app.database.write() as connection:
            for platform in some:
                await declarations.put_platform(connection, platform)
                for document in platform.documents:
                    await declarations.put_document(connection, document)


async def _as_if_looked_at(app: App) -> None:
    async with app.database.write() as connection:
        known = {"etags": (GENERATED,), "modified": ("",)}
        await connection.execute(update(table(SightRow)).values(known))


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("repository", type=Path)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", type=int, nargs="*", default=[])
    asked = parser.parse_args()
    if asked.documents:
        server = PagesProcess(asked.repository, asked.documents, asked.rounds)
        print(f"{server.pages} real pages; CPU milliseconds a document, median of {asked.rounds} rounds")
        asyncio.run(real(server, asked.rounds))
        server.stop()
    server = PagesProcess()
    for count in asked.scale:
        with ProcessPoolExecutor(1, mp_context=mp.get_context("spawn")) as alone:
            found = alone.submit(scale, server.port, count).result()
        first = f"{found.first:.2f} ms" if found.first is not None else "-"
        print(f"{count:7} generated: first {first}, 304 {found.unchanged:.2f} ms, {found.megabytes:.0f} MB", flush=True)
    server.stop()


if __name__ == "__main__":
    main()

"""Throughput of one, two and four workers on one PostgreSQL, and what is left in the database after them.

    python -m bench.workers [--channels 400] [--rounds 3] [--workers 1 2 4]

Workers are processes of the real path (ticks, engine, looks, deliveries), forked with everything imported. Pages on
loopback change for a round at a time, all documents are due at once, and every channel watches everything; the chat is
a stand-in that keeps what it took and answers after `bench/kills_world.Keeping`'s pauses (75 ms on average). For each
number of workers a database of its own: looks and deliveries a second, what came twice, jobs queued and left,
rows and size of the queue's tables after the first and after the last round.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text, update

from bench.kills_world import begin_quietly, opening, prepare, turn
from bot.app import open_app
from bot.worlds.pages import Pages
from storage.archive.models import SightRow, table
from storage.database.columns import EPOCH
from storage.database.connection import Database, open_database
from tests import postgres

HOSTS = 8
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["bench.kills_world"])
OPEN = "('due', 'sending', 'retry', 'uncertain')"


@dataclass
class Round:
    """How one round went: seconds until all were looked at, and until all was told."""

    looked: float
    told: float
    deliveries: int


@dataclass
class Run:
    """One number of workers on one database."""

    database: Database
    pages: list[Pages]
    rounds: list[Round] = field(default_factory=list)

    async def count(self, question: str) -> int:
        """Return a number from the database."""
        async with self.database.read() as connection:
            return int((await connection.execute(text(question))).scalar() or 0)

    async def round(self, number: int) -> None:
        """Let all pages change, and wait until everybody is told."""
        turn(self.pages, number)
        before, deliveries = await self.count("SELECT count(*) FROM version"), await self.count(DELIVERIES)
        documents = await self.count("SELECT count(*) FROM sight WHERE next_look IS NOT NULL")
        async with self.database.engine.begin() as connection:
            sight = table(SightRow)
            await connection.execute(update(sight).values(next_look=EPOCH, taken_until=None))
        began = time.monotonic()
        while await self.count("SELECT count(*) FROM version") < before + documents:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        looked = time.monotonic() - began
        while await self.count(f"SELECT count(*) FROM delivery WHERE state IN {OPEN}"):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        told = time.monotonic() - began
        self.rounds.append(Round(looked, told, await self.count(DELIVERIES) - deliveries))

    async def queue(self) -> str:
        """Say what the queue holds and how large its tables are."""
        jobs, events, workers = [await self.count(f"SELECT count(*) FROM procrastinate_{name}") for name in QUEUE]
        size = await self.count(f"SELECT {' + '.join(SIZE.format(name) for name in QUEUE)}")
        queued = await self.count("SELECT last_value FROM procrastinate_jobs_id_seq")
        return f"{queued} jobs queued so far, {jobs} kept, {events} events, {workers} workers, {size // 1024} kB"


DELIVERIES, QUEUE = "SELECT count(*) FROM delivery", ("jobs", "events", "workers")
SIZE = "pg_total_relation_size('procrastinate_{}')"


async def measure(workers: int, channels: int, rounds: int) -> None:
    """Run so many workers on a database of their own, and print how it went."""
    pages = [Pages() for _ in range(HOSTS)]
    for each in pages:
        await each.start()
    hosts = [each.host for each in pages]
    with tempfile.TemporaryDirectory() as name, postgres.running() as url:
        folder = Path(name)
        turn(pages, 0)
        await prepare(url, folder, hosts, channels)
        running = [FORKS.Process(target=begin_quietly, args=(url, folder, hosts)) for _ in range(workers)]
        for process in running:
            process.start()
        run = Run(await open_database(url, guest=True), pages)
        while started(folder) < workers:  # noqa: ASYNC110 - nobody tells us
            await asyncio.sleep(0.1)
        while await run.count("SELECT count(*) FROM version") < HOSTS * 2:  # noqa: ASYNC110 - nobody tells us
            await asyncio.sleep(0.2)
        cpu = seconds(running)
        for number in range(1, rounds + 1):
            await run.round(number)
            if number == 1:
                first = await run.queue()
        spent = seconds(running) - cpu
        await asyncio.sleep(40)  # a reaper's round or two
        last = await run.queue()
        for process in running:
            process.terminate()
        for process in running:
            await asyncio.to_thread(process.join)
        await run.database.close()
        received = Counter((folder / "received").read_text().split())
        settings, edges = opening(url, folder, hosts)
        async with open_app(settings, edges) as app:
            kept = await app.ledger.counts()
    for each in pages:
        await each.stop()
    told = sum(each.deliveries for each in run.rounds)
    print(
        f"{workers} workers: {told} deliveries of {rounds * HOSTS * 2} changes; all looked at after "
        f"{', '.join(f'{each.looked:.1f}' for each in run.rounds)} s, all told after "
        f"{', '.join(f'{each.told:.1f}' for each in run.rounds)} s: "
        f"{told / sum(each.told for each in run.rounds):.0f} deliveries a second in {len(received)} messages, "
        f"{spent:.0f} s of CPU; twice: {sum(count > 1 for count in received.values())}; {kept}\n"
        f"  queue after the first round: {first}\n  after the last: {last}",
        flush=True,
    )


def started(folder: Path) -> int:
    """Return how many workers are up."""
    return len(list(folder.glob("ready-*")))


def seconds(running: Iterable[multiprocessing.process.BaseProcess]) -> float:
    """Return the seconds of CPU that processes have used."""
    total = 0
    for process in running:
        told = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(told[11]) + int(told[12])
    return total / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--channels", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    asked = parser.parse_args()
    for number in asked.workers:
        asyncio.run(measure(number, asked.channels, asked.rounds))

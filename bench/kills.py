"""kill -9 at random moments: `python -m bench.kills --kills 300` (SQLite), `… --postgres --workers 4`.

Processes run the real path (ticks, engine, looks, deliveries) against pages that change without end; their chat is a
stand-in that keeps what it received in a file, as a chat network would. They are killed at random moments, also while
they start, and replaced by others. In the end they are left to finish. Every delivery must then have been received
once: lost ones and doubled ones are counted. Posts the stand-in took although nobody heard its answer are the point.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import text

from bench.kills_world import begin, opening, prepare, turn
from bot.app import App, open_app
from bot.worlds.pages import Pages
from storage.database.connection import open_database
from storage.deliveries.delivery import State
from storage.deliveries.ledger import Ledger
from tests import postgres

HOSTS, ROOMS = 8, 30
MOMENT = 1.2  # seconds of CPU after which a process is dead at the latest
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["bench.kills_world"])
OPEN = (State.DUE, State.SENDING, State.RETRY, State.UNCERTAIN)


@dataclass
class Run:
    """One installation: what it works on and how far it has come."""

    url: str
    folder: Path
    hosts: list[str]
    kills: int
    killed: int = 0
    early: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def start(self) -> BaseProcess:
        """Start a process, forked from one that has everything imported: else most of the time would go there."""
        process = FORKS.Process(target=begin, args=(self.url, self.folder, self.hosts))
        process.start()
        return process

    async def slot(self) -> None:
        """Keep one process going, kill it again and again, and let the last one finish."""
        while self.killed < self.kills:
            self.killed += 1
            running = self.start()
            end = time.monotonic() + 30
            moment = random.random() * MOMENT  # in CPU, as a busy machine starves processes
            while cpu_of(running.pid) < moment and time.monotonic() < end:  # noqa: ASYNC110 - nobody tells us
                await asyncio.sleep(0.02)
            self.early += not (self.folder / f"ready-{running.pid}").exists()
            running.kill()
            await asyncio.to_thread(running.join)
        last = self.start()
        await self.done.wait()
        last.terminate()
        await asyncio.to_thread(last.join)


def cpu_of(process: int | None) -> float:
    """Return the seconds of CPU a process has used, or endless ones when it is gone."""
    try:
        told = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return float("inf")
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


async def parent(run: Run, pages: list[Pages], workers: int) -> None:
    """Prepare, kill, wait until all is settled, count."""
    began = time.monotonic()
    turn(pages, 0)
    await prepare(run.url, run.folder, run.hosts, ROOMS)
    slots = [asyncio.ensure_future(run.slot()) for _ in range(workers)]
    step = 0
    while run.killed < run.kills:
        await asyncio.sleep(0.5)
        step += 1
        turn(pages, step)
        if step % 60 == 0:
            print(f"  {run.killed} kills after {time.monotonic() - began:.0f} s", flush=True)
    await settled(run)
    run.done.set()
    await asyncio.gather(*slots)
    settings, edges = opening(run.url, run.folder, run.hosts)
    async with open_app(settings, edges) as app:
        await report(app, run, workers, step)
    print(f"{time.monotonic() - began:.0f} s")


async def settled(run: Run, patience: int = 300) -> None:
    """Wait until nothing is due any more; looking needs no lock."""
    database = await open_database(run.url, readonly=True)
    ledger = Ledger(database)
    still = 0
    for _ in range(patience):
        await asyncio.sleep(1)
        counts = await ledger.counts()
        still = 0 if any(counts.get(state) for state in OPEN) else still + 1
        if still > 20:  # a look that was under way may still bring a change
            break
    await database.close()


async def report(app: App, run: Run, workers: int, turns: int) -> None:
    """Compare what was recorded with what was received."""
    async with app.database.read() as connection:
        rows = (await connection.execute(text("SELECT id, state, receipt, lead, attempts FROM delivery"))).all()
        changes = (await connection.execute(text("SELECT count(*) FROM change"))).scalar_one()
        kept = "SELECT (SELECT count(*) FROM procrastinate_jobs), (SELECT last_value FROM procrastinate_jobs_id_seq)"
        jobs = None if app.database.sqlite else (await connection.execute(text(kept))).one()
    kept_file = run.folder / "received"
    received = Counter(kept_file.read_text().split() if kept_file.exists() else ())
    due = [row for row in rows if row.state in OPEN]  # they came after all was settled, and wait for the next process
    lost = [row for row in rows if row.receipt not in received and row not in due]
    doubled = [delivery for delivery, count in received.items() if count > 1]
    strange = set(received) - {row.receipt for row in rows}
    again = sum(row.attempts > 1 for row in rows if row.lead is None)
    print(f"{run.killed} kills ({run.early} of them while starting) of {workers} processes,")
    print(f"pages turned {turns} times: {changes} changes, {len(rows)} deliveries in {len(received)} messages,")
    print(f"{again} messages taken up again after a kill;")
    print(f"{len(lost)} lost, {len(doubled)} doubled, {len(strange)} unknown, {len(due)} still due")
    if jobs is not None:
        print(f"jobs: {jobs[1]} were queued, {jobs[0]} are left in the database")
    for row in lost:
        print("  not received:", row)


@contextlib.contextmanager
def database(on_postgres: bool, folder: Path) -> Iterator[str]:
    """Yield the address of an empty database."""
    if on_postgres:
        with postgres.running() as url:
            yield url
    else:
        yield f"sqlite:///{folder}/kills.db"


async def main(kills: int, on_postgres: bool, workers: int) -> None:
    """Run one table row."""
    pages = [Pages() for _ in range(HOSTS)]
    for each in pages:
        await each.start()
    with tempfile.TemporaryDirectory() as name, database(on_postgres, Path(name)) as url:
        await parent(Run(url, Path(name), [each.host for each in pages], kills), pages, workers)
    for each in pages:
        await each.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--workers", type=int, default=4)
    asked = parser.parse_args()
    asyncio.run(main(asked.kills, asked.postgres, asked.workers if asked.postgres else 1))

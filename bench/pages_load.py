"""Measures the pages: 50 readers at once on a 100 KB policy with 100 versions, SQLite, served over loopback.

    python -m bench.pages_load [--readers 50] [--pause 1.0] [--seconds 20]

The archive is made up here: one policy of 100 KB whose 100 versions differ by a sentence each, written through
the recorder; beside it a few small ones. The site runs in a process of its own. Readers ask for all kinds of
pages with different queries, first without a pause (as fast as answers come), then with one between two pages, as
people read. Also told: the bytes of each page, as it is and packed, with its style.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import multiprocessing
import os
import random
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from bot.pages.publishing import site_routes
from bot.pages.shelf import Shelf
from bot.process.serving import Serving
from bot.process.web import web_app
from storage.archive.archive import Archive
from storage.archive.proofs import Proofs
from storage.archive.search import Search
from storage.database.connection import open_database
from watchers.model import Document, Outcome, Part, Past, Platform, Snapshot, Version
from watchers.pipeline import examine

START = datetime(2020, 1, 6, 9, tzinfo=UTC)
DOCUMENT = "wren/privacy-policy"
VERSIONS, SIZE = 100, 100_000
TELLING = (
    "We may use the photographs you upload to train our machine learning models, unless you opt out.",
    "We share your data with service providers who act for us, and with nobody else without your consent.",
    "We keep your messages for ninety days after you close your account.",
    "Disputes are settled by binding arbitration, and you waive the right to a class action.",
    "We use cookies to remember your language and to measure how often a page is read.",
)
PLAIN = (
    "The service is made of several parts, and some of them have pages of their own that say more.",
    "Where a word is written with a capital letter, the first section says what it means here.",
    "The examples below are there to make a rule easier to read and do not narrow it.",
    "What is said of an album holds for a playlist, a folder and a shared list in the same way.",
    "Some of these features are not there in every country, or come later in some of them.",
)
"""A third of the sections say something that is recognised; in real policies it is about as many."""


@dataclass(frozen=True)
class Answer:
    """One answer: what was asked, how long it took in milliseconds, its status."""

    path: str
    took: float
    status: int


def policy(edition: int) -> bytes:
    """Write one edition of the policy: in each a hundredth of the sections names its own number."""
    parts, size, number = ["<html><body><main><h1>Privacy Policy</h1>"], 0, 0
    while size < SIZE:
        number += 1
        dice = random.Random(number)
        said = " ".join(dice.choices(PLAIN, k=4)) + f" This is section {number} of our policy."
        if number % 3 == 0:
            said = f"{dice.choice(TELLING)} {said}"
        if number % VERSIONS == edition % VERSIONS or edition > number:
            said += f" From edition {min(edition, number)} on we keep it for {10 + number} days."
        parts.append(f"<h2>{number}. Section {number}</h2><p>{said}</p>")
        size += len(said)
    return "".join((*parts, "</main></body></html>")).encode()


async def fill(folder: Path) -> None:
    """Record the versions, one a month."""
    database = await open_database(f"sqlite:///{folder}/pages.db")
    archive = Archive(database)
    part = Part("https://wren.example/privacy")
    document = Document(DOCUMENT, "wren", "Privacy Policy", (part,))
    await archive.sync_catalogue((Platform("wren", "Wren", documents=(document,)),), START)
    for edition in range(VERSIONS):
        at = START + timedelta(days=20 * edition)
        (due,) = await archive.due([DOCUMENT])
        page = Snapshot(part.address, part.address, 200, (), "text/html", policy(edition), at)
        past = await archive.past(DOCUMENT) if edition else Past()
        look = examine(due, (page,), past, at)
        assert look.outcome in (Outcome.FIRST, Outcome.CHANGED, Outcome.HELD), look.outcome
        await archive.record(look)
    await database.close()


def serve(folder: str, port: multiprocessing.Queue[int]) -> None:
    """Serve the site until killed."""

    async def go() -> None:
        database = await open_database(f"sqlite:///{folder}/pages.db", readonly=True)
        shelf = Shelf(Archive(database), Search(database))
        routes = site_routes(shelf, "http://127.0.0.1", proofs=Proofs(database))
        serving = Serving(web_app(routes), "127.0.0.1", 0)
        await serving.start()
        port.put(serving.port)
        await asyncio.Event().wait()

    asyncio.run(go())


async def paths(folder: Path) -> list[str]:
    """Return the pages that are asked for: every kind, all changes and versions."""
    database = await open_database(f"sqlite:///{folder}/pages.db", readonly=True)
    archive = Archive(database)
    changes = await archive.changes(document=DOCUMENT, limit=200)
    versions = await archive.versions(DOCUMENT)
    latest = await archive.latest(DOCUMENT)
    assert isinstance(latest, Version)
    print(f"{len(versions)} versions, {len(changes)} changes, the text has {len(latest.text):,} characters")
    await database.close()
    fixed = ["/platforms", "/platforms/wren", f"/documents/{DOCUMENT}", "/changes", "/provisions", "/search?q=train"]
    fixed += ["/provisions/ai_training", "/platforms/wren/provisions/ai_training", "/compare?platform=wren"]
    redlines = [f"/changes/{change.id}" for change in changes]
    redlines += [f"/changes/{change.id}?whole=1" for change in changes[:20]]
    return [*fixed * 6, *redlines, *(f"/versions/{version.id}" for version in versions)]


async def weigh(client: httpx.AsyncClient, some: list[str]) -> None:
    """Tell the bytes of one page of each kind."""
    style = (await client.get("/static/style.css")).content
    seen: set[str] = set()
    for path in some:
        kind = path.split("/")[1].partition("?")[0] + ("?whole" if "whole" in path else "")
        kind += "/card" if path.count("/") == 4 else ""
        if kind not in seen:
            seen.add(kind)
            body = (await client.get(path)).content
            whole = len(body) + len(style)
            packed = len(gzip.compress(body + style))
            print(f"  {kind:20} {whole / 1000:7.1f} kB with its style, {packed / 1000:6.1f} packed")


async def read(client: httpx.AsyncClient, some: list[str], until: float, pause: float, answers: list[Answer]) -> None:
    """Be one reader: ask for page after page, packed as browsers do."""
    await asyncio.sleep(random.random() * pause)
    while time.monotonic() < until:
        path = random.choice(some)
        began = time.perf_counter()
        answer = await client.get(path)
        answers.append(Answer(path, 1000 * (time.perf_counter() - began), answer.status_code))
        if pause:
            await asyncio.sleep(pause * (0.5 + random.random()))


async def load(
    client: httpx.AsyncClient, some: list[str], readers: int, pause: float, seconds: float, server: int
) -> None:
    """Let readers read for some time, and tell how long answers took, and the CPU time of the server a page."""
    spent = cpu(server)
    answers: list[Answer] = []
    until = time.monotonic() + seconds
    await asyncio.gather(*(read(client, some, until, pause, answers) for _ in range(readers)))
    took = sorted(answer.took for answer in answers)
    bad = sum(answer.status != 200 for answer in answers)
    p95, p99 = took[int(len(took) * 0.95)], took[int(len(took) * 0.99)]
    print(
        f"{readers} readers, {pause:g} s between pages: {len(took)} pages in {seconds:.0f} s, {bad} not 200; median "
        f"{statistics.median(took):.1f}, p95 {p95:.1f}, p99 {p99:.1f}, longest {took[-1]:.0f} ms; "
        f"{1000 * (cpu(server) - spent) / len(took):.2f} ms of CPU a page"
    )


def cpu(process: int) -> float:
    """Return the seconds of CPU a process has used, after Linux' proc(5)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(folder: Path, port: int, server: int, readers: int, pause: float, seconds: float) -> None:
    """Ask for one page of each kind, then under load: first with nothing kept yet, then again, then without a pause."""
    some = await paths(folder)
    limits = httpx.Limits(max_connections=readers, max_keepalive_connections=readers)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=limits, timeout=60) as client:
        await weigh(client, some)
        await load(client, some, readers, pause, seconds, server)
        for path in dict.fromkeys(some):
            await client.get(path)
        print("after every page was asked for once:")
        await load(client, some, readers, pause, seconds, server)
        await load(client, some, readers, 0, seconds / 2, server)


def main() -> None:
    """Run it all."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--readers", type=int, default=50)
    arguments.add_argument("--pause", type=float, default=1.0)
    arguments.add_argument("--seconds", type=float, default=20.0)
    given = arguments.parse_args()
    with TemporaryDirectory() as folder:
        asyncio.run(fill(Path(folder)))
        port: multiprocessing.Queue[int] = multiprocessing.Queue()
        server = multiprocessing.Process(target=serve, args=(folder, port), daemon=True)
        server.start()
        try:
            assert server.pid
            asyncio.run(measure(Path(folder), port.get(), server.pid, given.readers, given.pause, given.seconds))
        finally:
            server.kill()


if __name__ == "__main__":
    main()

"""Measures a day's load: 10,000 documents, 1,000 workspaces, 5,000 channels, 500 changes, on an SQLite file.

    python -m bench.load [--documents 10000] [--changes 500] [--pings 60]

The application as it is put together, with its recorder, outbox, ledger, engine and notifier; a stand-in takes the
place of the chat. Each channel watches ten platforms, one in a hundred watches all. Three things are measured:

1. Looks that found a change are recorded: seconds and CPU until all pings of a change are queued (in the transaction
   of its look), and whether a ping is there for every channel that watches.
2. The pings are posted for `--pings` seconds to a stand-in that allows a message a second and channel, and answers one
   post in fifty with a 429 and Retry-After: posts a second, and how often a channel came too early.
3. What is left is struck off, the digest of every channel is due at once: planned, composed and posted without limits.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, insert, select, update

from bench.load_chat import Limited
from bot.app import App, Edges, open_app
from bot.process.logs import set_up_logs
from bot.process.working import Working
from bot.settings import Settings
from storage.archive.models import SightRow, table
from storage.audience.models import ChannelRow, DeliveryRow, WatchRow, WorkspaceRow
from watchers.errors import FetchError
from watchers.model import Document, Fetched, Look, Outcome, Part, Past, Platform, Snapshot, Validators
from watchers.pipeline import examine

CHANNEL, DELIVERY, WATCH = table(ChannelRow), table(DeliveryRow), table(WatchRow)
WORKSPACE, SIGHT = table(WorkspaceRow), table(SightRow)
WORKSPACES, CHANNELS, WATCHED, EVERYTHING = 1_000, 5_000, 10, 100
ON_A_PLATFORM = 8
FAR = timedelta(days=7)  # further ahead would be taken for the work of a clock that was set back


class NoWeb:
    """Stands where the web would be; nobody may ask it."""

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        """Refuse."""
        raise FetchError("nothing is fetched here")


def platforms(documents: int) -> tuple[Platform, ...]:
    """Make up the platforms."""
    return tuple(
        Platform(
            f"wren-{p}",
            f"Wren {p}",
            documents=tuple(
                Document(f"wren-{p}/d{d}", f"wren-{p}", f"Terms {d}", (Part(f"https://wren-{p}.example/d{d}"),))
                for d in range(min(ON_A_PLATFORM, documents - p * ON_A_PLATFORM))
            ),
        )
        for p in range((documents + ON_A_PLATFORM - 1) // ON_A_PLATFORM)
    )


async def people(app: App, count: int, now: datetime) -> None:
    """Write workspaces, channels and watches down; their digests are far off."""
    rooms = [
        {
            "id": f"slack:T{n % WORKSPACES}/C{n}",
            "workspace": f"slack:T{n % WORKSPACES}",
            "chat": "slack",
            "foreign_id": f"C{n}",
            "rhythm": "daily",
            "weekday": 0,
            "hour": now.hour,
            "minute": now.minute,
            "zone": "UTC",
            "created_at": now - timedelta(days=1),
            "told_until": now - timedelta(days=1),
            "next_slot": now + FAR,
        }
        for n in range(CHANNELS)
    ]
    teams = [
        {"id": f"slack:T{n}", "chat": "slack", "foreign_id": f"T{n}", "plan": "professional", "created_at": now}
        for n in range(WORKSPACES)
    ]
    watches = [
        {"channel": room["id"], "platform": platform, "added_at": now - timedelta(hours=1)}
        for n, room in enumerate(rooms)
        for platform in watched(n, count)
    ]
    async with app.database.write() as connection:
        for rows, where in ((teams, WORKSPACE), (rooms, CHANNEL), (watches, WATCH)):
            await connection.execute(insert(where), rows)
        await connection.execute(update(SIGHT).values(next_look=now + FAR))


def watched(channel: int, count: int) -> list[str]:
    """Return the platforms a channel watches; an empty one means all."""
    return (
        [""] if channel % EVERYTHING == 0 else [f"wren-{(channel * 7 + one * 131) % count}" for one in range(WATCHED)]
    )


def page(document: str, days: int) -> bytes:
    """Write a page of some sixty clauses that says how long photographs are kept."""
    filler = "".join(
        f"<h2>{n}. Part {n}</h2><p>Section {n} of {document} says how albums, playlists and folders are shared, "
        "and which of the examples given below apply to which of them.</p>"
        for n in range(60)
    )
    keep = f"<p>We keep your photographs for {days} days after you close your account.</p>"
    return f"<html><body><main><h1>Terms</h1>{filler}{keep}</main></body></html>".encode()


async def looked(app: App, document: str, days: int) -> Look:
    """Return a look at a page, examined against what the archive remembers."""
    (due,) = await app.archive.due([document])
    (part,), now = due.document.parts, datetime.now(UTC)
    seen = Snapshot(part.address, part.address, 200, (), "text/html", page(document, days), now)
    past = await app.archive.past(document) if due.version else Past()
    look = examine(due, (seen,), past, now)
    assert look.outcome is (Outcome.CHANGED if due.version else Outcome.FIRST), look.outcome
    return look


async def record(app: App, documents: list[str]) -> None:
    """Record first looks, then changes, and print what the changes cost."""
    for document in documents:
        await app.archive.record(await looked(app, document, 30))
    taken, spent, examined = [], 0.0, 0.0
    for document in documents:
        before = time.process_time()
        look = await looked(app, document, 90)
        began, cpu = time.perf_counter(), time.process_time()
        await app.archive.record(look)
        taken.append(time.perf_counter() - began)
        spent, examined = spent + time.process_time() - cpu, examined + cpu - before
    queued = await count(app)
    taken.sort()
    print(
        f"recorded {len(documents)} changes, {queued:,} pings queued with their looks: {sum(taken):.1f} s "
        f"(longest {1000 * taken[-1]:.0f} ms, median {1000 * taken[len(taken) // 2]:.0f} ms), CPU {spent:.1f} s; "
        f"examining them before took {examined:.1f} s of CPU",
        flush=True,
    )


async def count(app: App, *which: object) -> int:
    """Return how many deliveries there are."""
    async with app.database.read() as connection:
        asked = select(func.count()).select_from(DELIVERY).where(*which)  # type: ignore[arg-type]
        return (await connection.execute(asked)).scalar_one()


async def post_pings(app: App, chat: Limited, seconds: float) -> None:
    """Post pings under the limits of a chat for a while, and print how it went."""
    chat.limited = True
    before, cpu, began = len(chat.posts), time.process_time(), time.perf_counter()
    await work(app, seconds, lambda: False)
    spent, taken = time.process_time() - cpu, time.perf_counter() - began
    posted = len(chat.posts) - before
    print(
        f"pings with limits: {posted:,} posts in {taken:.0f} s, {1000 * spent / max(posted, 1):.1f} ms of CPU a post; "
        f"{chat.told_to_wait} answered 429; came before the second or Retry-After was over: {chat.too_early}; "
        f"shortest time between two messages of a channel {chat.shortest:.2f} s; twice: {chat.twice}",
        flush=True,
    )


async def post_digests(app: App, chat: Limited, most: float) -> None:
    """Let the digest of every channel be due, and print how long it takes until all are posted."""
    chat.limited = False
    now = app.clock()
    async with app.database.write() as connection:
        await connection.execute(
            update(DELIVERY).where(DELIVERY.c.state != "sent").values(state="sent", settled_at=now)
        )
        await connection.execute(update(CHANNEL).values(next_slot=now, quiet_until=None))
    before, cpu, began = len(chat.posts), time.process_time(), time.perf_counter()
    planned = await app.ledger.plan_digests(app.clock())
    plan_cpu, plan_taken = time.process_time() - cpu, time.perf_counter() - began
    await work(app, most, lambda: len(chat.posts) - before >= planned)
    taken, spent = time.perf_counter() - began, time.process_time() - cpu
    print(
        f"digests: {planned:,} planned in {plan_taken:.1f} s (CPU {plan_cpu:.1f} s); {len(chat.posts) - before:,} "
        f"posted {taken:.0f} s after the slot, CPU {spent:.0f} s in all; twice: {chat.twice}",
        flush=True,
    )


async def work(app: App, seconds: float, done: Callable[[], bool]) -> None:
    """Let the application work as `clausewatch up` does, until done or for so many seconds."""
    working = Working(app, (), work=True)
    working.start()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until and not done():  # noqa: ASYNC110 - a twentieth of a second is exact enough
        await asyncio.sleep(0.05)
    with suppress(asyncio.CancelledError):
        await working.stop()


async def measure(file: Path, documents: int, changes: int, pings: float) -> None:
    """Do it all, in order."""
    set_up_logs("error")
    chat = Limited("slack")
    declared = platforms(documents)
    settings = Settings(_env_file=None, database_url=f"sqlite:///{file}", pictures="off")
    async with open_app(settings, Edges(chats=(chat,), platforms=declared, fetchers=(NoWeb(),))) as app:
        await people(app, len(declared), app.clock())
        every = [document.id for platform in declared for document in platform.documents]
        await record(app, every[:: max(len(every) // changes, 1)][:changes])
    async with open_app(settings, Edges(chats=(chat,), platforms=declared, fetchers=(NoWeb(),))) as app:
        await post_pings(app, chat, pings)
    async with open_app(settings, Edges(chats=(chat,), platforms=declared, fetchers=(NoWeb(),))) as app:
        await post_digests(app, chat, 1200)


def main() -> None:
    """Measure on a file of its own."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--documents", type=int, default=10_000)
    asked.add_argument("--changes", type=int, default=500)
    asked.add_argument("--pings", type=float, default=60, help="seconds in which pings are posted under limits")
    given = asked.parse_args()
    with TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder) / "load.db", given.documents, given.changes, given.pings))


if __name__ == "__main__":
    main()

"""kill -9 at random moments on SQLite: `python -m bench.kills --kills 100`.

A child process runs the real path (look, record, tell) against pages that change every round; its chat is a
stand-in that keeps what it received in a file of its own, as a chat network would. The parent kills it at a
random moment, again and again, and in the end lets it finish. Then every change must have been received once:
lost ones and doubled ones are counted. Posts the stand-in took although the child never heard so are the point.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bot.app import Edges, open_app
from bot.chats.port import Answer, Place, Request, Suggest
from bot.compose.message import Message
from bot.settings import Settings
from bot.worlds.pages import Page, Pages
from watchers.model import Document, Part, Platform

HERE = Place("console", "local", "terminal")
DOCUMENTS = 4


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
        """Take a message; the answer takes a while, as over a network."""
        with self._file.open("a") as kept:
            kept.write(f"{delivery}\n")
        await asyncio.sleep(random.random() * 0.02)
        return delivery

    async def edit(self, place: Place, receipt: str, message: Message) -> None:
        """Nothing is edited."""

    async def find(self, place: Place, delivery: str) -> str | None:
        """Look among what was taken."""
        return delivery if self._file.exists() and delivery in self._file.read_text().split() else None


def platform(host: str) -> Platform:
    """Return the platform whose pages the parent serves."""
    documents = tuple(
        Document(f"fernpost/d{n}", "fernpost", f"Terms {n}", (Part(f"http://{host}/d{n}"),)) for n in range(DOCUMENTS)
    )
    return Platform("fernpost", "Fernpost", documents=documents)


async def child(folder: Path, host: str) -> None:
    """Look and tell without end, as `clausewatch up` does."""
    settings = Settings(_env_file=None, database_url=f"sqlite:///{folder}/kills.db", workers=2)  # type: ignore[call-arg]
    edges = Edges(chats=(Keeping(folder / "received"),), platforms=(platform(host),), allow=(host,), gap=0)
    async with open_app(settings, edges) as app:
        await app.ledger.recover(app.clock())
        await app.commands.answer(Request(HERE, "you", "watch", "fernpost"))
        print("ready", flush=True)
        while True:
            due = await app.archive.due([document.id for document in platform(host).documents])
            await app.watching.look_at(due)
            await app.notifier.tick()
            (folder / "round").write_text(f"{max(int(d.document.id[-1]) for d in due)}")


async def parent(kills: int) -> None:
    """Serve, kill, count."""
    pages = Pages()
    await pages.start()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        step = 0
        turn(pages, step)
        for number in range(kills + 1):
            running = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bench.kills", "--child", name, pages.host), stdout=asyncio.subprocess.PIPE
            )
            assert running.stdout is not None
            await running.stdout.readline()
            left = random.random() * 1.5 if number < kills else 12.0
            while left > 0:
                step += left > 1.0 or number < kills  # the last child gets quiet pages in the end
                turn(pages, step)
                await asyncio.sleep(min(left, 0.3))
                left -= 0.3
            os.kill(running.pid, signal.SIGKILL)
            await running.wait()
        await report(folder, kills)
    await pages.stop()


def turn(pages: Pages, number: int) -> None:
    """Put up pages whose retention period is another one than before."""
    words = (
        "Fernpost runs a place to share postcards, and these terms say what you may expect of it and it of you. " * 12
    )
    for n in range(DOCUMENTS):
        body = f"<main><h1>Terms {n}</h1><p>{words}</p><p>We keep your photographs for {100 + number} days.</p></main>"
        pages.put(f"d{n}", Page(body.encode(), datetime.now(UTC)))


async def report(folder: Path, kills: int) -> None:
    """Compare what was recorded with what was received."""
    settings = Settings(_env_file=None, database_url=f"sqlite:///{folder}/kills.db")  # type: ignore[call-arg]
    async with open_app(settings, Edges(platforms=())) as app:
        channel = await app.audience.channel(HERE)
        told = await app.ledger.of_channel(channel.id)
    received = Counter((folder / "received").read_text().split())
    leads = [each for each in told if each.receipt]
    carried = {each.receipt for each in leads}
    lost = [each.id for each in told if not each.receipt]
    doubled = {delivery: count for delivery, count in received.items() if count > 1}
    print(f"{kills} kills: {len(told)} deliveries in {len(carried)} messages, {len(lost)} lost, {len(doubled)} doubled")
    for each in told:
        if not each.receipt:
            print("  not received:", each.id, each.kind, each.state, each.reason)


def main() -> None:
    """Run the parent, or one child."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--child", nargs=2)
    asked = parser.parse_args()
    if asked.child:
        asyncio.run(child(Path(asked.child[0]), asked.child[1]))
    else:
        asyncio.run(parent(asked.kills))


if __name__ == "__main__":
    main()

"""A disk that is really full, under the running application: `python -m bench.full_disk` (as root, on Linux).

A small tmpfs holds the database; a ballast file takes all that is left of it. Shown is what a person reads, that
nothing is lost or told twice, and that all goes on by itself once there is room. Without root: `--folder` names an
empty folder on a small filesystem of your own.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.app import App, Edges, open_app
from bot.chats.port import Place, Request
from bot.settings import Settings
from storage.database.connection import open_database
from storage.upkeep.backup import backup, restore
from tests.bot.reading import whole
from tests.fakes import FakeChat, FakeClock
from tests.simulation.pages import Edition
from watchers.errors import ClausewatchError
from watchers.model import Document, Fetched, Part, Platform, Snapshot, Validators

SIZE = "32m"
DOCUMENTS = 12
HERE = Place("fake", "T1", "C1")


@dataclass(slots=True)
class Pages:
    """A platform's pages: every edition of every document is long and its own."""

    clock: FakeClock
    edition: int = 100_000
    fetched: list[str] = field(default_factory=list)

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        """Serve a page that is as long as policies are."""
        long = "".join(f"<p>Rule {n} about parcel {n * 7919 + self.edition} stands here.</p>" for n in range(1500))
        body = Edition(self.edition).page("Fern").replace(b"</main>", f"{long}</main>".encode())
        headers = (("content-type", "text/html"),)
        return Fetched(
            Snapshot(part.address, part.address, 200, headers, "text/html", body, self.clock()), Validators()
        )


def main() -> None:
    """Fill the disk and tell what is seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with _small(asked.folder) as folder:
        asyncio.run(_shown(folder))
        print("left beside the database:", sorted(path.name for path in folder.iterdir()))


@contextmanager
def _small(folder: Path | None) -> Iterator[Path]:
    if folder:
        yield folder
        return
    with tempfile.TemporaryDirectory() as mounted:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", mounted], check=True)
        try:
            yield Path(mounted)
        finally:
            subprocess.run(["umount", "-l", mounted], check=True)


async def _shown(folder: Path) -> None:
    clock, chat = FakeClock(), FakeChat()
    pages, url = Pages(clock), f"sqlite:///{folder}/here.db"
    documents = tuple(
        Document(f"fern/d{n}", "fern", "Terms of Service", (Part(f"https://fern{n}.example/"),))
        for n in range(DOCUMENTS)
    )
    settings = Settings(_env_file=None, database_url=url, base_url="", workers=1)
    edges = Edges(clock, (chat,), (Platform("fern", "Fern", documents=documents),), fetchers=(pages,))
    async with open_app(settings, edges) as app:
        await app.commands.answer(Request(HERE, "U1", "watch", "fern"))
        await _tried("first looks", app.turn())
        with _no_room(folder):
            await _while_full(app, pages, clock, chat)
        clock.pass_by(hours=1)
        await _tried("room again: looks and pings", app.turn())
        for _ in range(DOCUMENTS):
            clock.pass_by(minutes=1)
            await app.tell()
        await _counted(app, chat)
    await _kept(folder, url)


async def _while_full(app: App, pages: Pages, clock: FakeClock, chat: FakeChat) -> None:
    """Let every page change while there is no room, and somebody type."""
    pages.edition += 1
    for hour in range(3):
        clock.pass_by(hours=7)
        await _tried(f"full, look {hour + 1}", app.turn())
    reply = await app.commands.answer(Request(HERE, "U1", "digest", "daily 08:00"))
    print("full, a person types /digest daily 08:00 and reads:", whole(reply.message).splitlines()[0])
    reply = await app.commands.answer(Request(HERE, "U1", "watches"))
    print("full, a person types /watches and reads:", whole(reply.message).splitlines()[0])
    print("full: told so far:", len(chat.in_place(HERE)))


async def _counted(app: App, chat: FakeChat) -> None:
    changes = await app.archive.changes(limit=1000)
    told = list(map(whole, chat.in_place(HERE)))
    print(f"{len(changes)} changes of {DOCUMENTS} archived, {len(told)} messages; {await app.ledger.counts()}")
    print("nothing lost, nothing twice:", len({change.document for change in changes}) == len(changes) == DOCUMENTS)


async def _kept(folder: Path, url: str) -> None:
    """Back up to, restore on and start on a disk without room."""
    with tempfile.TemporaryDirectory() as elsewhere:
        good = Path(elsewhere) / "good.db"
        await _tried("backup elsewhere", backup(url, good))
        with _no_room(folder):
            await _tried("full, backup there", backup(url, folder / "copy.db"))
            await _tried("full, restore there", restore(good, url))
            await _tried("full, start", _opened(url))
            await _tried("full, start with a new database", _opened(f"sqlite:///{folder}/new.db"))
        await _tried("room again: start", _opened(url))


async def _opened(url: str) -> str:
    database = await open_database(url)
    await database.close()
    return "opened"


async def _tried(what: str, task: object) -> None:
    try:
        came = await task  # type: ignore[misc]
        print(f"{what}: {dict(came) if hasattr(came, 'items') else came}")
    except ClausewatchError as error:
        print(f"{what}: {error}")


@contextmanager
def _no_room(folder: Path) -> Iterator[None]:
    """Take all that is left of the disk, to the last byte."""
    ballast = folder / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for size in (1 << 16, 1 << 10, 1):
            with suppress(OSError):
                while True:
                    file.write(b"x" * size)
    try:
        yield
    finally:
        ballast.unlink()


if __name__ == "__main__":
    main()

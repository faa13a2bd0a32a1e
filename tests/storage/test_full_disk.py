"""A disk without room: a sentence that says so, nothing half-written, and all goes on once there is room.

SQLite itself refuses here: to grow beyond a number of pages, or to write at all past a limit of the system.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from storage.archive.archive import Archive
from storage.audience.store import Audience
from storage.database.connection import Database, open_database
from storage.deliveries.delivery import Kind
from storage.deliveries.ledger import Ledger
from storage.upkeep.backup import backup, restore
from tests.storage.world import MEMORY, NOON, Place, after, changed, document, first, platform
from watchers.errors import StoreError

LONG = " ".join(f"Sentence {number} of a policy is like no other of {number * 7919} words." for number in range(9000))


@contextmanager
def full(database: Database) -> Iterator[None]:
    """Let the file grow no more."""

    def limit(connection: object, record: object, proxy: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA max_page_count=1")  # SQLite takes the present size for the least
        cursor.close()

    event.listen(database.engine.sync_engine, "checkout", limit)
    try:
        yield
    finally:
        event.remove(database.engine.sync_engine, "checkout", limit)
        await_room(database)


def await_room(database: Database) -> None:
    """Let later connections be new ones, without the limit."""
    database.engine.sync_engine.pool.dispose()
    database.engine.sync_engine.pool = database.engine.sync_engine.pool.recreate()


async def test_on_a_full_disk_a_look_is_refused_in_words_and_done_again_when_there_is_room(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/here.db")
    archive, ledger, audience = Archive(database, MEMORY), Ledger(database), Audience(database)
    await archive.sync_catalogue((platform(document("birdsong/privacy-policy")),), NOON)
    await archive.record(first("One."))
    channel = await audience.channel(Place(), NOON)
    await audience.watch(channel.id, "birdsong", now=NOON)
    with full(database):
        with pytest.raises(StoreError, match=r"disk of the database is full\. Nothing half-written was kept"):
            await archive.record(changed(LONG, after(hours=1)))
        assert await archive.changes() == ()
        assert await ledger.claim(after(hours=1)) == ()
    await archive.record(changed(LONG, after(hours=2)))
    assert [delivery.kind for delivery in await ledger.claim(after(hours=2))] == [Kind.PING]
    await database.close()


LIMITED = """
import asyncio, resource, sys
from pathlib import Path
from storage.upkeep.backup import backup, restore
from storage.database.connection import open_database
size, what, file, url = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
tasks = {"open": lambda: open_database(url), "backup": lambda: backup(url, Path(file)),
         "restore": lambda: restore(Path(file), url)}
try:
    asyncio.run(tasks[what]())
except Exception as error:
    print(type(error).__name__, error)
"""


def limited(size: int, what: str, file: Path, url: str) -> str:
    """Do something in a process that may write no file beyond a size, and return what was said."""
    command = [sys.executable, "-c", LIMITED, str(size), what, str(file), url]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout


async def test_a_start_on_a_disk_without_room_says_so_and_not_that_a_server_is_down(tmp_path: Path) -> None:
    said = limited(0, "open", tmp_path, f"sqlite:///{tmp_path}/new.db")
    assert said.startswith("StoreError The disk of the database is full or broken")
    await (await open_database(f"sqlite:///{tmp_path}/new.db")).close()


def test_a_backup_or_restore_that_finds_no_room_leaves_nothing_half_written(tmp_path: Path) -> None:
    here, kept, url = tmp_path / "here.db", tmp_path / "kept.db", f"sqlite:///{tmp_path}/here.db"
    asyncio.run(_made(url))
    before = here.read_bytes()
    assert "Nothing half-written was left" in limited(100_000, "backup", kept, url)
    assert not list(tmp_path.glob("kept*"))
    asyncio.run(backup(url, kept))
    assert "The database was left as it was" in limited(100_000, "restore", kept, url)
    assert here.read_bytes() == before
    assert not [*tmp_path.glob("*.restoring*"), *tmp_path.glob("*.before-restore*")]
    assert asyncio.run(restore(kept, url)) == tmp_path / "here.db.before-restore"


async def _made(url: str) -> None:
    await (await open_database(url)).close()

"""An installation is carried over, backed up and restored without losing a row."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from storage.archive.archive import Archive
from storage.archive.search import Search
from storage.audience.store import Audience
from storage.database import schema
from storage.database.connection import Database, open_database
from storage.deliveries.delivery import Sent
from storage.deliveries.ledger import Ledger
from storage.deliveries.webhooks import Webhooks
from storage.upkeep.backup import backup, restore
from storage.upkeep.moving import move
from tests.storage.conftest import emptied
from tests.storage.world import (
    MEMORY,
    NOON,
    Place,
    World,
    after,
    changed,
    document,
    finding,
    first,
    keep_secret,
    platform,
    touch,
)
from watchers.errors import StoreError

TEXT = "# Privacy\n\nWe keep songs.\n"
MORE = "# Privacy\n\nWe keep songs.\n\nWe train our models on songs.\n"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'home.db'}"


async def opened(url: str) -> World:
    database = await open_database(url)
    return World(database, Archive(database, MEMORY), Ledger(database), Audience(database))


@pytest.fixture
async def lived_in(url: str) -> str:
    """A database in which something of everything happened."""
    world = await opened(url)
    await world.archive.sync_catalogue((platform(),), NOON)
    channel = await world.audience.channel(Place(), NOON)
    await world.audience.watch(channel.id, now=NOON, person="ada")
    await world.audience.mute(channel.id, "otter", after(days=1))
    await keep_secret(world.database, "token")
    await Webhooks(world.database).add("console:home", "https://hooks.example/changes", NOON)
    await world.archive.record(first(TEXT))
    found = (finding(MORE, "We train our models"),)
    await world.archive.record(changed(MORE, after(hours=1), touches=(touch(),), findings=found))
    (delivery,) = await world.ledger.claim(after(hours=1), 9)
    await world.ledger.settle(delivery.id, Sent("m1"), after(hours=1))
    await world.ledger.ack(delivery.id, "ada", after(hours=2))
    await world.ledger.report(delivery.subject, channel.id, "bob", after(hours=2))
    await world.ledger.plan_digests(after(days=8))
    await world.database.close()
    return url


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[Database]:
    database = await open_database(postgres_url)
    await emptied(database)
    yield database
    await database.close()


async def test_an_installation_is_moved_to_postgresql_whole(
    lived_in: str, postgres_url: str, postgres: Database
) -> None:
    counts = await move(lived_in, postgres_url)
    assert counts["version"] == 2
    assert {name for name, count in counts.items() if not count} == {"outage", "root", "tally"}
    world = World(postgres, Archive(postgres, MEMORY), Ledger(postgres), Audience(postgres))
    latest = await world.archive.latest("birdsong/privacy-policy")
    assert latest is not None
    assert latest.text == MORE
    assert (await Search(postgres)("train models"))[0].text == "We train our models on songs."
    assert (await world.ledger.counts()) == {"sent": 1, "due": 1}
    channel = await world.audience.channel(Place())
    watch, new = await world.audience.watch(channel.id, "birdsong", now=after(days=9))
    assert new
    assert watch.id > 1, "numbers go on after those that were brought along"
    await world.archive.record(changed(TEXT, after(days=9)))
    assert len(await world.archive.changes()) == 2


async def test_an_installation_is_moved_into_an_empty_database_only(lived_in: str, tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path / 'other.db'}"
    await move(lived_in, target)
    with pytest.raises(StoreError, match="not empty"):
        await move(lived_in, target)


async def test_a_backup_is_made_while_the_database_runs_and_can_be_restored(lived_in: str, tmp_path: Path) -> None:
    world = await opened(lived_in)
    assert await backup(lived_in, tmp_path / "kept.db") > 0
    await world.archive.record(changed("Afterwards.", after(days=10)))
    with pytest.raises(StoreError, match="in use"):
        await restore(tmp_path / "kept.db", lived_in)
    await world.database.close()
    old = await restore(tmp_path / "kept.db", lived_in)
    restored = await opened(lived_in)
    latest = await restored.archive.latest("birdsong/privacy-policy")
    assert latest is not None
    assert latest.text == MORE
    await restored.database.close()
    assert old is not None
    before = await opened(f"sqlite:///{old}")
    assert len(await before.archive.changes()) == 2, "what was replaced is kept beside"
    await before.database.close()


async def test_a_backup_never_overwrites_and_a_damaged_one_is_refused(lived_in: str, tmp_path: Path) -> None:
    taken = tmp_path / "taken.db"
    taken.write_bytes(b"something")
    with pytest.raises(StoreError, match="exists already"):
        await backup(lived_in, taken)
    with pytest.raises(StoreError, match="no backup"):
        await restore(taken, lived_in)
    with pytest.raises(StoreError, match="There is no file"):
        await restore(tmp_path / "none.db", lived_in)
    with pytest.raises(StoreError, match="pg_dump"):
        await backup("postgresql://host/name", taken)
    with pytest.raises(StoreError, match="no database"):
        await backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "new.db")


@pytest.mark.parametrize(
    ("done", "said"),
    [
        ("CREATE TRIGGER gone AFTER INSERT ON change BEGIN DELETE FROM version; END", "by itself: trigger gone"),
        ("ALTER TABLE mute RENAME TO was; CREATE VIEW mute AS SELECT * FROM was", "by itself: view mute"),
        ("CREATE VIRTUAL TABLE more USING fts5(words)", "by itself: virtual table more"),
        ("DROP TABLE mention", "lacks the column change of mention"),
        ("ALTER TABLE ack DROP COLUMN at", "lacks the column at of ack"),
        ("DROP INDEX delivery_open", "lacks the index delivery_open of delivery"),
        ("UPDATE alembic_version SET version_num = '9999'", "newer Clausewatch"),
        ("UPDATE alembic_version SET version_num = x'00ff'", "newer Clausewatch"),
        ("DELETE FROM alembic_version", "no backup"),
        ("DROP TABLE alembic_version; CREATE VIEW alembic_version AS SELECT '0006' AS version_num", "by itself: view"),
    ],
)
async def test_a_backup_that_somebody_altered_is_refused(lived_in: str, tmp_path: Path, done: str, said: str) -> None:
    await backup(lived_in, tmp_path / "kept.db")
    with closing(sqlite3.connect(tmp_path / "kept.db")) as connection:
        connection.executescript(done)
    before = (tmp_path / "home.db").read_bytes()
    with pytest.raises(StoreError, match=said):
        await restore(tmp_path / "kept.db", lived_in)
    assert (tmp_path / "home.db").read_bytes() == before


@pytest.mark.parametrize("revision", schema.revisions()[:-1])
async def test_a_backup_of_an_older_program_is_restored_and_brought_up_to_date(tmp_path: Path, revision: str) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.begin() as connection:
        schema.create_at(connection, revision)
    engine.dispose()
    await restore(tmp_path / "old.db", f"sqlite:///{tmp_path / 'home.db'}")
    world = await opened(f"sqlite:///{tmp_path / 'home.db'}")
    assert await world.archive.changes() == ()
    await world.database.close()


async def test_words_altered_in_the_file_are_noticed_at_the_next_read(lived_in: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "home.db") as connection:
        packed = connection.execute("SELECT packed FROM blob WHERE kind = 'text' AND base IS NULL").fetchone()[0]
        altered = packed.replace(b"songs", b"bones")
        assert altered != packed
        connection.execute("UPDATE blob SET packed = ? WHERE packed = ?", (altered, packed))
    world = await opened(lived_in)
    with pytest.raises(StoreError, match="damaged"):
        await world.archive.latest("birdsong/privacy-policy")
    await world.database.close()


async def test_forgetting_a_workspace_leaves_nothing_of_it(lived_in: str, tmp_path: Path) -> None:
    world = await opened(lived_in)
    own = document("birdsong/house-rules", owner="console:home")
    await world.archive.add_document(own)
    await world.archive.record(first("Quiet hours from nine.", of=own.id))
    counts = await world.audience.forget("console:home")
    assert counts["watch"] == 1
    assert counts["document"] == 1
    assert await world.archive.latest("birdsong/privacy-policy") is not None
    await world.database.close()
    with sqlite3.connect(tmp_path / "home.db") as connection:
        dump = "\n".join(line for line in connection.iterdump() if "clause_words" not in line)
    assert "console:home" not in dump
    assert "ada" not in dump

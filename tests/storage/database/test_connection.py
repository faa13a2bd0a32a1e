"""Opening a database: the right one, the right schema, by one process, or a sentence that helps."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from storage.archive.models import Row
from storage.audience.store import Audience
from storage.database import schema
from storage.database.connection import Database, open_database
from watchers.errors import StoreError


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "not an address"),
        ("sqlite://clausewatch.db", "two slashes where a file.s name needs three"),
        ("mysql://host/name", "mysql"),
        ("sqlite:////no/such/folder/here.db", "cannot be written"),
        ("postgresql://me:secret@127.0.0.1:1/name", "does not answer"),
    ],
)
async def test_a_wrong_address_is_refused_with_what_to_do(url: str, sentence: str) -> None:
    with pytest.raises(StoreError, match=sentence) as refused:
        await open_database(url)
    assert "secret" not in str(refused.value)


async def test_a_database_of_a_newer_program_is_refused_untouched(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    await (await open_database(f"sqlite:///{file}")).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer Clausewatch"):
        await open_database(f"sqlite:///{file}")


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "photo.db"
    file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="damaged or no database"):
        await open_database(f"sqlite:///{file}")


async def test_a_second_process_is_refused_but_may_read(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    first = await open_database(url)
    with pytest.raises(StoreError, match=r"in use by process \d+"):
        await open_database(url)
    reader = await open_database(url, readonly=True)
    with pytest.raises(StoreError, match="readonly"):
        async with reader.write() as connection:
            await connection.execute(text("DELETE FROM look"))
    await reader.close()
    await first.close()
    await (await open_database(url)).close()


async def test_a_guest_writes_beside_the_process_that_works(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    guest = await open_database(url, guest=True)
    await guest.close()
    first = await open_database(url)
    guest = await open_database(url, guest=True)
    now = datetime(2026, 3, 2, tzinfo=UTC)
    await Audience(guest).workspace("console", "home", now=now)
    assert [each.id for each in await Audience(first).workspaces()] == ["console:home"]
    await guest.close()
    with pytest.raises(StoreError, match="in use"):
        await open_database(url)
    await first.close()


async def test_a_guest_does_not_migrate_under_the_process_that_works(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    first = await open_database(url)
    async with first.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(StoreError, match="older schema 0001"):
        await open_database(url, guest=True)
    await first.close()


async def test_reading_an_empty_database_says_to_migrate(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="clausewatch migrate"):
        await open_database(f"sqlite:///{tmp_path / 'empty.db'}", readonly=True)


async def test_an_error_undoes_the_whole_transaction(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'one.db'}")
    with pytest.raises(StoreError):
        await _insert_twice(database)
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM platform"))).scalar() == 0
    await database.close()


async def _insert_twice(database: Database) -> None:
    async with database.write() as connection:
        for _ in range(2):
            await connection.execute(text("INSERT INTO platform VALUES ('a', 'A', '[]', '', '')"))


def test_the_migrations_lead_to_the_schema_of_the_rows() -> None:
    engine = create_engine("sqlite://")
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        assert schema.revision(connection) == schema.revisions()[-1]
        context = MigrationContext.configure(connection, opts={"target_metadata": Row.metadata})
        assert [difference for difference in compare_metadata(context, Row.metadata) if _real(difference)] == []


async def test_what_waited_to_be_told_before_an_upgrade_keeps_its_words(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    engine, at = create_engine(url), "'2026-11-23 12:00:00'"
    with engine.begin() as connection:
        schema.create_at(connection, "0006")
        connection.execute(text("PRAGMA foreign_keys = off"))
        for number, (kind, state, attempts) in enumerate(WAITING):
            values = f"{number}, 'c', '{kind}', '{number}', '', '{state}', {at}, {at}, {attempts}, '', 'a login', false"
            connection.execute(
                text(
                    "INSERT INTO delivery (id, channel, kind, subject, platform, state, due_at, created_at, attempts, "
                    f"receipt, reason, late) VALUES ({values})"
                )
            )
    engine.dispose()
    database = await open_database(url)
    async with database.read() as connection:
        found = (await connection.execute(text("SELECT words, reason FROM delivery ORDER BY id"))).all()
    await database.close()
    assert list(map(tuple, found)) == [("a login", ""), ("a login", ""), ("", "a login"), ("", "a login")]


WAITING = (("blind", "due", 0), ("notice", "paused", 0), ("blind", "retry", 1), ("ping", "paused", 0))


def _real(difference: object) -> bool:
    return not any(table in str(difference) for table in ("sqlite_sequence", "clause_words"))  # SQLite's own

"""Backs the embedded database up while it runs, and puts a backup in its place when it does not.

PostgreSQL has tools of its own for this; here only SQLite is meant.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import StaticPool, create_engine

from storage.database import schema
from storage.database.address import file_of, parse
from storage.database.filelock import FileLock
from watchers.errors import StoreError

PAGES = 1000
"""How many pages are copied before writers get their turn."""

VIRTUAL = "virtual table"
ACTING = ("trigger", "view", VIRTUAL)
"""What runs statements or modules of its maker when a table is read or written."""

Part = tuple[str, str, str]


async def backup(url: str, target: Path) -> int:
    """Write a whole and consistent copy of a running database to a new file; return its bytes.

    Raises StoreError when the target exists, cannot be written, or the copy does not pass SQLite's check.
    """
    source = _file(url)
    return await asyncio.to_thread(_copy, source, target)


async def restore(source: Path, url: str) -> Path | None:
    """Put a backup in place of a database that is not running; return where the old one was kept.

    Raises StoreError when the backup is damaged, newer than the program or not of our making, or when the
    database is in use.
    """
    target = _file(url)
    await asyncio.to_thread(_refuse_foreign, source)
    lock = FileLock(target)
    lock.take()
    try:
        return await asyncio.to_thread(_replace, source, target)
    finally:
        lock.release()


def _file(url: str) -> Path:
    file = file_of(parse(url))
    if file is None:
        raise StoreError("Only an SQLite file can be backed up so; for PostgreSQL use pg_dump and pg_restore.")
    return file


def _copy(source: Path, target: Path) -> int:
    if target.exists():
        raise StoreError(f"{target} exists already; a backup never overwrites.")
    if not source.exists():
        raise StoreError(f"There is no database at {source}.")
    beside = target.with_name(target.name + ".part")
    try:
        beside.unlink(missing_ok=True)
        reading, writing = sqlite3.connect(source), sqlite3.connect(beside)
        try:
            reading.backup(writing, pages=PAGES)
        finally:
            reading.close()
            writing.close()
        _check(beside)
        return beside.replace(target).stat().st_size
    except (sqlite3.Error, OSError) as error:
        beside.unlink(missing_ok=True)
        raise StoreError(f"The backup to {target} failed: {error}. Nothing half-written was left.") from error


def _check(file: Path) -> str:
    """Return the revision of a file that holds together."""
    if not file.is_file():
        raise StoreError(f"There is no file {file}.")
    try:
        with closing(_reading(file)) as connection:
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, TypeError) as error:
        raise StoreError(f"{file} is no backup of a Clausewatch database: {error}.") from error
    if sound != "ok":
        raise StoreError(f"{file} is damaged: {sound}.")
    schema.refuse_newer(str(revision))
    return str(revision)


def _refuse_foreign(file: Path) -> None:
    """Raise StoreError unless a file is laid out as its revision is, with nothing in it that acts by itself."""
    revision = _check(file)
    with closing(_reading(file)) as connection:
        found = _layout(connection)
    expected = _expected(revision)
    missing = sorted(expected - found)
    acting = sorted(f"{what} {name}" for what, name, _ in found - expected if what in ACTING)
    if acting:
        raise StoreError(
            f"{file} holds what no Clausewatch writes and what would act by itself: {', '.join(acting[:3])}. "
            "Nothing was touched: restore a file that `clausewatch backup` wrote."
        )
    if missing:
        what, name, of = missing[0]
        lacks = f"the {what} {name}" + (f" of {of}" if of != name else "")
        raise StoreError(f"{file} lacks {lacks}, so it is no whole backup. Nothing was touched.")


def _expected(revision: str) -> frozenset[Part]:
    kept = sqlite3.connect(":memory:")
    engine = create_engine("sqlite://", creator=lambda: kept, poolclass=StaticPool)
    with engine.begin() as connection:
        schema.create_at(connection, revision)
    with closing(kept):
        return _layout(kept)


def _layout(connection: sqlite3.Connection) -> frozenset[Part]:
    """Return what a database consists of, as (what it is, its name, the table it belongs to)."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    found: set[Part] = set()
    for what, name, of, made in rows:
        virtual = what == "table" and (made or "").upper().startswith("CREATE VIRTUAL")
        found.add((VIRTUAL if virtual else what, name, of))
        if what == "table":
            columns = connection.execute("SELECT name FROM pragma_table_xinfo(?)", (name,)).fetchall()
            found |= {("column", column, name) for (column,) in columns}
    return frozenset(found)


def _reading(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")  # the file may come from anybody
    return connection


def _replace(source: Path, target: Path) -> Path | None:
    beside = target.with_name(target.name + ".restoring")
    kept = target.with_name(target.name + ".before-restore") if target.exists() else None
    try:
        _copy_over(source, beside)
        if kept:
            _copy_over(target, kept)
    except (sqlite3.Error, OSError) as error:
        for half in filter(None, (beside, kept)):
            half.unlink(missing_ok=True)
        raise StoreError(f"{source} could not be put in place: {error}. The database was left as it was.") from error
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    beside.replace(target)
    return kept


def _copy_over(source: Path, target: Path) -> None:
    # through SQLite, so that what still stands in the write-ahead log comes along
    target.unlink(missing_ok=True)
    reading, writing = sqlite3.connect(source), sqlite3.connect(target)
    try:
        reading.backup(writing)
    finally:
        reading.close()
        writing.close()

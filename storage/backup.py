"""Backs the embedded database up while it runs, and puts a backup in its place when it does not.

PostgreSQL has tools of its own for this; here only SQLite is meant.
"""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from storage import schema
from storage.address import file_of, parse
from storage.filelock import FileLock
from watchers.errors import StoreError

PAGES = 1000
"""How many pages are copied before writers get their turn."""


async def backup(url: str, target: Path) -> int:
    """Write a whole and consistent copy of a running database to a new file; return its bytes.

    Raises StoreError when the target exists, cannot be written, or the copy does not pass SQLite's check.
    """
    source = _file(url)
    return await asyncio.to_thread(_copy, source, target)


async def restore(source: Path, url: str) -> Path | None:
    """Put a backup in place of a database that is not running; return where the old one was kept.

    Raises StoreError when the backup is damaged or newer than the program, or the database is in use.
    """
    target = _file(url)
    _check(source)
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


def _check(file: Path) -> None:
    try:
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        try:
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
    except (sqlite3.Error, TypeError) as error:
        raise StoreError(f"{file} is no backup of a Clausewatch database: {error}.") from error
    if sound != "ok":
        raise StoreError(f"{file} is damaged: {sound}.")
    schema.refuse_newer(revision)


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

"""Opens the database: one address in, one `Database` out, the same for SQLite and PostgreSQL.

It knows connections and transactions, nothing of what is kept in them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from storage.database import schema
from storage.database.address import file_of, parse, shown
from storage.database.filelock import FileLock, InUseError
from storage.database.inline import creator
from watchers.errors import StoreError

PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers never wait for the writer
    "PRAGMA synchronous=NORMAL",  # survives a killed process; a power cut may cost the last moments, never the file
    "PRAGMA busy_timeout=10000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-8000",  # kilobytes of each connection
    "PRAGMA temp_store=MEMORY",
)


class Database:
    """Connections of one database. `write` is one transaction; `read` sees one consistent state.

    On SQLite writers queue inside the process, since waiting for the file's lock would hold up a thread.
    """

    def __init__(self, address: URL, engine: AsyncEngine, lock: FileLock | None) -> None:
        self.address = address
        self.engine = engine
        self.sqlite = address.get_backend_name() == "sqlite"
        self._lock = lock
        self._turn = asyncio.Lock() if self.sqlite else None
        self._alone = self.sqlite and file_of(address) is None

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection inside a transaction: committed at the end, undone by any error."""
        async with self._turn or nullcontext():
            with _wrapped():
                async with self.engine.connect() as connection:
                    await connection.execution_options(immediate=True)
                    async with connection.begin():
                        yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection for reading."""
        turn = self._turn if self._alone and self._turn else nullcontext()
        async with turn:
            with _wrapped():
                async with self.engine.connect() as connection:
                    yield connection

    async def close(self) -> None:
        """Close all connections and let the next process in."""
        await self.engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def __str__(self) -> str:
        return shown(self.address)


async def open_database(url: str, *, readonly: bool = False, guest: bool = False, pool_size: int = 5) -> Database:
    """Open the database at `url`, bring its schema up to date, and return it.

    `readonly` neither locks nor migrates: for commands that look at a running installation. A `guest` may write a row
    or two beside the process that works on an SQLite file: it takes the file's lock and migrates only where nobody
    has it. Raises StoreError when the address is wrong, the server does not answer, the file is in use by another
    process, or the database is newer than the program.
    """
    address = parse(url)
    lock = None if readonly else _lock(address, guest)
    looks_only = readonly or (guest and lock is None and file_of(address) is not None)
    engine = _engine(address, readonly, pool_size)
    try:
        with _wrapped(address):
            async with engine.begin() as connection:
                await connection.run_sync(schema.check if looks_only else schema.prepare)
    except BaseException:
        await engine.dispose()
        if lock is not None:
            lock.release()
        raise
    return Database(address, engine, lock)


def _lock(address: URL, guest: bool) -> FileLock | None:
    file = file_of(address)
    if file is None:
        return None
    lock = FileLock(file)
    try:
        lock.take()
    except InUseError:
        if guest:
            return None
        raise
    return lock


def _engine(address: URL, readonly: bool, pool_size: int) -> AsyncEngine:
    if address.get_backend_name() == "postgresql":
        return create_async_engine(address, pool_pre_ping=True, pool_size=pool_size, max_overflow=pool_size)
    connect = creator(str(file_of(address) or ":memory:"))
    if file_of(address) is None:
        engine = create_async_engine(address, async_creator=connect, poolclass=StaticPool)
    else:
        # the connection used last is used next: its pages are at hand, and the others hold none
        engine = create_async_engine(address, async_creator=connect, pool_size=pool_size, pool_use_lifo=True)
    _tune(engine, readonly)
    return engine


def _tune(engine: AsyncEngine, readonly: bool) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def pragmas(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in (*PRAGMAS, *(("PRAGMA query_only=ON",) if readonly else ())):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that will write says so at once: upgrading later can fail with "locked" at any statement.
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


class _wrapped:
    """Turns a driver's error into a StoreError that says what to do."""

    def __init__(self, address: URL | None = None) -> None:
        self._address = address

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DBAPIError | PoolTimeout):
            raise StoreError(_sentence(error, self._address)) from error


def _sentence(error: SQLAlchemyError, address: URL | None) -> str:
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()[0]
    if "disk is full" in said or "No space left" in said:
        return "The disk of the database is full. Nothing half-written was kept; make room and it goes on by itself."
    if "disk I/O error" in said:
        return (
            "The disk of the database is full or broken: it could not be read or written. Nothing half-written was "
            "kept; make room, or look at the system's log. It goes on by itself once the disk does."
        )
    if "file is not a database" in said or "malformed" in said:
        return f"The database file is damaged or no database ({said}). Restore a backup with `clausewatch restore`."
    if "unable to open database file" in said:
        return f"The database file cannot be opened: {shown(address) if address else said}. Does its folder exist?"
    if address is not None and isinstance(error, OperationalError | InterfaceError):
        return f"The database {shown(address)} does not answer: {said}. Check DATABASE_URL and that the server runs."
    return f"The database refused: {said}"

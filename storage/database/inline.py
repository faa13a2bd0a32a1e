"""SQLite on the event loop itself: the shape of an aiosqlite connection without its thread.

A quiet look is a dozen statements of some microseconds each; handing every one to a thread and waiting
for it cost ten times as much as the statements (measured in `bench/storage_looks.py`). What takes long,
a backup, does not come this way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self


class InlineCursor:
    """A cursor whose methods are awaited and never wait."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        """Run a statement."""
        self._cursor.execute(statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> Self:
        """Run a statement for each of some parameters."""
        self._cursor.executemany(statement, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        return self._cursor.fetchall()

    async def fetchone(self) -> Any:
        """Return the next row, or None."""
        return self._cursor.fetchone()

    async def fetchmany(self, size: int = 1) -> list[Any]:
        """Return some rows."""
        return self._cursor.fetchmany(size)

    async def close(self) -> None:
        """Free the statement."""
        self._cursor.close()

    @property
    def description(self) -> Any:
        """Return the names of the columns."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """Return how many rows were written."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """Return the number of the last inserted row."""
        return self._cursor.lastrowid


class InlineConnection:
    """A connection that is used by one task at a time, as the pool sees to."""

    def __init__(self, file: str) -> None:
        # transactions are begun by us, see `database`; the pool may close it from another thread at exit
        self._connection: sqlite3.Connection = sqlite3.connect(
            file, isolation_level=None, check_same_thread=False, cached_statements=256
        )

    @property
    def isolation_level(self) -> str | None:
        """Return nothing: transactions are not begun behind our back."""
        return self._connection.isolation_level

    def cursor(self) -> InlineCursor:
        """Return a cursor."""
        return InlineCursor(self._connection.cursor())

    async def create_function(self, name: str, arguments: int, function: Callable[..., Any], **how: Any) -> None:
        """Let SQL call a function."""
        self._connection.create_function(name, arguments, function, **how)

    async def commit(self) -> None:
        """Commit."""
        self._connection.commit()

    async def rollback(self) -> None:
        """Roll back."""
        self._connection.rollback()

    async def close(self) -> None:
        """Close."""
        self._connection.close()

    def stop(self) -> None:
        """Close at once, as when a task was cancelled."""
        self._connection.close()


def creator(file: str) -> Callable[[], Any]:
    """Return what opens connections to a file, or to one database in memory."""

    async def connect() -> InlineConnection:
        return InlineConnection(file)

    return connect

"""Small pieces of SQL that both databases understand."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Insert = postgresql.Insert | sqlite.Insert


async def alone(connection: AsyncConnection, what: str) -> None:
    """Wait until no other process does this, and keep them out until the transaction ends."""
    if connection.dialect.name == "postgresql":  # an SQLite writer is alone anyway
        await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:what))"), {"what": what})


def insert_into(connection: AsyncConnection, table: Table) -> Insert:
    """Return an insert that can say what to do on a conflict."""
    return _inserts(connection.dialect.name, table)[0]


def insert_new(connection: AsyncConnection, table: Table) -> Insert:
    """Return an insert that leaves alone what is there already: how nothing is written twice."""
    return _inserts(connection.dialect.name, table)[1]


@cache
def _inserts(dialect: str, table: Table) -> tuple[Insert, Insert]:
    new = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    return new, new.on_conflict_do_nothing()

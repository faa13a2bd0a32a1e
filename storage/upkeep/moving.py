"""Carries an installation from one database to another, row by row, and proves that none was lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Table, func, insert, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive import search
from storage.archive.models import Row, SightRow, table
from storage.archive.search_models import ClauseRow
from storage.archive.versions import VERSION, to_version
from storage.database.connection import Database, open_database
from watchers.errors import StoreError

CHUNK = 500
CLAUSE = table(ClauseRow)


async def move(source: str, target: str, beside: Sequence[Table] = ()) -> Mapping[str, int]:
    """Copy all of one database into another, empty one; return how many rows of what.

    `beside` are tables that others keep in our database, and that come along where they are. It is one
    transaction on the target: either all is there or nothing. Raises StoreError when the target
    holds anything already, or when a table does not count the same in the end.
    """
    old = await open_database(source)
    try:
        new = await open_database(target)
        try:
            async with old.read() as reading, new.write() as writing:
                theirs = [each for each in beside if await reading.run_sync(_has, each)]
                return await _copy(reading, writing, theirs, new)
        finally:
            await new.close()
    finally:
        await old.close()


def _has(connection: Connection, one: Table) -> bool:
    return inspect(connection).has_table(one.name)


async def _copy(
    reading: AsyncConnection, writing: AsyncConnection, theirs: Sequence[Table], new: Database
) -> Mapping[str, int]:
    tables = [*(each for each in Row.metadata.sorted_tables if each.name != CLAUSE.name), *theirs]
    for each in theirs:
        await writing.run_sync(each.create, checkfirst=True)
    if any([await _count(writing, each) for each in tables]):
        raise StoreError(f"The database {new} is not empty; an installation is moved into an empty one only.")
    counts = {}
    for each in tables:
        counts[each.name] = await _copy_table(reading, writing, each)
        if counts[each.name] != await _count(writing, each):
            raise StoreError(f"Rows of {each.name} were lost on the way; nothing was kept in {new}.")
        await _continue_counting(writing, each)
    await _index(writing)
    return counts


async def _copy_table(reading: AsyncConnection, writing: AsyncConnection, each: Table) -> int:
    copied = 0
    # blobs name earlier blobs as their base, so the order of writing is the order they came in
    asked = select(each).order_by(*each.primary_key.columns)
    result = await reading.stream(asked)
    async for rows in result.partitions(CHUNK):
        await writing.execute(insert(each), [_values(row) for row in rows])
        copied += len(rows)
    return copied


def _values(row: Any) -> dict[str, Any]:
    return dict(row._mapping)


async def _continue_counting(writing: AsyncConnection, each: Table) -> None:
    """Let PostgreSQL's counters go on after the numbers that were brought along."""
    keys = [column for column in each.primary_key.columns if isinstance(column.type, Integer | BigInteger)]
    if writing.dialect.name != "postgresql" or len(keys) != 1 or each.primary_key.columns.keys() != ["id"]:
        return
    most = (await writing.execute(select(func.max(keys[0])))).scalar()
    if most is not None:
        counter = {"name": f'"{each.name}"', "most": most}
        await writing.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :most)"), counter)


async def _index(writing: AsyncConnection) -> None:
    """Index the latest versions anew: each database has a full-text index of its own kind."""
    sight = table(SightRow)
    latest = select(VERSION).join(sight, sight.c.version == VERSION.c.id)
    rows: Sequence[Any] = (await writing.execute(latest)).all()
    for row in rows:
        version = await to_version(writing, row)
        await search.index(writing, version.document, version.id, version.text)


async def _count(connection: AsyncConnection, each: Table) -> int:
    return int((await connection.execute(select(func.count()).select_from(each))).scalar_one())

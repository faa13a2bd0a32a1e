"""Tallies: counts that the processes of one installation add up together, for `/metrics`.

A process counts in memory and adds what it counted now and then; one that is killed loses its last few seconds.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from storage.archive.models import TallyRow, table
from storage.database.connection import Database
from storage.database.statements import insert_into

TALLY = table(TallyRow)

Key = tuple[str, tuple[str, ...]]
"""A count's name and the values of its labels."""

SEPARATOR = "\x1f"


class Tallies:
    """The counts of an installation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, counted: Mapping[Key, float]) -> None:
        """Add what was counted; in one order, so that two processes never wait for each other."""
        if not counted:
            return
        rows = [
            {"name": name, "labels": SEPARATOR.join(labels), "value": counted[name, labels]}
            for name, labels in sorted(counted)
        ]
        async with self._database.write() as connection:
            new = insert_into(connection, TALLY)
            more = {"value": TALLY.c.value + new.excluded.value}
            await connection.execute(new.on_conflict_do_update(index_elements=["name", "labels"], set_=more), rows)

    async def all(self) -> dict[Key, float]:
        """Return all counts."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(TALLY.c.name, TALLY.c.labels, TALLY.c.value))
        return {(row.name, tuple(row.labels.split(SEPARATOR))): row.value for row in rows}

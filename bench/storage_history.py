"""Imports a history of Open Terms Archive and measures what is kept of it and how fast it is read back.

    python bench/storage_history.py REPOSITORY.git DATABASE.db [module:function that examines]

Prints records, versions, seconds; bytes a version over the 30 most-changed documents (texts alone, and
all of the database); and the time to read any of their versions back, hash checked.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from sqlalchemy import text

from storage.archive.archive import Archive
from storage.database.connection import Database, open_database
from storage.importers.histories import HistoryImporter, Source

TOP = "SELECT document, count(*) AS n FROM version GROUP BY document ORDER BY n DESC LIMIT 30"
# a text that several versions share is kept once, and a base is counted with the first that needs it
KEPT = """
    WITH RECURSIVE own(id) AS (
        SELECT {column} FROM version WHERE document IN (SELECT document FROM ({top})) AND {column} IS NOT NULL
        UNION SELECT blob.base FROM blob JOIN own ON blob.id = own.id WHERE blob.base IS NOT NULL)
    SELECT sum(length(packed)) FROM blob WHERE id IN (SELECT id FROM own)
"""


async def main(repository: Path, file: Path, examine: str) -> None:
    """Import, measure, print."""
    module, _, name = examine.partition(":")
    database = await open_database(f"sqlite:///{file}")
    began, cpu = time.perf_counter(), time.process_time()
    importer = HistoryImporter(database, getattr(import_module(module), name), Source(repository.stem))
    imported = await importer.run(repository, datetime.now(UTC))
    print(imported)
    print(f"{time.perf_counter() - began:.0f} s on two workers, {time.process_time() - cpu:.0f} s CPU of it writing")
    await sizes(database)
    await reads(database, Archive(database))
    await database.close()


async def sizes(database: Database) -> None:
    """Print bytes a version."""
    async with database.read() as connection:
        top = (await connection.execute(text(TOP))).all()
        versions = sum(row.n for row in top)
        for column in ("text", "links", "findings"):
            kept = (await connection.execute(text(KEPT.format(column=column, top=TOP)))).scalar() or 0
            print(f"{column}: {kept / versions:.0f} bytes a version over {versions} versions of {len(top)} documents")
        whole = (await connection.execute(text("SELECT count(*) FROM version"))).scalar() or 1
        pages = await connection.execute(text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))
        size = pages.scalar() or 0
        marks = (await connection.execute(text("SELECT avg(length(marks)) FROM version"))).scalar() or 0
    print(f"marks of sentences: {marks:.0f} bytes a version")
    print(f"the whole file: {size / whole:.0f} bytes a version over all {whole}")


async def reads(database: Database, archive: Archive) -> None:
    """Print how long reading a version takes: through the archive, whole."""
    async with database.read() as connection:
        asked = text(f"SELECT id FROM version WHERE document IN (SELECT document FROM ({TOP}))")
        ids = list((await connection.execute(asked)).scalars())
    random.Random(1).shuffle(ids)
    took = []
    for identity in ids[:1000]:
        began = time.process_time()
        await archive.version(identity)
        took.append(1000 * (time.process_time() - began))
    took.sort()
    print(f"read a version: median {took[len(took) // 2]:.2f} ms, 95th percentile {took[int(len(took) * 0.95)]:.2f} ms")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))

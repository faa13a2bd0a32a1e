"""Measures how small texts are kept and how fast they are read back, hash checked.

    python bench/storage_texts.py REPOSITORY.git [documents]

Keeps every recorded text of the most-changed documents of an Open Terms Archive history, exactly as it was
recorded, in the blobs of an SQLite file; then reads all of them back in random order.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from storage.archive import blobs
from storage.database.connection import Database, open_database
from storage.importers.git import Blobs, commits
from storage.importers.records import by_document, records


def histories(repository: Path, documents: int) -> list[list[bytes]]:
    """Return the recorded texts of the most-changed documents, oldest first."""
    found = sorted(by_document(records(commits(repository))).values(), key=len, reverse=True)[:documents]
    with Blobs(repository) as git:
        return [[git.get(record.blob) for record in history] for history in found]


async def keep(database: Database, texts: list[list[bytes]]) -> list[int]:
    """Keep all texts and return their blobs."""
    kept = []
    for history in texts:
        async with database.write() as connection:
            last = None
            for body in history:
                last = await blobs.put_text(connection, body, last)
                kept.append(last)
    return kept


async def main(repository: Path, documents: int) -> None:
    """Keep, read back, print."""
    texts = histories(repository, documents)
    count = sum(map(len, texts))
    plain = sum(len(body) for history in texts for body in history)
    print(f"{count} recorded texts of {len(texts)} documents, {plain / count:,.0f} bytes each")
    with tempfile.TemporaryDirectory() as folder:
        database = await open_database(f"sqlite:///{Path(folder) / 'texts.db'}")
        began = time.process_time()
        kept = await keep(database, texts)
        print(f"written in {1000 * (time.process_time() - began) / count:.2f} ms each")
        async with database.read() as connection:
            rows = await connection.execute(text("SELECT count(*), sum(length(packed)), count(base) FROM blob"))
            blobs_kept, size, deltas = rows.one()
            print(f"{size / count:.0f} bytes a version ({blobs_kept} blobs, {blobs_kept - deltas} of them key frames)")
            random.Random(1).shuffle(kept)
            took = []
            for blob in kept:
                began = time.process_time()
                await blobs.get(connection, blob)
                took.append(1000 * (time.process_time() - began))
        took.sort()
        print(
            f"read in {took[count // 2]:.2f} ms at the median, {took[int(count * 0.95)]:.2f} ms at the 95th percentile"
        )
        await database.close()


asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 30))

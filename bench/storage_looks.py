"""Measures what recording costs: CPU per quiet look, alone and in batches, and per changed document.

python bench/storage_looks.py [documents]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.archive.archive import Archive
from storage.archive.versions import Memory
from storage.database.connection import open_database
from watchers.model import Document, Look, Outcome, Part, Platform, Reading, Snapshot, Validators

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MEMORY = Memory(lambda text: str(hash(text)), lambda text: frozenset({hash(text) & 0xFFFF}))


def platform(number: int, documents: int) -> Platform:
    """Return a platform with some documents."""
    identity = f"platform-{number:06}"
    pages = tuple(Part(f"https://{identity}.example/{each}") for each in range(documents))
    return Platform(
        identity,
        identity,
        documents=tuple(Document(f"{identity}/d{n}", identity, f"D{n}", (page,)) for n, page in enumerate(pages)),
    )


def unchanged(document: str, at: datetime) -> Look:
    """Return a look that the server answered with "unchanged"."""
    return Look(document, at, Outcome.UNCHANGED, validators=(Validators('"1"'),), next_look=at + timedelta(hours=1))


def changed(document: Document, at: datetime, words: str) -> Look:
    """Return a first look at a page of 100 KB."""
    body = f"<html><body>{words}</body></html>".encode()
    address = document.parts[0].address
    page = Snapshot(address, address, 200, (), "text/html", body, at)
    return Look(document.id, at, Outcome.FIRST, snapshots=(page,), reading=Reading(words), next_look=at)


async def main(count: int) -> None:
    """Print CPU milliseconds a look."""
    with tempfile.TemporaryDirectory() as folder:
        database = await open_database(f"sqlite:///{Path(folder) / 'bench.db'}")
        archive = Archive(database, MEMORY)
        platforms = [platform(number, 10) for number in range(count // 10)]
        await archive.sync_catalogue(platforms, NOON)
        documents = [document for each in platforms for document in each.documents]
        for size in (1, 10, 50, 200):
            at, chosen = NOON + timedelta(hours=size), documents[: max(200, size)]
            began = time.process_time()
            for first in range(0, len(chosen), size):
                await archive.record_many([unchanged(each.id, at) for each in chosen[first : first + size]])
            print(f"quiet look, {size:3} a batch: {1000 * (time.process_time() - began) / len(chosen):.2f} ms")
        began, at = time.process_time(), NOON + timedelta(days=9)
        taken = await archive.claim_due(at, 200)
        print(f"claimed {len(taken)} due of {count}: {1000 * (time.process_time() - began) / len(taken):.3f} ms each")
        words = " ".join(f"word{number % 997} of the terms {number}" for number in range(5000))
        began = time.process_time()
        for each in documents[:50]:
            await archive.record(changed(each, at, words + each.id))
        print(f"first look at {len(words) // 1000} KB: {1000 * (time.process_time() - began) / 50:.2f} ms")
        await database.close()


asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))

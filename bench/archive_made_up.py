"""Fills an SQLite file with an archive of any size, for measuring start-up: rows written in bulk, not looked at.

The rows have the shape, the keys and about the size of real ones, but their texts are short and their hashes are
of nothing: it is no archive to read in, only one to count, search by index and start on. No look is due for hours.
"""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.readers_made_up import readers
from storage.archive.archive import Archive
from storage.database.columns import to_micros
from storage.database.connection import open_database
from watchers.catalogue import load

MINUTE, DAY = 60_000_000, 86_400_000_000
ON_A_PLATFORM, LOOKS, STANDING = 8, 5, 3

Values = dict[str, Any]


def fill(file: Path, documents: int, versions: int) -> None:
    """Make the file: the catalogue as the program brings it, and so many documents and versions beside it."""
    asyncio.run(_with_catalogue(file))
    each, now = versions // max(documents, 1), to_micros(datetime.now(UTC))
    with closing(sqlite3.connect(file)) as connection:
        for setting in ("synchronous=OFF", "cache_size=-400000", "journal_mode=MEMORY"):
            connection.execute(f"PRAGMA {setting}")
        known = connection.execute("SELECT count(*) FROM document").fetchone()[0]
        numbers = range(max(documents - known, 0))
        for table, rows in (
            *(("platform", _platforms(numbers)), ("document", _documents(numbers)), ("blob", _blobs(numbers, each))),
            *(("snapshot", _snapshots(numbers, each, now)), ("version", _versions(numbers, each, now))),
            *(("sight", _sights(numbers, each, now)), ("look", _looks(numbers, now))),
            *(("change", _changes(numbers, each, now)), ("standing", _standing(numbers, each, now))),
            *readers(now),
        ):
            _insert(connection, table, rows)
        later = "UPDATE sight SET next_look = ? + abs(random() % ?), last_look = ? WHERE last_look IS NULL"
        connection.execute(later, (now + 120 * MINUTE, DAY, now - DAY))
        connection.commit()


async def _with_catalogue(file: Path) -> None:
    database = await open_database(f"sqlite:///{file}")
    await Archive(database).sync_catalogue(load())
    await database.close()


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Values]) -> None:
    rows = iter(rows)
    if (first := next(rows, None)) is None:
        return
    names, marks = ", ".join(f'"{name}"' for name in first), ", ".join("?" * len(first))
    connection.execute("BEGIN")
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
    connection.execute(statement, tuple(first.values()))
    connection.executemany(statement, (tuple(row.values()) for row in rows))
    connection.commit()


def _sha(*what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()


def _id(number: int) -> str:
    return f"made-{number // ON_A_PLATFORM}/terms-{number % ON_A_PLATFORM}"


def _version(number: int, edition: int) -> str:
    return _sha("version", number, edition)[:16]


def _blob(number: int, edition: int, each: int) -> int:
    return number * (each + 1) + edition + 1


def _platforms(numbers: range) -> Iterator[Values]:
    for n in range((len(numbers) + ON_A_PLATFORM - 1) // ON_A_PLATFORM):
        yield {"id": f"made-{n}", "name": f"Made {n}", "aliases": f'["made up {n}"]', "sector": "", "owner": ""}


def _documents(numbers: range) -> Iterator[Values]:
    for n in numbers:
        host = f"www.made-{n // ON_A_PLATFORM}.example"
        parts = f'[{{"address":"https://{host}/terms-{n % ON_A_PLATFORM}","select":["main"]}}]'
        yield {
            "id": _id(n),
            "platform": f"made-{n // ON_A_PLATFORM}",
            "type": f"Terms {n % ON_A_PLATFORM}",
            "parts": parts,
            "host": host,
            "language": "en",
            "owner": "",
            "source": "made up",
            "licence": "none",
        }


def _blobs(numbers: range, each: int) -> Iterator[Values]:
    for n in numbers:
        for edition in range(each + 1):  # the last one is the raw page of the last version
            body = hashlib.sha512(repr((n, edition)).encode()).digest() * 2
            kind = "raw" if edition == each else "text"
            yield {
                "id": _blob(n, edition, each),
                "sha256": body[:32],
                "kind": kind,
                "base": None,
                "place": 0,
                "size": 9_000,
                "packed": body,
            }


def _snapshots(numbers: range, each: int, now: int) -> Iterator[Values]:
    for n in numbers:
        address = f"https://www.made-{n // ON_A_PLATFORM}.example/terms-{n % ON_A_PLATFORM}"
        yield {
            "id": _sha("page", n)[:16],
            "document": _id(n),
            "part": 0,
            "address": address,
            "final_address": address,
            "status": 200,
            "headers": "[]",
            "media_type": "text/html",
            "fetcher": "http",
            "taken_at": now - DAY,
            "sha256": _sha("page", n),
            "blob": _blob(n, each, each),
            "health": "good",
            "pinned": True,
        }


def _versions(numbers: range, each: int, now: int) -> Iterator[Values]:
    for n in numbers:
        for edition in range(each):
            at = now - (each - edition) * 30 * DAY - n
            yield {
                "id": _version(n, edition),
                "document": _id(n),
                "ordinal": edition,
                "seen_at": at,
                "recorded_at": at,
                "sha256": _sha(n, edition),
                "text": _blob(n, edition, each),
                "language": "en",
                "title": "Terms",
                "rules": "1",
                "source": "",
                "fingerprint": f"{n:016x}",
                "marks": bytes(48),
                "snapshots": f'["{_sha("page", n)[:16]}"]',
                "chain": _sha("chain", n, edition),
            }


def _sights(numbers: range, each: int, now: int) -> Iterator[Values]:
    for n in numbers:
        dark = n % 500 == 0  # one in five hundred is blind
        yield {
            "document": _id(n),
            "next_look": now + 120 * MINUTE + n * 500_000,
            "last_look": now - n % 1440 * MINUTE,
            "last_outcome": "blind" if dark else "unchanged",
            "last_good": now - n % 1440 * MINUTE,
            "last_change": now - 30 * DAY,
            "steady_looks": 9,
            "blind_looks": 5 * dark,
            "blind_since": now - DAY if dark else None,
            "blind_reason": "no text" if dark else "",
            "blind_told": dark,
            "held": "",
            "version": _version(n, each - 1),
            "text_sha256": _sha(n, each - 1),
            "etags": '["W/\\"61b-17\\""]',
            "modified": '[""]',
            "body_sha256": f'["{_sha("page", n)}"]',
            "snapshots": f'["{_sha("page", n)[:16]}"]',
            "chain": _sha("chain", n, each - 1),
            "chained": each,
        }


def _looks(numbers: range, now: int) -> Iterator[Values]:
    for n in numbers:
        for back in range(LOOKS):
            yield {
                "document": _id(n),
                "at": now - back * 6 * 60 * MINUTE - n,
                "outcome": "unchanged",
                "quiet": True,
                "reason": "",
                "health": "good",
                "milliseconds": 1.5,
            }


def _changes(numbers: range, each: int, now: int) -> Iterator[Values]:
    for n in numbers:
        for edition in range(1, each):
            yield {
                "id": _sha("change", n, edition)[:16],
                "document": _id(n),
                "before": _version(n, edition - 1),
                "after": _version(n, edition),
                "seen_at": now - (each - edition) * 30 * DAY - n,
                "significance": "substantive" if edition % 2 else "cosmetic",
                "headline": "Says how long it keeps",
                "imported": edition < each - 2,
                "difference": bytes(64),
            }


def _standing(numbers: range, each: int, now: int) -> Iterator[Values]:
    for n in numbers:
        for one in range(STANDING):
            yield {
                "provision": f"provision-{(n + one) % 40}",
                "document": _id(n),
                "version": _version(n, each - 1),
                "exposure": "high",
                "since": now - 30 * DAY,
            }

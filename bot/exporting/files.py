"""Writes exported rows as JSON lines or as CSV, one file a kind. Where rows come from is not known here."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bot.exporting.rows import COLUMNS, KINDS, Json, Row
from watchers.errors import ClausewatchError

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Write = Callable[[Json], object]


async def as_json(rows: AsyncIterator[Row], folder: Path) -> Counter[str]:
    """Write one JSON object a line; return how many rows of each kind."""

    def opened(kind: str, files: ExitStack) -> Write:
        file = files.enter_context((folder / f"{kind}.jsonl").open("w", encoding="utf8", newline="\n"))
        return lambda row: file.write(json.dumps(row, ensure_ascii=False) + "\n")

    return await _written(rows, opened)


async def as_csv(rows: AsyncIterator[Row], folder: Path) -> Counter[str]:
    """Write one table a kind; lists are joined by "; ". Return how many rows of each kind.

    A cell that a spreadsheet would take for a formula is led by an apostrophe (OWASP, CSV injection).
    """

    def opened(kind: str, files: ExitStack) -> Write:
        file = files.enter_context((folder / f"{kind}.csv").open("w", encoding="utf8", newline=""))
        table = csv.writer(file)
        table.writerow(COLUMNS[kind])
        return lambda row: table.writerow([cell(row, name) for name in COLUMNS[kind]])

    return await _written(rows, opened)


async def _written(rows: AsyncIterator[Row], opened: Callable[[str, ExitStack], Write]) -> Counter[str]:
    counts: Counter[str] = Counter(dict.fromkeys(KINDS, 0))
    with ExitStack() as files:
        writers = {kind: opened(kind, files) for kind in KINDS}
        async for kind, row in rows:
            writers[kind](row)
            counts[kind] += 1
    return counts


def cell(row: Json, name: str) -> str:
    """Return what stands in a column: a side of a passage spread over three, everything else as it is."""
    side, _, part = name.partition("_")
    if side in ("before", "after") and isinstance(row.get(side), dict | None) and "change" in row:
        return _plain((row[side] or {}).get(part or "text"))
    return _plain(row[name])


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return _plain("; ".join(" ".join(map(str, v.values())) if isinstance(v, dict) else str(v) for v in value))
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else str(value)


def empty_folder(folder: Path) -> Path:
    """Make a folder, or return it if it is empty; raises ClausewatchError where something is already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ClausewatchError(f"{folder} exists already and is not empty; name another, nothing is overwritten")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ClausewatchError(f"{folder}: cannot be made ({error.strerror})") from error
    return folder

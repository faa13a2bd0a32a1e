"""Full-text search over the clauses of the latest versions: FTS5 on SQLite, tsvector on PostgreSQL.

It finds places, never makes sentences: a hit is a slice of an archived version whose hash was checked.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Text,
    bindparam,
    case,
    column,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy import table as sql_table
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive import history
from storage.archive.declarations import seen_by
from storage.archive.models import DocumentRow, table
from storage.archive.search_models import ClauseRow
from storage.database.connection import Database
from watchers.model import ClauseKind
from watchers.reading.clauses import clauses

CLAUSE, DOCUMENT = table(ClauseRow), table(DocumentRow)
_LANGUAGE: ColumnElement[Any] = literal_column(
    "'english'"
)  # not a parameter: PostgreSQL must see which configuration it is
_FTS = sql_table("clause_words", column("rowid"))
_MOVE = (
    update(CLAUSE)
    .where(CLAUSE.c.id == bindparam("key"))
    .values({name: bindparam(name) for name in ("version", "start", "end")})
)
_STANDING = (
    select(CLAUSE.c.id, CLAUSE.c.version, CLAUSE.c.start, CLAUSE.c.end, CLAUSE.c.path)
    .where(CLAUSE.c.document == bindparam("of"))
    .order_by(CLAUSE.c.id)
)
_TERM = re.compile(r'"([^"]+)"|([\w\'’-]+)')
COMMON = frozenset(
    "a an and are as at be by can do does for from have how i if in is it its may my not of on or our that the their "
    "them they this to was we what when where which who will with you your".split()
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found: `text` is the version's slice [start:end], `path` the headings above it."""

    document: str
    version: str
    start: int
    end: int
    path: tuple[str, ...]
    text: str
    rank: float


class Search:
    """Finds clauses by their words."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(
        self, query: str, platform: str = "", document: str = "", workspace: str = "", limit: int = 10
    ) -> tuple[Hit, ...]:
        """Return the clauses that match best: those with more and rarer of the words first.

        Words in double quotes are looked for side by side. Only documents the workspace may know of.
        """
        wanted = terms(query)
        if not wanted:
            return ()
        async with self._database.read() as connection:
            rows = await _find(connection, wanted, platform, document, workspace, limit)
            return await _hits(connection, rows)


def terms(query: str) -> tuple[str, ...]:
    """Return the words and quoted phrases of a query, without those every policy is full of."""
    found = [phrase or word for phrase, word in _TERM.findall(query.casefold())]
    kept = [term for term in found if term not in COMMON]
    return tuple(dict.fromkeys(kept or found))


async def index(connection: AsyncConnection, document: str, version: str, words: str) -> None:
    """Let the clauses of a version be found, in place of those of the document's version before.

    Clauses that stand in both only get their new place: indexing words costs far more than moving them.
    """
    standing = await _standing(connection, document)
    moved, new = [], []
    for clause in await asyncio.to_thread(clauses, words, named=False):
        if clause.kind is ClauseKind.HEADING:
            continue
        place = {"version": version, "start": clause.start, "end": clause.end}
        if same := standing.get((clause.text, clause.path)):
            moved.append({"key": same.pop(), **place})
        else:
            new.append({"document": document, **place, "path": clause.path, "said": clause.text})
    gone = [(said, path, row) for (said, path), rows in standing.items() for row in rows]
    await _take_out(connection, gone)
    if moved:
        await connection.execute(_MOVE, moved)
    if new:
        postgres = connection.dialect.name == "postgresql"
        await (_index_postgres if postgres else _index_sqlite)(connection, new)


async def forget(connection: AsyncConnection, document: str) -> None:
    """Let nothing of a document be found any more."""
    standing = await _standing(connection, document)
    await _take_out(connection, [(said, path, row) for (said, path), rows in standing.items() for row in rows])


async def _standing(connection: AsyncConnection, document: str) -> dict[tuple[str, tuple[str, ...]], list[int]]:
    """Return the rows of a document's indexed clauses by their words and headings."""
    rows = (await connection.execute(_STANDING, {"of": document})).all()
    if not rows:
        return {}
    before = await history.version(connection, rows[0].version)
    assert before is not None
    standing: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for row in rows:
        standing.setdefault((before.text[row.start : row.end], row.path), []).append(row.id)
    return standing


async def _take_out(connection: AsyncConnection, gone: Sequence[tuple[str, tuple[str, ...], int]]) -> None:
    if not gone:
        return
    if connection.dialect.name == "sqlite":
        # an index without a copy of the text is told the old words to take them out
        words = [{"id": row, "words": said, "path": " ".join(path)} for said, path, row in gone]
        out = "INSERT INTO clause_words (clause_words, rowid, words, path) VALUES ('delete', :id, :words, :path)"
        await connection.execute(text(out), words)
    await connection.execute(delete(CLAUSE).where(CLAUSE.c.id.in_([row for _, _, row in gone])))


async def _index_postgres(connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    said, above = bindparam("said", type_=Text), bindparam("above", type_=Text)
    words = _weighted(said, "A").op("||")(_weighted(above, "C"))
    given = [{**row, "above": " ".join(row["path"])} for row in rows]
    await connection.execute(insert(CLAUSE).values(words=words), given)


def _weighted(words: ColumnElement[str], weight: str) -> ColumnElement[Any]:
    return func.setweight(func.to_tsvector(_LANGUAGE, words), literal_column(f"'{weight}'"))


async def _index_sqlite(connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    # Ids are given here, for an SQLite writer is alone: asking for each one back costs a statement a clause.
    last: int = (await connection.execute(select(func.coalesce(func.max(CLAUSE.c.id), 0)))).scalar_one()
    words = [
        {"id": identity, "words": row.pop("said"), "path": " ".join(row["path"])}
        for identity, row in enumerate(rows, last + 1)
    ]
    await connection.execute(insert(CLAUSE), [row | {"id": each["id"]} for row, each in zip(rows, words, strict=True)])
    await connection.execute(text("INSERT INTO clause_words (rowid, words, path) VALUES (:id, :words, :path)"), words)


async def _find(
    connection: AsyncConnection, wanted: Sequence[str], platform: str, document: str, workspace: str, limit: int
) -> Sequence[Any]:
    columns = (CLAUSE.c.document, CLAUSE.c.version, CLAUSE.c.start, CLAUSE.c.end, CLAUSE.c.path)
    if connection.dialect.name == "postgresql":
        each = [func.websearch_to_tsquery(_LANGUAGE, f'"{term}"') for term in wanted]
        query = func.websearch_to_tsquery(_LANGUAGE, " or ".join(f'"{term}"' for term in wanted))
        # it knows nothing of rarity, so how many of the words a clause has counts first
        having = sum((case((_has(one), 1), else_=0) for one in each), start=literal(0))
        rank = (having + func.ts_rank(CLAUSE.c.words, query, 1)).label("rank")
        asked = select(*columns, rank).where(_has(query)).order_by(rank.desc(), CLAUSE.c.id)
    else:
        words = " OR ".join(f'"{term}"' for term in wanted)
        rank = literal_column("-bm25(clause_words, 4.0, 1.0)").label("rank")
        matches = literal_column("clause_words").op("MATCH")(words)
        asked = select(*columns, rank).join(_FTS, _FTS.c.rowid == CLAUSE.c.id).where(matches)
        asked = asked.order_by(rank.desc(), CLAUSE.c.id)
    asked = asked.join(DOCUMENT, DOCUMENT.c.id == CLAUSE.c.document).where(seen_by(workspace))
    asked = asked.where(DOCUMENT.c.retired.is_(None)).limit(limit)
    if platform:
        asked = asked.where(DOCUMENT.c.platform == platform)
    if document:
        asked = asked.where(DOCUMENT.c.id == document)
    return (await connection.execute(asked)).all()


def _has(query: ColumnElement[Any]) -> ColumnElement[bool]:
    return CLAUSE.c.words.op("@@", is_comparison=True)(query)


async def _hits(connection: AsyncConnection, rows: Sequence[Any]) -> tuple[Hit, ...]:
    texts: dict[str, str] = {}
    for row in rows:
        if row.version not in texts and (version := await history.version(connection, row.version)):
            texts[row.version] = version.text
    return tuple(
        Hit(row.document, row.version, row.start, row.end, row.path, texts[row.version][row.start : row.end], row.rank)
        for row in rows
    )

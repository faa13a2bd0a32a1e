"""The rows of the full-text index: one for each clause of the latest version of each document.

SQLite keeps the words in an FTS5 table beside it, without a copy of the text; PostgreSQL as a tsvector in
the row. Both stem English and leave other languages as they are.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, Index, Text, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field

from storage.archive.models import Row, table
from storage.audience.models import NUMBER
from storage.database.columns import Words

FTS = (
    "CREATE VIRTUAL TABLE clause_words USING fts5("
    "words, path, content='', tokenize='porter unicode61 remove_diacritics 2')"
)


def _ddl(statement: str) -> Any:
    make: Any = DDL  # untyped in the library
    return make(statement)


class ClauseRow(Row, table=True):
    """A clause of a latest version, found by its words."""

    __tablename__ = "clause"
    id: int | None = Field(default=None, primary_key=True, sa_type=NUMBER)
    document: str = Field(foreign_key="document.id", index=True)
    version: str = Field(foreign_key="version.id")
    start: int
    end: int
    path: tuple[str, ...] = Field(sa_type=Words)
    words: str | None = Field(default=None, sa_type=Text().with_variant(TSVECTOR(), "postgresql"))


Index("clause_words_gin", table(ClauseRow).c.words, postgresql_using="gin").ddl_if(dialect="postgresql")
event.listen(table(ClauseRow), "after_create", _ddl(FTS).execute_if(dialect="sqlite"))

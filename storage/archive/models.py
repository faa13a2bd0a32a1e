"""The rows, as SQLModel classes: one for each table, with the natural key that keeps it from being written twice.

No row leaves this floor; what leaves are the frozen values of `watchers.model` and of this floor's own
`audience` and `delivery`. Statements are written against the tables (`Row.__table__`), which costs a
fraction of the object-relational way on the path every look takes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import Index, LargeBinary, MetaData, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.database.columns import Day, Moment, Words

OPEN = "state IN ('due', 'sending', 'retry', 'uncertain')"


class Row(SQLModel):
    """What all rows share: metadata of our own."""

    metadata: ClassVar[MetaData] = MetaData()


def table(row: type[SQLModel]) -> Table:
    """Return the table of a row class."""
    return cast(Table, cast(Any, row).__table__)


class PlatformRow(Row, table=True):
    """A company whose rules are watched. `owner` is the workspace that added it, or empty."""

    __tablename__ = "platform"
    id: str = Field(primary_key=True)
    name: str
    aliases: tuple[str, ...] = Field(sa_type=Words)
    sector: str = ""
    owner: str = ""


class DocumentRow(Row, table=True):
    """What is declared about a document, never deleted, only `retired`; `parts` is JSON, `host` the first part's."""

    __tablename__ = "document"
    id: str = Field(primary_key=True)
    platform: str = Field(foreign_key="platform.id", index=True)
    type: str
    parts: str = Field(sa_type=Text)
    host: str = Field(default="", index=True)
    language: str = "en"
    owner: str = Field(default="", index=True)
    source: str = ""
    licence: str = ""
    retired: datetime | None = Field(default=None, sa_type=Moment)


class SightRow(Row, table=True):
    """What the looks at a document have come to: small, because it is written at every look.

    The tuples run over the document's parts. `chain` and `chained` are head and length of its hash chain.
    """

    __tablename__ = "sight"
    __table_args__ = (Index("sight_due", "next_look", sqlite_where=text("next_look IS NOT NULL")),)
    document: str = Field(primary_key=True, foreign_key="document.id")
    next_look: datetime | None = Field(default=None, sa_type=Moment)
    taken_until: datetime | None = Field(default=None, sa_type=Moment)
    last_look: datetime | None = Field(default=None, sa_type=Moment)
    last_outcome: str = ""
    last_good: datetime | None = Field(default=None, sa_type=Moment)
    last_change: datetime | None = Field(default=None, sa_type=Moment)
    announced: date | None = Field(default=None, sa_type=Day)
    steady_looks: int = 0
    blind_looks: int = 0
    blind_since: datetime | None = Field(default=None, sa_type=Moment)
    blind_reason: str = ""
    blind_told: bool = False
    held: str = ""
    held_since: datetime | None = Field(default=None, sa_type=Moment)
    version: str = ""
    text_sha256: str = ""
    etags: tuple[str, ...] = Field(default=(), sa_type=Words)
    modified: tuple[str, ...] = Field(default=(), sa_type=Words)
    body_sha256: tuple[str, ...] = Field(default=(), sa_type=Words)
    snapshots: tuple[str, ...] = Field(default=(), sa_type=Words)
    chain: str = ""
    chained: int = 0


class LookRow(Row, table=True):
    """The record of one look. Quiet ones are thinned out after a while, see `retention`."""

    __tablename__ = "look"
    __table_args__ = (Index("look_quiet", "at", sqlite_where=text("quiet")),)
    document: str = Field(primary_key=True, foreign_key="document.id")
    at: datetime = Field(primary_key=True, sa_type=Moment)
    outcome: str
    quiet: bool = False
    reason: str = ""
    health: str = ""
    milliseconds: float = 0.0


class BlobRow(Row, table=True):
    """Bytes kept once under their SHA-256: compressed alone (`base` empty) or against the blob `base`."""

    __tablename__ = "blob"
    __table_args__ = (UniqueConstraint("sha256", "kind"),)
    id: int | None = Field(default=None, primary_key=True)
    sha256: bytes = Field(sa_type=LargeBinary)
    kind: str
    base: int | None = Field(default=None, foreign_key="blob.id", index=True)
    place: int = 0
    size: int
    packed: bytes = Field(sa_type=LargeBinary)


class SnapshotRow(Row, table=True):
    """A page as served. `pinned`: a version was read from it, so no rule may ever drop it."""

    __tablename__ = "snapshot"
    id: str = Field(primary_key=True)
    document: str = Field(foreign_key="document.id", index=True)
    part: int
    address: str
    final_address: str
    status: int
    headers: str = Field(sa_type=Text)
    media_type: str
    fetcher: str
    taken_at: datetime = Field(sa_type=Moment)
    sha256: str
    blob: int = Field(foreign_key="blob.id", index=True)
    health: str = "good"
    pinned: bool = False


class VersionRow(Row, table=True):
    """A document's words. `ordinal` counts in the order of recording, which is the order of the chain.

    `marks` are the sentence marks this version brought first; `links` is JSON, packed like the text.
    """

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("document", "ordinal"), Index("version_seen", "document", "seen_at"))
    id: str = Field(primary_key=True)
    document: str = Field(foreign_key="document.id")
    ordinal: int
    seen_at: datetime = Field(sa_type=Moment)
    recorded_at: datetime = Field(sa_type=Moment, index=True)
    sha256: str
    text: int = Field(foreign_key="blob.id")
    links: int | None = Field(default=None, foreign_key="blob.id")
    findings: int | None = Field(default=None, foreign_key="blob.id")
    language: str = ""
    title: str = ""
    rules: str = ""
    source: str = ""
    fingerprint: str = ""
    marks: bytes = Field(default=b"", sa_type=LargeBinary)
    snapshots: tuple[str, ...] = Field(default=(), sa_type=Words)
    chain: str = ""


class StandingRow(Row, table=True):
    """A provision the latest version of a document contains: how `/compare` finds its rows."""

    __tablename__ = "standing"
    provision: str = Field(primary_key=True)
    document: str = Field(primary_key=True, foreign_key="document.id", index=True)
    version: str = Field(foreign_key="version.id")
    exposure: str
    since: datetime = Field(sa_type=Moment)


class ChangeRow(Row, table=True):
    """A change; `difference` holds the passages and touches, packed; `tier` is how it is told."""

    __tablename__ = "change"
    __table_args__ = (Index("change_document", "document", "seen_at"),)
    id: str = Field(primary_key=True)
    document: str = Field(foreign_key="document.id")
    before: str = Field(foreign_key="version.id")
    after: str = Field(foreign_key="version.id")
    seen_at: datetime = Field(sa_type=Moment, index=True)
    significance: str
    tier: str = "ping"
    effective: date | None = Field(default=None, sa_type=Day, index=True)
    headline: str = Field(default="", sa_type=Text)
    imported: bool = False
    difference: bytes = Field(sa_type=LargeBinary)


class TouchRow(Row, table=True):
    """A provision a change touches, so that changes can be found by provision."""

    __tablename__ = "touch"
    change: str = Field(primary_key=True, foreign_key="change.id")
    provision: str = Field(primary_key=True, index=True)
    turn: str = Field(primary_key=True)


class RootRow(Row, table=True):
    """One hash over all chains as they stood at the end of a day, and over the root before it."""

    __tablename__ = "root"
    day: date = Field(primary_key=True, sa_type=Day)
    root: str
    documents: int
    versions: int


class TallyRow(Row, table=True):
    """A count that the processes of the installation add to; `labels` are its labels' values in one string."""

    __tablename__ = "tally"
    name: str = Field(primary_key=True)
    labels: str = Field(primary_key=True)
    value: float = 0.0

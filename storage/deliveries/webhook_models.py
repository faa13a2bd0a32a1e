"""The rows of outgoing webhooks: where a workspace wants changes posted to, and what became of each posting."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.archive.models import OPEN, Row
from storage.database.columns import Moment


class WebhookRow(Row, table=True):
    """An address of a workspace's own that takes changes. `paused`: why nothing is sent there, or empty."""

    __tablename__ = "webhook"
    id: str = Field(primary_key=True)
    workspace: str = Field(foreign_key="workspace.id", index=True)
    address: str
    paused: str = ""
    created_at: datetime = Field(sa_type=Moment)


class PostingRow(Row, table=True):
    """A change on its way to a webhook; the key keeps it from being written twice."""

    __tablename__ = "posting"
    __table_args__ = (
        Index("posting_open", "due_at", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        Index("posting_kept", "state", "settled_at"),
    )
    webhook: str = Field(primary_key=True, foreign_key="webhook.id")
    change: str = Field(primary_key=True, foreign_key="change.id", index=True)
    state: str = "due"
    due_at: datetime = Field(sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)
    attempts: int = 0
    sending_since: datetime | None = Field(default=None, sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    reason: str = ""

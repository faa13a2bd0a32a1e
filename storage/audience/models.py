"""The rows of those who read: workspaces, channels, watches, deliveries and what became of them.

No names and no messages of people are kept, only the ids their chat gave them.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from storage.archive.models import OPEN, Row
from storage.database.columns import Moment

CARRIED = "lead IS NOT NULL"
NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only in a plain INTEGER key


class WorkspaceRow(Row, table=True):
    """A Slack team, a Discord guild, or the console. `left_at`: it removed us; the rest follows later.

    `pings`: whether its plan has them; `doubtful_pings`: whether it wants those of doubtful changes too.
    `links_days`: how long links to its own pages open.
    """

    __tablename__ = "workspace"
    id: str = Field(primary_key=True)
    chat: str
    foreign_id: str
    plan: str
    pings: bool = True
    doubtful_pings: bool = False
    admins_only: bool = False
    links_days: int = 3650
    installed_by: str = ""
    paused: str = ""
    created_at: datetime = Field(sa_type=Moment)
    left_at: datetime | None = Field(default=None, sa_type=Moment)


class ChannelRow(Row, table=True):
    """One place where people read. `next_slot` is when its next digest is due; `told_until` where the last ended.

    `quiet_until`: nothing is sent before, which keeps a channel at about one message a second.
    """

    __tablename__ = "channel"
    __table_args__ = (Index("channel_slot", "next_slot", sqlite_where=text("next_slot IS NOT NULL")),)
    id: str = Field(primary_key=True)
    workspace: str = Field(foreign_key="workspace.id", index=True)
    chat: str
    foreign_id: str
    rhythm: str
    weekday: int
    hour: int
    minute: int
    zone: str
    quiet_line: bool = True
    role: str = ""
    paused: str = ""
    paused_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)
    next_slot: datetime | None = Field(default=None, sa_type=Moment)
    told_until: datetime | None = Field(default=None, sa_type=Moment)
    quiet_until: datetime | None = Field(default=None, sa_type=Moment)


class WatchRow(Row, table=True):
    """A standing order; `removed_at` set means it can still be undone."""

    __tablename__ = "watch"
    __table_args__ = (
        UniqueConstraint("channel", "platform", "document", "provision"),
        Index("watch_platform", "platform", "document"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=NUMBER)
    channel: str = Field(foreign_key="channel.id")
    platform: str = ""
    document: str = ""
    provision: str = ""
    ping: bool = True
    digest: bool = True
    added_by: str = ""
    added_at: datetime = Field(sa_type=Moment)
    paused: str = ""
    removed_at: datetime | None = Field(default=None, sa_type=Moment)


class MuteRow(Row, table=True):
    """No pings about a platform (empty: about any) in a channel before a moment; it ends by itself."""

    __tablename__ = "mute"
    channel: str = Field(primary_key=True, foreign_key="channel.id")
    platform: str = Field(primary_key=True)
    until: datetime = Field(sa_type=Moment)
    person: str = ""


class DeliveryRow(Row, table=True):
    """The record that a channel is told something. `lead`: the delivery whose message carries this one too.

    `words` are what a notice says, or why a document cannot be read; `reason` is why it has not arrived.
    `doubtful`: it was given up, and yet may have arrived.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("channel", "kind", "subject"),
        Index("delivery_open", "channel", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        Index("delivery_kept", "state", "settled_at"),
        Index("delivery_lead", "lead", sqlite_where=text(CARRIED), postgresql_where=text(CARRIED)),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=NUMBER)
    channel: str = Field(foreign_key="channel.id")
    kind: str
    subject: str = Field(index=True)
    platform: str = ""
    state: str = "due"
    due_at: datetime = Field(sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)
    attempts: int = 0
    sending_since: datetime | None = Field(default=None, sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    lead: int | None = Field(default=None, sa_type=NUMBER)
    receipt: str = ""
    reason: str = ""
    words: str = ""
    since: datetime | None = Field(default=None, sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)
    late: bool = False
    doubtful: bool = False


class MentionRow(Row, table=True):
    """A change has its place in one digest of a channel: the key keeps it from a second one."""

    __tablename__ = "mention"
    channel: str = Field(primary_key=True, foreign_key="channel.id")
    change: str = Field(primary_key=True, foreign_key="change.id")
    delivery: int = Field(foreign_key="delivery.id", sa_type=NUMBER, index=True)


class AckRow(Row, table=True):
    """Who took note of a message, and when; the first one counts."""

    __tablename__ = "ack"
    delivery: int = Field(primary_key=True, sa_type=NUMBER, foreign_key="delivery.id")
    person: str
    at: datetime = Field(sa_type=Moment)


class ReportRow(Row, table=True):
    """A person's word that a change was not worth telling."""

    __tablename__ = "report"
    change: str = Field(primary_key=True, foreign_key="change.id")
    channel: str = Field(primary_key=True, foreign_key="channel.id")
    person: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment)


class SecretRow(Row, table=True):
    """A sealed secret of a workspace (a token); it is encrypted before it comes here."""

    __tablename__ = "secret"
    workspace: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)
    kept_at: datetime = Field(sa_type=Moment)
    expires_at: datetime | None = Field(default=None, sa_type=Moment)

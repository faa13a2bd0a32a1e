"""Rows of those who read, as the values that leave this floor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from storage.archive.models import table
from storage.audience.audience import Channel, Rhythm, Slot, Watch, Workspace
from storage.audience.models import ChannelRow, DeliveryRow, WatchRow, WorkspaceRow
from storage.deliveries.delivery import Delivery, Kind, State

CHANNEL, WORKSPACE = table(ChannelRow), table(WorkspaceRow)
WATCH, DELIVERY = table(WatchRow), table(DeliveryRow)


def to_workspace(row: Any) -> Workspace:
    """Return a workspace."""
    paused = row.paused or ("it removed us" if row.left_at else "")
    who = (row.id, row.chat, row.foreign_id, row.plan, row.admins_only, row.installed_by)
    return Workspace(*who, paused, row.links_days, row.doubtful_pings)


def to_channel(row: Any, prefix: str = "") -> Channel:
    """Return a channel, from columns that may carry a prefix."""

    def of(name: str) -> Any:
        return getattr(row, prefix + name)

    slot = Slot(Rhythm(of("rhythm")), of("weekday"), of("hour"), of("minute"), of("zone"), of("quiet_line"))
    return Channel(of("id"), of("workspace"), of("chat"), of("foreign_id"), slot, of("paused"), of("role"))


def to_watch(row: Any, muted_until: datetime | None = None) -> Watch:
    """Return a watch."""
    return Watch(
        row.id,
        row.channel,
        row.platform,
        row.document,
        row.provision,
        row.ping,
        row.digest,
        row.added_by,
        row.added_at,
        muted_until,
        row.paused,
    )


def to_delivery(row: Any, companions: tuple[Delivery, ...] = ()) -> Delivery:
    """Return a delivery from a row of `deliveries()`."""
    return Delivery(
        row.id,
        to_channel(row, "channel_"),
        Kind(row.kind),
        row.subject,
        State(row.state),
        row.platform,
        row.attempts,
        row.due_at,
        row.created_at,
        row.receipt,
        row.reason,
        row.words,
        row.since,
        row.until,
        row.late,
        companions,
        row.settled_at,
    )


def deliveries() -> Select[Any]:
    """Return the question for deliveries with their channels."""
    own = [DELIVERY.c[column.name] for column in DELIVERY.c if column.name != "channel"]
    channel = [column.label(f"channel_{column.name}") for column in CHANNEL.c]
    return select(*own, *channel).join(CHANNEL, CHANNEL.c.id == DELIVERY.c.channel)


def slot_values(slot: Slot) -> dict[str, object]:
    """Return a slot as columns."""
    return {
        "rhythm": str(slot.rhythm),
        "weekday": slot.weekday,
        "hour": slot.hour,
        "minute": slot.minute,
        "zone": slot.zone,
        "quiet_line": slot.quiet_line,
    }


def open_to_us() -> ColumnElement[bool]:
    """Return the condition that a channel and its workspace take messages."""
    return and_(CHANNEL.c.paused == "", WORKSPACE.c.paused == "", WORKSPACE.c.left_at.is_(None))

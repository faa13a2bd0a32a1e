"""Who reads, where, and what they asked for: workspaces, channels, watches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack team, a Discord guild, or the local console. `id` is `chat:foreign id`.

    `doubtful_pings`: it wants a ping of what is only possibly substantive too, not only the digest.
    """

    id: str
    chat: str
    foreign: str
    plan: str = "professional"
    admins_only: bool = False
    installed_by: str = ""
    paused: str = ""
    links_days: int = 3650
    doubtful_pings: bool = False


class Rhythm(StrEnum):
    """How often a channel gets a digest."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Slot:
    """When a digest is due, in local time: `weekday` 0 is Monday; `zone` an IANA name."""

    rhythm: Rhythm = Rhythm.WEEKLY
    weekday: int = 0
    hour: int = 9
    minute: int = 0
    zone: str = "UTC"
    quiet_line: bool = True


@dataclass(frozen=True, slots=True)
class Channel:
    """One place where people read. `id` is `workspace id/foreign id`; `paused` says why nothing is posted."""

    id: str
    workspace: str
    chat: str
    foreign: str
    slot: Slot = Slot()
    paused: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """A channel's standing order. Empty `platform` means every platform, empty `document` all of its
    documents, empty `provision` any change."""

    id: int
    channel: str
    platform: str = ""
    document: str = ""
    provision: str = ""
    ping: bool = True
    digest: bool = True
    added_by: str = ""
    added_at: datetime | None = None
    muted_until: datetime | None = None
    paused: str = ""

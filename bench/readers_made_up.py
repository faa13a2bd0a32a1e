"""Makes up the rows of those who read, for an archive that is made up: workspaces, channels, watches, deliveries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

DAY = 86_400_000_000
WORKSPACES, CHANNELS, TOLD = 1_000, 5_000, 100
"""`TOLD`: deliveries each channel had."""

Values = dict[str, Any]


def readers(now: int) -> tuple[tuple[str, Iterator[Values]], ...]:
    """Return the rows by table; `now` in microseconds since 1970."""
    return (
        ("workspace", _workspaces(now)),
        ("channel", _channels(now)),
        ("watch", _watches(now)),
        ("delivery", _deliveries(now)),
    )


def _workspaces(now: int) -> Iterator[Values]:
    for n in range(WORKSPACES):
        yield {
            "id": f"slack:T{n}",
            "chat": "slack",
            "foreign_id": f"T{n}",
            "pings": 1,
            "plan": "professional",
            "admins_only": False,
            "installed_by": "",
            "paused": "",
            "created_at": now - 90 * DAY,
        }


def _channels(now: int) -> Iterator[Values]:
    for n in range(CHANNELS):
        yield {
            "id": f"slack:T{n % WORKSPACES}/C{n}",
            "workspace": f"slack:T{n % WORKSPACES}",
            "chat": "slack",
            "foreign_id": f"C{n}",
            "rhythm": "weekly",
            "weekday": 0,
            "hour": 9,
            "minute": 0,
            "zone": "UTC",
            "quiet_line": True,
            "role": "",
            "paused": "",
            "created_at": now - 90 * DAY,
            "told_until": now - DAY,
            "next_slot": now + 6 * DAY,
        }


def _watches(now: int) -> Iterator[Values]:
    for n in range(CHANNELS):
        for one in range(3):
            yield {
                "channel": f"slack:T{n % WORKSPACES}/C{n}",
                "platform": f"made-{n + one}",
                "document": "",
                "provision": "",
                "ping": True,
                "digest": True,
                "added_by": "U1",
                "added_at": now - 90 * DAY,
                "paused": "",
            }


def _deliveries(now: int) -> Iterator[Values]:
    for n in range(CHANNELS):
        for one in range(TOLD):
            at = now - (one + 1) * DAY // 2
            yield {
                "channel": f"slack:T{n % WORKSPACES}/C{n}",
                "kind": "ping",
                "subject": f"{n:08x}{one:08x}",
                "platform": f"made-{n}",
                "state": "sent",
                "due_at": at,
                "created_at": at,
                "attempts": 1,
                "settled_at": at,
                "receipt": f"{at}.0001",
                "reason": "",
                "late": False,
            }

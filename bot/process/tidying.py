"""Tidying: once a day, what the rules no longer keep is dropped, and who left long ago is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.audience.store import Audience
from storage.database.connection import Database
from storage.upkeep.retention import Keep, has_run, tidy

LEFT_FOR = timedelta(days=30)
"""How long a workspace that left can come back to what it had; PRIVACY.md states it."""


async def tidy_up(database: Database, now: datetime) -> str:
    """Drop and forget, and say what was. By a clock that seems to have jumped ahead nothing is."""
    if not await has_run(database, now):
        return "nothing yet: this clock has not been seen to run for a day"
    dropped = await tidy(database, now, Keep())
    audience = Audience(database)
    gone = await audience.left_before(now - LEFT_FOR)
    for workspace in gone:
        await audience.forget(workspace)
    return f"dropped: {dropped}; forgotten workspaces: {len(gone)}"

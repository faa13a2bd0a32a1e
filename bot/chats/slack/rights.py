"""Who somebody is in a Slack workspace: one of its people or a guest of another's, and whether an admin.

What follows from it is the commands' affair.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.chats.slack.files import FAULTS

log = structlog.get_logger()
FRESH = 300.0  # seconds an answer of users.info is trusted
MOST = 10_000


class Rights:
    """Knows admins; what Slack said about a person is kept for a few minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[float, bool]] = {}

    async def admin(self, client: AsyncWebClient, workspace: str, person: str) -> bool:
        """Tell whether a person administrates the workspace; not when Slack does not say."""
        known = self._known.get((workspace, person))
        if known and self._clock() - known[0] < FRESH:
            return known[1]
        try:
            user = (await client.users_info(user=person))["user"]
        except FAULTS as error:
            log.warning("Slack did not say whether a person is an admin", workspace=workspace, error=repr(error))
            return False
        admin = bool(user.get("is_admin") or user.get("is_owner"))
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[workspace, person] = (self._clock(), admin)
        return admin

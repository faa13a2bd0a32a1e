"""The time, as a thing that is handed in: the real one at the edge, a stepped one for demo, replay and tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class SteppedClock:
    """A clock that stands until it is set; it never runs backwards."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        """Move to `now`; a moment already past is ignored."""
        self._now = max(self._now, now)

    def step(self, by: timedelta) -> None:
        """Move on by a while."""
        self._now += by

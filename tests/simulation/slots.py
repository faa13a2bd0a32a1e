"""When a digest is due, reckoned the slow way: by walking over the clock of the place, quarter by quarter.

Kept apart from the program's own arithmetic, which it is there to check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

QUARTER = timedelta(minutes=15)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a channel wants its digest; `weekday` None means daily, `wanted` False never."""

    wanted: bool = True
    weekday: int | None = 0
    hour: int = 9
    minute: int = 0
    zone: str = "UTC"


def typed(words: str, before: Rhythm) -> Rhythm:
    """Return the rhythm a person typed, in the few words that the script uses."""
    if words == "off":
        return Rhythm(False, before.weekday, before.hour, before.minute, before.zone)
    *how, clock, zone = words.split()
    hour, minute = clock.split(":")
    return Rhythm(True, DAYS.index(how[1]) if len(how) > 1 else None, int(hour), int(minute), zone)


@cache
def moment(day: date, hour: int, minute: int, zone: str) -> datetime:
    """Return the first moment at which the clocks of a place, on a day, show this time or a later one."""
    there = ZoneInfo(zone)
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    while True:
        shown = instant.astimezone(there)
        if shown.date() > day or (shown.date() == day and (shown.hour, shown.minute) >= (hour, minute)):
            return instant
        instant += QUARTER


def slots(rhythm: Rhythm, after: datetime, until: datetime) -> Iterator[datetime]:
    """Give the moments of a rhythm after one moment and up to another."""
    return (due for due, _ in passed(rhythm, after, until))


def passed(rhythm: Rhythm, after: datetime, until: datetime) -> Iterator[tuple[datetime, date]]:
    """Give the moments of a rhythm after one moment and up to another, with the day each belongs to there."""
    if not rhythm.wanted:
        return
    day = after.date() - timedelta(days=2)
    while day <= until.date() + timedelta(days=2):
        if rhythm.weekday is None or day.weekday() == rhythm.weekday:
            due = moment(day, rhythm.hour, rhythm.minute, rhythm.zone)
            if after < due <= until:
                yield due, day
        day += timedelta(days=1)

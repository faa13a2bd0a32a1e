"""When a digest is due: local slots to moments and back, right through both clock changes.

Pure arithmetic over IANA zones; `now` is an argument and nothing is looked up anywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storage.audience.audience import Rhythm, Slot

LATE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Passed:
    """A slot that has passed: its local day (the digest's key), its moment, and whether we come late."""

    day: date
    at: datetime
    late: bool


def zone_exists(name: str) -> bool:
    """Tell whether a name is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def next_slot(slot: Slot, after: datetime) -> datetime | None:
    """Return the first moment of the slot strictly after `after`, in UTC; None when there is no rhythm.

    A local time that the spring change skips is due at the first moment after the gap; one that the
    autumn change repeats is due at its first occurrence only.
    """
    if slot.rhythm is Rhythm.OFF:
        return None
    day = after.astimezone(ZoneInfo(slot.zone)).date() - timedelta(days=1)
    while (at := moment(slot, day)) <= after or not _falls_on(slot, day):
        day += timedelta(days=1)
    return at


def last_slot(slot: Slot, now: datetime) -> Passed | None:
    """Return the latest slot that is not after `now`; None when there is no rhythm."""
    if slot.rhythm is Rhythm.OFF:
        return None
    day = now.astimezone(ZoneInfo(slot.zone)).date() + timedelta(days=1)
    while (at := moment(slot, day)) > now or not _falls_on(slot, day):
        day -= timedelta(days=1)
    return Passed(day, at, now - at > LATE)


def moment(slot: Slot, day: date) -> datetime:
    """Return the moment of the slot's local time on a day, in UTC."""
    local = datetime.combine(day, time(slot.hour, slot.minute), ZoneInfo(slot.zone))
    there = local.astimezone(UTC)
    if there.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return there
    return _gap_end(local)


def _gap_end(local: datetime) -> datetime:
    # Inside the gap fold=0 reads the offset before the change and fold=1 the one after it. The change itself
    # lies between the two moments these offsets make of the wall clock; it is found by halving.
    low, high = (_moment(local.replace(fold=fold)) for fold in (1, 0))
    after = local.replace(fold=1).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        low, high = (low, middle) if middle.astimezone(local.tzinfo).utcoffset() == after else (middle, high)
    return high.replace(second=0, microsecond=0)


def _moment(local: datetime) -> datetime:
    return local.astimezone(UTC)


def _falls_on(slot: Slot, day: date) -> bool:
    return slot.rhythm is Rhythm.DAILY or day.weekday() == slot.weekday

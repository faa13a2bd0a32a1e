"""Small words of English that every message shares: counts, days, times, lists.

No message is laid out here, and nothing asks the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from watchers.model import Document, Exposure

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GRAVEST = tuple(sorted(Exposure, key=lambda exposure: -exposure.rank))
"""The exposures, the gravest first."""

ORDER = {exposure.value: place for place, exposure in enumerate(GRAVEST)} | {"": len(GRAVEST)}
"""The place of an exposure in a list that begins with the gravest; what is not rated comes last."""


def counted(number: int, one: str, many: str = "") -> str:
    """Say how many of something there are ("1 change", "3 changes", "1,200 words")."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str], most: int = 0, joint: str = "and") -> str:
    """Join names as a person would; beyond `most` the rest is counted, never dropped unsaid."""
    if most and len(names) > most:
        names = (*names[:most], f"{len(names) - most} more")
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def day(when: date) -> str:
    """Write a date without ambiguity between continents ("1 Dec 2026")."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def clock(when: datetime, zone: tzinfo | None = None) -> str:
    """Write a time with its date and zone ("23 Nov 2026, 14:02 UTC")."""
    local = when.astimezone(zone) if zone else when
    return f"{day(local)}, {local:%H:%M} {local.tzname() or ''}".rstrip()


def weekday(when: date) -> str:
    """Write a date with its day of the week ("Mon 30 Nov 2026")."""
    return f"{WEEKDAYS[when.weekday()][:3]} {day(when)}"


def days_left(until: date, today: date) -> str:
    """Say how far away a date is, as people count days."""
    days = (until - today).days
    if days == 0:
        return "today"
    if abs(days) == 1:
        return "tomorrow" if days > 0 else "yesterday"
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


def ago(then: datetime | None, now: datetime) -> str:
    """Say how long ago something was, in its largest unit."""
    if then is None:
        return "never"
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            return f"{counted(minutes // size, unit)} ago"
    return "just now"


def a_zone(name: str) -> tzinfo | None:
    """Return the time zone of an IANA name, or None when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def titled(slug: str) -> str:
    """Make a title out of a slug, and leave a title as it is ("privacy-policy" → "Privacy Policy")."""
    if not slug or slug != slug.lower():
        return slug
    return " ".join(word if word in {"of", "and", "for", "the"} else word.capitalize() for word in slug.split("-"))


def title_of(document: Document) -> str:
    """Name a document as people do: its terms type."""
    return titled(document.type or document.id.rpartition("/")[2])


def graver(first: str, second: str) -> str:
    """Return the higher of two exposures."""
    return min(first, second, key=lambda exposure: ORDER.get(exposure, 3))


def exposed(exposure: Exposure | str) -> str:
    """Name an exposure for reading."""
    return f"{exposure} exposure" if exposure else "exposure not rated"

"""When a digest is due, read out of what people type: "weekly mon 09:00 Europe/Berlin", "daily 8am", "off".

Parsing only; which moments a slot means is the storage's arithmetic.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from bot.compose.words import WEEKDAYS, a_zone
from storage.audience.audience import Rhythm, Slot

HOUR = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
DAYS = {name.casefold()[:size]: number for number, name in enumerate(WEEKDAYS) for size in (2, 3, 4, 5, len(name))}
RHYTHMS = {
    **dict.fromkeys(("off", "never", "stop", "none"), Rhythm.OFF),
    **dict.fromkeys(("daily", "day", "every-day", "everyday"), Rhythm.DAILY),
    **dict.fromkeys(("weekly", "week", "on"), Rhythm.WEEKLY),
}
QUIET = {"quiet": False, "noquiet": False, "always": True}


def slot_of(words: str, now: Slot) -> Slot | str:
    """Read a slot, starting from the present one; return the word that was not understood instead."""
    slot = now
    for typed in re.sub(r"(?i)(\d)\s+(am|pm)\b", r"\1\2", words).replace(",", " ").split():
        word = typed.casefold()
        if word in {"at", "on", "every", "digest"}:
            continue
        read = _word(word, slot)
        if read is None:
            return typed
        slot = read
    return slot


def _word(word: str, slot: Slot) -> Slot | None:
    if word in RHYTHMS:
        return replace(slot, rhythm=RHYTHMS[word])
    if word in DAYS:
        return replace(slot, rhythm=Rhythm.WEEKLY, weekday=DAYS[word])
    if word in QUIET:
        return replace(slot, quiet_line=QUIET[word])
    if time := _time(word):
        return replace(slot, hour=time[0], minute=time[1])
    zone = zone_named(word)
    return replace(slot, zone=zone) if zone else None


def _time(word: str) -> tuple[int, int] | None:
    found = HOUR.fullmatch(word)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (half == "pm")
    return (hour, minute) if hour < 24 and minute < 60 else None


def zone_named(word: str) -> str:
    """Return the IANA zone of a name in any case, or of a city alone ("berlin"), or nothing."""
    wanted = word.replace(" ", "_").casefold()
    zones = _zones()
    whole = [zone for zone in zones if zone.casefold() == wanted]
    city = [zone for zone in zones if "/" in zone and zone.casefold().rpartition("/")[2] == wanted]
    return next((zone for zone in (*whole, *city) if a_zone(zone)), "")


def nearest_zones(word: str) -> tuple[str, ...]:
    """Return up to two time zones that may have been meant."""
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in _zones() if "/" in zone and a_zone(zone)}
    typed = word.rpartition("/")[2].casefold()
    return tuple(
        cities[city] for city, _, _ in process.extract(typed, [*cities], scorer=fuzz.ratio, limit=2, score_cutoff=75)
    )


def in_words(slot: Slot) -> str:
    """Say when a digest is due ("weekly on Monday at 09:00, Europe/Berlin")."""
    if slot.rhythm is Rhythm.OFF:
        return "off"
    day = f" on {WEEKDAYS[slot.weekday]}" if slot.rhythm is Rhythm.WEEKLY else ""
    return f"{slot.rhythm}{day} at {slot.hour:02}:{slot.minute:02}, {slot.zone}"


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))

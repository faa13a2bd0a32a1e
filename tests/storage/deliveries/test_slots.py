"""Digest slots: the right moment in local time, through both clock changes, and after downtime."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.audience.audience import Rhythm, Slot
from storage.deliveries.slots import last_slot, moment, next_slot, zone_exists


def utc(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour", "minute", "day", "expected"),
    [
        ("UTC", 9, 0, "2026-03-29", "2026-03-29 09:00"),
        ("Europe/Berlin", 9, 0, "2026-03-28", "2026-03-28 08:00"),
        ("Europe/Berlin", 9, 0, "2026-03-29", "2026-03-29 07:00"),
        # spring: 02:30 does not exist, the first moment after the gap is 03:00 summer time
        ("Europe/Berlin", 2, 30, "2026-03-29", "2026-03-29 01:00"),
        ("Europe/Berlin", 3, 0, "2026-03-29", "2026-03-29 01:00"),
        ("America/New_York", 2, 0, "2026-03-08", "2026-03-08 07:00"),
        # autumn: 02:30 exists twice, the first one counts
        ("Europe/Berlin", 2, 30, "2026-10-25", "2026-10-25 00:30"),
        ("Europe/Berlin", 3, 0, "2026-10-25", "2026-10-25 02:00"),
        ("America/New_York", 1, 30, "2026-11-01", "2026-11-01 05:30"),
        # a gap of half an hour, one at midnight, and a day that was skipped whole
        ("Australia/Lord_Howe", 2, 15, "2026-10-04", "2026-10-03 15:30"),
        ("America/Sao_Paulo", 0, 0, "2018-11-04", "2018-11-04 03:00"),
        ("Pacific/Apia", 9, 0, "2011-12-30", "2011-12-30 10:00"),
        ("Asia/Kolkata", 9, 0, "2026-06-01", "2026-06-01 03:30"),
    ],
)
def test_a_local_time_is_one_moment(zone: str, hour: int, minute: int, day: str, expected: str) -> None:
    assert moment(Slot(Rhythm.DAILY, 0, hour, minute, zone), date.fromisoformat(day)) == utc(expected)


@pytest.mark.parametrize(
    ("slot", "after", "expected"),
    [
        (Slot(Rhythm.WEEKLY, 0, 9), "2026-03-02 08:59", "2026-03-02 09:00"),
        (Slot(Rhythm.WEEKLY, 0, 9), "2026-03-02 09:00", "2026-03-09 09:00"),
        (Slot(Rhythm.WEEKLY, 6, 9), "2026-03-02 09:00", "2026-03-08 09:00"),
        (Slot(Rhythm.DAILY, 3, 9), "2026-03-02 09:00", "2026-03-03 09:00"),
        # local Monday is still Sunday in UTC, and the other way round
        (Slot(Rhythm.WEEKLY, 0, 1, 0, "Asia/Tokyo"), "2026-03-01 12:00", "2026-03-01 16:00"),
        (Slot(Rhythm.WEEKLY, 0, 23, 0, "America/Los_Angeles"), "2026-03-02 12:00", "2026-03-03 07:00"),
        (Slot(Rhythm.DAILY, 0, 2, 30, "Europe/Berlin"), "2026-03-29 00:59", "2026-03-29 01:00"),
        (Slot(Rhythm.DAILY, 0, 2, 30, "Europe/Berlin"), "2026-10-25 00:30", "2026-10-26 01:30"),
    ],
)
def test_the_next_slot_is_strictly_after(slot: Slot, after: str, expected: str) -> None:
    assert next_slot(slot, utc(after)) == utc(expected)


@pytest.mark.parametrize(
    ("slot", "now", "day", "late"),
    [
        (Slot(Rhythm.WEEKLY, 0, 9), "2026-03-02 09:00", "2026-03-02", False),
        (Slot(Rhythm.WEEKLY, 0, 9), "2026-03-02 10:00", "2026-03-02", False),
        (Slot(Rhythm.WEEKLY, 0, 9), "2026-03-02 10:01", "2026-03-02", True),
        (Slot(Rhythm.WEEKLY, 0, 9), "2026-03-02 08:59", "2026-02-23", True),
        (Slot(Rhythm.DAILY, 0, 9), "2026-03-06 12:00", "2026-03-06", True),
        (Slot(Rhythm.WEEKLY, 0, 1, 0, "Asia/Tokyo"), "2026-03-01 16:00", "2026-03-02", False),
        (Slot(Rhythm.DAILY, 0, 2, 30, "Europe/Berlin"), "2026-10-25 01:45", "2026-10-25", True),
    ],
)
def test_the_last_slot_names_its_local_day_and_whether_we_come_late(slot: Slot, now: str, day: str, late: bool) -> None:
    passed = last_slot(slot, utc(now))
    assert passed is not None
    assert (passed.day, passed.late) == (date.fromisoformat(day), late)


def test_without_a_rhythm_there_is_no_slot() -> None:
    assert next_slot(Slot(Rhythm.OFF), utc("2026-03-02 09:00")) is None
    assert last_slot(Slot(Rhythm.OFF), utc("2026-03-02 09:00")) is None


@pytest.mark.parametrize(("name", "known"), [("Europe/Berlin", True), ("Berlin", False), ("", False), ("../x", False)])
def test_a_zone_is_known_or_not(name: str, known: bool) -> None:
    assert zone_exists(name) is known


ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo")


@settings(deadline=None)
@given(
    st.sampled_from(ZONES),
    st.sampled_from((Rhythm.DAILY, Rhythm.WEEKLY)),
    st.integers(0, 6),
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 10 * 366 * 24 * 60),
)
def test_slots_follow_each_other_without_a_gap_or_a_double(
    zone: str, rhythm: Rhythm, weekday: int, hour: int, minute: int, minutes: int
) -> None:
    now = utc("2020-01-01") + timedelta(minutes=minutes)
    slot = Slot(rhythm, weekday, hour, minute, zone)
    upcoming = next_slot(slot, now)
    assert upcoming is not None
    assert upcoming > now
    passed = last_slot(slot, upcoming)
    assert passed is not None
    assert passed.at == upcoming
    before = last_slot(slot, upcoming - timedelta(microseconds=1))
    assert before is not None
    assert before.at <= now
    assert passed.day - before.day == timedelta(days=1 if rhythm is Rhythm.DAILY else 7)

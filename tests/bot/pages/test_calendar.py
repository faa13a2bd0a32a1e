"""Days and months are read as versions that stood; the calendar lists what takes effect, and is a file as well."""

from datetime import UTC, date, datetime

import pytest

from bot.facts.versions import chosen, day_named
from bot.pages.calendar import Dated, coming, icalendar
from storage.archive.history import VersionNote

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def note(identity: str, day: str) -> VersionNote:
    at = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    return VersionNote(identity, "x/terms", at, "", "en", "", "", "", 0)


NOTES = (note("v1", "2023-03-01"), note("v2", "2024-06-01"), note("v3", "2026-01-01"))


@pytest.mark.parametrize(
    ("typed", "newest", "version"),
    [
        ("", False, "v1"), ("", True, "v3"), ("v2", False, "v2"), ("2024-05-31", False, "v1"),
        ("2024-06-01", False, "v2"),
        ("2025", False, "v2"), ("2023-04", False, "v1"), ("2020", False, None), ("soon", False, None),
    ],
)  # fmt: skip
def test_a_day_means_the_version_that_stood_on_it(typed: str, newest: bool, version: str | None) -> None:
    found = chosen(NOTES, typed, newest)
    assert (found.id if found else None) == version


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2023-05-17", date(2023, 5, 17)),
        ("2023-05", date(2023, 5, 1)),
        ("2023", date(2023, 1, 1)),
        ("2023-13", None),
        ("٣", None),
    ],
)  # fmt: skip
def test_a_day_may_be_a_month_or_a_year(typed: str, day: date | None) -> None:
    assert day_named(typed) == day


def test_laws_of_other_regions_and_days_far_ahead_are_not_in_the_calendar() -> None:
    every, eu = coming((), NOON.date()), coming((), NOON.date(), ("eu",))
    assert 0 < len(eu) < len(every)
    assert [each.day for each in every] == sorted(each.day for each in every)
    assert all(0 <= (each.day - NOON.date()).days <= 90 for each in every)


def test_a_calendar_file_folds_long_lines_within_no_letter_and_escapes_what_would_end_a_value() -> None:
    dates = (Dated(date(2027, 1, 2), "Fernpost Privacy Policy", "é" * 90 + "; a, b\nc", "/changes/c1"),)
    body = icalendar(dates, "https://watch.example/", NOON)
    lines = body.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "".join(lines).count("é") == 90
    whole = body.decode().replace("\r\n ", "")
    assert "\\; a\\, b\\nc" in whole
    assert "DTSTART;VALUE=DATE:20270102\r\nDTEND;VALUE=DATE:20270103" in whole
    assert "URL:https://watch.example/changes/c1" in whole

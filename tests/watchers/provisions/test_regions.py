"""A reader of a region sees the laws of that region."""

from datetime import date

import pytest

from watchers.provisions.law import landscape, law
from watchers.provisions.regions import coming_dates, concerns, confirmed, region_named, region_title, within


@pytest.mark.parametrize(
    ("words", "region"),
    [("EU", "eu"), ("United  Kingdom", "uk"), ("usa", "us"), ("Brazil", "brazil"), ("mars", ""), ("", "")],
)
def test_a_region_is_known_by_the_words_people_write(words: str, region: str) -> None:
    assert region_named(words) == region


@pytest.mark.parametrize(
    ("jurisdiction", "region", "is_under"),
    [
        ("EEA", "eu", True), ("UK", "eu", False), ("US-TX", "us", True), ("US-CA", "california", True),
        ("US-TX", "california", False), ("CA-QC", "canada", True), ("US-CA", "canada", False), ("INT", "uk", True),
    ],
)  # fmt: skip
def test_a_code_falls_under_its_region_only(jurisdiction: str, region: str, is_under: bool) -> None:
    assert concerns(jurisdiction, (region,)) is is_under


def test_without_a_region_every_law_is_shown() -> None:
    assert within(landscape("ai_training"), ()) == landscape("ai_training")


def test_the_laws_of_one_region_are_fewer_and_its_own() -> None:
    found = within(landscape("ai_training"), ("uk",))
    assert 0 < len(found.hooks) < len(landscape("ai_training").hooks)
    assert {hook.instrument.jurisdiction for hook in found.hooks} <= {"UK", "INT"}
    assert found.considerations == landscape("ai_training").considerations


def test_a_line_from_knowledge_says_so_with_its_date() -> None:
    hooks = [hook for each in law().landscapes.values() for hook in each.hooks]
    said = next(confirmed(hook) for hook in hooks if hook.checked == "knowledge")
    assert said.startswith("from knowledge; the wording was not opened")
    assert "last checked 2026-" in said
    assert all(confirmed(hook).startswith("wording compared") for hook in hooks if hook.checked == "text")


def test_coming_dates_are_in_order_and_vague_ones_last() -> None:
    found = coming_dates(law())
    days = [each.coming.day for each in found if each.coming.day]
    assert days == sorted(days)
    assert date(2027, 1, 1) in days
    assert all(each.coming.day is None for each in found[len(days) :])


def test_a_region_is_named_as_in_a_sentence() -> None:
    assert (region_title("eu"), region_title("brazil")) == ("the EU and EEA", "Brazil")

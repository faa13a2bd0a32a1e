"""When a digest is due, as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.rhythm import in_words, slot_of, zone_named
from storage.audience.audience import Rhythm, Slot

NOW = Slot()


@pytest.mark.parametrize(
    ("words", "slot"),
    [
        ("weekly mon 09:00 Europe/Berlin", Slot(Rhythm.WEEKLY, 0, 9, 0, "Europe/Berlin")),
        ("weekly", NOW),
        ("fri", Slot(Rhythm.WEEKLY, 4)),
        ("weekly Friday at 5pm", Slot(Rhythm.WEEKLY, 4, 17)),
        ("daily 8 am", Slot(Rhythm.DAILY, 0, 8)),
        ("daily 12am", Slot(Rhythm.DAILY, 0, 0)),
        ("daily 07.30 america/new_york", Slot(Rhythm.DAILY, 0, 7, 30, "America/New_York")),
        ("weekly tue 18h15 berlin", Slot(Rhythm.WEEKLY, 1, 18, 15, "Europe/Berlin")),
        ("off", Slot(Rhythm.OFF)),
        ("weekly quiet", Slot(quiet_line=False)),
    ],
)
def test_slots_are_read(words: str, slot: Slot) -> None:
    assert slot_of(words, NOW) == slot


@pytest.mark.parametrize(
    ("words", "strange"), [("weekly 25:00", "25:00"), ("monthly", "monthly"), ("mon Mars/Base", "Mars/Base")]
)
def test_the_word_that_was_not_understood_is_named(words: str, strange: str) -> None:
    assert slot_of(words, NOW) == strange


def test_zones_are_known_in_any_case_and_by_city() -> None:
    assert (zone_named("europe/berlin"), zone_named("new york"), zone_named("nowhere")) == (
        "Europe/Berlin",
        "America/New_York",
        "",
    )


def test_a_slot_is_said_in_words() -> None:
    assert in_words(Slot(zone="Europe/Berlin")) == "weekly on Monday at 09:00, Europe/Berlin"


@given(st.text(max_size=60))
def test_nothing_typed_raises(words: str) -> None:
    slot_of(words, NOW)

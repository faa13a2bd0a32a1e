"""What the parts of a headline say: lists that are cut, excerpts that end at a word, words struck and inserted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.watchers.comparing.pages import changed
from watchers.comparing.dates import Meaning, mentions, same_date_said
from watchers.comparing.edits import edits
from watchers.comparing.quoting import prompt
from watchers.comparing.spelling import same_word
from watchers.comparing.summary import in_its_words
from watchers.model import Passage, PassageKind

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
PROMISE = "We do not use your messages to train our models.\n\n"


def reworded(before: str, after: str, limit: int = 110) -> str:
    """Say what became of a clause."""
    return in_its_words(Passage(PassageKind.REWORDED, before, after, 0, 0, edits=edits(before, after)), limit)


def test_words_that_go_are_struck_and_words_that_come_inserted() -> None:
    short, long = "We keep it for a year.", "We keep it for a year after you have left us."
    assert reworded(long, short) == "strikes “after you have left us”"
    assert reworded(short, long) == "inserts “after you have left us”"


def test_a_single_word_is_shown_where_it_stands() -> None:
    assert reworded("You may not sell it here.", "You may sell it here.") == (
        "“You may not sell it here.” becomes “You may sell it here.”"
    )


def test_a_long_excerpt_ends_at_a_word() -> None:
    words = "removes one two three four five"
    said = in_its_words(Passage(PassageKind.REMOVED, words, "", 0), 17)
    assert said == "removes “removes one two …”"


def test_the_summariser_is_given_the_passages_under_their_names() -> None:
    found = replace(changed(PROMISE, ""), effective=date(2026, 6, 1))
    system, user = prompt("Tern", "Terms of Service", found)
    assert (system["role"], user["role"]) == ("system", "user")
    told = json.loads(user["content"].split("\n")[2])
    assert told == {
        "platform": "Tern",
        "document": "Terms of Service",
        "effective": "2026-06-01",
        "passages": [{"kind": "removed", "under": ["4. Your content"], "before": PROMISE.strip(), "after": ""}],
    }


def test_a_month_above_twelve_is_the_day() -> None:
    assert [one.value for one in mentions("Updated 25/03/2026.")] == [date(2026, 3, 25)]
    assert [one.value for one in mentions("Updated 03/25/2026.")] == [date(2026, 3, 25)]
    assert mentions("Updated 25/13/2026.") == ()


def test_what_a_date_means_is_said_on_its_own_line() -> None:
    assert [one.meaning for one in mentions("Effective\n1 June 2026")] == [Meaning.OTHER]
    assert [one.meaning for one in mentions("1 June 2026\nlast updated")] == [Meaning.OTHER]
    assert [one.meaning for one in mentions("1 June 2026 (effective)")] == [Meaning.EFFECTIVE]
    assert [one.meaning for one in mentions("A word.\nEffective 1 June 2026")] == [Meaning.EFFECTIVE]


def test_a_date_for_another_country_is_another_date_line() -> None:
    assert same_date_said("Effective 1 June 2026 (Ireland)", "Effective June 1, 2026 (Ireland)")
    assert not same_date_said("Effective 1 June 2026 (Ireland)", "Effective 1 June 2026 (Poland)")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("form", "from", True), ("keep", "kelp", False), ("recieve", "receive", True), ("must", "may", False)],
)
def test_a_short_word_is_misspelled_only_by_a_swap(a: str, b: str, same: bool) -> None:
    assert bool(same_word(a, b)) is same


@pytest.mark.parametrize(("said", "meant"), [("must", "most"), ("shall", "small"), ("without", "withou")])
def test_a_word_that_binds_is_never_taken_for_a_slip_of_the_pen(said: str, meant: str) -> None:
    assert same_word(said, meant) == same_word(meant, said) == ""

"""What weighs in a short line and what does not; and spans of time kept longer or shorter, in three languages."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.pages import difference
from watchers.comparing.furniture import looks_ahead, news, weighs
from watchers.model import Direction

JOINING = ["and", "or", "und", "et", "y", "all", "any", "every", "no"]


@pytest.mark.parametrize("word", JOINING)
def test_a_word_that_only_joins_names_gives_a_line_no_weight(word: str) -> None:
    assert not weighs(f"Pictures {word} letters")


@pytest.mark.parametrize("word", ["must", "not", "never", "only"])
def test_a_word_that_rules_gives_it_weight(word: str) -> None:
    assert weighs(f"Pictures {word} letters")


SPANS = [
    ("We keep your messages for 30 days.", "We keep your messages for 2 months.", Direction.LONGER),
    ("We keep your messages for 3 months.", "We keep your messages for 60 days.", Direction.SHORTER),
    ("We keep your messages for 30 days.", "We keep your messages for 48 hours.", Direction.SHORTER),
    ("We keep your messages for 2 weeks.", "We keep your messages for 15 days.", Direction.LONGER),
    ("We keep your messages for 11 months.", "We keep your messages for 1 year.", Direction.LONGER),
    ("Nous conservons vos messages 90 jours.", "Nous conservons vos messages 2 mois.", Direction.SHORTER),
    ("Wir speichern Ihre Nachrichten 90 Tage.", "Wir speichern Ihre Nachrichten 2 Monate.", Direction.SHORTER),
]


@pytest.mark.parametrize(("old", "new", "direction"), SPANS)
def test_what_is_kept_longer_is_wider_whatever_the_unit(old: str, new: str, direction: Direction) -> None:
    told = difference(f"# Privacy\n\n{old}\n", f"# Privacy\n\n{new}\n")
    assert [passage.direction for passage in told.passages] == [direction]


def test_the_same_span_in_another_unit_has_no_direction() -> None:
    old, new = ("We keep your messages for 14 days.", "We keep your messages for 2 weeks.")
    told = difference(f"# Privacy\n\n{old}\n", f"# Privacy\n\n{new}\n")
    assert not {passage.direction for passage in told.passages} & {Direction.LONGER, Direction.SHORTER}


def test_an_announcement_is_known_with_either_apostrophe() -> None:
    assert news("We’ve updated our terms.") == news("We've updated our terms.")
    assert looks_ahead("We’ll change our terms.") == looks_ahead("We'll change our terms.")

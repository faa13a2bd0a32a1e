"""A stance that changed is always touched, and whether the reader is better or worse off with it is said."""

from __future__ import annotations

import pytest

from tests.watchers.provisions.flips import FACTS, FLIPS
from watchers.comparing.bearing import of_change
from watchers.comparing.compare import compare
from watchers.model import Bearing
from watchers.provisions.recogniser import recognise
from watchers.provisions.taxonomy import PROVISIONS
from watchers.provisions.touches import touched
from watchers.reading.extract import read_markdown

PAGE = (
    "# {kind}\n\n## 1. Section\n\n{sentence} Other words stand beside it that say nothing.\n\n"
    "## 2. Desk\n\nThe desk is open from nine to five.\n"
)
BOTH_WAYS = [
    pytest.param(provision, kind, before, after, meant, id=f"{provision}: {after}")
    for provision, kind, loses, gains in FLIPS
    for before, after, meant in ((gains, loses, Bearing.WORSE), (loses, gains, Bearing.BETTER))
]


def told(kind: str, before: str, after: str) -> tuple[frozenset[str], Bearing | None]:
    """Return the provisions that a page with one other sentence touches, and what that means for the reader."""
    old, new = (read_markdown(PAGE.format(kind=kind, sentence=sentence)) for sentence in (before, after))
    found = [recognise(side.text, doc_type=kind, language="en") for side in (old, new)]
    difference = compare(old, new, doc_type=kind)
    touches = touched(old.text, found[0], new.text, found[1], difference)
    return frozenset(touch.provision for touch in touches), of_change(difference, touches)


@pytest.mark.parametrize(("provision", "kind", "before", "after", "meant"), BOTH_WAYS)
def test_a_sentence_turned_round_names_its_provision_and_who_gains(
    provision: str, kind: str, before: str, after: str, meant: Bearing
) -> None:
    touched_ones, bearing = told(kind, before, after)
    assert provision in touched_ones
    assert bearing is meant


@pytest.mark.parametrize(("provision", "kind", "one", "other"), FACTS)
def test_another_law_place_age_or_ground_is_touched_and_neither_better_nor_worse(
    provision: str, kind: str, one: str, other: str
) -> None:
    for before, after in ((one, other), (other, one)):
        touched_ones, _ = told(kind, before, after)
        assert provision in touched_ones


def test_every_provision_is_turned_round_in_three_wordings_or_is_a_fact() -> None:
    wordings = {one: sum(provision == one for provision, *_ in FLIPS) for one in PROVISIONS}
    facts = {provision for provision, *_ in FACTS}
    assert {one for one, count in wordings.items() if count < 3 and one not in facts} == set()

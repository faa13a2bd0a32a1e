"""What a touch says: whether a provision asks more or less of its reader than before, by which of its findings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from watchers.model import Difference, Edit, Exposure, Finding, Passage, PassageKind, Significance, Stance, Touch, Turn
from watchers.provisions.touches import touched

OLD = "We may keep your messages. " * 8
NEW = "We will keep your letters. " * 8
WORDS = 26
"""Letters of a sentence, without its space."""


def finding(at: int, stance: Stance = Stance.MAY, exposure: Exposure = Exposure.LOW, sure: float = 0.9) -> Finding:
    """Return a finding of retention in the sentence that begins at a letter."""
    return Finding("retention", at, at + WORDS, stance, exposure, sure, at + 3, at + 6)


def passage(start: int = 0, end: int = WORDS, weight: float = 1.0) -> Passage:
    """Return a passage whose words differ wholly."""
    before, after = OLD[start:end], NEW[start:end]
    edits = (Edit(0, len(before), 0, len(after)),)
    made = Passage(PassageKind.REWORDED, before, after, before_start=start, after_start=start, edits=edits)
    return replace(made, significance=Significance.SUBSTANTIVE, weight=weight)


def turn(old: list[Finding], new: list[Finding], *passages: Passage) -> Touch:
    """Return the only touch of a change of these passages."""
    told = Difference(True, False, Significance.SUBSTANTIVE, passages=passages or (passage(),))
    (found,) = touched(OLD, old, NEW, new, told)
    return found


STANCES = [
    (Stance.DOES_NOT, Stance.MAY, Turn.STRENGTHENED),
    (Stance.MAY, Stance.DOES_NOT, Turn.WEAKENED),
    (Stance.OFFERS_CHOICE, Stance.DOES, Turn.STRENGTHENED),
    (Stance.DOES, Stance.ASKS_CONSENT, Turn.WEAKENED),
    (Stance.MAY, Stance.DOES, Turn.REWORDED),
]


@pytest.mark.parametrize(("was", "now", "became"), STANCES)
def test_a_provision_that_asks_more_of_its_reader_is_strengthened(was: Stance, now: Stance, became: Turn) -> None:
    assert turn([finding(0, was)], [finding(0, now)]).turn is became


def test_of_two_that_ask_the_same_the_graver_exposure_decides() -> None:
    assert turn([finding(0)], [finding(0, exposure=Exposure.HIGH)]).turn is Turn.STRENGTHENED
    assert turn([finding(0, exposure=Exposure.MEDIUM)], [finding(0)]).turn is Turn.WEAKENED


def test_a_stance_outweighs_any_exposure() -> None:
    promised = finding(0, Stance.DOES_NOT, Exposure.HIGH)
    assert turn([promised], [finding(0, Stance.ASKS_CONSENT)]).turn is Turn.STRENGTHENED


def test_a_provision_that_comes_has_appeared_with_its_gravest_sentence() -> None:
    light, grave = finding(0), finding(0, exposure=Exposure.HIGH)
    found = turn([], [light, grave])
    assert (found.turn, found.before, found.after) == (Turn.APPEARED, None, grave)


def test_a_provision_that_goes_has_left_with_its_gravest_sentence() -> None:
    light, grave = finding(0), finding(0, exposure=Exposure.HIGH)
    found = turn([light, grave], [])
    assert (found.turn, found.before, found.after) == (Turn.LEFT, grave, None)


def test_of_equals_the_surer_and_then_the_first_is_shown() -> None:
    first, second = finding(0), finding(WORDS + 1)
    whole = passage(0, 2 * WORDS + 1)
    assert turn([], [second, first], whole).after == first
    surer = replace(second, confidence=0.95)
    assert turn([], [first, surer], whole).after == surer


def test_a_sentence_more_of_what_asks_something_strengthens_and_one_more_promise_weakens() -> None:
    kept = finding(4 * (WORDS + 1))
    assert turn([kept], [kept, finding(0)]).turn is Turn.STRENGTHENED
    assert turn([kept], [kept, finding(0, Stance.DOES_NOT)]).turn is Turn.WEAKENED


def test_a_sentence_less_of_what_asks_something_weakens() -> None:
    kept = finding(4 * (WORDS + 1))
    assert turn([kept, finding(0)], [kept]).turn is Turn.WEAKENED
    assert turn([kept, finding(0, Stance.DOES_NOT)], [kept]).turn is Turn.STRENGTHENED


def test_the_weightiest_passage_that_holds_the_provision_decides_its_turn() -> None:
    far = 4 * (WORDS + 1)
    old = [finding(0), finding(far, Stance.DOES_NOT)]
    new = [finding(0), finding(far)]
    light, heavy = passage(0, WORDS, 1.0), passage(far, far + WORDS, 5.0)
    assert turn(old, new, light, heavy).turn is Turn.STRENGTHENED
    assert turn(old, new, replace(light, weight=9.0), heavy).turn is Turn.REWORDED


def test_a_passage_at_the_very_beginning_of_both_texts_counts() -> None:
    assert turn([finding(0)], [finding(0)]).before == finding(0)


def test_the_same_sentence_in_both_texts_is_touched_by_nothing() -> None:
    told = Difference(True, False, Significance.SUBSTANTIVE, passages=(passage(0, 10),))
    assert touched(OLD, [finding(0)], OLD, [finding(0)], told) == ()

"""Marks of earlier versions, and what coming back means."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.pages import plain
from watchers.comparing.history import Return, came_back, fingerprint, returned, sentence_marks
from watchers.model import Past

A = "We keep your letters for thirty days.\n\nWe never sell them to anybody."
B = "We keep your letters for sixty days.\n\nWe never sell them to anybody."


def test_a_fingerprint_forgets_marks_and_typography_and_nothing_else() -> None:
    assert fingerprint("## Don’t  **shout**") == fingerprint("don't shout")
    assert fingerprint("for 30 days") != fingerprint("for 31 days")
    assert fingerprint("we sell, they buy") != fingerprint("they buy, we sell")


def test_sentence_marks_fit_a_signed_integer_of_64_bits_and_leave_short_ones_out() -> None:
    marks = sentence_marks(A + "\n\nOf course not.")
    assert len(marks) == 2
    assert all(0 <= mark < 2**63 for mark in marks)


@pytest.mark.parametrize(
    ("earlier", "recent", "held", "kind"),
    [
        ((), (), False, Return.NEW),
        ((A,), (A,), False, Return.NEW),
        ((A, B), (A, B), False, Return.BLINK),
        ((A, B), (A, B), True, Return.ROLLBACK),
        ((A, B), (A, B, A, B), True, Return.FLAPPING),
    ],
)
def test_coming_back_is_told_apart(earlier: tuple[str, ...], recent: tuple[str, ...], held: bool, kind: Return) -> None:
    past = Past(
        fingerprints=frozenset(map(fingerprint, earlier)),
        recent=tuple(plain(text).sha256 for text in recent),
        held=plain(B).sha256 if held else "",
    )
    assert returned(plain(A), plain(B), past) is kind


def test_a_sentence_that_had_left_is_back_but_one_copied_from_the_same_page_is_not() -> None:
    past = Past(sentences=sentence_marks(A) | sentence_marks(B))
    assert came_back("We keep your letters for thirty days.", plain(B), past)
    assert not came_back("We never sell them to anybody.", plain(B), past)
    assert not came_back("We burn your letters at once.", plain(B), past)
    assert not came_back("We keep your letters for thirty days.", plain(B), None)

"""Which changes are no changes at all, since another page stood in place of the document or of a part of it."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.pages import BODY, PAGE, difference, plain
from watchers.comparing.compare import compare
from watchers.model import Significance

ABOUT_ERRORS = (
    "The service may be temporarily unavailable while we repair it, and we pay nothing for that.",
    "We collect the files that were open when an error occurred, and send them to our partners.",
    "If something went wrong with a payment, write to us within 14 days.",
    "You are liable for requests our systems answer with 403 forbidden.",
    "We keep logs of too many requests from one address for a year.",
    "Wir haften nicht, wenn eine Seite nicht gefunden wird.",
)


@pytest.mark.parametrize("clause", ABOUT_ERRORS)
def test_a_clause_that_speaks_of_errors_is_told_when_it_comes_and_when_it_goes(clause: str) -> None:
    more = f"{PAGE}\n{clause}\n"
    assert difference(PAGE, more).significance is Significance.SUBSTANTIVE
    assert difference(more, PAGE).significance is Significance.SUBSTANTIVE


@pytest.mark.parametrize("clause", ABOUT_ERRORS)
def test_a_clause_that_speaks_of_errors_does_not_hush_the_others(clause: str) -> None:
    more = PAGE.replace("30 days", "90 days") + f"\n{clause}\n"
    assert "a number changed" in difference(PAGE, more).reasons


@pytest.mark.parametrize(
    "error",
    [
        "This page isn’t available. An unexpected error has occurred.",
        "The page you asked for can't be found.",
        "Something went wrong. Try again later.",
        "503 Service Unavailable",
        "Seite nicht gefunden",
    ],
)
def test_an_error_page_in_place_of_a_part_is_none_and_neither_is_the_return_of_the_part(error: str) -> None:
    whole, broken = f"{PAGE}\n- - -\n\n# Cookies\n\n{BODY}", f"{PAGE}\n- - -\n\n{error}\n"
    assert difference(whole, broken).significance is Significance.UNREADABLE
    assert difference(broken, whole).significance is Significance.COSMETIC


def test_a_policy_rewritten_from_end_to_end_is_told_though_it_named_an_error_once() -> None:
    clauses = [
        f"In case {n} we keep what you send us in place {n} for {n + 3} days and then delete it." for n in range(80)
    ]
    told = [
        f"Your letters of kind {n} stay with the office of town {n} as long as the law there asks." for n in range(80)
    ]
    old = "# Terms of Service\n\n" + "\n\n".join([*clauses[:40], "Something went wrong?", *clauses[40:]])
    new = "# Terms of Service\n\n" + "\n\n".join(told)
    assert difference(old, new).significance is Significance.SUBSTANTIVE


def test_a_document_that_is_back_after_an_error_page_is_said_to_be_back() -> None:
    error = "503 Service Unavailable"
    gone, back = (compare(plain(a), plain(b)) for a, b in ((PAGE, error), (error, PAGE)))
    assert (gone.significance, back.significance) == (Significance.UNREADABLE, Significance.COSMETIC)
    assert back.reasons == tuple(f"the document is back: {reason}" for reason in gone.reasons)


def test_a_page_of_a_few_words_is_told_from_an_error_page() -> None:
    error, few = (compare(plain(PAGE), plain(text)) for text in ("503 Service Unavailable", "Lighthouse"))
    assert error.significance is few.significance is Significance.UNREADABLE
    assert error.reasons != few.reasons

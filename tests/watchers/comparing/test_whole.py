"""Which changes are no changes at all, since another page stood in place of the document or of a part of it."""

from __future__ import annotations

import pytest

from tests.watchers.comparing.pages import BODY, PAGE, difference, is_told, plain
from watchers.comparing.compare import compare
from watchers.comparing.whole import OTHER_PAGE, PART_ADDED, PART_REMOVED
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


LETTERS = "".join(f"Letter {n} is kept for {n + 3} days by our office.\n\n" for n in range(12))
LAMPS = "".join(f"Whoever writes of lamp {n} is told at once where lamp {n} can be had.\n\n" for n in range(12))


def test_a_page_of_another_title_in_place_of_the_document_is_named_as_such() -> None:
    terms, shop = f"# Terms\n\n{LETTERS}", f"# Our lamps\n\n{LAMPS}"
    gone, back = difference(terms, shop), difference(shop, terms)
    assert (gone.significance, gone.reasons) == (Significance.UNREADABLE, (OTHER_PAGE,))
    assert (back.significance, back.reasons) == (Significance.COSMETIC, (f"the document is back: {OTHER_PAGE}",))


def test_a_policy_rewritten_without_a_title_is_told() -> None:
    assert is_told(f"# Terms\n\n{LETTERS}", LAMPS)
    assert is_told(LAMPS, f"# Terms\n\n{LETTERS}")


def test_a_short_page_whose_title_too_is_in_another_language_was_served_in_that() -> None:
    table = "".join(f"Harbour {n}: 10 {n}; 20 {n}; 30 {n}\n\n" for n in range(60))
    question = "You can ask us at any time which of your letters we still have, and we answer within a week."
    frage = "Sie können jederzeit fragen, welche Ihrer Briefe wir aufbewahren, und wir antworten in einer Woche."
    english = plain(f"# Privacy\n\n{question}\n\n{table}")
    german = plain(f"Harbour\n\n# Datenschutz\n\n{frage}\n\n{table}")
    for old, new in ((english, german), (german, english)):
        assert compare(old, new).reasons == ("language switch",)


def part(title: str, clauses: int) -> str:
    rules = (
        f"{title} number {n} of the harbour stays with us for {n + 2} weeks and no longer.\n\n" for n in range(clauses)
    )
    return f"# {title}\n\n{''.join(rules)}"


def test_a_page_that_joins_or_leaves_a_collection_is_known_wherever_it_stands() -> None:
    pages = [part("Letters", 20), part("Boats", 10), part("Lamps", 12)]
    whole, rest = "- - -\n\n".join(pages), "- - -\n\n".join(pages[::2])
    assert difference(rest, whole).reasons == (PART_ADDED,)
    assert difference(whole, rest).reasons == (PART_REMOVED,)


def test_new_sections_of_a_page_are_no_parts_of_it_that_were_folded_in() -> None:
    matters = [f"## Matter {n}\n\nMatter {n} is heard by clerk {n}.\n\n" for n in range(7)]
    more = [f"{matter}Letters on matter {n} lie in box {n}.\n\n" for n, matter in enumerate(matters)]
    asked = [f"## Question {n}\n\nWhoever asks question {n} pays coin {n} to the keeper.\n\n" for n in range(16)]
    assert is_told("# Terms\n\n" + "".join(matters), "# Terms\n\n" + "".join([*more, *asked]))

"""Recognising again says what recognising says, whatever became of the text in between."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.model import Finding
from watchers.provisions.again import Before, recognise_again, stamp
from watchers.provisions.recogniser import recognise

BLOCKS = (
    "# Privacy Policy",
    "## How we share your data",
    "## Disputes",
    "We may share your personal data with advertisers, unless you opt out in Settings.",
    "We do not sell your personal information. We keep it for 30 days after you close your account.",
    "Any dispute is resolved by binding arbitration, and you waive your right to a class action.",
    "We may use what you upload to train our machine learning models.",
    "We may share the following with our partners:",
    "- your precise location",
    "- your payment details.",
    "1. We may suspend your account at any time without notice.",
    "| Data | Purpose | Who receives it |",
    "Write to us, e.g. Monday to Friday. ΑΣ İ",
)
TEXTS = st.lists(st.sampled_from(BLOCKS), max_size=9).map("\n\n".join)


def again(old: str, new: str, doc_type: str = "Privacy Policy", language: str = "en") -> tuple[Finding, ...]:
    before = Before(old, recognise(old, doc_type=doc_type, language=language))
    return recognise_again(new, before, doc_type=doc_type, language=language)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_what_is_known_of_another_text_changes_nothing_about_what_is_found(old: str, new: str) -> None:
    assert again(old, new) == recognise(new, doc_type="Privacy Policy", language="en")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: "",
        lambda text: "An opening line.\n\n" + text,
        lambda text: text.replace("## Disputes", "## Advertising"),
        lambda text: text.replace("following", "list below"),
        lambda text: text.replace("may", "will"),
        lambda text: "# Only\n\n## Headings",
        lambda text: "\n\n".join(reversed(text.split("\n\n"))),
    ],
)
def test_a_page_of_everything_reads_the_same_again_after_a_change(change: Callable[[str], str]) -> None:
    old = "\n\n".join(BLOCKS)
    new = change(old)
    assert again(old, new) == recognise(new, doc_type="Privacy Policy", language="en")
    assert again(new, old) == recognise(old, doc_type="Privacy Policy", language="en")


def test_the_rules_are_named_by_the_kind_of_document_and_its_language() -> None:
    assert stamp("Privacy Policy", "en") == stamp("Cookie Policy", "en")
    assert len({stamp("Privacy Policy", "en"), stamp("Terms of Service", "en"), stamp("Privacy Policy", "de")}) == 3

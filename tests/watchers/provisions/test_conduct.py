"""What rules of conduct say of data: only what the company does itself counts."""

from __future__ import annotations

import pytest

from watchers.comparing.conduct import counts
from watchers.provisions.recogniser import recognise

DATA = {"data_collection", "data_sharing", "location", "sensitive_data", "biometric", "law_enforcement"}


def about_data(sentence: str, doc_type: str) -> set[str]:
    return {found.provision for found in recognise(sentence, doc_type=doc_type)} & DATA


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not share another person’s real-time location or home address without their consent.",
        "We do not allow posts that reveal the sexual orientation or health information of others.",
        "Accounts that collect information about other people, such as phone numbers, break these rules.",
    ],
)
@pytest.mark.parametrize("doc_type", ["Community Guidelines", "Acceptable Use Policy"])
def test_what_people_may_not_post_of_others_is_no_use_of_data(sentence: str, doc_type: str) -> None:
    assert about_data(sentence, doc_type) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "We collect information about your device and your IP address when you report a post.",
        "We may share your information with law enforcement when somebody’s life is in danger.",
    ],
)
def test_what_the_company_does_with_data_counts_in_rules_of_conduct_too(sentence: str) -> None:
    assert about_data(sentence, "Community Guidelines")


def test_who_may_have_an_account_is_a_rule_on_children_in_rules_of_conduct_and_what_they_see_is_none() -> None:
    assert counts("children", "you must be at least 13 years old to post here.")
    assert not counts("children", "do not post photos of children.")
    assert not counts("location", "you must be at least 13 years old to post where others are.")

"""Which sentence, and which document, stands for a provision: the rule first, asides and special cases later."""

from __future__ import annotations

import pytest

from tests.watchers.provisions.sources import source
from watchers.provisions.choosing import best_source, sayings


def shown(provision: str, text: str) -> str:
    read = source(text)
    return sayings(provision, read)[0].excerpt(text)


RULE = "We share your data with advertisers."


@pytest.mark.parametrize(
    "other",
    [
        "Data shared with advertisers:",
        "We share your data with partners and advertisers",
        "| Partners | We share your data with advertisers | For a year |",
        "We share data of children with advertisers.",
        "For example, we share your data with advertisers.",
        "We share your data with Apple and advertisers.",
        "We do not share your data with advertisers.",
        f"We share your data with advertisers{', with lamp makers of this town' * 20}.",
    ],
)
def test_a_plain_rule_goes_before_what_only_adds_to_it(other: str) -> None:
    for text in (f"{other}\n\n{RULE}", f"{RULE}\n\n{other}"):
        assert shown("data_sharing", text) == RULE


def test_what_holds_in_one_region_comes_last_but_for_rights_of_regions() -> None:
    text = (
        "# Privacy\n\n## Residents of Brazil\n\nWe share your data with advertisers and sell it to brokers.\n\n"
        "Residents of California have rights under the CCPA.\n\n"
        f"## Sharing\n\n{RULE}\n\n| The GDPR | gives you rights |\n"
    )
    assert shown("data_sharing", text) == RULE
    assert shown("regional_rights", text) == "Residents of California have rights under the CCPA."


def test_a_choice_about_training_goes_before_another_sentence_as_sure() -> None:
    choice = "We may use your posts to train our AI models, unless you opt out."
    assert shown("ai_training", f"We may use your posts to train our AI models.\n\n{choice}") == choice


def test_a_document_people_look_into_later_is_shown_where_the_first_hardly_speaks() -> None:
    names, rule = "We keep data for arbitration proceedings.", "Any dispute is finally settled by binding arbitration."
    policy, terms, addendum = source(names), source(rule, "Commercial Terms"), source(rule, "Data Processor Agreement")
    assert best_source("arbitration", [policy, addendum, terms]) is terms
    assert best_source("arbitration", [source("Hello there."), addendum]) is addendum

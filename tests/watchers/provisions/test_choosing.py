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
        "| Partners | We share your data with advertisers | For a year |",
        "We share data of children with advertisers.",
        "We do not share your data with advertisers.",
    ],
)
def test_a_plain_rule_goes_before_what_only_adds_to_it(other: str) -> None:
    for text in (f"{other}\n\n{RULE}", f"{RULE}\n\n{other}"):
        assert shown("data_sharing", text) == RULE


def test_what_holds_in_one_region_comes_last() -> None:
    text = f"# Privacy\n\n## Residents of Brazil\n\n{RULE[:-1]} and others.\n\n## Sharing\n\n{RULE}\n"
    assert shown("data_sharing", text) == RULE


def test_a_document_people_look_into_later_is_shown_where_the_first_hardly_speaks() -> None:
    names, rule = "We keep data for arbitration proceedings.", "Any dispute is finally settled by binding arbitration."
    policy, terms, addendum = source(names), source(rule, "Commercial Terms"), source(rule, "Data Processor Agreement")
    assert best_source("arbitration", [policy, addendum, terms]) is terms
    assert best_source("arbitration", [source("Hello there."), addendum]) is addendum

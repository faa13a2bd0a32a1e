"""Each rule for noise with its cases, and what must never be taken for noise."""

from __future__ import annotations

import pytest

from watchers.reading.blocks import JOINT, Block
from watchers.reading.extract import read_html
from watchers.reading.volatile import RULES, rule_for, without_menus

NOISE = [
    ("votes", "2674 out of 3984 found this helpful"),
    ("feedback question", "Was this article helpful?"),
    ("feedback question", "Did this answer your question? 😞 😐 😃"),
    ("feedback prompt", "Thanks for your feedback!"),
    ("feedback answer", "Yes"),
    ("last visited", "Last visited 3 pages ago"),
    ("relative age", "Updated over 2 weeks ago"),
    ("relative age", "Last updated yesterday"),
    ("reading time", "5 min read"),
    ("skip link", "Skip to main content"),
    ("sharing", "Share on Chirper"),
    ("page tools", "Print this page"),
    ("page tools", "Expand all"),
    ("on this page", "Back to top"),
    ("previous and next", "← Previous article"),
    ("heading anchor", "Link to this section"),
    ("cookie banner", "Reject all cookies"),
    ("ticker", "▲ 12.4 %"),
    ("copyright line", "© 2026 Example Inc. All rights reserved."),
    ("only signs", "•"),
]
KEPT = [
    "We keep logs for 30 days.",
    "You must be at least 16 years old.",
    "Copyright infringement",
    "Updated 12 March 2026",
    "Yes, we share it with advertisers.",
    "Share your data with our partners and affiliates",
    "3 of 5 arbitrators must agree",
    "Cookies we use to measure",
    "$50 per month",
    "§ 5 Liability",
    JOINT,
]
HEADINGS = ["Your privacy choices", "Sharing", "Cookie settings", "Subscribe", "Cookie preferences"]


@pytest.mark.parametrize(("rule", "words"), NOISE)
def test_noise_is_taken_by_its_rule(rule: str, words: str) -> None:
    assert rule_for(Block("", words)) == rule


@pytest.mark.parametrize("words", KEPT)
def test_the_words_of_a_policy_are_kept(words: str) -> None:
    assert rule_for(Block("", words)) == ""


@pytest.mark.parametrize("words", HEADINGS)
def test_a_heading_of_a_policy_is_kept(words: str) -> None:
    assert rule_for(Block("## ", words)) == ""


def test_every_rule_has_a_case() -> None:
    assert {rule.name for rule in RULES} <= {name for name, _ in NOISE}


def test_related_articles_go_with_their_links_and_the_text_after_them_stays() -> None:
    page = "<h2>T</h2><p>Pay.</p><h3>Related articles</h3><p><a href=/a>One</a></p><p><a href=/b>Two</a></p><p>End.</p>"
    assert read_html(page).text == "## T\n\nPay.\n\nEnd."


def test_a_menu_of_many_links_is_no_document_but_a_table_of_contents_is() -> None:
    menu = [Block("- ", f"Topic {n}", ((0, 7, f"https://a.example/{n}"),)) for n in range(12)]
    contents = [Block("- ", f"Clause {n}", ((0, 8, f"#c{n}"),)) for n in range(12)]
    text = Block(
        "", "We keep what you write here for as long as the law requires us to keep it, and no longer than that."
    )
    assert without_menus([*menu, text, *contents]) == [text, *contents]


def test_a_list_of_other_companies_is_no_menu() -> None:
    companies = [Block("- ", f"Company {n}", ((0, 9, f"https://c{n}.example/"),)) for n in range(12)]
    assert without_menus(companies) == companies

"""Each rule for noise with its cases, and what must never be taken for noise."""

from __future__ import annotations

import pytest

from watchers.reading.blocks import JOINT, Block
from watchers.reading.extract import read_html
from watchers.reading.page_chrome import without_menus
from watchers.reading.volatile import RULES, rule_for

NOISE = [
    ("votes", "2674 out of 3984 found this helpful"),
    ("feedback question", "Was this article helpful?"),
    ("feedback question", "Did this answer your question? 😞 😐 😃"),
    ("feedback prompt", "Thanks for your feedback!"),
    ("feedback answer", "Submit"),
    ("last visited", "Last visited 3 pages ago"),
    ("relative age", "Updated over 2 weeks ago"),
    ("relative age", "Last updated yesterday"),
    ("relative age", "Updated in the last 15 minutes"),
    ("relative age", "Updated within the past hour"),
    ("relative age", "Updated less than a minute ago"),
    ("reading time", "5 min read"),
    ("skip link", "Skip to main content"),
    ("sharing", "Share on Chirper"),
    ("page tools", "Print this page"),
    ("page tools", "Expand all"),
    ("page tools", "Copy for LLM"),
    ("page tools", "Opens in new tab"),
    ("page tools", "Copy as Markdown"),
    ("page tools", "Open in ChatGPT"),
    ("page tools", "Ask AI about this page"),
    ("page tools", "Listen to this article"),
    ("page counter", "1-10 of 17 results"),
    ("page counter", "Showing 1 to 25 of 1204 entries"),
    ("page counter", "Page 2 of 3"),
    ("status", "Service status:"),
    ("status", "All systems operational"),
    ("icon name", "fa-paper-plane-top fa-regular"),
    ("icon name", "material-icons-outlined"),
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
    "Updated in the last 12 months: our list of recipients.",
    "Copy of your identity document",
    "Export of data to other countries",
    "Ask us for a copy of your data",
    "Listen to your messages",
    "3 of 17 results are kept",
    "Open Source",
    "Service status and credits are ruled by the service level agreement.",
    "Open Source Licences",
    "Summary of this Policy",
    "Save your work",
    JOINT,
]
TEXT = Block("", "We keep what you write here for as long as the law requires us to keep it, and no longer than that.")
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
    assert without_menus([*menu, TEXT, *contents]) == [TEXT, *contents]


def test_a_list_of_other_companies_is_no_menu() -> None:
    companies = [Block("- ", f"Company {n}", ((0, 9, f"https://c{n}.example/"),)) for n in range(12)]
    assert without_menus(companies) == companies


@pytest.mark.parametrize("between", ["", " ", " | ", " · "])
def test_a_menu_in_one_line_is_no_document(between: str) -> None:
    names = [f"Topic{n}" for n in range(12)]
    starts = [sum(len(name) + len(between) for name in names[:n]) for n in range(12)]
    links = tuple((at, at + len(name), f"https://a.example/{name}") for at, name in zip(starts, names, strict=True))
    assert without_menus([Block("", between.join(names), links), TEXT]) == [TEXT]


@pytest.mark.parametrize(
    ("words", "address"),
    [("Feed{}, ", "https://a.example/f"), ("Feed{} and ", "https://a.example/f"), ("Feed{}", "#f")],
)
def test_a_sentence_full_of_links_and_a_table_of_contents_are_no_menu(words: str, address: str) -> None:
    said = [words.format(n) for n in range(10, 22)]
    starts = [sum(map(len, said[:n])) for n in range(12)]
    block = Block("", "".join(said), tuple((at, at + 6, f"{address}{at}") for at in starts))
    assert without_menus([block]) == [block]


def test_where_a_link_opens_is_no_word_of_the_document() -> None:
    link = "<a href=/p>Privacy Policy<span> (opens in a new tab)</span></a>"
    page = f"<p>Read the {link} and <a href=/c>Cookies</a> now.</p>"
    reading = read_html(page)
    assert reading.text == "Read the Privacy Policy and Cookies now."
    assert [reading.text[link.start : link.end] for link in reading.links] == ["Privacy Policy", "Cookies"]


def test_what_stands_beside_a_link_for_screen_readers_is_no_word_either() -> None:
    first = "<a href=/p>our policy</a><span class=sr>Opens in new tab</span>"
    second = "<a href=/c>cookies</a> (opens in a new tab)"
    page = f"<p>See {first}, {second}.</p>"
    reading = read_html(page)
    assert reading.text == "See our policy, cookies."
    assert [reading.text[link.start : link.end] for link in reading.links] == ["our policy", "cookies"]


def test_a_sentence_of_the_policy_on_new_windows_stays() -> None:
    assert (
        "link opens in a new window"
        in read_html("<p>A click on this <a href=/p>link</a> opens in a new window.</p>").text
    )
    assert read_html("<p>A click on an advert opens in a new window.</p>").text.endswith("opens in a new window.")

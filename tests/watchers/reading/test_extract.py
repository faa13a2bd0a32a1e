"""What is read off a page, case by case."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watchers.model import Document, Part, Selector, Snapshot
from watchers.reading.extract import RULES, UNDECLARED, read, read_html, read_markdown

LONG = "You may keep what you write here and we only store it for thirty days. " * 3

PIECES = [
    ("<h1>Terms</h1><h2>1. Fees</h2><p>Pay.</p>", "# Terms\n\n## 1. Fees\n\nPay."),
    ("<p>Two  words\n  and&nbsp;more</p>", "Two words and more"),
    ("<p>one<b>two</b> <i>three</i>.</p>", "onetwo three."),
    ("<p>first<br>second</p>", "first\n\nsecond"),
    ("<div>a</div><div>b</div>", "a\n\nb"),
    ("<ul><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
    ("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b"),
    ("<ul><li></li><li>b</li></ul><p>c</p>", "- b\n\nc"),
    ("<table><tr><th>Name</th><th>Use</th></tr><tr><td>x</td><td><p>y</p><p>z</p></td></tr></table>",
     "| Name | Use |\n| x | y z |"),
    ("<table><tr><td><h2>Fees</h2><p>Pay.</p></td></tr></table>", "## Fees\n\nPay."),
    ("<table><tr><td><p>L</p><table><tr><td>a</td><td>b</td></tr></table></td><td>R</td></tr></table>",
     "L\n\n| a | b |\n\nR"),
    ("<h2><button><span>Accordion</span></button></h2><div hidden>Text</div>", "## Accordion\n\nText"),
    ("<p>zero\u200bwidth and soft\u00adhyphen</p>", "zerowidth and softhyphen"),
    ("<p>a<script>var b</script><style>p{}</style>c</p>", "ac"),
    ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "Term\n\nMeaning"),
    ("<h2>" + "far too long for a heading " * 20 + "</h2>", ("far too long for a heading " * 20).strip()),
]  # fmt: skip


@pytest.mark.parametrize(("html", "text"), PIECES)
def test_elements_become_the_canonical_text(html: str, text: str) -> None:
    assert read_html(html).text == text


def test_everything_around_the_main_content_is_left_out() -> None:
    page = f"<nav>Home</nav><aside>Ad</aside><main><h1>T</h1><p>{LONG}</p><form>Mail</form></main><footer>Us</footer>"
    assert read_html(page).text == f"# T\n\n{LONG.strip()}"


@pytest.mark.parametrize("tag", ["form", "footer", "aside", "nav"])
def test_a_wrapper_that_holds_the_document_is_not_left_out(tag: str) -> None:
    assert LONG.strip() in read_html(f"<main></main><{tag}><p>{LONG}</p></{tag}>").text


def test_terms_that_a_dialog_hides_are_read() -> None:
    page = f"<div role=dialog>We value your privacy</div><div style='display:none'><h1>T</h1><p>{LONG}</p></div>"
    assert LONG.strip() in read_html(page).text


def test_declared_selectors_choose_and_remove_in_their_order() -> None:
    page = "<body><div id=b>B</div><div id=a>A<i class=x>!</i></div><p>C</p></body>"
    part = Part("", select=(Selector("#a"), Selector("#b")), remove=(Selector(".x"),))
    assert read_html(page, part).text == "A\n\nB"


RANGES = [
    (Selector(start="#one", end="#three"), "One\n\nTwo"),
    (Selector(start="#one", start_inside=False, end="#three"), "Two"),
    (Selector(start="#one", end="#three", end_inside=True), "One\n\nTwo\n\nThree"),
    (Selector(start="#two", end="#three", end_inside=True), "Two\n\nThree"),
]


@pytest.mark.parametrize(("selector", "text"), RANGES)
def test_a_range_runs_from_one_element_to_another(selector: Selector, text: str) -> None:
    page = "<p>Zero</p><section><p id=one>One</p><p id=two>Two</p></section><p id=three>Three</p><p>Four</p>"
    assert read_html(page, Part("", select=(selector,))).text == text


def test_a_removed_range_takes_what_lies_between_its_ends() -> None:
    page = "<p>Zero</p><section><p id=one>One</p></section><div><p id=two>Two</p><p>Three</p></div>"
    part = Part("", select=(Selector("body"),), remove=(Selector(start="#one", end="#two"),))
    assert read_html(page, part).text == "Zero\n\nTwo\n\nThree"


def test_selectors_that_match_nothing_fall_back_and_say_so() -> None:
    reading = read_html("<main><p>Text</p></main>", Part("", select=(Selector("#gone"), Selector("?["))))
    assert (reading.text, reading.rules) == ("Text", RULES + UNDECLARED)


def test_links_keep_their_place_and_lose_what_changes_at_every_look() -> None:
    page = '<p>See <a href="/privacy?utm_source=x&id=7&sid=123">our <b>notice</b></a> now.</p>'
    reading = read_html(page, base="https://example.com/terms")
    link = reading.links[0]
    assert reading.text[link.start : link.end] == "our notice"
    assert link.address == "https://example.com/privacy?id=7"


def test_a_masked_mail_address_is_read_as_itself() -> None:
    key = 0x42
    code = bytes([key, *(byte ^ key for byte in b"dpo@example.com")]).hex()
    assert (
        read_html(f'<p>Write <span data-cfemail="{code}">[email&#160;protected]</span></p>').text
        == "Write dpo@example.com"
    )


MARKDOWN = [
    ("Terms\n=====\n\nFees\n----\n\nPay.", "# Terms\n\n## Fees\n\nPay."),
    ("# Terms #\n\n* a\n    * b\n*   c\n", "# Terms\n\n- a\n  - b\n- c"),
    ("See [our _notice_](https://a.example/x \"t\") and ![alt](i.png)more.", "See our notice and more."),
    ("1\\. Fees\n\n**Pay** `now` 5 \\* 3", "1. Fees\n\nPay now 5 * 3"),
    ("soft\nwrapped\n\nhard  \nbreak", "soft wrapped\n\nhard\n\nbreak"),
    ("| A | B |\n| --- | --- |\n| x<br>y | z |", "| A | B |\n| x y | z |"),
    ("one\n\n- - -\n\ntwo\n\n* * *\n\nthree", "one\n\n- - -\n\ntwo\n\nthree"),
    ("[\n\nCard\n\n](https://a.example)", "Card"),
    ("> quoted", "quoted"),
    ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text"), MARKDOWN)
def test_markdown_loses_its_marks_and_keeps_its_words(source: str, text: str) -> None:
    assert read_markdown(source).text == text
    assert read_markdown(text).text == text


def test_parts_are_joined_in_order_and_links_move_along() -> None:
    pages = [f"<p>Part {n} <a href='https://a.example/{n}'>here</a></p>".encode() for n in (1, 2)]
    document = Document("a/terms", "a", "Terms of Service", tuple(Part(f"https://a.example/{n}") for n in (1, 2)))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    snapshots = [
        Snapshot(p.address, p.address, 200, (), "text/html", b, now) for p, b in zip(document.parts, pages, strict=True)
    ]
    reading = read(document, snapshots)
    assert reading.text == "Part 1 here\n\n- - -\n\nPart 2 here"
    assert [reading.text[link.start : link.end] for link in reading.links] == ["here", "here"]

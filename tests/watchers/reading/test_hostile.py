"""Hostile and malformed pages: a reading within bounded time, never a crash."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.reading.blocks import JOINT
from watchers.reading.clauses import clauses
from watchers.reading.extract import read_html, read_markdown
from watchers.reading.page_health import judge_text
from watchers.reading.pdf import read_pdf
from watchers.reading.plain import read_plain
from watchers.reading.tame import DEEPEST

WORDS = "<p>These terms are read all the same.</p>"
#: CPU seconds for pages of some megabytes; a quiet machine needs a tenth.
BOUND = 8.0

HOSTILE = [
    ("deep nesting", WORDS + "<div>" * 200_000),
    ("deep nesting, closed", "<div>" * 100_000 + WORDS + "</div>" * 100_000),
    ("deep inline nesting", WORDS + "<b><i><u>" * 50_000),
    ("deep lists", WORDS + "<ul><li>" * 50_000),
    ("deep tables", WORDS + "<table><tr><td>" * 30_000),
    ("unclosed unknown elements", WORDS + "<x>" * 50_000 + "</y>" * 50_000),
    ("many attributes", WORDS + "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">"),
    ("one giant attribute", WORDS + "<p class='" + "x" * 5_000_000 + "'>x</p>"),
    ("NULs", "\0" * 1_000_000 + WORDS + "\0"),
    ("open comments", WORDS + "<!--" * 200_000),
    ("brackets only", WORDS + "<" * 1_000_000),
    ("one endless word", WORDS + "a" * 5_000_000),
    ("many links", WORDS + "<a href='https://a.example/?sid=1'>x</a>" * 30_000),
    ("many cells", WORDS + "<table><tr>" + "<td>x</td>" * 50_000 + "</tr></table>"),
    ("many headings", WORDS + "<h1>x</h1>" * 50_000),
    ("white space", WORDS + " " * 5_000_000),
    ("a form of many fields", f"<main>{WORDS}<form>" + "<label>Field <input></label>" * 20_000 + "</form></main>"),
    ("an aside of many links", f"<main>{WORDS}<aside>" + "<a href=/x>one more</a> " * 30_000 + "</aside></main>"),
    ("boxes in boxes", WORDS + "<div class=cookie>" * 5_000 + "Accept all"),
    ("struck out in struck out", WORDS + "<del>no" * 5_000),
    ("shadow roots", WORDS + "<template shadowrootmode=open>" * 20_000),
    ("placeholders", WORDS + "{{" * 200_000 + "${" * 200_000),
    ("a preformatted page", f"<pre>{WORDS}" + "1. x\n \n" * 100_000 + "</pre>"),
]


@pytest.mark.parametrize(("name", "html"), HOSTILE, ids=[name for name, _ in HOSTILE])
def test_hostile_pages_are_read_in_bounded_time(name: str, html: str) -> None:
    began = time.process_time()
    assert "These terms are read all the same." in read_html(html).text
    assert time.process_time() - began < BOUND


@pytest.mark.parametrize(
    "source", ["[" * 50_000, "*" * 50_000 + "a", "_a" * 50_000, "![" * 20_000, "](" * 20_000, "| " * 50_000]
)
def test_hostile_markdown_is_read_in_bounded_time(source: str) -> None:
    began = time.process_time()
    read_markdown(f"Words.\n\n{source}")
    assert time.process_time() - began < BOUND


def test_a_page_is_cut_where_no_document_is_that_long() -> None:
    began = time.process_time()
    assert len(read_html(WORDS + "<p>word</p>" * 3_000_000).text) < 12_000_000
    assert time.process_time() - began < 2 * BOUND


def test_words_deeper_than_any_browser_nests_are_kept() -> None:
    html = "<div>" * (DEEPEST * 30) + WORDS + "</div>" * (DEEPEST * 30) + "<p>After.</p>"
    assert read_html(html).text.endswith("After.")


ENCODINGS = ["utf-8", "utf-16", "cp1252", "shift_jis", "gb18030", "koi8-r"]


@pytest.mark.parametrize("declared", [*ENCODINGS, "no-such-charset", "utf-7", "hex", "idna", "punycode"])
@pytest.mark.parametrize("actual", ENCODINGS)
def test_a_wrong_declaration_never_breaks_the_reading(declared: str, actual: str) -> None:
    body = f"<meta charset={declared}><p>Plain words of the terms</p>".encode(actual)
    read_html(body, content_type=f"text/html; charset={declared}")


@given(st.binary(max_size=2_000))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_a_reader(body: bytes) -> None:
    reading = read_html(body)
    clauses(reading.text)
    judge_text(reading.text, "Some last version.")
    read_pdf(b"%PDF-1.7\n" + body)


TAGS = "p div ul ol li h1 h2 table tr td th a b span button br form main nav script pre title svg body template".split()
PIECES = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(
        ["<a href='//[::1'>", "<a href='http://['>", "<ol start=99999999999>", "<ol start=x>", "<base href=':'>"]
    ),
    st.text(max_size=12),
)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=250, deadline=None)
def test_any_soup_of_tags_gives_a_well_formed_reading(html: str) -> None:
    reading = read_html(html)
    assert read_html(html) == reading
    for link in reading.links:
        assert 0 <= link.start < link.end <= len(reading.text)
        assert reading.text[link.start : link.end].strip()
    for clause in clauses(reading.text):
        assert reading.text[clause.start : clause.end] == clause.text
    assert all(line == JOINT or line.strip() for line in reading.text.split("\n\n")) or not reading.text


@given(st.text(alphabet="ab1. -*#|_[]()!`>\\\n\t", max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_markdown_gives_links_within_its_words(source: str) -> None:
    reading = read_markdown(source)
    for link in reading.links:
        assert 0 <= link.start < link.end <= len(reading.text)
    read_plain(source)

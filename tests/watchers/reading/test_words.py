"""What counts as the same words: typography does not, digits do."""

from __future__ import annotations

import pytest

from watchers.reading.extract import read_html, read_markdown
from watchers.reading.words import same_links, same_words, words

SAME = [
    ("<p>We don’t sell “data” – ever…</p>", '<p>We don\'t sell "data" - ever...</p>'),
    ("<p>one two</p>", "<p>one&nbsp;\n two</p>"),
    ("<h2>Fees</h2><p>Pay.</p>", "<p><b>Fees</b></p><p>Pay.</p>"),
    ("<ul><li>a</li><li>b</li></ul>", "<p>a</p><p>b</p>"),
    ("<p>soft\u00adhyphen</p>", "<p>softhyphen</p>"),
    ("<p>ﬁnal</p>", "<p>final</p>"),
    ('<p><a href="/a?sid=1">x</a></p>', '<p><a href="/b">x</a></p>'),
]
DIFFERENT = [
    ("<p>kept 30 days</p>", "<p>kept 90 days</p>"),
    ("<p>16 years</p>", "<p>13 years</p>"),
    ("<p>we may share</p>", "<p>we may not share</p>"),
    ("<p>a b</p>", "<p>b a</p>"),
    ("<p>Company GmbH</p>", "<p>Company AG</p>"),
    ("<p>$5</p>", "<p>$6</p>"),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_typography_and_markup_are_no_words(old: str, new: str) -> None:
    assert same_words(read_html(old), read_html(new))


@pytest.mark.parametrize(("old", "new"), DIFFERENT)
def test_the_smallest_real_edit_differs(old: str, new: str) -> None:
    assert not same_words(read_html(old), read_html(new))


def test_links_differ_by_where_they_lead_not_by_session() -> None:
    old, same, other = (
        read_html(f'<p><a href="https://a.example{x}">x</a></p>') for x in ("/a?sid=1", "/a?sid=2", "/b")
    )
    assert same_links(old, same)
    assert not same_links(old, other)


def test_the_same_words_come_out_of_markdown_and_html() -> None:
    html = read_html("<h1>Terms</h1><ol><li>Pay <b>now</b></li></ol><table><tr><td>a</td><td>b</td></tr></table>")
    assert words(html) == words(read_markdown("Terms\n=====\n\n1.  Pay **now**\n\n| a | b |\n| --- | --- |"))

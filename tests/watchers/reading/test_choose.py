"""Which part of a page is read: what selectors choose, what ranges take away, and what cannot be found."""

from __future__ import annotations

import pytest

from watchers.model import Part, Selector
from watchers.reading.extract import read_html

PAGE = (
    "<body><h1>Terms</h1><p id=a>First rule.</p><div id=start><p>Menu one.</p></div><p>Menu two.</p>"
    "<div id=end><p>Menu end.</p></div><p id=b>Last rule.</p></body>"
)


def words(select: tuple[Selector, ...] = (), remove: tuple[Selector, ...] = ()) -> str:
    part = Part("https://tern.example/terms", select=select, remove=remove)
    return " ".join(read_html(PAGE, part).text.split())


RANGES = [
    (False, False, "First rule. Menu one. Menu end. Last rule."),
    (True, False, "First rule. Menu end. Last rule."),
    (True, True, "First rule. Last rule."),
]


@pytest.mark.parametrize(("first", "last", "left"), RANGES)
def test_a_range_takes_away_what_lies_between_its_ends_and_them_where_that_is_asked(
    first: bool, last: bool, left: str
) -> None:
    cut = Selector(start="#start", end="#end", start_inside=first, end_inside=last)
    assert words((Selector("body"),), (cut,)) == f"# Terms {left}"


@pytest.mark.parametrize(
    "gone",
    [
        Selector(start="#nowhere", end="#end"),
        Selector(start="#start", end="#nowhere"),
        Selector(start="#end", end="#start"),
    ],
)
def test_a_range_whose_end_is_not_there_takes_nothing_away(gone: Selector) -> None:
    assert words((Selector("body"),), (gone,)) == words((Selector("body"),))


@pytest.mark.parametrize("css", ["p[", ":::", "p:nth-child(", ""])
def test_a_selector_that_cannot_be_read_chooses_nothing_and_the_page_is_read_as_a_whole(css: str) -> None:
    assert "First rule." in words((Selector(css or "#nowhere"),))


def test_words_chosen_twice_are_read_once() -> None:
    assert words((Selector("#a"), Selector("body"), Selector("p"))).count("First rule.") == 1
    assert words((Selector("#a"), Selector("#a"))) == "First rule."

"""No clause, however it is written, keeps the core busy: what went back and forth for seconds once, and its kin.

Found by fuzzing (`bench/fuzz.py`) and by timing every pattern (`bench/patterns.py`).
"""

from __future__ import annotations

import time

import pytest

from watchers.comparing.compare import compare
from watchers.comparing.dates import mentions
from watchers.reading.extract import read_markdown

PAGE = "# Privacy Policy\n\nWe keep your messages for 30 days.\n\n{}\n\nYou may write to {} us for 30 {}.\n"
BOUND = 6.0
"""CPU seconds; a quiet machine needs a fraction of one, and what is meant here took minutes."""

WRITTEN = [
    "0",
    "1,",
    "1.",
    "1 ",
    "a-",
    "a.",
    "a.b-",
    "a ",
    "12 of 34 ",
    "[\n",
    "\n",
    "x@",
    "a@b.",
    "(a) ",
    "1 January ",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_clause_of_twenty_thousand_letters_is_read_and_compared_in_no_time(written: str) -> None:
    body = written * (20_000 // len(written))
    began = time.process_time()
    old, new = (read_markdown(PAGE.format("We never sell your data.", body, unit)) for unit in ("days", "months"))
    assert compare(old, new).words_differ
    mentions(new.text[:20_000])
    assert time.process_time() - began < BOUND


def test_a_link_that_is_spread_over_lines_is_still_one() -> None:
    assert "our terms" in read_markdown("See [\n\n  our terms  \n\n](https://tern.example/terms) for more.").text

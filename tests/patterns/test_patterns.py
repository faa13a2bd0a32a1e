"""No regular expression of the project goes back and forth: twice the text takes twice the steps, whatever it says.

Steps are counted, not timed. `bench/patterns.py` measures the same patterns in seconds.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from re import _parser as parser  # type: ignore[attr-defined]

import pytest

from tests.patterns.attacks import attacks, repetitions
from tests.patterns.collected import Used, collected
from tests.patterns.steps import MOST, Endless, Steps

SHORT, LONG = 24, 240
"""Letters: the short strings sort out nearly all patterns, the long ones tell a limit of some letters from none."""
TWICE = 2.8
"""What twice the text may cost more: 2 is in step with it, 4 is its square."""
FEW = 300
"""Steps that are few, however they grow."""


@pytest.fixture(autouse=True)
def _deep() -> Iterator[None]:
    """The counting matcher calls itself once for each part of a pattern."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(40_000)
    yield
    sys.setrecursionlimit(before)


def taken(used: Used, text: str) -> int:
    """Return the steps a pattern takes over a text, in the way the project uses it; `re` must answer the same."""
    counted = Steps(used.pattern, text)
    try:
        found = counted.search() if used.searched else counted.match()
    except Endless:
        return counted.taken
    said = used.pattern.search(text) if used.searched else used.pattern.match(text)
    assert found is bool(said), (used.pattern.pattern, text)
    return counted.taken


def grows(used: Used) -> str:
    """Return a string for which the steps grow faster than its length, or nothing."""
    lengths = (SHORT, 2 * SHORT, LONG, 2 * LONG)
    texts: Iterator[tuple[str, ...]] = zip(*(attacks(used.pattern, length) for length in lengths), strict=True)
    for one, twice, long, longer in texts:
        steps = taken(used, twice)
        if steps > MOST:
            return one
        if steps > FEW and steps > TWICE * taken(used, one):
            steps = taken(used, longer)
            if steps > MOST or steps > TWICE * taken(used, long):
                return one
    return ""


def is_long(pattern: re.Pattern[str]) -> bool:
    """Tell whether a pattern repeats anything so often that it can be attacked."""
    return any(repetitions(parser.parse(pattern.pattern, pattern.flags)))


def test_twice_the_text_takes_every_pattern_twice_the_steps() -> None:
    every = [used for used in collected() if is_long(used.pattern)]
    assert len(every) > 200
    assert {used.pattern.pattern: found for used in every if (found := grows(used))} == {}


@pytest.mark.parametrize("pattern", [r"(a+)+:", r"\s*x", r"(?:\w+\s*)+:", r"\d+\d+%", r"^(\s*)>", r"<[^>]*>"])
def test_a_pattern_that_goes_back_and_forth_is_found_out(pattern: str) -> None:
    assert grows(Used(re.compile(pattern, re.MULTILINE), searched=True))


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s*+x", r"(?<!\w)\w++\s*+:", r"^([^\S\n]*+)>", r"<[^<>]*+>"])
def test_its_rewriting_is_not(pattern: str) -> None:
    assert not grows(Used(re.compile(pattern, re.MULTILINE), searched=True))


def test_a_pattern_tried_at_one_place_may_begin_with_a_repetition() -> None:
    assert not grows(Used(re.compile(r"\s*x"), searched=False))

"""Twice as much to compare costs about twice as much, whatever shape it has: counted in steps, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import CO_GENERATOR
from types import FrameType

import pytest

from tests.watchers.comparing.shapes import SHAPES
from watchers.comparing.compare import compare
from watchers.comparing.runs import PAIRS, differing, pieces
from watchers.model import Edit, Reading

SIZE = 400
"""Words of the smallest text."""

MOST = 2.3
"""What twice the input may cost, beside once. A cache that fills up makes one larger step: of two, one counts."""


@dataclass
class Steps:
    """Calls of our own functions, and the characters of texts handed to them to be read from end to end."""

    count: int = 0

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        if event != "call" or "watchers" not in frame.f_code.co_filename:
            return
        if frame.f_code.co_flags & CO_GENERATOR:  # each step of it would count as a call
            return
        given = [frame.f_locals.get(name) for name in frame.f_code.co_varnames[: frame.f_code.co_argcount]]
        placed = any(isinstance(one, Edit | int) for one in given)  # it looks at a place in the text
        self.count += 1 + (0 if placed else sum(len(one) for one in given if isinstance(one, str)))


@contextmanager
def counted() -> Iterator[Steps]:
    steps = Steps()
    sys.setprofile(steps)
    try:
        yield steps
    finally:
        sys.setprofile(None)


def _cost(shape: Callable[[int], tuple[str, str]], size: int) -> int:
    old, new = (Reading(text, (), "en") for text in shape(size))
    with counted() as steps:
        compare(old, new, doc_type="Privacy Policy")
    return steps.count


@pytest.mark.parametrize("name", SHAPES)
def test_twice_the_words_cost_at_most_a_little_more_than_twice(name: str) -> None:
    _cost(SHAPES[name], 50)  # what is loaded at first use is no part of the cost
    once, twice, fourfold = (_cost(SHAPES[name], times * SIZE) for times in (1, 2, 4))
    assert min(twice / once, fourfold / twice) <= MOST


@pytest.mark.parametrize("name", SHAPES)
def test_no_piece_of_a_long_comparison_is_large_and_together_they_give_the_new_text(name: str) -> None:
    a, b = (text.split() for text in SHAPES[name](30_000))
    found = list(pieces(a, b))
    assert all((p.a1 - p.a0) * (p.b1 - p.b0) <= PAIRS for p in found)
    out, at = [], 0
    for a0, a1, b0, b1 in differing(a, b):
        out += [*a[at:a0], *b[b0:b1]]
        at = a1
    assert [*out, *a[at:]] == b


def test_a_word_put_into_every_sentence_of_a_very_long_clause_is_found_alone() -> None:
    a, b = (text.split() for text in SHAPES["a word inserted"](30_000))
    assert all(run.a0 == run.a1 and b[run.b0 : run.b1] == ["maybe"] for run in differing(a, b))


def test_a_long_answer_mirrors_with_its_arguments() -> None:
    a, b = (text.split() for text in SHAPES["every second word another"](20_000))
    assert [(r.b0, r.b1, r.a0, r.a1) for r in differing(b, a)] == [tuple(r) for r in differing(a, b)]

"""Runs of items that differ between two sequences: the one place that asks for a longest common subsequence.

Two long sequences are cut into pieces first: at what stands once in both and in the same order, else in the middle.
The cost then grows with their length; asked in one go it would grow with the square, in time and in memory.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

#: Pairs of items up to which the longest common subsequence is asked for in one go: two clauses of 4,000 words.
PAIRS = 16_000_000
#: So many items in a row stand once in a text whose single items stand in it many times.
_ROW = 8


class Run(NamedTuple):
    """Items a[a0:a1] stand in the place of b[b0:b1]."""

    a0: int
    a1: int
    b0: int
    b1: int


def differing(a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """Return the runs that differ, in order; the answer mirrors with its arguments."""
    if list(a) > list(b):
        return [Run(i0, i1, j0, j1) for j0, j1, i0, i1 in _joined(b, a)]
    return _joined(a, b)


def pieces(a: Sequence[str], b: Sequence[str]) -> Iterator[Run]:
    """Yield pairs of slices, in order, outside of which the two are equal: none of more than `PAIRS` pairs of items."""
    yield from _pieces(a, b, Run(0, len(a), 0, len(b)), 0)


def _pieces(a: Sequence[str], b: Sequence[str], whole: Run, level: int) -> Iterator[Run]:
    a0, a1, b0, b1 = whole = _trimmed(a, b, whole)
    if (a1 - a0) * (b1 - b0) <= PAIRS:
        yield whole
        return
    ways = (_single, _rows, _halves)
    way = min(level, len(ways) - 1)
    for piece in ways[way](a, b, whole):
        yield from _pieces(a, b, piece, way + 1)


def _trimmed(a: Sequence[str], b: Sequence[str], whole: Run) -> Run:
    """Leave out what both begin and end with."""
    a0, a1, b0, b1 = whole
    while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
    return Run(a0, a1, b0, b1)


def _single(a: Sequence[str], b: Sequence[str], whole: Run) -> Iterator[Run]:
    """Cut at the items that stand once in both."""
    return _cut(a[whole.a0 : whole.a1], b[whole.b0 : whole.b1], whole)


def _rows(a: Sequence[str], b: Sequence[str], whole: Run) -> Iterator[Run]:
    """Cut where the same items in a row begin that stand once in both."""
    left, right = (
        [hash(tuple(side[n : n + _ROW])) for n in range(low, high - _ROW + 1)]
        for side, low, high in ((a, whole.a0, whole.a1), (b, whole.b0, whole.b1))
    )
    return _cut(left, right, whole)


def _halves(_: Sequence[str], __: Sequence[str], whole: Run) -> Iterator[Run]:
    """Cut both in the middle."""
    a0, a1, b0, b1 = whole
    i, j = (a0 + a1) // 2, (b0 + b1) // 2
    yield from (Run(a0, i, b0, j), Run(i, a1, j, b1))


def _cut(a: Sequence[Hashable], b: Sequence[Hashable], whole: Run) -> Iterator[Run]:
    """Cut before each of the items that stand once in both sides, as many as keep their order."""
    counts = Counter(a), Counter(b)
    places = {item: n for n, item in enumerate(b) if counts[1][item] == 1}
    both = [(n, places[item]) for n, item in enumerate(a) if counts[0][item] == 1 and item in places]
    cuts = [(whole.a0 + i, whole.b0 + j) for i, j in _ascending(both)]
    for (a0, b0), (a1, b1) in pairwise([(whole.a0, whole.b0), *cuts, (whole.a1, whole.b1)]):
        yield Run(a0, a1, b0, b1)


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return as many of the pairs as possible, whose first places ascend, so that the second ones ascend too."""
    tops: list[int] = []  # the lowest second place that ends a row of each length
    ends: list[int] = []  # the pair it is of
    before = [-1] * len(pairs)
    for n, (_, place) in enumerate(pairs):
        length = bisect_left(tops, place)
        before[n] = ends[length - 1] if length else -1
        tops[length : length + 1], ends[length : length + 1] = [place], [n]
    found: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _joined(a: Sequence[str], b: Sequence[str]) -> list[Run]:
    runs: list[Run] = []
    for a0, a1, b0, b1 in pieces(a, b):
        for op in Indel.opcodes(list(a[a0:a1]), list(b[b0:b1])):
            if op.tag == "equal":
                continue
            run = Run(op.src_start + a0, op.src_end + a0, op.dest_start + b0, op.dest_end + b0)
            if runs and runs[-1].a1 == run.a0 and runs[-1].b1 == run.b0:
                runs[-1] = Run(runs[-1].a0, run.a1, runs[-1].b0, run.b1)
            else:
                runs.append(run)
    return runs

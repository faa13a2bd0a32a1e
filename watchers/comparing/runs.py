"""Runs of items that differ between two sequences: the one place that asks for a longest common subsequence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel


class Run(NamedTuple):
    """Items a[a0:a1] stand in the place of b[b0:b1]."""

    a0: int
    a1: int
    b0: int
    b1: int


def differing(a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """Return the runs that differ, in order; the answer mirrors with its arguments."""
    head = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest = min(len(a), len(b)) - head
    tail = next((n for n in range(rest) if a[-1 - n] != b[-1 - n]), rest)
    left, right = list(a[head : len(a) - tail]), list(b[head : len(b) - tail])
    if left > right:
        return [Run(i0 + head, i1 + head, j0 + head, j1 + head) for j0, j1, i0, i1 in _joined(right, left)]
    return [Run(i0 + head, i1 + head, j0 + head, j1 + head) for i0, i1, j0, j1 in _joined(left, right)]


def _joined(a: list[str], b: list[str]) -> list[Run]:
    runs: list[Run] = []
    for op in Indel.opcodes(a, b):
        if op.tag == "equal":
            continue
        run = Run(op.src_start, op.src_end, op.dest_start, op.dest_end)
        if runs and runs[-1].a1 == run.a0 and runs[-1].b1 == run.b0:
            runs[-1] = Run(runs[-1].a0, run.a1, runs[-1].b0, run.b1)
        else:
            runs.append(run)
    return runs

"""Word-level edits inside a reworded clause.

Exact: putting the new slices in place of the old ones gives the new text, spaces and punctuation included.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watchers.comparing.runs import Run, differing
from watchers.model import Edit

_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|_+|[^\w\s]"
)
#: Equal words between two edits that are too few to read on their own; the edits are told as one.
_ISLAND = 2


@lru_cache(maxsize=128)  # several rules ask for the same pair one after the other
def edits(before: str, after: str) -> tuple[Edit, ...]:
    """Return the runs of words that differ, in order; offsets are into the two texts."""
    head, tail = _equal_ends(before, after)
    if not head and not tail:
        return _between(before, after)
    within = _between(before[head : len(before) - tail], after[head : len(after) - tail])
    return tuple(Edit(edit.a0 + head, edit.a1 + head, edit.b0 + head, edit.b1 + head) for edit in within)


def _equal_ends(before: str, after: str) -> tuple[int, int]:
    """Return how many characters two texts have in common at their ends, cut beside spaces, which stay between.

    Only what is between has to be read word by word. Where no more than spaces differ at first, the words after
    them may be the same, and then everything has to be.
    """
    same = _alike(before, after)
    if _next_sign(before, same) == _next_sign(after, same):
        return 0, 0
    rest = min(len(before), len(after)) - same
    ends = _alike(before[len(before) - rest :][::-1], after[len(after) - rest :][::-1])
    heads = (n for n in range(same - 1, 0, -1) if before[n].isspace() and not before[n - 1].isspace())
    starts = range(len(before) - ends + 1, len(before))
    tails = (len(before) - n for n in starts if before[n - 1].isspace() and not before[n].isspace())
    return next(heads, 0), next(tails, 0)


def _next_sign(text: str, place: int) -> str:
    while text[place : place + 1].isspace():
        place += 1
    return text[place : place + 1]


def _alike(a: str, b: str) -> int:
    """Return how many characters two texts begin with alike."""
    low, high = 0, min(len(a), len(b))
    while low < high:  # by halves: a slice is compared far faster than its letters
        middle = (low + high + 1) // 2
        low, high = (middle, high) if a[low:middle] == b[low:middle] else (low, middle - 1)
    return low


def _between(before: str, after: str) -> tuple[Edit, ...]:
    a, b = list(_TOKEN.finditer(before)), list(_TOKEN.finditer(after))
    runs = differing([m.group() for m in a], [m.group() for m in b])
    a_spans, b_spans = [m.span() for m in a], [m.span() for m in b]
    return tuple(_exact(before, after, a_spans, b_spans, _readable(runs)))


def apply(before: str, after: str, found: tuple[Edit, ...]) -> str:
    """Return `before` with every edit's slice of `after` in place."""
    pieces, at = [], 0
    for edit in found:
        pieces += [before[at : edit.a0], after[edit.b0 : edit.b1]]
        at = edit.a1
    return "".join([*pieces, before[at:]])


def _readable(runs: list[Run]) -> list[Run]:
    """Join edits that only a small island of equal words keeps apart, where both are longer than the island."""
    joined: list[Run] = []
    for run in runs:
        if joined:
            a0, a1, b0, b1 = joined[-1]
            island = run.a0 - a1
            size = min(max(a1 - a0, b1 - b0), max(run.a1 - run.a0, run.b1 - run.b0))
            if island <= _ISLAND and size > 2 * island:
                joined[-1] = Run(a0, run.a1, b0, run.b1)
                continue
        joined.append(run)
    return joined


def _exact(
    before: str,
    after: str,
    a_spans: list[tuple[int, int]],
    b_spans: list[tuple[int, int]],
    runs: list[Run],
) -> list[Edit]:
    """Turn token runs into character slices, and add what differs in the spaces between equal tokens."""
    out: list[Edit] = []
    a_at = b_at = 0  # characters accounted for
    i = j = 0  # tokens accounted for
    for a0, a1, b0, b1 in [*runs, Run(len(a_spans), len(a_spans), len(b_spans), len(b_spans))]:
        while i < a0:
            _note(out, before, after, a_at, a_spans[i][0], b_at, b_spans[j][0])
            a_at, b_at, i, j = a_spans[i][1], b_spans[j][1], i + 1, j + 1
        if a1 > a0 or b1 > b0:
            a_end = a_spans[a1][0] if a1 < len(a_spans) else len(before)
            b_end = b_spans[b1][0] if b1 < len(b_spans) else len(after)
            _note(out, before, after, a_at, a_end, b_at, b_end)
            a_at, b_at, i, j = a_end, b_end, a1, b1
    _note(out, before, after, a_at, len(before), b_at, len(after))
    return out


def _note(out: list[Edit], before: str, after: str, a0: int, a1: int, b0: int, b1: int) -> None:
    """Add the edit between two slices, without the spaces they share at their ends."""
    while a0 < a1 and b0 < b1 and before[a0] == after[b0] and before[a0].isspace():
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and before[a1 - 1] == after[b1 - 1] and before[a1 - 1].isspace():
        a1, b1 = a1 - 1, b1 - 1
    if before[a0:a1] != after[b0:b1]:
        out.append(Edit(a0, a1, b0, b1))

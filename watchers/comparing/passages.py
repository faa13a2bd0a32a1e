"""Passages: the steps of an alignment with their verbatim words and word edits, not judged yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from watchers.comparing.align import Step, align
from watchers.comparing.edits import edits
from watchers.model import Clause, Passage, PassageKind, Reading


def passages(
    old: Reading, new: Reading, old_clauses: Sequence[Clause], new_clauses: Sequence[Clause]
) -> tuple[Passage, ...]:
    """Return what became of every clause that is not the same, in reading order.

    `before` and `after` are verbatim slices of the two texts. Clauses whose characters are equal and that
    kept their place are left out, so that applying the passages to the old text gives the new one.
    """
    return tuple(_told(align(old_clauses, new_clauses), old, new, old_clauses, new_clauses))


def _told(
    steps: Iterable[Step], old: Reading, new: Reading, a: Sequence[Clause], b: Sequence[Clause]
) -> Iterable[Passage]:
    for step in steps:
        if step.kind is None and step.a1 - step.a0 > 1:
            continue
        before, before_start = _slice(old.text, a, step.a0, step.a1)
        after, after_start = _slice(new.text, b, step.b0, step.b1)
        if step.kind is None and before == after:
            continue
        kind = step.kind or PassageKind.REWORDED
        path = b[step.b0].path if after_start >= 0 else a[step.a0].path
        both = before_start >= 0 and after_start >= 0
        yield Passage(
            kind=kind,
            before=before,
            after=after,
            before_start=before_start,
            after_start=after_start,
            path=path,
            edits=edits(before, after) if both and before != after else (),
        )


def _slice(text: str, clauses: Sequence[Clause], first: int, end: int) -> tuple[str, int]:
    if first >= end:
        return "", -1
    start = clauses[first].start
    return text[start : clauses[end - 1].end], start

"""The whole text of a document around a change: every clause in its place, changed ones as rows of old and new.

Pure: two texts and the passages between them in, rows out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Indel

from watchers.model import Clause, Passage, PassageKind


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a clause that stayed (`passage` empty), or a passage.

    `gone` says that the row stands where the passage's old words were and no new words stand here.
    """

    clause: Clause
    passage: Passage | None = None
    gone: bool = False


def lines(old: Sequence[Clause], new: Sequence[Clause], passages: Sequence[Passage]) -> tuple[Line, ...]:
    """Return all clauses of the new text in order, with struck ones where they stood.

    A clause that differs and is in no passage (an equal one of several that one passage tells) is shown
    as added or removed all the same: nothing of either text is left out.
    """
    return tuple(_lines(old, new, passages))


def _lines(old: Sequence[Clause], new: Sequence[Clause], passages: Sequence[Passage]) -> Iterator[Line]:
    leaving, coming = _Index(passages, after=False), _Index(passages, after=True)
    steps = Indel.opcodes([each.text for each in old], [each.text for each in new])
    told: set[int] = set()
    for equal, group in groupby(steps, key=lambda step: step.tag == "equal"):
        some = tuple(group)
        if equal:
            (step,) = some
            yield from (_stayed(clause, coming, told) for clause in new[step.dest_start : step.dest_end])
            continue
        for step in some:  # what was struck out stands before what was put in for it
            yield from _left(old[step.src_start : step.src_end], leaving, told)
        for step in some:
            yield from _came(new[step.dest_start : step.dest_end], coming, told)


def _stayed(clause: Clause, coming: _Index, told: set[int]) -> Line:
    passage = coming.at(clause)
    if passage is None or id(passage) in told:
        return Line(clause)
    told.add(id(passage))
    return Line(clause, passage)


def _left(gone: Sequence[Clause], leaving: _Index, told: set[int]) -> Iterator[Line]:
    for clause in gone:
        passage = leaving.at(clause)
        if passage is None:
            yield Line(clause, Passage(PassageKind.REMOVED, clause.text, "", clause.start), gone=True)
        elif passage.after_start < 0 and id(passage) not in told:
            told.add(id(passage))
            yield Line(clause, passage, gone=True)
        elif passage.kind is PassageKind.MOVED and clause.start == passage.before_start:
            yield Line(clause, passage, gone=True)


def _came(some: Sequence[Clause], coming: _Index, told: set[int]) -> Iterator[Line]:
    for clause in some:
        passage = coming.at(clause)
        if passage is None:
            yield Line(clause, Passage(PassageKind.ADDED, "", clause.text, -1, clause.start))
        elif id(passage) not in told:
            told.add(id(passage))
            yield Line(clause, passage)


class _Index:
    """Finds the passage a clause belongs to, on one side."""

    def __init__(self, passages: Sequence[Passage], *, after: bool) -> None:
        spans = ((p.after_start, len(p.after), p) if after else (p.before_start, len(p.before), p) for p in passages)
        self._spans = sorted((span for span in spans if span[0] >= 0), key=lambda span: span[0])
        self._starts = [start for start, _, _ in self._spans]

    def at(self, clause: Clause) -> Passage | None:
        """Return the passage whose words hold the start of a clause."""
        place = bisect_right(self._starts, clause.start)
        if not place:
            return None
        start, length, passage = self._spans[place - 1]
        return passage if clause.start < start + length else None

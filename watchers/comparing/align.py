"""Alignment of the clauses of two texts: which of them are the same, gone, new, reworded, moved, split, merged.

Only positions are decided here; what a difference means is judged elsewhere. Symmetric by construction:
the pair is put in a fixed order first and the answer mirrored.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from watchers.comparing.folding import folded, key, without_number
from watchers.comparing.runs import Run, differing
from watchers.comparing.similarity import Likeness, best_pairs, candidates, likeness
from watchers.model import Clause, ClauseKind, PassageKind

#: Clauses between the same neighbours are one reworded clause from here on, distant ones only when nearly the same.
ALIKE_HERE, ALIKE_ANYWHERE = 0.5, 0.72
#: Gaps up to this many pairs are compared in full.
SMALL_GAP = 64
_MIRROR = {
    PassageKind.ADDED: PassageKind.REMOVED,
    PassageKind.REMOVED: PassageKind.ADDED,
    PassageKind.SPLIT: PassageKind.MERGED,
    PassageKind.MERGED: PassageKind.SPLIT,
}


@dataclass(frozen=True, slots=True)
class Step:
    """Clauses a[a0:a1] of the old text became b[b0:b1] of the new one; `kind` is None when they are the same words."""

    kind: PassageKind | None
    a0: int
    a1: int
    b0: int
    b1: int

    def mirrored(self) -> Step:
        """Return the step as seen from the new text."""
        kind = _MIRROR.get(self.kind, self.kind) if self.kind else None
        return Step(kind, self.b0, self.b1, self.a0, self.a1)


def align(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Step, ...]:
    """Return the steps from old to new, ordered by where they stand in the new text."""
    if [c.text for c in old] <= [c.text for c in new]:
        steps = _Alignment(old, new).steps()
    else:
        steps = [step.mirrored() for step in _Alignment(new, old).steps()]
    return _in_reading_order(steps)


def _in_reading_order(steps: list[Step]) -> tuple[Step, ...]:
    """Order by place in the new text; what is gone follows what stood before it in the old one."""
    anchors = sorted((s.a1, s.b1) for s in steps if s.kind is None)
    order: dict[Step, tuple[int, int, int]] = {}
    for step in steps:
        if step.b1 > step.b0:
            order[step] = (step.b0, 1, step.a0)
        else:
            before = bisect_right(anchors, (step.a0, math.inf))
            order[step] = (anchors[before - 1][1] if before else 0, 0, step.a0)
    return tuple(sorted(steps, key=order.__getitem__))


class _Alignment:
    """One alignment at work: the clauses' words, and for each side the leftovers with the gap they stand in."""

    def __init__(self, a: Sequence[Clause], b: Sequence[Clause]) -> None:
        self.a, self.b = a, b
        self.a_gap: dict[int, int] = {}
        self.b_gap: dict[int, int] = {}
        self.gaps = 0
        self.done: list[Step] = []

    def steps(self) -> list[Step]:
        """Run the stages from the surest to the vaguest."""
        self._same_in_order()
        self._same_words_elsewhere()
        self.a_words = {i: folded(self.a[i].text) for i in self.a_gap}
        self.b_words = {j: folded(self.b[j].text) for j in self.b_gap}
        self._alike()
        self._split_and_merged()
        self._left_over()
        return self.done

    def _same_in_order(self) -> None:
        """Find the clauses that kept their characters and order, then between them those that kept their words."""
        for equal, run in _blocks([c.text for c in self.a], [c.text for c in self.b]):
            if equal:
                self.done.append(Step(None, *run))
            else:
                self._same_words_within(run)

    def _same_words_within(self, run: Run) -> None:
        a_keys = [key(c.text) for c in self.a[run.a0 : run.a1]]
        b_keys = [key(c.text) for c in self.b[run.b0 : run.b1]]
        for same, part in _blocks(a_keys, b_keys):
            a0, a1, b0, b1 = part.a0 + run.a0, part.a1 + run.a0, part.b0 + run.b0, part.b1 + run.b0
            self.gaps += 1
            if same:
                self.done += [Step(None, a0 + n, a0 + n + 1, b0 + n, b0 + n + 1) for n in range(a1 - a0)]
            else:
                self.a_gap.update(dict.fromkeys(range(a0, a1), self.gaps))
                self.b_gap.update(dict.fromkeys(range(b0, b1), self.gaps))

    def _same_words_elsewhere(self) -> None:
        """Pair leftovers of the same words: moved, or the same but for the number they are listed under."""
        for kind, keyed in ((PassageKind.MOVED, key), (PassageKind.RENUMBERED, _numberless)):
            waiting: dict[str, list[int]] = defaultdict(list)
            for j in self.b_gap:
                waiting[keyed(self.b[j].text)].append(j)
            for i in list(self.a_gap):
                same = waiting.get(keyed(self.a[i].text))
                if same:
                    j = next((j for j in same if self.b_gap[j] == self.a_gap[i]), same[0])
                    same.remove(j)
                    self._settle(kind, i, i + 1, j, j + 1)

    def _alike(self) -> None:
        pairs = set(candidates(self.a_words, self.b_words))
        pairs.update(self._small_gaps())
        found = []
        for i, j in pairs:
            if (self.a[i].kind is ClauseKind.HEADING) != (self.b[j].kind is ClauseKind.HEADING):
                continue
            here = self.a_gap[i] == self.b_gap[j]
            score = likeness(self.a_words[i], self.b_words[j])
            if score >= (ALIKE_HERE if here else ALIKE_ANYWHERE) and (here or len(self.a_words[i]) > 4):
                found.append(Likeness(score + 0.1 * here, i, j))
        self.pairs = best_pairs(found)

    def _small_gaps(self) -> set[tuple[int, int]]:
        left, right = _by_gap(self.a_gap), _by_gap(self.b_gap)
        return {
            (i, j)
            for gap, members in left.items()
            if len(members) * len(right.get(gap, ())) <= SMALL_GAP
            for i in members
            for j in right.get(gap, ())
        }

    def _split_and_merged(self) -> None:
        """Widen a pair over free neighbours while that makes the two sides more alike."""
        paired_b = set(self.pairs.values())
        for i, j in sorted(self.pairs.items()):
            if i not in self.a_gap or j not in self.b_gap:
                continue
            b0, b1 = _widened(self.a_words[i], self.b_words, j, self.b_gap, paired_b)
            a0, a1 = (i, i + 1)
            if b1 - b0 == 1:
                a0, a1 = _widened(self.b_words[j], self.a_words, i, self.a_gap, set(self.pairs))
            kind = PassageKind.SPLIT if b1 - b0 > 1 else PassageKind.MERGED if a1 - a0 > 1 else PassageKind.REWORDED
            self._settle(kind, a0, a1, b0, b1)

    def _left_over(self) -> None:
        self.done += [Step(PassageKind.REMOVED, i, i + 1, 0, 0) for i in self.a_gap]
        self.done += [Step(PassageKind.ADDED, 0, 0, j, j + 1) for j in self.b_gap]

    def _settle(self, kind: PassageKind, a0: int, a1: int, b0: int, b1: int) -> None:
        self.done.append(Step(kind, a0, a1, b0, b1))
        for i in range(a0, a1):
            self.a_gap.pop(i, None)
        for j in range(b0, b1):
            self.b_gap.pop(j, None)


def _blocks(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[bool, Run]]:
    """Yield equal and differing blocks of two sequences in turns."""
    i = j = 0
    for run in (*differing(a, b), Run(len(a), len(a), len(b), len(b))):
        if run.a0 > i:
            yield True, Run(i, run.a0, j, run.b0)
        if run.a1 > run.a0 or run.b1 > run.b0:
            yield False, run
        i, j = run.a1, run.b1


def _numberless(text: str) -> str:
    return key(without_number(text))


def _by_gap(gaps: dict[int, int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for number, gap in gaps.items():
        members[gap].append(number)
    return members


def _widened(
    whole: tuple[str, ...], others: Mapping[int, tuple[str, ...]], at: int, free: dict[int, int], paired: set[int]
) -> tuple[int, int]:
    """Return the run of free neighbours around `at` that together are most like `whole`."""
    low, high, words = at, at + 1, others[at]
    score = _even(whole, words)
    for step in (1, -1):
        while True:
            n = high if step > 0 else low - 1
            if n not in free or n in paired or free[n] != free[at]:
                break
            wider = words + others[n] if step > 0 else others[n] + words
            better = _even(whole, wider)
            if better <= score + 0.01:
                break
            score, words = better, wider
            low, high = (low, n + 1) if step > 0 else (n, high)
    return low, high


def _even(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Likeness against the mean length only, so that a longer run must earn its place."""
    return Indel.normalized_similarity(a[:1500], b[:1500])

"""Turning: whether a provision says the reverse now, or another thing, in a sentence that became another.

A sentence is followed through the edits of its passage. Which provisions are touched otherwise is told in `touches`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watchers.comparing.measures import measured
from watchers.comparing.stakes import Stake, stake
from watchers.model import Bearing, Edit, Finding, Passage, Stance, Turn
from watchers.provisions.taxonomy import PROVISIONS
from watchers.provisions.weighing import lies_in

_DENIES = (Stance.DOES_NOT,)


def turned(old: Sequence[Finding], new: Sequence[Finding], passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the provisions that an edited sentence states otherwise than before, or on one side only."""
    for passage in passages:
        if not passage.edits:
            continue
        was = [f for f in old if lies_in(f, passage.before_start, passage.before)]
        now = [f for f in new if lies_in(f, passage.after_start, passage.after)]
        yield from _within(was, now, passage)


def _within(was: Sequence[Finding], now: Sequence[Finding], passage: Passage) -> Iterator[str]:
    backward = tuple(Edit(edit.b0, edit.b1, edit.a0, edit.a1) for edit in passage.edits)
    old, new = (passage.before_start, passage.before), (passage.after_start, passage.after)
    for these, others, edits, here, other_side in ((was, now, passage.edits, old, new), (now, was, backward, new, old)):
        start, there = here[0], other_side[0]
        for one in these:
            low, high = one.start - start, one.end - start
            if not any((edit.a0 < high and low < edit.a1) or low < edit.a0 == edit.a1 < high for edit in edits):
                continue
            first, last = there + across(edits, low), there + across(edits, high)
            same = [other for other in others if other.provision == one.provision]
            met = [other for other in same if other.start < last and first < other.end]
            if not any(_alike(one, other, _words(one, *here), _words(other, *other_side)) for other in met):
                yield one.provision


def across(edits: Sequence[Edit], place: int) -> int:
    """Return where a place of the old words is in the new ones; within an edit, its start."""
    moved = 0
    for edit in edits:
        if place <= edit.a0:
            break
        if place < edit.a1:
            return edit.b0
        moved = edit.b1 - edit.a1
    return place + moved


def _alike(one: Finding, other: Finding, first: str, second: str) -> bool:
    """Tell whether two findings of a provision, with their words, say the same of it."""
    if (one.stance in _DENIES) is not (other.stance in _DENIES):
        return False
    if stake(first) is stake(second).reverse is not Stake.NEITHER:
        return False
    return measured(first, second) is None


def _words(finding: Finding, start: int, text: str) -> str:
    """Return the words of a finding as far as they lie in a passage."""
    return text[max(0, finding.start - start) : finding.end - start]


def bearing(provision: str, was: str, now: str, stances: tuple[Stance | None, Stance | None], turn: Turn) -> Bearing:
    """Return what became of a provision for the reader, from its words before and now ("" where there are none).

    Law, courts, who is responsible and on what ground are neither better nor worse: they are others.
    """
    known = PROVISIONS.get(provision)
    if known is None or known.serves == "neither":
        return Bearing.NEUTRAL
    before, after = stake(was) if was else Stake.NEITHER, stake(now) if now else Stake.NEITHER
    if was and now:
        if before is after.reverse and before:
            return Bearing.BETTER if after is Stake.SERVES else Bearing.WORSE
        if measure := measured(was, now):
            return measure.bearing
    elif before or after:
        gain = after - before
        return Bearing.BETTER if gain > 0 else Bearing.WORSE
    more = {Turn.APPEARED: True, Turn.STRENGTHENED: True, Turn.LEFT: False, Turn.WEAKENED: False}.get(turn)
    if more is None:
        return Bearing.NEUTRAL
    only = stances[1] if stances[0] is None else stances[0] if stances[1] is None else None
    denies = only in _DENIES and turn in (Turn.APPEARED, Turn.LEFT)
    return Bearing.BETTER if more is ((known.serves == "reader") is not denies) else Bearing.WORSE

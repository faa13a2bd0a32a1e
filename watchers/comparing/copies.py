"""A page that holds the coming and the current policy: what is new is the coming one, and it is told once.

Works on passages before they are judged. A page of which a large part is another wording of the rest is
taken for two editions of one document; nothing here looks at dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from watchers.comparing.align import Step, align
from watchers.comparing.edits import edits
from watchers.comparing.folding import folded
from watchers.model import Clause, Passage, PassageKind

#: An edition has at least this many clauses, and this share of the words of the document it stands beside.
CLAUSES_FROM, SHARE_FROM = 12, 0.3
#: This share of an edition's words stands, the same or reworded, in the other edition.
COMMON_FROM = 0.55
_SAME = (None, PassageKind.MOVED, PassageKind.RENUMBERED)
_REWORDED = (PassageKind.REWORDED, PassageKind.SPLIT, PassageKind.MERGED)


@dataclass(frozen=True, slots=True)
class Editions:
    """Passages with a coming edition compared against the current one.

    `repeats`: where (in the new text) words stand that merely repeat the current edition. `dropped`: where (in
    the old text) words stand that the coming edition leaves out. `outgoing`: where words stood that left with
    the outgoing edition.
    """

    passages: tuple[Passage, ...]
    repeats: frozenset[int] = frozenset()
    dropped: frozenset[int] = frozenset()
    outgoing: frozenset[int] = frozenset()


def told_once(found: Sequence[Passage], old: Sequence[Clause], new: Sequence[Clause]) -> Editions:
    """Return the passages so that what a coming edition changes is told when it appears, and only then."""
    come = [p for p in found if p.kind is PassageKind.ADDED]
    gone = [p for p in found if p.kind is PassageKind.REMOVED]
    if _is_edition(edition := _clauses(come, new, after=True), old):
        steps = align(old, edition)
        if _common(steps, edition, new_side=True) >= COMMON_FROM:
            return _coming(found, come, steps, old, edition)
    if _is_edition(edition := _clauses(gone, old, after=False), old):
        steps = align(edition, new)
        if _common(steps, edition, new_side=False) >= COMMON_FROM:
            return Editions(tuple(found), outgoing=frozenset(p.before_start for p in gone))
    return Editions(tuple(found))


def _clauses(found: Sequence[Passage], clauses: Sequence[Clause], *, after: bool) -> list[Clause]:
    starts = {p.after_start if after else p.before_start for p in found}
    return [c for c in clauses if c.start in starts]


def _is_edition(clauses: Sequence[Clause], old: Sequence[Clause]) -> bool:
    return len(clauses) >= CLAUSES_FROM and _size(clauses) >= SHARE_FROM * _size(old)


def _size(clauses: Sequence[Clause]) -> int:
    return sum(len(folded(c.text)) for c in clauses)


def _common(steps: Sequence[Step], edition: Sequence[Clause], *, new_side: bool) -> float:
    """Return the share of an edition's words that the other edition has, the same or reworded."""
    shared = [s for s in steps if s.kind in _SAME or s.kind in _REWORDED]
    words = sum(_size(edition[s.b0 : s.b1] if new_side else edition[s.a0 : s.a1]) for s in shared)
    return words / max(1, _size(edition))


def _coming(
    found: Sequence[Passage],
    come: Sequence[Passage],
    steps: Sequence[Step],
    old: Sequence[Clause],
    edition: list[Clause],
) -> Editions:
    """Put in the place of added clauses what they change in the current edition."""
    raw = {p.after_start: p for p in come}
    covered = sum(_size(old[s.a0 : s.a1]) for s in steps if s.b1 > s.b0) >= COMMON_FROM * _size(old)
    out: list[Passage] = []
    repeats: set[int] = set()
    dropped = [_dropped(c) for s in steps if s.kind is PassageKind.REMOVED and covered for c in old[s.a0 : s.a1]]
    for step in steps:
        added = [raw[c.start] for c in edition[step.b0 : step.b1]]
        if step.kind in _SAME:
            repeats.update(p.after_start for p in added)
        if step.kind in _REWORDED and step.a1 - step.a0 == len(added) == 1:
            out.append(_against(old[step.a0], added[0]))
        else:
            out += added
    others = [p for p in found if p.kind is not PassageKind.ADDED]
    told = sorted([*others, *out, *dropped], key=lambda p: max(p.after_start, 0))
    return Editions(tuple(told), frozenset(repeats), frozenset(p.before_start for p in dropped))


def _dropped(clause: Clause) -> Passage:
    """Tell a clause of the current edition that the coming one leaves out."""
    return Passage(PassageKind.REMOVED, clause.text, "", clause.start, path=clause.path)


def _against(current: Clause, coming: Passage) -> Passage:
    return replace(
        coming,
        kind=PassageKind.REWORDED,
        before=current.text,
        before_start=current.start,
        edits=edits(current.text, coming.after),
    )

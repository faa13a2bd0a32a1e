"""Touches: what became of each provision between two versions.

Only findings that lie in words which really changed are touched; nothing is recognised here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from watchers.comparing.direction import is_changelog
from watchers.comparing.similarity import likeness
from watchers.model import Difference, Edit, Finding, Passage, PassageKind, Significance, Stance, Touch, Turn
from watchers.provisions import entries, turning
from watchers.provisions.weighing import lies_in

_ASKS = {
    Stance.DOES: 2,
    Stance.MAY: 2,
    Stance.PROHIBITS_READER: 2,
    Stance.THIRD_PARTY: 1,
    Stance.ASKS_CONSENT: 1,
    Stance.OFFERS_CHOICE: 1,
    Stance.LIMITED: 1,
    Stance.DOES_NOT: 0,
}
"""How far a stance goes: a promise not to goes nowhere, a plain statement or permission furthest."""

#: Words this near a cue, in characters, belong to what it says; so does a change of this share of the whole finding.
NEAR, SHARE = 15, 0.25

#: From this likeness of two sentences on one is the other, rewritten: between what the comparison asks of clauses
#: that stand in the same place and of those that stand anywhere.
ALIKE = 0.6
_NUMBER = re.compile(r"[\d.()\s]+")
_REFERENCE = re.compile(
    r"\b(?:sections?|clauses?|articles?|paragraphs?|parts?|abschnitt|ziffer|artikel|§)\s*[\d.]*$", re.IGNORECASE
)

Spans = tuple[tuple[int, int], ...]


def touched(
    old_text: str,
    old: Sequence[Finding],
    new_text: str,
    new: Sequence[Finding],
    difference: Difference,
) -> tuple[Touch, ...]:
    """Return one touch a provision whose words changed, in the order of the new text (then of the old).

    `old` and `new` are all findings of the two texts; the difference's offsets are offsets into them.
    """
    told = (p for p in difference.passages if p.significance is Significance.SUBSTANTIVE)
    matters = tuple(p for p in told if not is_changelog(p))
    gone, come = tuple(_old_spans(matters)), tuple(_new_spans(matters))
    turned = frozenset(turning.turned(old, new, matters))
    old = (*entries.elsewhere(old, matters, after=False), *entries.named(matters, after=False))
    new = (*entries.elsewhere(new, matters, after=True), *entries.named(matters, after=True))
    before, after = _within(old, gone), _within(new, come)
    stand = _worded(old, old_text) & _worded(new, new_text)
    before = tuple(f for f in before if (f.provision, f.excerpt(old_text)) not in stand)
    after = tuple(f for f in after if (f.provision, f.excerpt(new_text)) not in stand)
    carried = [f.provision for side, spans in ((after, come), (before, gone)) for f in side if _carried(f, spans)]
    touches = []
    for name in dict.fromkeys((*carried, *(f.provision for f in (*after, *before) if f.provision in turned))):
        was, now = _where_it_weighs(_of(name, before), _of(name, after), matters)
        if was and not now:
            now = _alike(was, old_text, _of(name, after), new_text)
        elif now and not was:
            was = _alike(now, new_text, _of(name, before), old_text)
        touch = _touch(name, was, now, _of(name, old), _of(name, new))
        touches.append(_meant(touch, old_text, new_text))
    return tuple(touches)


def _meant(touch: Touch, old_text: str, new_text: str) -> Touch:
    """Return the touch with what it means for the reader."""
    was, now = touch.before, touch.after
    said = was.excerpt(old_text) if was else "", now.excerpt(new_text) if now else ""
    stances = was.stance if was else None, now.stance if now else None
    return replace(touch, bearing=turning.bearing(touch.provision, *said, stances, touch.turn))


def _worded(findings: Sequence[Finding], text: str) -> frozenset[tuple[str, str]]:
    """Return each provision with the words it is found in: what both texts say in the same words did not change."""
    return frozenset((f.provision, f.excerpt(text)) for f in findings)


def moved(difference: Difference) -> Iterator[tuple[int, int]]:
    """Yield where in the new text clauses stand that have only been moved."""
    for passage in difference.passages:
        if passage.kind is PassageKind.MOVED:
            yield passage.after_start, passage.after_start + len(passage.after)


def _where_it_weighs(
    before: tuple[Finding, ...], after: tuple[Finding, ...], passages: Sequence[Passage]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Keep the findings of the weightiest passage that holds any: what a provision's turn is told by."""
    held = [
        (
            passage.weight,
            tuple(f for f in before if lies_in(f, passage.before_start, passage.before)),
            tuple(f for f in after if lies_in(f, passage.after_start, passage.after)),
        )
        for passage in passages
    ]
    holding = (one for one in held if one[1] or one[2])
    _, was, now = max(holding, key=lambda one: one[0], default=(0.0, before, after))
    return was, now


def _alike(these: tuple[Finding, ...], text: str, others: tuple[Finding, ...], other_text: str) -> tuple[Finding, ...]:
    """Return what says on the other side nearly the same as the gravest of these: a rewrite told as two passages."""
    gravest = _gravest(these)
    assert gravest is not None
    words = tuple(gravest.excerpt(text).split())
    alike = (one for one in others if likeness(words, tuple(one.excerpt(other_text).split())) >= ALIKE)
    return tuple(alike)


def _old_spans(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    for passage in passages:
        if passage.before_start >= 0:
            for edit in _telling(passage):
                yield passage.before_start + edit.a0, passage.before_start + edit.a1
            if not passage.edits and passage.kind is not PassageKind.MOVED:
                yield passage.before_start, passage.before_start + len(passage.before)


def _new_spans(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    for passage in passages:
        if passage.after_start >= 0:
            for edit in _telling(passage):
                yield passage.after_start + edit.b0, passage.after_start + edit.b1
            if not passage.edits and passage.kind is not PassageKind.MOVED:
                yield passage.after_start, passage.after_start + len(passage.after)


def _telling(passage: Passage) -> Iterator[Edit]:
    """Yield the edits that change more than the number of a section that is referred to."""
    for edit in passage.edits:
        numbers = passage.before[edit.a0 : edit.a1] + passage.after[edit.b0 : edit.b1]
        if not (_NUMBER.fullmatch(numbers) and _REFERENCE.search(passage.before[: edit.a0])):
            yield edit


def _carried(finding: Finding, spans: Spans) -> bool:
    """Tell whether changed words carry a finding: its cue or the words next to it, or a good part of all of it."""
    low, high = finding.cue_start - NEAR, finding.cue_end + NEAR
    if any(start < high and low < end for start, end in spans):
        return True
    changed = sum(max(0, min(end, finding.end) - max(start, finding.start)) for start, end in spans)
    return changed >= SHARE * (finding.end - finding.start)


def _within(findings: Sequence[Finding], spans: Spans) -> tuple[Finding, ...]:
    """Keep the findings whose words a span changes; an empty span (a pure deletion) counts inside them."""
    return tuple(f for f in findings if any(_overlap(f, start, end) for start, end in spans))


def _overlap(finding: Finding, start: int, end: int) -> bool:
    if start == end:
        return finding.start < start < finding.end
    return start < finding.end and finding.start < end


def _of(name: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(f for f in findings if f.provision == name)


def _touch(
    name: str,
    before: tuple[Finding, ...],
    after: tuple[Finding, ...],
    all_old: tuple[Finding, ...],
    all_new: tuple[Finding, ...],
) -> Touch:
    if not all_old:
        return Touch(name, Turn.APPEARED, None, _gravest(after))
    if not all_new:
        return Touch(name, Turn.LEFT, _gravest(before), None)
    was, now = _gravest(before), _gravest(after)
    return Touch(name, _turn(was, now), was, now)


def _turn(was: Finding | None, now: Finding | None) -> Turn:
    """Say whether a provision that stays goes further than before, or less far."""
    if was is None or now is None:
        only = now or was
        assert only is not None
        asks = _ASKS[only.stance] > 0
        return Turn.STRENGTHENED if asks is (was is None) else Turn.WEAKENED
    step = _weight(now) - _weight(was)
    if step > 0:
        return Turn.STRENGTHENED
    return Turn.WEAKENED if step < 0 else Turn.REWORDED


def _weight(finding: Finding) -> int:
    return 3 * _ASKS[finding.stance] + finding.exposure.rank


def _gravest(findings: tuple[Finding, ...]) -> Finding | None:
    return max(findings, key=lambda f: (_weight(f), f.confidence, -f.start), default=None)

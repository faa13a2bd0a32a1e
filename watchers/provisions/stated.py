"""What a document states of a provision in all: the slots of its rule, with those that its next best sentences fill.

A sentence that says another kind beside the first widens it (“excludes” and “caps” are `both`); nothing else is merged.
"""

from __future__ import annotations

from collections.abc import Sequence

from watchers.model import Finding
from watchers.provisions.frame_file import frames
from watchers.provisions.frames import Frame, Slot, read_frame

BESIDE = 3
"""Sentences besides the one shown whose words may fill what it leaves open."""

_WIDER = "both"


def frames_of(found: Sequence[Finding], text: str) -> tuple[Frame, ...]:
    """Return the frames of the first sentences that state a provision, the one shown first."""
    return tuple(read_frame(finding, text) for finding in found[: 1 + BESIDE])


def stated_in(read: Sequence[Frame]) -> tuple[Slot, ...]:
    """Return the slots of the rule shown; what it leaves open is filled from the sentences beside, in their order."""
    if not read:
        return ()
    rules = frames()[read[0].provision].slots
    read = [frame for frame in read if _same_actor(frame, read[0])]
    held = [
        (rule, [slot for frame in read[: 1 if rule.until else None] if (slot := frame.slot(rule.name))])
        for rule in rules
    ]
    return tuple(_widened(slots, any(f.value == _WIDER for f in rule.find)) for rule, slots in held if slots)


def _same_actor(frame: Frame, first: Frame) -> bool:
    """Tell whether a sentence is about the same doer: a way out of what others do is none of what the platform does."""
    one, other = frame.slot("who"), first.slot("who")
    return not (one and other and one.value != other.value)


def _widened(slots: Sequence[Slot], widens: bool) -> Slot:
    """Return the first of a slot's fillings, or the one that says both where others say more."""
    first = slots[0]
    if not widens or first.value == _WIDER:
        return first
    wider = next((slot for slot in slots if slot.value == _WIDER), None)
    if wider:
        return wider
    other = next((slot for slot in slots if slot.value != first.value), None)
    return Slot(other.name, other.start, other.end, other.words, _WIDER) if other else first

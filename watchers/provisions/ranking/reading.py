"""Read the stance and the exposure of a sentence that was chosen: rules propose (its frame), a small model disposes.

The features name what weighed; the weights are trained by `bench/rules/train_cards.py`, never here.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchers.language.modifiers import Kind, marks
from watchers.model import Exposure, Factor, Stance
from watchers.provisions.frame_file import Rule
from watchers.provisions.frames import Frame
from watchers.provisions.ranking.linear import linear
from watchers.provisions.ranking.seen import stems

PLAIN_STANCE = {
    Stance.MAY: "does",
    Stance.PROHIBITS_READER: "does",
    Stance.ASKS_CONSENT: "choice",
    Stance.OFFERS_CHOICE: "choice",
}
"""Stances in the five words of the model; those not named keep their own."""

_SPOKEN = {"does_not": Stance.DOES_NOT, "limited": Stance.LIMITED, "third_party": Stance.THIRD_PARTY}
_TELLING = frozenset(
    "not no never only unless except without consent permiss option choos choose opt disable reason effort "
    "necessar require law limit may will can cannot object withdraw depend subject guarante however certain some ask "
    "prior".split()
)


_GRAVE = ("ai_training",)
"""What cannot be taken back once it was done: high wherever no way out is named."""

_DENIALS = (Kind.NEGATION, Kind.BAN, Kind.NO_DUTY)


def plain_stance(stance: Stance) -> str:
    """Return a stance as the model and programs say it."""
    return PLAIN_STANCE.get(stance, stance.value)


def stance_features(frame: Frame, low: str, after: str, kind: str) -> tuple[str, ...]:
    """Return what speaks for a stance: the frame's own, its scope, telling words, and what the next sentence offers."""
    return tuple(dict.fromkeys(_of_stance(frame, low, after, kind)))


def _of_stance(frame: Frame, low: str, after: str, kind: str) -> Iterator[str]:
    about, own = frame.provision, plain_stance(frame.stance)
    yield from ("always", f"about:{about}", f"says:{own}", f"says:{own}:{about}", f"rule:{frame.rule}:{own}")
    yield f"document:{kind}:{about}"
    scope = frame.scope
    found = {
        "denied": scope.negated, "no duty": scope.no_duty, "condition": scope.conditions, "exception": scope.exceptions,
        "consent": scope.consent, "way out": scope.way_out, "limit": scope.limit,
        f"by {scope.actor}": True, f"modal {scope.modality}": True,
    }  # fmt: skip
    for name, holds in found.items():
        if holds:
            yield from (name, f"{name}:{about}", f"{name}:{frame.rule}")
    offered = {mark.kind for mark in marks(after[:300])} & {Kind.WAY_OUT, Kind.CONSENT, Kind.EXCEPTION, Kind.LIMIT}
    yield from (f"then {one}:{frame.rule}" for one in offered)
    yield from (f"word:{word}" for word in dict.fromkeys(stems(low)))
    yield from (f"word:{word}:{about}" for word in dict.fromkeys(stems(low)) if word in _TELLING)
    yield from (f"slot:{about}:{slot.name}:{slot.value}" for slot in frame.slots)


def judged_stance(frame: Frame, low: str, after: str, kind: str) -> Stance:
    """Return the stance of a sentence; where the model agrees with the frame in kind, the frame's own finer one."""
    model = linear("stance")
    sums = model.sums(stance_features(frame, low, after, kind))
    best = model.labels[max(range(len(sums)), key=sums.__getitem__)]
    if best == plain_stance(frame.stance) or _is_certain(frame, best, low, after):
        return frame.stance
    if best == "choice":
        return Stance.ASKS_CONSENT if frame.scope.consent else Stance.OFFERS_CHOICE
    return _SPOKEN.get(best, Stance.MAY if frame.modality is Kind.MAY else Stance.DOES)


def _is_certain(frame: Frame, best: str, low: str, after: str) -> bool:
    """Tell whether the words rule out what the model would say: a plain denial stands, and none is made up."""
    scope = frame.scope
    if frame.rule is Rule.PERMISSION:
        if frame.stance is Stance.DOES_NOT and not (scope.consent or scope.exceptions or scope.limit):
            return True
        if best == "does_not" and not any(mark.kind in _DENIALS for mark in marks(low)):
            return True
    offers = {mark.kind for mark in marks(low)} | {mark.kind for mark in marks(after[:300])}
    return best == "choice" and frame.provision != "opt_out" and not offers & {Kind.WAY_OUT, Kind.CONSENT}


def exposure_features(frame: Frame, stance: Stance, factors: tuple[Factor, ...], low: str) -> tuple[str, ...]:
    """Return what speaks for an exposure: the provision, its stance, its slots, and the factors with their words."""
    return tuple(dict.fromkeys(_of_exposure(frame, plain_stance(stance), factors, low)))


def _of_exposure(frame: Frame, stance: str, factors: tuple[Factor, ...], low: str) -> Iterator[str]:
    about = frame.provision
    yield from ("always", f"about:{about}", f"stance:{stance}", f"stance:{stance}:{about}")
    yield from (f"factor:{factor.name}" for factor in factors)
    yield from (f"factor:{factor.name}:{about}" for factor in factors)
    yield from (f"slot:{about}:{slot.name}:{slot.value}" for slot in frame.slots)
    yield from (f"open:{about}:{name}" for name in frame.empty)
    yield from (f"word:{word}" for word in dict.fromkeys(stems(low)))


def judged_exposure(frame: Frame, stance: Stance, factors: tuple[Factor, ...], low: str) -> Exposure:
    """Return how much a sentence asks of the reader, as people judged such ones."""
    if frame.provision in _GRAVE and stance in (Stance.DOES, Stance.MAY) and not frame.slot("choice"):
        return Exposure.HIGH
    model = linear("exposure")
    sums = model.sums(exposure_features(frame, stance, factors, low))
    return Exposure(model.labels[max(range(len(sums)), key=sums.__getitem__)])

"""The frame of a clause: the rule that it states, with its parts, each a verbatim slice of the text.

`read_frame(finding, text)` is the one door: kind of rule, who acts, modality, stance, slots, scope. Statement,
exposure, open points, comparison and change are read off it elsewhere; which sentence is shown is not decided here.

    frame = read_frame(finding, version.text)
    frame.stance, frame.actor, [(slot.name, slot.start, slot.end, slot.words) for slot in frame.slots]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from watchers.language.modifiers import Kind
from watchers.language.scope import Scope, scope_of
from watchers.model import Finding, Stance
from watchers.provisions.frame_file import FrameRule, Rule, SlotRule, frames
from watchers.provisions.layout import plain
from watchers.provisions.polarity import stance_of

NEAR = 700
"""Characters behind a sentence in which its rule may go on, up to the next heading."""

_HEADING = re.compile(r"\n#{1,6} ")


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of the rule: the words at [start:end] of the text; `value` is the fixed word they stand for, if any."""

    name: str
    start: int
    end: int
    words: str
    value: str = ""

    @property
    def fact(self) -> str:
        """Return what the slot says: its fixed word, else its words."""
        return self.value or self.words


@dataclass(frozen=True, slots=True)
class Frame:
    """The rule of one sentence. `empty` names the slots that nothing fills."""

    provision: str
    rule: Rule
    start: int
    end: int
    stance: Stance
    actor: Kind | None
    modality: Kind | None
    slots: tuple[Slot, ...]
    empty: tuple[str, ...]
    scope: Scope

    def slot(self, name: str) -> Slot | None:
        """Return a filled slot, or None."""
        return next((slot for slot in self.slots if slot.name == name), None)


def read_frame(finding: Finding, text: str, lead: str = "") -> Frame:
    """Read the rule of a finding in the text it was found in; `lead` is the sentence that leads to its list."""
    return frame_at(finding.provision, text, finding.start, finding.end, finding.cue_end, lead)


def frame_at(provision: str, text: str, start: int, end: int, cue_end: int = -1, lead: str = "") -> Frame:
    """Read the rule that the sentence at [start:end] of a text states for a provision."""
    rule = frames()[provision]
    own = plain(text[start:end])
    said = f"{plain(lead)} {own}" if lead else own
    skip = len(said) - len(own)
    scope = _scope(rule, said, skip, skip + cue_end - start if cue_end > start else -1)
    slots = tuple(_slots(rule, text, start, end))
    filled = {slot.name for slot in slots}
    return Frame(
        provision,
        rule.rule,
        start,
        end,
        stance_of(rule, scope, said),
        scope.actor,
        scope.modality,
        slots,
        tuple(slot.name for slot in rule.slots if slot.name not in filled),
        scope,
    )


def _scope(rule: FrameRule, said: str, skip: int, cue_end: int) -> Scope:
    """Return what governs the rule's verb: the one the cue ends with, else the first of the sentence's own."""
    verbs = list(rule.verb.finditer(said, skip))
    verb = next((one for one in verbs if one.start() <= cue_end <= one.end()), verbs[0] if verbs else None)
    span = verb.span() if verb else (max(skip, cue_end - 1), max(skip, cue_end))
    return scope_of(said, *span)


def _slots(rule: FrameRule, text: str, start: int, end: int) -> Iterator[Slot]:
    own = plain(text[start:end])
    beside = ""
    for slot in rule.slots:
        if found := _fill(slot, own, text, start):
            yield found
        elif slot.near:
            beside = beside or plain(_beside(text, start, end))
            stop = slot.until.search(beside, end - start) if slot.until else None
            if found := _fill(slot, beside[: stop.start()] if stop else beside, text, start):
                yield found


def _beside(text: str, start: int, end: int) -> str:
    """Return a sentence and what follows it under the same heading."""
    heading = _HEADING.search(text, end, end + NEAR)
    return text[start : heading.start() if heading else min(len(text), end + NEAR)]


def _fill(slot: SlotRule, low: str, text: str, start: int) -> Slot | None:
    for filler in slot.find:
        if found := filler.words.search(low):
            a, b = found.span() if filler.value else found.span("words")
            words = text[start + a : start + b].rstrip(" ,.;:*")
            return Slot(slot.name, start + a, start + a + len(words), words, filler.value)
    return None

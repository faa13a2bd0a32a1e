"""How a document stands to a provision, in neutral sentences: by the kind of its rule, its stance and its slots.

Of what was recognised only; what the provision means is told in `explain/`, and the card is put together in `card.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from watchers.model import Finding, Stance
from watchers.provisions.bound import EVERYBODY
from watchers.provisions.frame_file import FrameRule, Rule, frames
from watchers.provisions.frames import Slot

AMONG = 4
"""Sentences among which a contradiction is looked for: the one shown and the next best."""

LONGEST = 90
"""Characters of a slot's words that are repeated in a statement; longer ones stand in the excerpt."""

_PERMISSION = {
    Stance.DOES_NOT: "the platform does not {act}",
    Stance.ASKS_CONSENT: "the platform may {act} only with consent",
    Stance.OFFERS_CHOICE: "the platform may {act}, and the reader has a choice",
    Stance.LIMITED: "the platform may {act}, within stated limits",
    Stance.PROHIBITS_READER: "the reader may not {act}",
    Stance.THIRD_PARTY: "others may {act}",
}
_PROMISE = {
    Stance.DOES_NOT: "the platform does not promise to {act}",
    Stance.LIMITED: "the platform promises to {act}, within stated limits",
    Stance.THIRD_PARTY: "others {act}",
}
_DUTY = {
    Stance.DOES_NOT: "the reader does not have to {act}",
    Stance.ASKS_CONSENT: "the reader may {act}, but does not have to",
    Stance.OFFERS_CHOICE: "the reader may {act}, but does not have to",
    Stance.LIMITED: "the reader has to {act}, with stated exceptions",
}
_BAN = {
    Stance.DOES_NOT: "the reader is not forbidden to {act}",
    Stance.ASKS_CONSENT: "the reader may {act} only with permission",
    Stance.OFFERS_CHOICE: "the reader may {act} only with permission",
    Stance.LIMITED: "the reader must not {act}, with stated exceptions",
}
_EXCLUSION = {
    Stance.DOES_NOT: "the platform does not exclude {act}",
    Stance.LIMITED: "the platform excludes or limits {act}, with stated exceptions",
}
_FACT = {
    Stance.DOES_NOT: "it is stated that nothing holds as to {act}",
    Stance.LIMITED: "it is stated, with limits, {act}",
}
_SAYS: Mapping[Rule, tuple[str, Mapping[Stance, str]]] = {
    Rule.PERMISSION: ("the platform may {act}", _PERMISSION),
    Rule.PROMISE: ("the platform promises to {act}", _PROMISE),
    Rule.DUTY: ("the reader has to {act}", _DUTY),
    Rule.BAN: ("the reader must not {act}", _BAN),
    Rule.EXCLUSION: ("the platform excludes or limits {act}", _EXCLUSION),
    Rule.FACT: ("it is stated {act}", _FACT),
}
"""What is said by the kind of a rule: plainly, and where the stance is another."""

_NAMES = re.compile(r"^(?:the (?:law|courts|age|legal)|fees)")


def absence(title: str, activity: str, *, whole: bool = True) -> str:
    """Say that a document holds nothing on an activity, as far as it could be read."""
    seen = "in the version kept" if whole else "in the part that could be read"
    return f"Nothing on {activity} was recognised in {title}, {seen}."


def statement(title: str, provision: str, stance: Stance, facts: Sequence[Slot] = (), binds: str = EVERYBODY) -> str:
    """Say in a sentence what a document rules, with the words that fill the parts of the rule.

    `title` names the document in a sentence; `binds` is whom the rule is for.
    """
    frame = frames()[provision]
    plainly, otherwise = _SAYS[frame.rule]
    if frame.rule is Rule.FACT and _NAMES.match(frame.act) and stance not in otherwise:
        plainly = "the document names {act}"
    said = otherwise.get(stance, plainly).format(act=frame.act)
    whom = "" if binds == EVERYBODY else f" This is said for {binds}."
    return f"Under {title}, {'; '.join((said, *_phrases(frame, facts)))}.{whom}"


_DENIABLE = (Rule.PERMISSION, Rule.PROMISE, Rule.DUTY)


def otherwise(found: Sequence[Finding]) -> str:
    """Say that another sentence denies what the one shown states, or states what it denies; both are quoted below."""
    if not found or frames()[found[0].provision].rule not in _DENIABLE:
        return ""
    denies = [one.stance is Stance.DOES_NOT for one in found[:AMONG] if one.stance is not Stance.THIRD_PARTY]
    return " Another sentence of it says otherwise." if len(set(denies)) > 1 else ""


def _phrases(frame: FrameRule, facts: Sequence[Slot]) -> Iterator[str]:
    phrases = {slot.name: slot.phrase for slot in frame.slots}
    for slot in facts:
        if phrases.get(slot.name) and not slot.value and len(slot.words) <= LONGEST:
            yield phrases[slot.name].format(words=f"“{slot.words}”")

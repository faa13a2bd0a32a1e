"""What a change means for whoever reads the document: for a sentence, for a passage, for all of it.

Decided by what sentences say to their reader (`stakes`) and by measures; provisions are asked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watchers.comparing.edits import edits
from watchers.comparing.measures import measured
from watchers.comparing.shifts import Shift
from watchers.comparing.stakes import Kind, Said, Stake, said
from watchers.comparing.tables import pattern
from watchers.model import Bearing, Difference, Direction, Significance, Touch

_CHOICE = pattern("direction", "choice", before=r"(?<!\w)")
_DATA = re.compile(
    r"\b(?:data|information|content|inputs?|messages?|conversations?|contacts|location|identifiers?|details|prompts|cookies"
    r"|recordings?|biometric\w*|images|photos|history|track\w*|analytics|advertis\w+)\b",
    re.IGNORECASE,
)
#: Chosen on labelled histories (bench/comparing_direction.py): how many times the passages that are worse must
#: outnumber the better ones for a change to be worse, and the reverse; from how many passages on a change that has
#: several of both is mixed whatever their numbers.
MORE, CLEARLY_MORE, MANY = 2.5, 4, 25
_LIMITS = pattern("direction", "narrower", before=r"(?<!\w)")
#: What a rule was limited to, where it goes: "for free accounts", "when you close it".
_WHERE = re.compile(r"\W*(?:for|on|if|when|where|with an?|during|upon|in the event|in case)\b", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{3,}")
_COMES = {
    Kind.RIGHT: Direction.NEW_RIGHT,
    Kind.FREED: Direction.OBLIGATION_REMOVED,
    Kind.LIFTED: Direction.OBLIGATION_REMOVED,
    Kind.BARRED: Direction.NEW_OBLIGATION,
    Kind.DUTY: Direction.NEW_OBLIGATION,
    Kind.BAN: Direction.NEW_OBLIGATION,
    Kind.EXCLUSION: Direction.NEW_EXCLUSION,
    Kind.ANSWERS: Direction.PROTECTION_ADDED,
    Kind.CARE: Direction.PROTECTION_ADDED,
    Kind.POWER: Direction.NEW_POWER,
}
_REVERSE = {
    Direction.NEW_RIGHT: Direction.RIGHT_REMOVED,
    Direction.NEW_OBLIGATION: Direction.OBLIGATION_REMOVED,
    Direction.NEW_DATA_USE: Direction.DATA_USE_REMOVED,
    Direction.NEW_POWER: Direction.POWER_REMOVED,
    Direction.NEW_EXCLUSION: Direction.EXCLUSION_REMOVED,
    Direction.PROTECTION_ADDED: Direction.PROTECTION_REMOVED,
    Direction.CHOICE_ADDED: Direction.CHOICE_REMOVED,
    Direction.LONGER: Direction.SHORTER,
    Direction.WIDER: Direction.NARROWER,
}
REVERSE = {**_REVERSE, **{there: here for here, there in _REVERSE.items()}}
"""What each direction is called when the change is the other way round."""

_WORSE = {
    Direction.NEW_OBLIGATION, Direction.NEW_DATA_USE, Direction.NEW_POWER, Direction.NEW_EXCLUSION,
    Direction.PROTECTION_REMOVED, Direction.RIGHT_REMOVED, Direction.CHOICE_REMOVED,
}  # fmt: skip


def of_direction(direction: Direction) -> Bearing:
    """Return what a direction means for the reader; NEUTRAL where that rests on the words."""
    if direction in _WORSE:
        return Bearing.WORSE
    return Bearing.BETTER if REVERSE.get(direction) in _WORSE else Bearing.NEUTRAL


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a shift does, what that means for the reader, and the words it was read off."""

    direction: Direction
    bearing: Bearing
    cues: tuple[str, ...] = ()


def meaning(shift: Shift) -> Meaning | None:
    """Return what a shift does to people, or None where its words do not tell."""
    was, now = _said(shift.before, shift.lead), _said(shift.after, shift.lead_now)
    if shift.before and shift.after:
        return _became(shift, was, now)
    if shift.moved or not (found := now or was) or found.stake is Stake.NEITHER:
        return None
    direction = _called(found, f"{shift.lead} {shift.lead_now} {shift.after or shift.before}")
    if not now:
        direction = REVERSE[direction]
    return Meaning(direction, _bearing(found.stake if now else found.stake.reverse), _cue(shift, found))


def _said(sentence: str, lead: str) -> Said | None:
    if not sentence:
        return None
    return said(f"{lead.rstrip(': ')} {sentence}") if lead else said(sentence)


def _became(shift: Shift, was: Said | None, now: Said | None) -> Meaning | None:
    """Return what a sentence that became another does: a stake turned round, or a measure that is another."""
    if was and now and was.stake is now.stake.reverse and was.stake:
        return Meaning(_turned(was, now, shift), _bearing(now.stake), _cue(shift, now))
    if measure := measured(shift.before, shift.after):
        direction = Direction.LONGER if measure.grew else Direction.SHORTER
        return Meaning(direction, measure.bearing, (measure.before, measure.after))
    return _shaded(shift, now) if was and now and was.stake is now.stake and now.stake else None


def _shaded(shift: Shift, rule: Said) -> Meaning | None:
    """Return what words put into a rule or taken out of it do: more of what costs is worse, an exception to it better.

    Only where words came or went and none took the place of others, so that nothing is guessed.
    """
    found = edits(shift.before, shift.after)
    come = " ".join(shift.after[edit.b0 : edit.b1] for edit in found if edit.a1 == edit.a0).strip()
    gone = " ".join(shift.before[edit.a0 : edit.a1] for edit in found if edit.b1 == edit.b0).strip()
    replaced = any(edit.a1 > edit.a0 and edit.b1 > edit.b0 for edit in found)
    if replaced or bool(_WORDS.search(come)) is bool(_WORDS.search(gone)):
        return None
    more = bool(_WORDS.search(come))
    words = come if more else gone
    limits = bool(_LIMITS.search(words)) or (not more and bool(_WHERE.match(words)))
    costs = (rule.stake is Stake.COSTS) is not limits
    direction = Direction.WIDER if more else Direction.NARROWER
    return Meaning(direction, Bearing.WORSE if costs is more else Bearing.BETTER, (words,))


def _turned(was: Said, now: Said, shift: Shift) -> Direction:
    better = now.stake is Stake.SERVES
    told = now if better else was  # the side that serves the reader says what was won or lost
    if told.kind is Kind.RIGHT or (told.kind is Kind.CARE and _CHOICE.search(shift.after if better else shift.before)):
        words = shift.after if better else shift.before
        gained = Direction.CHOICE_ADDED if _CHOICE.search(words) else Direction.NEW_RIGHT
    elif told.kind in (Kind.FREED, Kind.LIFTED):
        gained = Direction.OBLIGATION_REMOVED
    else:
        gained = Direction.PROTECTION_ADDED
    return gained if better else REVERSE[gained]


def _called(found: Said, sentence: str) -> Direction:
    if found.kind is Kind.RIGHT and _CHOICE.search(sentence):
        return Direction.CHOICE_ADDED
    if found.kind is Kind.POWER:
        if found.denied:
            return Direction.PROTECTION_ADDED
        return Direction.NEW_DATA_USE if _DATA.search(sentence) else Direction.NEW_POWER
    if found.kind is Kind.CARE and found.denied:
        return Direction.NEW_EXCLUSION
    return _COMES[found.kind]


def _bearing(stake: Stake) -> Bearing:
    return {Stake.COSTS: Bearing.WORSE, Stake.SERVES: Bearing.BETTER}.get(stake, Bearing.NEUTRAL)


def _cue(shift: Shift, found: Said) -> tuple[str, ...]:
    """Return the words that told, verbatim where they stand in the sentence."""
    for sentence in (shift.after, shift.before):
        at = sentence.lower().replace("’", "'").find(found.words)
        if at >= 0:
            return (sentence[at : at + len(found.words)],)
    return ()


def together(bearings: Iterable[Bearing]) -> Bearing:
    """Return what several changes mean together."""
    found = {*bearings} - {Bearing.NEUTRAL}
    if len(found) > 1:
        return Bearing.MIXED
    return found.pop() if found else Bearing.NEUTRAL


def of_change(difference: Difference, touches: Sequence[Touch]) -> Bearing | None:
    """Return what a whole change means for the reader, or None where nothing of substance changed.

    Passages are counted, those that mean both for either side; where none tells, the provisions touched decide.
    """
    if difference.significance is not Significance.SUBSTANTIVE:
        return None
    told = [p.bearing for p in difference.passages if p.significance is Significance.SUBSTANTIVE]
    both = 0.5 * told.count(Bearing.MIXED)
    worse, better = told.count(Bearing.WORSE) + both, told.count(Bearing.BETTER) + both
    if not worse and not better:
        return together(touch.bearing for touch in touches)
    if len(told) > MANY and min(worse, better) > 1:
        return Bearing.MIXED
    if worse >= MORE * better:
        return Bearing.WORSE
    return Bearing.BETTER if better >= CLEARLY_MORE * worse else Bearing.MIXED

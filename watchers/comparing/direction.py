"""What a passage does to people: a table of cues, each of which can be shown; "unclear" is an honest answer.

A cue is looked for in the words that came or went, not in the whole clause, and is kept verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from watchers.comparing import bearing, substance
from watchers.comparing.conduct import done_by_company, is_conduct
from watchers.comparing.shifts import shifts
from watchers.comparing.substance import changed_words
from watchers.comparing.tables import pattern
from watchers.model import Direction, Passage, PassageKind, Significance


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the table: words that came (or went) and what that does to people.

    `few`: read off a few words inside a clause only, never off a whole one.
    """

    direction: Direction
    pattern: re.Pattern[str]
    came: bool
    few: bool = False


def _cue(direction: Direction, name: str, *, came: bool, few: bool = False) -> Cue:
    return Cue(direction, pattern("direction", name, before=r"(?<!\w)"), came, few)


#: In order: the first row that fires on one side only decides.
CUES = (
    _cue(Direction.PROTECTION_REMOVED, "promise", came=False),
    _cue(Direction.CHOICE_REMOVED, "choice", came=False),
    _cue(Direction.NEW_DATA_USE, "default_use", came=True),
    _cue(Direction.NEW_RIGHT, "right", came=True),
    _cue(Direction.CHOICE_ADDED, "choice", came=True),
    _cue(Direction.NEW_OBLIGATION, "duty", came=True),
    _cue(Direction.PROTECTION_ADDED, "promise", came=True),
    _cue(Direction.NEW_DATA_USE, "use", came=True),
    _cue(Direction.RIGHT_REMOVED, "right", came=False),
    _cue(Direction.OBLIGATION_REMOVED, "duty", came=False, few=True),
    _cue(Direction.DATA_USE_REMOVED, "use", came=False, few=True),
    _cue(Direction.NEW_DATA_USE, "flow", came=True),
    _cue(Direction.NEW_DATA_USE, "kind", came=True, few=True),
    _cue(Direction.DATA_USE_REMOVED, "kind", came=False, few=True),
    _cue(Direction.WIDER, "wider", came=True, few=True),
    _cue(Direction.NARROWER, "narrower", came=True, few=True),
    _cue(Direction.WIDER, "narrower", came=False, few=True),
    _cue(Direction.NARROWER, "wider", came=False, few=True),
)
#: How much each direction weighs when passages are put in order.
WEIGHT = {
    Direction.PROTECTION_REMOVED: 5.0,
    Direction.CHOICE_REMOVED: 5.0,
    Direction.RIGHT_REMOVED: 4.0,
    Direction.NEW_EXCLUSION: 3.0,
    Direction.NEW_DATA_USE: 3.0,
    Direction.PROTECTION_ADDED: 3.0,
    Direction.EXCLUSION_REMOVED: 2.5,
    Direction.NEW_POWER: 2.5,
    Direction.NEW_OBLIGATION: 2.5,
    Direction.NEW_RIGHT: 2.5,
    Direction.LONGER: 2.5,
    Direction.SHORTER: 2.5,
    Direction.CHOICE_ADDED: 2.0,
    Direction.DATA_USE_REMOVED: 2.0,
    Direction.POWER_REMOVED: 2.0,
    Direction.OBLIGATION_REMOVED: 2.0,
    Direction.WIDER: 1.5,
    Direction.NARROWER: 1.5,
}
_REASON_WEIGHT = {
    substance.AGE: 2.5,
    substance.NUMBER: 2.0,
    substance.ENTITY: 1.5,
    substance.CONTACT: 1.0,
    substance.PROHIBITION: 1.0,
    substance.PROMISE: 1.5,
    substance.DATE: 0.5,
    substance.ROW: 1.0,
}
#: What only somebody who holds data can do.
_OF_DATA = frozenset({Direction.NEW_DATA_USE})
_PROMISE = pattern("direction", "promise", before=r"(?<!\w)")
_NEGATION = pattern("direction", "negation")
_SERVICE = pattern("direction", "service")
_CHANGES = pattern("direction", "changes")
_CHANGELOG = pattern("direction", "changelog")
#: A few words are at most this many.
SHADE_WORDS = 30


def directed(
    passages: Sequence[Passage], doc_type: str = "", old_text: str = "", new_text: str = ""
) -> tuple[Passage, ...]:
    """Return the passages with their direction, what it means for the reader, the verbatim cues, and their weight.

    In rules of conduct (`doc_type`) data that people post of others are no use of data by the company. The whole
    texts lend the entries of lists the words that lead them in.
    """
    told: dict[int, list[bearing.Meaning]] = {}
    for shift in shifts(passages, old_text, new_text):
        if meant := bearing.meaning(shift):
            told.setdefault(shift.passage, []).append(meant)
    return tuple(_directed(passage, told.get(number, ()), doc_type) for number, passage in enumerate(passages))


def _directed(passage: Passage, meant: Sequence[bearing.Meaning], doc_type: str) -> Passage:
    if passage.significance is not Significance.SUBSTANTIVE:
        return replace(passage, direction=Direction.WORDING_ONLY)
    named = _listed(passage)
    meant = () if named else meant
    direction, cues = named or _strongest(meant) or _direction(passage)
    if direction in _OF_DATA and is_conduct(doc_type) and not done_by_company(passage.after or passage.before):
        direction, cues, meant = Direction.UNCLEAR, (), ()
    means = bearing.together(one.bearing for one in meant) if meant else bearing.of_direction(direction)
    weighed = replace(passage, direction=direction, cues=cues, bearing=means)
    return replace(weighed, weight=_weight(weighed))


def _strongest(meant: Sequence[bearing.Meaning]) -> tuple[Direction, tuple[str, ...]] | None:
    """Return the direction that weighs most, the first of equals, with the words for it."""
    if not meant:
        return None
    chosen = max(meant, key=lambda one: WEIGHT.get(one.direction, 0.0))
    cues = dict.fromkeys(cue for one in meant if one.direction is chosen.direction for cue in one.cues)
    return chosen.direction, tuple(cues)[:3]


def _direction(passage: Passage) -> tuple[Direction, tuple[str, ...]]:
    if passage.kind is PassageKind.MOVED:
        return Direction.UNCLEAR, ()
    gone, come = changed_words(passage)
    plain = _promise_reversed(passage)
    if plain:
        return plain
    shade = _is_shade(passage, gone, come)
    for cue in CUES:
        here, there = (come, gone) if cue.came else (gone, come)
        if not here or (cue.few and not shade):
            continue
        found = tuple(dict.fromkeys(m.group() for m in cue.pattern.finditer(here)))
        if found and not cue.pattern.search(there):
            return cue.direction, found[:3]
    return Direction.UNCLEAR, ()


def _listed(passage: Passage) -> tuple[Direction, tuple[str, ...]] | None:
    """Read an entry of a table or list by what the list is of: a recipient or a kind of data came or went."""
    if not (passage.reasons and {substance.ROW, substance.ITEM} & {*passage.reasons}):
        return None
    text = passage.after or passage.before
    name = text.lstrip("|*- ").split(" | ")[0].strip()
    if not name or not (substance.DATA_LIST.search(" ".join(passage.path)) or _SERVICE.search(text)):
        return None
    return (Direction.NEW_DATA_USE if passage.after else Direction.DATA_USE_REMOVED), (name[:80],)


def _is_shade(passage: Passage, gone: str, come: str) -> bool:
    """Tell whether a clause stayed itself and only a few words of it make it narrower or wider."""
    return bool(passage.edits) and len(gone.split()) + len(come.split()) <= SHADE_WORDS


def _promise_reversed(passage: Passage) -> tuple[Direction, tuple[str, ...]] | None:
    """Tell that a negation was dropped from a promise, which stands otherwise."""
    if not passage.edits or _PROMISE.search(passage.after):
        return None
    promise = _PROMISE.search(passage.before)
    dropped = any(_NEGATION.search(passage.before, e.a0, e.a1) for e in passage.edits)
    return (Direction.PROTECTION_REMOVED, (promise.group(),)) if promise and dropped else None


def _weight(passage: Passage) -> float:
    """Weigh a passage for the order it is shown in: what it does, what of substance it holds, how much is new."""
    gone, come = changed_words(passage)
    size = min(len(gone) + len(come), 1200) / 600
    weight = 1 + WEIGHT.get(passage.direction, 0.0) + sum(_REASON_WEIGHT.get(r, 0.0) for r in passage.reasons) + size
    return round(weight * (0.3 if is_changelog(passage) else 1.0), 2)


def is_changelog(passage: Passage) -> bool:
    """Tell whether a passage tells what was changed, rather than changing it."""
    entry = substance.ITEM in passage.reasons and bool(passage.path) and bool(_CHANGES.search(passage.path[-1]))
    return entry or any(_CHANGELOG.search(heading) for heading in passage.path)

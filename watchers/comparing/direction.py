"""What a passage does to people: a table of cues, each of which can be shown; "unclear" is an honest answer.

A cue is looked for in the words that came or went, not in the whole clause, and is kept verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from watchers.comparing import substance
from watchers.comparing.substance import changed_words
from watchers.comparing.tables import pattern
from watchers.model import Direction, Passage, PassageKind, Significance


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the table: words that came (or went) and what that does to people."""

    direction: Direction
    pattern: re.Pattern[str]
    came: bool


def _cue(direction: Direction, name: str, *, came: bool) -> Cue:
    return Cue(direction, pattern("direction", name, before=r"(?<!\w)"), came)


#: In order: the first row that fires on one side only decides.
CUES = (
    _cue(Direction.PROTECTION_REMOVED, "promise", came=False),
    _cue(Direction.CHOICE_REMOVED, "choice", came=False),
    _cue(Direction.NEW_DATA_USE, "default_use", came=True),
    _cue(Direction.NEW_RIGHT, "right", came=True),
    _cue(Direction.CHOICE_ADDED, "choice", came=True),
    _cue(Direction.NEW_OBLIGATION, "duty", came=True),
    _cue(Direction.NARROWER, "promise", came=True),
    _cue(Direction.NEW_DATA_USE, "use", came=True),
    _cue(Direction.PROTECTION_REMOVED, "right", came=False),
    _cue(Direction.NARROWER, "duty", came=False),
    _cue(Direction.NARROWER, "use", came=False),
    _cue(Direction.WIDER, "wider", came=True),
    _cue(Direction.NARROWER, "narrower", came=True),
    _cue(Direction.WIDER, "narrower", came=False),
    _cue(Direction.NARROWER, "wider", came=False),
)
#: How much each direction weighs when passages are put in order.
WEIGHT = {
    Direction.PROTECTION_REMOVED: 4.0,
    Direction.CHOICE_REMOVED: 4.0,
    Direction.NEW_DATA_USE: 3.0,
    Direction.NEW_OBLIGATION: 2.5,
    Direction.NEW_RIGHT: 2.5,
    Direction.CHOICE_ADDED: 2.0,
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
_CHANGELOG = pattern("direction", "changelog")
_RETENTION = pattern("direction", "retention")
_SPAN = re.compile(
    r"(\d+)[\s-]*(hours?|days?|weeks?|months?|years?|tage[n]?|wochen?|monate?n?|jahre?n?|jours?|mois|ans|días|meses|años)",
    re.IGNORECASE,
)
_DAYS = {"h": 1 / 24, "d": 1, "t": 1, "w": 7, "m": 30.4, "y": 365, "j": 365, "a": 365}


_SHADES = (Direction.WIDER, Direction.NARROWER)
#: Narrower or wider is read off a few words inside a clause, never off a whole one.
SHADE_WORDS = 30


def directed(passage: Passage) -> Passage:
    """Return the passage with its direction, the verbatim cues for it, and its weight."""
    if passage.significance is not Significance.SUBSTANTIVE:
        return replace(passage, direction=Direction.WORDING_ONLY)
    direction, cues = _direction(passage)
    weighed = replace(passage, direction=direction, cues=cues)
    return replace(weighed, weight=_weight(weighed))


def _direction(passage: Passage) -> tuple[Direction, tuple[str, ...]]:
    if passage.kind is PassageKind.MOVED:
        return Direction.UNCLEAR, ()
    gone, come = changed_words(passage)
    span = _longer_or_shorter(passage, gone, come)
    if span:
        return span
    for cue in CUES:
        here, there = (come, gone) if cue.came else (gone, come)
        found = tuple(dict.fromkeys(m.group() for m in cue.pattern.finditer(here)))
        if cue.direction in _SHADES and not _is_shade(passage, gone, come):
            continue
        if found and not cue.pattern.search(there):
            return cue.direction, found[:3]
    return Direction.UNCLEAR, ()


def _is_shade(passage: Passage, gone: str, come: str) -> bool:
    """Tell whether a clause stayed itself and only a few words of it make it narrower or wider."""
    return bool(passage.edits) and len(gone.split()) + len(come.split()) <= SHADE_WORDS


def _longer_or_shorter(passage: Passage, gone: str, come: str) -> tuple[Direction, tuple[str, ...]] | None:
    """Read a changed time span: data kept longer is wider, kept shorter narrower; other spans stay unclear."""
    before, after = list(_SPAN.finditer(gone)), list(_SPAN.finditer(come))
    if len(before) != 1 or len(after) != 1 or not _RETENTION.search(passage.before):
        return None
    old, new = _days(before[0]), _days(after[0])
    if old == new:
        return None
    return (Direction.WIDER if new > old else Direction.NARROWER), (before[0].group(), after[0].group())


def _days(span: re.Match[str]) -> float:
    unit = span[2].lower()
    return int(span[1]) * (1 if unit.startswith(("jour", "tag", "día")) else _DAYS[unit[0]])


def _weight(passage: Passage) -> float:
    """Weigh a passage for the order it is shown in: what it does, what of substance it holds, how much is new."""
    gone, come = changed_words(passage)
    size = min(len(gone) + len(come), 1200) / 600
    weight = 1 + WEIGHT.get(passage.direction, 0.0) + sum(_REASON_WEIGHT.get(r, 0.0) for r in passage.reasons) + size
    return round(weight * (0.3 if _is_changelog(passage.path) else 1.0), 2)


def _is_changelog(path: Iterable[str]) -> bool:
    return any(_CHANGELOG.search(heading) for heading in path)

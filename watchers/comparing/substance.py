"""What makes a passage matter, in a reader's words: numbers, names of entities, addresses, promises, prohibitions.

Only names what is there; a passage for which no rule fires matters all the same.
"""

from __future__ import annotations

import re

from watchers.comparing.dates import Meaning, mentions
from watchers.comparing.folding import folded
from watchers.comparing.spelling import LEGAL_FORMS
from watchers.comparing.tables import pattern
from watchers.model import ClauseKind, Passage, PassageKind

_UNIT = pattern("substance", "unit")
_AGE = pattern("substance", "age")
_NEGATED = pattern("substance", "negated")
_PROHIBITED = pattern("substance", "prohibited")
_CONTACT = pattern("substance", "contact")
#: What a list or table is headed by when its entries are recipients or kinds of data.
DATA_LIST = pattern("direction", "data_list")
#: No further: in a script without spaces the next word would be the rest of the text.
_NEXT_WORD = re.compile(r"\s{0,8}\S{1,40}")

NUMBER, AGE, DATE = "a number changed", "an age changed", "a date of effect"
ENTITY, CONTACT = "a company named", "contact or address"
PROMISE, PROHIBITION, ROW, ITEM = "a promise not to", "a prohibition", "an entry of a table", "an entry of a list"
ADDED, REMOVED, REWORDED = "a clause added", "a clause removed", "a clause reworded"

_CHANGED = {
    PassageKind.ADDED: ADDED,
    PassageKind.REMOVED: REMOVED,
    PassageKind.MOVED: "moved to another list or section",
}


def changed_words(passage: Passage) -> tuple[str, str]:
    """Return only what went and what came, each run with the word around it."""
    if not passage.edits:
        return passage.before, passage.after
    gone = " … ".join(_whole(passage.before, e.a0, e.a1) for e in passage.edits if e.a1 > e.a0)
    come = " … ".join(_whole(passage.after, e.b0, e.b1) for e in passage.edits if e.b1 > e.b0)
    return gone, come


def _whole(text: str, start: int, end: int) -> str:
    """Return a slice widened by the next word, so that "6" reads "6 months"."""
    after = _NEXT_WORD.match(text, end)
    return text[start : after.end() if after else end]


def substance(passage: Passage, kind: ClauseKind = ClauseKind.PARAGRAPH) -> tuple[str, ...]:
    """Return what is of substance in a passage; the last one says what happened to the clause."""
    gone, come = changed_words(passage)
    found = [name for name, counted in _COUNTED if _differ(counted, passage)]
    found += [name for name, fires in _SEEN if fires(gone, come)]
    shape = {ClauseKind.ROW: ROW, ClauseKind.ITEM: ITEM}.get(kind)
    if shape and passage.kind in (PassageKind.ADDED, PassageKind.REMOVED):
        found.append(shape)
    return (*found, _CHANGED.get(passage.kind, REWORDED))


def _differ(counted: re.Pattern[str], passage: Passage) -> bool:
    """Tell whether a clause says something of a kind now that it did not say before, or the reverse."""
    before, after = ([m.group().casefold() for m in counted.finditer(text)] for text in (passage.before, passage.after))
    return sorted(before) != sorted(after)


def _dated(gone: str, come: str) -> bool:
    return any(m.meaning is Meaning.EFFECTIVE for m in mentions(come))


def _entities(gone: str, come: str) -> bool:
    return bool(({*folded(gone)} ^ {*folded(come)}) & (LEGAL_FORMS - {"company", "as", "co", "se"}))


def _contacts(gone: str, come: str) -> bool:
    return bool(_CONTACT.search(gone) or _CONTACT.search(come))


#: What is counted in the whole clause before and after, and what is seen in the words that came or went.
_COUNTED = ((AGE, _AGE), (NUMBER, _UNIT), (PROHIBITION, _PROHIBITED), (PROMISE, _NEGATED))
_SEEN = ((DATE, _dated), (ENTITY, _entities), (CONTACT, _contacts))

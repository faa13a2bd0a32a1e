"""What passages are shown first, and what became of one in its own words; the headline is made in `provisions`."""

from __future__ import annotations

import re

from watchers.model import Difference, Direction, Edit, Passage, PassageKind, Significance

#: Longest excerpt in a line, in characters.
EXCERPT = 110
#: Up to so many words are shown with those beside them.
ALONE = 2
SAID = {
    Direction.NEW_RIGHT: "a new right",
    Direction.RIGHT_REMOVED: "a right removed",
    Direction.NEW_OBLIGATION: "a new obligation",
    Direction.OBLIGATION_REMOVED: "an obligation removed",
    Direction.NEW_DATA_USE: "a new use of data",
    Direction.DATA_USE_REMOVED: "a use of data removed",
    Direction.NEW_POWER: "a new power of the company",
    Direction.POWER_REMOVED: "a power of the company removed",
    Direction.NEW_EXCLUSION: "a new exclusion",
    Direction.EXCLUSION_REMOVED: "an exclusion removed",
    Direction.PROTECTION_ADDED: "a protection added",
    Direction.PROTECTION_REMOVED: "a protection removed",
    Direction.CHOICE_REMOVED: "a choice removed",
    Direction.CHOICE_ADDED: "a choice added",
    Direction.LONGER: "longer",
    Direction.SHORTER: "shorter",
    Direction.NARROWER: "narrower",
    Direction.WIDER: "wider",
}
"""What a passage does to people, in words; the others say nothing."""


def top_passages(difference: Difference, limit: int = 5) -> tuple[Passage, ...]:
    """Return the passages that matter most, the heaviest first, the same words told once."""
    told: dict[tuple[str, str], Passage] = {}
    for passage in difference.passages:
        if passage.significance is Significance.SUBSTANTIVE:
            told.setdefault(_changed(passage), passage)
    order = sorted(told.values(), key=lambda p: (-p.weight, max(p.after_start, p.before_start)))
    return tuple(order[:limit])


def _changed(passage: Passage) -> tuple[str, str]:
    return passage.before, passage.after


def is_rolled_back(difference: Difference) -> bool:
    """Tell whether a change brings earlier words back."""
    return any("rolled back" in reason for reason in difference.reasons)


def in_its_words(passage: Passage, limit: int = EXCERPT) -> str:
    """Say what became of a passage by quoting it, each excerpt verbatim and of at most `limit` characters."""
    match passage.kind:
        case PassageKind.ADDED:
            return f"adds “{_line(passage.after, limit)}”"
        case PassageKind.REMOVED:
            return f"removes “{_line(passage.before, limit)}”"
        case PassageKind.MOVED:
            return f"moves “{_line(passage.after, limit)}”"
        case _:
            return _reworded(passage, limit)


def _reworded(passage: Passage, limit: int) -> str:
    """Quote the largest edit of a clause, with the words around it when it is short."""
    if not passage.edits:
        return f"rewords “{_line(passage.after, limit)}”"
    edit = max(passage.edits, key=lambda e: _telling(passage, e))
    before, after = passage.before, passage.after
    if edit.a1 > edit.a0 and edit.b1 > edit.b0:
        return f"“{_around(before, edit.a0, edit.a1, limit)}” becomes “{_around(after, edit.b0, edit.b1, limit)}”"
    alone = before[edit.a0 : edit.a1] + after[edit.b0 : edit.b1]
    if len(alone.split()) < 2:  # a word is understood only where it stands
        return f"“{_around(before, edit.a0, edit.a1, limit)}” becomes “{_around(after, edit.b0, edit.b1, limit)}”"
    if edit.b1 > edit.b0:
        return f"inserts “{_line(alone, limit)}”"
    return f"strikes “{_line(alone, limit)}”"


def became(passage: Passage) -> tuple[str, str]:
    """Return the words of a clause that most telling became others, and those others, verbatim; "" for none.

    A word is understood only where it stands, so that short ones bring their neighbours.
    """
    edit = max(passage.edits, key=lambda e: _telling(passage, e))
    before, after = passage.before[edit.a0 : edit.a1], passage.after[edit.b0 : edit.b1]
    most = max(len(before.split()), len(after.split()))
    if most > ALONE or (most == ALONE and not (before and after)):
        return " ".join(before.split()), " ".join(after.split())
    was, now = _beside(passage.before, edit.a0, edit.a1), _beside(passage.after, edit.b0, edit.b1)
    return " ".join(was.split()), " ".join(now.split())


def _beside(text: str, start: int, end: int) -> str:
    """Return a slice with the word before it and the two after it."""
    lead = re.search(r"\S+\s*$", text[max(0, start - 40) : start])
    rest = re.match(r"\s*(?:\S+\s*){0,2}", text[end : end + 60])
    return text[start - len(lead[0] if lead else "") : end + (len(rest[0]) if rest else 0)].strip(" ,;")


def _telling(passage: Passage, edit: Edit) -> tuple[bool, bool, int]:
    """Rank an edit: one that holds a cue of the direction, then one that changes a number alone, then the longest."""
    words = passage.before[edit.a0 : edit.a1] + "\n" + passage.after[edit.b0 : edit.b1]
    held = any(cue in words for cue in passage.cues)
    number = passage.before[edit.a0 : edit.a1].isdigit() and passage.after[edit.b0 : edit.b1].isdigit()
    return held, number, edit.a1 - edit.a0 + edit.b1 - edit.b0


def _around(text: str, start: int, end: int, limit: int) -> str:
    """Return a verbatim slice around an edit, widened to a few whole words when it is short."""
    words = list(re.finditer(r"\S+", text))
    if end - start < 40:
        before = [w.start() for w in words if w.end() <= start][-3:]
        after = [w.end() for w in words if w.start() >= end][:3]
        start, end = min([*before, start]), max([*after, end])
    return _line(text[start:end], limit)


def _line(text: str, limit: int = EXCERPT) -> str:
    """Return verbatim words on one line, cut at a word and marked where cut."""
    plain = " ".join(text.split()).lstrip("|").strip()
    if len(plain) <= limit:
        return plain
    return plain[:limit].rsplit(" ", 1)[0] + " …"

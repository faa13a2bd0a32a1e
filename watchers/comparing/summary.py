"""What is said about a change in one line, and which passages are shown first.

Composed only of facts that were found and of verbatim words; never made from an empty difference, never only counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from watchers.model import Difference, Direction, Edit, Passage, PassageKind, Significance, Touch, Turn

#: Longest excerpt in a headline, in characters, and how many facts it holds.
EXCERPT, FACTS = 110, 3
_TURN = {
    Turn.LEFT: "drops",
    Turn.APPEARED: "adds",
    Turn.STRENGTHENED: "widens",
    Turn.WEAKENED: "narrows",
    Turn.REWORDED: "rewords",
    Turn.MOVED: "moves",
}
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


def summarise(
    platform_name: str,
    doc_type: str,
    difference: Difference,
    touches: Sequence[Touch] = (),
    titles: Mapping[str, str] | None = None,
) -> str:
    """Return the headline of a change, or an empty string when there is nothing to tell.

    `titles` gives provisions their names; without it their ids are read as words.
    """
    if difference.significance is Significance.UNREADABLE or not difference.passages:
        return ""
    about = f"{platform_name} {_verb(difference)} its {doc_type}"
    if difference.significance is Significance.COSMETIC:
        return f"{about}: wording only ({', '.join(difference.reasons)})"
    facts = [*_provisions(touches, titles or {}), *_passages(difference)]
    when = f"; effective {_day(difference)}" if difference.effective else ""
    return f"{about}: {'; '.join(facts[:FACTS])}{when}"


def _verb(difference: Difference) -> str:
    return "rolled back" if any("rolled back" in reason for reason in difference.reasons) else "changed"


def _day(difference: Difference) -> str:
    assert difference.effective is not None
    return f"{difference.effective.day} {difference.effective:%B %Y}"


def _provisions(touches: Sequence[Touch], titles: Mapping[str, str]) -> Iterable[str]:
    """Say what became of provisions: those that came, went or moved in strength, at most two facts."""
    named: dict[Turn, list[str]] = {}
    for touch in touches:
        if touch.turn not in (Turn.REWORDED, Turn.MOVED):
            title = titles.get(touch.provision, touch.provision.replace("_", " "))
            if title not in named.setdefault(touch.turn, []):
                named[touch.turn].append(title)
    for turn in _TURN:
        if turn in named:
            yield f"{_TURN[turn]} {_listed(named[turn])}"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _passages(difference: Difference) -> Iterable[str]:
    for passage in top_passages(difference, FACTS):
        yield _fact(passage)


def _fact(passage: Passage) -> str:
    """Say one passage: where, what it does, and the words themselves."""
    said = SAID.get(passage.direction, "")
    place = f" under “{_line(passage.path[-1], 60)}”" if passage.path else ""
    return f"{in_its_words(passage)}{place}" + (f" ({said})" if said else "")


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

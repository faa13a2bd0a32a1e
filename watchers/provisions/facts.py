"""What a change comes to: facts in words, one a passage, a section or a list, the weightiest first.

Every quotation is a verbatim slice. The sentence they are put into is made in `headline`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from watchers.comparing import substance
from watchers.comparing.bearing import Meaning, meaning
from watchers.comparing.shifts import Shift, shifts
from watchers.comparing.summary import became, top_passages
from watchers.model import Bearing, Difference, Direction, Passage, PassageKind, Touch
from watchers.provisions.entries import is_recipient
from watchers.provisions.phrases import phrase
from watchers.provisions.taxonomy import TITLES
from watchers.provisions.weighing import gravity, touching

#: The shortest quotation worth reading, in characters, and what each of two must have.
SHORT, READABLE = 24, 28
#: Entries of a list that are named, and the longest name, in characters.
NAMED, NAME = 3, 60
_SIGN = re.compile(r"\w")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a change comes to: words, then perhaps a quotation that may be cut short.

    `predicate`: the words go on from the company's name. `was`: what stood there before what is quoted.
    """

    words: str
    predicate: bool = False
    quoted: str = ""
    was: str = ""

    def within(self, room: int, least: int = SHORT) -> str:
        """Return the fact in at most so many characters, or nothing where that would be too short to read."""
        if not self.quoted:
            return self.words if len(self.words) <= room else ""
        left = room - len(f"{self.words} “”") + (not self.words)
        if not self.was:
            return f"{self.words} “{cut(self.quoted, left)}”".strip() if left >= min(least, len(self.quoted)) else ""
        left -= len(" instead of “”")
        half = max(left // 2, left - len(self.quoted)), max(left // 2, left - len(self.was))
        if left < min(2 * READABLE, len(self.quoted) + len(self.was)):  # what it is now says more than halves of both
            return Fact(f"{self.words} now".strip(), quoted=self.quoted).within(room, least)
        return f"{self.words} “{cut(self.quoted, half[1])}” instead of “{cut(self.was, half[0])}”".strip()


def cut(words: str, room: int) -> str:
    """Return verbatim words, cut at a word and marked where they are too long."""
    return words if len(words) <= room else words[: max(1, room - 2)].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def facts_of(difference: Difference, touches: Sequence[Touch], old: str, new: str) -> list[Fact]:
    """Return what a change comes to, the weightiest first.

    A passage is a fact, but entries of one list and clauses of a section that came or went are one together.
    """
    every = top_passages(difference, len(difference.passages))
    told = [p for p in every if _says_something(p)] or every
    lists, sections = _lists(told), _sections(told, old, new)
    meant = _meant(difference, old, new)
    facts: list[Fact] = []
    for passage in told:
        here = sorted(touching(touches, passage), key=lambda one: (gravity(one), _surety(one)), reverse=True)
        if (key := _list_of(passage)) in lists:
            facts.append(_entries(*lists[key]))
        elif said := next(filter(None, (phrase(touch, old, new) for touch in here)), None):
            facts.append(Fact(said.words, said.predicate, said.quoted))
        elif passage in sections:
            facts.append(Fact("adds a section" if passage.after else "removes the section", quoted=sections[passage]))
        else:
            facts.append(_of_passage(passage, here, meant.get(passage, ()), old, new))
    return list(dict.fromkeys(facts))


def _surety(touch: Touch) -> float:
    return max(found.confidence for found in (touch.before, touch.after) if found)


def _says_something(passage: Passage) -> bool:
    return passage.kind is not PassageKind.MOVED and len(_WORD.findall(passage.after or passage.before)) > 1


def _sections(passages: Sequence[Passage], old: str, new: str) -> dict[Passage, str]:
    """Return the highest heading above each clause that came (or went) with a heading the other text does not have."""
    titles = [_headings(text) for text in (old, new)]
    found = {}
    for passage in passages:
        if passage.before and passage.after:
            continue
        there = titles[0] if passage.after else titles[1]
        if title := next((step for step in passage.path if there and step.strip().casefold() not in there), ""):
            found[passage] = " ".join(title.split())
    return found


def _headings(text: str) -> frozenset[str]:
    return frozenset(line.lstrip("#").strip().casefold() for line in text.splitlines() if line[:1] == "#")


def _meant(difference: Difference, old: str, new: str) -> dict[Passage, list[tuple[Shift, Meaning | None]]]:
    found: dict[Passage, list[tuple[Shift, Meaning | None]]] = defaultdict(list)
    for shift in shifts(difference.passages, old, new):
        found[difference.passages[shift.passage]].append((shift, meaning(shift)))
    return found


def _of_passage(
    passage: Passage, touches: Sequence[Touch], meant: Sequence[tuple[Shift, Meaning | None]], old: str, new: str
) -> Fact:
    """Return a measure that is another, else what the words of a passage became, under a provision they speak of."""
    for _, one in meant:
        if one and one.direction in (Direction.LONGER, Direction.SHORTER) and len(one.cues) == 2:
            title = f"{TITLES[touches[0].provision]}: " if touches and gravity(touches[0]) else ""
            return Fact(f"{title}“{one.cues[1]}” instead of “{one.cues[0]}”")
    if passage.edits:
        was, now = (side if _SIGN.search(side) else "" for side in became(passage))
        title = _about(touches, f"{was} {now}", old, new)
        if was and now:
            return Fact(title.strip(), quoted=now, was=was)
        return Fact(f"{title}{'inserts' if now else 'strikes'}", quoted=(now or was).strip(" ,;"))
    if not meant:
        return Fact("adds" if passage.after else "removes", quoted=" ".join((passage.after or passage.before).split()))
    shift = max((one for one, _ in meant), key=lambda one: _telling(one, dict(meant)[one]))
    verb, words = ("adds", shift.after) if shift.after else ("removes", shift.before)
    line = " ".join(words.split()).lstrip("|*- ").strip()
    return Fact(_about(touches, words, old, new) + verb, quoted=line)


def _about(touches: Sequence[Touch], words: str, old: str, new: str) -> str:
    """Name the gravest provision that the quoted words themselves speak of, or nothing."""
    for touch in touches:
        for found, text in ((touch.after, new), (touch.before, old)):
            if found and gravity(touch) and text[found.cue_start : found.cue_end] in words:
                return f"{TITLES[touch.provision]}: "
    return ""


def _telling(shift: Shift, meant: Meaning | None) -> tuple[bool, bool]:
    """Rank a sentence for quoting: one that means something to the reader, then one that is more than a number."""
    means = meant is not None and meant.bearing is not Bearing.NEUTRAL
    return means, len(_WORD.findall(shift.after or shift.before)) > 2


def _list_of(passage: Passage) -> tuple[str, ...]:
    """Return what tells the list a passage is an entry of, or nothing."""
    entry = {substance.ROW, substance.ITEM} & {*passage.reasons}
    return ("entry", *passage.path) if entry and not passage.edits else ()


def _lists(passages: Sequence[Passage]) -> dict[tuple[str, ...], tuple[list[Passage], list[Passage]]]:
    """Return the lists with at least two entries that came or went, or one that names a recipient."""
    found: dict[tuple[str, ...], tuple[list[Passage], list[Passage]]] = {}
    for passage in passages:
        if key := _list_of(passage):
            found.setdefault(key, ([], []))[0 if passage.after else 1].append(passage)
    return {key: both for key, both in found.items() if _is_list([*both[0], *both[1]]) and _named(both)}


def _is_list(entries: Sequence[Passage]) -> bool:
    return len(entries) > 1 or any(map(is_recipient, entries))


def _named(both: tuple[list[Passage], list[Passage]]) -> bool:
    """Tell whether the entries of a list are short enough to be names."""
    return all(len(_name(one)) <= NAME and not _name(one).endswith((".", ";")) for side in both for one in side)


def _name(passage: Passage) -> str:
    return (passage.after or passage.before).strip("|*-• ").split(" | ")[0].strip("*_ ")


def _entries(come: Sequence[Passage], gone: Sequence[Passage]) -> Fact:
    every = (*come, *gone)
    what = "recipient" if any(map(is_recipient, every)) else "row" if substance.ROW in every[0].reasons else "item"
    said = []
    for side, verb in ((come, "added"), (gone, "removed")):
        if side:
            kind = f" {what}{'s' * (len(side) > 1)}" if side is come or not come else ""
            names = ", ".join(_name(one) for one in side[:NAMED]) + (", …" if len(side) > NAMED else "")
            said.append(f"{len(side)}{kind} {verb} ({names})")
    return Fact(", ".join(said))

"""Whether a change matters: each passage judged by rules that name themselves, then the whole.

The default is that it matters; silence needs a reason that can be shown. Nothing is told from here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from watchers.comparing import furniture, wording
from watchers.comparing.copies import Editions
from watchers.comparing.folding import folded, key, leading_number, without_number
from watchers.comparing.history import came_back, sentence_marks
from watchers.comparing.substance import substance
from watchers.model import Clause, ClauseKind, Link, Passage, PassageKind, Past, Reading, Significance

REORDERED = "reordered list"
RENUMBERED = wording.RENUMBERED
REGROUPED = "formatting"
STANDS_ELSEWHERE = "stands elsewhere in the document"
SEEN = "seen before"
OUTGOING = "the outgoing edition was taken down"


_HEADING = re.compile(r"(?m)^#{1,6} .+$")


@dataclass(frozen=True)
class Scene:
    """The two readings a passage is judged in, with what is found out about them once."""

    old: Reading
    new: Reading
    old_clauses: Sequence[Clause]
    new_clauses: Sequence[Clause]
    editions: Editions
    past: Past | None = None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Return the passages to be judged."""
        return self.editions.passages

    @cached_property
    def old_at(self) -> Mapping[int, int]:
        """Return the number of the old clause that starts at an offset."""
        return {c.start: n for n, c in enumerate(self.old_clauses)}

    @cached_property
    def new_at(self) -> Mapping[int, int]:
        """Return the number of the new clause that starts at an offset."""
        return {c.start: n for n, c in enumerate(self.new_clauses)}

    @cached_property
    def headings(self) -> frozenset[str]:
        """Return the folded headings of both texts."""
        lines = (*_HEADING.findall(self.old.text), *_HEADING.findall(self.new.text))
        return frozenset(key(without_number(line)) for line in lines)

    @cached_property
    def lasting_headings(self) -> frozenset[str]:
        """Return the folded headings that both texts have."""
        old, new = (_HEADING.findall(text) for text in (self.old.text, self.new.text))
        return frozenset(key(line) for line in old) & frozenset(key(line) for line in new)

    @cached_property
    def hidden_addresses(self) -> frozenset[str]:
        """Return the words of clauses with any mail address masked, where one of the texts hides addresses."""
        if not any(map(wording.hides_addresses, (self.old.text, self.new.text))):
            return frozenset()
        old, new = ({wording.without_addresses(c.text) for c in side} for side in (self.old_clauses, self.new_clauses))
        return frozenset(old & new)

    @cached_property
    def renames(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Return names and terms replaced throughout."""
        reworded = [(p.before, p.after) for p in self.passages if p.edits]
        if len(reworded) < 3:
            return {}
        return wording.renames(reworded, self.old.text, self.new.text)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """Return which section number became which."""
        found = {}
        for p in self.passages:
            before, after = leading_number(p.before).strip("().:"), leading_number(p.after).strip("().:")
            if before and after and before != after and key(without_number(p.before)) == key(without_number(p.after)):
                found[before] = after
        return found

    @cached_property
    def current(self) -> frozenset[int]:
        """Return the sentence marks of the old text."""
        return sentence_marks(self.old.text)

    @cached_property
    def people(self) -> tuple[frozenset[int], frozenset[int]]:
        """Return the numbers of old and new clauses that present people."""
        return furniture.profiles(self.old_clauses), furniture.profiles(self.new_clauses)

    def presents_people(self, passage: Passage) -> bool:
        """Tell whether a passage lies wholly where people are presented."""
        old, new = self.old_at.get(passage.before_start), self.new_at.get(passage.after_start)
        return (old is None or old in self.people[0]) and (new is None or new in self.people[1])

    def clauses_of(self, passage: Passage) -> tuple[Sequence[Clause], Sequence[Clause]]:
        """Return the old and the new clauses a passage runs over."""
        return (
            _run(self.old_clauses, self.old_at, passage.before_start, len(passage.before)),
            _run(self.new_clauses, self.new_at, passage.after_start, len(passage.after)),
        )


def _run(clauses: Sequence[Clause], at: Mapping[int, int], start: int, length: int) -> Sequence[Clause]:
    first = at.get(start)
    if first is None:
        return ()
    end = first
    while end < len(clauses) and clauses[end].start < start + length:
        end += 1
    return clauses[first:end]


def judge_passages(scene: Scene) -> tuple[Passage, ...]:
    """Return the passages with their significance and reasons."""
    return tuple(_judged(passage, scene) for passage in scene.passages)


def _judged(passage: Passage, scene: Scene) -> Passage:
    why = tuple(_silence(passage, scene))
    if why:
        return replace(passage, significance=Significance.COSMETIC, reasons=why)
    clauses = scene.clauses_of(passage)[0] or scene.clauses_of(passage)[1]
    kind = clauses[0].kind if clauses else ClauseKind.PARAGRAPH
    return replace(passage, significance=Significance.SUBSTANTIVE, reasons=substance(passage, kind))


def _silence(passage: Passage, scene: Scene) -> Iterable[str]:
    """Return why a passage need not be told, or nothing."""
    if scene.presents_people(passage):
        return (furniture.PROFILE,)
    match passage.kind:
        case PassageKind.MOVED:
            return _moved(passage, scene)
        case PassageKind.RENUMBERED:
            return (RENUMBERED,)
        case PassageKind.ADDED | PassageKind.REMOVED:
            return _one_sided(passage, scene)
        case _:
            return _reworded(passage, scene)


def _reworded(passage: Passage, scene: Scene) -> Iterable[str]:
    why = wording.reasons(passage.before, passage.after, scene.renames, scene.numbers)
    if why:
        return (REGROUPED,) if passage.kind in (PassageKind.SPLIT, PassageKind.MERGED) else why
    if _only_labels(passage, scene):
        return (furniture.LINK,)
    old, new = scene.clauses_of(passage)
    if len(old) == len(new) == 1:
        left = furniture.furniture(old[0], scene.old.links, scene.headings)
        right = furniture.furniture(new[0], scene.new.links, scene.headings)
        if left and right and furniture.DATE_LINE not in (left, right):
            return (right,)
        if new[0].kind is not ClauseKind.ROW and furniture.titled(passage.before, passage.after):
            return (furniture.NAVIGATION,)
        if _announced(old[0].text) and furniture.news(new[0].text) and not furniture.looks_ahead(new[0].text):
            return (furniture.NEWS,)
    if scene.past and came_back(passage.after, scene.current, scene.past):
        return (SEEN,)
    return ()


def _only_labels(passage: Passage, scene: Scene) -> bool:
    """Tell whether all that came or went are the labels of links, whole and alone: a page that flickers."""
    return bool(passage.edits) and all(
        _is_label(passage.after, passage.after_start, e.b0, e.b1, scene.new.links)
        if e.a0 == e.a1
        else e.b0 == e.b1 and _is_label(passage.before, passage.before_start, e.a0, e.a1, scene.old.links)
        for e in passage.edits
    )


def _is_label(text: str, offset: int, start: int, end: int, links: Sequence[Link]) -> bool:
    label = text[start:end].strip()
    start += text[start:end].find(label)
    found = bisect_left(links, offset + start, key=lambda link: link.start)
    return (
        bool(label)
        and found < len(links)
        and (links[found].start, links[found].end)
        == (
            offset + start,
            offset + start + len(label),
        )
    )


def _announced(text: str) -> bool:
    return furniture.news(text) or furniture.told_its_date(text)


def _one_sided(passage: Passage, scene: Scene) -> Iterable[str]:
    added = passage.kind is PassageKind.ADDED
    reading = scene.new if added else scene.old
    clause = scene.clauses_of(passage)[1 if added else 0]
    if not clause:
        return ()
    if added and passage.after_start in scene.editions.repeats:
        return (STANDS_ELSEWHERE,)
    if not added and passage.before_start in scene.editions.outgoing:
        return (OUTGOING,)
    one = clause[0]
    if not added and passage.before_start in scene.editions.dropped:
        return ()
    found = furniture.furniture(one, reading.links, scene.headings)
    if found:
        return (found,)
    if one.kind is not ClauseKind.ROW and key(one.text) in scene.lasting_headings:
        return (furniture.CONTENTS,)
    if scene.hidden_addresses and wording.without_addresses(one.text) in scene.hidden_addresses:
        return (wording.HIDDEN_ADDRESS,)
    if furniture.in_menu(scene.new_clauses if added else scene.old_clauses, one.ordinal):
        return (furniture.NAVIGATION,)
    if not added and furniture.told_its_date(one.text):
        return (furniture.NEWS_GONE,)
    if furniture.news(one.text) and not (added and furniture.looks_ahead(one.text)):
        return (furniture.NEWS if added else furniture.NEWS_GONE,)
    other = scene.old.text if added else scene.new.text
    if one.kind is ClauseKind.PARAGRAPH and len(folded(one.text)) >= 8 and one.text in other:
        return (STANDS_ELSEWHERE,)
    if added and scene.past and came_back(one.text, scene.current, scene.past):
        return (SEEN,)
    return ()


def _moved(passage: Passage, scene: Scene) -> Iterable[str]:
    """A clause may move within its list; an item that changes lists or sections is another rule."""
    (old, *_), (new, *_) = scene.clauses_of(passage)
    if old.kind not in (ClauseKind.ITEM, ClauseKind.ROW) or furniture.furniture(new, scene.new.links, scene.headings):
        return (REORDERED,)
    if _folded_path(old) == _folded_path(new) and key(_lead(scene.old_clauses, old)) == key(
        _lead(scene.new_clauses, new)
    ):
        return (REORDERED,)
    return ()


def _folded_path(clause: Clause) -> tuple[str, ...]:
    return tuple(key(without_number(heading)) for heading in clause.path[-1:])


def _lead(clauses: Sequence[Clause], item: Clause) -> str:
    """Return the words that introduce an item's list."""
    at = next((n for n in range(len(clauses)) if clauses[n].start == item.start), 0)
    while at > 0 and clauses[at].kind is item.kind:
        at -= 1
    return clauses[at].text if clauses[at].kind is not item.kind else ""


def judge(passages: Sequence[Passage]) -> tuple[Significance, tuple[str, ...]]:
    """Return the significance of all passages together, with the reasons of whichever side won."""
    told = [p for p in passages if p.significance is Significance.SUBSTANTIVE]
    reasons = dict.fromkeys(reason for p in (told or passages) for reason in p.reasons)
    return (Significance.SUBSTANTIVE if told else Significance.COSMETIC), tuple(reasons)

"""Whether a change matters: each passage judged by rules that name themselves, then the whole.

The default is that it matters; silence needs a reason that can be shown. Nothing is told from here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from watchers.comparing import furniture, trifles, wording
from watchers.comparing.dates import masked
from watchers.comparing.folding import folded, key, without_number
from watchers.comparing.history import came_back, sentence_marks
from watchers.comparing.scene import Scene
from watchers.comparing.spelling import NAMED_FORMS
from watchers.comparing.substance import (
    AGE,
    CONTACT,
    DATA_LIST,
    ENTITY,
    PROHIBITION,
    PROMISE,
    changed_words,
    substance,
)
from watchers.model import Clause, ClauseKind, Edit, Link, Passage, PassageKind, Significance

REORDERED = wording.REORDERED
RENUMBERED = trifles.RENUMBERED
REGROUPED = "formatting"
STANDS_ELSEWHERE = "stands elsewhere in the document"
SEEN = "seen before"
CAME_BACK = "back to words of an earlier version"
OUTGOING = "the outgoing edition was taken down"

#: How far beside an edit its surroundings are read, in characters.
NEAR = 64
#: So many clauses that came back make a page that came back.
BACK_FROM = 8
_WEIGHTY = frozenset({AGE, CONTACT, ENTITY, PROHIBITION, PROMISE})
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
#: Words that turn a sentence round, in an announcement too.
_TURNS_ROUND = frozenset(
    "not no never only unless without opt out nicht kein keine nur ohne ne pas jamais sans no sin".split()
)
_COUNTS_UP = re.compile(r"(?:,|\b(?:and|or|including|such as|und|oder|et|ou|y|o))\s*$", re.IGNORECASE)


def judge_passages(scene: Scene) -> tuple[Passage, ...]:
    """Return the passages with their significance and reasons."""
    return _with_what_returned(_with_few_that_returned(tuple(_judged(passage, scene) for passage in scene.passages)))


def _with_few_that_returned(judged: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Tell a few added clauses that came back: a page unfolds its sections in great numbers, a rule returns alone.

    They wait for a second look like all that was seen before (`compare.suspicious`).
    """
    if not 0 < sum(SEEN in p.reasons for p in judged) < BACK_FROM:
        return judged
    return tuple(_told_again(p) if SEEN in p.reasons and p.kind is PassageKind.ADDED else p for p in judged)


def _told_again(passage: Passage) -> Passage:
    return replace(passage, significance=Significance.SUBSTANTIVE, reasons=(CAME_BACK, *substance(passage)))


def _with_what_returned(judged: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Silence added words too few to be remembered where most of what was added had stood there before."""
    back = sum(SEEN in p.reasons for p in judged)
    few = {id(p) for p in judged if _is_told(p) and p.kind is PassageKind.ADDED and not sentence_marks(p.after)}
    if not few or back < BACK_FROM or any(_is_told(p) and id(p) not in few for p in judged):
        return judged
    return tuple(replace(p, significance=Significance.COSMETIC, reasons=(SEEN,)) if id(p) in few else p for p in judged)


def _is_told(passage: Passage) -> bool:
    return passage.significance is Significance.SUBSTANTIVE


def _judged(passage: Passage, scene: Scene) -> Passage:
    why = tuple(_silence(passage, scene))
    if why:
        return replace(passage, significance=Significance.COSMETIC, reasons=why)
    clauses = scene.clauses_of(passage)[0] or scene.clauses_of(passage)[1]
    kind = clauses[0].kind if clauses else ClauseKind.PARAGRAPH
    reasons = substance(passage, kind)
    if passage.edits and scene.past and came_back(passage.after, scene.old, scene.past):
        reasons = (CAME_BACK, *reasons)
    return replace(passage, significance=Significance.SUBSTANTIVE, reasons=reasons)


def _silence(passage: Passage, scene: Scene) -> Iterable[str]:
    """Return why a passage need not be told, or nothing."""
    if scene.presents_people(passage):
        return (furniture.PROFILE,)
    if passage.kind is not PassageKind.MOVED and _answers(passage, scene):
        return ()
    match passage.kind:
        case PassageKind.MOVED:
            return _moved(passage, scene)
        case PassageKind.RENUMBERED:
            return (RENUMBERED,)
        case PassageKind.ADDED | PassageKind.REMOVED:
            return _one_sided(passage, scene)
        case _:
            return _reworded(passage, scene)


def _answers(passage: Passage, scene: Scene) -> bool:
    """Tell whether a passage is the answer to a question of the document, said in one word or sign."""
    for own, clauses in zip(scene.clauses_of(passage), (scene.old_clauses, scene.new_clauses), strict=True):
        at = bisect_left(clauses, own[0].start, key=lambda clause: clause.start) if own else 0
        if own and furniture.answers(own[0], clauses[at - 1] if at else None):
            return folded(passage.before) != folded(passage.after)
    return False


def _reworded(passage: Passage, scene: Scene) -> Iterable[str]:
    why = wording.reasons(passage.before, passage.after, scene.renames, scene.numbers)
    if why:
        return (REGROUPED,) if passage.kind in (PassageKind.SPLIT, PassageKind.MERGED) else why
    if passage in scene.cut_off:
        return (REGROUPED,)
    if _only_labels(passage, scene):
        return (furniture.LINK,)
    old, new = scene.clauses_of(passage)
    if len(old) == len(new) == 1:
        left = furniture.furniture(old[0], scene.old.links, scene.headings)
        right = furniture.furniture(new[0], scene.new.links, scene.headings)
        if left and right and (furniture.DATE_LINE not in (left, right) or furniture.NAVIGATION in (left, right)):
            return (right,)
        if new[0].kind is not ClauseKind.ROW and furniture.titled(passage.before, passage.after):
            return (furniture.NAVIGATION,)
        if _announced(old[0].text) and furniture.news(new[0].text) and not _says_more(passage):
            return (furniture.NEWS,)
    if scene.past and came_back(passage.after, scene.old, scene.past) and not weighs_back(passage):
        return (SEEN,)
    return ()


def weighs_back(passage: Passage) -> bool:
    """Tell whether words that came back change a number, a promise, a company or an address: told if they last."""
    gone, come = changed_words(passage)
    numbers = [sorted(_DIGITS.findall(masked(text))) for text in (passage.before, passage.after)]
    return numbers[0] != numbers[1] or "@" in gone + come or bool(_WEIGHTY & {*substance(passage)})


def _only_labels(passage: Passage, scene: Scene) -> bool:
    """Tell whether all that came or went are the labels of links, whole and alone: a page that flickers."""
    return bool(passage.edits) and all(_swaps_labels(passage, e, scene) for e in passage.edits)


def _swaps_labels(passage: Passage, edit: Edit, scene: Scene) -> bool:
    gone = _is_label(passage.before, passage.before_start, edit.a0, edit.a1, scene.old.links)
    come = _is_label(passage.after, passage.after_start, edit.b0, edit.b1, scene.new.links)
    if edit.a0 == edit.a1:
        return come and not _in_a_series(passage.after, edit.b0, edit.b1)
    if edit.b0 == edit.b1:
        return gone and not _in_a_series(passage.before, edit.a0, edit.a1)
    labels = passage.before[edit.a0 : edit.a1], passage.after[edit.b0 : edit.b1]
    if any("@" in label for label in labels):
        return False
    return gone and come and any(map(furniture.says_here, labels))


def _in_a_series(text: str, start: int, end: int) -> bool:
    """Tell whether words are one of several that are counted up: then they are no label that flickers."""
    return bool(_COUNTS_UP.search(text, max(0, start - NEAR), start)) or text[end : end + NEAR].lstrip()[:1] == ","


def _is_label(text: str, offset: int, start: int, end: int, links: Sequence[Link]) -> bool:
    label = text[start:end].strip()
    at = offset + start + text[start:end].find(label)
    found = bisect_left(links, at, key=lambda link: link.start)
    return bool(label) and found < len(links) and (links[found].start, links[found].end) == (at, at + len(label))


def _says_more(passage: Passage) -> bool:
    """Tell whether an announcement speaks of a date to come now, says the reverse, or holds another sentence."""
    if furniture.looks_ahead(passage.after) or {*folded(" ".join(changed_words(passage)))} & _TURNS_ROUND:
        return True
    come = (passage.after[e.b0 : e.b1].strip() for e in passage.edits)
    return any(part[:1].isupper() and part.endswith(".") and not furniture.news(part) for part in come)


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
    found = furniture.furniture(one, reading.links, scene.headings) or furniture.HEADING * furniture.asks(one)
    if found == furniture.LINK and _names_a_recipient(one, (scene.new_lists if added else scene.old_lists).lead(one)):
        return ()
    if found:
        return (found,)
    if one.kind is not ClauseKind.ROW and key(one.text) in scene.lasting_headings:
        return (furniture.CONTENTS,)
    clauses = scene.new_clauses if added else scene.old_clauses
    if furniture.loose(one, reading.text[: furniture.HEAD]) and not furniture.looks_ahead(one.text):
        return (furniture.NAVIGATION,)
    if furniture.in_other_script(one.text, reading.language):
        return (furniture.NAVIGATION,)
    if passage in scene.cut_off:
        return (REGROUPED,)
    if scene.hidden_addresses and wording.without_addresses(one.text) in scene.hidden_addresses:
        return (wording.HIDDEN_ADDRESS,)
    if furniture.in_menu(clauses, one.ordinal):
        return (furniture.NAVIGATION,)
    if not added and furniture.told_its_date(one.text):
        return (furniture.NEWS_GONE,)
    if furniture.news(one.text) and not (added and furniture.looks_ahead(one.text)):
        return (furniture.NEWS if added else furniture.NEWS_GONE,)
    other = scene.old.text if added else scene.new.text
    if one.kind is ClauseKind.PARAGRAPH and len(folded(one.text)) >= 8 and one.text in other:
        return (STANDS_ELSEWHERE,)
    if added and scene.past and came_back(one.text, scene.old, scene.past):
        return (SEEN,)
    return ()


def _names_a_recipient(item: Clause, lead: str) -> bool:
    """Tell whether a linked entry stands in a list of recipients or of kinds of data, or names a company itself."""
    if item.kind is not ClauseKind.ITEM:
        return False
    above = " ".join((*item.path[-1:], lead))
    return bool({*folded(item.text)} & NAMED_FORMS) or bool(DATA_LIST.search(above))


def _moved(passage: Passage, scene: Scene) -> Iterable[str]:
    """A clause may move within its list; an item that changes lists or sections is another rule."""
    (old, *_), (new, *_) = scene.clauses_of(passage)
    if old.kind not in (ClauseKind.ITEM, ClauseKind.ROW) or furniture.furniture(new, scene.new.links, scene.headings):
        return (REORDERED,)
    leads = scene.old_lists.lead(old), scene.new_lists.lead(new)
    if _folded_path(old) != _folded_path(new) or key(leads[0]) != key(leads[1]):
        return ()
    places = scene.old_lists.which(old, leads[0]), scene.new_lists.which(new, leads[1])
    return () if places[0][1] == places[1][1] and places[0] != places[1] else (REORDERED,)


def _folded_path(clause: Clause) -> tuple[str, ...]:
    return tuple(key(without_number(heading)) for heading in clause.path[-1:])


def judge(passages: Sequence[Passage]) -> tuple[Significance, tuple[str, ...]]:
    """Return the significance of all passages together, with the reasons of whichever side won."""
    told = [p for p in passages if p.significance is Significance.SUBSTANTIVE]
    reasons = dict.fromkeys(reason for p in (told or passages) for reason in p.reasons)
    return (Significance.SUBSTANTIVE if told else Significance.COSMETIC), tuple(reasons)

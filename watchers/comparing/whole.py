"""The whole change before its passages: pages that are no policy, other languages, whole parts coming or going.

Page health proper is judged when a page is read; this is what only shows when two readings stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from watchers.comparing.folding import folded
from watchers.comparing.tables import pattern
from watchers.model import Clause, ClauseKind, Passage, PassageKind, Reading, Significance
from watchers.reading.language import language

COLLAPSED = "a tenth of the length or less: the page was not served whole"
ERROR_PAGE = "error page in place of a document or of a part"
OTHER_PAGE = "another page in place of the document"
LANGUAGE = "language switch"
BACK = "the document is back"
FOLDED = "parts of the page were folded in or out"
PART_ADDED, PART_REMOVED = "a whole page was added to the collection", "a whole page was taken out of the collection"

#: The language of fewer words than this is not asked for.
TONGUE_FROM = 40
#: The same where the document's own title is among what changed.
TITLE_FROM = 15
#: Clauses that came or went alone in this many places of sections that stay were folded in or out.
FOLDED_FROM, PLACES_FROM = 20, 8
#: A whole page has at least this many words.
PAGE_FROM = 80
#: A line of an error page has at most this many words, and the page with its menus at most so many.
ERROR_LINE, ERROR_PAGE_WORDS = 30, 1_000
_ERROR = pattern("whole", "error")
_RULES = pattern("whole", "rules")
_POLICY_WORDS = pattern("whole", "policy")


def barred(old: Reading, new: Reading) -> tuple[Significance, str] | None:
    """Return why two readings may not be compared word by word, or None.

    A new reading that is no document is unreadable; an old one that was none makes the new one cosmetic:
    the document is merely back. Another language is cosmetic too, so that it becomes what is compared next.
    """
    for reading, significance in ((new, Significance.UNREADABLE), (old, Significance.COSMETIC)):
        if not reading.verdict.readable:
            return significance, reading.verdict.reason or reading.verdict.health.value.replace("_", " ")
    if old.language and new.language and old.language[:2] != new.language[:2]:
        return Significance.COSMETIC, LANGUAGE
    side = Significance.UNREADABLE if len(new.text) < len(old.text) else Significance.COSMETIC
    small, large = sorted((old.text, new.text), key=len)
    if len(small) * 10 <= len(large) and (_error(small) or len(folded(small)) < 60 < len(folded(large))):
        return side, _turned(side, ERROR_PAGE if _error(small) else COLLAPSED)
    return None


def _turned(side: Significance, reason: str) -> str:
    return f"{BACK}: {reason}" if side is Significance.COSMETIC else reason


def _error(text: str) -> bool:
    return len(folded(text[:2000])) <= 60 and bool(_ERROR.search(text.replace("’", "'")))


def _error_page(alone: Sequence[str]) -> bool:
    """Tell whether what stands on one side alone is an error page: few words, one line of which says so.

    A clause that speaks of errors ("data about what you did when an error occurred") says what holds and when; a
    line of an error page says what is the case.
    """
    lines = any(_error(text) and len(folded(text)) <= ERROR_LINE and not _RULES.search(text) for text in alone)
    return lines and sum(len(folded(text)) for text in alone) <= ERROR_PAGE_WORDS


def misread(
    passages: Sequence[Passage], old: Sequence[Clause], new: Sequence[Clause], *, whole_view: bool
) -> tuple[Significance, str] | None:
    """Return why the passages come from another page than the document, or None.

    `whole_view`: the clauses are all there are, so that what the two texts share can be counted.
    """
    if _error_page([p.after for p in passages if p.before_start < 0]):
        return Significance.UNREADABLE, ERROR_PAGE
    if _error_page([p.before for p in passages if p.after_start < 0]):
        return Significance.COSMETIC, _turned(Significance.COSMETIC, ERROR_PAGE)
    few = TITLE_FROM if _title_changed(passages, old, new) else TONGUE_FROM
    tongues = [_tongue((p.before for p in passages), few), _tongue((p.after for p in passages), few)]
    if all(tongues) and tongues[0] != tongues[1]:
        return Significance.COSMETIC, LANGUAGE
    kept = len(old) - sum(p.before_start >= 0 for p in passages)
    if not whole_view or kept * 10 > min(len(old), len(new)) or not old or not new:
        return None
    titles = [_title(old), _title(new)]
    named = [bool(_POLICY_WORDS.search(title)) for title in titles]
    if not all(titles) or named[0] == named[1]:
        return None
    side = Significance.UNREADABLE if named[0] else Significance.COSMETIC
    return side, _turned(side, OTHER_PAGE)


def _title_changed(passages: Sequence[Passage], old: Sequence[Clause], new: Sequence[Clause]) -> bool:
    """Tell whether the first headings of both texts are among what came and went."""
    firsts = [next((c.start for c in clauses if c.kind is ClauseKind.HEADING), -2) for clauses in (old, new)]
    return firsts[0] in {p.before_start for p in passages} and firsts[1] in {p.after_start for p in passages}


def _tongue(texts: Iterable[str], few: int) -> str:
    """Return the language of passages together when there is enough to tell, else nothing.

    Rows of tables are left out: the names in them belong to no language.
    """
    together = "\n".join(text for text in texts if " | " not in text)
    return language(together) if len(folded(together)) >= few else ""


def _title(clauses: Sequence[Clause]) -> str:
    return next((c.text for c in clauses[:5] if c.kind is ClauseKind.HEADING), "")


def collection(passages: Sequence[Passage], old: Reading, new: Reading) -> str:
    """Return that all there is came or went as one whole part, or nothing."""
    told = [p for p in passages if p.significance is Significance.SUBSTANTIVE]
    if told and all(p.kind is PassageKind.ADDED for p in told) and _is_part(told, new.text, lambda p: p.after_start):
        return PART_ADDED
    if told and all(p.kind is PassageKind.REMOVED for p in told) and _is_part(told, old.text, lambda p: p.before_start):
        return PART_REMOVED
    return ""


def without_folds(passages: Sequence[Passage], old: Reading, new: Reading) -> tuple[Passage, ...]:
    """Return the passages with those silent that came or went because a page was served folded or unfolded.

    People who rewrite a policy reword it. Many clauses that come (or go) in many sections which themselves stay,
    while hardly anything is reworded, are a page whose parts were open once and shut once.
    """
    told = [p for p in passages if p.significance is Significance.SUBSTANTIVE]
    tops = {p.path[0] for p in told if p.path}
    title = tops.pop() if len(tops) == 1 else ""
    for kind, other in ((PassageKind.ADDED, old.text), (PassageKind.REMOVED, new.text)):
        staying = {heading for p in told if p.kind is kind for heading in p.path if heading in other} - {title}
        placed = [(p, _nearest(p, staying)) for p in told if p.kind is kind]
        alone, places = [p for p, place in placed if place], {place for _, place in placed if place}
        if len(alone) >= FOLDED_FROM and len(places) >= PLACES_FROM and len(told) - len(alone) <= len(alone) / 10:
            silent = {*map(id, alone)}
            return tuple(_folded_away(p) if id(p) in silent else p for p in passages)
    return tuple(passages)


def _nearest(passage: Passage, staying: Collection[str]) -> str:
    """Return the nearest heading over a passage that the other text has too, not counting the title of the page."""
    return next((heading for heading in reversed(passage.path) if heading in staying), "")


def _folded_away(passage: Passage) -> Passage:
    return replace(passage, significance=Significance.COSMETIC, reasons=(FOLDED,))


def _is_part(told: Sequence[Passage], text: str, start_of: Callable[[Passage], int]) -> bool:
    starts = sorted(start_of(p) for p in told)
    borders = [0, *(m.end() for m in re.finditer(r"(?m)^- - -$", text)), len(text)]
    for low, high in pairwise(borders):
        if low <= starts[0] and starts[-1] < high and (low > 0 or high < len(text)):
            part = text[low:high]
            inside = sum(len(folded(p.after or p.before)) for p in told)
            return inside >= PAGE_FROM and inside >= 0.85 * len(folded(part))
    return False

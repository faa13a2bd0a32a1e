"""Compare two readings of a document: what differs, whether it matters, from when, and what it does to people.

Pure: no clock, no archive; what the archive knows of earlier versions is handed in as `Past`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from watchers.comparing import whole
from watchers.comparing.copies import Editions, told_once
from watchers.comparing.dates import HEAD, effective, gives_effect
from watchers.comparing.direction import directed
from watchers.comparing.folding import words
from watchers.comparing.history import Return, returned
from watchers.comparing.passages import passages
from watchers.comparing.scene import Scene
from watchers.comparing.significance import CAME_BACK, judge, judge_passages
from watchers.comparing.view import view
from watchers.comparing.wording import DATE_FORMAT
from watchers.model import Difference, Passage, Past, Reading, Significance
from watchers.reading.words import same_words

BLINK = "seen before: back to the words of an earlier version"
FLAPPING = "seen before: two editions are served in turns"
ROLLBACK = "rolled back to an earlier version"
LINKS_ONLY = "links only"
SAME = "nothing differs"
#: More than this share of the text gone in one go wants a second look.
VERY_LARGE = 0.6
#: A text shorter than this changes largely with a sentence.
SMALL = 600


def compare(old: Reading, new: Reading, *, doc_type: str = "", past: Past | None = None) -> Difference:
    """Return all that differs between two readings of one document, judged.

    `doc_type` is its terms type, `past` what the archive knows of earlier versions. Never raises on any text.
    """
    links = _addresses(old) != _addresses(new)
    if old.text == new.text:
        return Difference(False, links, Significance.COSMETIC, (LINKS_ONLY if links else SAME,))
    barred = whole.barred(old, new)
    if barred:
        return Difference(True, links, barred[0], (barred[1],), suspicious=barred[0] is Significance.UNREADABLE)
    return _compared(old, new, links, past, doc_type)


def _compared(old: Reading, new: Reading, links: bool, past: Past | None, doc_type: str) -> Difference:
    seen = view(old.text, new.text)
    a, b = seen.old, seen.new
    raw = passages(old, new, a, b)
    differ = any(words(p.before) != words(p.after) or not p.edits for p in raw) or not same_words(old, new)
    barred = whole.misread(raw, a, b, whole_view=seen.whole)
    if barred:
        return Difference(differ, links, barred[0], (barred[1],), raw, suspicious=barred[0] is Significance.UNREADABLE)
    back = returned(old, new, past)
    known = past if back is Return.NEW else None
    editions = told_once(raw, a, b) if seen.whole else Editions(raw)
    scene = Scene(old, new, a, b, editions, known)
    judged = directed(whole.without_folds(judge_passages(scene), old, new), doc_type, old.text, new.text)
    significance, reasons = _overall(judged, old, new, back)
    return Difference(
        words_differ=differ,
        links_differ=links,
        significance=significance,
        reasons=reasons or ((LINKS_ONLY,) if links and not differ else ("formatting",)),
        passages=judged,
        effective=_effective(judged, new),
        suspicious=_suspicious(judged, old, new, back),
    )


def _overall(
    judged: Sequence[Passage], old: Reading, new: Reading, back: Return
) -> tuple[Significance, tuple[str, ...]]:
    significance, reasons = judge(judged)
    if significance is not Significance.SUBSTANTIVE:
        return significance, reasons
    part = whole.collection(judged, old, new)
    if part:
        return Significance.COSMETIC, (part,)
    match back:
        case Return.BLINK:
            return Significance.COSMETIC, (BLINK,)
        case Return.FLAPPING:
            return Significance.COSMETIC, (FLAPPING,)
        case Return.ROLLBACK:
            return Significance.SUBSTANTIVE, (ROLLBACK, *reasons)
    return significance, reasons


def _suspicious(judged: Sequence[Passage], old: Reading, new: Reading, back: Return) -> bool:
    """Tell whether a second look should confirm the change before anybody is told."""
    told = [p for p in judged if p.significance is Significance.SUBSTANTIVE]
    gone = sum(len(p.before) for p in told if p.after_start < 0)
    come = sum(len(p.after) for p in told if p.before_start < 0)
    doubtful = old.verdict.doubtful or new.verdict.doubtful
    size = max(len(old.text), SMALL)
    large = gone > VERY_LARGE * size or come > 1.5 * size
    return doubtful or large or back is Return.BLINK or any(CAME_BACK in p.reasons for p in told)


def _effective(judged: Sequence[Passage], new: Reading) -> date | None:
    """Return the latest day of effect that is news: what came is held against its clause before, or all that went."""
    gone = [p.before for p in judged if not p.after]
    told = [p for p in judged if p.after and DATE_FORMAT not in p.reasons and gives_effect(p.after)]
    came, head = [p.after for p in told if not p.before], new.text[:HEAD]  # what went is read once, not for each
    days = [effective([p.after], head, before=[p.before], language=new.language) for p in told if p.before]
    days += [effective(came, head, before=gone, language=new.language)] if came else []
    return max((day for day in days if day), default=None)


def _addresses(reading: Reading) -> tuple[str, ...]:
    return tuple(link.address for link in reading.links)

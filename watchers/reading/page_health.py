"""Is this the document at all? The health of a page, judged before its words are compared.

Rules are asked in a fixed order and name their reason; a text that still holds most of the last good version
is never taken for an error or a wall. It does not decide what to do about a bad page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from watchers.model import Document, Health, Reading, Snapshot, Verdict, Version
from watchers.reading import page_signs as signs
from watchers.reading.blocks import JOINT
from watchers.reading.completeness import breaks_off, emptied, garbled, led_to_the_front, lost_its_end, unfilled
from watchers.reading.editions import edition_moved, edition_named
from watchers.reading.language import language
from watchers.reading.page_measures import KINSHIP, OPENING, Page
from watchers.reading.pdf import trouble

#: Words below which a page cannot be a document; the shortest real one in 4,364 archived versions has 80.
FEWEST_WORDS = 25
#: The same for one of several parts, which may well be short.
FEWEST_IN_PART = 8
#: A short page that keeps less than this share of the last good version's words is no edit but a loss.
COLLAPSE = 0.1
#: One that keeps less than this share is looked at again before anybody is told.
LARGE_DROP = 0.5
#: A text that shares less with the last good version is a stranger to it.
_STRANGER = 0.05
#: Words up to which an opening phrase, or a title, can make a page an error or a wall.
_SHORT, _TITLED = 400, 1500
_TELLING = 500
_SEAM = f"\n\n{JOINT}\n\n"

Past = Reading | Version


def judge(
    reading: Reading,
    snapshots: Sequence[Snapshot] = (),
    last: Past | None = None,
    document: Document | None = None,
    before: Sequence[Snapshot] = (),
) -> Verdict:
    """Judge a document as it was read just now, against the pages it came from and the last good version.

    `before` are the pages of that version. A good verdict that is `doubtful` asks for a second look before
    anybody is told.
    """
    expected = document.language[:2] if document else ""
    spans = [(link.start, link.end) for link in reading.links]
    old = last.text if last else ""
    verdict = _of_snapshots(reading, snapshots, document, old) or judge_text(
        reading.text, old, title=reading.title, links=spans, expected=expected
    )
    if verdict.readable and not verdict.doubtful and reading.text != old and lost_its_end(snapshots, before):
        verdict = Verdict(Health.GOOD, "the end of the page, which stood there last time, did not come", doubtful=True)
    came = reading.language if len(reading.text) > _TELLING else ""
    if verdict.readable and not last and expected and came not in ("", expected):
        return Verdict(Health.OTHER_LANGUAGE, f"expected in {expected}, it came in {came}")
    return verdict


def judge_text(
    text: str, last: str = "", *, title: str = "", links: Sequence[tuple[int, int]] = (), expected: str = ""
) -> Verdict:
    """Judge a bare canonical text, part by part and then as a whole; `expected` is the document's language."""
    parts, olds = _parts(text), _parts(last)
    if not parts:
        return Verdict(Health.NEARLY_EMPTY, "the page holds no words")
    if text == last:
        return Verdict(Health.GOOD)
    at = 0
    for number, part in enumerate(parts):
        own = [min(end, at + len(part)) - start for start, end in links if at <= start < at + len(part)]
        old = olds[number] if len(olds) == len(parts) else ""
        page = Page(part, "" if number else title, sum(own) / max(1, len(part)), len(own), old, expected, len(parts))
        verdict = _of_page(page)
        if verdict is not None:
            where = f"part {number + 1} of {len(parts)}: " if len(parts) > 1 else ""
            return Verdict(verdict.health, where + verdict.reason)
        at += len(part) + len(_SEAM)
    return _of_whole(text, parts, last, olds)


def _parts(text: str) -> list[str]:
    return text.split(_SEAM) if text else []


def _of_snapshots(
    reading: Reading, snapshots: Sequence[Snapshot], document: Document | None, last: str
) -> Verdict | None:
    """Judge what can be seen without reading: how many pages came, their status, their kind."""
    if document is not None and snapshots and len(snapshots) < len(document.parts):
        return Verdict(Health.PART_MISSING, f"{len(snapshots)} of {len(document.parts)} pages came")
    for page in snapshots:
        if page.status >= 400:
            return Verdict(Health.ERROR_PAGE, f"the server answered {page.status}")
        if re.match(r"text/(css|javascript)|application/(x-)?javascript|image/|video/|audio/|font/", page.media_type):
            return Verdict(Health.NOT_TEXT, f"a page of the kind {page.media_type} came")
        if page.body.startswith(b"%PDF-") and len(snapshots) == 1 and not reading.text:
            return Verdict(Health.NOT_TEXT, trouble(page.body))
        moved = edition_moved(page.address, page.final_address)
        if moved:
            return Verdict(Health.OTHER_EDITION, moved)
        if (front := led_to_the_front(page)) and not _is_the_document(reading, last):
            return Verdict(Health.WRONG_PAGE, front)
    if snapshots and reading.text != last and (cut := breaks_off(snapshots[-1], reading.text)):
        return Verdict(Health.TRUNCATED, cut)
    return None


def _is_the_document(reading: Reading, last: str) -> bool:
    """Tell whether a page is the document wherever it stands: it is kin to the last one, or calls itself one."""
    if last:
        return Page(reading.text, last=last).kinship >= KINSHIP
    return signs.TITLES.search(Page(reading.text, reading.title).headed) is not None


def _of_page(page: Page) -> Verdict | None:
    """Ask every rule in order; None when no one objects."""
    for health, rule in _RULES:
        reason = rule(page)
        if reason:
            return Verdict(health, reason)
    return None


def _is_code(page: Page) -> str:
    signs_of_code = page.text.count("{") + page.text.count("}") + page.text.count(";\n") + page.text.count('":')
    few = page.size < 20 or signs_of_code < 10
    return "" if few or signs_of_code < 0.08 * page.size else "style sheet, script or data instead of a text"


def _phrase(page: Page, pattern: re.Pattern[str], short: int = _SHORT) -> str:
    """Return the words by which a short page's opening, or a longer one's title, gives itself away."""
    found = pattern.search(page.opening) if page.size < short else None
    if found is None and page.size < _TITLED:
        found = next((f for f in (pattern.search(line) for line in page.headed.split("\n")) if f and _heads(f)), None)
    return " ".join(found[0].split())[:80] if found and not _is_kin(page) else ""


def _heads(found: re.Match[str]) -> bool:
    """Tell whether a phrase is most of the line it was found in."""
    return len(found[0]) * 2 > len(found.string.strip())


def _is_kin(page: Page) -> bool:
    return bool(page.last) and page.kinship >= KINSHIP


def _is_error(page: Page) -> str:
    found = _phrase(page, signs.ERROR)
    return f"it says “{found}”" if found else ""


def _is_bot_check(page: Page) -> str:
    found = _phrase(page, signs.BOT_CHECK, 250)
    return f"it says “{found}”" if found else ""


def _is_login(page: Page) -> str:
    found = _phrase(page, signs.LOGIN, 150)
    return f"it says “{found}”" if found else ""


def _is_consent(page: Page) -> str:
    """A wall asks and offers answers; a cookie policy may do both, but at length."""
    if page.size >= 900 or _is_kin(page) or (page.size >= 250 and not page.last):
        return ""
    asks, answers = signs.CONSENT.search(page.opening), signs.CONSENT_ANSWERS.search(page.text)
    return f"it asks “{asks[0]}”" if asks and (answers or page.size < 120) else ""


def _is_nearly_empty(page: Page) -> str:
    fewest = FEWEST_WORDS if page.siblings == 1 else FEWEST_IN_PART
    if page.size < fewest and not (page.last and page.size >= page.last_size):
        return f"only {page.size} words"
    collapsed = page.size < min(COLLAPSE * page.last_size, _SHORT)
    return f"{page.size} words where {page.last_size} were" if collapsed else ""


def _is_other_language(page: Page) -> str:
    if page.size < 50 or page.last_size < 50 or page.kept_lines >= KINSHIP:
        return ""
    new, old = language(page.text), language(page.last)
    moved = new and old and new not in (old, page.expected)
    return f"it was in {old} and came in {new}" if moved else ""


def _is_index(page: Page) -> str:
    """A page that is mostly links where the last one was not, or that has next to nothing else."""
    if page.links < 10 or page.link_share < 0.5 or (page.siblings > 1 and not page.last) or _is_kin(page):
        return ""
    sentences = len(re.findall(r"[a-z]{2}[.;]\s", page.text))
    few = sentences <= 2 if not page.last else sentences < 0.2 * len(re.findall(r"[a-z]{2}[.;]\s", page.last))
    return f"{page.links} links and hardly a sentence" if few else ""


def _is_wrong_page(page: Page) -> str:
    """Another text altogether: it shares next to nothing with the last and speaks of law far less."""
    if page.last_size < 100 or page.kinship >= _STRANGER:
        return ""
    old = Page(page.last)
    if page.law < 0.6 * old.law:
        return "it shares no words with the last good version and does not read like a document of its kind"
    return ""


def _is_other_edition(page: Page) -> str:
    """The same policy for other people: the openings name other regions, the rest is kin but not the same."""
    if not page.last:
        return ""
    reason = edition_named(page.last[:OPENING], page.text[:OPENING])
    return reason if reason and 0.1 < page.kinship < 0.95 else ""


def _is_truncated(page: Page) -> str:
    """The last version's words up to a point in the midst of a line, and no more."""
    if not page.last or page.size >= 0.9 * page.last_size:
        return ""
    cut = page.text.rpartition("\n")[2]
    whole = len(cut) >= 30 and any(line.startswith(cut) and len(line) > len(cut) + 20 for line in page.last.split("\n"))
    return "the text breaks off in the midst of a sentence" if whole and not re.search(r"[.!?:;)”\"]$", cut) else ""


_RULES: tuple[tuple[Health, Callable[[Page], str]], ...] = (
    (Health.NOT_TEXT, _is_code),
    (Health.BOT_CHECK, _is_bot_check),
    (Health.ERROR_PAGE, _is_error),
    (Health.LOGIN_WALL, _is_login),
    (Health.CONSENT_WALL, _is_consent),
    (Health.OTHER_LANGUAGE, _is_other_language),
    (Health.OTHER_EDITION, _is_other_edition),
    (Health.TRUNCATED, _is_truncated),
    (Health.TRUNCATED, lambda page: emptied(page.text, page.last)),
    (Health.UNFILLED, lambda page: unfilled(page.text, page.last)),
    (Health.GARBLED, lambda page: garbled(page.text, page.last)),
    (Health.NEARLY_EMPTY, _is_nearly_empty),
    (Health.INDEX_PAGE, _is_index),
    (Health.WRONG_PAGE, _is_wrong_page),
)


def _of_whole(text: str, parts: Sequence[str], last: str, olds: Sequence[str]) -> Verdict:
    """Judge the parts among themselves, and how much of the last good version is left."""
    longer = [part for part in parts if len(part) > _TELLING]
    if len(set(longer)) < len(longer) and len(set(olds)) == len(olds):
        return Verdict(Health.PARTS_SAME, "two parts hold the same words")
    if len(parts) < len(olds):
        return Verdict(Health.GOOD, f"{len(parts)} parts where {len(olds)} were", doubtful=True)
    if last and len(text) < LARGE_DROP * len(last):
        return Verdict(Health.GOOD, f"{100 - 100 * len(text) // len(last)} % of the text is gone", doubtful=True)
    return Verdict(Health.GOOD)

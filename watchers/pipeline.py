"""Examine: read the pages, judge them, compare them with the last version, recognise provisions.

Nothing is fetched and nothing is written here. A look is decided from values alone: what is known of
the document, the pages that came, the archive's memory of it, and the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from watchers.comparing.coarse import TOO_LARGE, compare_coarsely
from watchers.comparing.compare import compare
from watchers.comparing.judge import told_as
from watchers.model import (
    Document,
    Due,
    Finding,
    Look,
    Outcome,
    Past,
    Reading,
    Significance,
    Snapshot,
    Verdict,
)
from watchers.provisions.again import Before, recognise_again, stamp
from watchers.provisions.headline import headline
from watchers.provisions.recogniser import recognise
from watchers.provisions.touches import touched
from watchers.provisions.weighing import weighed
from watchers.reading.extract import read, read_markdown, rules_of
from watchers.reading.page_health import judge
from watchers.reading.words import same_words
from watchers.rules.ruleset import ruleset_id

SECOND_LOOK = timedelta(minutes=10)
"""How long a suspicious change waits, at least, for the look that confirms it."""

ROLLBACK_LASTS = timedelta(hours=24)
"""How long words seen before must stay back before their return is told as a rollback."""

Seen = Sequence[Snapshot] | str
"""What a look brought: one page a part, or words that somebody else has read (imported histories)."""


def first_look(due: Due, pages: Seen, now: datetime) -> Look:
    """Return the look at a document that was never read before: its words are kept, nothing is told."""
    reading, verdict = _read(due.document, pages, None)
    look = _look(due, pages, now, verdict)
    if not verdict.readable:
        return replace(look, outcome=Outcome.BLIND, reason=verdict.reason)
    return replace(
        look,
        outcome=Outcome.FIRST,
        reading=reading,
        findings=_findings(due.document, reading),
        recognised=stamp(due.document.type, reading.language),
        reason="first sight",
    )


def glance(due: Due, pages: Sequence[Snapshot], now: datetime) -> Look | Reading:
    """Return the look if the pages say what is archived to the letter, else what was read, for `examine`.

    Most pages whose bytes differ say the same, and to know it takes none of what the archive remembers.
    """
    reading = read(due.document, pages)
    if reading.verdict.readable and reading.sha256 == due.text_sha256:
        return replace(_look(due, pages, now, reading.verdict), outcome=Outcome.SAME_WORDS)
    return reading


def examine(due: Due, pages: Seen, past: Past, now: datetime, reading: Reading | None = None) -> Look:
    """Return the complete look at pages whose bytes differ from the last ones seen.

    `pages` has one snapshot a part, in order; `reading` is what a `glance` read off them. `past` may be empty
    for a document never read.
    """
    if past.version is None:
        return first_look(due, pages, now)
    old = ruler(due.document, past)
    reading, verdict = _read(due.document, pages, old, reading, past.snapshots)
    if reading.rules != old.rules and past.snapshots and not isinstance(pages, str):
        old, reading, verdict = _by_main_content(due.document, past.snapshots, pages)
    look = _look(due, pages, now, verdict)
    if not verdict.readable:
        return replace(look, outcome=Outcome.BLIND, reason=verdict.reason)
    if same_words(old, reading):
        return replace(look, outcome=Outcome.SAME_WORDS)
    if waits := _waits(reading, past, verdict, now):
        return replace(look, outcome=waits[0], reason=waits[1], reading=reading)
    return _changed(look, due, old, reading, past, now)


def examine_coarsely(due: Due, pages: Seen, past: Past, now: datetime, reading: Reading) -> Look:
    """Return the look at pages that are too much to be compared word by word: told as largely rewritten.

    It waits for a second look as every very large change does.
    """
    assert past.version is not None
    version = past.version
    old = Reading(version.text, version.links, version.language, rules=version.rules)
    look = replace(_look(due, pages, now, reading.verdict), outcome=Outcome.HELD, reading=reading)
    if waits := _waits(reading, past, reading.verdict, now):
        return replace(look, outcome=waits[0], reason=waits[1])
    if not _confirmed(reading, past, now):
        return replace(look, reason=TOO_LARGE)
    return replace(
        look,
        outcome=Outcome.CHANGED,
        difference=compare_coarsely(old, reading),
        headline=f"{due.platform_name or due.document.platform} changed its {due.document.type}: {TOO_LARGE}",
    )


def ruler(document: Document, past: Past) -> Reading:
    """Return the last version as today's rules read it, so that our rules are never told as their change."""
    version = past.version
    assert version is not None
    if version.rules == rules_of(document):
        return Reading(version.text, version.links, version.language, rules=version.rules)
    if past.snapshots:
        return read(document, past.snapshots)
    return read_markdown(version.text)


def _by_main_content(
    document: Document, kept: Sequence[Snapshot], pages: Sequence[Snapshot]
) -> tuple[Reading, Reading, Verdict]:
    """Read both sides without the declared selectors, which matched on one of them only (same ruler)."""
    old, new = read(document, kept, declared=False), read(document, pages, declared=False)
    return old, new, judge(new, pages, old, document, kept)


def _read(
    document: Document,
    pages: Seen,
    old: Reading | None,
    reading: Reading | None = None,
    before: Sequence[Snapshot] = (),
) -> tuple[Reading, Verdict]:
    if reading is None:
        reading = _of_words(pages) if isinstance(pages, str) else read(document, pages)
    return reading, judge(reading, () if isinstance(pages, str) else pages, old, document, before)


def _of_words(words: str) -> Reading:
    return replace(read_markdown(words), rules=ruleset_id())


def _look(due: Due, pages: Seen, now: datetime, verdict: Verdict) -> Look:
    came = () if isinstance(pages, str) else tuple(pages)
    return Look(due.document.id, now, Outcome.BLIND, verdict=verdict, snapshots=came)


def _waits(reading: Reading, past: Past, verdict: Verdict, now: datetime) -> tuple[Outcome, str] | None:
    """Return why nobody is told yet: words seen a few looks ago that have not lasted, or a doubtful page."""
    held_for = now - past.held_since if past.held == reading.sha256 and past.held_since else timedelta(0)
    if reading.sha256 in past.recent and held_for < ROLLBACK_LASTS:
        return Outcome.BLINK, "these words were seen a few looks ago; told as a rollback if they last"
    if verdict.doubtful and held_for < SECOND_LOOK:
        return Outcome.HELD, verdict.reason or "the page is doubtful; a second look will tell"
    return None


def _changed(look: Look, due: Due, old: Reading, reading: Reading, past: Past, now: datetime) -> Look:
    document = due.document
    difference = compare(old, reading, doc_type=document.type, past=past)
    if difference.suspicious and not _confirmed(reading, past, now):
        reason = "a very large change or one back to earlier words; a second look will tell"
        return replace(look, outcome=Outcome.HELD, reason=reason, reading=reading)
    if difference.significance is Significance.UNREADABLE:
        return replace(look, outcome=Outcome.BLIND, reason="; ".join(difference.reasons))
    difference = told_as(difference, old, reading, past)
    assert past.version is not None
    before = _before(document, old, past)
    findings = _findings(document, reading, before if old.language == reading.language else None)
    matters = difference.significance is Significance.SUBSTANTIVE
    touches = touched(old.text, before.findings, reading.text, findings, difference) if matters else ()
    difference = weighed(difference, touches)
    name = due.platform_name or document.platform
    return replace(
        look,
        outcome=Outcome.CHANGED,
        reading=reading,
        findings=findings,
        recognised=stamp(document.type, reading.language),
        difference=difference,
        touches=touches,
        headline=headline(name, document.type, difference, touches, old.text, reading.text),
        reread=old if old.text != past.version.text else None,
    )


def _confirmed(reading: Reading, past: Past, now: datetime) -> bool:
    return past.held == reading.sha256 and past.held_since is not None and now - past.held_since >= SECOND_LOOK


def _before(document: Document, old: Reading, past: Past) -> Before:
    """Return what is recognised in the last version: what the archive has of it, if today's rules said it."""
    version = past.version
    if version and version.text == old.text and past.recognised == stamp(document.type, old.language):
        return Before(old.text, past.findings)
    return Before(old.text, _findings(document, old))


def _findings(document: Document, reading: Reading, before: Before | None = None) -> tuple[Finding, ...]:
    if before is None:
        return recognise(reading.text, doc_type=document.type, language=reading.language)
    return recognise_again(reading.text, before, doc_type=document.type, language=reading.language)

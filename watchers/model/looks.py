"""One look at a document: what is due, what the archive knows of it, and what the look came to.

A look is complete: whoever stores it needs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from watchers.model.changes import Difference
from watchers.model.documents import Document
from watchers.model.pages import GOOD, Snapshot, Validators, Verdict
from watchers.model.provisions import Finding, Touch
from watchers.model.texts import Reading, Version


class Outcome(StrEnum):
    """What one look at a document came to."""

    UNCHANGED = "unchanged"  # the server said so (304)
    SAME_BYTES = "same_bytes"
    SAME_WORDS = "same_words"
    FIRST = "first"  # first sight is no change
    CHANGED = "changed"
    BLINK = "blink"  # back to what was read a few looks ago: no change
    HELD = "held"  # suspicious: nobody is told before a second look confirms it
    BLIND = "blind"  # the page came, but it is not the document
    FAILED = "failed"  # the page did not come


@dataclass(frozen=True, slots=True)
class Past:
    """What the archive knows of a document when its words seem to differ.

    `snapshots` are the raw pages of the last good version, one a part, to be read again with today's
    rules; `fingerprints` and `sentences` are those of every earlier version (see `comparing.history`);
    `held` is the SHA-256 of the words that earlier looks held back, or empty, and `held_since` when the
    first of those looks was.
    """

    version: Version | None = None
    snapshots: tuple[Snapshot, ...] = ()
    fingerprints: frozenset[str] = frozenset()
    sentences: frozenset[int] = frozenset()
    recent: tuple[str, ...] = ()  # SHA-256 of the words of the last versions, newest first
    held: str = ""
    held_since: datetime | None = None
    findings: tuple[Finding, ...] = ()  # of the last version
    recognised: str = ""  # the rules those were recognised with, or empty where that was not kept


@dataclass(frozen=True, slots=True)
class Due:
    """A document whose look is due, with what is needed to ask cheaply. Tuples run over the parts.

    `blind_looks` counts the looks in a row that saw nothing; `steady_looks` those that saw no new words.
    """

    document: Document
    validators: tuple[Validators, ...]
    body_sha256: tuple[str, ...]
    version: str = ""
    text_sha256: str = ""
    platform_name: str = ""
    last_look: datetime | None = None
    last_change: datetime | None = None
    announced: date | None = None
    blind_looks: int = 0
    blind_since: datetime | None = None
    steady_looks: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """The record of one look, complete: whoever stores it needs nothing else.

    `snapshots` holds the pages that came (a part that answered 304 has none). `reading` is there for
    FIRST, CHANGED, BLINK and HELD; `findings`, and the rules that `recognised` them, for FIRST and CHANGED;
    `difference`, `touches`, `headline` for CHANGED. `reread` is the last version read again, when our rules
    moved since it was archived and its words differ now: it is archived as a technical upgrade, before the
    change that is compared with it. `milliseconds` is the CPU that reading, comparing and recognising took.
    `against` is the version the document had when the look began (empty: none); None where nobody else can
    look meanwhile, as in imports. `unreached`: no answer of any kind came from the site.
    """

    document: str
    at: datetime
    outcome: Outcome
    reason: str = ""
    verdict: Verdict = GOOD
    snapshots: tuple[Snapshot, ...] = ()
    validators: tuple[Validators, ...] = ()
    reading: Reading | None = None
    findings: tuple[Finding, ...] = ()
    recognised: str = ""
    difference: Difference | None = None
    touches: tuple[Touch, ...] = ()
    headline: str = ""
    reread: Reading | None = None
    next_look: datetime | None = None
    milliseconds: float = 0.0
    against: str | None = None
    unreached: bool = False

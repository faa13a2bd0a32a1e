"""Goes through one document's history as if we had looked at it ourselves, and returns the looks.

Pure: what a look comes to is decided by the function that is passed in, the same that decides live looks.
What was recorded there stood until the next record, so a text that our rules would hold back is looked at
a second time just before it was replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from storage.archive.chain import version_id
from storage.archive.looks import RECENT
from storage.archive.versions import Memory
from storage.importers.records import Kind
from watchers.model import Document, Due, Look, Outcome, Past, Reading, Snapshot, Validators, Version

Seen = str | tuple[Snapshot, ...]
Examine = Callable[[Due, Seen, Past, datetime], Look]
"""Decides what a text (Markdown), or pages, come to, given what is remembered of the document."""

LASTED = timedelta(hours=25)
"""After this long nothing is held back any more."""

KEPT = frozenset({Outcome.FIRST, Outcome.CHANGED})


@dataclass(frozen=True, slots=True)
class Moment:
    """A text, or the pages, that were recorded at a moment."""

    at: datetime
    kind: Kind
    seen: Seen


@dataclass(slots=True)
class Replayed:
    """The looks that brought a version, and how many records did not and why."""

    looks: list[Look] = field(default_factory=list)
    passed_over: dict[str, int] = field(default_factory=dict)

    def pass_over(self, reason: str) -> None:
        """Count a record that brought no version."""
        self.passed_over[reason] = self.passed_over.get(reason, 0) + 1


def replay(
    document: Document, name: str, moments: Sequence[Moment], past: Past, examine: Examine, memory: Memory
) -> Replayed:
    """Return the looks of a history, oldest first; `past` is what is remembered from before its first record."""
    replayed = Replayed()
    ends = [*(moment.at for moment in moments[1:]), None]
    for moment, end in zip(moments, ends, strict=True):
        due = _due(document, name, past)
        look = _look(due, moment, end, past, examine)
        if look.outcome in KEPT and look.reading is not None:
            replayed.looks.append(look)
            past = remembered(past, look, memory)
        else:
            # why a page was not the document says more than that it was not
            replayed.pass_over(str(look.verdict.health if look.outcome is Outcome.BLIND else look.outcome))
    return replayed


def remembered(past: Past, look: Look, memory: Memory) -> Past:
    """Return the past with one more version."""
    assert look.reading is not None
    version = _version(look, look.reading)
    return Past(
        version,
        look.snapshots,
        past.fingerprints | {memory.fingerprint(version.text)},
        past.sentences | memory.marks(version.text),
        (version.sha256, *past.recent)[:RECENT],
        findings=look.findings,
        recognised=look.recognised,
    )


def _look(due: Due, moment: Moment, end: datetime | None, past: Past, examine: Examine) -> Look:
    if moment.kind is Kind.UPGRADE or past.version is None:
        return examine(due, moment.seen, Past(), moment.at)
    look = examine(due, moment.seen, past, moment.at)
    if look.outcome not in (Outcome.HELD, Outcome.BLINK) or look.reading is None:
        return look
    again = min(end or moment.at + LASTED, moment.at + LASTED)
    held = replace(past, held=look.reading.sha256, held_since=moment.at)
    return replace(examine(due, moment.seen, held, again), at=moment.at)


def _version(look: Look, reading: Reading) -> Version:
    identity = version_id(look.document, look.at, reading.sha256)
    return Version(
        identity, look.document, look.at, reading.sha256, reading.text, reading.links, reading.language, reading.rules
    )


def _due(document: Document, name: str, past: Past) -> Due:
    version = past.version
    known = (version.id, version.sha256) if version else ("", "")
    return Due(document, (Validators(),) * len(document.parts), (), *known, platform_name=name)

"""What a look does to what is known of its document: pure transitions, one for each kind of outcome.

Words, pages and deliveries are kept elsewhere; this is the small state every look reads and writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from storage.deliveries.delivery import Kind
from watchers.model import Look, Outcome, Snapshot

BLIND_AFTER = 3
"""How many blind looks in a row make a document's blindness news."""

BLIND = frozenset({Outcome.BLIND, Outcome.FAILED})
HELD = frozenset({Outcome.HELD, Outcome.BLINK})
QUIET = frozenset({Outcome.UNCHANGED, Outcome.SAME_BYTES, Outcome.SAME_WORDS})


@dataclass(frozen=True, slots=True)
class Sight:
    """The row `sight` as a value; the tuples run over the document's parts."""

    document: str
    next_look: datetime | None = None
    taken_until: datetime | None = None
    last_look: datetime | None = None
    last_outcome: str = ""
    last_good: datetime | None = None
    last_change: datetime | None = None
    announced: date | None = None
    steady_looks: int = 0
    blind_looks: int = 0
    blind_since: datetime | None = None
    blind_reason: str = ""
    blind_told: bool = False
    held: str = ""
    held_since: datetime | None = None
    version: str = ""
    text_sha256: str = ""
    etags: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    body_sha256: tuple[str, ...] = ()
    snapshots: tuple[str, ...] = ()
    chain: str = ""
    chained: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """A document went blind for long enough to be told, or sees again after it was told."""

    kind: Kind
    subject: str
    reason: str


def after(sight: Sight, look: Look, blind_after: int = BLIND_AFTER, *, ours: bool = False) -> tuple[Sight, News | None]:
    """Return the sight after a look, and the news it makes of blindness, if any.

    `ours`: that it saw nothing is our own fault, so it does not count against the document.
    """
    looked = replace(
        sight, last_look=look.at, last_outcome=str(look.outcome), next_look=look.next_look, taken_until=None
    )
    if look.outcome in BLIND:
        return _blind(looked, look, blind_after, ours)
    if look.outcome in HELD:
        return _held(looked, look), None
    return _seen(looked, look)


def _blind(sight: Sight, look: Look, blind_after: int, ours: bool) -> tuple[Sight, News | None]:
    since = sight.blind_since or look.at
    reason = look.reason or look.verdict.reason or str(look.verdict.health)
    blind = replace(sight, blind_looks=sight.blind_looks + (not ours), blind_since=since, blind_reason=reason)
    if sight.blind_told or blind.blind_looks < blind_after:
        return blind, None
    return replace(blind, blind_told=True), News(Kind.BLIND, subject(look.document, since), reason)


def _held(sight: Sight, look: Look) -> Sight:
    # The validators stay those of the last good page: a 304 must keep meaning "that page is back".
    held = look.reading.sha256 if look.reading else ""
    since = sight.held_since if held and held == sight.held else look.at
    return replace(sight, held=held, held_since=since if held else None, steady_looks=0)


def _seen(sight: Sight, look: Look) -> tuple[Sight, News | None]:
    news = None
    if sight.blind_told and sight.blind_since:
        news = News(Kind.RECOVERED, subject(look.document, sight.blind_since), sight.blind_reason)
    steady = sight.steady_looks + 1 if look.outcome in QUIET else 0
    etags, modified = _validators(sight, look)
    seen = replace(
        sight,
        last_good=look.at,
        steady_looks=steady,
        etags=etags,
        modified=modified,
        blind_looks=0,
        blind_since=None,
        blind_reason="",
        blind_told=False,
        held="",
        held_since=None,
    )
    return seen, news


def _validators(sight: Sight, look: Look) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not look.validators:
        return sight.etags, sight.modified
    return tuple(v.etag for v in look.validators), tuple(v.last_modified for v in look.validators)


def subject(document: str, since: datetime) -> str:
    """Return what a delivery about blindness is about: the document and since when."""
    return f"{document}@{since.isoformat(timespec='seconds')}"


def part_of(snapshot: Snapshot, place: int, addresses: Sequence[str]) -> int:
    """Return which part a page belongs to: the one with its address, else the one at its place."""
    return addresses.index(snapshot.address) if snapshot.address in addresses else place


def placed(known: tuple[str, ...], place: int, value: str) -> tuple[str, ...]:
    """Return the values over the parts with one of them set."""
    widened = [*known, *[""] * (place + 1 - len(known))]
    widened[place] = value
    return tuple(widened)

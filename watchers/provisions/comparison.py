"""Comparison: one provision over many documents, and how others word the same.

Rows are made of what was recognised, verbatim; a document without a finding has a row that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz.fuzz import token_set_ratio

from watchers.model import Exposure, Stance
from watchers.provisions.card import Choice, Citation, Said, cite, offered
from watchers.provisions.choosing import Rank, rank, sayings
from watchers.provisions.source import Source

SHORT = 280
"""Characters up to which an excerpt counts as short enough to stand beside two others."""

ALIKE = 85
"""From this token-set ratio (0 to 100) on, two excerpts are the same sentence to a reader."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one document says of a provision; without a finding `excerpt` is empty."""

    platform: str
    document: str
    excerpt: str = ""
    stance: Stance | None = None
    exposure: Exposure | None = None
    choices: tuple[Choice, ...] = ()
    since: datetime | None = None
    citation: Citation | None = None
    rank: Rank = (True, 0.0, True)


def row(provision: str, source: Source, since: datetime | None = None) -> Row:
    """Return the row of one document: its best finding, the choice it offers, and since when it stands."""
    found = sayings(provision, source)
    if not found:
        return Row(source.platform, source.document.type)
    best = found[0]
    return Row(
        source.platform,
        source.document.type,
        best.excerpt(source.version.text),
        best.stance,
        best.exposure,
        tuple(offered(source, found)),
        since,
        cite(source, best),
        rank(provision, source, found),
    )


def by_platform(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Keep one row of a provision a platform, of the document that its card is about, in alphabetical order."""
    best: dict[str, Row] = {}
    for each in sorted(rows, key=lambda one: one.rank):
        best.setdefault(each.platform, each)
    return tuple(best[platform] for platform in sorted(best, key=str.casefold))


def elsewhere(rows: Sequence[Row], without: str, count: int = 3) -> tuple[Said, ...]:
    """Pick short, different excerpts of other platforms: another stance first, never the same sentence twice."""
    picked: list[Row] = []
    candidates = [each for each in rows if each.excerpt and each.platform != without]
    while candidates and len(picked) < count:
        candidates = [each for each in candidates if not _alike(each, picked)]
        if not candidates:
            break
        stances = {each.stance for each in picked}
        best = min(candidates, key=lambda r: (r.stance in stances, len(r.excerpt) > SHORT, len(r.excerpt), r.platform))
        picked.append(best)
        candidates.remove(best)
    return tuple(_as_elsewhere(each) for each in picked)


def _alike(each: Row, picked: Sequence[Row]) -> bool:
    return any(
        each.platform == other.platform or token_set_ratio(each.excerpt, other.excerpt) >= ALIKE for other in picked
    )


def _as_elsewhere(each: Row) -> Said:
    assert each.stance is not None
    assert each.exposure is not None
    assert each.citation is not None
    return Said(each.excerpt, each.stance, each.exposure, each.citation)

"""What changed between two texts, passage by passage, and whether it matters.

Nothing here says who is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from watchers.model.provisions import Bearing, Touch


class Significance(StrEnum):
    """Whether a change matters to a reader who has to comply or to decide."""

    SUBSTANTIVE = "substantive"
    COSMETIC = "cosmetic"
    UNREADABLE = "unreadable"


class PassageKind(StrEnum):
    """What became of a clause between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    RENUMBERED = "renumbered"


class Direction(StrEnum):
    """What a passage does to people, where cues can be shown; `UNCLEAR` is an honest answer."""

    NEW_RIGHT = "new_right"
    RIGHT_REMOVED = "right_removed"
    NEW_OBLIGATION = "new_obligation"
    OBLIGATION_REMOVED = "obligation_removed"
    NEW_DATA_USE = "new_data_use"
    DATA_USE_REMOVED = "data_use_removed"
    NEW_POWER = "new_power"
    POWER_REMOVED = "power_removed"
    NEW_EXCLUSION = "new_exclusion"
    EXCLUSION_REMOVED = "exclusion_removed"
    PROTECTION_ADDED = "protection_added"
    PROTECTION_REMOVED = "protection_removed"
    LONGER = "longer"
    SHORTER = "shorter"
    CHOICE_REMOVED = "choice_removed"
    CHOICE_ADDED = "choice_added"
    NARROWER = "narrower"
    WIDER = "wider"
    WORDING_ONLY = "wording_only"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words inside a reworded passage: old slice [a0:a1] became new slice [b0:b1].

    Offsets are relative to the passage's `before` and `after` texts.
    """

    a0: int
    a1: int
    b0: int
    b1: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Clauses that were added, removed, reworded or moved; `before`/`after` are verbatim slices.

    `before_start` and `after_start` are offsets into the old and the new version's text (-1: none).
    """

    kind: PassageKind
    before: str
    after: str
    before_start: int = -1
    after_start: int = -1
    path: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    significance: Significance = Significance.SUBSTANTIVE
    reasons: tuple[str, ...] = ()
    direction: Direction = Direction.UNCLEAR
    cues: tuple[str, ...] = ()
    weight: float = 0.0
    bearing: Bearing = Bearing.NEUTRAL


class Tier(StrEnum):
    """How a change is told: at once, in the digest as possibly substantive, or not at all."""

    PING = "ping"
    DIGEST = "digest"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Ruling:
    """Why a substantive change is told the way it is.

    `doubt` is what stands against it in words for people, empty where nothing does; `likely` (0 to 1) how likely the
    platform did something, where that was weighed, with what `speaks_for` it and `against`, the weightiest first.
    """

    rule: str
    tier: Tier
    doubt: str = ""
    likely: float | None = None
    speaks_for: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two readings, judged: significance with reasons a person can read.

    `tier` is how a substantive difference is told, `ruling` why; one compared without memory is told as a ping.
    """

    words_differ: bool
    links_differ: bool
    significance: Significance
    reasons: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    effective: date | None = None
    suspicious: bool = False
    tier: Tier = Tier.PING
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The difference between two consecutive versions, ready to be told; `id` is stable and citable."""

    id: str
    document: str
    before: str
    after: str
    seen_at: datetime
    difference: Difference
    touches: tuple[Touch, ...] = ()
    headline: str = ""

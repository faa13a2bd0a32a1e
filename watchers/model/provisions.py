"""What a text provides for: findings with the words that gave them away, and what became of them.

The kinds of provision are data (`watchers.provisions`); here they are names.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stance(StrEnum):
    """How a clause stands to what its provision is about."""

    DOES = "does"
    MAY = "may"
    DOES_NOT = "does_not"
    ASKS_CONSENT = "asks_consent"
    OFFERS_CHOICE = "offers_choice"
    LIMITED = "limited"
    PROHIBITS_READER = "prohibits_reader"
    THIRD_PARTY = "third_party"


class Exposure(StrEnum):
    """How much a provision asks of the reader."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Return its place from 0 for low to 2 for high: the one order of exposures."""
        return list(Exposure).index(self)


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason for an exposure, with the words it rests on (offsets into the version's text)."""

    name: str
    raises: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A provision recognised in a text: the clause or sentence [start:end] and the words that gave it away."""

    provision: str
    start: int
    end: int
    stance: Stance
    exposure: Exposure
    confidence: float
    cue_start: int
    cue_end: int
    cue: str = ""
    factors: tuple[Factor, ...] = ()

    def excerpt(self, text: str) -> str:
        """Return the verbatim words of the finding in the text it was found in."""
        return text[self.start : self.end]

    def moved(self, by: int) -> Finding:
        """Return the finding of the same words that stand `by` characters further on."""
        factors = tuple([Factor(one.name, one.raises, one.start + by, one.end + by) for one in self.factors])
        return Finding(
            *(self.provision, self.start + by, self.end + by, self.stance, self.exposure, self.confidence),
            *(self.cue_start + by, self.cue_end + by, self.cue, factors),
        )


class Turn(StrEnum):
    """What became of a provision between two versions."""

    APPEARED = "appeared"
    LEFT = "left"
    STRENGTHENED = "strengthened"
    WEAKENED = "weakened"
    REWORDED = "reworded"
    MOVED = "moved"


class Bearing(StrEnum):
    """What something that changed means for whoever reads the document."""

    WORSE = "worse"
    BETTER = "better"
    MIXED = "mixed"
    NEUTRAL = "neutral"

    @property
    def reverse(self) -> Bearing:
        """Return what the change back would mean."""
        return {Bearing.WORSE: Bearing.BETTER, Bearing.BETTER: Bearing.WORSE}.get(self, self)


@dataclass(frozen=True, slots=True)
class Touch:
    """A provision that a change touches, with the old and the new finding where there is one."""

    provision: str
    turn: Turn
    before: Finding | None = None
    after: Finding | None = None
    bearing: Bearing = Bearing.NEUTRAL

"""A change with the names and addresses people know it by: what pings, digests and lists are composed of.

Derived facts only; nothing is laid out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.compose.words import graver, listed, title_of
from watchers.comparing.summary import top_passages
from watchers.model import Change, Direction, Document, Passage, Platform, Significance, Touch, Turn
from watchers.provisions import taxonomy

TURNS = {
    Turn.APPEARED: "added",
    Turn.LEFT: "removed",
    Turn.STRENGTHENED: "strengthened",
    Turn.WEAKENED: "weakened",
    Turn.REWORDED: "reworded",
    Turn.MOVED: "moved",
}

DIRECTIONS = {
    Direction.NEW_RIGHT: "a new right",
    Direction.NEW_OBLIGATION: "a new obligation",
    Direction.NEW_DATA_USE: "a new use of data",
    Direction.PROTECTION_REMOVED: "a protection removed",
    Direction.CHOICE_REMOVED: "a choice removed",
    Direction.CHOICE_ADDED: "a choice added",
    Direction.NARROWER: "narrower",
    Direction.WIDER: "wider",
}
IN_HEADING = 2  # facts that a heading names; the others are told below it


class Deed(StrEnum):
    """What a person did about a ping."""

    ACKNOWLEDGED = "acknowledged"
    MUTED = "muted"
    NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True, slots=True)
class Mark:
    """Who did what about a change, shown on its message. `until` is the end of a mute."""

    deed: Deed
    person: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """One change as a channel is told it. `told` says that its ping was already posted there.

    `undone` is when the earlier words were back, learned after the change was told.
    """

    change: Change
    platform: Platform
    document: Document
    told: bool = False
    marks: tuple[Mark, ...] = ()
    undone: datetime | None = None

    @property
    def title(self) -> str:
        """Return the platform's and the document's name together."""
        return full_title(self.platform, self.document)

    @property
    def source(self) -> str:
        """Return the address of the watched page."""
        return self.document.parts[0].address if self.document.parts else ""

    @property
    def exposure(self) -> str:
        """Return the highest exposure among the provisions touched, or nothing where none was."""
        found = ""
        for touch in self.change.touches:
            finding = touch.after or touch.before
            found = graver(found, finding.exposure.value if finding else "")
        return found

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Return the passages worth reading, the weightiest first; those of wording only where there are no others."""
        every = self.change.difference.passages
        return top_passages(self.change.difference, len(every)) or every

    @property
    def wording(self) -> int:
        """Return how many further passages only change the wording."""
        every = self.change.difference.passages
        grave = sum(passage.significance is Significance.SUBSTANTIVE for passage in every)
        return len(every) - grave if grave else 0

    def beyond(self, shown: int) -> int:
        """Return how many passages that matter are not among the first `shown`; repeated ones count."""
        return len(self.change.difference.passages) - self.wording - shown

    @property
    def heading(self) -> str:
        """Say in a line what changed: document, and what became of its provisions or of the reader."""
        verb = "rolled back" if rolled_back(self.change) else "changed"
        facts = turned(self.change.touches) or directed(self.passages)
        said = f": {listed(facts, most=IN_HEADING)}" if facts else ""
        return f"{self.platform.name} {verb} its {title_of(self.document)}{said}"

    @property
    def line(self) -> str:
        """Say what changed where no passage stands beside it: in our words if they say something, else in theirs."""
        grave = self.change.difference.significance is Significance.SUBSTANTIVE
        return self.heading if grave and ": " in self.heading else self.headline

    @property
    def headline(self) -> str:
        """Say what changed with the words that changed, where no passage is shown beside it."""
        return self.change.headline or self.heading


def rolled_back(change: Change) -> bool:
    """Tell whether a change brings earlier words back."""
    return any("rolled back" in reason for reason in change.difference.reasons)


def full_title(platform: Platform, document: Document) -> str:
    """Name a document with its platform ("LinkedIn Privacy Policy")."""
    return f"{platform.name} {title_of(document)}"


def provision_title(provision: str) -> str:
    """Name a provision as the taxonomy does."""
    known = taxonomy.PROVISIONS.get(provision)
    return known.title if known else provision.replace("_", " ").capitalize()


def turned(touches: Sequence[Touch]) -> tuple[str, ...]:
    """Say what became of each provision ("AI training added"), the gravest first.

    A provision that only moved is left out; one that was only reworded comes after all others.
    """
    rank = {"high": 0, "medium": 1, "low": 2}

    def grave(touch: Touch) -> tuple[bool, int]:
        finding = touch.after or touch.before
        return touch.turn is Turn.REWORDED, rank[finding.exposure.value] if finding else 3

    told = sorted((touch for touch in touches if touch.turn is not Turn.MOVED), key=grave)
    return tuple(dict.fromkeys(f"{provision_title(touch.provision)} {TURNS[touch.turn]}" for touch in told))


def directed(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Say what passages do to people, each thing once ("a new right", "a choice removed")."""
    return tuple(
        dict.fromkeys(DIRECTIONS[passage.direction] for passage in passages if passage.direction in DIRECTIONS)
    )

"""The values every floor speaks of: what is watched, what was seen, what it says and what changed.

No behaviour beyond small derived facts lives here, and nothing here touches the world.
All offsets are character offsets into the text of one version; all times are aware UTC.
"""

from watchers.model.changes import (
    Change,
    Difference,
    Direction,
    Edit,
    Passage,
    PassageKind,
    Ruling,
    Significance,
    Tier,
)
from watchers.model.documents import Document, Part, Platform, Reader, Selector
from watchers.model.looks import Due, Look, Outcome, Past
from watchers.model.pages import Fetched, Health, Snapshot, Validators, Verdict
from watchers.model.provisions import Bearing, Exposure, Factor, Finding, Stance, Touch, Turn
from watchers.model.texts import Clause, ClauseKind, Link, Reading, Version

__all__ = [
    "Bearing",
    "Change",
    "Clause",
    "ClauseKind",
    "Difference",
    "Direction",
    "Document",
    "Due",
    "Edit",
    "Exposure",
    "Factor",
    "Fetched",
    "Finding",
    "Health",
    "Link",
    "Look",
    "Outcome",
    "Part",
    "Passage",
    "PassageKind",
    "Past",
    "Platform",
    "Reader",
    "Reading",
    "Ruling",
    "Selector",
    "Significance",
    "Snapshot",
    "Stance",
    "Tier",
    "Touch",
    "Turn",
    "Validators",
    "Verdict",
    "Version",
]

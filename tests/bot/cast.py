"""The cast of the bot's tests: a platform of our own, its documents, a change with a few passages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.compose.news import News
from watchers.model import (
    Change,
    Difference,
    Direction,
    Document,
    Edit,
    Exposure,
    Finding,
    Part,
    Passage,
    PassageKind,
    Platform,
    Significance,
    Stance,
    Touch,
    Turn,
)

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
BASE = "https://watch.example"
PRIVACY = Document("tern/privacy-policy", "tern", "Privacy Policy", (Part("https://tern.example/privacy"),))
TERMS = Document("tern/terms-of-service", "tern", "Terms of Service", (Part("https://tern.example/terms"),))
TERN = Platform("tern", "Tern", ("birdsite",), "social", (PRIVACY, TERMS))
KITE_TERMS = Document(
    "kite-mail/terms-of-service", "kite-mail", "Terms of Service", (Part("https://kite.example/terms"),)
)
KITE = Platform("kite-mail", "Kite Mail", ("kite",), "work", (KITE_TERMS,))

REWORDED = Passage(
    PassageKind.REWORDED,
    "We keep your posts for 30 days. You can delete them at any time.",
    "We keep your posts for 90 days. You can delete them at any time.",
    0,
    0,
    ("# Privacy", "## How long we keep things"),
    (Edit(23, 25, 23, 25),),
    weight=2.0,
    direction=Direction.WIDER,
)
ADDED = Passage(
    PassageKind.ADDED,
    "",
    "We may use your posts to train models of our own.",
    -1,
    80,
    ("# Privacy", "## Artificial intelligence"),
    weight=5.0,
    direction=Direction.NEW_DATA_USE,
)
REMOVED = Passage(PassageKind.REMOVED, "We never sell your data.", "", 120, -1, ("# Privacy",), weight=4.0)


def finding(
    provision: str = "ai_training", exposure: Exposure = Exposure.HIGH, start: int = 80, end: int = 129
) -> Finding:
    """Make a finding in the cast's text."""
    return Finding(provision, start, end, Stance.MAY, exposure, 0.9, start, start + 6)


def change(number: int = 1, document: Document = PRIVACY, *passages: Passage, **more: object) -> Change:
    """Make a change of the cast's platform."""
    difference = Difference(
        True,
        False,
        Significance.SUBSTANTIVE,
        ("a new use of data",),
        passages or (REWORDED, ADDED, REMOVED),
        date(2026, 12, 1),
    )
    touches = (Touch("ai_training", Turn.APPEARED, None, finding()),)
    made = Change(f"c{number}", document.id, "v1", "v2", NOW, difference, touches)
    return replace(made, **more)  # type: ignore[arg-type]


def news(number: int = 1, document: Document = PRIVACY, *passages: Passage, **more: object) -> News:
    """Make news of a change."""
    platform = TERN if document.platform == "tern" else KITE
    return News(change(number, document, *passages, **more), platform, document)

"""Weighing: what a change means for people orders its passages, the gravest provisions turned round first.

Nothing is found here; what is weighed was touched already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from watchers.model import Bearing, Difference, Finding, Passage, Stance, Touch, Turn
from watchers.provisions.taxonomy import PROVISIONS

#: What a provision turned round, one that came or went, and one that goes further or less far adds, for each step of
#: its weight in the taxonomy (1 to 4).
TURNED, CAME_OR_WENT, SHADED = 2.0, 1.0, 0.6
#: What is only done with people's consent or choice weighs this share of what is done without.
ASKED = 0.6
_CONSENT = re.compile(
    r"\b(?:(?:based on|with|upon|only after) your (?:\w+ )?consent|if you (?:consent|agree|opt in))\b", re.IGNORECASE
)
_ASKED = frozenset({Stance.ASKS_CONSENT, Stance.OFFERS_CHOICE})


def weighed(difference: Difference, touches: Sequence[Touch]) -> Difference:
    """Return the difference with its passages weighed by the provisions that are touched in them."""
    passages = tuple(
        replace(passage, weight=round(passage.weight + _graveness(passage, touches), 2))
        for passage in difference.passages
    )
    return replace(difference, passages=passages)


def _graveness(passage: Passage, touches: Sequence[Touch]) -> float:
    """Weigh a passage by the gravest provision touched in it; what its words make depend on consent weighs less."""
    weights = (gravity(one) * (ASKED if _asks(one, passage) else 1.0) for one in touching(touches, passage))
    return max(weights, default=0.0)


def _asks(touch: Touch, passage: Passage) -> bool:
    found = touch.after
    if found is None or passage.after_start < 0 or found.stance in _ASKED:
        return False
    start = max(0, found.start - passage.after_start)
    return bool(_CONSENT.search(passage.after, start, found.end - passage.after_start))


def touching(touches: Sequence[Touch], passage: Passage) -> Iterator[Touch]:
    """Yield the touches whose words lie in a passage."""
    sides = ("before", passage.before_start, passage.before), ("after", passage.after_start, passage.after)
    for touch in touches:
        for side, start, text in sides:
            if lies_in(getattr(touch, side), start, text):
                yield touch
                break


def lies_in(finding: Finding | None, start: int, words: str) -> bool:
    """Tell whether a finding and the words that begin at `start` (-1: nowhere) share any: it lies in their passage."""
    return finding is not None and start >= 0 and finding.start < start + len(words) and start < finding.end


def gravity(touch: Touch) -> float:
    """Return how grave it is that a provision is touched: by what it is, and by what became of it."""
    known = PROVISIONS.get(touch.provision)
    if known is None or (touch.turn in (Turn.REWORDED, Turn.MOVED) and touch.bearing is Bearing.NEUTRAL):
        return 0.0
    step = CAME_OR_WENT if touch.turn in (Turn.APPEARED, Turn.LEFT) else TURNED if is_turned(touch) else SHADED
    asked = touch.after is not None and touch.after.stance in _ASKED
    return step * known.weight * (1.0 if touch.bearing is Bearing.WORSE else 0.8) * (ASKED if asked else 1.0)


def is_turned(touch: Touch) -> bool:
    """Tell whether a provision that stays says the reverse now."""
    both = touch.before is not None and touch.after is not None and touch.before.stance is not touch.after.stance
    return both and touch.bearing is not Bearing.NEUTRAL

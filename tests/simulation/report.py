"""Counts what happened in a play, and says when it was too little to show anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.simulation.evidence import Evidence, kind
from tests.simulation.play import Played

KINDS = ("ping", "digest", "recall", "blind", "recovered")
TROUBLES = ("fetch", "post", "find", "locked", "full", "commit", "kill")


@dataclass(frozen=True, slots=True)
class Report:
    """What happened: editions that were seen to matter, rollbacks among them, messages by kind, troubles by kind."""

    steps: int
    rollbacks: int
    messages: Counter[str]
    troubles: Counter[str]
    fetches: int
    lives: int
    repeated: int
    refused: int

    @property
    def vacuous(self) -> str:
        """Say what a world lacks that is to show anything; nothing when it lacks nothing."""
        lacks = [f"no {name}" for name in ("ping", "digest") if not self.messages[name]]
        lacks += [f"no trouble with {name}" for name in ("fetch", "post", "full", "kill") if not self.troubles[name]]
        return ", ".join(["too few steps"] * (self.steps < 5) + lacks)

    def __str__(self) -> str:
        told = ", ".join(f"{self.messages[name]} {name}" for name in KINDS)
        troubles = ", ".join(f"{self.troubles[name]} {name}" for name in TROUBLES)
        return (
            f"{self.fetches} fetches, {self.steps} steps ({self.rollbacks} back), told {told} ({self.repeated} marked "
            f"as repeated, {self.refused} refused), troubles: {troubles}; {self.lives} lives"
        )


def report(played: Played) -> Report:
    """Count a play."""
    evidence, outside = Evidence(played), played.outside
    steps = [step for step in evidence.steps if step.matters]
    taken = [post for posts in evidence.posts.values() for post in posts if post.took]
    return Report(
        len(steps),
        sum(step.back for step in steps),
        Counter(map(kind, taken)),
        outside.faults,
        len(outside.fetches),
        played.lives,
        sum(post.repeated for post in taken),
        sum(post.refused for post in outside.posts),
    )

"""Rank the sentences of a text for a provision: the one that states its rule first, and how surely any does.

Every candidate is weighed for all provisions at once, and a text only once while it is remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from watchers.provisions.ranking.candidates import Candidate, candidates
from watchers.provisions.ranking.linear import Weighed, linear
from watchers.provisions.ranking.seen import cues_seen, shape_seen, words_seen

MODEL = "choice"
KEPT = 16
"""Texts whose candidates are remembered: those of a few platforms, half a megabyte each."""

FRONT = 16
"""Candidates that the words alone put in front, among which the right one is found in 98 of 100 documents."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate and what it is worth for a provision: above zero, it states the rule as far as the model can tell."""

    candidate: Candidate
    worth: float


class _Text:
    """The candidates of one text with their sums; cues cost most, and are tried on what the words put in front."""

    def __init__(self, text: str, kind: str) -> None:
        self.every = candidates(text)
        self.sums = [
            linear(MODEL).sums(dict.fromkeys(("always", *words_seen(one), *shape_seen(one, kind))))
            for one in self.every
        ]
        self.cued: dict[int, list[float]] = {}

    def best(self, at: int) -> list[Ranked]:
        """Return the best candidates for a label, best first."""
        front = sorted(range(len(self.every)), key=lambda number: -self.sums[number][at])[:FRONT]
        every = [Ranked(self.every[number], self.sums[number][at] + self._cues(number)[at]) for number in front]
        return sorted(every, key=lambda one: (-one.worth, one.candidate.start))

    def _cues(self, number: int) -> list[float]:
        if number not in self.cued:
            self.cued[number] = linear(MODEL).sums(cues_seen(self.every[number]))
        return self.cued[number]


@lru_cache(maxsize=KEPT)
def _weighed(text: str, kind: str) -> _Text:
    return _Text(text, kind)


def features(one: Candidate, kind: str) -> tuple[str, ...]:
    """Return all that is seen of a candidate in a document of a kind ("privacy", "terms", …)."""
    return tuple(dict.fromkeys(("always", *words_seen(one), *shape_seen(one, kind), *cues_seen(one))))


def ranked_candidates(provision: str, text: str, kind: str, most: int = 8) -> tuple[Ranked, ...]:
    """Return the best candidates of a text for a provision, best first; none for a provision nobody trained."""
    at = linear(MODEL).at.get(provision)
    return () if at is None else tuple(_weighed(text, kind).best(at)[:most])


def reasons(provision: str, one: Candidate, kind: str, most: int = 8) -> tuple[Weighed, ...]:
    """Return the words that weighed most for or against showing a candidate."""
    return linear(MODEL).weighed(provision, features(one, kind))[:most]

"""Which cues are worth trying on a sentence: all their patterns are run over it at once, in their wider form.

Nothing is matched here: a cue that comes through the sieve may still not be there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from watchers.provisions.cues import Cue, Pattern
from watchers.provisions.sieve import Sieve


@dataclass(frozen=True, slots=True)
class Probe:
    """One pattern of one cue."""

    cue: Cue
    pattern: Pattern


class Index:
    """Probes, in the order they came in."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.probes = tuple(Probe(cue, pattern) for cue in cues for pattern in cue.find)
        self._sieve = Sieve(probe.pattern.written for probe in self.probes)

    def candidates(self, low: str) -> list[Probe]:
        """Return, in order, the probes that may match words in small letters; those left out do not."""
        return [self.probes[number] for number in self._sieve.through(low)]

"""The cues of all provisions ready to be tried, and the evidence they give.

What the evidence comes to is told in `judge.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from watchers.provisions.cues import Cue, CueFile, Pattern, Scope
from watchers.provisions.index import Index, Probe


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at [start:end] of the text."""

    cue: Cue
    start: int
    end: int


@dataclass(slots=True)
class Evidence:
    """What speaks for one provision in one sentence."""

    hits: list[Hit] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """Add up the cues; the same cue counts once."""
        return sum({hit.cue.name: hit.cue.weight for hit in self.hits}.values())

    @property
    def strongest(self) -> Hit:
        """Return the cue that decided: the heaviest, the earliest of equals."""
        return max(self.hits, key=lambda hit: (hit.cue.weight, -hit.start))


@dataclass(frozen=True, slots=True)
class View:
    """What a cue is tried on: words in small letters, `skip` of which are inherited and not its own."""

    words: str
    start: int
    skip: int = 0

    def place(self, at: int) -> int:
        return self.start + max(0, at - self.skip)


def any_of(patterns: Iterable[Pattern], words: str) -> bool:
    return any(pattern.search(words) for pattern in patterns)


def all_of(patterns: Iterable[Pattern], words: str) -> bool:
    return all(pattern.search(words) for pattern in patterns)


def first_of(pattern: Pattern, view: View) -> tuple[int, int] | None:
    """Find the first match that ends in the view's own words."""
    search, words = pattern.compiled.search, view.words
    found = search(words)
    while found and found.end() <= view.skip:
        found = search(words, found.start() + 1)
    return found.span() if found else None


class CueSet:
    """All cues of some files, ready to be tried."""

    def __init__(self, files: Iterable[CueFile]) -> None:
        files = tuple(files)
        cues = [cue for file in files for cue in file.cues]
        self.thresholds = {file.provision: file.threshold for file in files}
        self.passing = {file.provision: file.passing for file in files if file.passing}
        self.elsewhere = {file.provision: file.elsewhere for file in files if file.elsewhere}
        self.index = {scope: Index(cue for cue in cues if cue.scope is scope) for scope in Scope}
        self.help = dict.fromkeys(self.thresholds, 0.0)  # what clauses and headings can add at most
        for cue in cues:
            if cue.scope is not Scope.SENTENCE:
                self.help[cue.provision] += max(0.0, cue.weight)

    def hopeful(self, probes: Sequence[Probe]) -> list[Probe]:
        """Leave out the probes of provisions that could not reach their threshold if all of them matched."""
        hope: dict[str, float] = {}
        for probe in probes:
            provision = probe.cue.provision
            hope[provision] = hope.get(provision, self.help[provision]) + max(0.0, probe.cue.weight)
        enough = {provision for provision, weight in hope.items() if weight >= self.thresholds[provision] - 1e-9}
        return [probe for probe in probes if probe.cue.provision in enough]

"""Which cues are worth trying on a sentence and where in it, found from its words alone.

Every word is looked at once in its life: what it contains and how it begins is remembered. Nothing is matched here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from watchers.provisions.cues import Cue, Pattern
from watchers.provisions.literals import BEGINNING, Group, worth

_WORDS = re.compile(r"[^\W_]+")
_REMEMBERED = 50_000
_GROUPS = 6  # groups of letters checked a pattern
_START = 3
_FEW = 12


@dataclass(frozen=True, slots=True)
class Probe:
    """One pattern of one cue, with masks of letters of which each must meet the sentence's.

    `firsts` numbers the set of beginnings a match may begin with (0: it may begin anywhere).
    """

    cue: Cue
    pattern: Pattern
    rarest: tuple[str, ...]
    masks: tuple[int, ...]
    firsts: int


@dataclass(frozen=True, slots=True)
class Word:
    """What is remembered of a word: letters it contains, sets of beginnings it meets, probes it calls for."""

    contains: int
    begins: frozenset[int]
    probes: tuple[int, ...]


def _order(group: Group) -> tuple[float, tuple[str, ...]]:
    return -worth(group), tuple(sorted(group))


class Words:
    """The words of one text to be searched, and where those stand that a match may begin with."""

    def __init__(self, found: list[tuple[Word, int]], anchored: frozenset[int]) -> None:
        self._found, self._anchored = found, anchored
        self._places: dict[int, list[int]] = {}

    def places(self, firsts: int) -> list[int]:
        """Return the offsets at which a pattern of these firsts may match, in order."""
        places = self._places.get(firsts)
        if places is None:
            places = [at for word, at in self._found if firsts in word.begins]
            if firsts in self._anchored and places[:1] != [0]:
                places.insert(0, 0)
            self._places[firsts] = places
        return places


class Index:
    """Probes by the rarest letters they need. Deterministic: probes keep the order they came in."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.probes: list[Probe] = []
        self._bits: dict[str, int] = {}
        self._starts: dict[str, list[tuple[str, int]]] = {}
        self._sets: dict[frozenset[str], int] = {}
        self._beginnings: dict[str, list[int]] = {}
        self._anchored: set[int] = set()
        self._first: dict[int, list[int]] = {}
        self._words: dict[str, Word] = {}
        for cue in cues:
            for pattern in cue.find:
                self._add(cue, pattern)

    def _bit(self, letters: str) -> int:
        if letters not in self._bits:
            self._bits[letters] = len(self._bits)
            self._starts.setdefault(letters[:_START], []).append((letters, self._bits[letters]))
        return self._bits[letters]

    def _add(self, cue: Cue, pattern: Pattern) -> None:
        own = pattern.needs
        needs = sorted({*own.groups, *(group for also in cue.also for group in also.needs.groups)}, key=_order)
        groups = [group for group in needs if worth(group) > 0][:_GROUPS] or needs[:1]
        masks = tuple(sum(1 << self._bit(letters) for letters in sorted(group)) for group in groups)
        rarest = tuple(sorted(groups[0])) if groups else ()
        for letters in rarest:
            self._first.setdefault(self._bit(letters), []).append(len(self.probes))
        self.probes.append(Probe(cue, pattern, rarest, masks, self._number(own.free) if own.free else 0))

    def _number(self, firsts: frozenset[str]) -> int:
        if firsts not in self._sets:
            self._sets[firsts] = len(self._sets) + 1
            for letters in sorted(firsts - {BEGINNING}):
                self._beginnings.setdefault(letters, []).append(self._sets[firsts])
            if BEGINNING in firsts:
                self._anchored.add(self._sets[firsts])
        return self._sets[firsts]

    def _learn(self, word: str) -> Word:
        contains, probes = 0, list[int]()
        for at in range(len(word) - _START + 1):
            for letters, bit in self._starts.get(word[at : at + _START], ()):
                if not contains >> bit & 1 and word.startswith(letters, at):
                    contains |= 1 << bit
                    probes += self._first.get(bit, ())
        heads = (word[:length] for length in range(1, len(word) + 1))
        begins = {number for head in heads for number in self._beginnings.get(head, ())}
        if len(self._words) >= _REMEMBERED:
            self._words.clear()
        self._words[word] = Word(contains, frozenset(begins), tuple(probes))
        return self._words[word]

    def candidates(self, low: str) -> tuple[list[Probe], Words | None]:
        """Return the probes whose letters all occur in the words of a text in small letters, and those words.

        Where there are few probes the words are not looked up and not returned: looking costs more than it saves.
        """
        if len(self.probes) <= _FEW:
            return [probe for probe in self.probes if any(letters in low for letters in probe.rarest)], None
        mask, numbers = 0, set[int]()
        known, found = self._words, list[tuple[Word, int]]()
        for match in _WORDS.finditer(low):
            text = match.group()
            word = known.get(text) or self._learn(text)
            if word.begins:
                found.append((word, match.start()))
            mask |= word.contains
            numbers.update(word.probes)
        probes = [probe for probe in map(self.probes.__getitem__, sorted(numbers)) if _meets(probe.masks, mask)]
        return probes, Words(found, frozenset(self._anchored))


def _meets(masks: tuple[int, ...], mask: int) -> bool:
    for one in masks:  # noqa: SIM110 - a plain loop is twice as fast, and this one runs more than any other
        if not one & mask:
            return False
    return True

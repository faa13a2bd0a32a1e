"""How alike two clauses are, and which of many are worth comparing at all.

Works on words in order, never on bags of words: the same words in another order may be another rule.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

Words = tuple[str, ...]

#: Words that stand in more leftover clauses than this say nothing about which of them belong together.
COMMON = 24
#: Candidates looked at for one clause: the quickest bound on the work of a rewritten document.
CANDIDATES = 6
#: A shorter clause counts as contained in a longer one only from this many words on.
CONTAINED_FROM = 8
#: Longer clauses are measured on this many first words.
LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Likeness:
    """A pair of clause numbers with how alike they are, from 0 to 1."""

    score: float
    a: int
    b: int


def likeness(a: Words, b: Words) -> float:
    """Return how alike two word sequences are: shared words in order against the mean, or the shorter length."""
    a, b = a[:LONGEST], b[:LONGEST]
    if not a or not b:
        return float(a == b)
    shared = LCSseq.similarity(a, b)
    even = 2 * shared / (len(a) + len(b))
    shorter = min(len(a), len(b))
    contained = 0.85 * shared / shorter if shorter >= CONTAINED_FROM and shared >= 0.8 * shorter else 0.0
    return max(even, contained)


def candidates(a: Mapping[int, Words], b: Mapping[int, Words]) -> Iterable[tuple[int, int]]:
    """Yield pairs that share rare words, at most `CANDIDATES` for each clause on the left."""
    index: dict[str, list[int]] = defaultdict(list)
    for j in b:
        for word in set(b[j]):
            index[word].append(j)
    for i in a:
        hits: Counter[int] = Counter()
        for word in set(a[i]):
            holders = index.get(word, ())
            if len(holders) <= COMMON:
                for j in holders:
                    hits[j] += 1
        for j, _ in sorted(hits.items(), key=lambda hit: (-hit[1] / (len(b[hit[0]]) + 8), hit[0]))[:CANDIDATES]:
            yield i, j


def best_pairs(found: Iterable[Likeness]) -> dict[int, int]:
    """Choose pairs greedily, the most alike first and near ones before far ones; each clause is used once."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for one in sorted(found, key=lambda f: (-f.score, abs(f.a - f.b), f.a + f.b, f.a)):
        if one.a not in pairs and one.b not in taken:
            pairs[one.a] = one.b
            taken.add(one.b)
    return pairs

"""Clauses that were cut in two or put together: what stood in one clause stands in it and in one beside it now.

Only the same words count; a clause that also says something else is no such pair.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from watchers.comparing.folding import folded
from watchers.model import Passage, PassageKind

Words = tuple[str, ...]

#: What is cut off a clause is as long as what it loses, but for so many signs between them.
CUT = 12


def cut_off(passages: Sequence[Passage]) -> frozenset[Passage]:
    """Return the clauses that came (or went) alone and those they were cut off (or put to), found by their words."""
    found: list[Passage] = []
    edited = [p for p in passages if p.edits]
    for kind in (PassageKind.ADDED, PassageKind.REMOVED):
        alone = _by_words((folded(_own(p)), p) for p in passages if p.kind is kind)
        lost = _by_words((words, p) for p in edited for words in _lost(p, kind)) if alone else {}
        for words in alone.keys() & lost.keys():
            own, loss = [len(_own(p)) for p in alone[words]], [_loss(p, kind) for p in lost[words]]
            found += (*_as_long(alone[words], own, loss), *_as_long(lost[words], loss, own))
    return frozenset(found)


def _by_words(found: Iterable[tuple[Words, Passage]]) -> Mapping[Words, list[Passage]]:
    groups: dict[Words, list[Passage]] = defaultdict(list)
    for words, passage in found:
        groups[words].append(passage)
    return groups


def _own(alone: Passage) -> str:
    return alone.after or alone.before


def _sides(edited: Passage, kind: PassageKind) -> tuple[str, str]:
    """Return the side of a reworded clause that holds both parts, and the one that holds what is left."""
    return (edited.before, edited.after) if kind is PassageKind.ADDED else (edited.after, edited.before)


def _loss(edited: Passage, kind: PassageKind) -> int:
    whole, rest = _sides(edited, kind)
    return len(whole) - len(rest)


def _lost(edited: Passage, kind: PassageKind) -> Iterator[Words]:
    """Yield the words that a clause lost at an end, if that is all that became of it."""
    whole, rest = map(folded, _sides(edited, kind))
    size = len(whole) - len(rest)
    found = {whole[len(rest) :]} if whole[: len(rest)] == rest else set()
    yield from found | ({whole[:size]} if size >= 0 and whole[size:] == rest else set())


def _as_long(passages: Sequence[Passage], sizes: Sequence[int], others: Sequence[int]) -> Iterator[Passage]:
    """Yield the passages for which one of the others is as long."""
    order = sorted(others)
    for passage, size in zip(passages, sizes, strict=True):
        at = bisect_left(order, size - CUT)
        if at < len(order) and order[at] <= size + CUT:
            yield passage

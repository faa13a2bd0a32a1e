"""Candidates: every sentence, item and row of a text that could be shown for a provision, cut to a readable length.

What a candidate is worth is not told here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from watchers.provisions.layout import Block, cut, lay_out, plain

FEWEST, MOST = 4, 80
"""Words of an excerpt: fewer state no rule, more are not read."""

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(
    r"; |[,.] (?=(?:and|or|but|provided|however|including|except|which|in) )|(?<=\S) (?=\((?:[a-z]|[ivx]+|\d)\) )|: "
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """The sentence at [start:end] of a text in small letters; its block's headings, lead-in, and place in it."""

    start: int
    end: int
    low: str
    path: tuple[str, ...]
    lead: str
    before: str
    after: str
    nth: int
    of: int
    at: float


def candidates(text: str) -> tuple[Candidate, ...]:
    """Return the candidates of a text in its order."""
    low = plain(text)
    found = [one for block in lay_out(text, low) if not block.heading for one in _of_block(cut(block, text, low), low)]
    around = ["", *(one.low for one in found), ""]
    return tuple(
        Candidate(one.start, one.end, one.low, one.path, one.lead, around[n], around[n + 2], one.nth, one.of, one.at)
        for n, one in enumerate(found)
    )


def _of_block(block: Block, low: str) -> Iterator[Candidate]:
    spans = [_trimmed(low, *piece) for start, end in block.sentences for piece in _pieces(low, start, end)]
    for nth, (start, end) in enumerate(spans):
        if len(_WORD.findall(low, start, end)) >= FEWEST:
            at = start / max(1, len(low))
            yield Candidate(start, end, low[start:end], block.path, block.lead, "", "", nth, len(spans), at)


def _trimmed(low: str, start: int, end: int) -> tuple[int, int]:
    words = low[start:end]
    return start + len(words) - len(words.lstrip(" |")), end - len(words) + len(words.rstrip(" |"))


def _pieces(low: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence whole, or in runs of clauses short enough to be read."""
    if low.count(" ", start, end) < MOST:
        yield start, end
        return
    begun = start
    last = start
    for stop in _BREAK.finditer(low, start, end):
        if low.count(" ", begun, stop.start()) >= MOST - 15 and last > begun:
            yield begun, last
            begun = last
        last = stop.end() if low[stop.start()] != " " else stop.start() + 1
    if low.count(" ", begun, end) >= MOST and last > begun:
        yield begun, last
        begun = last
    yield begun, end

"""A text cut into addressable clauses, each with the headings above it.

It does not align clauses of two texts; their ids are equal where their words are.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from watchers.model import Clause, ClauseKind
from watchers.reading.blocks import JOINT, MARK
from watchers.reading.words import words

_LINE = re.compile(r"[^\n]+")
_ROW_END = " |"
_HEADING_TITLES = 6


def clauses(text: str, *, named: bool = True) -> tuple[Clause, ...]:
    """Return the headings, paragraphs, items and rows of a canonical text, in order.

    A clause's slice leaves out its mark. Its id hashes its own folded words and counts equal ones, so that
    edits elsewhere do not move it; it is half of the cost, and empty where they are not to be `named`.
    """
    path: list[tuple[int, str]] = []
    seen: Counter[str] = Counter()
    found = []
    for ordinal, (kind, level, start, end) in enumerate(_pieces(text)):
        slice_ = text[start:end]
        if level:
            path = [above for above in path if above[0] < level]
        above = tuple(title for _, title in path)
        identity = _identity(kind, slice_, seen) if named else ""
        found.append(Clause(identity, kind, above, ordinal, start, end, slice_))
        if level:
            path.append((level, slice_))
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[ClauseKind, int, int, int]]:
    """Yield kind, heading level (0: none), start and end of each line that holds words."""
    for line in _LINE.finditer(text):
        if line[0].isspace() or line[0] == JOINT:
            continue
        mark = MARK.match(line[0])
        name = (mark.lastgroup or "") if mark else ""
        start = line.start() + (mark.end() if mark else 0)
        end = line.end() - (len(_ROW_END) if name == "row" and line[0].endswith(_ROW_END) else 0)
        level = (mark.end() - 1 if mark else 0) if name == "heading" else 0
        if start < end:
            yield (ClauseKind(name) if name else ClauseKind.PARAGRAPH), level, start, end


def _identity(kind: ClauseKind, slice_: str, seen: Counter[str]) -> str:
    digest = hashlib.blake2b(f"{kind is ClauseKind.HEADING}{words(slice_)}".encode(), digest_size=6).hexdigest()
    seen[digest] += 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"

"""Only the clauses worth comparing: the lines that differ, with the section around them.

A policy of 100 KB in which a sentence changed is not cut into a thousand clauses to find that out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from watchers.comparing.runs import Run, differing
from watchers.model import Clause, ClauseKind
from watchers.reading.clauses import clauses

#: Equal lines kept before and after what differs, unless a heading ends the section sooner.
BEFORE, AFTER = 40, 12
#: When more than this share of the lines would be looked at, the whole text is.
PARTLY = 0.5
_HEADING = re.compile(r"(#{1,6}) +(.+)")


@dataclass(frozen=True, slots=True)
class View:
    """The clauses of two texts that are worth comparing; `whole` when none was left out."""

    old: tuple[Clause, ...]
    new: tuple[Clause, ...]
    whole: bool


def view(old: str, new: str) -> View:
    """Return the clauses of both texts around the lines that differ."""
    a, b = old.split("\n"), new.split("\n")
    windows = _windows(differing(a, b), a, len(b))
    looked_at = max(sum(w.a1 - w.a0 for w in windows), sum(w.b1 - w.b0 for w in windows))
    if looked_at > PARTLY * min(len(a), len(b)):
        return View(clauses(old, named=False), clauses(new, named=False), True)
    return View(
        _clauses(old, a, [(w.a0, w.a1) for w in windows]), _clauses(new, b, [(w.b0, w.b1) for w in windows]), False
    )


def _windows(runs: Sequence[Run], a: Sequence[str], b_length: int) -> list[Run]:
    """Widen runs over equal lines to the section they stand in, and join those that meet."""
    windows: list[Run] = []
    for run in runs:
        back = min(BEFORE, run.a0)
        back = next((n for n in range(1, back) if _is_heading(a[run.a0 - n])), back)
        room = min(len(a) - run.a1, b_length - run.b1)
        ahead = next((n for n in range(min(AFTER, room)) if _is_heading(a[run.a1 + n])), min(AFTER, room))
        wide = Run(run.a0 - back, run.a1 + ahead, run.b0 - back, run.b1 + ahead)
        if windows and wide.a0 <= windows[-1].a1:
            wide = Run(windows[-1].a0, wide.a1, windows[-1].b0, wide.b1)
            windows.pop()
        windows.append(wide)
    return windows


def _is_heading(line: str) -> bool:
    return line.startswith("#") and bool(_HEADING.match(line))


def _clauses(text: str, lines: Sequence[str], windows: Sequence[tuple[int, int]]) -> tuple[Clause, ...]:
    ends = [0, *accumulate(map(len, lines))]  # without the line breaks
    found: list[Clause] = []
    for (first, end), path in zip(windows, _paths(lines, [first for first, _ in windows]), strict=True):
        at = ends[first] + first
        for clause in clauses("\n".join(lines[first:end]), named=False):
            start = clause.start + at
            level = _level(text, start) if clause.kind is ClauseKind.HEADING else 0
            if level:
                path = [above for above in path if above[0] < level]
            titles = tuple(title for _, title in path)
            found.append(replace(clause, ordinal=len(found), start=start, end=clause.end + at, path=titles))
            if level:
                path.append((level, clause.text))
    return tuple(found)


def _level(text: str, start: int) -> int:
    """Return how many marks stand before a heading's words."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return line.count("#")


def _paths(lines: Sequence[str], firsts: Sequence[int]) -> list[list[tuple[int, str]]]:
    """Return the headings above each of some lines, as levels and titles."""
    wanted = list(firsts)
    path: list[tuple[int, str]] = []
    out: list[list[tuple[int, str]]] = []
    for n in [n for n, line in enumerate(lines) if line[:1] == "#"]:
        while wanted and wanted[0] <= n:
            out.append(list(path))
            wanted.pop(0)
        if heading := _HEADING.match(lines[n]):
            path = [above for above in path if above[0] < len(heading[1])]
            path.append((len(heading[1]), heading[2].strip()))
    return out + [list(path) for _ in wanted]

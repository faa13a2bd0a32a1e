"""What is told of two texts that are too much to be compared word by word: the first lines that came and went.

Nothing is aligned and nothing is judged; all of it counts as a change that matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from watchers.comparing.runs import differing
from watchers.model import Difference, Passage, PassageKind, Reading, Significance

TOO_LARGE = "too large to compare: largely rewritten, see the redline"
#: So many passages are told, each of so many characters.
MOST, LONGEST = 100, 2_000


def compare_coarsely(old: Reading, new: Reading) -> Difference:
    """Return that the text was largely rewritten, with the first lines that came or went as verbatim passages."""
    links = old.links != new.links
    found = tuple(_passages(old.text, new.text))[:MOST]
    return Difference(True, links, Significance.SUBSTANTIVE, (TOO_LARGE,), found, suspicious=True)


def _passages(old: str, new: str) -> Iterator[Passage]:
    a, b = old.split("\n"), new.split("\n")
    a_starts, b_starts = _starts(a), _starts(b)
    for run in differing(a, b)[:MOST]:
        for n in range(run.a0, min(run.a1, run.a0 + MOST)):
            if a[n].strip():
                yield _passage(PassageKind.REMOVED, before=a[n][:LONGEST], before_start=a_starts[n])
        for n in range(run.b0, min(run.b1, run.b0 + MOST)):
            if b[n].strip():
                yield _passage(PassageKind.ADDED, after=b[n][:LONGEST], after_start=b_starts[n])


def _starts(lines: Sequence[str]) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in lines)]


def _passage(
    kind: PassageKind, *, before: str = "", after: str = "", before_start: int = -1, after_start: int = -1
) -> Passage:
    return Passage(
        kind, before, after, before_start, after_start, significance=Significance.SUBSTANTIVE, reasons=(TOO_LARGE,)
    )

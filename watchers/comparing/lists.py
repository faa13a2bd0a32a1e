"""The lists of a text: which clause introduces an item, and which of several such lists it is.

Found out once for a text; whether an item that changed lists matters is judged in `significance`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from watchers.model import Clause


class Lists:
    """The lists among the clauses of one text; a clause is known by where it starts."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._clauses = clauses

    def lead(self, item: Clause) -> str:
        """Return the words that introduce an item's list, or nothing."""
        above = self._above.get(item.start, -1)
        return self._clauses[above].text if above >= 0 else ""

    def which(self, item: Clause, lead: str) -> tuple[int, int]:
        """Return which of the clauses that say the same stands above an item, and how many of them there are."""
        same = self._starts.get(lead, []) if lead else []
        return bisect_left(same, item.start), len(same)

    @cached_property
    def _above(self) -> dict[int, int]:
        """Return for each clause the number of the last one of another kind before it."""
        found: dict[int, int] = {}
        above = -1
        for n, clause in enumerate(self._clauses):
            if n and self._clauses[n - 1].kind is not clause.kind:
                above = n - 1
            found[clause.start] = above
        return found

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        starts: dict[str, list[int]] = defaultdict(list)
        for clause in self._clauses:
            starts[clause.text].append(clause.start)
        return starts

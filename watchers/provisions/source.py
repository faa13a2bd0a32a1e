"""What there is of one document when a person asks about it: version, clauses, findings, and what may be missing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from watchers.model import Clause, Document, Finding, Version


@dataclass(frozen=True, slots=True)
class Source:
    """The version a card is about, with what was recognised in it and the page it was read from."""

    platform: str
    document: Document
    version: Version
    clauses: tuple[Clause, ...]
    findings: tuple[Finding, ...]
    caveats: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Name the document for a sentence."""
        return f"{self.platform}'s {self.document.type}"


def clause_at(clauses: Sequence[Clause], at: int) -> Clause | None:
    """Return the clause a character of the text stands in, or None."""
    before = bisect_right(clauses, at, key=lambda clause: clause.start)
    return clauses[before - 1] if before and at < clauses[before - 1].end else None

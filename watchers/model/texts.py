"""What a document says: the words read today, the words archived, and their clauses.

All offsets are character offsets into one text. What changed between two texts is a difference.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from watchers.model.pages import GOOD, Verdict


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a text that lead somewhere."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The words read off a document's snapshots with today's rules.

    `text` is Markdown with headings (`#`), list marks and table rows kept, inline marks and link
    targets dropped; parts are joined by a line `- - -`. `rules` names the extractor and its version.
    """

    text: str
    links: tuple[Link, ...] = ()
    language: str = ""
    title: str = ""
    verdict: Verdict = GOOD
    rules: str = ""

    @property
    def sha256(self) -> str:
        """Return the hash of the words, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Version:
    """A document's words as archived; there is a new one only when the words differ."""

    id: str
    document: str
    seen_at: datetime
    sha256: str
    text: str
    links: tuple[Link, ...] = ()
    language: str = ""
    rules: str = ""
    snapshots: tuple[str, ...] = ()


class ClauseKind(StrEnum):
    """The shape a clause has on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Clause:
    """An addressable piece of a text: `text` is `version.text[start:end]`, `path` the headings above it.

    `id` depends on the clause's own words (and which of several equal ones it is), not on its neighbours.
    """

    id: str
    kind: ClauseKind
    path: tuple[str, ...]
    ordinal: int
    start: int
    end: int
    text: str

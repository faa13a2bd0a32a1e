"""The hash chain of a document's versions, and the root over all documents of a day.

Pure arithmetic that anybody can repeat without our database: each link is the SHA-256 of a line of JSON
that names the link before it, so no version can be altered, dropped or slipped in unseen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class Link:
    """What a version's link in the chain is made of. `pages` are the SHA-256 of its raw pages."""

    document: str
    ordinal: int
    version: str
    seen_at: datetime
    text_sha256: str
    rules: str
    pages: tuple[str, ...] = ()


def head(before: str, link: Link) -> str:
    """Return the head of the chain after a link; `before` is the head so far, empty at the start."""
    seen = link.seen_at.astimezone(UTC).isoformat()
    facts = [before, link.document, link.ordinal, link.version, seen, link.text_sha256, link.rules, list(link.pages)]
    return _hash(json.dumps(facts, ensure_ascii=False, separators=(",", ":")))


def broken(links: Sequence[tuple[Link, str]]) -> int | None:
    """Return the ordinal of the first link whose kept head does not follow from what is before it, or None."""
    before = ""
    for place, (link, kept) in enumerate(links, start=1):
        if link.ordinal != place or head(before, link) != kept:
            return place
        before = kept
    return None


def root(before: str, day: date, heads: Iterable[tuple[str, str]]) -> str:
    """Return the root of a day over (document, head) pairs, sorted by document, and over the root before it."""
    lines = "".join(f"{document} {head}\n" for document, head in sorted(heads))
    return _hash(f"{before}\n{day.isoformat()}\n{lines}")


def version_id(document: str, seen_at: datetime, text_sha256: str) -> str:
    """Return the citable id of a version: the same facts always give the same id."""
    return "v" + _hash(f"{document}\n{seen_at.astimezone(UTC).isoformat()}\n{text_sha256}")[:16]


def change_id(before: str, after: str) -> str:
    """Return the citable id of the change between two versions."""
    return "c" + _hash(f"{before}\n{after}")[:16]


def snapshot_id(document: str, part: int, taken_at: datetime, sha256: str) -> str:
    """Return the id of a page as served."""
    return "s" + _hash(f"{document}\n{part}\n{taken_at.astimezone(UTC).isoformat()}\n{sha256}")[:16]


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()

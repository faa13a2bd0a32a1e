"""The document's own date as a witness: whether its "last updated" line moved between two versions.

Reads the head and the foot of a text only; the dates of single clauses are no concern of this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from watchers.comparing.dates import Meaning, mentions, says_only_a_date

#: A document states its own date within so many characters of its head, or of its foot.
HEAD, FOOT = 4_000, 1_500
#: A line that dates a document has at most so many characters; a longer one is a clause.
LINE = 400
_VERSION = re.compile(r"\b(?:version|fassung|versión|versione|versão|wersja|v\.)\s*(\d{1,3}(?:\.\d{1,3}){1,2})\b", re.I)


class DateMove(StrEnum):
    """What became of a document's own date between two versions."""

    FORWARD = "its own date moved forward"
    SAME = "its own date stayed the same"
    BACK = "its own date went back"
    GONE = "its own date is gone"
    CAME = "it states a date now"
    NONE = "it states no date"


def own_date(text: str) -> date | None:
    """Return the day a document says it was last changed on, or holds from; None where it says none.

    >>> own_date("# Terms\\n\\nLast updated: 3 May 2024\\n\\nYou may leave at any time.")
    datetime.date(2024, 5, 3)
    """
    return max(_stated(text), default=None)


def own_version(text: str) -> tuple[int, ...]:
    """Return the version number at the head of a document ("Version 3.2"), or an empty tuple."""
    found = _VERSION.search(text, 0, HEAD)
    return tuple(map(int, found[1].split("."))) if found else ()


def date_move(old: str, new: str) -> DateMove:
    """Say how the dates (or else the version numbers) of two texts relate."""
    before, after = own_date(old), own_date(new)
    if before is None and after is None:
        return _numbered(own_version(old), own_version(new))
    if before is None:
        return DateMove.CAME
    if after is None:
        return DateMove.GONE
    if before == after:
        return DateMove.FORWARD if own_version(old) < own_version(new) else DateMove.SAME
    return DateMove.FORWARD if before < after else DateMove.BACK


def _numbered(before: tuple[int, ...], after: tuple[int, ...]) -> DateMove:
    if not before or not after:
        return DateMove.NONE
    return DateMove.SAME if before == after else DateMove.FORWARD if before < after else DateMove.BACK


def _stated(text: str) -> Iterator[date]:
    """Yield the dates of lines at the head and foot that say which state of the document this is."""
    head, foot = text[:HEAD], text[max(HEAD, len(text) - FOOT) :]
    for line in (*head.split("\n"), *foot.split("\n")):
        if 6 <= len(line) <= LINE and any(map(str.isdigit, line)):
            alone = says_only_a_date(line)
            yield from (m.value for m in mentions(line) if alone or m.meaning is not Meaning.OTHER)

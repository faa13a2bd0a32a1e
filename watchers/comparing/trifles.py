"""Trifles: edits that say nothing by themselves, each seen in the edit and in what stands right beside it.

An edit costs the same in a text of any length. What the rest of a clause says is judged in `wording`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from watchers.comparing.folding import folded
from watchers.comparing.furniture import NEWS, looks_ahead, news
from watchers.comparing.spelling import GRAMMAR, TYPO
from watchers.model import Edit

Words = tuple[str, ...]

RENUMBERED = "numbering"

#: How far beside an edit its surroundings are read, in characters: an edit costs the same in a text of any length.
_NEAR = 64
_SERIES = ({",", "or"}, {",", "and"}, {",", ", or"}, {",", ", and"}, {"or", ", or"}, {"and", ", and"})
_CONJUNCTIONS = tuple({"", word} for word in ("and", "und", "et", "y", "e", "en"))
_ENUMERATOR = re.compile(
    r"[A-Z](?:\.(?:\d{1,3}|[a-z]|[ivx]{1,5}))+\.?|\(?(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.)]"
)
_OPENING = " \u00a0\"'“”„«‘(["


def trifle(before: str, after: str, edit: Edit) -> str:
    """Return why an edit says nothing by itself, or nothing."""
    return next((reason for fires, reason in _TRIFLES if fires(before, after, edit)), "")


def _changes(before: str, after: str, edit: Edit) -> tuple[str, str]:
    return unescape(before[edit.a0 : edit.a1]).strip(), unescape(after[edit.b0 : edit.b1]).strip()


def _continues_a_series(before: str, after: str, edit: Edit) -> bool:
    """Tell whether a comma stands for a conjunction, or an "and" came or went alone."""
    changes = set(_changes(before, after, edit))
    comma = before[max(0, edit.a0 - _NEAR) : edit.a0].rstrip().endswith(",")
    return changes in _SERIES or changes in _CONJUNCTIONS or (comma and changes == {"", "or"})


def _numbers_a_clause(before: str, after: str, edit: Edit) -> bool:
    """Tell whether all that came or went is the number that a sentence within the clause is listed under."""
    gone, come = _changes(before, after, edit)
    text, end = (after, edit.b1) if come else (before, edit.a1)
    follows = text[end : end + _NEAR].lstrip(_OPENING)[:1]
    return (not gone or not come) and bool(_ENUMERATOR.fullmatch(gone or come)) and follows.isupper()


def _says_twice(before: str, after: str, edit: Edit) -> bool:
    """Tell whether words that stood twice by mistake stand once now ("the right to right to vote"), or the reverse."""
    sides = (before, edit.a0, edit.a1), (after, edit.b0, edit.b1)
    gone, come = (folded(text[low:high]) for text, low, high in sides)
    twice = gone or come
    if (gone and come) or not twice or any(word[0].isdigit() for word in twice):
        return False
    text, low, high = sides[0] if gone else sides[1]
    lead, follow = _words_beside(text, low, high)
    return _ends_alike(lead[::-1], twice[::-1]) + _ends_alike(follow, twice) >= len(twice)


def _words_beside(text: str, low: int, high: int) -> tuple[Words, Words]:
    """Return the words before and after a slice: about as many as stand in it, for the text may be a long one."""
    reach = 2 * (high - low) + _NEAR
    first, end = max(0, low - reach), min(len(text), high + reach)
    while 0 < first < low and text[first - 1].isalnum():  # not half a word
        first += 1
    while high < end < len(text) and text[end].isalnum():
        end -= 1
    return folded(text[first:low]), folded(text[high:end])


def _ends_alike(a: Words, b: Words) -> int:
    """Return how many words two runs of words begin with alike."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _announces(before: str, after: str, edit: Edit) -> bool:
    """Tell whether sentences came or went that say no more than that the document was changed."""
    gone, come = _changes(before, after, edit)
    if (gone and come) or not (gone or come)[:1].isupper() or not (gone or come).endswith("."):
        return False
    return news(gone or come) and not (come and looks_ahead(come))


_TRIFLES: tuple[tuple[Callable[[str, str, Edit], bool], str], ...] = (
    (_continues_a_series, GRAMMAR),
    (_numbers_a_clause, RENUMBERED),
    (_says_twice, TYPO),
    (_announces, NEWS),
)

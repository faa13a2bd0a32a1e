"""Things that are counted up within one clause: the same things in another order say the same.

Items of a list are clauses of their own and are looked at elsewhere.
"""

from __future__ import annotations

import re

from watchers.comparing.folding import folded
from watchers.comparing.spelling import WEIGHTY

_BULLET = re.compile(r"(?:^|\s)[•·▪‣*](?=\s)")
_COMMA = re.compile(r"(?:(?<!\s)\s++)?(?:,|;|、|(?<!\w)(?:and|und|et|y|e|en|i|och)(?!\w))\s*")
#: Words that join things without weighing the one against the other.
_JOINING = frozenset("and und et y e en i".split())
#: One thing of a series has at most this many words; a longer part is a sentence that merely holds a comma.
LONGEST = 6


def reordered(before: str, after: str) -> bool:
    """Tell whether two clauses count up the same things in another order."""
    if sorted(folded(before)) != sorted(folded(after)):  # nearly always, and the cheapest to see
        return False
    return _same(_BULLET.split(before), _BULLET.split(after), longest=None) or _reordered_words(before, after)


def _reordered_words(before: str, after: str) -> bool:
    """Look at the words between what both begin and both end with, widened to whole things."""
    a, b = _middle(_COMMA.split(before), _COMMA.split(after))
    if _same(a, b, longest=LONGEST):
        return True
    x, y = _middle(before.split(" "), after.split(" "))  # "such as" and the like stand before the first thing
    return _same(_COMMA.split(" ".join(x)), _COMMA.split(" ".join(y)), longest=LONGEST)


def _middle(a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
    """Return the parts between what both begin and both end with."""
    head = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if folded(x) != folded(y)), 0)
    tail = next((n for n, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if folded(x) != folded(y)), 0)
    return a[head : len(a) - tail], b[head : len(b) - tail]


def _same(before: list[str], after: list[str], longest: int | None) -> bool:
    left, right = ([folded(part) for part in side if folded(part)] for side in (before, after))
    if len(left) < 2 or left == right or sorted(left) != sorted(right):
        return False
    return longest is None or all(len(part) <= longest and not {*part} & (WEIGHTY - _JOINING) for part in left)

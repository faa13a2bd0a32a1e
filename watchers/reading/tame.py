"""Bounds for hostile pages: how long, how deep, and how wide a page may be before it is parsed.

The parser's time grows with the square of the nesting depth and of the attributes of one tag; ordinary
pages stay far below these bounds and pass untouched.
"""

from __future__ import annotations

import re

#: Characters of a page that are read; the longest real policy page seen has 1.3 million.
LONGEST = 12_000_000
#: Browsers stop nesting at 512 elements (Chromium); deeper tags are dropped, their words kept.
DEEPEST = 400
#: Tags of a page that are read; the longest real policy page seen has 14,000.
MOST_TAGS = 150_000
_MANY_TAGS = 8_000
_LONGEST_TAG = 20_000
_MANY_ATTRIBUTES = 1_000

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60})[^<>]*>?")
_GIANT = re.compile(rf"<([a-zA-Z][a-zA-Z0-9-]{{0,30}})\s[^<>]{{{_LONGEST_TAG},}}>?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_EMPTY = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li option tr td th dt dd".split()
)


def tame(html: str) -> str:
    """Return the page within bounds: cut where too long, without what stands too deep or is too wide."""
    html = html[:LONGEST]
    if _has_giant_tag(html):
        html = _GIANT.sub(_narrowed, html)
    tags = html.count("<")
    if tags > MOST_TAGS:
        html = "<".join(html.split("<", MOST_TAGS)[:MOST_TAGS])
    return _flattened(html) if tags > _MANY_TAGS else html


def _has_giant_tag(html: str) -> bool:
    """Tell whether a tag may be longer than `_LONGEST_TAG`, leaping over all that is densely tagged."""
    at = 0
    while at + _LONGEST_TAG < len(html):
        last = html.rfind(">", at, at + _LONGEST_TAG)
        if last < 0:
            opened = html.rfind("<", at, at + _LONGEST_TAG)
            if opened >= 0 and html[opened + 1 : opened + 2].isalpha() and _GIANT.match(html, opened):
                return True
            last = at + _LONGEST_TAG - 1 if opened <= at else opened - 1
        at = last + 1
    return False


def _narrowed(found: re.Match[str]) -> str:
    """Drop a giant tag's attributes when they are many; a few giant ones do no harm."""
    return f"<{found[1]}>" if len(_QUOTED.sub("", found[0]).split()) > _MANY_ATTRIBUTES else found[0]


def _flattened(html: str) -> str:
    """Drop opening tags that stand too deep, and the closing tags that would have shut them."""
    depth = 0

    def keep(found: re.Match[str]) -> str:
        nonlocal depth
        closing, name = found[1], found[2].lower()
        if name in _EMPTY or found[0].endswith("/>"):
            return found[0]
        depth += -1 if closing else 1
        too_deep = depth > DEEPEST or (closing and depth >= DEEPEST)
        depth = max(depth, 0)
        return "" if too_deep else found[0]

    return _TAG.sub(keep, html)

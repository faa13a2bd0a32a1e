"""Strings made to hurt a pattern, out of its own parts: a way into a repetition, the repetition many times, no end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: What is repeated for every pattern, whatever it says.
PUMPS = (
    *("a", "A", "0", "1,", "1.", " ", "\n", "\t", "a ", "a.", "a-", ". ", "(", "[", "|", "*", "#", "<", "/", "é", '"'),
    "&",
)
MANY = 20
"""Repetitions that may go on further than this are attacked."""
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, getattr(sre, "POSSESSIVE_REPEAT", None))
NO_END = ("\x00", "!")


def attacks(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Give strings of about that length that make the pattern go back and forth."""
    for way_in, body in repetitions(parser.parse(pattern.pattern, pattern.flags)):
        if body:
            yield from (way_in + body * (length // len(body)) + end for end in NO_END)
            yield (way_in + body) * (length // len(way_in + body)) + NO_END[0]
    for pump in PUMPS:
        yield pump * (length // len(pump)) + NO_END[0]


def repetitions(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Give every long repetition of a parsed pattern: what leads to it, and what it repeats."""
    for op, given in tree:
        if op in REPEATS:
            _, most, inner = given
            if most > MANY:
                yield before, _sample(inner)
            yield from repetitions(inner, before)
        elif op is sre.SUBPATTERN:
            yield from repetitions(given[3], before)
        elif op is sre.ATOMIC_GROUP:
            yield from repetitions(given, before)
        elif op is sre.BRANCH:
            for branch in given[1]:
                yield from repetitions(branch, before)
        before += _sample([(op, given)])


def _sample(tree: Any) -> str:
    """Return a short string that a parsed pattern may match."""
    said = ""
    for op, given in tree:
        if op is sre.LITERAL:
            said += chr(given)
        elif op is sre.NOT_LITERAL:
            said += "a" if given != ord("a") else "b"
        elif op is sre.ANY:
            said += "a"
        elif op is sre.IN:
            said += _one_of(given)
        elif op in REPEATS:
            said += _sample(given[2]) * max(1, min(given[0], 3))
        elif op is sre.SUBPATTERN:
            said += _sample(given[3])
        elif op is sre.ATOMIC_GROUP:
            said += _sample(given)
        elif op is sre.BRANCH:
            said += _sample(given[1][0])
    return said


def _one_of(members: Any) -> str:
    named = {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a", sre.CATEGORY_NOT_SPACE: "a"}
    if members[0][0] is sre.NEGATE:
        shut = [re.compile("[" + re.escape(chr(one)) + "]") for op, one in members if op is sre.LITERAL]
        space = any(one is sre.CATEGORY_SPACE for op, one in members if op is sre.CATEGORY)
        return next(c for c in 'a x1.,"' if not (space and c == " ") and not any(p.match(c) for p in shut))
    op, one = members[0]
    return chr(one) if op is sre.LITERAL else chr(one[0]) if op is sre.RANGE else named.get(one, "a")

"""Patterns and words in the form in which RE2 tries them: wider than the pattern, so that nothing is ever missed.

A wider pattern matches wherever its own would, and seldom elsewhere; only `re` decides. Nothing is matched here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import re2

_FEW = 3
_SPACES = r"\s\x0b\x1c-\x1f"  # what Python takes for a space; RE2 leaves some out
_MOST = 64 << 10  # bytes RE2 may take for a pattern's states; 256 KB held 17 MB more and was a twelfth quicker
_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<look>\(\?<?[=!])|(?P<open>\()|(?P<shut>\))|\{(?P<low>\d+)(?:,(?P<high>\d*))?\}|.",
    re.S,
)


@cache
def _stand_in(letter: str) -> str:
    if letter.isspace():
        return " "
    if letter.isdecimal():
        return "0"
    return "z" if letter.isalnum() else "\x7f"


def folded(words: str) -> str:
    """Return words or a pattern in ASCII, character by character: RE2 takes no other letter for one.

    Each stand-in is of the same class in the eyes of a pattern: a letter, a digit, a space or a sign.
    """
    if words.isascii():
        return words
    for letter in set(words):  # far faster than `str.translate`, which looks up every letter
        if not letter.isascii():
            words = words.replace(letter, _stand_in(letter))
    return words


def wider(pattern: str) -> str:
    """Return a pattern without assertions and without bounds above a few.

    RE2 knows no look-around, and a bounded gap costs it as many states as the bound: `[^.]{0,80}` becomes `[^.]*`.
    Negated classes must name signs only, as `folded` takes letters for one another.
    """
    kept: list[str] = []
    barred = depth = 0  # inside an assertion since the bracket at this depth
    for token in _TOKEN.finditer(folded(pattern)):
        depth += bool(token["open"] or token["look"])
        if token["look"] and not barred:
            barred = depth
        if not barred:
            kept.append(_written(token))
        if token["shut"]:
            barred = 0 if barred == depth else barred
            depth -= 1
    return "".join(kept)


def _written(token: re.Match[str]) -> str:
    low, high = token["low"], token["high"]
    if low is not None and int(high or low) > _FEW:
        return "*" if low == "0" else "+"
    if token[0] == r"\s" or (token[0].startswith("[") and not token[0].startswith("[^")):
        return token[0].replace(r"\s", _SPACES) if token[0] != r"\s" else f"[{_SPACES}]"
    return token[0]


class Sieve:
    """Patterns run over words all at once; only those that may match come through. One RE2 refuses always does."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._filter = re2.Filter()
        self._tried: list[int] = []
        self.refused: list[int] = []
        for number, pattern in enumerate(patterns):
            try:
                self._filter.Add(wider(pattern).encode(), _OPTIONS)
                self._tried.append(number)
            except re2.error:
                self.refused.append(number)
        if self._tried:
            self._filter.Compile()

    def through(self, words: str) -> list[int]:
        """Return the numbers of the patterns that may match words in small letters, in order; the others do not."""
        found = self._filter.Match(folded(words).encode()) if self._tried else None
        return sorted([*self.refused, *map(self._tried.__getitem__, found or ())])


def _options() -> re2.Options:
    options = re2.Options()
    options.never_capture, options.log_errors, options.max_mem = True, False, _MOST
    return options


_OPTIONS = _options()

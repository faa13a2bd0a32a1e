"""The same words written otherwise: contractions, abbreviations, numbers in words, mail addresses hidden from robots.

Both sides of a comparison are read through here; nothing that comes out is ever shown.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from watchers.comparing.tables import pairs, table

_HIDES = re.compile(r"[\[(] ?at ?[\])]")
_HIDDEN_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]++ ?[\[(] ?at ?[\])] ?[\w-]+(?: ?(?:\.|[\[(] ?dot ?[\])]) ?[\w-]+)+")
_TWICE = re.compile(r"(?<![\w.+-])([\w.+-]++@[\w.-]+\w) ?\( ?\1 ?\)")
#: "thirty (30)" and "30 (thirty)", once the words are numbers.
_NUMBER_TWICE = re.compile(r"\b(\d+) ?\( ?\1 ?\)")
#: Numbers of one word and those made of two ("twenty-one", "vingt et un" is left alone).
_TENS_AND_ONES = re.compile(r"\b([2-9]0)[- ]([1-9])\b")


@lru_cache(maxsize=1024)
def evenly(text: str) -> str:
    """Return the text in one way of writing; equal results mean that two texts say the same."""
    plain = text.replace("’", "'").casefold()
    if _HIDES.search(plain):
        plain = _TWICE.sub(r"\1", _HIDDEN_ADDRESS.sub(lambda m: _opened(m.group()), plain))
    words, numbers = _numbers()
    plain = _TENS_AND_ONES.sub(lambda m: str(int(m[1]) + int(m[2])), words.sub(lambda m: numbers[m.group()], plain))
    for pattern, become in _ways():
        plain = pattern.sub(become, plain)
    return _NUMBER_TWICE.sub(r"\1", plain)


def _opened(hidden: str) -> str:
    return re.sub(r" ?[\[(] ?dot ?[\])] ?", ".", re.sub(r" ?[\[(] ?at ?[\])] ?", "@", hidden))


@cache
def _ways() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = (*pairs("written", "contractions"), *pairs("written", "abbreviations"))
    return tuple((re.compile(pattern), become) for pattern, become in rows)


@cache
def _numbers() -> tuple[re.Pattern[str], dict[str, str]]:
    values: dict[str, str] = {}
    for line in table("written")["numbers"]:
        values |= {word.casefold(): str(n) for n, word in enumerate(line.split()) if word != "_"}
    for line in table("written")["tens"]:
        values |= {word.casefold(): str(10 * n) for n, word in enumerate(line.split(), 3)}
    longest_first = sorted(values, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w])"), values

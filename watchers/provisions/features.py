"""What the model of presence sees of a sentence: its words and pairs of words, those around it, and the cues found.

A feature is a kind and what was seen, `word:personal_data`; a sentence has it or has it not. Nothing is weighed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|\d+")
_ADDRESS = re.compile(r"\]\([^\](]*+\)|https?://\S+")
_ABOVE = 3  # headings above a clause that are looked at

Grades = Mapping[str, float]
"""By how much the cues of each provision exceed its threshold; below zero they do not reach it."""


def words(low: str) -> list[str]:
    """Return the words of a text in small letters; figures are all one, and addresses are left out."""
    if "](" in low or "://" in low:
        low = _ADDRESS.sub(" ", low)
    return ["0" if word[0].isdigit() else word for word in _WORD.findall(low)]


def grams(row: Sequence[str]) -> list[str]:
    """Return words and their pairs: `["we", "keep"]` has `we`, `keep` and `we_keep`."""
    return [*row, *(f"{one}_{next_one}" for one, next_one in pairwise(row))]


def of_clause(kind: str, path: Sequence[str], lead: str, titles: Iterable[str], sentences: Sequence[str]) -> list[str]:
    """Return what all sentences of a clause share: document, headings, lead-in, and the clause's words.

    `titles` are the provisions that the headings speak for.
    """
    seen = {f"in:{kind or 'other'}", *(f"titled:{provision}" for provision in titles)}
    rows = [words(heading) for heading in path[-_ABOVE:]]
    seen.update(f"above:{word}" for row in rows for word in row)
    if rows:
        seen.update(f"head:{gram}" for gram in grams(rows[-1]))
    seen.update(f"lead:{gram}" for gram in grams(words(lead)))
    if len(sentences) > 1:
        seen.update(f"near:{word}" for sentence in sentences for word in words(sentence))
    return sorted(seen)


def of_sentence(
    sentence: str, lead: str, number: int, cues: Iterable[tuple[str, str]], grades: Grades, reached: Iterable[str]
) -> list[str]:
    """Return what a sentence has of its own.

    `number` counts the sentences of its clause from 0, `cues` are provisions with the names of cues found,
    `reached` the provisions that the rules alone would find.
    """
    own = words(sentence)
    seen = {f"word:{gram}" for gram in grams(own)}
    seen.update(f"word:{gram}" for gram in grams(words(lead)))
    seen.update(f"cue:{provision}/{name}" for provision, name in cues)
    seen.update(f"grade:{provision}:{_grade(excess)}" for provision, excess in grades.items())
    seen.update(f"reached:{provision}" for provision in reached)
    return sorted((*seen, f"length:{min(3, len(own) // 6)}", f"place:{min(3, number)}", "always"))


def _grade(excess: float) -> str:
    if excess >= 0.5:
        return "much"
    if excess >= -1e-9:
        return "enough"
    return "nearly" if excess > -0.6 else "little"

"""What is seen of a candidate: words of its own, above, before and after it, its shape, and the cues found in it.

Names of what is seen are readable; what each weighs is in the weights, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from watchers.provisions.cues import Cue, Scope, load
from watchers.provisions.index import Index
from watchers.provisions.ranking.candidates import Candidate

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|\d+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s")
_NUMBERED = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*\.?|\(?[a-z]\))\s")
_POINTS = re.compile(
    r"\b(?:please (?:see|read|refer|review|visit)|see (?:the|our|section)|click here|for more|learn more"
    r"|described (?:in|below)|set (?:out|forth) (?:in|below))\b"
)


def stems(low: str) -> list[str]:
    """Return the words of a text in small letters, without their endings; numbers are one word."""
    return [_stem(word) for word in _WORD.findall(low)]


def _stem(word: str) -> str:
    if word[0].isdigit():
        return "#"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def words_seen(one: Candidate) -> Iterable[str]:
    """Yield the words and pairs of a candidate, and those of its headings, lead-in and neighbours."""
    own = stems(one.low)
    yield from dict.fromkeys(own)
    yield from dict.fromkeys(f"{a} {b}" for a, b in pairwise(own))
    for title in one.path[-1:]:
        above = stems(title)
        yield from (f"heading:{word}" for word in dict.fromkeys(above))
        yield from (f"heading:{a} {b}" for a, b in pairwise(above))
    for title in one.path[:-1]:
        yield from (f"above:{word}" for word in dict.fromkeys(stems(title)))
    yield from (f"lead:{word}" for word in dict.fromkeys(stems(one.lead)))
    yield from (f"before:{word}" for word in dict.fromkeys(stems(one.before[-200:])))
    yield from (f"after:{word}" for word in dict.fromkeys(stems(one.after[:200])))


def shape_seen(one: Candidate, kind: str) -> Iterable[str]:
    """Yield how a candidate is made and where it stands; `kind` is the kind of its document."""
    count = one.low.count(" ") + 1
    yield f"document:{kind}"
    yield f"words:{min(9, count // 6) if count < 60 else 10}"
    yield f"place:{int(5 * one.at)}"
    yield f"sentence:{min(3, one.nth)}"
    yield f"ends:{one.low[-1:]}" if one.low[-1:] in ".:;?" else "ends:bare"
    if one.lead:
        yield "in a list"
    if _NUMBERED.match(one.low):
        yield "numbered"
    if _POINTS.search(one.low):
        yield "points elsewhere"
    if one.of == 1:
        yield "alone"


def cues_seen(one: Candidate) -> Iterable[str]:
    """Yield the cues found in a candidate, by provision and name, and how much they say together for a provision."""
    said: dict[str, float] = {}
    words = f"{one.lead} {one.low}" if one.lead else one.low
    for probe in _index().candidates(words):
        cue = probe.cue
        name = f"cue:{cue.provision}:{cue.name}"
        if name not in said and probe.pattern.compiled.search(words) and _holds(cue, words):
            said[name] = cue.weight
            yield name
    sums: dict[str, float] = {}
    for name, weight in said.items():
        provision = name.split(":")[1]
        sums[provision] = sums.get(provision, 0.0) + weight
    for provision, weight in sums.items():
        yield f"cued:{provision}"
        if weight >= 1:
            yield f"cued well:{provision}"


def _holds(cue: Cue, words: str) -> bool:
    return all(one.search(words) for one in cue.also) and not any(one.search(words) for one in cue.unless)


@cache
def _index() -> Index:
    """Return the cues of sentences and clauses, ready to be tried."""
    cues = (cue for file in load() for cue in file.cues)
    return Index(cue for cue in cues if cue.scope is not Scope.HEADING and cue.language in ("", "en"))

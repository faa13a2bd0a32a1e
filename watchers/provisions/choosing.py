"""What stands for a provision: which sentence of a document is shown, and which document of a platform.

Of what was recognised only. The order is that of a reader who wants the rule first: surely about it, whole, of
general force, from the document people look into.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from watchers.model import Exposure, Finding, Stance
from watchers.provisions.source import Source, clause_at
from watchers.provisions.taxonomy import PROVISIONS, looked_first

PROMISES = (Stance.DOES_NOT, Stance.PROHIBITS_READER, Stance.THIRD_PARTY)
"""What a document is known by only where it says nothing else as surely: a promise about one thing is not its rule."""

Rank = tuple[bool, float, bool]
"""Whether a document is silent, how much it lacks in sureness and place, whether it only promises: the least first."""

_WEIGHT = {Exposure.LOW: 0, Exposure.MEDIUM: 1, Exposure.HIGH: 2}
_READER = re.compile(r"\b(?:you|your|users?|customers?|members?|people)\b", re.IGNORECASE)
_ASIDE = re.compile(
    r"(?:to|for example|please (?:note|read|see)|this (?:means|includes)|in (?:certain|some) cases"
    r"|if you (?:are|become|reside|live))\b",
    re.IGNORECASE,
)
_SPECIAL = re.compile(r"\b(?:construed|apple|ios app|beta|free trial|pilots?)\b", re.IGNORECASE)
_CHILDREN = re.compile(r"\b(?:child(?:ren)?|minors?)\b", re.IGNORECASE)
FEWEST = 5
"""Words below which a sentence is hardly one."""

TITLE = 10
"""Words below which what ends without a full stop may be a title or an entry, and says nothing by itself."""

ENDS = frozenset('.!?;)"”’')

OPENING = 20
"""Characters within which a sentence comes to the point."""

READABLE = 500
"""Characters from which on a sentence is too long to stand for a provision, if there is a shorter one."""

LATER = 0.2
"""What a document loses in sureness for each place where people look before it."""

_REGION = re.compile(
    r"\b(?:residents? of|supplement\w*|jurisdictions?|regional|(?:state|country)-specific"
    r"|additional (?:information|disclosures?|terms) for"
    r"|california|brazil|canada|korea|australia|japan|colorado|virginia|texas|u\.?s\.? states?)\b",
    re.IGNORECASE,
)


def ranked(findings: Sequence[Finding], text: str) -> tuple[Finding, ...]:
    """Order the findings of one provision in a text: what can best stand for it first; the gravest of equals."""

    def place(f: Finding) -> tuple[float, int, int]:
        return -round(_prominence(f, text[f.start : f.end]), 2), -_WEIGHT[f.exposure], f.start

    return tuple(sorted(findings, key=place))


def _prominence(finding: Finding, sentence: str) -> float:
    """Return how well a sentence stands for its provision: as surely as it was recognised, and by how it is made."""
    return finding.confidence + sum(worth for worth, holds in MARKS if holds(finding, sentence))


def _is_fragment(_: Finding, sentence: str) -> bool:
    return len(sentence.split()) < FEWEST or "|" in sentence or sentence[-1:] == ":"


def _may_be_a_title(_: Finding, sentence: str) -> bool:
    return sentence[-1:] not in ENDS and len(sentence.split()) < TITLE


def _is_special(finding: Finding, sentence: str) -> bool:
    return bool(_SPECIAL.search(sentence)) or (finding.provision != "children" and bool(_CHILDREN.search(sentence)))


def _leaves_a_choice(finding: Finding, _: str) -> bool:
    return finding.stance is Stance.OFFERS_CHOICE and PROVISIONS[finding.provision].group == "ai"


MARKS: tuple[tuple[float, Callable[[Finding, str], bool]], ...] = (
    (-0.3, _is_fragment),
    (-0.2, _is_special),
    (-0.15, _may_be_a_title),
    (-0.12, lambda _, sentence: bool(_ASIDE.match(sentence))),
    (-0.1, lambda _, sentence: len(sentence) > READABLE),
    (-0.05, lambda finding, _: finding.stance in PROMISES),
    (0.06, lambda finding, _: finding.cue_start - finding.start < OPENING),
    (0.05, _leaves_a_choice),  # "unless you opt out" is what people ask for
    (0.03, lambda _, sentence: bool(_READER.search(sentence))),
    (0.02, lambda finding, _: len(finding.factors) > 0),
    (0.02, lambda finding, _: len(finding.factors) > 1),
)
"""What each way to make a sentence is worth; our own, chosen by what came first in the documents of five platforms."""


def sayings(provision: str, source: Source) -> tuple[Finding, ...]:
    """Return what a document says of a provision, what stands for it first; what holds in one region comes last."""
    found = ranked([one for one in source.findings if one.provision == provision], source.version.text)
    if provision == "regional_rights" or len(found) < 2:
        return found
    return tuple(sorted(found, key=lambda one: _in_a_region(source, one)))


def _in_a_region(source: Source, finding: Finding) -> bool:
    clause = clause_at(source.clauses, finding.start)
    return clause is not None and any(map(_REGION.search, clause.path[1:]))


def best_source(provision: str, sources: Sequence[Source]) -> Source | None:
    """Return the document that speaks surely of a provision, rather one where people look first.

    Where none speaks of it, the first that people would look into; None without any.
    """

    return min(sources, key=lambda source: rank(provision, source, sayings(provision, source)), default=None)


def rank(provision: str, source: Source, found: Sequence[Finding]) -> Rank:
    """Return where a document stands among a platform's for a provision, by what it says of it, the best first."""
    later = LATER * looked_first(provision, source.document.type)
    sure, promises = (round(found[0].confidence, 1), found[0].stance in PROMISES) if found else (0.0, True)
    return not found, later - sure, promises

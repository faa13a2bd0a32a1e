"""How well a recognised sentence can stand for its provision, where no model was trained: other languages than English.

Of what was recognised only. The order is that of a reader who wants the rule first: surely about it, whole, of
general force.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from watchers.model import Exposure, Finding, Stance
from watchers.provisions.source import Source, clause_at
from watchers.provisions.taxonomy import PROVISIONS

PROMISES = (Stance.DOES_NOT, Stance.PROHIBITS_READER, Stance.THIRD_PARTY)
"""What a document is known by only where it says nothing else as surely: a promise about one thing is not its rule."""

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

_REGION = re.compile(
    r"\b(?:residents? of|supplement\w*|jurisdictions?|regional|(?:state|country)-specific"
    r"|additional (?:information|disclosures?|terms) for"
    r"|california|brazil|canada|korea|australia|japan|colorado|virginia|texas|u\.?s\.? states?)\b",
    re.IGNORECASE,
)


OF_FORM = 5
"""Marks that need the sentence alone: the first of `MARKS`."""


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


def leaves_a_choice(finding: Finding, _: str = "") -> bool:
    """Tell whether a sentence on AI leaves a choice: "unless you opt out" is what people ask for."""
    return finding.stance is Stance.OFFERS_CHOICE and PROVISIONS[finding.provision].group == "ai"


MARKS: tuple[tuple[float, Callable[[Finding, str], bool]], ...] = (
    (-0.3, _is_fragment),
    (-0.2, _is_special),
    (-0.15, _may_be_a_title),
    (-0.12, lambda _, sentence: bool(_ASIDE.match(sentence))),
    (-0.1, lambda _, sentence: len(sentence) > READABLE),
    (-0.05, lambda finding, _: finding.stance in PROMISES),
    (0.06, lambda finding, _: finding.cue_start - finding.start < OPENING),
    (0.05, leaves_a_choice),  # "unless you opt out" is what people ask for
    (0.03, lambda _, sentence: bool(_READER.search(sentence))),
    (0.02, lambda finding, _: len(finding.factors) > 0),
    (0.02, lambda finding, _: len(finding.factors) > 1),
)
"""What each way to make a sentence is worth; our own, chosen by what came first in the documents of five platforms."""


def form(provision: str, sentence: str) -> float:
    """Return what the making of a sentence takes from it: fragments, titles, asides and special cases state no rule."""
    finding = Finding(provision, 0, len(sentence), Stance.DOES, Exposure.LOW, 1.0, 0, len(sentence))
    return sum(worth for worth, holds in MARKS[:OF_FORM] if sentence and holds(finding, sentence))


def in_a_region(source: Source, finding: Finding) -> bool:
    """Tell whether a finding stands under a heading of one region."""
    clause = clause_at(source.clauses, finding.start)
    return clause is not None and is_regional(clause.path)


def is_regional(path: Sequence[str]) -> bool:
    """Tell whether headings, the title aside, name one region."""
    return any(map(_REGION.search, path[1:]))

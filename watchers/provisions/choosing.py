"""What stands for a provision: which sentence of a document is shown, and which document of a platform.

In English the sentences of the whole text are ranked by `ranking`, which was trained on cards that people made; in
other languages, what was recognised is ranked. Either way the rule comes first, with its stance and exposure.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

from watchers.model import Finding
from watchers.provisions.exposure import weigh
from watchers.provisions.frames import frame_at
from watchers.provisions.judge import kind_of
from watchers.provisions.prominence import PROMISES, form, in_a_region, is_regional, leaves_a_choice, ranked
from watchers.provisions.ranking.rank import Ranked, ranked_candidates
from watchers.provisions.ranking.reading import judged_exposure, judged_stance
from watchers.provisions.source import Source
from watchers.provisions.taxonomy import looked_first

ENGLISH = ("", "en")
RECOGNISED, MARKED = 1.0, 2.0
"""What it is worth beside the model that a sentence was recognised, and how it is made; the best of the folds."""

REGIONAL, PROMISED, CHOSEN = 1.0, 0.6, 1.0
"""What it takes from a sentence that it stands under a region or only promises, and gives that it leaves a choice."""

KEPT = 512
"""Answers that are remembered, each a provision of a version."""

LATER = 0.1
"""What a document loses in sureness for each place where people look before it."""

Rank = tuple[bool, float, bool]
"""Whether a document is silent, how little its best sentence is worth, whether people look elsewhere: least first."""


def sayings(provision: str, source: Source) -> tuple[Finding, ...]:
    """Return what a document says of a provision, what stands for it first; what holds in one region comes last."""
    found = tuple(one for one in source.findings if one.provision == provision)
    version = source.version
    if version.language[:2] in ENGLISH:
        return _chosen(provision, version.text, kind_of(source.document.type), found)
    standing = ranked(found, version.text)
    if provision == "regional_rights" or len(standing) < 2:
        return standing
    return tuple(sorted(standing, key=lambda one: in_a_region(source, one)))


@lru_cache(maxsize=KEPT)
def _chosen(provision: str, text: str, kind: str, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the sentences of an English text that state a provision's rule, best first."""
    read = [(one, _finding(provision, text, kind, one, found)) for one in _worthy(provision, text, kind, found)]
    return tuple(finding for _, finding in sorted(read, key=lambda pair: -_standing(*pair)))


def _standing(one: Ranked, finding: Finding) -> float:
    """Return how well a sentence stands for a provision, now that its meaning is known: the general rule first."""
    special = finding.provision != "regional_rights" and is_regional(one.candidate.path)
    return one.worth - REGIONAL * special - PROMISED * (finding.stance in PROMISES) + CHOSEN * leaves_a_choice(finding)


def _worthy(provision: str, text: str, kind: str, found: Sequence[Finding]) -> Iterator[Ranked]:
    """Yield the sentences that are worth showing: by the model, by what was recognised, and by how they are made."""
    every = [_marked(provision, text, one, found) for one in ranked_candidates(provision, text, kind)]
    yield from (one for one in sorted(every, key=lambda one: -one.worth) if one.worth > 0)


def _marked(provision: str, text: str, one: Ranked, found: Sequence[Finding]) -> Ranked:
    at = one.candidate
    seen = any(each.start < at.end and at.start < each.end for each in found)
    return Ranked(at, one.worth + RECOGNISED * seen + MARKED * form(provision, text[at.start : at.end]))


def _finding(provision: str, text: str, kind: str, one: Ranked, found: Sequence[Finding]) -> Finding:
    """Return a chosen sentence as a finding: its cue is that of what was recognised in it, else all of it."""
    at = one.candidate
    inside = [each for each in found if at.start <= each.cue_start < at.end]
    cue = max(inside, key=lambda each: each.confidence, default=None)
    cue_end = min(cue.cue_end, at.end) if cue else -1
    frame = frame_at(provision, text, at.start, at.end, cue_end, at.lead)
    stance = judged_stance(frame, at.low, at.after, kind)
    _, factors = weigh(provision, at.low, at.start, stance)
    exposure = judged_exposure(frame, stance, factors, at.low)
    confidence = round(1 / (1 + math.exp(-one.worth - 1)), 3)
    cue_span = (cue.cue_start, cue_end, cue.cue) if cue else (at.start, at.end, "")
    return Finding(provision, at.start, at.end, stance, exposure, confidence, *cue_span, factors)


def best_source(provision: str, sources: Sequence[Source]) -> Source | None:
    """Return the document whose sentence states the rule best, rather one where people look first.

    Where none speaks of it, the first that people would look into; None without any.
    """
    return min(sources, key=lambda source: rank(provision, source, sayings(provision, source)), default=None)


def rank(provision: str, source: Source, found: Sequence[Finding]) -> Rank:
    """Return where a document stands among a platform's for a provision, by what it says of it, the best first."""
    later = looked_first(provision, source.document.type)
    sure = found[0].confidence if found else 0.0
    return not found, LATER * later - sure, later > 0

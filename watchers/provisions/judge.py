"""What a text says of each provision: cues are found sentence by sentence, and the model of presence weighs them.

Nothing is remembered between texts but headings already looked up; no network, no clock.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from watchers.comparing.conduct import CONDUCT, counts, is_conduct
from watchers.model import Finding, Stance
from watchers.provisions import features
from watchers.provisions.cues import Cue, Scope
from watchers.provisions.evidence import CueSet, Evidence, Hit, View, all_of, any_of, first_of
from watchers.provisions.exposure import weigh
from watchers.provisions.layout import Block, cut, lay_out, plain
from watchers.provisions.packs import Pack
from watchers.provisions.presence import Presence
from watchers.provisions.stance import stance

BY_WORDS = "its words"
"""What is given as the cue of a finding that no cue proposed."""

_RUN_IN = 70  # characters of a first sentence that may be the heading of its paragraph


def kind_of(doc_type: str) -> str:
    """Tell `privacy`, `conduct`, `terms` or "" (anything else) from a document's type."""
    low = doc_type.lower()
    if "privacy" in low or "cookie" in low or "data" in low or "tracker" in low:
        return "privacy"
    if is_conduct(doc_type):
        return CONDUCT
    return "terms" if "terms" in low or "agreement" in low or "conditions" in low else ""


Titles = dict[str, dict[str, dict[str, float]]]
"""What headings speak for: weights by heading, provision and cue."""

Weights = dict[str, dict[str, float]]
"""Weights by provision and cue."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A text and its blocks; `bare` when there is nothing in it but headings."""

    text: str
    low: str
    blocks: tuple[Block, ...]
    bare: bool


def laid_out(text: str) -> Laid:
    """Lay a text out for recognising."""
    low = plain(text)
    blocks = tuple(lay_out(text, low))
    return Laid(text, low, blocks, all(block.heading for block in blocks))


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence with the cues found in it; `grades` tell by how much they exceed the thresholds of provisions.

    `reached` are the provisions that the rules alone would find.
    """

    start: int
    end: int
    evidence: dict[str, Evidence]
    grades: dict[str, float]
    reached: frozenset[str]


class Judge:
    """The recogniser at work on one text. What it says of a block rests on the block and its path and lead alone."""

    def __init__(
        self,
        rules: CueSet,
        model: Presence | None,
        laid: Laid,
        kind: str,
        language: str,
        titles: Titles | None = None,
        known: Pack | None = None,
    ) -> None:
        self.rules, self.model, self.low, self.language = rules, model, laid.low, language
        self.known = known
        self.kind, self.conduct = "terms" if kind == CONDUCT else kind, kind == CONDUCT
        self.text, self.bare = laid.text, laid.bare
        self.of_title: Titles = {} if titles is None else titles

    def block(self, block: Block) -> Iterator[Finding]:
        """Yield the findings of one block; a heading is one only where the text has nothing but headings."""
        if block.heading and not self.bare:
            return
        block = cut(block, self.text, self.low)
        titles = self.titles(block)
        seen = self.seen(block, titles)
        for sentence, sums in zip(seen, self.weighed(block, titles, seen), strict=True):
            for provision in sorted(sums):
                yield self.finding(provision, sums[provision], sentence, block.lead)

    def weighed(self, block: Block, titles: Weights, seen: Sequence[Seen]) -> list[dict[str, float]]:
        """Return the provisions present in each sentence, with how far they are above what is asked."""
        if self.model is None:
            return [{name: 2 * one.grades[name] + 1 for name in one.reached} for one in seen]
        shared = self.model.sums(self.of_clause(block, titles))
        present = self.model.present
        return [
            present(shared, self.model.sums(self.of_sentence(block, number, one)), one.grades, one.reached)
            for number, one in enumerate(seen)
        ]

    def of_clause(self, block: Block, titles: Weights) -> list[str]:
        """Return the features that all sentences of a block share."""
        rows = [self.low[start:end] for start, end in block.sentences]
        return features.of_clause(self.kind, block.path, block.lead, titles, rows)

    def of_sentence(self, block: Block, number: int, seen: Seen) -> list[str]:
        """Return the features of one sentence of a block."""
        cues = ((provision, hit.cue.name) for provision, found in seen.evidence.items() for hit in found.hits)
        words = self.low[seen.start : seen.end]
        return features.of_sentence(words, block.lead, number, cues, seen.grades, seen.reached)

    def seen(self, block: Block, titles: Weights) -> list[Seen]:
        """Return the sentences of a block with what the rules make of them."""
        around = " ".join((*block.path, block.lead, self.low[block.start : block.end]))
        found = [self.sentence(block, start, end, around) for start, end in block.sentences]
        self.spread(block, around, found)
        grades = [{name: self.excess(name, evidence, titles) for name, evidence in one.items()} for one in found]
        reached = self.reached(block, grades)
        return [
            Seen(start, end, evidence, grade, names)
            for (start, end), evidence, grade, names in zip(block.sentences, found, grades, reached, strict=True)
        ]

    def reached(self, block: Block, grades: Sequence[dict[str, float]]) -> list[frozenset[str]]:
        """Name the provisions that each sentence reaches: its cues suffice, and no gate is shut on them."""
        names = [{name for name, excess in grade.items() if excess >= -1e-9} for grade in grades]
        if self.kind == "terms":
            names = [self.at_home(some, block, *at) for some, at in zip(names, block.sentences, strict=True)]
        if self.conduct:
            names = [
                {name for name in some if counts(name, self.low[start:end])}
                for some, (start, end) in zip(names, block.sentences, strict=True)
            ]
        more = {
            name: weight
            for name, weight in self.rules.passing.items()
            if in_passing(block, [name in some for some in names])
        }
        return [
            frozenset(name for name in some if grade[name] - more.get(name, 0.0) >= -1e-9)
            for some, grade in zip(names, grades, strict=True)
        ]

    def sentence(self, block: Block, start: int, end: int, around: str) -> dict[str, Evidence]:
        own = self.low[start:end]
        lead = block.lead + " " if block.lead else ""
        return self.collect(Scope.SENTENCE, View(lead + own, start, len(lead)), around)

    def spread(self, block: Block, around: str, sentences: list[dict[str, Evidence]]) -> None:
        """Give what the whole clause says to the sentence that speaks loudest of it."""
        view = View(self.low[block.start : block.end], block.start)
        spoken = {provision for found in sentences for provision in found}
        for provision, evidence in self.collect(Scope.CLAUSE, view, around, spoken).items():
            at = self.loudest(provision, evidence, block, sentences)
            sentences[at].setdefault(provision, Evidence()).hits += evidence.hits

    def loudest(self, provision: str, evidence: Evidence, block: Block, said: list[dict[str, Evidence]]) -> int:
        spoken = [number for number, found in enumerate(said) if provision in found]
        if spoken:
            return max(spoken, key=lambda number: (said[number][provision].weight, -number))
        first = evidence.strongest.start
        return next((n for n, (_, end) in enumerate(block.sentences) if first < end), len(said) - 1)

    def collect(self, scope: Scope, view: View, around: str, spoken: Container[str] = ()) -> dict[str, Evidence]:
        """Try the cues of a scope on a view; what speaks against is tried only for provisions `spoken` of."""
        found: dict[str, Evidence] = {}
        probes = self.rules.index[scope].candidates(view.words)
        if scope is Scope.SENTENCE:
            probes = self.rules.hopeful(probes)
        elif scope is Scope.CLAUSE:
            probes = [probe for probe in probes if probe.cue.weight > 0 or probe.cue.provision in spoken]
        for probe in probes:
            if (
                self.allowed(probe.cue)
                and (span := first_of(probe.pattern, view))
                and self.fits(probe.cue, view, around)
            ):
                hit = Hit(probe.cue, view.place(span[0]), view.place(span[1]))
                found.setdefault(probe.cue.provision, Evidence()).hits.append(hit)
        return found

    def allowed(self, cue: Cue) -> bool:
        speaks = not self.language or cue.language in ("", self.language[:2])
        return speaks and (not cue.kinds or not self.kind or self.kind in cue.kinds)

    def fits(self, cue: Cue, view: View, around: str) -> bool:
        return (
            all_of(cue.also, view.words)
            and not any_of(cue.unless, view.words)
            and all_of(cue.near, around)
            and not any_of(cue.far, around)
        )

    def titles(self, block: Block) -> Weights:
        """Return what the headings above a block (or run into it) speak for: weights by provision and cue."""
        start, end = block.sentences[0] if block.sentences else (0, 0)
        run_in = self.low[start:end] if len(block.sentences) > 1 and end - start <= _RUN_IN else ""
        weights: Weights = {}
        for title in (*block.path, run_in):
            for provision, cues in self.title(title).items():
                weights.setdefault(provision, {}).update(cues)
        return weights

    def title(self, title: str) -> Weights:
        """Return what one heading speaks for; the same heading is asked once."""
        if title not in self.of_title:
            found = self.collect(Scope.HEADING, View(title, 0), title)
            self.of_title[title] = {
                provision: {hit.cue.name: hit.cue.weight for hit in evidence.hits}
                for provision, evidence in found.items()
            }
        return self.of_title[title]

    def at_home(self, names: set[str], block: Block, start: int, end: int) -> set[str]:
        """Leave out provisions about personal data where terms do not speak of data."""
        if not names & self.rules.elsewhere.keys():
            return names
        said = " ".join((*block.path, block.lead, self.low[start:end]))
        return {name for name in names if all_of(self.rules.elsewhere.get(name, ()), said)}

    def excess(self, provision: str, evidence: Evidence, titles: Weights) -> float:
        return evidence.weight + sum(titles.get(provision, {}).values()) - self.rules.thresholds[provision]

    def finding(self, provision: str, total: float, seen: Seen, lead: str) -> Finding:
        """Make a finding of a provision present in a sentence, with the words that gave it away."""
        start, end = seen.start, seen.end
        words = self.low[start:end]
        hit = evidence.strongest if (evidence := seen.evidence.get(provision)) else None
        if hit and hit.cue.weight > 0:
            cue, cue_start = hit.cue.name, max(start, min(hit.start, end - 1))
            cue_end = min(max(hit.end, start + 1), end)
        else:
            cue = BY_WORDS
            cue_start, cue_end = self.telling(provision, words, start)
        stands = (hit and hit.cue.stance) or self.stance(words, cue_end - start, lead)
        exposure, factors = weigh(provision, words, start, stands)
        confidence = round(1 / (1 + math.exp(-total)), 3)
        return Finding(provision, start, end, stands, exposure, confidence, cue_start, cue_end, cue, factors)

    def stance(self, words: str, end: int, lead: str) -> Stance:
        """Judge how a sentence whose cue ends at `end` stands, in its own language."""
        return self.known.stance(words) if self.known else stance(words, end, lead)

    def telling(self, provision: str, words: str, start: int) -> tuple[int, int]:
        """Return where the words of a sentence stand that weighed most for a provision, or all of it."""
        grams = features.grams(features.words(words))
        for one in self.model.weighed(provision, [f"word:{gram}" for gram in grams]) if self.model else ():
            told = one.feature.removeprefix("word:").split("_")
            found = re.search(r"\b" + r"\W+".join(map(re.escape, told)) + r"\b", words)
            if one.weight > 0 and found:
                return start + found.start(), start + found.end()
        return start, start + len(words)


def in_passing(block: Block, speaks: Sequence[bool]) -> bool:
    """Tell whether a provision neither opens its clause nor fills half of it; `speaks` tells it of each sentence."""
    if not any(speaks) or speaks[0]:
        return False
    opening = block.sentences[0][1] - block.sentences[0][0] <= _RUN_IN and speaks[1]
    spoken = sum(end - start for (start, end), said in zip(block.sentences, speaks, strict=True) if said)
    return not opening and 2 * spoken < block.end - block.start

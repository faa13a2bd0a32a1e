"""Recognise provisions: for every sentence of a text, what it is about and the words that gave it away.

Rules decide (`cues/*.toml`): each cue found adds its weight, and a sentence counts when its provision's
threshold is reached. Nothing is remembered between texts but words already looked up; no network, no clock.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from watchers.comparing.conduct import CONDUCT, counts, is_conduct
from watchers.model import Finding
from watchers.provisions.cues import Cue, CueFile, Pattern, Scope, load
from watchers.provisions.exposure import weigh
from watchers.provisions.index import Index, Probe
from watchers.provisions.layout import Block, cut, lay_out, plain
from watchers.provisions.stance import stance

_RUN_IN = 70  # characters of a first sentence that may be the heading of its paragraph


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at [start:end] of the text."""

    cue: Cue
    start: int
    end: int


@dataclass(slots=True)
class Evidence:
    """What speaks for one provision in one sentence."""

    hits: list[Hit] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """Add up the cues; the same cue counts once."""
        return sum({hit.cue.name: hit.cue.weight for hit in self.hits}.values())

    @property
    def strongest(self) -> Hit:
        """Return the cue that decided: the heaviest, the earliest of equals."""
        return max(self.hits, key=lambda hit: (hit.cue.weight, -hit.start))


@dataclass(frozen=True, slots=True)
class _View:
    """What a cue is tried on: words in small letters, `skip` of which are inherited and not its own."""

    words: str
    start: int
    skip: int = 0

    def place(self, at: int) -> int:
        return self.start + max(0, at - self.skip)


def kind_of(doc_type: str) -> str:
    """Tell `privacy`, `conduct`, `terms` or "" (anything else) from a document's type."""
    low = doc_type.lower()
    if "privacy" in low or "cookie" in low or "data" in low or "tracker" in low:
        return "privacy"
    if is_conduct(doc_type):
        return CONDUCT
    return "terms" if "terms" in low or "agreement" in low or "conditions" in low else ""


def _any(patterns: Iterable[Pattern], words: str) -> bool:
    return any(pattern.search(words) for pattern in patterns)


def _all(patterns: Iterable[Pattern], words: str) -> bool:
    return all(pattern.search(words) for pattern in patterns)


def _first(pattern: Pattern, view: _View) -> tuple[int, int] | None:
    """Find the first match that ends in the view's own words."""
    search, words = pattern.compiled.search, view.words
    found = search(words)
    while found and found.end() <= view.skip:
        found = search(words, found.start() + 1)
    return found.span() if found else None


class Recogniser:
    """All cues of some files, ready to be tried."""

    def __init__(self, files: Iterable[CueFile]) -> None:
        files = tuple(files)
        cues = [cue for file in files for cue in file.cues]
        self.thresholds = {file.provision: file.threshold for file in files}
        self.passing = {file.provision: file.passing for file in files if file.passing}
        self.elsewhere = {file.provision: file.elsewhere for file in files if file.elsewhere}
        self.index = {scope: Index(cue for cue in cues if cue.scope is scope) for scope in Scope}
        self.help = dict.fromkeys(self.thresholds, 0.0)  # what clauses and headings can add at most
        for cue in cues:
            if cue.scope is not Scope.SENTENCE:
                self.help[cue.provision] += max(0.0, cue.weight)

    def hopeful(self, probes: Sequence[Probe]) -> list[Probe]:
        """Leave out the probes of provisions that could not reach their threshold if all of them matched."""
        hope: dict[str, float] = {}
        for probe in probes:
            provision = probe.cue.provision
            hope[provision] = hope.get(provision, self.help[provision]) + max(0.0, probe.cue.weight)
        enough = {provision for provision, weight in hope.items() if weight >= self.thresholds[provision] - 1e-9}
        return [probe for probe in probes if probe.cue.provision in enough]

    def recognise(self, text: str, *, doc_type: str = "", language: str = "") -> tuple[Finding, ...]:
        """Return the findings of a text in its order."""
        laid = laid_out(text)
        judge = Judge(self, laid, kind_of(doc_type), language)
        return tuple(found for block in laid.blocks for found in judge.block(block))


Titles = dict[str, dict[str, dict[str, float]]]
"""What headings speak for: weights by heading, provision and cue."""


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


class Judge:
    """The recogniser at work on one text. What it says of a block rests on the block and its path and lead alone."""

    def __init__(self, rules: Recogniser, laid: Laid, kind: str, language: str, titles: Titles | None = None) -> None:
        self.rules, self.low, self.language = rules, laid.low, language
        self.kind, self.conduct = "terms" if kind == CONDUCT else kind, kind == CONDUCT
        self.text, self.bare = laid.text, laid.bare
        self.of_title: Titles = {} if titles is None else titles

    def block(self, block: Block) -> Iterable[Finding]:
        """Yield the findings of one block; a heading is one only where the text has nothing but headings."""
        if block.heading and not self.bare:
            return
        block = cut(block, self.text, self.low)
        around = " ".join((*block.path, block.lead, self.low[block.start : block.end]))
        sentences = [self.sentence(block, start, end, around) for start, end in block.sentences]
        self.spread(block, around, sentences)
        titles = self.titles(block)
        reached = [self.reached(found, titles) for found in sentences]
        if self.kind == "terms":
            reached = [self.at_home(names, block, *at) for names, at in zip(reached, block.sentences, strict=True)]
        passing = {name for name in self.rules.passing if in_passing(block, [name in names for names in reached])}
        for (start, end), found, names in zip(block.sentences, sentences, reached, strict=True):
            for provision in sorted(names):
                more = self.rules.passing[provision] if provision in passing else 0.0
                yield from self.finding(provision, found[provision], titles, block.lead, start, end, more)

    def sentence(self, block: Block, start: int, end: int, around: str) -> dict[str, Evidence]:
        own = self.low[start:end]
        lead = block.lead + " " if block.lead else ""
        return self.collect(Scope.SENTENCE, _View(lead + own, start, len(lead)), around)

    def spread(self, block: Block, around: str, sentences: list[dict[str, Evidence]]) -> None:
        """Give what the whole clause says to the sentence that speaks loudest of it."""
        view = _View(self.low[block.start : block.end], block.start)
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

    def collect(self, scope: Scope, view: _View, around: str, spoken: Container[str] = ()) -> dict[str, Evidence]:
        """Try the cues of a scope on a view; what speaks against is tried only for provisions `spoken` of."""
        found: dict[str, Evidence] = {}
        probes = self.rules.index[scope].candidates(view.words)
        if scope is Scope.SENTENCE:
            probes = self.rules.hopeful(probes)
        elif scope is Scope.CLAUSE:
            probes = [probe for probe in probes if probe.cue.weight > 0 or probe.cue.provision in spoken]
        for probe in probes:
            if self.allowed(probe.cue) and (span := _first(probe.pattern, view)) and self.fits(probe.cue, view, around):
                hit = Hit(probe.cue, view.place(span[0]), view.place(span[1]))
                found.setdefault(probe.cue.provision, Evidence()).hits.append(hit)
        return found

    def allowed(self, cue: Cue) -> bool:
        speaks = not self.language or cue.language in ("", self.language[:2])
        return speaks and (not cue.kinds or not self.kind or self.kind in cue.kinds)

    def fits(self, cue: Cue, view: _View, around: str) -> bool:
        return (
            _all(cue.also, view.words)
            and not _any(cue.unless, view.words)
            and _all(cue.near, around)
            and not _any(cue.far, around)
        )

    def titles(self, block: Block) -> dict[str, dict[str, float]]:
        """Return what the headings above a block (or run into it) speak for: weights by provision and cue."""
        start, end = block.sentences[0] if block.sentences else (0, 0)
        run_in = self.low[start:end] if len(block.sentences) > 1 and end - start <= _RUN_IN else ""
        weights: dict[str, dict[str, float]] = {}
        for title in (*block.path, run_in):
            for provision, cues in self.title(title).items():
                weights.setdefault(provision, {}).update(cues)
        return weights

    def title(self, title: str) -> dict[str, dict[str, float]]:
        """Return what one heading speaks for; the same heading is asked once."""
        if title not in self.of_title:
            found = self.collect(Scope.HEADING, _View(title, 0), title)
            self.of_title[title] = {
                provision: {hit.cue.name: hit.cue.weight for hit in evidence.hits}
                for provision, evidence in found.items()
            }
        return self.of_title[title]

    def reached(self, found: dict[str, Evidence], titles: dict[str, dict[str, float]]) -> set[str]:
        """Name the provisions whose threshold a sentence reaches."""
        return {name for name, evidence in found.items() if self.excess(name, evidence, titles) >= -1e-9}

    def at_home(self, names: set[str], block: Block, start: int, end: int) -> set[str]:
        """Leave out provisions about personal data where terms do not speak of data."""
        if not names & self.rules.elsewhere.keys():
            return names
        said = " ".join((*block.path, block.lead, self.low[start:end]))
        return {name for name in names if _all(self.rules.elsewhere.get(name, ()), said)}

    def excess(self, provision: str, evidence: Evidence, titles: dict[str, dict[str, float]]) -> float:
        return evidence.weight + sum(titles.get(provision, {}).values()) - self.rules.thresholds[provision]

    def finding(
        self,
        provision: str,
        evidence: Evidence,
        titles: dict[str, dict[str, float]],
        lead: str,
        start: int,
        end: int,
        more: float,
    ) -> Iterable[Finding]:
        excess = self.excess(provision, evidence, titles) - more
        if excess < -1e-9:
            return
        hit = evidence.strongest
        cue_start, cue_end = max(start, min(hit.start, end - 1)), min(max(hit.end, start + 1), end)
        words = self.low[start:end]
        if self.conduct and not counts(provision, words):
            return
        stands = hit.cue.stance or stance(words, cue_end - start, lead)
        exposure, factors = weigh(provision, words, start, stands)
        confidence = round(1 / (1 + math.exp(-2 * excess - 1)), 3)
        yield Finding(
            provision, start, end, stands, exposure, confidence, cue_start, cue_end, hit.cue.name, factors
        )  # fmt: skip


def in_passing(block: Block, speaks: Sequence[bool]) -> bool:
    """Tell whether a provision neither opens its clause nor fills half of it; `speaks` tells it of each sentence."""
    if not any(speaks) or speaks[0]:
        return False
    opening = block.sentences[0][1] - block.sentences[0][0] <= _RUN_IN and speaks[1]
    spoken = sum(end - start for (start, end), said in zip(block.sentences, speaks, strict=True) if said)
    return not opening and 2 * spoken < block.end - block.start


@cache
def default() -> Recogniser:
    """Return the recogniser of the project's own cues, made once."""
    return Recogniser(load())


def recognise(text: str, *, doc_type: str = "", language: str = "") -> tuple[Finding, ...]:
    """Recognise the provisions of a whole version or of a single segment.

    `doc_type` is a document's type in any spelling, `language` a code such as "de"; both may be left out.
    Offsets of the findings are character offsets into `text`; order is that of the text, then of the ids.
    """
    return default().recognise(text, doc_type=doc_type, language=language)

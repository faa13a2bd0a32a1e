"""The provision card: everything that can be said of one provision in one document, from found facts.

Composed of maintained text and of slices of the archived version; nothing is inferred from what such
documents usually say, and nothing is concluded about what was not seen. No chat's layout is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from watchers.model import Exposure, Finding, Link, Stance, Turn
from watchers.provisions.bound import EVERYBODY, bound
from watchers.provisions.choosing import sayings
from watchers.provisions.explanations import Explanation, absences, explanations
from watchers.provisions.exposure import label
from watchers.provisions.frame_file import frames
from watchers.provisions.frames import Slot
from watchers.provisions.judge import kind_of
from watchers.provisions.law import Landscape, landscape, law
from watchers.provisions.layout import plain
from watchers.provisions.packs import pack
from watchers.provisions.source import Source, clause_at
from watchers.provisions.stated import frames_of, stated_in
from watchers.provisions.stating import absence, otherwise, statement
from watchers.provisions.taxonomy import PROVISIONS

DISCLAIMER = (
    "This is a description of what the document says, not a legal determination and not legal advice. "
    "Clausewatch is not affiliated with {platform}."
)

_CHOICES = ("choice", "by_default")
_ENGLISH = ("", "en")
PACK_TONGUE = (
    "This document is in the language “{language}”, of which fewer words are known here than of English: "
    "it may say more."
)
OTHER_TONGUE = (
    "This document is in the language “{language}”; provisions are recognised in English, German, French, Spanish, "
    "Dutch and Italian: it may say more."
)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an excerpt stands: a slice of an archived version, and the page it was read from."""

    platform: str
    document: str
    version: str
    seen_at: datetime
    sha256: str
    path: tuple[str, ...]
    start: int
    end: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What the text leaves open; `quote` holds the words it rests on, or is empty for what is missing."""

    says: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A factor of the exposure with its words."""

    label: str
    raises: bool
    quote: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What the text itself offers the reader to do, quoted, with the link it gives and the headings above it."""

    quote: str
    address: str = ""
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What became of the provision in one change, with its words before and after where they are quoted."""

    change: str
    at: datetime
    turn: Turn
    before: str = ""
    after: str = ""
    exposure: Exposure | None = None


@dataclass(frozen=True, slots=True)
class History:
    """How the document and this provision in it have moved since the first version kept.

    `first` quotes what the first version already said of it; it is empty where that said nothing.
    """

    since: datetime | None = None
    versions: int = 0
    changes: int = 0
    events: tuple[Event, ...] = ()
    first: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says of the provision, verbatim: here in another place, or elsewhere."""

    excerpt: str
    stance: Stance
    exposure: Exposure
    citation: Citation


@dataclass(frozen=True, slots=True)
class Card:
    """The whole card. Without a finding, `excerpt` is empty and `statement` says what was not recognised."""

    provision: str
    title: str
    statement: str
    excerpt: str
    citation: Citation | None
    stance: Stance | None
    meaning: str
    expectation: str
    facts: tuple[Slot, ...]
    binds: str
    open_points: tuple[OpenPoint, ...]
    exposure: Exposure | None
    reasons: tuple[Reason, ...]
    landscape: Landscape
    choices: tuple[Choice, ...]
    history: History
    elsewhere: tuple[Said, ...]
    further: tuple[Said, ...]
    caveats: tuple[str, ...]
    notice: str
    compiled: str
    disclaimer: str


def compose_card(provision: str, source: Source, history: History = History(), elsewhere: Sequence[Said] = ()) -> Card:
    """Compose the card of one provision in one document."""
    found = sayings(provision, source)
    best = found[0] if found else None
    explanation = explanations()[provision]
    read = frames_of(found, source.version.text)
    facts = stated_in(read)
    binds = _binds(source, best) if best else EVERYBODY
    return Card(
        provision=provision,
        title=PROVISIONS[provision].title,
        statement=statement(source.title, provision, best.stance, stated_in(read[:1]), binds) + otherwise(found)
        if best
        else absence(source.title, explanation.activity, whole=not source.caveats),
        excerpt=best.excerpt(source.version.text) if best else "",
        citation=cite(source, best) if best else None,
        stance=best.stance if best else None,
        meaning=explanation.meaning,
        expectation=PROVISIONS[provision].expectation,
        facts=facts,
        binds=binds,
        open_points=tuple(_open_points(source, explanation, best, facts)) if best else (),
        exposure=best.exposure if best else None,
        reasons=_reasons(source, best) if best else (),
        landscape=landscape(provision),
        choices=tuple(offered(source, found)),
        history=history,
        elsewhere=tuple(elsewhere),
        further=tuple(_said(source, each) for each in found[1:]),
        caveats=(*source.caveats, *_other_tongue(source)),
        notice=law().notice,
        compiled=law().compiled.isoformat(),
        disclaimer=DISCLAIMER.format(platform=source.platform),
    )


def _other_tongue(source: Source) -> Iterator[str]:
    if source.version.language not in _ENGLISH:
        known = pack(source.version.language)
        yield (PACK_TONGUE if known else OTHER_TONGUE).format(language=source.version.language)


def cite(source: Source, finding: Finding) -> Citation:
    """Say where a finding stands."""
    version = source.version
    clause = clause_at(source.clauses, finding.start)
    part = source.document.parts[0].address if source.document.parts else ""
    return Citation(
        source.platform,
        source.document.type,
        version.id,
        version.seen_at,
        version.sha256,
        clause.path if clause else (),
        finding.start,
        finding.end,
        part,
    )


def _said(source: Source, finding: Finding) -> Said:
    return Said(finding.excerpt(source.version.text), finding.stance, finding.exposure, cite(source, finding))


def absent(source: Source) -> tuple[str, ...]:
    """Name what a document of this kind does not contain and a reader would look for; English texts only."""
    if source.version.language not in _ENGLISH or source.caveats:
        return ()
    present = {finding.provision for finding in source.findings}
    worth = absences().get(kind_of(source.document.type), {})
    return tuple(says for provision, says in worth.items() if provision not in present)


def _reasons(source: Source, finding: Finding) -> tuple[Reason, ...]:
    text = source.version.text
    return tuple(Reason(label(f, finding.provision), f.raises, text[f.start : f.end]) for f in finding.factors)


def _binds(source: Source, finding: Finding) -> str:
    return bound(finding.provision, plain(finding.excerpt(source.version.text)), cite(source, finding).path)


def _open_points(
    source: Source, explanation: Explanation, finding: Finding, facts: Sequence[Slot]
) -> Iterator[OpenPoint]:
    """Name what is left open: slots that nothing fills, else what the rules of the type ask for.

    They know English only, and ask nothing of a promise not to.
    """
    if source.version.language not in _ENGLISH or finding.stance is Stance.DOES_NOT:
        return
    words = finding.excerpt(source.version.text)
    filled = {slot.name for slot in facts}
    slots = frames()[finding.provision].slots
    yield from (OpenPoint(slot.open) for slot in slots if slot.open and slot.name not in filled)
    section = _section(source, finding)
    for rule in explanation.open:
        if rule.when and (match := rule.when.search(words)):
            yield OpenPoint(rule.says, match.group())
        elif rule.unless and section and not slots and not rule.unless.search(section):
            yield OpenPoint(rule.says)


def _section(source: Source, finding: Finding) -> str:
    """Return the words of all clauses under the same headings as the finding's, or nothing where no heading is known.

    A row of a table has none: what its section leaves out cannot be told.
    """
    home = clause_at(source.clauses, finding.start)
    if home is None or not home.path:
        return ""
    together = [clause.text for clause in source.clauses if clause.path == home.path]
    return "\n".join((*home.path, *together))


def offered(source: Source, found: Sequence[Finding]) -> Iterator[Choice]:
    """Quote the sentences that offer a choice, each with the first link inside it; plain offers first.

    They are findings of the provision itself (ranked), or choices recognised in the same clause as one.
    """
    text = source.version.text
    quoted: set[str] = set()
    for finding in sorted(
        (*found, *_beside(source, found)),
        key=lambda f: (f.stance is not Stance.OFFERS_CHOICE, f is not found[0], f.start),
    ):
        offers = finding.stance in (Stance.OFFERS_CHOICE, Stance.ASKS_CONSENT)
        words = finding.excerpt(text)
        if (offers or any(f.name in _CHOICES for f in finding.factors)) and words not in quoted:
            quoted.add(words)
            yield Choice(words, _address(source.version.links, finding), cite(source, finding).path)


def _beside(source: Source, found: Sequence[Finding]) -> tuple[Finding, ...]:
    homes = {clause.id for f in found if (clause := clause_at(source.clauses, f.start))}
    choices = (f for f in source.findings if f.provision == "opt_out")
    return tuple(f for f in choices if (clause := clause_at(source.clauses, f.start)) and clause.id in homes)


def _address(links: Sequence[Link], finding: Finding) -> str:
    return next((link.address for link in links if link.start < finding.end and finding.start < link.end), "")

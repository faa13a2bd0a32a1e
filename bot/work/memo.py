"""A memo: a question, a short answer, the clauses verbatim with their citations, laws, open points. Pure.

What file it becomes is said in `word` and `pdf`. Every quoted word is a slice of the archive, with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.compose.card import told
from bot.compose.words import counted, day, listed
from watchers.provisions.card import Card, Citation
from watchers.provisions.comparison import Row
from watchers.provisions.law import law
from watchers.provisions.regions import STATUS, confirmed, region_title, within
from watchers.provisions.taxonomy import PROVISIONS

MOST_LAWS = 40
NOTICE = (
    "This memo describes what documents say. It gives no legal determination and no legal advice, and Clausewatch is "
    "not affiliated with any platform."
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of the archive and where they stand: `text` is characters `start` to `end` of the version."""

    text: str
    source: str
    version: str
    start: int
    end: int
    sha256: str

    @property
    def place(self) -> str:
        """Say where the words stand, so that `clausewatch verify` finds them."""
        return f"{self.source}; version {self.version}, characters {self.start} to {self.end}, SHA-256 {self.sha256}"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, in this order: paragraphs, quotations, points."""

    title: str
    paragraphs: tuple[str, ...] = ()
    quotations: tuple[Quoted, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo, ready to be written into a file. `made` is when it was."""

    title: str
    question: str
    answer: str
    sections: tuple[Section, ...]
    made: datetime
    notice: str = NOTICE


def quoted(text: str, citation: Citation) -> Quoted:
    """Return words of the archive with their place."""
    source = " › ".join((f"{citation.platform} {citation.document}", *citation.path))
    where = f"{source}, version of {day(citation.seen_at)}"
    return Quoted(text, where, citation.version, citation.start, citation.end, citation.sha256)


def memo_of_card(card: Card, name: str, now: datetime, regions: Sequence[str] = ()) -> Memo:
    """Return the memo of a provision at one platform, with the laws of some regions or of all."""
    sections = [*_clauses(card), *_exposure(card), _left_open(card), _history(card), *_laws(card, regions)]
    sections += [Section("What to check and ask", points=card.landscape.considerations)]
    sections += [Section("Contract and vendor implications", points=card.landscape.contract)]
    question = f"What does {name} say about {_in_sentence(card.title)}?"
    return Memo(f"{card.title} at {name}", question, card.statement, tuple(s for s in sections if _filled(s)), now)


def memo_of_comparison(provision: str, rows: Sequence[Row], silent: Sequence[str], now: datetime) -> Memo:
    """Return the memo of one provision over platforms, one section each; `silent` were looked in without a finding."""
    title = PROVISIONS[provision].title
    grave = [row.platform for row in rows if row.exposure and row.exposure.value == "high"]
    answer = f"{counted(len(rows), 'platform')} with a clause on it"
    answer += f"; high exposure at {listed(grave, most=6)}" if grave else "; none of high exposure"
    answer += f"; nothing was recognised at {listed(list(silent), most=6)}." if silent else "."
    sections = [_of_row(row) for row in rows]
    names = listed([row.platform for row in rows], most=8) or "the platforms"
    question = f"What do {names} say about {_in_sentence(title)}?"
    return Memo(f"{title}: {counted(len(rows), 'platform')} compared", question, answer, tuple(sections), now)


def _in_sentence(title: str) -> str:
    """Write a title within a sentence: “Sale of data” becomes “sale of data”, “AI training” stays."""
    return title if title[:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def _of_row(row: Row) -> Section:
    facts = [f"Stance: {row.stance.value.replace('_', ' ')}"] if row.stance else []
    facts += [f"exposure: {row.exposure.value}"] if row.exposure else []
    said = (f"{'; '.join(facts).capitalize()}.",) if facts else ()
    return Section(row.platform, said, (quoted(row.excerpt, row.citation),) if row.citation else ())


def _filled(section: Section) -> bool:
    return bool(section.paragraphs or section.quotations or section.points)


def _clauses(card: Card) -> Iterator[Section]:
    if card.citation:
        further = tuple(quoted(each.excerpt, each.citation) for each in card.further[:4])
        yield Section("The clause", card.caveats, (quoted(card.excerpt, card.citation), *further))
    else:
        yield Section("The clause", (card.statement, *card.caveats))


def _exposure(card: Card) -> Iterator[Section]:
    if card.exposure:
        points = tuple(f"{'raises' if r.raises else 'lowers'}: {r.label} (“{r.quote}”)" for r in card.reasons)
        usual = () if points else ("No word of it raises or lowers what such a clause commonly asks.",)
        yield Section(f"Exposure: {card.exposure.value}", usual, points=points)


def _left_open(card: Card) -> Section:
    points = tuple(f"{p.says} (“{p.quote}”)" if p.quote else p.says for p in card.open_points)
    return Section("What the text leaves open", points=points)


def _history(card: Card) -> Section:
    return Section("History", (f"{told(card.history).capitalize()}.",))


def _laws(card: Card, regions: Sequence[str]) -> Iterator[Section]:
    found = within(card.landscape, regions)
    if not found.hooks:
        return
    where = f" in {listed([region_title(region) for region in regions])}" if regions else ""
    points = []
    for hook in found.hooks[:MOST_LAWS]:
        status = STATUS.get(hook.instrument.status, "")
        named = f"{hook.instrument.title} ({hook.instrument.citation}), {hook.locator}"
        points.append(f"{named}{f' [{status}]' if status else ''}: {hook.why} ({confirmed(hook)})")
    yield Section(f"Laws it may engage{where}", (f"{law().notice} Compiled {card.compiled}.",), points=tuple(points))

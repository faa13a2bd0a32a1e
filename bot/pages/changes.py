"""What a redline shows: each passage with its runs, provisions and places, or the whole text with passages in place.

Pure; nothing is looked up and nothing is rendered here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.compose.news import TURNS
from bot.pages.rendering import Run, Shown, after_runs, before_runs, inline_runs, laid_out, shown
from bot.pages.shelf import Told
from bot.pages.whole import lines
from watchers.comparing.summary import SAID
from watchers.model import Clause, ClauseKind, Passage, PassageKind, Significance
from watchers.provisions.source import Source
from watchers.provisions.weighing import lies_in, touching
from watchers.reading.clauses import clauses


@dataclass(frozen=True, slots=True)
class Mark:
    """A provision beside a passage, and what became of it in words, if anything did."""

    provision: str
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage as it is shown. `id` names it for good; the clauses are those its words begin with."""

    id: str
    passage: Passage
    before: tuple[Run, ...]
    after: tuple[Run, ...]
    inline: tuple[Run, ...]
    marks: tuple[Mark, ...]
    direction: str = ""
    before_clause: str = ""
    after_clause: str = ""

    @property
    def moved(self) -> bool:
        """Tell whether the words are the same and only their place is new."""
        return self.passage.kind is PassageKind.MOVED and not self.passage.edits


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses that stand together: rows of one table, or anything else."""

    rows: bool
    shown: tuple[Shown, ...]

    @property
    def columns(self) -> int:
        """Return how many cells the longest row has."""
        return max(len(each.cells) for each in self.shown)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the whole text: a clause as it stands, or a passage."""

    shown: Shown
    entry: Entry | None = None
    gone: bool = False


def passages_of(told: Told) -> tuple[Entry, ...]:
    """Return all passages, those that matter before cosmetic ones, each as they stand in the text."""
    ordered = sorted(
        told.change.difference.passages,
        key=lambda p: (p.significance is not Significance.SUBSTANTIVE, max(p.after_start, p.before_start)),
    )
    before, after = _ids(clauses(told.before.text)), _ids(clauses(told.after.text))
    return tuple(_entry(passage, told, before, after) for passage in ordered)


def text_groups(source: Source) -> tuple[Group, ...]:
    """Return a version's whole text, laid out."""
    return _grouped(laid_out(source.version.text, source.clauses, source.findings))


def whole_text(told: Told) -> tuple[Place, ...]:
    """Return every clause of the new version in order, passages in their places, struck ones where they stood."""
    old, new = clauses(told.before.text), clauses(told.after.text)
    before, after = _ids(old), _ids(new)
    places = []
    for line in lines(old, new, told.change.difference.passages):
        entry = _entry(line.passage, told, before, after) if line.passage else None
        text = told.before.text if line.gone else told.after.text
        places.append(Place(shown(text, line.clause), entry, line.gone))
    return tuple(places)


def passage_id(passage: Passage) -> str:
    """Return the name of a passage on its page: where its words stand in the two versions, which never alters."""
    before = str(passage.before_start) if passage.before_start >= 0 else ""
    after = str(passage.after_start) if passage.after_start >= 0 else ""
    return f"p{before}-{after}"


def _entry(passage: Passage, told: Told, before: dict[int, str], after: dict[int, str]) -> Entry:
    return Entry(
        passage_id(passage),
        passage,
        before_runs(passage),
        after_runs(passage),
        inline_runs(passage),
        _marks(passage, told),
        SAID.get(passage.direction, ""),
        before.get(passage.before_start, ""),
        after.get(passage.after_start, ""),
    )


def _marks(passage: Passage, told: Told) -> tuple[Mark, ...]:
    """Return the provisions of a passage: those the change touches with their turns, then the others."""
    turns: dict[str, str] = {}
    for touch in touching(told.change.touches, passage):
        turns.setdefault(touch.provision, TURNS[touch.turn])
    for finding in told.findings:
        if lies_in(finding, passage.after_start, passage.after):
            turns.setdefault(finding.provision, "")
    return tuple(Mark(provision, turn) for provision, turn in turns.items())


def _ids(some: Sequence[Clause]) -> dict[int, str]:
    return {clause.start: clause.id for clause in some}


def _grouped(some: Sequence[Shown]) -> tuple[Group, ...]:
    rows = groupby(some, key=lambda each: each.clause.kind is ClauseKind.ROW)
    return tuple(Group(are_rows, tuple(group)) for are_rows, group in rows)

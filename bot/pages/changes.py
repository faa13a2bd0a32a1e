"""What a redline shows: each passage with its runs and provisions, or the whole text with passages in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.pages.rendering import Run, Shown, after_runs, before_runs, inline_runs, laid_out
from bot.pages.shelf import Told
from watchers.model import ClauseKind, Finding, Passage, PassageKind, Significance
from watchers.provisions.card import Source
from watchers.reading.clauses import clauses


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage as it is shown."""

    passage: Passage
    before: tuple[Run, ...]
    after: tuple[Run, ...]
    inline: tuple[Run, ...]
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses that stand together: rows of one table, or anything else."""

    rows: bool
    shown: tuple[Shown, ...]


def passages_of(told: Told) -> tuple[Entry, ...]:
    """Return all passages, those that matter before cosmetic ones, each as they stand in the text."""
    ordered = sorted(
        told.change.difference.passages,
        key=lambda p: (p.significance is not Significance.SUBSTANTIVE, max(p.after_start, p.before_start)),
    )
    return tuple(_entry(passage, told.findings) for passage in ordered)


def text_groups(source: Source) -> tuple[Group, ...]:
    """Return a version's whole text, laid out."""
    return _grouped(laid_out(source.clauses, source.findings))


def whole_text(told: Told) -> tuple[Group, ...]:
    """Return the new version's whole text with what was put in, and after its neighbour what was struck out."""
    after = {p.after_start: p for p in told.change.difference.passages if p.after_start >= 0}
    gone = [p for p in told.change.difference.passages if p.kind is PassageKind.REMOVED]
    shown: list[Shown] = []
    for each in laid_out(clauses(told.after.text), told.findings):
        passage = after.get(each.clause.start)
        shown.append(_marked(each, passage) if passage else each)
    return _grouped((*shown, *(_struck(passage, number) for number, passage in enumerate(gone, 1))))


def _entry(passage: Passage, findings: Sequence[Finding]) -> Entry:
    start, end = passage.after_start, passage.after_start + len(passage.after)
    within = (f.provision for f in findings if start >= 0 and start <= f.start < end)
    names = tuple(dict.fromkeys(within))
    return Entry(passage, before_runs(passage), after_runs(passage), inline_runs(passage), names)


def _marked(shown: Shown, passage: Passage) -> Shown:
    if shown.level or shown.cells or passage.kind is PassageKind.ADDED:
        return replace(shown, state="added")
    return replace(shown, runs=inline_runs(passage))


def _struck(passage: Passage, number: int) -> Shown:
    (clause, *_) = clauses(passage.before) or (None,)
    assert clause is not None
    clause = replace(clause, id=f"gone-{number}", kind=ClauseKind.PARAGRAPH)
    return Shown(clause, 0, passage.before, (), (), before_runs(passage), "removed")


def _grouped(shown: Sequence[Shown]) -> tuple[Group, ...]:
    return tuple(
        Group(rows, tuple(some)) for rows, some in groupby(shown, key=lambda each: each.clause.kind is ClauseKind.ROW)
    )

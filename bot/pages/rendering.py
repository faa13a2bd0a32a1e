"""Rendering: templates, and the few shapes that HTML needs of a text. Nothing is looked up here.

Everything is escaped by the templates; no word of a watched page is ever marked safe.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from watchers.model import Clause, ClauseKind, Edit, Finding, Passage
from watchers.provisions.regions import STATUS, confirmed, region_title

_UNSEEN = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Controls that could turn the order of what stands beside them, or are not for showing at all."""


TOP_LEVEL = 3
"""The level of a document's first headings: those of our own page stand above them."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one state: "" as they stayed, "del" struck out, "ins" put in."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause as it is laid out: its level (0 for none), its words, a row's cells, its provisions, an item's mark."""

    clause: Clause
    level: int
    text: str
    cells: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    mark: str = ""


@cache
def environment() -> Environment:
    """Return the templates' environment, made once."""
    made = Environment(
        loader=PackageLoader("bot.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(day=day, moment=moment, clean=clean, spoken=spoken, web=web)
    made.filters.update(region=region_title, status=STATUS.__getitem__, confirmed=confirmed)
    return made


def render(template: str, **values: Any) -> str:
    """Render a template to a page."""
    return environment().get_template(template).render(**values)


def clean(text: str) -> str:
    """Drop characters that could disturb what stands around a text, but no word of it."""
    return _UNSEEN.sub("", text)


def web(address: str) -> str:
    """Return an address that leads to a web page, or nothing: no other kind is ever made a link."""
    return clean(address) if address.lower().startswith(("https://", "http://")) else ""


def day(moment: date | datetime | None) -> str:
    """Write a date for people."""
    return f"{moment.day} {moment:%B %Y}" if moment else "–"


def moment(at: datetime | None) -> str:
    """Write a moment for people, in UTC."""
    return f"{at.day} {at:%B %Y, %H:%M} UTC" if at else "–"


def spoken(name: str) -> str:
    """Write an id of ours for people."""
    return name.replace("_", " ")


def before_runs(passage: Passage) -> tuple[Run, ...]:
    """Return the old words of a passage, what was struck out marked."""
    return _runs(passage.before, [(e.a0, e.a1) for e in passage.edits], "del")


def after_runs(passage: Passage) -> tuple[Run, ...]:
    """Return the new words of a passage, what was put in marked."""
    return _runs(passage.after, [(e.b0, e.b1) for e in passage.edits], "ins")


def inline_runs(passage: Passage) -> tuple[Run, ...]:
    """Return both in one line: what stayed once, what was struck out before what was put in."""
    if not passage.edits:
        return (
            (*before_runs(passage), *after_runs(passage)) if passage.before != passage.after else (Run(passage.after),)
        )
    return tuple(run for run in _inline(passage, passage.edits) if run.text)


def _runs(text: str, spans: Sequence[tuple[int, int]], mark: str) -> tuple[Run, ...]:
    if not spans:
        return (Run(text, mark),) if text else ()
    runs, at = [], 0
    for start, end in spans:
        runs += [Run(text[at:start]), Run(text[start:end], mark)]
        at = end
    return tuple(run for run in (*runs, Run(text[at:])) if run.text)


def _inline(passage: Passage, edits: Sequence[Edit]) -> Iterator[Run]:
    at = 0
    for edit in edits:
        yield Run(passage.after[at : edit.b0])
        yield Run(passage.before[edit.a0 : edit.a1], "del")
        yield Run(passage.after[edit.b0 : edit.b1], "ins")
        at = edit.b1
    yield Run(passage.after[at:])


def laid_out(text: str, clauses: Sequence[Clause], findings: Sequence[Finding]) -> tuple[Shown, ...]:
    """Return all clauses of a text as they are laid out, each with the provisions recognised in it."""
    starts = [clause.start for clause in clauses]
    names: dict[int, dict[str, None]] = {}
    for finding in sorted(findings, key=lambda finding: finding.start):
        place = bisect_right(starts, finding.start) - 1
        if place >= 0 and finding.start < clauses[place].end:
            names.setdefault(place, {})[finding.provision] = None
    return tuple(shown(text, clause, tuple(names.get(place, ()))) for place, clause in enumerate(clauses))


def shown(text: str, clause: Clause, provisions: tuple[str, ...] = ()) -> Shown:
    """Return a clause of a text as it is laid out. Headings go no deeper than HTML knows, and skip no level."""
    words = clean(clause.text)
    if clause.kind is ClauseKind.HEADING:
        return Shown(clause, min(6, TOP_LEVEL + len(clause.path)), words, provisions=provisions)
    if clause.kind is ClauseKind.ROW:
        return Shown(clause, 0, words, tuple(cell.strip() for cell in words.split(" | ")), provisions)
    return Shown(clause, 0, words, (), provisions, _mark(text, clause) if clause.kind is ClauseKind.ITEM else "")


def _mark(text: str, clause: Clause) -> str:
    """Return an item's own number or letter, or a bullet."""
    mark = text[text.rfind("\n", 0, clause.start) + 1 : clause.start].strip()
    return clean(mark) if mark[:1].isalnum() else "•"

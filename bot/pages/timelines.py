"""The timeline of a document as inline SVG: versions, changes, blind spells, provisions coming and going.

Geometry only; it knows no store and no page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

WIDTH, LEFT, RIGHT, TOP, ROW = 1000, 190, 20, 30, 26
"""Pixels of the drawing's own coordinate system; the page scales it."""


@dataclass(frozen=True, slots=True)
class Dot:
    """Something that happened at one moment. `kind`: version, substantive, cosmetic, appeared, left, changed."""

    at: datetime
    kind: str
    label: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which the document could not be read."""

    start: datetime
    end: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the drawing."""

    name: str
    dots: tuple[Dot, ...] = ()
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot or spell with its place."""

    x: float
    y: float
    kind: str
    label: str
    link: str = ""
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing ready for the template. `path` holds the strokes of dots that lead nowhere, all in one."""

    width: int
    height: int
    left: int
    marks: tuple[Mark, ...]
    names: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    path: str = ""


def draw(lanes: Sequence[Lane], start: datetime, end: datetime) -> Drawing:
    """Place every lane's dots and spells between two moments."""
    span = max(end - start, timedelta(days=1))

    def x(at: datetime) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * ((at - start) / span), 1)

    marks: list[Mark] = []
    path = ""
    for row, lane in enumerate(lanes):
        y = TOP + ROW * row + ROW / 2
        marks += [Mark(x(s.start), y, "blind", s.label, width=max(3.0, x(s.end) - x(s.start))) for s in lane.spells]
        marks += [Mark(x(d.at), y, d.kind, d.label, d.link) for d in lane.dots if d.link]
        path += "".join(f"M{x(d.at)} {y - 7}v14" for d in lane.dots if not d.link)
    names = tuple((TOP + ROW * row + ROW / 2, lane.name) for row, lane in enumerate(lanes))
    ticks = tuple((x(at), label) for at, label in _ticks(start, start + span))
    return Drawing(WIDTH, TOP + ROW * len(lanes) + 10, LEFT, tuple(marks), names, ticks, path)


def _ticks(start: datetime, end: datetime) -> list[tuple[datetime, str]]:
    """Return years, or months where there are few years."""
    if end - start > timedelta(days=800):
        years = range(start.year + 1, end.year + 1)
        return [(datetime(year, 1, 1, tzinfo=UTC), str(year)) for year in years]
    firsts = ((start.year + (m - 1) // 12, (m - 1) % 12 + 1) for m in range(start.month + 1, start.month + 30))
    months = [datetime(year, month, 1, tzinfo=UTC) for year, month in firsts]
    inside = [at for at in months if at <= end]
    step = max(1, len(inside) // 8)
    return [(at, f"{at:%b %Y}") for at in inside[::step]]

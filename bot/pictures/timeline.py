"""The timeline of a platform as a picture: a lane for each document, a dot for each change, time from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from bot.compose.message import Picture
from bot.compose.timeline import Step
from bot.compose.words import MONTHS, ORDER, counted, day, listed
from bot.pictures.canvas import LIGHT, MARGIN, WIDTH, Canvas, Palette, fitted, legible, wide

LANE = 44
NAMES = 200  # room for the documents' names
TOP = 92
MOST_LANES = 14
Across = Callable[[datetime], float]
"""Where a moment stands, from left to right."""
LEVELS = (("high", "high"), ("medium", "medium"), ("low", "low"), ("not rated", ""))


def timeline_picture(title: str, steps: Sequence[Step], now: datetime, palette: Palette = LIGHT) -> Picture | None:
    """Draw the dated steps of a platform; None where there is nothing to draw or some letter cannot be."""
    changes = [step for step in steps if step.change]
    lanes = [name for name, _ in Counter(step.document for step in steps).most_common(MOST_LANES)]
    if not changes or not legible(title, *lanes):
        return None
    first, left, right = min(step.at for step in steps), MARGIN + NAMES, WIDTH - MARGIN
    span = max(1.0, (now - first).total_seconds())

    def across(when: datetime) -> float:
        return left + (right - left) * max(0.0, min(1.0, (when - first).total_seconds() / span))

    bottom = TOP + LANE * len(lanes)
    canvas = Canvas(palette, height=bottom + 120)
    canvas.text(MARGIN, MARGIN, fitted(title, 17, WIDTH - 2 * MARGIN, bold=True), 17, palette.ink, bold=True)
    said = f"{counted(len(changes), 'change')} from {day(first)} to {day(now)}"
    canvas.text(MARGIN, MARGIN + 26, said, 12, palette.faint)
    for when, label in ticks(first, now):
        canvas.rule(across(when), TOP, across(when), bottom, palette.line, 0.7)
        canvas.text(across(when) - wide(label, 11) / 2, bottom + 6, label, 11, palette.faint)
    for number, lane in enumerate(lanes):
        _lane(canvas, lane, [step for step in steps if step.document == lane], TOP + LANE * (number + 0.5), across, now)
    _legend(canvas, bottom + 40)
    return Picture(canvas.png(bottom + 72), alt(title, steps, lanes, now), "timeline.png")


def alt(title: str, steps: Sequence[Step], lanes: Sequence[str], now: datetime) -> str:
    """Say in words what the picture shows."""
    told = []
    for lane in lanes:
        mine = sorted((step for step in steps if step.document == lane and step.change), key=lambda step: step.at)
        last = f", the last on {day(mine[-1].at)}" if mine else ""
        told.append(f"{lane}: {counted(len(mine), 'change')}{last}")
    return f"Timeline of {title} until {day(now)}. {listed(told)}."


def _lane(canvas: Canvas, name: str, steps: Sequence[Step], y: float, across: Across, now: datetime) -> None:
    palette = canvas.palette
    canvas.text(MARGIN, y - 9, fitted(name, 13, NAMES - 16), 13, palette.ink)
    canvas.rule(across(min(step.at for step in steps)), y, across(now), y, palette.line, 2)
    for step in sorted(steps, key=lambda step: -ORDER[step.exposure]):
        if step.change:
            canvas.dot(across(step.at), y, 5, palette.exposure(step.exposure))
        else:
            canvas.rule(across(step.at), y - 7, across(step.at), y + 7, palette.faint, 2)


def _legend(canvas: Canvas, y: float) -> None:
    x: float = MARGIN
    canvas.text(x, y - 7, "Exposure", 11, canvas.palette.faint)
    x += 66
    for label, level in LEVELS:
        canvas.dot(x, y, 4.5, canvas.palette.exposure(level))
        canvas.text(x + 10, y - 7, label, 11, canvas.palette.faint)
        x += 26 + wide(label, 11)
    canvas.rule(x + 2, y - 6, x + 2, y + 6, canvas.palette.faint, 2)
    canvas.text(x + 10, y - 7, "first seen", 11, canvas.palette.faint)


def ticks(first: datetime, last: datetime) -> list[tuple[datetime, str]]:
    """Return the beginnings of years, or of months where there are few, with their labels; at most eight."""
    years = [datetime(year, 1, 1, tzinfo=UTC) for year in range(first.year + 1, last.year + 1)]
    if len(years) >= 2:
        step = -(-len(years) // 8)
        return [(when, str(when.year)) for when in years[::step]]
    months, when = [], datetime(first.year, first.month, 1, tzinfo=UTC)
    while when <= last:
        if when >= first:
            months.append(
                (when, f"{MONTHS[when.month - 1]} {when.year}" if when.month == 1 else MONTHS[when.month - 1])
            )
        when = datetime(when.year + when.month // 12, when.month % 12 + 1, 1, tzinfo=UTC)
    step = max(1, -(-len(months) // 8))
    return months[::step]

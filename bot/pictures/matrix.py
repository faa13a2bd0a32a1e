"""The comparison of platforms on one provision as a picture: who says what, whether there is a choice, how exposed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.compose.comparison import STANCES, Standing
from bot.compose.message import Picture
from bot.compose.words import ORDER, counted, day
from bot.pictures.canvas import LIGHT, MARGIN, WIDTH, Canvas, Palette, fitted, legible, wide

ROW = 38
TOP = 92
MOST = 20
COLUMNS = (("Platform", 170), ("What it says", 190), ("Choice", 110), ("Exposure", 110), ("Since", 110))


def matrix_picture(title: str, rows: Sequence[Standing], palette: Palette = LIGHT) -> Picture | None:
    """Draw the comparison; None where there is nothing to compare or some letter cannot be drawn."""
    ordered = sorted(rows, key=lambda row: (ORDER[row.exposure], row.platform.casefold()))[:MOST]
    if len(ordered) < 2 or not legible(title, *(row.platform for row in ordered)):
        return None
    canvas = Canvas(palette, height=TOP + ROW * (len(ordered) + 1) + 80)
    canvas.text(MARGIN, MARGIN, fitted(title, 17, WIDTH - 2 * MARGIN, bold=True), 17, palette.ink, bold=True)
    left = len(rows) - len(ordered)
    said = counted(len(ordered), "platform") + (f", {left:,} more not shown" if left > 0 else "")
    canvas.text(MARGIN, MARGIN + 26, said, 12, palette.faint)
    _row(canvas, tuple(name for name, _ in COLUMNS), TOP - 8, palette.faint, 12)
    for number, row in enumerate(ordered):
        y = TOP + ROW * number + 20
        canvas.rule(MARGIN, y, WIDTH - MARGIN, y, palette.line, 0.7)
        _row(canvas, cells(row), y + 9, palette.ink, 13.5, row.exposure)
    height = TOP + ROW * len(ordered) + 20 + MARGIN
    return Picture(canvas.png(height), alt(title, ordered), "comparison.png")


def cells(row: Standing) -> tuple[str, ...]:
    """Write one platform as cells."""
    since = day(row.since) if row.since else ""
    choice = "offered" if row.choice else "none named"
    return (row.platform, STANCES.get(row.stance, row.stance), choice, row.exposure or "not rated", since)


def alt(title: str, rows: Sequence[Standing]) -> str:
    """Say in words what the picture shows."""
    said = [f"{name} {says}, choice {choice}, exposure {level}" for name, says, choice, level, _ in map(cells, rows)]
    return f"Comparison: {title}. {'; '.join(said)}."


def _row(canvas: Canvas, words: Sequence[str], y: float, ink: str, size: float, exposure: str | None = None) -> None:
    x: float = MARGIN
    for (name, width), cell in zip(COLUMNS, words, strict=True):
        strong = name == "Platform" and exposure is not None
        shown = fitted(cell, size, width - 14, bold=strong)
        if name == "Exposure" and exposure is not None:
            colour = canvas.palette.exposure(exposure)
            canvas.box(x, y - 2, x + wide(shown, size) + 22, y + 21, canvas.palette.line, round_=11)
            canvas.dot(x + 11, y + 9.5, 4, colour)
            canvas.text(x + 19, y, shown, size - 1, canvas.palette.ink)
        else:
            canvas.text(x, y, shown, size, ink, bold=strong)
        x += width

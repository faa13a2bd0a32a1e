"""The order in which the words of a PDF's page are read: column by column, and along the lines of a turned page.

Only order; what its lines come to is `pdf`'s. A page drawn row by row across two columns would else be read across.
"""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

import pypdfium2

#: What stands for a hyphen at the end of a line, which may or may not belong to the word.
HYPHEN = "\x02"
#: Columns of text have so many lines each, filled so far; tables have shorter cells (our choice).
_LINES, _FILLED = 6, 0.6
#: The gutter lies in the middle part of a page, and few lines cross it.
_MIDDLE, _STEPS, _CROSSING = (0.3, 0.7), 24, 0.25
#: Of the lines of a column, the share that begin where most of them do.
_ALIGNED = 0.6
#: Of the lines of a column, the share that go on with the sentence of the line above.
_GO_ON = 0.3
_MOST_PIECES = 3_000


class Piece(NamedTuple):
    """A run of text on one line: its edges, in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float


def text_in_order(page: pypdfium2.PdfPage) -> str:
    """Return the words of a page in the order in which they are read, line by line."""
    text = page.get_textpage()
    count = text.count_rects()
    pieces = [Piece(*text.get_rect(n)) for n in range(min(count, _MOST_PIECES))]
    if page.get_rotation() in (90, 270):
        return _turned(text, pieces)
    gutter = _gutter(pieces) if count <= _MOST_PIECES else None
    if gutter is not None and not all(_runs_on(text, side) for side in _sides(pieces, gutter)):
        gutter = None
    return text.get_text_bounded() if gutter is None else _by_columns(text, pieces, gutter)


def _turned(text: pypdfium2.PdfTextPage, pieces: list[Piece]) -> str:
    """Return the pieces of a turned page one a line: along its lines they stand above each other."""
    lines: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        words = text.get_text_bounded(*piece).strip()
        if before is not None and lines and abs(piece.left - before.left) < 2:
            lines[-1] += f" {words}"
        elif words:
            lines.append(words)
        before = piece
    return "\n".join(lines)


def _gutter(pieces: list[Piece]) -> float | None:
    """Return where two columns part, or None on a page that has none."""
    if len(pieces) < 2 * _LINES:
        return None
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    places = [low + (high - low) * n / _STEPS for n in range(_STEPS + 1)]
    crossing = [sum(p.left < x < p.right for p in pieces) for x in places]
    fewest = min(crossing)
    free = [x for x, count in zip(places, crossing, strict=True) if count == fewest]
    place = free[len(free) // 2]
    sides = _sides(pieces, place)
    is_parted = fewest <= _CROSSING * len(pieces) and all(map(_is_column, sides))
    return place if is_parted and _side_by_side(*sides) else None


def _sides(pieces: list[Piece], place: float) -> tuple[list[Piece], list[Piece]]:
    return [p for p in pieces if p.right <= place], [p for p in pieces if p.left >= place]


def _runs_on(text: pypdfium2.PdfTextPage, side: list[Piece]) -> bool:
    """Tell sentences that run from line to line from the cells of a table: many lines begin with a small letter."""
    going_on = [piece for piece in side if str(text.get_text_bounded(*piece)).lstrip()[:1].islower()]
    return len(going_on) >= _GO_ON * len(side)


def _is_column(side: list[Piece]) -> bool:
    """Tell a column of text from one of a table: it has several lines that begin alike, and they fill it."""
    if len(side) < _LINES:
        return False
    widths = [p.right - p.left for p in side]
    begin = median(p.left for p in side)
    aligned = sum(abs(p.left - begin) < 6 for p in side)
    return median(widths) >= _FILLED * max(widths) and aligned >= _ALIGNED * len(side)


def _side_by_side(left: list[Piece], right: list[Piece]) -> bool:
    """Tell whether two columns stand beside each other, not one above the other."""
    low, high = (
        max(min(p.bottom for p in side) for side in (left, right)),
        min(max(p.top for p in side) for side in (left, right)),
    )
    return sum(low <= p.bottom <= high for p in left) >= len(left) / 2


def _by_columns(text: pypdfium2.PdfTextPage, pieces: list[Piece], gutter: float) -> str:
    """Return the left column and then the right one, in each band between lines that run across both."""
    left, right = min(p.left for p in pieces) - 1, max(p.right for p in pieces) + 1
    across = sorted((p for p in pieces if p.left < gutter < p.right), key=lambda p: -p.top)
    parts: list[str] = []
    top = max(p.top for p in pieces) + 1
    for piece in [*across, None]:
        bottom = piece.top if piece else min(p.bottom for p in pieces) - 1
        if top - bottom > 4:
            parts += [
                text.get_text_bounded(left, bottom, gutter, top),
                text.get_text_bounded(gutter, bottom, right, top),
            ]
        if piece:
            parts.append(text.get_text_bounded(left, piece.bottom, right, piece.top))
            top = piece.bottom
    return "\n".join(part for part in parts if part.strip())

"""The redline of a passage as a picture: verbatim words, what was struck out and what was put in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.compose.message import Picture, Quote, Span, Style
from bot.pictures.canvas import LIGHT, MARGIN, WIDTH, Canvas, Palette, broken, legible, wide, wrapped

SIZE = 15
LINE = 25
HIGHEST = 1500
WORD = re.compile(r"\s+|\S+")


class Run(NamedTuple):
    """Words in one style at a place of a line."""

    x: float
    text: str
    style: Style


def redline_picture(title: str, quotes: Sequence[Quote], palette: Palette = LIGHT) -> Picture | None:
    """Draw the quotes of one passage; None where some letter cannot be drawn or there is too much of it."""
    words = [span.text for quote in quotes for span in quote.spans]
    if not legible(title, *words, *(quote.label for quote in quotes)):
        return None
    canvas, y = Canvas(palette, height=HIGHEST), float(MARGIN)
    for line in wrapped(title, 17, WIDTH - 2 * MARGIN, bold=True):
        canvas.text(MARGIN, y, line, 17, palette.ink, bold=True)
        y += 26
    for quote in quotes:
        y = _quote(canvas, quote, y + 10)
        if y > HIGHEST - MARGIN:
            return None
    return Picture(canvas.png(y + MARGIN - 8), alt(title, quotes), "redline.png")


def alt(title: str, quotes: Sequence[Quote]) -> str:
    """Say in words what the picture shows."""
    said = [f"Redline. {title}."]
    for quote in quotes:
        marks = {Style.STRUCK: "[struck out: {}]", Style.INSERTED: "[put in: {}]"}
        said.append(f"{quote.label}: " + "".join(marks.get(one.style, "{}").format(one.text) for one in quote.spans))
    return " ".join(said)


def _quote(canvas: Canvas, quote: Quote, y: float) -> float:
    palette = canvas.palette
    for line in wrapped(quote.label, 12, WIDTH - 2 * MARGIN):
        canvas.text(MARGIN, y, line, 12, palette.faint)
        y += 18
    y += 5
    top = y
    for runs in lines(quote.spans, WIDTH - 2 * MARGIN - 14):
        for run in runs:
            _run(canvas, run, y)
        y += LINE
    canvas.box(MARGIN, top, MARGIN + 3, y - 3, palette.line, round_=1.5)
    return y


def _run(canvas: Canvas, run: Run, y: float) -> None:
    palette, x = canvas.palette, MARGIN + 14 + run.x
    right = x + wide(run.text, SIZE)
    if run.style is Style.STRUCK:
        canvas.box(x, y, right, y + LINE - 4, palette.struck_ground)
        canvas.text(x, y, run.text, SIZE, palette.struck)
        canvas.rule(x, y + 11, right, y + 11, palette.struck, 1.3)
    elif run.style is Style.INSERTED:
        canvas.box(x, y, right, y + LINE - 4, palette.inserted_ground)
        canvas.text(x, y, run.text, SIZE, palette.inserted)
        canvas.rule(x, y + LINE - 5, right, y + LINE - 5, palette.inserted, 1.3)
    else:
        faint = run.style is Style.ITALIC
        canvas.text(x, y, run.text, SIZE, palette.faint if faint else palette.ink)


def lines(spans: Sequence[Span], room: float) -> Iterator[list[Run]]:
    """Break spans into lines of runs."""
    line: list[Run] = []
    x = 0.0
    for style, word in _words(spans, room):
        if "\n" in word or (x and x + wide(word.rstrip(), SIZE) > room):
            yield line
            line, x = [], 0.0
            if word.isspace():
                continue
        line.append(Run(x, word, style))
        x += wide(word, SIZE)
    if line:
        yield line


def _words(spans: Sequence[Span], room: float) -> Iterator[tuple[Style, str]]:
    for span in spans:
        for word in WORD.findall(span.text):
            if word.isspace():
                yield span.style, "\n" if "\n" in word else " "
            else:
                yield from ((span.style, piece) for piece in broken(word, SIZE, room))

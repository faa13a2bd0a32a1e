"""Paper, ink and letters for our pictures: two palettes, fonts that are there, words that wrap.

What a picture shows is decided by the modules beside this one; without Pillow or without letters for a
script there is no picture, and the message says the same in words anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SCALE = 2  # pixels for each point: crisp on screens of high density
WIDTH = 760
MARGIN = 28
REGULAR = ("NotoSans-Regular.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "Helvetica.ttc")
BOLD = ("NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf", "LiberationSans-Bold.ttf", "Arial Bold.ttf", "Helvetica.ttc")
Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme; each text colour stands at least 4.5 to 1 against its ground (WCAG AA)."""

    paper: str
    ink: str
    faint: str
    line: str
    struck: str
    struck_ground: str
    inserted: str
    inserted_ground: str
    high: str
    medium: str
    low: str
    none: str

    def exposure(self, level: str) -> str:
        """Return the colour of an exposure."""
        return {"high": self.high, "medium": self.medium, "low": self.low}.get(level, self.none)


LIGHT = Palette(
    *("#ffffff", "#1d1f23", "#5b616b", "#d5d9df", "#a3152a", "#fde8ea", "#0b6b35", "#def5e6"),
    *("#b3261e", "#8a5a00", "#1b6e3c", "#5b616b"),
)
DARK = Palette(
    *("#1a1c20", "#e8eaed", "#a3a9b3", "#3a3f47", "#ff9aa6", "#46161d", "#7fe0a5", "#123a22"),
    *("#ff8a80", "#f3c15f", "#7fe0a5", "#a3a9b3"),
)


@lru_cache(maxsize=32)
def font(size: float, bold: bool = False) -> Font:
    """Return letters of a size in points: those of the system, or the ones Pillow brings."""
    for name in BOLD if bold else REGULAR:
        try:
            return ImageFont.truetype(name, int(size * SCALE))
        except OSError:
            continue
    found = ImageFont.load_default(size * SCALE)
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found


@lru_cache(maxsize=4096)
def known(letter: str) -> bool:
    """Tell whether there is a glyph for a letter; a missing one is drawn as a box and says nothing."""
    if letter.isspace():
        return True
    letters = font(12)
    return bytes(letters.getmask(letter)) != bytes(letters.getmask("\U0010fffe"))


def legible(*texts: str) -> bool:
    """Tell whether every letter can be drawn, and none runs from right to left without shaping."""
    return all(known(letter) for text in texts for letter in set(text))


class Canvas:
    """A sheet that grows as far as it is drawn on; lengths are in points."""

    def __init__(self, palette: Palette, width: int = WIDTH, height: int = 1600) -> None:
        self.palette = palette
        self.width = width
        self._image = Image.new("RGB", (width * SCALE, height * SCALE), palette.paper)
        self._draw = ImageDraw.Draw(self._image)

    def text(self, x: float, y: float, words: str, size: float, ink: str, *, bold: bool = False) -> None:
        """Write words with their top left corner at a place."""
        self._draw.text((x * SCALE, y * SCALE), words, fill=ink, font=font(size, bold))

    def box(self, x: float, y: float, right: float, bottom: float, ink: str, *, round_: float = 0) -> None:
        """Fill a box."""
        corners = (x * SCALE, y * SCALE, right * SCALE, bottom * SCALE)
        self._draw.rounded_rectangle(corners, radius=round_ * SCALE, fill=ink)

    def rule(self, x: float, y: float, right: float, bottom: float, ink: str, width: float = 1) -> None:
        """Draw a line."""
        self._draw.line((x * SCALE, y * SCALE, right * SCALE, bottom * SCALE), fill=ink, width=round(width * SCALE))

    def dot(self, x: float, y: float, radius: float, ink: str) -> None:
        """Draw a dot with a rim of paper, so that neighbours stay apart."""
        for size, colour in ((radius + 1, self.palette.paper), (radius, ink)):
            corners = ((x - size) * SCALE, (y - size) * SCALE, (x + size) * SCALE, (y + size) * SCALE)
            self._draw.ellipse(corners, fill=colour)

    def png(self, height: float) -> bytes:
        """Return the sheet as a PNG, cut off at a height."""
        out = BytesIO()
        cut = self._image.crop((0, 0, self.width * SCALE, min(self._image.height, round(height * SCALE))))
        cut.save(out, "PNG", optimize=True)
        return out.getvalue()


def wide(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide words are, in points."""
    return font(size, bold).getlength(words) / SCALE


def wrapped(words: str, size: float, room: float, *, bold: bool = False) -> Iterator[str]:
    """Break words into lines that fit; a word wider than the room is broken where it must be."""
    line = ""
    for word in words.split():
        tried = f"{line} {word}".strip()
        if wide(tried, size, bold=bold) <= room:
            line = tried
            continue
        if line:
            yield line
        *full, line = broken(word, size, room)
        yield from full
    if line:
        yield line


def broken(word: str, size: float, room: float) -> Sequence[str]:
    """Break a word into pieces that fit."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and wide(pieces[-1] + letter, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def fitted(words: str, size: float, room: float, *, bold: bool = False) -> str:
    """Shorten words to a room, with an ellipsis where something is left out."""
    if wide(words, size, bold=bold) <= room:
        return words
    while words and wide(f"{words}…", size, bold=bold) > room:
        words = words[:-1]
    return f"{words.rstrip()}…"

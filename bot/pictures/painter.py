"""Paints what a message shows: the one door to the pictures, in one theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.compose.comparison import Standing
from bot.compose.message import Picture
from bot.compose.news import News, provision_title
from bot.compose.passages import quotes
from bot.compose.timeline import Step
from bot.pictures.canvas import DARK, LIGHT, Palette
from bot.pictures.matrix import matrix_picture
from bot.pictures.redline import redline_picture
from bot.pictures.timeline import timeline_picture

PALETTES = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True, slots=True)
class PillowPainter:
    """Paints with Pillow. A picture that says nothing, or cannot be drawn, is left out."""

    palette: Palette = LIGHT

    def redline(self, news: News) -> tuple[Picture, ...]:
        """Paint the weightiest passage of a change."""
        if not news.passages:
            return ()
        return _given(redline_picture(news.heading, quotes(news.passages[0]), self.palette))

    def timeline(self, title: str, steps: Sequence[Step], now: datetime) -> tuple[Picture, ...]:
        """Paint a history."""
        return _given(timeline_picture(title, steps, now, self.palette))

    def comparison(self, provision: str, rows: Sequence[Standing]) -> tuple[Picture, ...]:
        """Paint a comparison."""
        return _given(matrix_picture(provision_title(provision), rows, self.palette))


def _given(picture: Picture | None) -> tuple[Picture, ...]:
    return (picture,) if picture else ()
